/* cli_list.c - `list`: a table for people, or one JSON array for programs.
 *
 * The table leaves out what engines run for themselves (pod infra, builders), as the menu does; the
 * JSON has everything. Names and images are escaped and never cut: a terminal can scroll. */
#include "app/cli/table.h"
#include "app/cli/words.h"
#include "core/base/text.h"
#include <inttypes.h>
#include <string.h>

#define LIST_BYTES_MAX ((size_t)256 << 20)

enum column { MARK, NAME, STATE, IMAGE, PORTS, ENGINE, COLUMNS };

static const char *port_text(struct arena *a, const struct port *p)
{
    const char *end = p->count > 1 ? arena_print(a, "-%u", p->host_port + p->count - 1) : "";
    const char *inner = p->count > 1 ? arena_print(a, "-%u", p->container_port + p->count - 1) : "";
    bool everywhere = strcmp(p->host_ip, "0.0.0.0") == 0 || strcmp(p->host_ip, "::") == 0;
    bool six = strchr(p->host_ip, ':') != NULL;

    return arena_print(a, "%s%s%s%s%u%s->%u%s/%s", six && !everywhere ? "[" : "",
                       everywhere ? "" : p->host_ip, six && !everywhere ? "]" : "",
                       everywhere ? "" : ":", p->host_port, end, p->container_port, inner,
                       p->proto);
}

/* Ports of one that runs: Apple and podman report those of stopped ones too (engines.md 1.2). */
static const char *ports_text(struct arena *a, const struct container *c)
{
    const char *all = "";

    if (c->state != STATE_RUNNING && c->state != STATE_PAUSED)
        return "";
    for (size_t i = 0; i < c->port_count; i++)
        all = arena_print(a, "%s%s%s", all, i > 0 ? ", " : "", port_text(a, &c->ports[i]));
    return text_safe(a, all);
}

static const char *state_text(struct arena *a, const struct container *c)
{
    if (c->state == STATE_STOPPED && c->has_exit_code)
        return arena_print(a, "stopped (%" PRId64 ")", c->exit_code);
    if (c->state == STATE_RUNNING && c->health != HEALTH_NONE)
        return arena_print(a, "running (%s)", health_word(c->health));
    return state_word(c->state);
}

static void add_row(struct table *t, const struct cli_marks *marks, enum engine_kind kind,
                    const struct container *c)
{
    const char **row = table_add(t);

    row[MARK] = menu_mark_text(cli_mark(marks, kind, c));
    row[NAME] = text_safe(&t->arena, c->name);
    row[STATE] = state_text(&t->arena, c);
    row[IMAGE] = text_safe(&t->arena, c->image);
    row[PORTS] = ports_text(&t->arena, c);
    row[ENGINE] = engine_word(kind);
}

static void fill_table(struct table *t, const struct cli_marks *marks, const struct cli_view *v)
{
    static const char *const heads[COLUMNS] = {"", "NAME", "STATE", "IMAGE", "PORTS", "ENGINE"};

    table_init(t, heads, COLUMNS);
    for (int kind = 0; kind < ENGINE_COUNT; kind++) {
        const struct snapshot *s = v->snaps[kind];

        for (size_t i = 0; s != NULL && i < s->count; i++)
            if (!s->list[i].infra)
                add_row(t, marks, s->kind, &s->list[i]);
    }
}

/* "No containers." is said only where every engine was heard. */
static enum rc list_people(const struct cli *c, const struct cli_view *v, bool heard_all,
                           struct buf *out)
{
    struct cli_marks marks;
    struct table t;
    enum rc rc;

    cli_marks_make(c, v, &marks);
    fill_table(&t, &marks, v);
    rc =
        t.count > 1 ? table_print(&t, out) : buf_text_add(out, heard_all ? "No containers.\n" : "");
    cli_marks_release(&marks);
    table_release(&t);
    return rc;
}

/* Joins the engines' arrays into one: each is "[...]", as snapshot_json() promises. */
static enum rc list_json(const struct cli_view *v, struct buf *out)
{
    struct buf one;
    bool first = true;
    enum rc rc = buf_text_add(out, "[");

    buf_init(&one, LIST_BYTES_MAX);
    for (int kind = 0; kind < ENGINE_COUNT && rc == RC_OK; kind++) {
        const char *open, *close;

        if (v->snaps[kind] == NULL || v->snaps[kind]->count == 0)
            continue;
        buf_clear(&one);
        rc = snapshot_json(v->snaps[kind], true, &one);
        if (rc != RC_OK)
            break;
        open = strchr(buf_text(&one), '[');
        close = strrchr(buf_text(&one), ']');
        MUST(open != NULL && close != NULL && open < close);
        if (!first)
            rc = buf_text_add(out, ",");
        if (rc == RC_OK)
            rc = buf_add(out, open + 1, (size_t)(close - open - 1));
        first = false;
    }
    buf_release(&one);
    return rc == RC_OK ? buf_text_add(out, "]\n") : rc;
}

int cli_list(const struct cli *c)
{
    struct cli_view v;
    enum cli_status status;
    struct buf out;
    enum rc rc;

    buf_init(&out, LIST_BYTES_MAX);
    cli_view_take(c, c->json, &v);
    status = cli_view_tell(c, &v);
    rc = c->json ? list_json(&v, &out) : list_people(c, &v, status == CLI_DONE, &out);
    if (rc != RC_OK) {
        cli_say("the list is too long");
        status = CLI_FAILED;
    } else if (!cli_put(buf_text(&out), out.len)) {
        status = cli_worse(status, CLI_FAILED);
    }
    buf_release(&out);
    cli_view_release(&v);
    return (int)status;
}
