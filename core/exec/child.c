/* child.c - see child.h: the loop of run.h with two capped buffers behind it. */
#include "core/exec/child.h"
#include "core/base/clock.h"
#include "core/exec/run.h"

/* Takes what fits: the beginning of a flood is good enough for a sentence. */
static bool keep(void *ctx, bool is_stderr, char *bytes, size_t len)
{
    struct child_result *res = ctx;
    struct buf *b = is_stderr ? &res->err : &res->out;
    size_t room = b->max - b->len;
    size_t fits = len < room ? len : room;

    MUST(buf_add(b, bytes, fits) == RC_OK);
    return fits == len;
}

/* Empty, with this cap; an earlier run's memory stays. */
static void prepare(struct buf *b, size_t max)
{
    if (b->data == NULL)
        buf_init(b, max);
    buf_clear(b);
    b->max = max;
}

enum rc child_run(struct spawner *s, const struct cmd_call *call, const struct cancel *stop,
                  struct child_result *res, struct fault *why)
{
    struct run run = {.spawner = s, .call = call, .stop = stop, .on_bytes = keep, .ctx = res};
    int64_t started_ms = clock_ms();
    enum rc rc;

    MUST(!call->stream && call->timeout_ms > 0 && call->output_max > 0);
    prepare(&res->out, call->output_max);
    prepare(&res->err, call->output_max);
    rc = run_child(&run, why);
    res->exit_code = run.exit_code;
    res->sig = run.sig;
    res->took_ms = clock_ms() - started_ms;
    return rc;
}

void child_result_release(struct child_result *res)
{
    if (res == NULL)
        return;
    buf_release(&res->out);
    buf_release(&res->err);
}
