/* seen.h - the containers of an engine as the last look saw them, and what was told of each.
 * Private to core/notify.
 *
 * Made anew out of each list, sorted by id, so that finding one is quick. Pure. Memory: a list owns
 * an arena with its texts. */
#ifndef CORE_NOTIFY_SEEN_H
#define CORE_NOTIFY_SEEN_H
#include "core/engine/snapshot.h"
#include "core/notify/outbox.h"

struct seen {
    const char *id, *name; /* the arena's */
    enum container_state state;
    enum health health;
    bool has_started, has_finished;
    int64_t started_s, finished_s;
    struct told told;
    int64_t ends_s[NOTIFY_LOOP_ENDS]; /* the last bad ends, oldest first */
    size_t ends;
    bool looping;
};

/* Zeroed is empty. */
struct seen_list {
    struct seen *list;
    size_t count;
    struct arena arena;
};

/* Accepts a zeroed struct; afterwards zeroed. */
void seen_release(struct seen_list *l);
/* The containers of *s that have a valid id; what was told of them is taken from *old. */
void seen_make(struct seen_list *l, const struct snapshot *s, const struct seen_list *old);
/* Adds one that is not there, of which nothing is known but its id; `id` is copied. Valid until the
 * next change. */
struct seen *seen_add(struct seen_list *l, const char *id);
/* NULL if it is not there. */
struct seen *seen_find(const struct seen_list *l, const char *id);

#endif
