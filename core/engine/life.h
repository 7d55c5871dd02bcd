/* life.h - what became of a container between two lists of its engine: one rule for notifications
 * and for the history.
 *
 * Lists are looks at moments: a container may have ended and started again in between, and only its
 * times tell. Pure. Memory: none of its own. */
#ifndef CORE_ENGINE_LIFE_H
#define CORE_ENGINE_LIFE_H
#include "core/engine/snapshot.h"

/* The clock of an engine in a virtual machine may be behind ours. */
#define LIFE_SKEW_S 120

/* What a list tells about one container's life. */
struct life {
    enum container_state state;
    bool has_started, has_finished;
    int64_t started_s, finished_s;
};

enum life_event {
    LIFE_CREATED,
    LIFE_STARTED,
    LIFE_RESTARTED, /* it ended and runs again; how it ended is not known */
    LIFE_STOPPED,   /* it ended well, or as somebody wanted */
    LIFE_DIED,      /* it ended with an error */
    LIFE_UNHEALTHY,
    LIFE_REMOVED,
    LIFE_EVENT_COUNT
};
/* "created", ..., in the store and on the command line. Static. */
const char *life_event_word(enum life_event event);
/* False if `word` is none of them. */
bool life_event_from_word(const char *word, enum life_event *out);

/* As its list tells. */
struct life life_of(const struct container *c);
/* It runs, or is frozen while it does. */
bool life_is_up(enum container_state state);
/* It has ended, and does nothing by itself any more. */
bool life_is_over(enum container_state state);
/* It ended between the two lists, whatever it does now. One that was not in the first, `before`
 * being NULL, has ended since that one was taken if it has ended at all, for a list holds them
 * all. */
bool life_ended(const struct life *before, const struct life *now, int64_t before_taken_s);
/* Of one that has ended: somebody wanted it to, or its exit code says that all is well. One that
 * runs again tells no exit code, and so did not. `before` may be NULL. */
bool life_ended_well(const struct life *before, const struct container *now);

#endif
