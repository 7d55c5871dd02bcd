/* keeper.c - see keeper.h.
 *
 * Two batches: what was given, under the lock, and what the thread has taken and not yet written.
 * The second is the thread's own, so no lock is held while the disk is waited for; when the thread
 * has ended it is the owner's. */
#include "core/store/keeper.h"
#include "core/base/buf.h"
#include "core/base/clock.h"
#include "core/base/log.h"
#include "core/base/worker.h"
#include <pthread.h>
#include <stdio.h>
#include <string.h>

#define DAY_S 86400

#define RECENT "recently-used" /* its name beside the settings, none of which is called so */

enum change_kind { CHANGE_NAME, CHANGE_SETTING, CHANGE_RECENT };

/* A setting, a name of a set, or what was used lately. */
struct change {
    enum change_kind kind;
    enum setting which;
    bool has_value;
    char value[SETTING_TEXT_MAX + 1];
    enum store_set set;
    enum engine_kind engine;
    char name[SETTING_TEXT_MAX + 1];
    bool on;
};

/* Zeroed is empty. */
struct batch {
    struct store_event *events; /* texts in the arena */
    size_t event_count, event_size;
    struct arena arena;
    struct change *changes;
    size_t change_count, change_size;
    struct snapshot *lists[ENGINE_COUNT]; /* NULL: none */
};

struct keeper {
    struct store *store; /* the thread's from keeper_start() on */
    struct keeper_sink sink;
    struct worker *worker;    /* NULL: not started, or ended */
    struct batch taken;       /* from here on the thread's own */
    struct settings settings; /* for the limits of the history */
    bool loaded;
    int64_t retry_ms, list_ms; /* not before; clock_ms() */
    char told[FAULT_TEXT_MAX]; /* the trouble */

    pthread_mutex_t lock;
    bool stopped;
    struct batch given;
    int64_t given_ms; /* of the oldest thing in it but for lists; 0: none */
};

static void batch_release(struct batch *b)
{
    mem_free(b->events);
    mem_free(b->changes);
    arena_release(&b->arena);
    for (int kind = 0; kind < ENGINE_COUNT; kind++)
        snapshot_free(b->lists[kind]);
    *b = (struct batch){0};
}

static void batch_event(struct batch *b, const struct store_event *e)
{
    if (b->event_count == b->event_size) {
        b->event_size = b->event_size == 0 ? 16 : b->event_size * 2;
        b->events = mem_grow(b->events, b->event_size, sizeof *b->events);
    }
    b->events[b->event_count] = *e;
    b->events[b->event_count].container = arena_str(&b->arena, e->container);
    b->events[b->event_count].name = arena_str(&b->arena, e->name);
    b->events[b->event_count++].what = arena_str(&b->arena, e->what);
}

/* The newest events alone, in memory of their own. */
static void batch_cut(struct batch *b)
{
    struct batch cut = {
        .changes = b->changes, .change_count = b->change_count, .change_size = b->change_size};

    if (b->event_count <= KEEPER_EVENTS_MAX)
        return;
    for (size_t i = b->event_count - KEEPER_EVENTS_MAX; i < b->event_count; i++)
        batch_event(&cut, &b->events[i]);
    memcpy(cut.lists, b->lists, sizeof cut.lists);
    mem_free(b->events);
    arena_release(&b->arena);
    *b = cut;
}

static bool same_change(const struct change *a, const struct change *b)
{
    if (a->kind != b->kind)
        return false;
    if (a->kind != CHANGE_NAME)
        return a->kind == CHANGE_RECENT || a->which == b->which;
    return a->set == b->set && a->engine == b->engine && strcmp(a->name, b->name) == 0;
}

/* The last word about one thing is the one that counts. */
static void batch_change(struct batch *b, const struct change *c)
{
    for (size_t i = 0; i < b->change_count; i++) {
        if (same_change(&b->changes[i], c)) {
            b->changes[i] = *c;
            return;
        }
    }
    if (b->change_count == b->change_size) {
        b->change_size = b->change_size == 0 ? 4 : b->change_size * 2;
        b->changes = mem_grow(b->changes, b->change_size, sizeof *b->changes);
    }
    b->changes[b->change_count++] = *c;
}

/* Takes s. */
static void batch_list(struct batch *b, struct snapshot *s)
{
    snapshot_free(b->lists[s->kind]);
    b->lists[s->kind] = s;
}

