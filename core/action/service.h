/* service.h - starts and stops what runs behind an engine: Apple's service, Docker Desktop,
 * podman's machine.
 *
 * A start leaves daemons behind and may take minutes the first time, for Apple's fetches a kernel
 * and an image then (engines.md 2.5); quitting meanwhile leaves it to finish. A stop ends every
 * container of the engine: whoever calls this has asked before.
 * What Apple's tool says is not believed: its exit code proves nothing, and it silently uses the
 * service of another installation. So its status is read before and after.
 * Threads: any; each call stands alone and blocks. */
#ifndef CORE_ACTION_SERVICE_H
#define CORE_ACTION_SERVICE_H
#include "core/engine/look.h"

/* OP_SERVICE_START, OP_SERVICE_STOP or OP_SERVICE_RESTART, a stop and a start. */
bool service_is(enum op op);

/* RC_OK when it runs, or does not any more. RC_FAILED with the engine's sentence or ours;
 * RC_MISSING, RC_DENIED, RC_DOWN, RC_TIMEOUT, RC_CANCELLED. RC_DENIED also when another
 * installation's service runs already. */
NODISCARD enum rc service_run(struct spawner *s, const struct locate_where *where,
                              enum engine_kind kind, enum op op, const struct cancel *quit,
                              struct fault *why);

#endif
