/* kit.c - one home thread, and a door through which the others' results come to it.
 *
 * Workers never touch what the home thread owns. They put a result into a parcel and post it; the
 * parcel holds a reference to the door, and the door knows the kit until kit_free() shuts it. So a
 * parcel that arrives late finds the door shut, and only frees what it carries.
 *
 * Threads: everything but `door->refs` and `ring_at` is the home thread's, or never changes after
 * kit_new() has started the first thread. */
#include "core/kit/kit.h"
#include "core/base/clock.h"
#include "core/base/log.h"
#include "core/base/worker.h"
#include "core/kit/marks.h"
#include <stdatomic.h>
#include <stdio.h>

struct door {
    atomic_uint refs; /* the kit's and one of each parcel */
    struct kit *kit;  /* NULL once shut; home thread */
};

struct kit {
    struct kit_config config;
    struct door *door;
    struct refresh *refresh[ENGINE_COUNT];
    struct queue *queue;

    struct snapshot *snaps[ENGINE_COUNT];
    struct marks marks;
    struct worker *bell;     /* NULL until first needed: rings when a mark is too old */
    _Atomic int64_t ring_at; /* clock_ms(); 0: not at all */
};

enum parcel_kind { PARCEL_LOOK, PARCEL_RESULT, PARCEL_BELL };

struct parcel {
    struct door *door;
    enum parcel_kind what;
    enum engine_kind engine;    /* of a look */
    struct snapshot *snap;      /* of a look: owned, NULL if there is nothing new */
    struct queue_result result; /* of an action */
    unsigned long look;         /* its number; of an action: the last one begun before its end */
};

static void leave_door(struct door *door)
{
    if (atomic_fetch_sub(&door->refs, 1) == 1)
        mem_free(door);
}

static void changed(struct kit *k)
{
    k->config.changed(k->config.changed_ctx);
}

static void deliver(void *arg);

/* Any thread. */
static void post(struct kit *k, const struct parcel *content)
{
    struct parcel *p = mem_new(sizeof *p);

    *p = *content;
    p->door = k->door;
    atomic_fetch_add(&k->door->refs, 1);
    k->config.post(k->config.post_ctx, deliver, p);
}

/* The bell's thread. */
static int64_t ring(void *ctx, struct cancel *stop)
{
    static const struct parcel content = {.what = PARCEL_BELL};
    struct kit *k = ctx;
    int64_t at = atomic_load(&k->ring_at), left = at - clock_ms();

    (void)stop;
    if (at == 0)
        return WORKER_SLEEP;
    if (left > 0)
        return left;
    if (atomic_compare_exchange_strong(&k->ring_at, &at, 0))
        post(k, &content);
    return 0; /* it may have been set anew meanwhile */
}

/* Has the bell ring when the mark that waits longest must go. */
static void set_bell(struct kit *k)
{
    int64_t at = marks_next(&k->marks);

    if (at == atomic_exchange(&k->ring_at, at) || at == 0)
        return;
    if (k->bell == NULL)
        k->bell = worker_new("bell", ring, k);
    else
        worker_poke(k->bell);
}

static bool take_look(struct kit *k, struct parcel *p)
{
    bool differs = marks_looked(&k->marks, p->engine, p->look);

    if (p->snap == NULL)
        return differs;
    snapshot_free(k->snaps[p->engine]);
    k->snaps[p->engine] = p->snap;
    p->snap = NULL;
    if (!k->snaps[p->engine]->stale && k->snaps[p->engine]->taken_s != 0)
        marks_forget_gone(&k->marks, k->snaps[p->engine]);
    return true;
}

static bool take_result(struct kit *k, const struct parcel *p)
{
    const struct queue_result *res = &p->result;
    struct mark *mark = marks_find(&k->marks, res->kind, &res->id);
    char text[FAULT_TEXT_MAX];

    if (mark == NULL)
        return false;
    mark->ended = true;
    mark->look = p->look;
    mark->until_ms = clock_ms() + MARKS_PENDING_MS;
    if (res->rc != RC_OK && res->rc != RC_CANCELLED)
        marks_fail(&k->marks, res->kind, res->op, &res->id, mark->name,
                   fault_text(&res->why, text));
    set_bell(k);
    return true;
}

static bool take_bell(struct kit *k)
{
    bool differs = marks_expire(&k->marks, clock_ms());

    set_bell(k);
    return differs;
}

static bool take(struct kit *k, struct parcel *p)
{
    switch (p->what) {
    case PARCEL_LOOK:
        return take_look(k, p);
    case PARCEL_RESULT:
        return take_result(k, p);
    case PARCEL_BELL:
        return take_bell(k);
    }
    return false;
}

/* Home thread. */
static void deliver(void *arg)
{
    struct parcel *p = arg;
    struct kit *k = p->door->kit;

    if (k != NULL && take(k, p))
        changed(k);
    snapshot_free(p->snap);
    leave_door(p->door);
    mem_free(p);
}

/* A looking thread. */
static void on_look(struct kit *k, enum engine_kind kind, struct snapshot *snap, unsigned long look)
{
    struct parcel p = {.what = PARCEL_LOOK, .engine = kind, .snap = snap, .look = look};

    post(k, &p);
}

static void on_apple(void *ctx, struct snapshot *snap, unsigned long look)
{
    on_look(ctx, ENGINE_APPLE, snap, look);
}

static void on_docker(void *ctx, struct snapshot *snap, unsigned long look)
{
    on_look(ctx, ENGINE_DOCKER, snap, look);
}

static void on_podman(void *ctx, struct snapshot *snap, unsigned long look)
{
    on_look(ctx, ENGINE_PODMAN, snap, look);
}

