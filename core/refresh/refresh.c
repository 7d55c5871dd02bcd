/* refresh.c - the thread that looks, and the one that reads the engine's events.
 *
 * Looker: asks the schedule whether a look is due, takes it, hands over what differs, sleeps.
 * Reader: keeps one `events` child while the engine runs and nothing sleeps. Each attempt has a
 * cancel token of its own, so that one stream can be ended without ending the refresh. A stream
 * counts as up when it has said something or has lived for a second; until then we poll.
 *
 * Threads: `lock` guards what stands below it. It is held for a few instructions: never while the
 * sink is called, a child runs or somebody waits. Workers are poked under it, so that none is
 * poked after refresh_free() has begun to end them; a poke never blocks. */
#include "core/refresh/refresh.h"
#include "core/base/clock.h"
#include "core/base/log.h"
#include "core/base/worker.h"
#include "core/exec/stream.h"
#include "core/refresh/diff.h"
#include "core/refresh/events.h"
#include "core/refresh/folder.h"
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

#define STREAM_SETTLE_MS 1000

struct refresh {
    struct spawner *spawner; /* down to `quit`: never change */
    const struct locate_where *where;
    const struct engine_driver *drv;
    refresh_sink_fn *sink;
    void *ctx;
    struct cancel *quit; /* ends a look in flight */

    struct look_memory memory; /* down to `folder`: the looker's own */
    struct snapshot *good;     /* the last good list, NULL before the first */
    enum engine_state shown;   /* what was handed over last */
    char shown_why[FAULT_TEXT_MAX];
    enum engine_service shown_service;
    struct folder folder;

    struct events_seen seen; /* the reader's own */

    atomic_ulong looks; /* written by the looker, under the lock */

    pthread_mutex_t lock;
    struct schedule schedule;
    bool stopping;
    bool running; /* the last look found the engine running */
    bool asked;   /* SCHEDULE_USER since the last look began */
    bool restart; /* the stream was ended to begin anew: no back-off */
    bool moved;   /* what the looker remembers is of another place, or of long ago */
    bool renewed; /* the engine behind the same place may be another one */
    struct cancel *attempt;
    int64_t began;    /* when the attempt began, 0 without one */
    int64_t retry_at; /* earliest time of the next attempt */
    struct worker *looker, *reader;
};

static void lock(struct refresh *r)
{
    MUST(pthread_mutex_lock(&r->lock) == 0);
}

static void unlock(struct refresh *r)
{
    MUST(pthread_mutex_unlock(&r->lock) == 0);
}

/* Under the lock. */
static void poke(struct refresh *r, struct worker *w)
{
    if (w != NULL && !r->stopping)
        worker_poke(w);
}

static bool is_good(enum engine_state state)
{
    return state == ENGINE_RUNNING || state == ENGINE_MISMATCH;
}

/* Under the lock. Ends the stream and has the next one begin without waiting. */
static void restart_stream(struct refresh *r)
{
    r->retry_at = 0;
    if (r->attempt != NULL) {
        r->restart = true;
        cancel_trigger(r->attempt);
    }
    poke(r, r->reader);
}

static void hand_over(struct refresh *r, struct snapshot *s, unsigned long look)
{
    r->shown = s->state;
    r->shown_service = s->service;
    snprintf(r->shown_why, sizeof r->shown_why, "%s", s->why);
    log_info("%s: %s, %zu containers" LOG_PRIVATE "%s%s", engine_word(s->kind),
             engine_state_word(s->state), s->count, s->why[0] != '\0' ? ": " : "", s->why);
    r->sink(r->ctx, s, look);
}

/* True if it was handed over. */
static bool take_good(struct refresh *r, const struct look *seen, unsigned long look)
{
    bool same;

    if (seen->unchanged) {
        r->good->taken_s = clock_wall_s();
        return false;
    }
    same = is_good(r->shown) && r->good != NULL && diff_same(r->good, seen->snapshot);
    snapshot_free(r->good);
    r->good = seen->snapshot;
    if (!same)
        hand_over(r, snapshot_copy(r->good), look);
    return !same;
}

