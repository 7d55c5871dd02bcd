/* menu_refs.h - finds by engine and text (an id, a name) what an input says about a container.
 *
 * Sorted once per menu, then asked for each container: a long list of containers with many actions
 * or pins costs no square. Memory: owns its array; texts are borrowed until menu_refs_release(). */
#ifndef CORE_MENU_MENU_REFS_H
#define CORE_MENU_MENU_REFS_H
#include "core/engine/snapshot.h"

struct menu_ref {
    enum engine_kind engine;
    const char *text;
    size_t index; /* in its array */
};

struct menu_refs {
    struct menu_ref *list;
    size_t count;
};

/* Room for `count`; they are filled by index, then menu_refs_sort(). */
void menu_refs_init(struct menu_refs *refs, size_t count);
void menu_refs_sort(struct menu_refs *refs);
/* Its index, of several the last one's; -1: there is none. */
ptrdiff_t menu_refs_find(const struct menu_refs *refs, enum engine_kind engine, const char *text);
/* Accepts a zeroed struct; afterwards zeroed. */
void menu_refs_release(struct menu_refs *refs);

#endif
