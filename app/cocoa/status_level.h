/* status_level.h - one NSMenu and its rows, as a tree: what of the menu model AppKit has.
 *
 * A row with children always has its NSMenu, else there is no arrow and no key opens it; the items
 * in it are made when it is about to be shown (mac-behaviour 10). Two kinds of levels:
 *   live    its rows are exactly the items of the menu on screen, in order
 *   asleep  its rows are left over from an earlier opening, or there are none yet
 * The root is always live. Rows carry their number as tag. Main thread. */
#ifndef APP_COCOA_STATUS_LEVEL_H
#define APP_COCOA_STATUS_LEVEL_H
#include "app/cocoa/status_row.h"

struct status_level;

/* A live level without rows; `delegate` is that of every NSMenu in the tree, not retained. */
struct status_level *status_level_new(const struct status_row_look *look, id delegate);
/* With all levels below. The NSMenus forget their delegate. Accepts NULL. */
void status_level_free(struct status_level *l);
id status_level_menu(const struct status_level *l);
/* The level that shows `menu`, or NULL. */
struct status_level *status_level_find(struct status_level *root, id menu);
/* Item number `tag` of the level, `root_items` being those of the root; NULL if the level sleeps
 * or has no such row. */
const struct menu_item *status_level_item(const struct status_level *l, const struct menu *shown,
                                          long tag);

/* The row of the level above that opens this one; NULL for the root, and as above. */
const struct menu_item *status_level_owner(const struct status_level *l, const struct menu *shown);

/* Makes a live level, and the live ones below it, show `to` in place of `from`. `keep_menus`: a
 * menu is open, so no NSMenu goes away. */
void status_level_apply(struct status_level *l, const struct menu_item *from, size_t from_count,
                        const struct menu_item *to, size_t to_count, bool keep_menus);
/* Wakes a sleeping level below the root with what `shown` has for it, using its old rows again.
 * No-op if it is live or its parent sleeps. */
void status_level_wake(struct status_level *l, const struct menu *shown);
/* Puts all levels below to sleep. */
void status_level_sleep(struct status_level *root);

#endif
