/* piece.c - stretches of text. All work is on bytes with a length, so a NUL inside is a byte like
 * any other and nothing is copied or changed. */
#include "core/engine/piece.h"
#include "core/base/base.h"
#include <string.h>

struct piece piece_of(const char *text)
{
    return (struct piece){text != NULL ? text : "", text != NULL ? strlen(text) : 0};
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

struct piece piece_trim(struct piece p)
{
    while (p.len > 0 && is_space(p.at[0])) {
        p.at++;
        p.len--;
    }
    while (p.len > 0 && is_space(p.at[p.len - 1]))
        p.len--;
    return p;
}

struct piece piece_until(struct piece *rest, char sep)
{
    const char *end = rest->len > 0 ? memchr(rest->at, sep, rest->len) : NULL;
    struct piece first = *rest;

    if (end == NULL) {
        *rest = (struct piece){rest->at + rest->len, 0};
        return first;
    }
    first.len = (size_t)(end - first.at);
    *rest = (struct piece){end + 1, rest->len - first.len - 1};
    return first;
}

bool piece_is(struct piece p, const char *text)
{
    return p.len == strlen(text) && memcmp(p.at, text, p.len) == 0;
}

bool piece_starts(struct piece p, const char *text)
{
    size_t len = strlen(text);

    return p.len >= len && memcmp(p.at, text, len) == 0;
}

bool piece_int(struct piece p, int64_t *out)
{
    int64_t n = 0;

    if (p.len == 0 || p.len > 18)
        return false;
    for (size_t i = 0; i < p.len; i++) {
        if (!is_digit(p.at[i]))
            return false;
        n = n * 10 + (p.at[i] - '0');
    }
    *out = n;
    return true;
}

const char *piece_find(struct piece p, const char *text)
{
    size_t len = strlen(text);

    MUST(len > 0);
    while (p.len >= len) {
        const char *at = memchr(p.at, text[0], p.len - len + 1);

        if (at == NULL)
            return NULL;
        if (memcmp(at, text, len) == 0)
            return at;
        p.len -= (size_t)(at + 1 - p.at);
        p.at = at + 1;
    }
    return NULL;
}
