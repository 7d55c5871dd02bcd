/* history.h - what happened to containers between two lists of an engine, as events to keep.
 *
 * Each container is compared by its id; life.h has the rule of what an end is, and how it ended.
 * What an engine runs for itself is left out, and so is one without a valid id.
 * Pure. Memory: results lie in the caller's arena and borrow nothing. Costs n log n. */
#ifndef CORE_STORE_HISTORY_H
#define CORE_STORE_HISTORY_H
#include "core/engine/life.h"
#include "core/store/store.h"

/* Two good lists of one engine, the older one first; borrowed. */
struct history_lists {
    const struct snapshot *before, *now;
    int64_t now_s; /* when an event is taken to have happened of which no time is known */
    /* Did an action of the user's end this container? Then it was stopped, whatever its exit
     * code. */
    bool (*wanted)(void *ctx, enum engine_kind engine, const char *id);
    void *ctx;
};

/* What happened, in the order of the containers' ids. `what` is a word of life.h. */
void history_compare(const struct history_lists *lists, struct arena *a, struct store_events *out);
/* The container ended, and nobody wanted that: such ends make a restart loop. */
bool history_is_bad_end(const struct store_event *e);

#endif
