/* popup.h - the menus that are open: the one below the bar and the chain of its sub-menus.
 *
 * An open menu and the item that it belongs to are retained, so the program may add, change and
 * remove rows at any time. Delegates hear menuNeedsUpdate:, menuWillOpen: and menuDidClose: as
 * on a Mac, sub-menus too. Main thread only. */
#ifndef APP_GNUSTEP_POPUP_H
#define APP_GNUSTEP_POPUP_H
#include "app/gnustep/gnustep.h"

/* Shows a menu one level deeper; `owner` is its item in the level above, nil for the first. */
void popup_push(id menu, id owner);
/* Closes the deepest levels until `depth` are left. */
void popup_pop(size_t depth);
/* NULL if this menu or view is not open. */
struct popup_level *popup_level_of_menu(id menu);
struct popup_level *popup_level_of_view(id view);
/* Sets the row that is drawn as chosen, -1 for none, and tells the delegate. */
void popup_light(struct popup_level *level, long row);
/* Option is held down, or not any more: alternates are shown in place of their items, or these. */
void popup_option(bool held);
/* The item at the lit row, nil if there is none. */
id popup_lit_item(const struct popup_level *level);

/* What happened to a row of any menu, open or not. */
void popup_row_changed(id menu, long row);
void popup_row_added(id menu, long row);
void popup_row_removed(id menu, long row);
/* Measures and places what has changed since; run by the run loop, once for many changes. */
void popup_layout(void);

#endif
