/* sgr.c - see sgr.h. Colours become the nearest of the palette, which can be read on any
 * background; black and white are what text is anyway. */
#include "core/logs/sgr.h"

#define GREY_LOW 70 /* between these a grey is neither black nor white */
#define GREY_HIGH 175
#define TINT_MIN 40 /* what red, green and blue differ by in a colour that is one */

static enum palette_colour of_eight(unsigned n)
{
    static const enum palette_colour eight[] = {PALETTE_TEXT,   PALETTE_RED,  PALETTE_GREEN,
                                                PALETTE_YELLOW, PALETTE_BLUE, PALETTE_MAGENTA,
                                                PALETTE_CYAN,   PALETTE_TEXT};

    return eight[n % countof(eight)];
}

static enum palette_colour of_bright(unsigned n)
{
    return n == 0 ? PALETTE_QUIET : of_eight(n); /* "bright black" is grey */
}

/* By which of the three stand out: one alone is that colour, two are their mixture. */
static enum palette_colour of_rgb(unsigned r, unsigned g, unsigned b)
{
    unsigned high = r > g ? (r > b ? r : b) : (g > b ? g : b);
    unsigned low = r < g ? (r < b ? r : b) : (g < b ? g : b);
    unsigned middle = (high + low) / 2;
    unsigned n = (r > middle ? 1u : 0) | (g > middle ? 2u : 0) | (b > middle ? 4u : 0);

    if (high - low < TINT_MIN)
        return high > GREY_LOW && high < GREY_HIGH ? PALETTE_QUIET : PALETTE_TEXT;
    return of_eight(n);
}

/* 16..231 are a cube of six steps a side, then come greys. */
static enum palette_colour of_256(unsigned n)
{
    static const unsigned steps[] = {0, 95, 135, 175, 215, 255};

    if (n < 8)
        return of_eight(n);
    if (n < 16)
        return of_bright(n - 8);
    if (n < 232)
        return of_rgb(steps[(n - 16) / 36], steps[(n - 16) / 6 % 6], steps[(n - 16) % 6]);
    n = 8 + (n - 232) * 10;
    return of_rgb(n, n, n);
}

/* What follows a 38, 48 or 58: how many parameters that takes, and the colour in *out. */
static size_t extended(const unsigned *params, size_t count, enum palette_colour *out)
{
    if (count >= 2 && params[0] == 5) {
        *out = of_256(params[1] % 256);
        return 2;
    }
    if (count >= 4 && params[0] == 2) {
        *out = of_rgb(params[1] % 256, params[2] % 256, params[3] % 256);
        return 4;
    }
    return count; /* not to be understood, nor what stands behind it */
}

void sgr_apply(struct sgr *s, const unsigned *params, size_t count)
{
    enum palette_colour not_kept;

    if (count == 0)
        *s = (struct sgr){.colour = PALETTE_TEXT};
    for (size_t i = 0; i < count; i++) {
        unsigned n = params[i];

        if (n == 0)
            *s = (struct sgr){.colour = PALETTE_TEXT};
        else if (n == 1)
            s->bold = true;
        else if (n == 2)
            s->faint = true;
        else if (n == 22)
            s->bold = s->faint = false;
        else if (n >= 30 && n <= 37)
            s->colour = of_eight(n - 30);
        else if (n >= 90 && n <= 97)
            s->colour = of_bright(n - 90);
        else if (n == 39)
            s->colour = PALETTE_TEXT;
        else if (n == 38)
            i += extended(&params[i + 1], count - i - 1, &s->colour);
        else if (n == 48 || n == 58) /* the background, the line under the text */
            i += extended(&params[i + 1], count - i - 1, &not_kept);
    }
}

enum palette_colour sgr_colour(const struct sgr *s)
{
    return s->faint && s->colour == PALETTE_TEXT ? PALETTE_QUIET : s->colour;
}
