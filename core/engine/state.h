/* state.h - which operations fit the state that a container is in.
 *
 * The one rule behind what a menu enables and what an action refuses. What an engine is known to
 * refuse is not offered; where nothing is known, the engine is asked. Pure; any thread. */
#ifndef CORE_ENGINE_STATE_H
#define CORE_ENGINE_STATE_H
#include "core/engine/snapshot.h"

/* The engine can do it at all: it has a row in the table, or is Apple's, whose restart is a stop
 * and a start (engines.md 2.1). Pure; any thread. */
bool state_engine_has(enum engine_kind kind, enum op op);
/* True if `op`, done to *c as it is in its list, can work on an engine of this kind. False for a
 * container whose id is not valid, for what the engine has no command for, and for every operation
 * that is done neither to one container nor in it. */
bool state_allows(enum engine_kind kind, enum op op, const struct container *c);
/* The same for the service behind an engine, OP_SERVICE_*. What answers from another installation
 * may be stopped too: nothing else gets rid of it. */
bool state_service_allows(enum op op, const struct snapshot *s);

/* A restart of it on an engine of this kind would lose it: its stop removes it. */
bool state_restart_loses(enum engine_kind kind, const struct container *c);

#endif
