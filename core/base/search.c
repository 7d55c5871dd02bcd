/* search.c - see search.h: one pass over all hits, which also counts them. */
#include "core/base/search.h"
#include <string.h>
#include <strings.h>

bool search_find(const char *text, const char *word, size_t from, bool back, struct search_hit *out)
{
    struct search_hit first = {0}, last = {0}, found = {0};
    size_t len = strlen(word), end = strlen(text), count = 0;

    for (size_t at = 0; len > 0 && at + len <= end;) {
        if (strncasecmp(text + at, word, len) != 0) {
            at++;
            continue;
        }
        last = (struct search_hit){at, ++count, 0};
        if (count == 1)
            first = last;
        if (back ? at < from : (at >= from && found.number == 0))
            found = last;
        at += len;
    }
    if (found.number == 0)
        found = back ? last : first;
    *out = found;
    out->count = count;
    return count > 0;
}
