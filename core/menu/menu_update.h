/* menu_update.h - what a menu says about updates of the program: a row that opens the window, and
 * mildly what went wrong. Pure. */
#ifndef CORE_MENU_MENU_UPDATE_H
#define CORE_MENU_MENU_UPDATE_H
#include "core/menu/menu_build.h"
#include "core/menu/menu_list.h"

/* The row of an important update: above everything else. */
void menu_update_add_top(const struct menu_update *u, struct arena *a, struct menu_list *into);
/* The row of any other, and what went wrong with updates. */
void menu_update_add(const struct menu_update *u, struct arena *a, struct menu_list *into);
/* The row that looks for updates, as long as there is none. */
void menu_update_add_check(const struct menu_update *u, struct menu_list *into);
/* The status item shows that there is one by its shape: the title with an arrow behind it. */
const char *menu_update_title(const struct menu_update *u, struct arena *a, const char *title);
/* Its tool tip says so: the sentence with more behind it. */
const char *menu_update_tip(const struct menu_update *u, struct arena *a, const char *tip);

#endif
