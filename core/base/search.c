/* search.c - see search.h: one pass over all hits, which also counts them. */
#include "core/base/search.h"
#include <string.h>

bool search_find(const char *text, const struct needle *word, size_t from, bool back,
                 struct search_hit *out)
{
    struct search_hit first = {0}, last = {0}, found = {0};
    size_t end = strlen(text), count = 0, at = find_first(word, text, end, 0);

    for (; at != FIND_NONE; at = find_first(word, text, end, at + word->len)) {
        last = (struct search_hit){at, ++count, 0};
        if (count == 1)
            first = last;
        if (back ? at < from : (at >= from && found.number == 0))
            found = last;
    }
    if (found.number == 0)
        found = back ? last : first;
    *out = found;
    out->count = count;
    return count > 0;
}
