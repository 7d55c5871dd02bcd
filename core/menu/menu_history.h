/* menu_history.h - what happened lately, as a row with notes behind it.
 *
 * Pure. Memory: everything made is the arena's; nothing borrows from the input. */
#ifndef CORE_MENU_MENU_HISTORY_H
#define CORE_MENU_MENU_HISTORY_H
#include "core/menu/menu_build.h"
#include "core/menu/menu_list.h"

/* Adds the row, unless nothing has happened. */
void menu_history_add(const struct menu_input *in, struct arena *a, struct menu_list *into);

#endif
