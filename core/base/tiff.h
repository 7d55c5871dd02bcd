/* tiff.h - a small picture as the bytes of a TIFF file.
 *
 * For pictures that are made while the program runs: every system reads this form, which carries
 * how much of each pixel is covered and needs no compression. Pure. Threads: any. */
#ifndef CORE_BASE_TIFF_H
#define CORE_BASE_TIFF_H
#include "core/base/buf.h"

#define TIFF_SIDE_MAX 1024

/* A picture of one colour, black: `cover` has a byte for each pixel, row by row from the top, 0 for
 * nothing there. Both sides are 1 to TIFF_SIDE_MAX. RC_TOO_BIG if `out` is full. */
NODISCARD enum rc tiff_shape(const unsigned char *cover, unsigned width, unsigned height,
                             struct buf *out);

#endif
