/* service.c - see service.h. */
#include "core/action/service.h"
#include "core/engine/state.h"

bool service_is(enum op op)
{
    return op == OP_SERVICE_START || op == OP_SERVICE_STOP || op == OP_SERVICE_RESTART;
}

/* Runs the row; a tool without such a command says so in words of its own. */
static enum rc run_row(const struct asking *a, enum op op, struct fault *why)
{
    enum rc rc = asking_run(a, op, why);

    if (rc == RC_OK && a->child->exit_code != 0 && asking_error(a) == ENGINE_ERROR_USAGE)
        return fault_set(why, RC_FAILED, "this %s has no command for it",
                         engine_title(a->drv->kind));
    return look_verdict(a->drv, rc, a->child, why);
}

/* Apple's; false if it does not run, or nothing is known. */
static enum rc apple_runs(const struct asking *a, bool *runs, struct spell *spell,
                          struct fault *why)
{
    struct engine_status st = {0};
    enum rc rc = asking_run(a, OP_STATUS, why);

    *runs = rc == RC_OK &&
            a->drv->parse_status(buf_text(&a->child->out), a->child->out.len, &st, NULL) == RC_OK &&
            st.running;
    if (*runs)
        spell_origin(a, st.install_root, spell);
    return rc == RC_CANCELLED ? rc : RC_OK;
}

static enum rc other_runs(const struct spell *spell, struct fault *why)
{
    return fault_set(why, RC_DENIED,
                     "the service of another installation runs, from %.300s: "
                     "stop that one first",
                     spell->root);
}

static enum rc apple_start(const struct asking *a, struct fault *why)
{
    struct spell spell = {0};
    bool runs = false;
    enum rc rc = apple_runs(a, &runs, &spell, why);

    if (rc == RC_OK && runs)
        return spell.origin == ORIGIN_OURS ? RC_OK : other_runs(&spell, why);
    if (rc == RC_OK)
        rc = run_row(a, OP_SERVICE_START, why);
    if (rc == RC_OK)
        rc = apple_runs(a, &runs, &spell, why);
    if (rc != RC_OK)
        return rc;
    if (!runs)
        return fault_set(why, RC_FAILED, "it was started, but its service does not answer");
    return spell.origin == ORIGIN_OURS ? RC_OK : other_runs(&spell, why);
}

static enum rc apple_stop(const struct asking *a, struct fault *why)
{
    struct spell spell = {0};
    bool runs = false;
    enum rc rc = run_row(a, OP_SERVICE_STOP, why);

    if (rc == RC_OK)
        rc = apple_runs(a, &runs, &spell, why);
    if (rc == RC_OK && runs)
        rc = fault_set(why, RC_FAILED, "it was stopped, but its service still answers");
    return rc;
}

static enum rc start(const struct asking *a, struct fault *why)
{
    return a->drv->kind == ENGINE_APPLE ? apple_start(a, why) : run_row(a, OP_SERVICE_START, why);
}

static enum rc stop(const struct asking *a, struct fault *why)
{
    return a->drv->kind == ENGINE_APPLE ? apple_stop(a, why) : run_row(a, OP_SERVICE_STOP, why);
}

enum rc service_run(struct spawner *s, const struct locate_where *where, enum engine_kind kind,
                    enum op op, const struct cancel *quit, struct fault *why)
{
    struct child_result res = {0};
    struct program prog;
    struct asking a = {s, where, engine_driver(kind), &prog, quit, &res};
    enum rc rc = locate_program(where, kind, &prog, why);

    MUST(service_is(op));
    if (rc == RC_OK && op != OP_SERVICE_START)
        rc = stop(&a, why);
    if (rc == RC_OK && op != OP_SERVICE_STOP) {
        rc = start(&a, why);
        if (rc != RC_OK && op == OP_SERVICE_RESTART)
            fault_context(why, "stopped, but not started again");
    }
    child_result_release(&res);
    return rc;
}
