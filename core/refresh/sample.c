/* sample.c - see sample.h. */
#include "core/refresh/sample.h"
#include "core/base/clock.h"
#include "core/engine/look.h"

static enum rc ask(struct spawner *s, const struct program *prog, const struct sample_of *of,
                   const struct cancel *stop, struct child_result *res, struct fault *why)
{
    const struct cmd_args args = {.ids = of->ids, .id_count = of->count};
    struct cmd_call call;
    enum rc rc = cmd_call_init(&call, prog, OP_STATS, &args, why);

    if (rc == RC_OK)
        rc = child_run(s, &call, stop, res, why);
    return look_verdict(engine_driver(of->kind), rc, res, why);
}

enum rc sample_take(struct spawner *s, const struct locate_where *where, const struct sample_of *of,
                    const struct cancel *stop, struct sample *out, struct fault *why)
{
    const struct engine_driver *drv = engine_driver(of->kind);
    struct child_result res = {0};
    struct program prog;
    enum rc rc;

    *out = (struct sample){0};
    rc = locate_program(where, of->kind, &prog, why);
    if (rc == RC_OK)
        rc = ask(s, &prog, of, stop, &res, why);
    out->at_ms = clock_ms();
    if (rc == RC_OK)
        rc = drv->parse_stats(buf_text(&res.out), res.out.len, &out->list, &out->count, why);
    child_result_release(&res);
    return rc;
}

/* Does it tell totals, of which one alone says nothing? */
static bool needs_another(const struct sample *taken)
{
    for (size_t i = 0; i < taken->count; i++)
        if (taken->list[i].cpu_usec != ENGINE_NO_STAT)
            return true;
    return false;
}

enum rc sample_measure(struct spawner *s, const struct locate_where *where,
                       const struct sample_of *of, const struct cancel *stop,
                       struct usage_book *book, struct fault *why)
{
    bool again = true;
    enum rc rc = RC_OK;

    for (int i = 0; i < 2 && again && rc == RC_OK; i++) {
        struct sample taken;

        if (i > 0 && cancel_wait_ms(stop, SAMPLE_APART_MS))
            return fault_set(why, RC_CANCELLED, "it was ended");
        rc = sample_take(s, where, of, stop, &taken, why);
        usage_add(book, taken.list, taken.count, taken.at_ms);
        again = needs_another(&taken);
        mem_free(taken.list);
    }
    return rc;
}
