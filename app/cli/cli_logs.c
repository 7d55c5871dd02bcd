/* cli_logs.c - `logs`: what a container wrote, the last lines of it, and with -f what comes.
 *
 * The container's standard output goes to ours, its standard error to ours. On a terminal each
 * line is escaped, for a log can hold anything; into a file or a pipe it goes as it is. */
#include "app/cli/words.h"
#include "core/base/text.h"
#include "core/engine/look.h"
#include "core/exec/stream.h"
#include <stdio.h>
#include <string.h>
#include <unistd.h>

struct logs {
    struct cancel *stop; /* triggered when nobody reads our output any more */
    bool escape[2];      /* of standard output, of standard error */
    struct buf tail;     /* the last line of standard error: why the engine failed, if it did */
};

#define LOGS_TAIL_MAX 4096

/* A line for a terminal; tabs stay. */
static void put_escaped(FILE *to, const char *line, size_t len)
{
    struct arena a = {0};
    const char *at = line, *end = line + len;

    while (at < end) {
        const char *tab = memchr(at, '\t', (size_t)(end - at));
        const char *stop = tab != NULL ? tab : end;

        fputs(text_safe(&a, arena_dup(&a, at, (size_t)(stop - at))), to);
        if (tab != NULL)
            fputc('\t', to);
        at = tab != NULL ? tab + 1 : end;
    }
    arena_release(&a);
}

static void put_line(void *ctx, bool is_stderr, const char *line, size_t len)
{
    struct logs *l = ctx;
    FILE *to = is_stderr ? stderr : stdout;

    if (l->escape[is_stderr])
        put_escaped(to, line, len);
    else
        fwrite(line, 1, len, to);
    fputc('\n', to);
    if (fflush(to) != 0)
        cancel_trigger(l->stop);
}

/* Lines of a finished run. */
static void put_lines(struct logs *l, bool is_stderr, const struct buf *bytes)
{
    const char *at = buf_text(bytes), *end = at + bytes->len;

    while (at < end && !cancel_is_set(l->stop)) {
        const char *newline = memchr(at, '\n', (size_t)(end - at));
        const char *stop = newline != NULL ? newline : end;

        put_line(l, is_stderr, at, (size_t)(stop - at));
        at = newline != NULL ? newline + 1 : end;
    }
}

static enum rc print_once(struct setup *setup, const struct cmd_call *call, struct logs *l,
                          struct fault *why)
{
    struct child_result res = {0};
    enum rc ran = child_run(setup->spawner, call, NULL, &res, why);
    enum rc rc = look_verdict(engine_driver(call->kind), ran, &res, why);

    put_lines(l, false, &res.out);
    if (rc == RC_OK)
        put_lines(l, true, &res.err);
    child_result_release(&res);
    return rc;
}

static enum rc follow(struct setup *setup, const struct cmd_call *call, struct logs *l,
                      struct fault *why)
{
    int exit_code = 0;
    enum rc rc = stream_run(setup->spawner, call, l->stop, put_line, l, &exit_code, why);

    if (rc == RC_CANCELLED)
        return RC_OK; /* our reader has gone: nothing is left to do */
    if (rc == RC_OK && exit_code != 0)
        return fault_set(why, RC_FAILED, "%s ended with status %d", engine_title(call->kind),
                         exit_code);
    return rc;
}

static enum rc run_logs(const struct cli *c, const struct cli_target *t, struct fault *why)
{
    struct logs l = {.stop = cancel_new(),
                     .escape = {isatty(STDOUT_FILENO) == 1, isatty(STDERR_FILENO) == 1}};
    struct cmd_args args = {.ids = &t->container->arg, .id_count = 1, .lines = c->lines};
    struct program program;
    struct cmd_call call;
    enum rc rc = locate_program(&c->setup->where, t->kind, &program, why);

    if (rc == RC_OK)
        rc = cmd_call_init(&call, &program, c->follow ? OP_LOGS_FOLLOW : OP_LOGS, &args, why);
    if (rc == RC_OK)
        rc = (c->follow ? follow : print_once)(c->setup, &call, &l, why);
    cancel_free(l.stop);
    return rc;
}

int cli_logs(const struct cli *c)
{
    struct cli_target target;
    struct cli_view v;
    enum cli_status engines, status;
    char text[FAULT_TEXT_MAX];
    struct fault why;

    cli_view_take(c, false, &v);
    engines = cli_view_tell(c, &v);
    status = cli_find(c, &v, &c->ids[0], false, &target);
    if (status == CLI_DONE) {
        status = cli_status_of_rc(run_logs(c, &target, &why));
        if (status != CLI_DONE)
            cli_say("logs %s: %s", target.container->name, fault_text(&why, text));
    } else if (status == CLI_FAILED && engines != CLI_DONE) {
        status = engines;
    }
    cli_view_release(&v);
    return (int)status;
}
