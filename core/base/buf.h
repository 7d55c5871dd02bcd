/* buf.h - a growing run of bytes with a hard cap.
 *
 * The bytes are always followed by a NUL that does not count, so buf_text() is a C string.
 * Over the cap nothing is added and RC_TOO_BIG comes back: no output of a child and no file can
 * make us grow without end. Threads: one at a time. Memory: owns its bytes; buf_release(). */
#ifndef CORE_BASE_BUF_H
#define CORE_BASE_BUF_H
#include "core/base/base.h"

struct buf {
    char *data; /* NULL while empty and never grown */
    size_t len;
    size_t size; /* allocated, the NUL included */
    size_t max;  /* cap for len */
};

/* Empty, with a cap; allocates nothing. `max` is at least 1. */
void buf_init(struct buf *b, size_t max);
/* RC_OK or RC_TOO_BIG, and then *b is as before. */
NODISCARD enum rc buf_add(struct buf *b, const void *bytes, size_t len);
NODISCARD enum rc buf_text_add(struct buf *b, const char *text);
NODISCARD enum rc buf_print(struct buf *b, const char *fmt, ...) PRINTF(2, 3);
/* The bytes as a C string, "" while empty; valid until the next change. */
const char *buf_text(const struct buf *b);
/* Removes n bytes from the front; n is at most len. */
void buf_drop(struct buf *b, size_t n);
/* Empty but usable; keeps the memory. */
void buf_clear(struct buf *b);
/* Accepts NULL or a zeroed struct; afterwards as after buf_init() with the same cap. */
void buf_release(struct buf *b);

#endif
