/* action.c - the one or two commands that an action is. */
#include "core/action/action.h"
#include "core/engine/state.h"

#define BIT(op) ((uint64_t)1 << (op))
#define ALL_ACTIONS                                                                                \
    (BIT(OP_START) | BIT(OP_STOP) | BIT(OP_RESTART) | BIT(OP_KILL) | BIT(OP_PAUSE) |               \
     BIT(OP_UNPAUSE) | BIT(OP_REMOVE) | BIT(OP_REMOVE_FORCE))

bool action_is(enum op op)
{
    return (ALL_ACTIONS & BIT(op)) != 0;
}

bool action_allowed(enum engine_kind kind, enum op op, const struct container *c)
{
    return action_is(op) && state_allows(kind, op, c);
}

/* One row of the table to its end; one that `outlives` us is left alone when we are stopped. */
static enum rc run_row(struct spawner *s, const struct program *prog, enum op op,
                       const struct valid_id *id, unsigned grace_s, bool outlives,
                       const struct cancel *stop, struct fault *why)
{
    struct cmd_args args = {.ids = id, .id_count = 1};
    struct child_result res = {0};
    struct cmd_call call;
    enum rc rc;

    if (op == OP_STOP || op == OP_RESTART)
        args.seconds = grace_s;
    rc = cmd_call_init(&call, prog, op, &args, why);
    if (rc != RC_OK)
        return rc;
    call.detaches = call.detaches || outlives;
    rc = child_run(s, &call, stop, &res, why);
    rc = look_verdict(engine_driver(prog->kind), rc, &res, why);
    child_result_release(&res);
    return rc;
}

/* Quit in the middle must not leave a container stopped that nobody wanted to stop (mac-behaviour
 * 1): the second half finishes without us. */
static enum rc stop_then_start(struct spawner *s, const struct program *prog,
                               const struct valid_id *id, unsigned grace_s,
                               const struct cancel *stop, struct fault *why)
{
    enum rc rc = run_row(s, prog, OP_STOP, id, grace_s, false, stop, why);

    if (rc != RC_OK)
        return rc;
    rc = run_row(s, prog, OP_START, id, 0, true, stop, why);
    if (rc != RC_OK)
        fault_context(why, "stopped, but not started again");
    return rc;
}

enum rc action_run(struct spawner *s, const struct locate_where *where, enum engine_kind kind,
                   enum op op, const struct valid_id *id, unsigned grace_s,
                   const struct cancel *stop, struct fault *why)
{
    struct program prog;
    enum rc rc;

    MUST(action_is(op));
    if (!state_engine_has(kind, op))
        return fault_set(why, RC_DENIED, "%s cannot %s a container", engine_title(kind),
                         op_word(op));
    rc = locate_program(where, kind, &prog, why);
    if (rc != RC_OK)
        return rc;
    if (kind == ENGINE_APPLE && op == OP_RESTART)
        return stop_then_start(s, &prog, id, grace_s, stop, why);
    return run_row(s, &prog, op, id, grace_s, false, stop, why);
}
