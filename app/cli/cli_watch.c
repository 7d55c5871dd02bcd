/* cli_watch.c - `watch`: one line per change, until a signal or until nobody reads.
 *
 * Runs the whole kit as the menu bar does, with the loop as its home thread. On each `changed` the
 * newest snapshot of each engine is compared with a copy of the one before: containers by id, so
 * that a change of order is no change. */
#include "app/cli/loop.h"
#include "app/cli/words.h"
#include "core/base/clock.h"
#include "core/base/text.h"
#include "core/kit/kit.h"
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

struct watch {
    struct kit *kit;
    struct loop *loop;
    struct snapshot *seen[ENGINE_COUNT]; /* what was told so far; owned */
    bool broken;                         /* standard output takes nothing any more */
};

static void put_line(struct watch *w, enum engine_kind kind, const char *name, const char *text)
{
    struct arena a = {0};
    time_t now = (time_t)clock_wall_s();
    struct tm local;
    char stamp[16] = "";

    if (localtime_r(&now, &local) != NULL)
        strftime(stamp, sizeof stamp, "%H:%M:%S", &local);
    printf("%s  %-6s  %s  %s\n", stamp, engine_word(kind), text_safe(&a, name),
           text_safe(&a, text));
    if (fflush(stdout) != 0) {
        w->broken = true;
        loop_quit(w->loop);
    }
    arena_release(&a);
}

static int by_id(const void *a, const void *b)
{
    const struct container *const *x = a, *const *y = b;

    return strcmp((*x)->id, (*y)->id);
}

/* The containers of *s (may be NULL) in the order of their ids; for mem_free(). */
static const struct container **sorted(const struct snapshot *s, size_t *count)
{
    const struct container **list;

    *count = s == NULL ? 0 : s->count;
    list = mem_new_array(*count + 1, sizeof *list);
    for (size_t i = 0; i < *count; i++)
        list[i] = &s->list[i];
    qsort(list, *count, sizeof *list, by_id);
    return list;
}

static bool started_again(const struct container *old, const struct container *new)
{
    return old->has_started && new->has_started && old->started_s != new->started_s;
}

static const char *health_text(enum health health)
{
    return health == HEALTH_NONE ? "no health check" : health_word(health);
}

/* One of the two may be NULL: it came, or it went. */
static void tell_container(struct watch *w, enum engine_kind kind, const struct container *old,
                           const struct container *new)
{
    const struct container *c = new != NULL ? new : old;
    const char *from = old != NULL ? state_word(old->state) : "none";
    const char *to = new != NULL ? state_word(new->state) : "gone";
    char text[128];

    MUST(c != NULL);
    if (old == NULL || new == NULL || old->state != new->state) {
        if (new != NULL &&new->state == STATE_STOPPED &&new->has_exit_code)
            snprintf(text, sizeof text, "%s -> %s (exit %" PRId64 ")", from, to, new->exit_code);
        else
            snprintf(text, sizeof text, "%s -> %s", from, to);
    } else if (new->state == STATE_RUNNING && started_again(old, new)) {
        snprintf(text, sizeof text, "running -> running (started again)");
    } else if (old->health != new->health) {
        snprintf(text, sizeof text, "%s -> %s (%s -> %s)", from, to, health_text(old->health),
                 health_text(new->health));
    } else {
        return;
    }
    put_line(w, kind, c->name, text);
}

static void tell_containers(struct watch *w, const struct snapshot *old, const struct snapshot *new)
{
    size_t olds, news, i = 0, j = 0;
    const struct container **a = sorted(old, &olds);
    const struct container **b = sorted(new, &news);

    while (i < olds || j < news) {
        int order = i == olds ? 1 : j == news ? -1 : strcmp(a[i]->id, b[j]->id);

        tell_container(w, new->kind, order <= 0 ? a[i] : NULL, order >= 0 ? b[j] : NULL);
        i += order <= 0;
        j += order >= 0;
    }
    mem_free(a);
    mem_free(b);
}

static void tell_engine(struct watch *w, const struct snapshot *old, const struct snapshot *new)
{
    char text[FAULT_TEXT_MAX + 128];
    const char *from = engine_state_word(old == NULL ? ENGINE_UNSEEN : old->state);

    if (old != NULL && old->state == new->state)
        return;
    if (new->state == ENGINE_RUNNING)
        snprintf(text, sizeof text, "%s -> running: %zu of %zu containers", from,
                 snapshot_running(new), new->count);
    else
        snprintf(text, sizeof text, "%s -> %s%s%s", from, engine_state_word(new->state),
                 new->why[0] ? ": " : "", new->why);
    put_line(w, new->kind, "-", text);
}

static void on_changed(void *ctx)
{
    struct watch *w = ctx;

    for (int kind = 0; kind < ENGINE_COUNT && !w->broken; kind++) {
        struct snapshot *old = w->seen[kind];
        const struct snapshot *new = kit_snapshot(w->kit, (enum engine_kind)kind);

        if (new == NULL)
            continue;
        tell_engine(w, old, new);
        /* those that were there at the start are no change */
        if (old != NULL && old->taken_s != 0)
            tell_containers(w, old, new);
        w->seen[kind] = snapshot_copy(new);
        snapshot_free(old);
    }
}

int cli_watch(const struct cli *c)
{
    struct watch w = {0};
    struct fault why;
    char text[FAULT_TEXT_MAX];
    struct kit_config config = {.spawner = c->setup->spawner,
                                .where = &c->setup->where,
                                .post = loop_post,
                                .changed = on_changed,
                                .changed_ctx = &w};

    if (loop_new(&w.loop, &why) != RC_OK) {
        cli_say("%s", fault_text(&why, text));
        return CLI_FAILED;
    }
    config.post_ctx = w.loop;
    w.kit = kit_new(&config);
    loop_run(w.loop);
    kit_free(w.kit);
    loop_free(w.loop);
    for (int kind = 0; kind < ENGINE_COUNT; kind++)
        snapshot_free(w.seen[kind]);
    return w.broken ? CLI_FAILED : CLI_DONE;
}
