/* stamp.c - see stamp.h. */
#include "core/logs/stamp.h"
#include "core/base/clock.h"
#include <string.h>

#define SECOND_END 19 /* "2026-11-26T14:19:53" */
#define DIGITS 9
#define ZONE_AT (SECOND_END + 1 + DIGITS)
#define STAMP_MAX (ZONE_AT + 7) /* "+01:00" and the blank */
#define DAY_END 10              /* where the T stands */
#define SECONDS_MAX 9000000000  /* in the year 2255; in nanoseconds it fits 64 bits */

/* Nanoseconds of ".370003247", or -1. */
static int64_t fraction(const char *at)
{
    int64_t n = 0;

    if (at[0] != '.')
        return -1;
    for (int i = 1; i <= DIGITS; i++) {
        if (at[i] < '0' || at[i] > '9')
            return -1;
        n = n * 10 + (at[i] - '0');
    }
    return n;
}

size_t stamp_read(const char *text, size_t len, int64_t *ns)
{
    size_t n = ZONE_AT + 2;
    char copy[STAMP_MAX];
    int64_t seconds, rest;

    if (len < n || text[DAY_END] != 'T')
        return 0;
    if (text[ZONE_AT] != 'Z')
        n = STAMP_MAX;
    if (len < n || text[n - 1] != ' ')
        return 0;
    memcpy(copy, text, n - 1);
    copy[n - 1] = '\0';
    rest = fraction(text + SECOND_END);
    if (rest < 0 || strlen(copy) != n - 1 || !clock_parse_rfc3339(copy, &seconds))
        return 0;
    if (seconds < 0 || seconds > SECONDS_MAX)
        return 0;
    *ns = seconds * 1000000000 + rest;
    return n;
}

size_t stamp_inside(const char *text, size_t len, int64_t ns, size_t *skip)
{
    const char *t = len > DAY_END ? memchr(text + DAY_END, 'T', len - DAY_END) : NULL;

    while (t != NULL) {
        size_t at = (size_t)(t - text) - DAY_END;
        int64_t inner = 0;

        *skip = stamp_read(text + at, len - at, &inner);
        if (*skip > 0 && inner >= ns)
            return at;
        t = memchr(t + 1, 'T', (size_t)(text + len - t - 1));
    }
    return len;
}