static bool has_lists(const struct batch *b)
{
    bool any = false;

    for (int kind = 0; kind < ENGINE_COUNT; kind++)
        any = any || b->lists[kind] != NULL;
    return any;
}

static void lock(struct keeper *k)
{
    MUST(pthread_mutex_lock(&k->lock) == 0);
}

static void unlock(struct keeper *k)
{
    MUST(pthread_mutex_unlock(&k->lock) == 0);
}

/* --- giving ----------------------------------------------------------------------------------- */

/* Under the lock. The worker is poked under it, so that none is poked when keeper_stop() has begun
 * to end it. */
static void poke(struct keeper *k)
{
    if (k->worker != NULL && !k->stopped)
        worker_poke(k->worker);
}

/* Under the lock. */
static void stamp(struct keeper *k)
{
    if (k->given_ms == 0)
        k->given_ms = clock_ms();
    poke(k);
}

void keeper_events(struct keeper *k, const struct store_event *list, size_t count)
{
    lock(k);
    for (size_t i = 0; i < count && !k->stopped; i++)
        batch_event(&k->given, &list[i]);
    batch_cut(&k->given);
    if (count > 0)
        stamp(k);
    unlock(k);
}

static void give_change(struct keeper *k, const struct change *c)
{
    lock(k);
    if (!k->stopped)
        batch_change(&k->given, c);
    stamp(k);
    unlock(k);
}

void keeper_setting(struct keeper *k, enum setting which, const char *value)
{
    struct change c = {.kind = CHANGE_SETTING, .which = which, .has_value = value != NULL};

    snprintf(c.value, sizeof c.value, "%s", value != NULL ? value : "");
    give_change(k, &c);
}

void keeper_recent(struct keeper *k, const char *text)
{
    struct change c = {.kind = CHANGE_RECENT};

    snprintf(c.value, sizeof c.value, "%s", text);
    give_change(k, &c);
}

void keeper_name(struct keeper *k, enum store_set set, enum engine_kind engine, const char *name,
                 bool on)
{
    struct change c = {.set = set, .engine = engine, .on = on};

    snprintf(c.name, sizeof c.name, "%s", name);
    give_change(k, &c);
}

void keeper_list(struct keeper *k, const struct snapshot *s)
{
    struct snapshot *copy = snapshot_copy(s);
    size_t count = 0;

    for (size_t i = 0; i < copy->count; i++)
        if (!copy->list[i].infra)
            copy->list[count++] = copy->list[i];
    copy->count = count;
    lock(k);
    if (k->stopped)
        snapshot_free(copy);
    else
        batch_list(&k->given, copy);
    poke(k);
    unlock(k);
}

/* --- reading ---------------------------------------------------------------------------------- */

/* As the menu shows a list until its engine was looked at; NULL if there is none. */
static struct snapshot *read_list(struct keeper *k, enum engine_kind kind)
{
    struct arena a = {0};
    struct snapshot *s = NULL;
    const char *json = NULL;
    int64_t taken_s = 0;
    size_t len = 0;

    if (store_list(k->store, kind, &a, &taken_s, &json, &len, NULL) == RC_OK &&
        snapshot_from_json(json, len, kind, &s, NULL) == RC_OK) {
        s->state = ENGINE_UNSEEN;
        s->stale = true;
        s->taken_s = taken_s;
    }
    arena_release(&a);
    return s;
}

static const char *recent_of(const struct store_pairs *pairs)
{
    for (size_t i = 0; i < pairs->count; i++)
        if (strcmp(pairs->list[i].name, RECENT) == 0)
            return pairs->list[i].value;
    return "";
}

/* What could not be read is as if there were none; why is told as the store's trouble. */
static void read_all(struct keeper *k, struct kept *out)
{
    struct store_pairs pairs = {0};

    settings_defaults(&out->settings);
    out->recent = "";
    if (store_settings(k->store, &out->arena, &pairs, NULL) != RC_OK)
        return;
    settings_read(&out->settings, &pairs, out->bad);
    out->recent = recent_of(&pairs);
    if (store_names(k->store, STORE_PINNED, &out->arena, &out->pins, NULL) != RC_OK ||
        store_names(k->store, STORE_HIDDEN, &out->arena, &out->hidden, NULL) != RC_OK ||
        store_names(k->store, STORE_MUTED, &out->arena, &out->muted, NULL) != RC_OK ||
        store_events(k->store, KEEPER_EVENTS_READ, &out->arena, &out->events, NULL) != RC_OK)
        return;
    for (int kind = 0; kind < ENGINE_COUNT; kind++)
        out->lists[kind] = read_list(k, (enum engine_kind)kind);
}

