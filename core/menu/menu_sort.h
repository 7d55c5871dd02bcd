/* menu_sort.h - in what order an engine's containers stand in the menu, and what is one row there.
 *
 * First what is pinned, in the order of the pins; then the compose projects, those of which
 * something runs first, then by name; then the rest, as the snapshot sorts it. A pinned container
 * is not a row of its project, and still counts as its member (docs/decisions/035).
 * Pure. Memory: owns its arrays, borrows all else from the snapshot. Cost: n log n. */
#ifndef CORE_MENU_MENU_SORT_H
#define CORE_MENU_MENU_SORT_H
#include "core/menu/menu_build.h"
#include "core/menu/menu_refs.h"

/* A compose project. */
struct menu_group {
    const char *project;
    const struct container **members; /* all that count, hidden and pinned ones too */
    size_t count, running;
    struct menu_entry *rows; /* those that are shown as its rows */
    size_t row_count;
};

/* What one row stands for: one of the two is NULL. */
struct menu_entry {
    const struct container *c;
    const struct menu_group *group;
};

struct menu_sorted {
    struct menu_entry *shown, *hidden;
    size_t shown_count, hidden_count;
    size_t all; /* containers that count: what the engine runs for itself does not */
    struct menu_group *groups;
    size_t group_count;
    const struct container **members; /* of all groups, one behind the other */
    struct menu_entry *rows;          /* the same */
};

/* Pins and hidden ones by name. Fills *out (zeroed). */
void menu_sort(const struct menu_input *in, const struct snapshot *snap,
               const struct menu_refs *pins, const struct menu_refs *hidden,
               struct menu_sorted *out);
/* Accepts a zeroed struct; afterwards zeroed. */
void menu_sorted_release(struct menu_sorted *s);

#endif
