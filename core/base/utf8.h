/* utf8.h - one character at a time out of bytes that may be anything.
 *
 * Strict: no overlong form, no surrogate, nothing above U+10FFFF. Pure. */
#ifndef CORE_BASE_UTF8_H
#define CORE_BASE_UTF8_H
#include "core/base/base.h"

/* Length in bytes of the character at the front of bytes[len], and its code point in *cp; 0 if
 * there is no whole valid character. `len` is at least 1. */
size_t utf8_next(const char *bytes, size_t len, uint32_t *cp);
/* True for what must not be shown as it is: control characters (C0, DEL, C1), line and paragraph
 * separators, bidirectional controls, invisible joiners and marks (U+200B..200F, U+2028..202E,
 * U+2060..2069, U+FEFF). */
bool utf8_is_hidden(uint32_t cp);

#endif
