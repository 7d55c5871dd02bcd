/* png.h - a small picture as the bytes of a PNG file.
 *
 * For pictures that are made while the program runs: every system reads this form, and it carries
 * how much of each pixel is covered. Pure. Threads: any. */
#ifndef CORE_BASE_PNG_H
#define CORE_BASE_PNG_H
#include "core/base/buf.h"

#define PNG_SIDE_MAX 1024

/* A picture of one colour, black: `cover` has a byte for each pixel, row by row from the top, 0 for
 * nothing there. Both sides are 1 to PNG_SIDE_MAX. RC_TOO_BIG if `out` is full. */
NODISCARD enum rc png_shape(const unsigned char *cover, unsigned width, unsigned height,
                            struct buf *out);

#endif