/* True if it was handed over: the last good list under the new state. */
static bool take_bad(struct refresh *r, const struct look *seen, unsigned long look)
{
    struct snapshot *s;

    if (r->shown == seen->state && r->shown_service == seen->service &&
        strcmp(r->shown_why, seen->why) == 0)
        return false;
    s = r->good != NULL ? snapshot_copy(r->good) : snapshot_new(r->drv->kind);
    s->state = seen->state;
    s->why = arena_str(&s->arena, seen->why);
    s->context = arena_str(&s->arena, seen->context.text);
    s->service = seen->service;
    s->origin = ORIGIN_OURS; /* nobody's runs */
    s->stale = r->good != NULL;
    hand_over(r, s, look);
    return true;
}

/* The list is with the sink already: now what takes another child. */
static void follow_up(struct refresh *r, bool changed, unsigned long look)
{
    struct snapshot *more;
    bool due = false;

    while (!due && (more = look_addresses(r->spawner, r->where, r->good, r->quit, &r->memory))) {
        snapshot_free(r->good);
        r->good = more;
        hand_over(r, snapshot_copy(more), look);
        lock(r);
        due = r->stopping || schedule_due(&r->schedule, clock_ms());
        unlock(r);
    }
    if (r->drv->kind != ENGINE_APPLE || !changed)
        return;
    worker_watch(r->looker, -1);
    if (folder_renew(&r->folder, r->spawner, r->where, r->quit))
        refresh_tell(r, SCHEDULE_FOLDER);
    worker_watch(r->looker, r->folder.watch.fd);
}

/* A bad look that follows a good one is a change: the engine may be back in seconds. */
static enum schedule_found found_by(bool good, bool was_good, bool changed)
{
    if (good)
        return changed ? SCHEDULE_CHANGED : SCHEDULE_UNCHANGED;
    return was_good ? SCHEDULE_CHANGED : SCHEDULE_LOOK_FAILED;
}

static void end_look(struct refresh *r, bool good, enum schedule_found found)
{
    lock(r);
    if (schedule_looked(&r->schedule, found, clock_ms()) && good) {
        log_info("%s: the event stream missed a change", engine_word(r->drv->kind));
        restart_stream(r);
    }
    if (good && !r->running)
        poke(r, r->reader);
    r->running = good;
    unlock(r);
}

/* Was the service started or stopped? It may not have been seen down meanwhile. */
static void begin_spell_if_renewed(struct refresh *r)
{
    bool renewed;

    lock(r);
    renewed = r->renewed;
    r->renewed = false;
    unlock(r);
    if (renewed)
        look_memory_renew(&r->memory);
}

/* True if the engine was moved since the last call: then all that is known of it is forgotten. */
static bool forget_if_moved(struct refresh *r)
{
    bool moved;

    lock(r);
    moved = r->moved;
    r->moved = false;
    if (moved)
        r->running = false;
    unlock(r);
    if (!moved)
        return false;
    snapshot_free(r->good);
    r->good = NULL;
    r->shown = ENGINE_UNSEEN;
    look_memory_release(&r->memory);
    return true;
}

static void look(struct refresh *r, unsigned long number, bool asked)
{
    struct look seen;
    bool good, changed, was_good;

    (void)forget_if_moved(r);
    begin_spell_if_renewed(r);
    was_good = is_good(r->shown);
    if (look_take(r->spawner, r->where, r->drv->kind, r->quit, &r->memory, &seen) != RC_OK)
        return; /* we are quitting */
    if (forget_if_moved(r)) {
        snapshot_free(seen.snapshot); /* of the place before; the next look is due */
        return;
    }
    good = is_good(seen.state);
    changed = good ? take_good(r, &seen, number) : take_bad(r, &seen, number);
    if (!changed && asked)
        r->sink(r->ctx, NULL, number);
    end_look(r, good, found_by(good, was_good, changed));
    if (good) {
        follow_up(r, changed, number);
    } else {
        worker_watch(r->looker, -1);
        folder_close(&r->folder);
    }
}

