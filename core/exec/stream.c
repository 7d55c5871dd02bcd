/* stream.c - see stream.h: the loop of run.h with a line cutter for each pipe behind it. */
#include "core/exec/stream.h"
#include "core/base/buf.h"
#include "core/exec/run.h"
#include <string.h>

struct cutter {
    struct buf half[2]; /* the line that has begun, of stdout and stderr */
    const struct cancel *stop;
    stream_line_fn *on_line;
    void *ctx;
};

static void emit_half(struct cutter *c, bool is_stderr)
{
    struct buf *half = &c->half[is_stderr];

    c->on_line(c->ctx, is_stderr, buf_text(half), half->len);
    buf_clear(half);
}

/* Keeps bytes without a newline; full pieces of a line that is too long go on at once. */
static void gather(struct cutter *c, bool is_stderr, const char *bytes, size_t len)
{
    struct buf *half = &c->half[is_stderr];

    while (len > 0) {
        size_t n = half->max - half->len;

        if (n == 0) { /* only now: a line of exactly this length is one line */
            emit_half(c, is_stderr);
            continue;
        }
        if (n > len)
            n = len;
        MUST(buf_add(half, bytes, n) == RC_OK);
        bytes += n;
        len -= n;
    }
}

static bool cut(void *ctx, bool is_stderr, char *bytes, size_t len)
{
    struct cutter *c = ctx;
    char *end = bytes + len, *newline;

    while (!cancel_is_set(c->stop) && (newline = memchr(bytes, '\n', (size_t)(end - bytes)))) {
        if (c->half[is_stderr].len == 0) { /* a whole line needs no copy */
            *newline = '\0';
            c->on_line(c->ctx, is_stderr, bytes, (size_t)(newline - bytes));
        } else {
            gather(c, is_stderr, bytes, (size_t)(newline - bytes));
            emit_half(c, is_stderr);
        }
        bytes = newline + 1;
    }
    if (!cancel_is_set(c->stop))
        gather(c, is_stderr, bytes, (size_t)(end - bytes));
    return true;
}

enum rc stream_run(struct spawner *s, const struct cmd_call *call, const struct cancel *stop,
                   stream_line_fn *on_line, void *ctx, int *exit_code, struct fault *why)
{
    struct cutter cutter = {.stop = stop, .on_line = on_line, .ctx = ctx};
    struct run run = {.spawner = s, .call = call, .stop = stop, .on_bytes = cut, .ctx = &cutter};
    enum rc rc;

    MUST(call->stream && !call->detaches);
    for (int i = 0; i < 2; i++)
        buf_init(&cutter.half[i], CMD_LINE_MAX);
    rc = run_child(&run, why);
    *exit_code = run.exit_code;
    for (int i = 0; i < 2; i++) {
        if (cutter.half[i].len > 0 && !cancel_is_set(stop))
            emit_half(&cutter, i == 1);
        buf_release(&cutter.half[i]);
    }
    return rc;
}
