/* cli_engine.c - `engine`: how the engines are, and what runs behind one started or stopped. */
#include "app/cli/words.h"
#include "core/action/service.h"
#include "core/base/json.h"
#include "core/base/text.h"
#include <stdio.h>

#define STATUS_BYTES_MAX ((size_t)1 << 20)

/* "-": there is none, or it is not known. */
static const char *service_word(enum engine_service service)
{
    static const char *const words[] = {
        [SERVICE_NONE] = "-", [SERVICE_STOPPED] = "stopped", [SERVICE_RUNNING] = "running"};

    return words[service];
}

static enum rc put_member(struct buf *out, const char *name, const char *text)
{
    enum rc rc = buf_print(out, "\"%s\":", name);

    if (rc != RC_OK)
        return rc;
    return text[0] != '\0' ? json_quote(out, text) : buf_text_add(out, "null");
}

static enum rc put_json(const struct snapshot *s, bool first, struct buf *out)
{
    const struct {
        const char *name, *text;
    } members[] = {{"engine", engine_word(s->kind)},
                   {"state", engine_state_word(s->state)},
                   {"version", s->version},
                   {"context", s->context},
                   {"service", service_word(s->service)},
                   {"other_root", s->root},
                   {"why", s->why}};
    enum rc rc = buf_text_add(out, first ? "{" : ",{");

    for (size_t i = 0; i < countof(members) && rc == RC_OK; i++) {
        rc = buf_text_add(out, i > 0 ? "," : "");
        if (rc == RC_OK)
            rc = put_member(out, members[i].name, members[i].text);
    }
    return rc == RC_OK ? buf_text_add(out, "}") : rc;
}

static enum rc put_line(const struct snapshot *s, struct buf *out)
{
    struct arena a = {0};
    enum rc rc = buf_print(
        out, "%-7s %-14s %-10s service %-8s%s%s%s%s\n", engine_word(s->kind),
        engine_state_word(s->state), s->version[0] != '\0' ? text_short(&a, s->version, 24) : "-",
        service_word(s->service), s->context[0] != '\0' ? " context " : "", s->context,
        s->root[0] != '\0' ? " of " : "", text_short(&a, s->root, SYS_PATH_MAX));

    arena_release(&a);
    return rc;
}

static enum cli_status print(const struct cli *c, const struct cli_view *v)
{
    bool first = true, told;
    struct buf out;
    enum rc rc = RC_OK;

    buf_init(&out, STATUS_BYTES_MAX);
    if (c->json)
        rc = buf_text_add(&out, "[");
    for (int kind = 0; kind < ENGINE_COUNT && rc == RC_OK; kind++) {
        if (v->snaps[kind] == NULL)
            continue;
        rc = c->json ? put_json(v->snaps[kind], first, &out) : put_line(v->snaps[kind], &out);
        first = false;
    }
    if (c->json && rc == RC_OK)
        rc = buf_text_add(&out, "]\n");
    MUST(rc == RC_OK); /* a few short texts */
    told = cli_put(buf_text(&out), out.len);
    buf_release(&out);
    return told ? CLI_DONE : CLI_FAILED;
}

/* Of one engine the status also says whether it answers, for scripts. */
static enum cli_status status(const struct cli *c)
{
    struct cli_view v;
    enum cli_status told;

    cli_view_take(c, false, &v);
    told = print(c, &v);
    if (c->has_engine)
        told = cli_worse(told, cli_status_of_engine(v.snaps[c->engine]->state));
    cli_view_release(&v);
    return told;
}

int cli_engine(const struct cli *c)
{
    char text[FAULT_TEXT_MAX];
    struct fault why;
    enum rc rc;

    if (c->service == OP_STATUS)
        return (int)status(c);
    rc = service_run(c->setup->spawner, &c->setup->where, c->engine, c->service, NULL, &why);
    if (rc != RC_OK) {
        cli_say("%s: %s", engine_title(c->engine), fault_text(&why, text));
        return (int)cli_status_of_rc(rc);
    }
    printf("%s %s\n", c->service == OP_SERVICE_STOP ? "stopped" : "started",
           engine_word(c->engine));
    return CLI_DONE;
}
