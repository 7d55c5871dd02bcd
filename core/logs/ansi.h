/* ansi.h - bytes that a program wrote for a terminal become lines (line.h).
 *
 * Of the escape sequences of ECMA-48 those for colour and weight are understood (SGR: 8 colours,
 * their bright ones, 256, 24 bits, bold, faint); all others are dropped, and so are control
 * characters. A carriage return inside a line takes back what stands before it, as a progress bar
 * means it. Broken UTF-8 becomes U+FFFD; what is hidden or turns the direction of text becomes its
 * escape, as in text.h. Backgrounds, inverse and concealed text are not kept: text is legible.
 *
 * A stream: bytes may be cut anywhere, and the lines are the same. Pure; any thread, one at a
 * time. Memory: bounded by LINE_TEXT_MAX. */
#ifndef CORE_LOGS_ANSI_H
#define CORE_LOGS_ANSI_H
#include "core/logs/line.h"

struct ansi;

/* At the beginning of a line, with plain looks. */
struct ansi *ansi_new(void);
/* Accepts NULL. */
void ansi_free(struct ansi *a);

/* The line is valid during the call. */
typedef void ansi_line_fn(void *ctx, const struct line *line);

/* Tells each line that a newline ends. */
void ansi_feed(struct ansi *a, const char *bytes, size_t len, ansi_line_fn *on_line, void *ctx);
/* No more will come: the line that has begun, if there is one. Then as new. */
void ansi_end(struct ansi *a, ansi_line_fn *on_line, void *ctx);

#endif
