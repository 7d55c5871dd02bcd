/* names.h - the containers that the user pinned on top, hid or muted, by name. Private to core/kit.
 *
 * A name outlives its container: made anew, it is the same to the user (docs/decisions/035).
 * Pure; home thread. Memory: owns copies. */
#ifndef CORE_KIT_NAMES_H
#define CORE_KIT_NAMES_H
#include "core/menu/menu_build.h"
#include "core/store/keeper.h"

/* Of one set, in the order in which they were added. */
struct name_list {
    struct menu_name *list;
    size_t count, size;
};

/* Zeroed is empty. By enum store_set; none is both pinned and hidden. */
struct names {
    struct name_list of[STORE_SET_COUNT];
};

/* What an earlier run kept. */
void names_kept(struct names *n, const struct kept *kept);
bool names_has(const struct names *n, enum store_set set, enum engine_kind engine,
               const char *name);
/* False if it is so already. */
bool names_set(struct names *n, enum store_set set, enum engine_kind engine, const char *name,
               bool on);
/* Accepts a zeroed struct; afterwards zeroed. */
void names_release(struct names *n);

#endif
