/* fold.c - see fold.h. Two tables of Unicode's Latin blocks; a letter that is two, as in "straße",
 * becomes its first: who types the first two letters finds it. */
#include "core/base/fold.h"
#include "core/base/utf8.h"
#include <string.h>

#define LATIN_FIRST 0xc0
#define LATIN_END 0x180

/* U+00C0 to U+017F; a space: stays as it is */
static const char latin[] = "aaaaaaaceeeeiiiidnooooo ouuuuyts"
                            "aaaaaaaceeeeiiiidnooooo ouuuuyty"
                            "aaaaaaccccccccddddeeeeeeeeeegggg"
                            "gggghhhhiiiiiiiiiiiijjkkklllllll"
                            "lllnnnnnnnnnoooooooorrrrrrssssss"
                            "ssttttttuuuuuuuuuuuuwwyyyzzzzzzs";

static bool is_mark(uint32_t cp)
{
    return cp >= 0x300 && cp <= 0x36f;
}

/* The same letter, small. */
static uint32_t small(uint32_t cp)
{
    if (cp >= 0xff01 && cp <= 0xff5e)
        cp -= 0xfee0; /* full-width */
    if (cp >= 'A' && cp <= 'Z')
        return cp + ('a' - 'A');
    if (cp >= LATIN_FIRST && cp < LATIN_END && latin[cp - LATIN_FIRST] != ' ')
        return (unsigned char)latin[cp - LATIN_FIRST];
    if ((cp >= 0x391 && cp <= 0x3a9) || (cp >= 0x410 && cp <= 0x42f))
        return cp + 0x20; /* Greek, Cyrillic */
    if (cp >= 0x400 && cp <= 0x40f)
        return cp + 0x50;
    return cp;
}

/* One that small() has changed, which is below U+0800; returns its length. */
static size_t put(char *out, uint32_t cp)
{
    if (cp < 0x80) {
        out[0] = (char)cp;
        return 1;
    }
    out[0] = (char)(0xc0 | cp >> 6);
    out[1] = (char)(0x80 | (cp & 0x3f));
    return 2;
}

const char *fold_text(struct arena *a, const char *text)
{
    size_t len = strlen(text), used = 0, n = 0;
    char *out = arena_new(a, len + 1);

    _Static_assert(sizeof latin == LATIN_END - LATIN_FIRST + 1, "a letter for each");
    for (size_t at = 0; at < len; at += n) {
        uint32_t cp = (unsigned char)text[at];

        if (cp < 0x80) { /* most of them */
            out[used++] = (char)small(cp);
            n = 1;
            continue;
        }
        n = utf8_next(text + at, len - at, &cp);
        if (n > 0 && is_mark(cp))
            continue;
        if (n > 0 && small(cp) != cp) {
            used += put(out + used, small(cp));
            continue;
        }
        n = n > 0 ? n : 1;
        memcpy(out + used, text + at, n);
        used += n;
    }
    return out;
}
