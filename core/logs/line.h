/* line.h - one line of a container's log, as it is kept and shown: text without control characters,
 * and the colours that its escapes asked for. What holds a line says how long it lives. */
#ifndef CORE_LOGS_LINE_H
#define CORE_LOGS_LINE_H
#include "core/desktop/palette.h"

/* Longer lines go on as further ones: a text view lays out a line at once. */
#define LINE_TEXT_MAX ((size_t)16 << 10)
/* Parts of one line that are not plain; the rest of a line with more is. */
#define LINE_SPANS_MAX ((size_t)128)

struct line_span {
    uint32_t at, len; /* bytes */
    enum palette_colour colour;
    bool bold;
};

struct line {
    const char *text; /* UTF-8, a NUL behind `len` bytes; no line break, no control but the tab */
    size_t len;
    const struct line_span *spans; /* in order, not overlapping, at ends of characters */
    size_t span_count;
    int64_t ns; /* when it was written, since 1970; 0: nobody says */
    bool ours;  /* we say it, not the container */
};

#endif
