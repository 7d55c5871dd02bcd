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
#include "core/kit/choice.h"
#include "core/kit/kit_inside.h"
#include "core/kit/update_row.h"
#include <stdio.h>

struct door {
    atomic_uint refs; /* the kit's and one of each parcel */
    struct kit *kit;  /* NULL once shut; home thread */
};

enum parcel_kind {
    PARCEL_LOOK,
    PARCEL_RESULT,
    PARCEL_BELL,
    PARCEL_NOT_OPENED,
    PARCEL_INSPECTED,
    PARCEL_KEPT,
    PARCEL_TROUBLE,
    PARCEL_CONTEXTS,
    PARCEL_SAMPLE
};

struct parcel {
    struct door *door;
    enum parcel_kind what;
    enum engine_kind engine;      /* of a look, contexts, a sample */
    struct snapshot *snap;        /* of a look: owned, NULL if there is nothing new */
    struct queue_result result;   /* of an action, or of an opening that failed */
    unsigned long look;           /* its number; of an action: the last one begun before its end */
    struct inspected *answer;     /* owned */
    struct kept *kept;            /* owned */
    char *trouble;                /* owned */
    struct context_list contexts; /* owned */
    bool answered;                /* the engine gave a sample */
    struct sample sample;         /* its list is owned */
};

static void leave_door(struct door *door)
{
    if (atomic_fetch_sub(&door->refs, 1) == 1)
        mem_free(door);
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

/* A sampling thread. */
static void on_sample(void *ctx, enum engine_kind kind, struct sample *answer)
{
    struct parcel p = {.what = PARCEL_SAMPLE, .engine = kind, .answered = answer != NULL};

    if (answer != NULL)
        p.sample = *answer;
    post(ctx, &p);
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
    bool differs;

    if (p->look <= k->moved_at[p->engine])
        return false; /* it began where the engine is not asked any more, or before it was off */
    differs = marks_looked(&k->marks, p->engine, p->look);

    manies_sweep(&k->many, &k->marks);
    if (k->notify != NULL)
        notify_look(k->notify, p->engine, p->snap, p->look, clock_wall_s());
    kit_hand_notes_over(k);
    if (past_look(&k->past, k->snaps[p->engine], p->snap, p->look, clock_wall_s()))
        differs = true;
    if (p->snap == NULL)
        return differs;
    past_replace(&k->snaps[p->engine], p->snap);
    p->snap = NULL;
    if (k->snaps[p->engine]->state == ENGINE_STOPPED)
        k->started[p->engine] = false; /* who starts it next is not known */
    if (!k->snaps[p->engine]->stale && k->snaps[p->engine]->taken_s != 0)
        marks_forget_gone(&k->marks, k->snaps[p->engine]);
    watching_apply(k, on_sample);
    kit_give_answers(k, p->engine);
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
    if (res->rc == RC_OK && service_is(res->op))
        k->started[res->kind] = res->op != OP_SERVICE_STOP;
    if (mark->many != 0)
        kit_many_result(k, mark, res);
    else if (res->rc != RC_OK && res->rc != RC_CANCELLED)
        kit_fail(k, res->kind, res->op, &res->id, mark->name, &res->why);
    set_bell(k);
    return true;
}

static bool take_bell(struct kit *k)
{
    bool differs = marks_expire(&k->marks, clock_ms());

    manies_sweep(&k->many, &k->marks);
    set_bell(k);
    return differs;
}

static bool take_not_opened(struct kit *k, const struct parcel *p)
{
    const struct queue_result *res = &p->result;

    kit_fail_of(k, res->kind, res->op, &res->id, &res->why);
    return true;
}

static bool take_inspected(struct kit *k, const struct inspected *answer)
{
    const struct inspection *what = &answer->what;
    bool failed = answer->rc != RC_OK && what->text == INSPECTION_RUN_LINE;

    if (failed)
        kit_fail_of(k, what->kind, OP_INSPECT, &what->id, &answer->why);
    else
        k->config.inspected(k->config.inspected_ctx, answer);
    return failed;
}

static void apply_settings(struct kit *k)
{
    if (k->config.own_language)
        words_speak(choice_language(&k->settings, k->config.language));
    for (int kind = 0; kind < ENGINE_COUNT; kind++)
        kit_move_engine(k, (enum engine_kind)kind,
                        settings_context(&k->settings, (enum engine_kind)kind));
    refresh_poll(k->refresh[ENGINE_APPLE], k->settings.number[SETTING_POLL_S] * 1000);

    kit_apply_notes(k);
    for (int kind = 0; kind < ENGINE_COUNT; kind++)
        kit_switch_engine(k, (enum engine_kind)kind,
                          choice_engine(&k->settings, (enum engine_kind)kind));
    watching_apply(k, on_sample);
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
        if (settings_context(&kept->settings, (enum engine_kind)kind)[0] != '\0')
            continue;
        if (kept->lists[kind] != NULL)
            past_show(&k->snaps[kind], kept->lists[kind]);
        kept->lists[kind] = NULL;
    }
    k->settings = kept->settings;
    names_kept(&k->names, kept);
    recent_read(&k->recent, kept->recent);
    if (kept->bad[0] != '\0' && k->trouble[0] == '\0')
        take_trouble(k, kept->bad);
    past_kept(&k->past, kept, k->notify, clock_wall_s());
    apply_settings(k);
    return true;
}

