/* inspections.h - asks engines about single containers on a thread of its own, one after the other.
 * Private to core/kit.
 *
 * Threads: inspections_add() by any; new, stop and free by the owner. The sink is called on the
 * thread of the inspections. */
#ifndef CORE_KIT_INSPECTIONS_H
#define CORE_KIT_INSPECTIONS_H
#include "core/engine/inspection.h"

#define INSPECTIONS_WAITING_MAX 32 /* twice the windows that a menu lists */

struct inspections;

/* What came of one. */
struct inspected {
    struct inspection what;
    enum rc rc;
    struct fault why; /* filled unless rc is RC_OK */
    struct buf text;  /* of RC_OK */
};
/* Accepts NULL. */
void inspected_free(struct inspected *answer);

/* Takes the answer, for inspected_free(). Not called for what quitting ended. */
typedef void inspections_sink_fn(void *ctx, struct inspected *answer);

/* Starts the thread at the first question; s, where and ctx outlive it. */
struct inspections *inspections_new(struct spawner *s, const struct locate_where *where,
                                    inspections_sink_fn *sink, void *ctx);
/* The same question is asked once while it waits. RC_DENIED with a sentence if too many wait. Never
 * blocks. */
NODISCARD enum rc inspections_add(struct inspections *i, const struct inspection *what,
                                  struct fault *why);
/* Begins the end and returns at once: drops what waits. */
void inspections_stop(struct inspections *i);
/* inspections_stop(), then joins. Accepts NULL. No sink call comes after it has returned. */
void inspections_free(struct inspections *i);

#endif
