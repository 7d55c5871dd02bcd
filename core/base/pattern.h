/* pattern.h - sentences with numbered holes.
 *
 * Filled by our own few lines and not by printf: a translation may turn the order of its holes
 * around, and a wrong one can do no harm. What goes into a hole is text that is already safe to
 * show (text.h). Pure; any thread. */
#ifndef CORE_BASE_PATTERN_H
#define CORE_BASE_PATTERN_H
#include "core/base/mem.h"

/* `pattern` with %1 ... %9 replaced by holes[0] ...; naming a hole that is not given is a bug. Any
 * other % stands for itself. Memory: the arena's. */
const char *pattern_fill(struct arena *a, const char *pattern, const char *const holes[],
                         size_t count);

#endif