static bool take_contexts(struct kit *k, struct parcel *p)
{
    context_list_release(&k->contexts[p->engine]);
    k->contexts[p->engine] = p->contexts;
    k->has_contexts[p->engine] = true;
    k->contexts_told++;
    p->contexts = (struct context_list){0};
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
    case PARCEL_INSPECTED:
        return take_inspected(k, p->answer);
    case PARCEL_KEPT:
        return take_kept(k, p->kept);
    case PARCEL_TROUBLE:
        return take_trouble(k, p->trouble);
    case PARCEL_CONTEXTS:
        return take_contexts(k, p);
    case PARCEL_SAMPLE:
        watching_take(&k->watching, p->engine, p->answered ? &p->sample : NULL);
        return true;
    }
    return false;
}

/* Home thread. */
static void deliver(void *arg)
{
    struct parcel *p = arg;
    struct kit *k = p->door->kit;

    if (k != NULL && take(k, p))
        kit_changed(k);
    snapshot_free(p->snap);
    inspected_free(p->answer);
    kept_free(p->kept);
    mem_free(p->trouble);
    context_list_release(&p->contexts);
    mem_free(p->sample.list);
    leave_door(p->door);
    mem_free(p);
}

/* A looking thread. */
static void on_look(struct kit *k, enum engine_kind kind, struct snapshot *snap, unsigned long look)
{
    struct parcel p = {.what = PARCEL_LOOK, .engine = kind, .snap = snap, .look = look};

    /* the store has one list of an engine: that of its own choice of a place */
    if (k->config.keeper != NULL && snap != NULL && snap->state == ENGINE_RUNNING && !snap->stale &&
        snap->context[0] == '\0')
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
    refresh_tell(r, service_is(result->op) ? SCHEDULE_SERVICE : SCHEDULE_USER);
}

/* The openings' thread. */
static void on_not_opened(void *ctx, const struct opening *what, const struct fault *why)
{
    struct parcel p = {.what = PARCEL_NOT_OPENED,
                       .result = {what->kind, what->op, what->id, why->rc, *why}};

    log_info("%s: %s: %s" LOG_PRIVATE ": %s: %s", engine_word(what->kind), op_word(what->op),
             rc_name(why->rc), what->id.text, why->text);
    post(ctx, &p);
}

