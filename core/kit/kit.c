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
#include "core/desktop/port_url.h"
#include "core/engine/state.h"
#include "core/kit/answers.h"
#include "core/kit/marks.h"
#include "core/kit/openings.h"
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
    struct openings *openings;
    struct dns_book *dns; /* NULL until first asked for */

    struct snapshot *snaps[ENGINE_COUNT];
    struct marks marks;
    struct notify *notify; /* NULL: nobody shows notes */
    struct answers answers;
    bool asleep, locked;
    struct menu_window windows[MENU_WINDOWS_MAX];
    size_t window_count;
    struct worker *bell;     /* NULL until first needed: rings when a mark is too old */
    _Atomic int64_t ring_at; /* clock_ms(); 0: not at all */
};

enum parcel_kind { PARCEL_LOOK, PARCEL_RESULT, PARCEL_BELL, PARCEL_NOT_OPENED };

struct parcel {
    struct door *door;
    enum parcel_kind what;
    enum engine_kind engine;    /* of a look */
    struct snapshot *snap;      /* of a look: owned, NULL if there is nothing new */
    struct queue_result result; /* of an action, or of an opening that failed */
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

static void hand_notes_over(struct kit *k)
{
    struct note note;

    while (k->notify != NULL && notify_take(k->notify, &note))
        k->config.note(k->config.note_ctx, &note);
}

/* The one place where an action of the user's fails. */
static void fail(struct kit *k, enum engine_kind kind, enum op op, const struct valid_id *id,
                 const char *name, const struct fault *why)
{
    char text[FAULT_TEXT_MAX];

    fault_text(why, text);
    marks_fail(&k->marks, kind, op, id, name, text);
    if (k->notify != NULL)
        notify_fail(k->notify, kind, op, id, name, text);
    hand_notes_over(k);
}

static void deliver(void *arg);
static void give_answers(struct kit *k, enum engine_kind kind);

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

/* The same for a container that has no action of ours to know its name by. */
static void fail_of(struct kit *k, enum engine_kind kind, enum op op, const struct valid_id *id,
                    const struct fault *why)
{
    const struct container *c = marks_container(k->snaps[kind], id);
    char name[13];

    snprintf(name, sizeof name, "%.12s", id->text);
    fail(k, kind, op, id, c != NULL ? c->name : name, why);
}

static bool take_look(struct kit *k, struct parcel *p)
{
    bool differs = marks_looked(&k->marks, p->engine, p->look);

    if (k->notify != NULL)
        notify_look(k->notify, p->engine, p->snap, p->look, clock_wall_s());
    hand_notes_over(k);
    if (p->snap == NULL)
        return differs;
    snapshot_free(k->snaps[p->engine]);
    k->snaps[p->engine] = p->snap;
    p->snap = NULL;
    if (!k->snaps[p->engine]->stale && k->snaps[p->engine]->taken_s != 0)
        marks_forget_gone(&k->marks, k->snaps[p->engine]);
    give_answers(k, p->engine);
    return true;
}

static bool take_result(struct kit *k, const struct parcel *p)
{
    const struct queue_result *res = &p->result;
    struct mark *mark = marks_find(&k->marks, res->kind, &res->id);

    if (mark == NULL)
        return false;
    mark->ended = true;
    mark->look = p->look;
    mark->until_ms = clock_ms() + MARKS_PENDING_MS;
    if (k->notify != NULL)
        notify_end(k->notify, res->kind, &res->id, p->look);
    if (res->rc != RC_OK && res->rc != RC_CANCELLED)
        fail(k, res->kind, res->op, &res->id, mark->name, &res->why);
    set_bell(k);
    return true;
}

static bool take_bell(struct kit *k)
{
    bool differs = marks_expire(&k->marks, clock_ms());

    set_bell(k);
    return differs;
}

static bool take_not_opened(struct kit *k, const struct parcel *p)
{
    const struct queue_result *res = &p->result;

    fail_of(k, res->kind, res->op, &res->id, &res->why);
    return true;
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
    case PARCEL_NOT_OPENED:
        return take_not_opened(k, p);
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

    log_info("%s: %s: %s" LOG_PRIVATE ": %s%s%s", engine_word(result->kind), op_word(result->op),
             rc_name(result->rc), result->id.text, result->rc != RC_OK ? ": " : "",
             result->why.text);
    post(k, &p);
    refresh_tell(r, SCHEDULE_USER);
}

/* The openings' thread. */
static void on_not_opened(void *ctx, const struct opening *what, const struct fault *why)
{
    struct parcel p = {.what = PARCEL_NOT_OPENED,
                       .result = {what->kind, what->op, what->id, why->rc, *why}};

    log_info("%s: %s %s: %s: %s", engine_word(what->kind), op_word(what->op), what->id.text,
             rc_name(why->rc), why->text);
    post(ctx, &p);
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
    if (config->note != NULL)
        k->notify = notify_new(NOTE_RESTART | (config->logs != NULL ? NOTE_LOGS : 0u));
    k->queue = queue_new(config->spawner, config->where, on_result, k);
    k->openings = openings_new(config->spawner, config->where, on_not_opened, k);
    for (int kind = 0; kind < ENGINE_COUNT; kind++)
        k->refresh[kind] =
            refresh_new(config->spawner, config->where, (enum engine_kind)kind, sinks[kind], k);
    return k;
}

const struct snapshot *kit_snapshot(const struct kit *k, enum engine_kind kind)
{
    return k->snaps[kind];
}

void kit_windows(struct kit *k, const struct menu_window *windows, size_t count)
{
    k->window_count = count < MENU_WINDOWS_MAX ? count : MENU_WINDOWS_MAX;
    for (size_t i = 0; i < k->window_count; i++)
        k->windows[i] = windows[i];
    changed(k);
}

void kit_menu(const struct kit *k, int64_t now_s, struct menu *out)
{
    const struct marks *m = &k->marks;
    struct menu_pending *pending = mem_new_array(m->pending_count, sizeof *pending);
    struct menu_input in = {.pending = pending,
                            .pending_count = m->pending_count,
                            .failures = m->failures,
                            .failure_count = m->failure_count,
                            .windows = k->windows,
                            .window_count = k->window_count,
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
    else if (k->notify != NULL)
        notify_begin(k->notify, kind, op, id);
    hand_notes_over(k);
    return rc;
}

enum rc kit_do(struct kit *k, enum engine_kind kind, enum op op, const struct valid_id *id,
               struct fault *why)
{
    const struct valid_id own = *id; /* it may be of a menu that `changed` replaces */
    const struct container *c = marks_container(k->snaps[kind], &own);
    struct fault fault = {0};
    enum rc rc = begin(k, kind, op, c, &own, &fault);

    if (rc != RC_OK)
        fail_of(k, kind, op, &own, &fault);
    if (why != NULL)
        *why = fault;
    changed(k);
    return rc;
}

static void give_answer(struct kit *k, const struct answer *a)
{
    const struct container *c = marks_container(k->snaps[a->engine], &a->id);
    bool over = c != NULL && action_allowed(a->engine, OP_START, c);

    log_info("%s: %s answered by %s", engine_word(a->engine), a->id.text,
             note_button_word(a->button));
    if (a->button == NOTE_LOGS && c != NULL && k->config.logs != NULL)
        k->config.logs(k->config.logs_ctx, a->engine, &a->id);
    else if (a->button == NOTE_RESTART &&
             kit_do(k, a->engine, over ? OP_START : OP_RESTART, &a->id, NULL) != RC_OK)
        log_info("%s: refused", a->id.text); /* the menu tells why */
}

static void give_answers(struct kit *k, enum engine_kind kind)
{
    struct answer a;

    while (answers_take(&k->answers, kind, &a))
        give_answer(k, &a);
}

void kit_answer(struct kit *k, enum engine_kind kind, const struct valid_id *id,
                enum note_button button)
{
    answers_add(&k->answers, kind, id, button);
    if (k->snaps[kind] != NULL)
        give_answers(k, kind);
}

void kit_notify(struct kit *k, const struct notify_settings *settings)
{
    if (k->notify != NULL)
        notify_set(k->notify, settings);
    hand_notes_over(k);
}

/* The user is away for one of two reasons, and back when there is none left. Every engine is then
 * asked to look, and so says that nothing is new, where nothing is. */
static void set_away(struct kit *k, bool asleep, bool locked)
{
    bool before = k->asleep || k->locked, after = asleep || locked;
    unsigned long looks[ENGINE_COUNT];

    k->asleep = asleep;
    k->locked = locked;
    if (k->notify == NULL || before == after)
        return;
    if (after) {
        notify_away(k->notify);
        return;
    }
    for (int kind = 0; kind < ENGINE_COUNT; kind++)
        looks[kind] = refresh_looks(k->refresh[kind]);
    notify_back(k->notify, looks);
    for (int kind = 0; kind < ENGINE_COUNT; kind++)
        refresh_tell(k->refresh[kind], SCHEDULE_USER);
}

void kit_locked(struct kit *k, bool locked)
{
    set_away(k, k->asleep, locked);
}

/* Looks up the container once more; what->url is made here. */
static enum rc begin_opening(struct kit *k, struct opening *what, const struct menu_port *port,
                             struct fault *why)
{
    const struct container *c = marks_container(k->snaps[what->kind], &what->id);
    enum rc rc = RC_OK;

    if (c == NULL)
        return fault_set(why, RC_MISSING, "the container %.12s is gone", what->id.text);
    if (!state_allows(what->kind, what->op, c))
        return fault_set(why, RC_DENIED, "%s is %s", c->name, state_word(c->state));
    if (port != NULL)
        rc = port_url(c, port->host_ip, port->number, &what->url, why);
    return rc == RC_OK ? openings_add(k->openings, what, why) : rc;
}

static enum rc open_window(struct kit *k, struct opening *what, const struct menu_port *port,
                           struct fault *why)
{
    struct fault fault = {0};
    enum rc rc = begin_opening(k, what, port, &fault);

    if (why != NULL)
        *why = fault;
    if (rc == RC_OK)
        marks_forgive(&k->marks, what->kind, &what->id);
    else
        fail_of(k, what->kind, what->op, &what->id, &fault);
    changed(k);
    return rc;
}

enum rc kit_shell(struct kit *k, enum engine_kind kind, const struct valid_id *id,
                  enum terminal_kind terminal, struct fault *why)
{
    struct opening what = {.kind = kind, .op = OP_SHELL, .id = *id, .terminal = terminal};

    return open_window(k, &what, NULL, why);
}

enum rc kit_open_port(struct kit *k, enum engine_kind kind, const struct valid_id *id,
                      const struct menu_port *port, struct fault *why)
{
    struct opening what = {.kind = kind, .op = OP_OPEN, .id = *id};

    return open_window(k, &what, port, why);
}

struct dns_book *kit_dns(struct kit *k)
{
    const struct dns_book_config config = {.spawner = k->config.spawner,
                                           .where = k->config.where,
                                           .post = k->config.post,
                                           .post_ctx = k->config.post_ctx};

    if (k->dns == NULL)
        k->dns = dns_book_new(&config);
    return k->dns;
}

void kit_tell(struct kit *k, enum schedule_tell what)
{
    if (what == SCHEDULE_SLEEP || what == SCHEDULE_WAKE)
        set_away(k, what == SCHEDULE_SLEEP, k->locked);
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
    openings_stop(k->openings);
    dns_book_stop(k->dns);
    for (int kind = 0; kind < ENGINE_COUNT; kind++)
        refresh_stop(k->refresh[kind]);
    queue_free(k->queue); /* its threads tell the refreshes of their results */
    for (int kind = 0; kind < ENGINE_COUNT; kind++)
        refresh_free(k->refresh[kind]);
    openings_free(k->openings);
    dns_book_free(k->dns);
    worker_free(k->bell);
    for (int kind = 0; kind < ENGINE_COUNT; kind++)
        snapshot_free(k->snaps[kind]);
    marks_release(&k->marks);
    notify_free(k->notify);
    leave_door(k->door);
    mem_free(k);
}
