/* palette.h - the few colours that text of ours has, each of them legible on a light and on a dark
 * background: at least 4.5 to 1 against it, which is what WCAG 2 asks for (1.4.3).
 *
 * The system's own colours are made for symbols: its green is 2.2 to 1 on white. Pure. */
#ifndef CORE_DESKTOP_PALETTE_H
#define CORE_DESKTOP_PALETTE_H
#include "core/base/base.h"

enum palette_colour {
    PALETTE_TEXT, /* as other text is: the system's own */
    PALETTE_QUIET,
    PALETTE_RED,
    PALETTE_GREEN,
    PALETTE_YELLOW,
    PALETTE_BLUE,
    PALETTE_MAGENTA,
    PALETTE_CYAN,
    PALETTE_COUNT
};

/* 0xRRGGBB, sRGB. */
struct palette_pair {
    uint32_t light, dark; /* on a light background, on a dark one */
};

/* The two of a colour. */
struct palette_pair palette_pair(enum palette_colour colour);

#endif
