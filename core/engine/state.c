/* state.c - one table: state -> operations that may work, and what single engines refuse.
 *
 * Tried with podman 4.3.1: it stops, restarts and starts nothing that is paused ("running or
 * paused, refusing to clean up"), but kills it; a container left in `stopping` by a stop that was
 * itself killed is repaired by another stop. Docker thaws a paused container before it signals it.
 * A dead container of docker's is marked for removal and can only be removed. */
#include "core/engine/state.h"

#define BIT(op) ((uint64_t)1 << (op))

_Static_assert(OP_COUNT <= 64, "an operation is a bit of a uint64_t");

static const uint64_t fits[STATE_COUNT] = {
    [STATE_RUNNING] = BIT(OP_STOP) | BIT(OP_RESTART) | BIT(OP_KILL) | BIT(OP_PAUSE) |
                      BIT(OP_REMOVE_FORCE) | BIT(OP_SHELL) | BIT(OP_OPEN),
    [STATE_RESTARTING] = BIT(OP_STOP) | BIT(OP_REMOVE_FORCE),
    [STATE_PAUSED] =
        BIT(OP_STOP) | BIT(OP_RESTART) | BIT(OP_KILL) | BIT(OP_UNPAUSE) | BIT(OP_REMOVE_FORCE),
    [STATE_STOPPING] = BIT(OP_STOP) | BIT(OP_KILL) | BIT(OP_REMOVE_FORCE),
    [STATE_CREATED] = BIT(OP_START) | BIT(OP_REMOVE) | BIT(OP_REMOVE_FORCE),
    [STATE_STOPPED] = BIT(OP_START) | BIT(OP_REMOVE) | BIT(OP_REMOVE_FORCE),
    [STATE_REMOVING] = 0,
    [STATE_DEAD] = BIT(OP_REMOVE) | BIT(OP_REMOVE_FORCE),
    [STATE_UNKNOWN] = BIT(OP_START) | BIT(OP_STOP) | BIT(OP_KILL) | BIT(OP_REMOVE_FORCE),
};

bool state_engine_has(enum engine_kind kind, enum op op)
{
    if (op == OP_RESTART && kind == ENGINE_APPLE)
        return true; /* made of two rows */
    if (op == OP_OPEN)
        return true; /* asks the browser, not the engine */
    return cmd_has(kind, op);
}

/* Apple's restart is a stop and a start, and the stop would remove this one; podman's ends with the
 * container gone and "container has already been removed" (4.3.1). */
bool state_restart_loses(enum engine_kind kind, const struct container *c)
{
    return kind != ENGINE_DOCKER && c->auto_remove;
}

bool state_allows(enum engine_kind kind, enum op op, const struct container *c)
{
    if (c->arg.text[0] == '\0' || (fits[c->state] & BIT(op)) == 0)
        return false;
    if (kind == ENGINE_PODMAN && c->state == STATE_PAUSED && (op == OP_STOP || op == OP_RESTART))
        return false;
    if (op == OP_RESTART && state_restart_loses(kind, c))
        return false;
    return state_engine_has(kind, op);
}

bool state_service_allows(enum op op, const struct snapshot *s)
{
    switch (op) {
    case OP_SERVICE_START:
        return s->service == SERVICE_STOPPED;
    case OP_SERVICE_STOP:
    case OP_SERVICE_RESTART:
        return s->service == SERVICE_RUNNING;
    default:
        return false;
    }
}
