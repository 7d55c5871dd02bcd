/* menu_section.h - everything the menu shows of one engine.
 *
 * Pure. Memory: everything made is in the arena; nothing borrows from the input. */
#ifndef CORE_MENU_MENU_SECTION_H
#define CORE_MENU_MENU_SECTION_H
#include "core/menu/menu_build.h"
#include "core/menu/menu_list.h"

#define MENU_PAGE_MAX 100 /* rows of a level below More..., as long as that gives few pages */

struct menu_ref;

/* Pending actions and failures, sorted so that a container finds its own. */
struct menu_refs {
    struct menu_ref *list;
    size_t count;
};

/* What a section is made of and with. */
struct menu_section {
    struct arena *arena;
    const struct menu_input *in;
    struct menu_refs pending, failures;
    struct menu_list rows, pages, kids; /* scratch, empty between uses */
    const char *doing; /* of a pending container that was met: "web: stopping…"; NULL for none */
};

/* The arena is the new menu's; in is borrowed until menu_section_release(). */
void menu_section_init(struct menu_section *s, struct arena *a, const struct menu_input *in);
void menu_section_release(struct menu_section *s);
/* Whether the engine has anything to show: it is there, or it failed at something. */
bool menu_section_wanted(const struct menu_input *in, enum engine_kind kind);
/* The engine is there but cannot work on this kind of Mac (mac-behaviour 33): a header alone. */
bool menu_section_unfit(const struct menu_input *in, enum engine_kind kind);
/* Adds header, notes, containers and failures of an engine that is wanted or unfit. */
void menu_section_add(struct menu_section *s, enum engine_kind kind, struct menu_list *into);

#endif