/* Under the lock. Milliseconds until a young stream counts as up; -1 if there is none. */
static int64_t settle_wait(const struct refresh *r, int64_t now)
{
    int64_t up_at = r->began + STREAM_SETTLE_MS;

    if (r->attempt == NULL || r->schedule.stream_up)
        return -1;
    return up_at > now ? up_at - now : 0;
}

/* The number of the look that is due, 0 for none. */
static unsigned long begin_look(struct refresh *r, bool *asked)
{
    unsigned long number = 0;
    int64_t now = clock_ms();
    bool due;

    lock(r);
    if (settle_wait(r, now) == 0)
        schedule_tell(&r->schedule, SCHEDULE_STREAM_UP, now);
    due = !r->stopping && schedule_due(&r->schedule, now);
    if (due) {
        schedule_looking(&r->schedule, now);
        *asked = r->asked;
        r->asked = false;
        number = atomic_fetch_add(&r->looks, 1) + 1;
    }
    unlock(r);
    return number;
}

static int64_t next_wait(struct refresh *r)
{
    int64_t now = clock_ms(), wait, settle;

    lock(r);
    wait = r->stopping ? -1 : schedule_wait(&r->schedule, now);
    settle = settle_wait(r, now);
    unlock(r);
    if (wait < 0 || (settle >= 0 && settle < wait))
        wait = settle;
    return wait < 0 ? WORKER_SLEEP : wait;
}

static int64_t look_round(void *ctx, struct cancel *stop)
{
    struct refresh *r = ctx;
    bool asked = false;
    unsigned long number;

    (void)stop; /* `quit` is triggered before it */
    if (folder_changed(&r->folder))
        refresh_tell(r, SCHEDULE_FOLDER);
    number = begin_look(r, &asked);
    if (number != 0)
        look(r, number, asked);
    return next_wait(r);
}

/* A line that cannot be read may be of a newer engine and mean anything: it counts as news. */
static bool is_news(struct refresh *r, const char *line, size_t len)
{
    struct engine_event event;

    if (r->drv->parse_event(line, len, &event, NULL) != RC_OK)
        return true;
    return event.is_container && event.changes && events_is_new(&r->seen, &event);
}

static void read_line(void *ctx, bool is_stderr, const char *line, size_t len)
{
    struct refresh *r = ctx;
    int64_t now = clock_ms();
    bool news;

    if (is_stderr || len == 0)
        return;
    news = is_news(r, line, len);
    lock(r);
    if (news || !r->schedule.stream_up) {
        schedule_tell(&r->schedule, SCHEDULE_STREAM_UP, now);
        if (news)
            schedule_tell(&r->schedule, SCHEDULE_EVENT, now);
        poke(r, r->looker);
    }
    unlock(r);
}

static void run_stream(struct refresh *r, const struct cancel *attempt)
{
    struct program prog;
    struct cmd_call call;
    struct fault why = {0};
    int code = 0;
    enum rc rc;

    if (locate_program(r->where, r->drv->kind, &prog, &why) != RC_OK ||
        cmd_call_init(&call, &prog, OP_EVENTS, NULL, &why) != RC_OK)
        return; /* the next look will say so */
    rc = stream_run(r->spawner, &call, attempt, read_line, r, &code, &why);
    log_info("%s: the event stream ended: %s, exit code %d", engine_word(r->drv->kind), rc_name(rc),
             code);
}

/* Under the lock. Time until an attempt is wanted. */
static int64_t attempt_wait(const struct refresh *r, int64_t now)
{
    if (r->stopping || !r->running || r->schedule.asleep || r->schedule.off)
        return WORKER_SLEEP;
    return r->retry_at > now ? r->retry_at - now : 0;
}

