/* pattern.c - see pattern.h: the same walk measures first and then writes. */
#include "core/base/pattern.h"
#include <string.h>

/* Length of the filled pattern; also writes it if `out` is not NULL. */
static size_t fill(const char *pattern, const char *const holes[], size_t count, char *out)
{
    size_t len = 0;

    for (const char *p = pattern; *p != '\0'; p++) {
        const char *hole = NULL;
        size_t n = 1;

        if (p[0] == '%' && p[1] >= '1' && p[1] <= '9') {
            size_t at = (size_t)(p[1] - '1');

            MUST(at < count && holes[at] != NULL);
            hole = holes[at];
            n = strlen(hole);
        }
        if (out != NULL)
            memcpy(out + len, hole != NULL ? hole : p, n);
        len += n;
        p += hole != NULL;
    }
    return len;
}

const char *pattern_fill(struct arena *a, const char *pattern, const char *const holes[],
                         size_t count)
{
    char *out = arena_new(a, fill(pattern, holes, count, NULL) + 1);

    fill(pattern, holes, count, out);
    return out;
}
