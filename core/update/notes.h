/* notes.h - release notes as a person may see them: plain text (updates.md 9, row 34).
 *
 * They come from outside, signed or not, and stand in a window of ours: what could hide or reorder
 * text, or speak to a terminal, is left out. Nothing is a link or markup.
 * Pure; any thread. Memory: the arena's. */
#ifndef CORE_UPDATE_NOTES_H
#define CORE_UPDATE_NOTES_H
#include "core/base/mem.h"

#define NOTES_MAX ((size_t)16 << 10) /* bytes */

/* Lines end in "\n" and have no blanks at their end; at most one empty line stands between two,
 * none at either end. Broken UTF-8 is left out; a text over the cap is cut between two characters
 * and ends in "…". NULL is "". */
const char *notes_plain(struct arena *a, const char *notes);

#endif
