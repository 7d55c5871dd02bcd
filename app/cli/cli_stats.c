/* cli_stats.c - `stats`: what running containers use now, as a table for people or as JSON.
 *
 * Engines are asked one after the other; of docker one answer is enough, the others tell totals, of
 * which a percentage takes two. What an engine does not tell is "-" in the table, and left out of
 * the JSON. */
#include "app/cli/table.h"
#include "app/cli/words.h"
#include "core/base/json.h"
#include "core/base/text.h"
#include "core/refresh/sample.h"
#include "core/words/words.h"
#include <inttypes.h>
#include <math.h>
#include <string.h>

#define STATS_BYTES_MAX ((size_t)64 << 20)

enum column { NAME, CPU, MEMORY, LIMIT, NETWORK, DISK, PIDS, ENGINE, COLUMNS };

struct stats {
    const struct cli *cli;
    struct cli_view view;
    struct cli_target *targets; /* in the order that they are printed in */
    size_t count;
    struct usage_book books[ENGINE_COUNT];
};

static void add_target(struct stats *s, enum engine_kind kind, const struct container *c)
{
    s->targets = mem_grow(s->targets, s->count + 1, sizeof *s->targets);
    s->targets[s->count++] = (struct cli_target){.kind = kind, .container = c};
}

/* The named ones, which must all run; nothing is asked of the others if one does not. */
static enum cli_status find_named(struct stats *s)
{
    for (size_t i = 0; i < s->cli->id_count; i++) {
        struct cli_target t;
        enum cli_status status = cli_find(s->cli, &s->view, &s->cli->ids[i], false, &t);

        if (status != CLI_DONE)
            return status;
        if (t.container->state != STATE_RUNNING) {
            cli_say("%s is %s", t.container->name, state_word(t.container->state));
            return CLI_FAILED;
        }
        add_target(s, t.kind, t.container);
    }
    return CLI_DONE;
}

static void find_all(struct stats *s)
{
    for (int kind = 0; kind < ENGINE_COUNT; kind++) {
        const struct snapshot *snap = s->view.snaps[kind];

        for (size_t i = 0; snap != NULL && i < snap->count; i++)
            if (snap->list[i].state == STATE_RUNNING && !snap->list[i].infra)
                add_target(s, snap->kind, &snap->list[i]);
    }
}

/* By id, if that is not too many at once; else every one that runs is asked for. */
static enum cli_status measure(struct stats *s, enum engine_kind kind)
{
    struct valid_id ids[CMD_IDS_MAX];
    struct sample_of of = {.kind = kind, .ids = ids};
    struct fault why;
    size_t wanted = 0;
    enum rc rc;

    for (size_t i = 0; i < s->count; i++) {
        if (s->targets[i].kind != kind)
            continue;
        if (wanted < CMD_IDS_MAX)
            ids[wanted] = s->targets[i].container->arg;
        wanted++;
    }
    if (wanted == 0)
        return CLI_DONE;
    of.count = s->cli->id_count > 0 && wanted <= CMD_IDS_MAX ? wanted : 0;
    rc = sample_measure(s->cli->setup->spawner, &s->cli->setup->where, &of, NULL, &s->books[kind],
                        &why);
    if (rc != RC_OK)
        cli_say("%s: %s", engine_title(kind), why.text);
    return cli_status_of_rc(rc);
}

static const char *bytes_text(struct arena *a, int64_t bytes)
{
    return bytes != ENGINE_NO_STAT ? word_bytes(a, bytes) : "-";
}

static const char *pair_text(struct arena *a, int64_t in, int64_t out)
{
    if (in == ENGINE_NO_STAT && out == ENGINE_NO_STAT)
        return "-";
    return arena_print(a, "%s / %s", bytes_text(a, in), bytes_text(a, out));
}

static void add_row(struct table *t, const struct cli_target *target, const struct usage *u)
{
    const char **row = table_add(t);
    struct arena *a = &t->arena;

    row[NAME] = text_safe(a, target->container->name);
    row[CPU] = isnan(u->cpu) ? "-" : word_percent(a, u->cpu, 1);
    row[MEMORY] = bytes_text(a, u->mem);
    row[LIMIT] = u->mem_limit > 0 ? word_bytes(a, u->mem_limit) : "-";
    row[NETWORK] = pair_text(a, u->last.net_rx, u->last.net_tx);
    row[DISK] = pair_text(a, u->last.blk_read, u->last.blk_write);
    row[PIDS] = u->last.pids >= 0 ? arena_print(a, "%" PRId64, u->last.pids) : "-";
    row[ENGINE] = engine_word(target->kind);
}

