/* quote.h - a word as a POSIX shell must be given it to get it back byte for byte.
 *
 * The one place that quotes, for texts that a shell will read: a launch script, a line to copy.
 * A word of safe characters alone stays as it is, any other stands in single quotes, inside which a
 * shell gives nothing a meaning (POSIX 2.2.2). Pure; any thread. */
#ifndef CORE_BASE_QUOTE_H
#define CORE_BASE_QUOTE_H
#include "core/base/buf.h"

/* Adds the quoted word. RC_TOO_BIG over the cap, and then *out may hold a part of it. */
NODISCARD enum rc quote_word(struct buf *out, const char *word);

#endif