static int64_t read_round(void *ctx, struct cancel *stop)
{
    struct refresh *r = ctx;
    struct cancel *attempt = NULL;
    int64_t now = clock_ms(), wait;

    (void)stop; /* refresh_stop() triggers the attempt's own */
    lock(r);
    wait = attempt_wait(r, now);
    if (wait == 0) {
        attempt = cancel_new();
        r->attempt = attempt;
        r->began = now;
        poke(r, r->looker); /* it waits for the stream to settle */
    }
    unlock(r);
    if (attempt == NULL)
        return wait;

    run_stream(r, attempt);

    now = clock_ms();
    lock(r);
    r->attempt = NULL;
    schedule_tell(&r->schedule, SCHEDULE_STREAM_DOWN, now);
    r->retry_at = r->restart ? 0 : now + schedule_reconnect(&r->schedule);
    r->restart = false;
    wait = attempt_wait(r, now);
    poke(r, r->looker);
    unlock(r);
    cancel_free(attempt);
    return wait;
}

struct refresh *refresh_new(struct spawner *s, const struct locate_where *where,
                            enum engine_kind kind, bool on, refresh_sink_fn *sink, void *ctx)
{
    struct refresh *r = mem_new(sizeof *r);
    char name[16];

    r->spawner = s;
    r->where = where;
    r->drv = engine_driver(kind);
    r->sink = sink;
    r->ctx = ctx;
    r->quit = cancel_new();
    folder_init(&r->folder);
    MUST(pthread_mutex_init(&r->lock, NULL) == 0);
    schedule_init(&r->schedule, r->drv->has_events, clock_ms());
    r->schedule.off = !on;

    /* under the lock, for each thread may poke the other one before we have its name */
    lock(r);
    snprintf(name, sizeof name, "look-%s", engine_word(kind));
    r->looker = worker_new(name, look_round, r);
    if (r->drv->has_events) {
        snprintf(name, sizeof name, "events-%s", engine_word(kind));
        r->reader = worker_new(name, read_round, r);
    }
    unlock(r);
    return r;
}

void refresh_tell(struct refresh *r, enum schedule_tell what)
{
    lock(r);
    schedule_tell(&r->schedule, what, clock_ms());
    if (what == SCHEDULE_SERVICE)
        r->renewed = true;
    if (what == SCHEDULE_ON)
        r->moved = true; /* whoever takes the lists has forgotten, too, what was before */
    if (what == SCHEDULE_USER)
        r->asked = true;
    else if (what == SCHEDULE_WAKE || what == SCHEDULE_ON)
        restart_stream(r); /* its connection may be dead without knowing it (mac-behaviour 16) */
    else if ((what == SCHEDULE_SLEEP || what == SCHEDULE_OFF) && r->attempt != NULL)
        cancel_trigger(r->attempt);
    poke(r, r->looker);
    unlock(r);
}

unsigned long refresh_move(struct refresh *r)
{
    unsigned long before;

    lock(r);
    schedule_tell(&r->schedule, SCHEDULE_MOVED, clock_ms());
    r->moved = true;
    before = atomic_load(&r->looks);
    restart_stream(r);
    poke(r, r->looker);
    unlock(r);
    return before;
}

void refresh_poll(struct refresh *r, int64_t ms)
{
    MUST(ms > 0);
    lock(r);
    r->schedule.open_ms = ms;
    poke(r, r->looker);
    unlock(r);
}

unsigned long refresh_looks(const struct refresh *r)
{
    return atomic_load(&r->looks);
}

void refresh_stop(struct refresh *r)
{
    lock(r);
    r->stopping = true;
    if (r->attempt != NULL)
        cancel_trigger(r->attempt);
    unlock(r);
    cancel_trigger(r->quit);
}

void refresh_free(struct refresh *r)
{
    if (r == NULL)
        return;
    refresh_stop(r);
    worker_free(r->reader);
    worker_free(r->looker);
    folder_close(&r->folder);
    snapshot_free(r->good);
    look_memory_release(&r->memory);
    MUST(pthread_mutex_destroy(&r->lock) == 0);
    cancel_free(r->quit);
    mem_free(r);
}