static enum rc print_people(const struct stats *s, struct buf *out)
{
    static const char *const heads[COLUMNS] = {
        "NAME", "CPU",   "MEMORY", "LIMIT", "NETWORK IN / OUT", "DISK READ / WRITTEN",
        "PIDS", "ENGINE"};
    struct table t;
    enum rc rc;

    table_init(&t, heads, COLUMNS);
    for (size_t i = 0; i < s->count; i++) {
        const struct cli_target *target = &s->targets[i];
        const struct usage *u = usage_find(&s->books[target->kind], target->container->id);

        if (u != NULL) /* it may have ended meanwhile */
            add_row(&t, target, u);
    }
    rc = t.count > 1 ? table_print(&t, out) : buf_text_add(out, "No container runs.\n");
    table_release(&t);
    return rc;
}

static enum rc add_number(struct buf *out, const char *key, int64_t n)
{
    return n >= 0 ? buf_print(out, ",\"%s\":%" PRId64, key, n) : RC_OK;
}

/* Stops at the first that does not fit. */
static enum rc add_numbers(struct buf *out, const struct usage *u)
{
    const struct {
        const char *key;
        int64_t n;
    } numbers[] = {{"memory", u->mem},
                   {"memory_limit", u->mem_limit > 0 ? u->mem_limit : ENGINE_NO_STAT},
                   {"network_in", u->last.net_rx},
                   {"network_out", u->last.net_tx},
                   {"disk_read", u->last.blk_read},
                   {"disk_written", u->last.blk_write},
                   {"pids", u->last.pids}};
    enum rc rc = isnan(u->cpu) ? RC_OK : buf_print(out, ",\"cpu_percent\":%.2f", u->cpu);

    for (size_t i = 0; i < countof(numbers) && rc == RC_OK; i++)
        rc = add_number(out, numbers[i].key, numbers[i].n);
    return rc;
}

static enum rc add_object(const struct cli_target *target, const struct usage *u, struct buf *out)
{
    enum rc rc = buf_print(out, "%s{\"engine\":\"%s\",\"id\":", out->len > 1 ? "," : "",
                           engine_word(target->kind));

    if (rc == RC_OK)
        rc = json_quote(out, target->container->id);
    if (rc == RC_OK)
        rc = buf_text_add(out, ",\"name\":");
    if (rc == RC_OK)
        rc = json_quote(out, target->container->name);
    if (rc == RC_OK)
        rc = add_numbers(out, u);
    return rc == RC_OK ? buf_text_add(out, "}") : rc;
}

static enum rc print_json(const struct stats *s, struct buf *out)
{
    enum rc rc = buf_text_add(out, "[");

    for (size_t i = 0; i < s->count && rc == RC_OK; i++) {
        const struct cli_target *target = &s->targets[i];
        const struct usage *u = usage_find(&s->books[target->kind], target->container->id);

        if (u != NULL)
            rc = add_object(target, u, out);
    }
    return rc == RC_OK ? buf_text_add(out, "]\n") : rc;
}

static enum cli_status print(const struct stats *s)
{
    struct buf out;
    enum rc rc;
    bool put = false;

    buf_init(&out, STATS_BYTES_MAX);
    rc = s->cli->json ? print_json(s, &out) : print_people(s, &out);
    if (rc != RC_OK)
        cli_say("there are too many figures");
    else
        put = cli_put(buf_text(&out), out.len);
    buf_release(&out);
    return put ? CLI_DONE : CLI_FAILED;
}

static enum cli_status run(struct stats *s, bool heard_all)
{
    enum cli_status status = CLI_DONE;

    if (s->cli->id_count > 0)
        status = find_named(s);
    else
        find_all(s);
    if (status != CLI_DONE || (s->count == 0 && !heard_all))
        return status;
    for (int kind = 0; kind < ENGINE_COUNT; kind++)
        status = cli_worse(status, measure(s, (enum engine_kind)kind));
    return cli_worse(status, print(s));
}

int cli_stats(const struct cli *c)
{
    struct stats s = {.cli = c};
    enum cli_status status;

    cli_view_take(c, false, &s.view);
    status = cli_view_tell(c, &s.view);
    status = cli_worse(status, run(&s, status == CLI_DONE));
    for (int kind = 0; kind < ENGINE_COUNT; kind++)
        usage_release(&s.books[kind]);
    mem_free(s.targets);
    cli_view_release(&s.view);
    return (int)status;
}
