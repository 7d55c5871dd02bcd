/* menu_filter.h - which containers of a menu somebody means who types.
 *
 * Name, image, project, id, state and engine are searched; every word that was typed must be in one
 * of them. Rows that are shown keep their places until something else is typed (mac-behaviour 3): a
 * click is aimed at a place. Pure; what takes time is done once for a menu, not for each key.
 * Memory: as each struct says. Threads: one at a time. */
#ifndef CORE_MENU_MENU_FILTER_H
#define CORE_MENU_MENU_FILTER_H
#include "core/menu/menu.h"

#define MENU_FIND_WORDS 8 /* of what was typed; further ones are not looked at */

struct menu_find_entry {
    const struct menu_item *item; /* a container's row */
    const char *words;            /* folded (fold.h) */
};

/* Every container of a menu, wherever it is folded, in the menu's order. Borrows the menu. */
struct menu_find {
    struct menu_find_entry *entries;
    size_t count, size;
    struct arena arena;
};

struct menu_found_row {
    const char *key, *title;
    const struct menu_item *item; /* of the menu; NULL: gone since it was shown first */
};

/* What was found. Owns its texts, so that it may be compared with once the menu is gone. */
struct menu_found {
    struct menu_found_row *rows; /* the arena's */
    size_t count;
    size_t left_out; /* that fit too, beyond the `max` of menu_find_rows() */
    struct arena arena;
};

/* Fills *f, which is zeroed; the menu outlives it. */
void menu_find_init(struct menu_find *f, const struct menu *menu);
/* Accepts a zeroed struct; afterwards zeroed. */
void menu_find_release(struct menu_find *f);

/* Fills *out (zeroed) with at most `max` of those that fit `typed`. Those of `before`, what was
 * shown for the same words (NULL: nothing was), stay where they are, whatever became of them; new
 * ones come behind. */
void menu_find_rows(const struct menu_find *f, const char *typed, const struct menu_found *before,
                    size_t max, struct menu_found *out);
/* Accepts a zeroed struct; afterwards zeroed. */
void menu_found_release(struct menu_found *found);

#endif
