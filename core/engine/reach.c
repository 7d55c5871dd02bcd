/* reach.c - see reach.h. The text is the engine's, of any length and without an end of its own, so
 * everything here reads between `at` and `end`. */
#include "core/engine/reach.h"
#include <string.h>

static int lower(char c)
{
    return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c;
}

/* `word` is in lower case. */
static bool starts(const char *at, const char *end, const char *word)
{
    for (; *word != '\0'; at++, word++)
        if (at == end || lower(*at) != *word)
            return false;
    return true;
}

static bool has(const char *at, const char *end, const char *word)
{
    for (; at < end; at++)
        if (starts(at, end, word))
            return true;
    return false;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_name(char c)
{
    return is_digit(c) || (lower(c) >= 'a' && lower(c) <= 'z') || c == '-' || c == '.' || c == '_';
}

/* Four numbers with dots between them; what stands behind them is no matter. */
static bool read_ipv4(const char *at, const char *end, unsigned out[4])
{
    for (int i = 0; i < 4; i++) {
        const char *start = at;

        out[i] = 0;
        for (; at < end && is_digit(*at) && at - start < 4; at++)
            out[i] = out[i] * 10 + (unsigned)(*at - '0');
        if (at == start || out[i] > 255 || (i < 3 && (at == end || *at++ != '.')))
            return false;
    }
    return true;
}

static bool is_lan_ipv4(const char *at, const char *end)
{
    unsigned n[4];

    return read_ipv4(at, end, n) && (n[0] == 10 || (n[0] == 172 && n[1] >= 16 && n[1] <= 31) ||
                                     (n[0] == 192 && n[1] == 168) || (n[0] == 169 && n[1] == 254));
}

/* Link-local ones and those that are unique to a site; four digits in their first group. */
static bool is_lan_ipv6(const char *at, const char *end)
{
    return end - at > 4 && at[4] == ':' &&
           (starts(at, end, "fe80") || starts(at, end, "fc") || starts(at, end, "fd"));
}

/* A name, or an address that is written as one, from its beginning to `stop`. */
static bool is_lan_name(const char *at, const char *stop)
{
    return stop - at > 6 && starts(stop - 6, stop, ".local");
}

/* Each run of letters, digits and dots may be an address. */
static bool has_lan_address(const char *at, const char *end)
{
    while (at < end) {
        const char *stop = at;

        while (stop < end && is_name(*stop))
            stop++;
        if (is_lan_ipv4(at, stop) || is_lan_ipv6(at, end) || is_lan_name(at, stop))
            return true;
        at = stop == at ? at + 1 : stop;
    }
    return false;
}

bool reach_lan_refused(const char *err, size_t len)
{
    const char *end = err + len;

    return has(err, end, "no route to host") && has_lan_address(err, end);
}
