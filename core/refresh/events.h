/* events.h - drops events that were seen before (podman repeats half its file when it rotates).
 *
 * A ring of the last EVENTS_SEEN_MAX events by (id, status, time). One thread. */
#ifndef CORE_REFRESH_EVENTS_H
#define CORE_REFRESH_EVENTS_H
#include "core/engine/engine.h"

#define EVENTS_SEEN_MAX 512

struct events_seen {
    uint64_t hash[EVENTS_SEEN_MAX];
    size_t next;
};

/* True the first time. An event without a time is always new. */
bool events_is_new(struct events_seen *seen, const struct engine_event *event);

#endif
