/* menu_section.h - everything the menu shows of one engine.
 *
 * Pure. Memory: everything made is in the arena; nothing borrows from the input. */
#ifndef CORE_MENU_MENU_SECTION_H
#define CORE_MENU_MENU_SECTION_H
#include "core/menu/menu_build.h"
#include "core/menu/menu_list.h"
#include "core/menu/menu_refs.h"

#define MENU_PAGE_MAX 100 /* rows of a level below More..., as long as that gives few pages */

/* What a section is made of and with. */
struct menu_section {
    struct arena *arena;
    const struct menu_input *in;
    const struct snapshot *snap;          /* of the section being made */
    struct menu_refs pending, failures;   /* by id */
    struct menu_refs pins, hidden, muted; /* by name */
    struct menu_list kids;                /* scratch of container rows, empty between uses */
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

/* --- for the rows of a section ---------------------------------------------------------------- */

/* The key of something that is no container: "podman/!more". With the project, which may hold
 * anything and therefore comes last, of something in its group; NULL: not in one. */
const char *menu_section_key(const struct menu_section *s, const char *what, const char *project);
/* "2 of 3 running". */
const char *menu_section_counts(const struct menu_section *s, size_t running, size_t all);
/* Adds a failure as a note that names its container. */
void menu_section_failure(const struct menu_section *s, const char *key,
                          const struct menu_failure *f, struct menu_list *into);

#endif
