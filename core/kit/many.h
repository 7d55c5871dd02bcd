/* many.h - actions for several containers at once, from the click until the last one is seen to
 * have ended. Private to core/kit.
 *
 * Its containers are marks like any other (marks.h), which bear its number; what is here is what
 * they have in common. Pure; home thread. Memory: owns its parts. */
#ifndef CORE_KIT_MANY_H
#define CORE_KIT_MANY_H
#include "core/kit/marks.h"

#define MANY_MAX 16  /* at once */
#define MANY_NAMED 5 /* of what failed in one */

struct many_failed {
    char name[128], text[FAULT_TEXT_MAX];
};

struct many {
    unsigned number; /* from 1 on, never used twice */
    struct menu_many shown;
    char project[GROUP_PROJECT_MAX + 1];
    struct valid_id *failed_ids; /* owned */
    size_t failed, failed_size;
    struct many_failed first[MANY_NAMED];
};

/* Zeroed is empty. */
struct manies {
    struct many *list[MANY_MAX]; /* the oldest first */
    size_t count;
    unsigned last;
};

/* NULL if there are too many. `project` NULL: all that the engine has; copied. */
struct many *manies_begin(struct manies *m, enum engine_kind kind, enum op op, const char *project);
/* NULL if it is over. */
struct many *manies_find(const struct manies *m, unsigned number);
void many_fail(struct many *one, const struct valid_id *id, const char *name, const char *text);
/* How many of its actions have not ended. */
size_t many_left(const struct many *one, const struct marks *marks);
/* Forgets those of which no mark is left. */
void manies_sweep(struct manies *m, const struct marks *marks);
/* What the menu shows, at most MANY_MAX; borrows from *m. */
size_t manies_show(const struct manies *m, const struct marks *marks,
                   struct menu_many out[MANY_MAX]);
/* Accepts a zeroed struct; afterwards zeroed. */
void manies_release(struct manies *m);

#endif
