/* menu_list.h - a level of a menu while it is being made, before its length is known.
 *
 * Items added stay valid until the next one is added. Threads: one at a time. Memory: a list owns
 * its array but no text; menu_list_move() puts the items into an arena and leaves the list empty
 * but with its memory, to be used for the next level. */
#ifndef CORE_MENU_MENU_LIST_H
#define CORE_MENU_MENU_LIST_H
#include "core/menu/menu.h"

struct menu_list {
    struct menu_item *items;
    size_t count, size;
};

/* A new last item with this key and title, both borrowed, enabled if it is a MENU_ROW; all else is
 * zero or "". */
struct menu_item *menu_list_add(struct menu_list *l, enum menu_kind kind, const char *key,
                                const char *title);
/* The items in `a`, NULL if there are none; *count tells how many. */
struct menu_item *menu_list_move(struct menu_list *l, struct arena *a, size_t *count);
/* Accepts a zeroed struct; afterwards zeroed. */
void menu_list_release(struct menu_list *l);

#endif
