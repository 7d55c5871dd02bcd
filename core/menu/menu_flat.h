/* menu_flat.h - a menu without levels, for a window that stands in for it (mac-behaviour 7).
 *
 * What a menu says of engines and containers, in its order: headers, notes, and each container with
 * the actions that fit it now, wherever it is folded. A group is a row with the actions for all of
 * it, and its containers follow, one step in. Commands are left out: a window has buttons of its
 * own for them. Pure. Memory: a flat menu owns its array and borrows all else from the menu
 * it was made of. */
#ifndef CORE_MENU_MENU_FLAT_H
#define CORE_MENU_MENU_FLAT_H
#include "core/menu/menu.h"

#define MENU_FLAT_ACTIONS 3 /* of a row: the first that are enabled */

struct menu_flat_row {
    const struct menu_item *item;
    const struct menu_item *actions[MENU_FLAT_ACTIONS];
    size_t action_count; /* 0 for what is neither container nor group */
    bool inside;         /* of the group above it */
};

struct menu_flat {
    struct menu_flat_row *rows;
    size_t count, size;
    size_t left_out; /* rows beyond the `max` of menu_flat_init() */
};

/* Fills *flat, at most `max` rows of it; the menu outlives it. */
void menu_flat_init(struct menu_flat *flat, const struct menu *menu, size_t max);
/* Accepts a zeroed struct; afterwards zeroed. */
void menu_flat_release(struct menu_flat *flat);

#endif
