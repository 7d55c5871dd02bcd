/* menu_group.h - a compose project as a row of the menu, and what is done to all of it, or to all
 * that an engine has.
 *
 * Pure. Memory: all that is made is the section's arena's. */
#ifndef CORE_MENU_MENU_GROUP_H
#define CORE_MENU_MENU_GROUP_H
#include "core/menu/menu_section.h"
#include "core/menu/menu_sort.h"

/* Adds the group's row, with its actions, its containers and what failed below it. */
void menu_group_add(struct menu_section *s, const struct menu_group *g, struct menu_list *into);
/* Adds the row of the actions for the whole engine, where they say more than those of one group. */
void menu_all_add(struct menu_section *s, const struct menu_sorted *sorted, struct menu_list *into);

#endif
