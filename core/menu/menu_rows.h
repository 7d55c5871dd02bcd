/* menu_rows.h - containers and groups as the rows of a level, and a long level folded.
 *
 * Pure. Memory: all that is made is the section's arena's. Cost is linear. */
#ifndef CORE_MENU_MENU_ROWS_H
#define CORE_MENU_MENU_ROWS_H
#include "core/menu/menu_container.h"
#include "core/menu/menu_section.h"
#include "core/menu/menu_sort.h"
#include "core/menu/menu_words.h"

/* Entries of one level. */
struct menu_run {
    const struct menu_entry *list;
    size_t count;
    const char *project; /* that the level is of; NULL: the section's own */
};

/* The container with all that the input says about it. */
struct menu_container menu_rows_container(const struct menu_section *s, const struct container *c);
/* Adds the first MENU_FOLD of them, and the rest behind More.... */
void menu_rows_add(struct menu_section *s, struct menu_run run, struct menu_list *into);
/* Adds one row that has them all behind it, or pages of them; nothing if there are none. `what` is
 * a part of its key; the hole of `w` is their count. */
void menu_rows_fold(struct menu_section *s, struct menu_run run, const char *what, enum word w,
                    struct menu_list *into);

#endif
