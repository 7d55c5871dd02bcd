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
/* The same, for a line that a person will paste. A terminal takes control characters for keys even
 * inside quotes, and one of them empties the line: a word with a character that must not be shown
 * as it is (utf8.h), or that is not UTF-8, stands in $'...', with escapes for those
 * (POSIX.1-2024 2.2.4; bash and zsh have had it for decades). */
NODISCARD enum rc quote_paste(struct buf *out, const char *word);

#endif