void kept_free(struct kept *k)
{
    if (k == NULL)
        return;
    for (int kind = 0; kind < ENGINE_COUNT; kind++)
        snapshot_free(k->lists[kind]);
    arena_release(&k->arena);
    mem_free(k);
}

/* --- writing; the thread's, or the owner's after its end ----------------------------------------
 */

/* The sentence about the store, or about `why`, what stands against writing now; NULL for nothing.
 */
static void tell_trouble(struct keeper *k, const struct fault *why)
{
    char sentence[FAULT_TEXT_MAX], text[FAULT_TEXT_MAX];
    enum store_state state = store_state(k->store, sentence);

    if (state == STORE_OFF) {
        snprintf(text, sizeof text, "%s", sentence);
        snprintf(sentence, sizeof sentence, "Settings and history cannot be kept: %.400s", text);
    } else if (why != NULL && sentence[0] == '\0') {
        snprintf(sentence, sizeof sentence, "Settings and history cannot be saved: %.400s",
                 fault_text(why, text));
    }
    if (strcmp(sentence, k->told) == 0)
        return;
    snprintf(k->told, sizeof k->told, "%s", sentence);
    k->sink.trouble(k->sink.ctx, sentence);
}

/* True if it is done with: written, or never to be. Otherwise nothing more is tried for a while. */
static bool is_done(struct keeper *k, enum rc rc, const struct fault *why)
{
    bool later = rc == RC_IO || rc == RC_TIMEOUT || rc == RC_PARSE;

    if (rc != RC_OK)
        log_warn("store: not written, %s" LOG_PRIVATE ": %s", later ? "yet" : "and dropped",
                 why->text);
    k->retry_ms = later ? clock_ms() + KEEPER_RETRY_MS : 0;
    /* that another process holds it is over soon, and nobody needs to do anything */
    tell_trouble(k, rc == RC_IO ? why : NULL);
    return !later;
}

static bool write_events(struct keeper *k)
{
    struct batch *b = &k->taken;
    int64_t oldest_s = clock_wall_s() - DAY_S * k->settings.number[SETTING_HISTORY_DAYS];
    struct fault why = {0};
    enum rc rc;

    if (b->event_count == 0)
        return true;
    rc = store_events_add(k->store, b->events, b->event_count, oldest_s,
                          k->settings.number[SETTING_HISTORY_ROWS], &why);
    if (!is_done(k, rc, &why))
        return false;
    b->event_count = 0;
    arena_release(&b->arena);
    return true;
}

static enum rc write_change(struct keeper *k, const struct change *c, struct fault *why)
{
    const struct setting_row *row;
    const char *value;

    if (c->kind == CHANGE_RECENT)
        return store_setting_put(k->store, RECENT, c->value, why);
    if (c->kind == CHANGE_NAME)
        return store_name_put(k->store, c->set, c->engine, c->name, c->on, why);
    row = setting_row(c->which);
    value = c->has_value ? c->value : row->by_default;
    if (settings_set(&k->settings, c->which, value, why) != RC_OK)
        return why->rc;
    return store_setting_put(k->store, row->name, c->has_value ? c->value : NULL, why);
}

static bool write_changes(struct keeper *k)
{
    struct batch *b = &k->taken;
    size_t done = 0;
    bool go_on = true;

    while (go_on && done < b->change_count) {
        struct fault why = {0};

        go_on = is_done(k, write_change(k, &b->changes[done], &why), &why);
        done += go_on;
    }
    b->change_count -= done;
    if (done > 0)
        memmove(b->changes, b->changes + done, b->change_count * sizeof *b->changes);
    return go_on;
}

static enum rc write_list(struct keeper *k, const struct snapshot *s, struct fault *why)
{
    struct buf json;
    enum rc rc;

    buf_init(&json, STORE_LIST_MAX);
    rc = snapshot_json(s, false, &json);
    if (rc == RC_OK)
        rc = store_list_put(k->store, s->kind, s->taken_s, json.data, json.len, why);
    else
        fault_set(why, rc, "the list is too long to keep");
    buf_release(&json);
    return rc;
}

