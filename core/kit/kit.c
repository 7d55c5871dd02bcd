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
#include "core/kit/answers.h"
#include "core/kit/choice.h"
#include "core/kit/marks.h"
#include "core/kit/past.h"
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
    struct notify *notify; /* NULL: nobody shows notes */
    struct answers answers;
    struct settings settings;
    struct past past;
    bool on[ENGINE_COUNT];        /* it is looked at */
    char trouble[FAULT_TEXT_MAX]; /* about what is kept; "" for none */
    bool asleep, locked;
    struct worker *bell;     /* NULL until first needed: rings when a mark is too old */
    _Atomic int64_t ring_at; /* clock_ms(); 0: not at all */
};

enum parcel_kind { PARCEL_LOOK, PARCEL_RESULT, PARCEL_BELL, PARCEL_KEPT, PARCEL_TROUBLE };

struct parcel {
    struct door *door;
    enum parcel_kind what;
    enum engine_kind engine;    /* of a look */
    struct snapshot *snap;      /* of a look: owned, NULL if there is nothing new */
    struct queue_result result; /* of an action */
    unsigned long look;         /* its number; of an action: the last one begun before its end */
    struct kept *kept;          /* owned */
    char *trouble;              /* owned */
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

static bool take_look(struct kit *k, struct parcel *p)
{
    bool differs = marks_looked(&k->marks, p->engine, p->look);

    if (k->notify != NULL)
        notify_look(k->notify, p->engine, p->snap, p->look, clock_wall_s());
    hand_notes_over(k);
    if (past_look(&k->past, k->snaps[p->engine], p->snap, p->look, clock_wall_s()))
        differs = true;
    if (p->snap == NULL)
        return differs;
    past_replace(&k->snaps[p->engine], p->snap);
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
    own_end(&k->past.own, res->kind, &res->id, p->look);
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

static void switch_engine(struct kit *k, enum engine_kind kind, bool on)
{
    if (on == k->on[kind])
        return;
    k->on[kind] = on;
    refresh_tell(k->refresh[kind], on ? SCHEDULE_ON : SCHEDULE_OFF);
    if (on)
        return;
    past_forget(&k->past, kind);
    if (k->notify != NULL)
        notify_forget(k->notify, kind);
    hand_notes_over(k);
}

static void apply_settings(struct kit *k)
{
    struct notify_settings notes;

    choice_notes(&k->settings, &notes);
    kit_notify(k, &notes);
    for (int kind = 0; kind < ENGINE_COUNT; kind++)
        switch_engine(k, (enum engine_kind)kind,
                      choice_engine(&k->settings, (enum engine_kind)kind));
}

static bool take_trouble(struct kit *k, const char *sentence)
{
    snprintf(k->trouble, sizeof k->trouble, "%s", sentence);
    return true;
}

/* History comes before the settings, for with these the first looks begin. */
static bool take_kept(struct kit *k, struct kept *kept)
{
    for (int kind = 0; kind < ENGINE_COUNT; kind++) {
        if (kept->lists[kind] != NULL)
            past_show(&k->snaps[kind], kept->lists[kind]);
        kept->lists[kind] = NULL;
    }
    k->settings = kept->settings;
    if (kept->bad[0] != '\0' && k->trouble[0] == '\0')
        take_trouble(k, kept->bad);
    past_kept(&k->past, kept, k->notify, clock_wall_s());
    apply_settings(k);
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
    case PARCEL_KEPT:
        return take_kept(k, p->kept);
    case PARCEL_TROUBLE:
        return take_trouble(k, p->trouble);
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
    kept_free(p->kept);
    mem_free(p->trouble);
    leave_door(p->door);
    mem_free(p);
}

/* A looking thread. */
static void on_look(struct kit *k, enum engine_kind kind, struct snapshot *snap, unsigned long look)
{
    struct parcel p = {.what = PARCEL_LOOK, .engine = kind, .snap = snap, .look = look};

    if (k->config.keeper != NULL && snap != NULL && snap->state == ENGINE_RUNNING && !snap->stale)
        keeper_list(k->config.keeper, snap);
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

/* The keeper's thread. */
static void on_kept(void *ctx, struct kept *kept)
{
    const struct parcel p = {.what = PARCEL_KEPT, .kept = kept};

    post(ctx, &p);
}

static void on_trouble(void *ctx, const char *sentence)
{
    const struct parcel p = {.what = PARCEL_TROUBLE, .trouble = mem_str(sentence)};

    post(ctx, &p);
}

struct kit *kit_new(const struct kit_config *config)
{
    static refresh_sink_fn *const sinks[ENGINE_COUNT] = {
        [ENGINE_APPLE] = on_apple, [ENGINE_DOCKER] = on_docker, [ENGINE_PODMAN] = on_podman};
    struct kit *k = mem_new(sizeof *k);

    k->config = *config;
    k->past.keeper = config->keeper;
    settings_defaults(&k->settings);
    k->door = mem_new(sizeof *k->door);
    k->door->kit = k;
    atomic_init(&k->door->refs, 1);
    if (config->note != NULL)
        k->notify = notify_new(NOTE_RESTART | (config->logs != NULL ? NOTE_LOGS : 0u));
    k->queue = queue_new(config->spawner, config->where, on_result, k);
    for (int kind = 0; kind < ENGINE_COUNT; kind++) {
        k->on[kind] = config->keeper == NULL;
        k->refresh[kind] = refresh_new(config->spawner, config->where, (enum engine_kind)kind,
                                       k->on[kind], sinks[kind], k);
    }
    return k;
}

void kit_remember(struct kit *k)
{
    const struct keeper_sink sink = {on_kept, on_trouble, k};

    if (k->config.keeper != NULL)
        keeper_start(k->config.keeper, &sink);
}

const struct settings *kit_settings(const struct kit *k)
{
    return &k->settings;
}

enum rc kit_set(struct kit *k, enum setting which, const char *text, struct fault *why)
{
    enum rc rc = settings_set(&k->settings, which, text, why);

    if (rc != RC_OK)
        return rc;
    if (k->config.keeper != NULL)
        keeper_setting(k->config.keeper, which, text);
    apply_settings(k);
    changed(k);
    return RC_OK;
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
                            .past = k->past.latest,
                            .past_count = k->past.count,
                            .trouble = k->trouble,
                            .now_s = now_s,
                            .mac = k->config.where->mac,
                            .hide_count = k->settings.number[SETTING_SHOW_COUNT] == 0};

    for (size_t i = 0; i < m->pending_count; i++)
        pending[i] = m->pending[i].shown;
    for (size_t i = 0; i < ENGINE_COUNT; i++) {
        in.snaps[i] = k->snaps[i];
        in.off[i] = !choice_engine(&k->settings, (enum engine_kind)i);
    }
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
    rc = queue_submit(k->queue, kind, op, id, (unsigned)k->settings.number[SETTING_GRACE_S], why);
    if (rc == RC_OK)
        own_begin(&k->past.own, kind, op, id);
    else
        marks_drop(&k->marks, marks_find(&k->marks, kind, id));
    if (rc == RC_OK && k->notify != NULL)
        notify_begin(k->notify, kind, op, id);
    hand_notes_over(k);
    return rc;
}

enum rc kit_do(struct kit *k, enum engine_kind kind, enum op op, const struct valid_id *id,
               struct fault *why)
{
    const struct valid_id own = *id; /* it may be of a menu that `changed` replaces */
    const struct container *c = marks_container(k->snaps[kind], &own);
    char name[13];
    struct fault fault = {0};
    enum rc rc = begin(k, kind, op, c, &own, &fault);

    if (rc != RC_OK) {
        snprintf(name, sizeof name, "%.12s", own.text);
        fail(k, kind, op, &own, c != NULL ? c->name : name, &fault);
    }
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
    if (k->snaps[kind] != NULL && k->snaps[kind]->state != ENGINE_UNSEEN)
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
    queue_stop(k->queue); /* all are told before the first is waited for */
    for (int kind = 0; kind < ENGINE_COUNT; kind++)
        refresh_stop(k->refresh[kind]);
    queue_free(k->queue); /* its threads tell the refreshes of their results */
    for (int kind = 0; kind < ENGINE_COUNT; kind++)
        refresh_free(k->refresh[kind]);
    if (k->config.keeper != NULL)
        keeper_stop(k->config.keeper); /* the looking threads give it lists */
    worker_free(k->bell);
    for (int kind = 0; kind < ENGINE_COUNT; kind++)
        snapshot_free(k->snaps[kind]);
    marks_release(&k->marks);
    past_release(&k->past);
    notify_free(k->notify);
    leave_door(k->door);
    mem_free(k);
}
