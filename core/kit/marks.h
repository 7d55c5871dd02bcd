/* marks.h - what the kit adds to a list: actions under way, and the last failures. Private to
 * core/kit.
 *
 * A pending mark outlives its action until a look that began after the action's end has arrived:
 * else the row would show the old state for a moment. Or until a few seconds have passed, for the
 * engine may not answer looks. Pure data; one thread; times are clock_ms(). */
#ifndef CORE_KIT_MARKS_H
#define CORE_KIT_MARKS_H
#include "core/menu/menu_build.h"

#define MARKS_PENDING_MS 5000  /* after the action's end, at the longest */
#define MARKS_FAILURES_MAX 64  /* the oldest goes */
#define MARKS_PENDING_MAX 2048 /* the queue refuses long before */

struct mark {
    struct menu_pending shown;
    char name[128]; /* of the container, for a failure */
    unsigned many;  /* number of the action for several that it is a part of (many.h), 0: none */
    bool ended;
    unsigned long look; /* looks up to this one began before the end */
    int64_t until_ms;
};

/* Zeroed is empty. */
struct marks {
    struct mark *pending; /* in the order they began */
    size_t pending_count, pending_size;
    struct menu_failure failures[MARKS_FAILURES_MAX]; /* oldest first */
    size_t failure_count;
};

/* Accepts a zeroed struct; afterwards zeroed. */
void marks_release(struct marks *m);

/* NULL if the container has no action under way. Valid until the next change. */
struct mark *marks_find(const struct marks *m, enum engine_kind kind, const struct valid_id *id);
/* There is none yet. Clears the container's failure. Valid until the next change. */
struct mark *marks_begin(struct marks *m, enum engine_kind kind, enum op op,
                         const struct valid_id *id, const char *name);
void marks_drop(struct marks *m, struct mark *mark);
/* A new try begins: the container's failure is no longer shown. */
void marks_forgive(struct marks *m, enum engine_kind kind, const struct valid_id *id);
/* Adds a failure, or replaces the container's. `name` is cut to fit. */
void marks_fail(struct marks *m, enum engine_kind kind, enum op op, const struct valid_id *id,
                const char *name, const char *text);

/* A look of this number has arrived: drops the marks that waited for it. True if there were. */
bool marks_looked(struct marks *m, enum engine_kind kind, unsigned long look);
/* Drops the marks that waited too long. True if there were. */
bool marks_expire(struct marks *m, int64_t now);
/* When marks_expire() would drop the next one, 0: none waits. */
int64_t marks_next(const struct marks *m);
/* Drops failures of containers that this fresh list does not have any more, and that of starting
 * its engine. */
void marks_forget_gone(struct marks *m, const struct snapshot *s);
/* Drops every failure of an engine. */
void marks_forget_engine(struct marks *m, enum engine_kind kind);

/* By exact id, as commands get it; NULL if it is not there. `s` may be NULL. */
const struct container *marks_container(const struct snapshot *s, const struct valid_id *id);

#endif
