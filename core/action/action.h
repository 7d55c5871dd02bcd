/* action.h - one thing done to one container: start, stop, restart, kill, pause, remove.
 *
 * action_run() is the whole of it and blocks; both the command line and the queue use it.
 * Restart on Apple's engine is stop, wait, start (engines.md 2.1).
 * Threads: any; each call stands alone. */
#ifndef CORE_ACTION_ACTION_H
#define CORE_ACTION_ACTION_H
#include "core/engine/look.h"

/* True for the operations that may be an action. */
bool action_is(enum op op);
/* Whether `op` makes sense for a container in this state: what the menu enables. Pure. */
bool action_allowed(enum engine_kind kind, enum op op, const struct container *c);

/* Locates the engine and runs the row(s). RC_OK when the engine said yes; RC_FAILED with its own
 * sentence; RC_MISSING, RC_DENIED, RC_DOWN, RC_TIMEOUT, RC_CANCELLED with ours. */
NODISCARD enum rc action_run(struct spawner *s, const struct locate_where *where,
                             enum engine_kind kind, enum op op, const struct valid_id *id,
                             unsigned grace_s, const struct cancel *stop, struct fault *why);

#endif
