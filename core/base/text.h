/* text.h - text from outside, made safe and short enough to show (design.md 6).
 *
 * Pure functions over UTF-8. Broken UTF-8, control characters and bidirectional controls are
 * shown as escapes (\xNN, \u{202E}), so that a name can neither hide nor reorder anything.
 * Strong right-to-left letters are kept: they are what the user wrote. */
#ifndef CORE_BASE_TEXT_H
#define CORE_BASE_TEXT_H
#include "core/base/mem.h"

/* The whole text, escaped. Memory: the arena's. */
const char *text_safe(struct arena *a, const char *text);
/* Escaped, and cut in the middle with an ellipsis to at most `max` characters (>= 5). Combining
 * marks count as characters; an escape is never cut in two. */
const char *text_short(struct arena *a, const char *text, size_t max);
/* First sentence or line that says something, escaped, at most `max` characters: what an
 * engine's standard error looks like as one line. "" if there is none. */
const char *text_first_line(struct arena *a, const char *bytes, size_t len, size_t max);
/* The same text for a reader that takes &, < and > for marks of a markup language. */
const char *text_markup(struct arena *a, const char *text);
/* Bytes at the front of text[len] that stay on one line when a text is broken into lines: up to a
 * space, or to where Chinese and Japanese may be broken, which is anywhere but before a mark that
 * closes and behind one that opens. 0 at a space. */
size_t text_unbroken(const char *text, size_t len);
/* True if every byte sequence is valid UTF-8. */
bool text_is_utf8(const char *bytes, size_t len);

#endif
