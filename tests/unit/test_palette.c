/* test_palette.c - contrast of each colour, reckoned as WCAG 2 says. */
#include "core/desktop/palette.h"
#include "tests/unit/unit.h"
#include <math.h>

/* Backgrounds of a text in the light and in the dark appearance. */
#define WHITE 0xffffff
#define DARK 0x1e1e1e

/* WCAG 2, "relative luminance" and "contrast ratio". */
static double luminance(uint32_t rgb)
{
    static const double weight[] = {0.0722, 0.7152, 0.2126}; /* blue, green, red */
    double sum = 0;

    for (int i = 0; i < 3; i++) {
        double c = (double)((rgb >> (8 * i)) & 0xff) / 255;

        sum += weight[i] * (c <= 0.03928 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4));
    }
    return sum;
}

static double contrast(uint32_t a, uint32_t b)
{
    double x = luminance(a) + 0.05, y = luminance(b) + 0.05;

    return x > y ? x / y : y / x;
}

TEST(palette_can_be_read_on_light_and_dark)
{
    for (int i = 0; i < PALETTE_COUNT; i++) {
        struct palette_pair p = palette_pair((enum palette_colour)i);

        assert_true(contrast(p.light, WHITE) >= 4.5);
        assert_true(contrast(p.dark, DARK) >= 4.5);
    }
}

SUITE(palette, T(palette_can_be_read_on_light_and_dark))
