/* menu_ask.h - what the user is asked before several containers are stopped or restarted.
 *
 * Pure. Memory: the arena's. */
#ifndef CORE_MENU_MENU_ASK_H
#define CORE_MENU_MENU_ASK_H
#include "core/menu/menu_build.h"

#define MENU_ASK_NAMES 6 /* that are named; further ones are counted */

/* Texts for a window, safe to show. */
struct menu_question {
    const char *title, *question;
    const char *lost; /* whom it is about, and what will not be there any more */
    const char *verb; /* of the button that does it */
};

/* `op` is to be done to these containers, at least one; project NULL: all that the engine has. */
void menu_ask_many(struct arena *a, enum engine_kind kind, enum op op, const char *project,
                   const struct container *const *list, size_t count, struct menu_question *out);

#endif
