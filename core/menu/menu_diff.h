/* menu_diff.h - from the menu on screen to the next one, in the fewest changes.
 *
 * While a menu is open no item changes its place (mac-behaviour 3): menu_settle() gives the menu
 * that may be shown then. When it is closed the built menu is shown as it is. Pure. */
#ifndef CORE_MENU_MENU_DIFF_H
#define CORE_MENU_MENU_DIFF_H
#include "core/menu/menu.h"

enum menu_change_kind {
    MENU_REMOVE, /* item at `at` goes */
    MENU_INSERT, /* `item` comes to `at` */
    MENU_UPDATE  /* item at `at` becomes `item`: same key, something shown differs */
};

struct menu_change {
    enum menu_change_kind kind;
    size_t at;
    const struct menu_item *item; /* of the next menu; NULL for MENU_REMOVE */
};

/* Fills *out (empty) with what an open menu may become: items of `shown` keep their places and
 * take their new looks from `built`; vanished ones stay, disabled and `gone`, children too; new
 * ones come behind the last item, in their order. Applies to each level of children. An item that
 * is in another level by now stays where it was, alive, and so does the row that leads to it. Icon
 * and status texts are those of `built`. Deep copy: borrows from neither. Linear. */
void menu_settle(const struct menu *shown, const struct menu *built, struct menu *out);

/* The changes that make `from` (a level of items) into `to`, to be applied in order, each `at`
 * being an index at that moment. Array for mem_free(), NULL if *count is 0. Children are not
 * compared beyond "is there a submenu": the view asks again for each level that it has made.
 * O(n) when nothing moved; never worse than O(n log n) plus the changes. */
struct menu_change *menu_diff(const struct menu_item *from, size_t from_count,
                              const struct menu_item *to, size_t to_count, size_t *count);

#endif