static bool write_lists(struct keeper *k)
{
    struct batch *b = &k->taken;

    for (int kind = 0; kind < ENGINE_COUNT; kind++) {
        struct fault why = {0};

        if (b->lists[kind] == NULL)
            continue;
        if (!is_done(k, write_list(k, b->lists[kind], &why), &why))
            return false;
        snapshot_free(b->lists[kind]);
        b->lists[kind] = NULL;
    }
    k->list_ms = clock_ms() + KEEPER_LIST_MS;
    return true;
}

/* --- the thread ------------------------------------------------------------------------------- */

/* Everything that was given, into the thread's own hands. */
static void take_given(struct keeper *k)
{
    struct batch *to = &k->taken, from;

    lock(k);
    from = k->given;
    k->given = (struct batch){0};
    k->given_ms = 0;
    unlock(k);
    for (size_t i = 0; i < from.event_count; i++)
        batch_event(to, &from.events[i]);
    batch_cut(to);
    for (size_t i = 0; i < from.change_count; i++)
        batch_change(to, &from.changes[i]);
    for (int kind = 0; kind < ENGINE_COUNT; kind++) {
        if (from.lists[kind] != NULL)
            batch_list(to, from.lists[kind]);
        from.lists[kind] = NULL;
    }
    batch_release(&from);
}

static void load(struct keeper *k)
{
    struct kept *kept = mem_new(sizeof *kept);

    read_all(k, kept);
    k->settings = kept->settings;
    k->loaded = true;
    tell_trouble(k, NULL);
    k->sink.kept(k->sink.ctx, kept);
}

static int64_t later_of(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

/* Milliseconds until there is something to write, or WORKER_SLEEP. */
static int64_t next_wait(struct keeper *k)
{
    int64_t now = clock_ms(), due = INT64_MAX;

    lock(k);
    if (k->given_ms != 0)
        due = k->given_ms + KEEPER_CALM_MS;
    else if (k->taken.event_count + k->taken.change_count > 0)
        due = now;
    if ((has_lists(&k->given) || has_lists(&k->taken)) && k->list_ms < due)
        due = k->list_ms;
    unlock(k);
    if (due == INT64_MAX)
        return WORKER_SLEEP;
    return later_of(later_of(due, k->retry_ms) - now, 0);
}

static int64_t keep(void *ctx, struct cancel *stop)
{
    struct keeper *k = ctx;
    int64_t wait;

    (void)stop; /* what is under way ends by itself */
    if (!k->loaded)
        load(k);
    wait = next_wait(k);
    if (wait != 0)
        return wait;
    take_given(k);
    if (write_events(k) && write_changes(k) && clock_ms() >= k->list_ms && has_lists(&k->taken))
        (void)write_lists(k); /* its failure has set the time of the next attempt */
    return next_wait(k);
}

struct keeper *keeper_new(const char *folder)
{
    struct keeper *k = mem_new(sizeof *k);

    k->store = store_new(folder);
    MUST(pthread_mutex_init(&k->lock, NULL) == 0);
    return k;
}

void keeper_start(struct keeper *k, const struct keeper_sink *sink)
{
    MUST(k->worker == NULL && !k->stopped);
    k->sink = *sink;
    /* under the lock, for others may give already */
    lock(k);
    k->worker = worker_new("store", keep, k);
    unlock(k);
}

static void no_trouble(void *ctx, const char *sentence)
{
    (void)ctx;
    (void)sentence;
}

void keeper_stop(struct keeper *k)
{
    bool first;

    lock(k);
    first = !k->stopped;
    k->stopped = true;
    unlock(k);
    if (!first || k->worker == NULL)
        return;
    worker_free(k->worker);
    k->worker = NULL;
    k->sink.trouble = no_trouble;
    take_given(k);
    if (k->loaded && write_events(k) && write_changes(k))
        (void)write_lists(k); /* there is no other time */
}

void keeper_free(struct keeper *k)
{
    if (k == NULL)
        return;
    keeper_stop(k);
    batch_release(&k->given);
    batch_release(&k->taken);
    store_free(k->store);
    MUST(pthread_mutex_destroy(&k->lock) == 0);
    mem_free(k);
}
