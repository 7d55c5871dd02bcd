/* find.c - see find.h. The first byte of what is looked for is sought in both its cases, which for
 * ASCII are two bytes and for other letters begin with one of few; the rest is then compared. */
#include "core/base/find.h"
#include <string.h>

/* The lower case of a character of two bytes; others stay as they are. */
static unsigned lower_of_two(unsigned cp)
{
    if ((cp >= 0xc0 && cp <= 0xde && cp != 0xd7) || (cp >= 0x391 && cp <= 0x3a9) ||
        (cp >= 0x410 && cp <= 0x42f))
        return cp + 32;
    if (cp >= 0x400 && cp <= 0x40f)
        return cp + 80;
    if ((cp >= 0x100 && cp <= 0x12f) || (cp >= 0x132 && cp <= 0x137) ||
        (cp >= 0x14a && cp <= 0x177) || (cp >= 0x460 && cp <= 0x481))
        return cp | 1;
    return cp;
}

/* The character at text[i], folded, and how many bytes it is. */
static unsigned folded(const char *text, size_t len, size_t i, size_t *bytes)
{
    unsigned c = (unsigned char)text[i];

    *bytes = 1;
    if (c >= 'A' && c <= 'Z')
        return c + ('a' - 'A');
    if ((c & 0xe0) != 0xc0 || i + 1 == len)
        return c;
    *bytes = 2;
    return lower_of_two((c & 0x1f) << 6 | ((unsigned char)text[i + 1] & 0x3f));
}

/* A needle is folded already. */
static bool is_at(const struct needle *n, const char *text, size_t len, size_t at)
{
    for (size_t i = 0, bytes, same; i < n->len; i += bytes) {
        if (folded(text, len, at + i, &bytes) != folded(n->text, n->len, i, &same) || bytes != same)
            return false;
    }
    return true;
}

void needle_init(struct needle *n, const char *text)
{
    size_t len = strlen(text), bytes;

    if (len > NEEDLE_MAX)
        for (len = NEEDLE_MAX; len > 0 && ((unsigned char)text[len] & 0xc0) == 0x80;)
            len--;
    *n = (struct needle){.len = len};
    for (size_t i = 0; i < len; i += bytes) {
        unsigned c = folded(text, len, i, &bytes);

        n->text[i] = (char)(unsigned char)(bytes == 1 ? c : 0xc0 | c >> 6);
        if (bytes == 2)
            n->text[i + 1] = (char)(unsigned char)(0x80 | (c & 0x3f));
    }
}

static bool begins(const struct needle *n, char c)
{
    bool upper = c >= 'A' && c <= 'Z';

    return c + (upper ? 'a' - 'A' : 0) == n->text[0] || (c & 0x80) != 0;
}

size_t find_first(const struct needle *n, const char *text, size_t len, size_t from)
{
    for (size_t i = from; n->len > 0 && i + n->len <= len; i++)
        if (begins(n, text[i]) && is_at(n, text, len, i))
            return i;
    return FIND_NONE;
}

size_t find_last(const struct needle *n, const char *text, size_t len, size_t before)
{
    for (size_t i = before < len ? before : len; n->len > 0 && i-- > 0;)
        if (i + n->len <= len && begins(n, text[i]) && is_at(n, text, len, i))
            return i;
    return FIND_NONE;
}