/* An action's thread. First the number, then the parcel, then the look: so the look that was asked
 * for here has a higher number than the parcel says, and its own parcel comes later. */
static void on_result(void *ctx, const struct queue_result *result)
{
    struct kit *k = ctx;
    struct refresh *r = k->refresh[result->kind];
    struct parcel p = {.what = PARCEL_RESULT, .result = *result, .look = refresh_looks(r)};

    log_info("%s: %s %s: %s%s%s", engine_word(result->kind), op_word(result->op), result->id.text,
             rc_name(result->rc), result->rc != RC_OK ? ": " : "", result->why.text);
    post(k, &p);
    refresh_tell(r, SCHEDULE_USER);
}

struct kit *kit_new(const struct kit_config *config)
{
    static refresh_sink_fn *const sinks[ENGINE_COUNT] = {
        [ENGINE_APPLE] = on_apple, [ENGINE_DOCKER] = on_docker, [ENGINE_PODMAN] = on_podman};
    struct kit *k = mem_new(sizeof *k);

    k->config = *config;
    k->door = mem_new(sizeof *k->door);
    k->door->kit = k;
    atomic_init(&k->door->refs, 1);
    k->queue = queue_new(config->spawner, config->where, on_result, k);
    for (int kind = 0; kind < ENGINE_COUNT; kind++)
        k->refresh[kind] =
            refresh_new(config->spawner, config->where, (enum engine_kind)kind, sinks[kind], k);
    return k;
}

const struct snapshot *kit_snapshot(const struct kit *k, enum engine_kind kind)
{
    return k->snaps[kind];
}

void kit_menu(const struct kit *k, int64_t now_s, struct menu *out)
{
    const struct marks *m = &k->marks;
    struct menu_pending *pending = mem_new_array(m->pending_count, sizeof *pending);
    struct menu_input in = {.pending = pending,
                            .pending_count = m->pending_count,
                            .failures = m->failures,
                            .failure_count = m->failure_count,
                            .now_s = now_s,
                            .mac = k->config.where->mac};

    for (size_t i = 0; i < m->pending_count; i++)
        pending[i] = m->pending[i].shown;
    for (size_t i = 0; i < ENGINE_COUNT; i++)
        in.snaps[i] = k->snaps[i];
    menu_build(out, &in);
    mem_free(pending);
}

static enum rc refuse(enum op op, const struct container *c, struct fault *why)
{
    if (op == OP_RESTART && c->auto_remove && c->state == STATE_RUNNING)
        return fault_set(why, RC_DENIED, "%s is removed when it stops, so it cannot be restarted",
                         c->name);
    return fault_set(why, RC_DENIED, "cannot %s %s: it is %s", op_word(op), c->name,
                     state_word(c->state));
}

/* What stands against it. */
static enum rc check(const struct kit *k, enum engine_kind kind, enum op op,
                     const struct container *c, const struct valid_id *id, struct fault *why)
{
    if (c == NULL)
        return fault_set(why, RC_MISSING, "the container %.12s is gone", id->text);
    if (marks_find(&k->marks, kind, id) != NULL)
        return fault_set(why, RC_DENIED, "an action for %s is under way", c->name);
    if (!action_allowed(kind, op, c))
        return refuse(op, c, why);
    if (k->marks.pending_count == MARKS_PENDING_MAX)
        return fault_set(why, RC_DENIED, "too many actions are under way");
    return RC_OK;
}

static enum rc begin(struct kit *k, enum engine_kind kind, enum op op, const struct container *c,
                     const struct valid_id *id, struct fault *why)
{
    enum rc rc = check(k, kind, op, c, id, why);

    if (rc != RC_OK)
        return rc;
    marks_begin(&k->marks, kind, op, id, c->name);
    rc = queue_submit(k->queue, kind, op, id, ACTION_GRACE_S, why);
    if (rc != RC_OK)
        marks_drop(&k->marks, marks_find(&k->marks, kind, id));
    return rc;
}

enum rc kit_do(struct kit *k, enum engine_kind kind, enum op op, const struct valid_id *id,
               struct fault *why)
{
    const struct valid_id own = *id; /* it may be of a menu that `changed` replaces */
    const struct container *c = marks_container(k->snaps[kind], &own);
    char text[FAULT_TEXT_MAX], name[13];
    struct fault fault = {0};
    enum rc rc = begin(k, kind, op, c, &own, &fault);

    if (rc != RC_OK) {
        snprintf(name, sizeof name, "%.12s", own.text);
        marks_fail(&k->marks, kind, op, &own, c != NULL ? c->name : name, fault_text(&fault, text));
    }
    if (why != NULL)
        *why = fault;
    changed(k);
    return rc;
}

void kit_tell(struct kit *k, enum schedule_tell what)
{
    for (int kind = 0; kind < ENGINE_COUNT; kind++)
        refresh_tell(k->refresh[kind], what);
}

void kit_free(struct kit *k)
{
    if (k == NULL)
        return;
    k->door->kit = NULL;
    /* all are told before the first is waited for */
    sidecar_stop(k->config.where->sidecar);
    queue_stop(k->queue);
    for (int kind = 0; kind < ENGINE_COUNT; kind++)
        refresh_stop(k->refresh[kind]);
    queue_free(k->queue); /* its threads tell the refreshes of their results */
    for (int kind = 0; kind < ENGINE_COUNT; kind++)
        refresh_free(k->refresh[kind]);
    worker_free(k->bell);
    for (int kind = 0; kind < ENGINE_COUNT; kind++)
        snapshot_free(k->snaps[kind]);
    marks_release(&k->marks);
    leave_door(k->door);
    mem_free(k);
}
