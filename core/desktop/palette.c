/* palette.c - see palette.h. */
#include "core/desktop/palette.h"

struct palette_pair palette_pair(enum palette_colour colour)
{
    static const struct palette_pair pairs[PALETTE_COUNT] = {
        [PALETTE_TEXT] = {0x000000, 0xffffff},    [PALETTE_QUIET] = {0x6a6a6a, 0x9e9e9e},
        [PALETTE_RED] = {0xc4161c, 0xff6f69},     [PALETTE_GREEN] = {0x0b7a28, 0x58d068},
        [PALETTE_YELLOW] = {0x8a5a00, 0xe3c04c},  [PALETTE_BLUE] = {0x0a5bd0, 0x6cb0ff},
        [PALETTE_MAGENTA] = {0x962aa8, 0xdb8fff}, [PALETTE_CYAN] = {0x00707f, 0x58cfe0},
    };

    MUST(colour < PALETTE_COUNT);
    return pairs[colour];
}