/* The inspections' thread. */
static void on_inspected(void *ctx, struct inspected *answer)
{
    const struct parcel p = {.what = PARCEL_INSPECTED, .answer = answer};

    log_info("%s: inspected: %s" LOG_PRIVATE ": %s", engine_word(answer->what.kind),
             rc_name(answer->rc), answer->what.id.text);
    post(ctx, &p);
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

/* The places' thread. */
static void on_contexts(void *ctx, enum engine_kind kind, struct context_list *list)
{
    const struct parcel p = {.what = PARCEL_CONTEXTS, .engine = kind, .contexts = *list};

    *list = (struct context_list){0};
    post(ctx, &p);
}

struct kit *kit_new(const struct kit_config *config)
{
    static refresh_sink_fn *const sinks[ENGINE_COUNT] = {
        [ENGINE_APPLE] = on_apple, [ENGINE_DOCKER] = on_docker, [ENGINE_PODMAN] = on_podman};
    struct kit *k = mem_new(sizeof *k);

    k->config = *config;
    words_speak(config->language);
    k->past.keeper = config->keeper;
    settings_defaults(&k->settings);
    k->door = mem_new(sizeof *k->door);
    k->door->kit = k;
    atomic_init(&k->door->refs, 1);
    if (config->note != NULL)
        k->notify = notify_new(NOTE_RESTART | (config->logs != NULL ? NOTE_LOGS : 0u));
    k->queue = queue_new(config->spawner, config->where, on_result, k);
    k->openings = openings_new(config->spawner, config->where, on_not_opened, k);
    k->places = places_new(config->spawner, config->where, on_contexts, k);
    k->inspections = inspections_new(config->spawner, config->where, on_inspected, k);
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
    kit_changed(k);
    return RC_OK;
}

const struct snapshot *kit_snapshot(const struct kit *k, enum engine_kind kind)
{
    return k->snaps[kind];
}

const struct container *kit_container(const struct kit *k, enum engine_kind kind,
                                      const struct valid_id *id)
{
    return marks_container(k->snaps[kind], id);
}

void kit_windows(struct kit *k, const struct menu_window *windows, size_t count)
{
    k->window_count = count < MENU_WINDOWS_MAX ? count : MENU_WINDOWS_MAX;
    for (size_t i = 0; i < k->window_count; i++)
        k->windows[i] = windows[i];
    kit_changed(k);
}

void kit_update(struct kit *k, const struct update_page *page)
{
    if (k->update == NULL)
        k->update = mem_new(sizeof *k->update);
    if (update_row_set(k->update, page))
        kit_changed(k);
}

void kit_menu(const struct kit *k, int64_t now_s, struct menu *out)
{
    const struct marks *m = &k->marks;
    const struct name_list *pins = &k->names.of[STORE_PINNED];
    const struct name_list *hidden = &k->names.of[STORE_HIDDEN];
    const struct name_list *muted = &k->names.of[STORE_MUTED];
    struct menu_many many[MANY_MAX];
    struct menu_pending *pending = mem_new_array(m->pending_count, sizeof *pending);
    struct menu_input in = {.pending = pending,
                            .pending_count = m->pending_count,
                            .failures = m->failures,
                            .failure_count = m->failure_count,
                            .many = many,
                            .many_count = manies_show(&k->many, m, many),
                            .pins = pins->list,
                            .pin_count = pins->count,
                            .hidden = hidden->list,
                            .hidden_count = hidden->count,
                            .muted = muted->list,
                            .muted_count = muted->count,
                            .windows = k->windows,
                            .window_count = k->window_count,
                            .past = k->past.latest,
                            .past_count = k->past.count,
                            .recent = k->recent.list,
                            .recent_count = k->recent.count,
                            .trouble = k->trouble,
                            .now_s = now_s,
                            .now_ms = clock_ms(),
                            .cpu_in_rows = k->settings.number[SETTING_SHOW_STATS] != 0,
                            .mac = k->config.where->mac,
                            .hide_count = k->settings.number[SETTING_SHOW_COUNT] == 0,
                            .flat = k->settings.number[SETTING_GROUP] == 0,
                            .helpers = k->settings.number[SETTING_SHOW_HELPERS] != 0};

    if (k->update != NULL)
        in.update = update_row_shown(k->update);
    for (size_t i = 0; i < m->pending_count; i++)
        pending[i] = m->pending[i].shown;
    for (size_t i = 0; i < ENGINE_COUNT; i++) {
        in.snaps[i] = k->snaps[i];
        in.usage[i] = &k->watching.books[i];
        in.off[i] = !choice_engine(&k->settings, (enum engine_kind)i);
        in.may_end[i] = kit_may_end(k, (enum engine_kind)i);
    }
    menu_build(out, &in);
    mem_free(pending);
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
    if (what == SCHEDULE_MENU_OPENED || what == SCHEDULE_MENU_CLOSED) {
        k->watching.menu_open = what == SCHEDULE_MENU_OPENED;
        k->watching.one_open = false;
    }
    watching_apply(k, on_sample);
    for (int kind = 0; kind < ENGINE_COUNT; kind++)
        refresh_tell(k->refresh[kind], what);
    if (what == SCHEDULE_WAKE && k->config.woke != NULL)
        k->config.woke(k->config.woke_ctx);
}

void kit_watch(struct kit *k, enum engine_kind kind, const struct valid_id *id)
{
    k->watching.one_open = true;
    k->watching.engine = kind;
    k->watching.id = *id;
    watching_apply(k, on_sample);
}

void kit_unwatch(struct kit *k)
{
    k->watching.one_open = false;
    watching_apply(k, on_sample);
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
    places_stop(k->places);
    inspections_stop(k->inspections);
    dns_book_stop(k->dns);
    watching_stop(&k->watching);
    for (int kind = 0; kind < ENGINE_COUNT; kind++)
        refresh_stop(k->refresh[kind]);
    queue_free(k->queue); /* its threads tell the refreshes of their results */
    for (int kind = 0; kind < ENGINE_COUNT; kind++)
        refresh_free(k->refresh[kind]);
    watching_release(&k->watching);
    openings_free(k->openings);
    places_free(k->places);
    inspections_free(k->inspections);
    if (k->config.keeper != NULL)
        keeper_stop(k->config.keeper); /* the looking threads give it lists */
    dns_book_free(k->dns);
    worker_free(k->bell);
    for (int kind = 0; kind < ENGINE_COUNT; kind++) {
        snapshot_free(k->snaps[kind]);
        context_list_release(&k->contexts[kind]);
    }
    marks_release(&k->marks);
    manies_release(&k->many);
    names_release(&k->names);
    past_release(&k->past);
    notify_free(k->notify);
    mem_free(k->update);
    leave_door(k->door);
    mem_free(k);
}
