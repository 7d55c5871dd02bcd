/* menu_shown.h - text from outside, made ready to stand in a menu.
 *
 * Safe (text.h), cut, and fenced in when it holds right-to-left letters, so that the mark before
 * it and the words behind it stay where they are. Pure. Memory: all text is the arena's. */
#ifndef CORE_MENU_MENU_SHOWN_H
#define CORE_MENU_MENU_SHOWN_H
#include "core/engine/snapshot.h"

#define MENU_NOTE_MAX 72  /* characters of a fact or sentence */
#define MENU_NOTE_LINES 3 /* of a sentence that is broken into lines */
#define MENU_TIP_MAX 1000 /* of a tool tip */
#define MENU_SHORT_ID 12  /* as the engines print it */

struct menu_shown {
    const char *text;
    const char *full; /* more of it, for a tool tip; NULL if `text` is all of it */
};

/* At most `max` characters, fences and escapes not counted as part of a cut. */
struct menu_shown menu_show(struct arena *a, const char *raw, size_t max);
/* An image reference without the registries that go without saying and with short digests; `full`
 * only if it was cut. */
struct menu_shown menu_show_image(struct arena *a, const char *image, size_t max);
/* Name of a container; without one the short id. */
struct menu_shown menu_show_name(struct arena *a, const struct container *c, size_t max);
/* An id of 64 hexadecimal digits as its first 12, others whole. */
struct menu_shown menu_show_id(struct arena *a, const char *id);

#endif
