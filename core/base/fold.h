/* fold.h - a text as it is compared when somebody searches: small letters, without marks.
 *
 * "Läuft", "LAUFT" and "lauft" are one. Latin letters lose their marks, Greek and Cyrillic ones
 * become small, full-width ones narrow; all else stays as it is, bytes that are no UTF-8 too.
 * Pure. Threads: any. */
#ifndef CORE_BASE_FOLD_H
#define CORE_BASE_FOLD_H
#include "core/base/mem.h"

/* Never longer than `text`. Memory: the arena's. */
const char *fold_text(struct arena *a, const char *text);

#endif
