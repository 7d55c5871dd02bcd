/* updater.c - see updater.h: a thread around steps.h, and the way of its pages home.
 *
 * As in core/kit a posted page holds a reference to the door, which knows the updater until it is
 * freed. What the home thread wants waits in a set of wishes: two of a kind are one.
 * Threads: `lock` guards what stands below it and is not held while a step runs; `steps` is the
 * worker's; the rest never changes, or is the home thread's. */
#include "core/update/updater.h"
#include "core/base/mem.h"
#include "core/base/worker.h"
#include "core/update/hooks.h"
#include "core/update/steps.h"
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

enum wish { WISH_CHECK = 1, WISH_INSTALL = 2, WISH_HAND_OVER = 4, WISH_SKIP = 8, WISH_SEEN = 16 };
#define BEGINS (WISH_CHECK | WISH_INSTALL)

struct door {
    atomic_uint refs;        /* the updater's and one of each parcel */
    struct updater *updater; /* NULL once shut; home thread */
};

struct parcel {
    struct door *door;
    struct update_page page;
    char *notes; /* owned */
};

struct updater {
    struct updater_config config;
    struct door *door;
    struct worker *worker; /* NULL until first needed */

    /* home thread */
    struct update_page page;
    char *notes;
    bool restart; /* hand over as soon as it is ready */

    pthread_mutex_t lock;
    unsigned wishes; /* of enum wish */
    bool by_itself;
    int64_t earliest_s;     /* of a check by itself */
    struct cancel *running; /* the turn's; NULL: there is none */
    bool ended;             /* every turn from now on is stopped */

    struct steps steps; /* zeroed before the worker's first turn */
};

static void lock(struct updater *u)
{
    MUST(pthread_mutex_lock(&u->lock) == 0);
}

static void unlock(struct updater *u)
{
    MUST(pthread_mutex_unlock(&u->lock) == 0);
}

static void leave_door(struct door *door)
{
    if (atomic_fetch_sub(&door->refs, 1) == 1)
        mem_free(door);
}

/* ---- the way home ---- */

static void wish(struct updater *u, enum wish which);

/* The notes are the parcel's until here. */
static void take(struct updater *u, struct parcel *p)
{
    mem_free(u->notes);
    u->notes = p->notes;
    p->notes = NULL;
    u->page = p->page;
    u->page.notes = u->notes;
    if (u->page.phase == UPDATE_READY && u->restart)
        wish(u, WISH_HAND_OVER);
    u->config.changed(u->config.ctx);
}

/* Home thread. */
static void deliver(void *arg)
{
    struct parcel *p = arg;

    if (p->door->updater != NULL)
        take(p->door->updater, p);
    mem_free(p->notes);
    leave_door(p->door);
    mem_free(p);
}

/* The worker's thread. */
static void on_page(void *ctx, const struct update_page *page)
{
    struct updater *u = ctx;
    struct parcel *p = mem_new(sizeof *p);

    *p = (struct parcel){u->door, *page, mem_str(page->notes)};
    atomic_fetch_add(&u->door->refs, 1);
    u->config.post(u->config.post_ctx, deliver, p);
}

/* ---- the worker ---- */

/* What it is to do now. */
struct turn {
    unsigned wishes;
    bool by_itself;
    int64_t earliest_s;
    struct cancel *stop; /* shown to updater_cancel() until the end of the turn */
};

static void turn_begin(struct updater *u, struct turn *t)
{
    t->stop = cancel_new();
    lock(u);
    t->wishes = u->wishes;
    t->by_itself = u->by_itself;
    t->earliest_s = u->earliest_s;
    u->wishes = 0;
    u->running = t->stop;
    if (u->ended)
        cancel_trigger(t->stop);
    unlock(u);
}

static void turn_end(struct updater *u, struct turn *t)
{
    lock(u);
    u->running = NULL;
    unlock(u);
    cancel_free(t->stop);
}

static void do_wishes(struct steps *s, const struct turn *t)
{
    if (t->wishes & WISH_SEEN)
        steps_seen(s);
    if (t->wishes & WISH_SKIP)
        steps_skip(s);
    if (t->wishes & WISH_CHECK)
        steps_check(s, true, t->stop);
    if (t->wishes & WISH_INSTALL)
        steps_install(s, t->stop);
    if (t->wishes & WISH_HAND_OVER)
        steps_hand_over(s);
}

/* Milliseconds until the next check by itself, also after a turn that was stopped. */
static int64_t check_if_due(struct steps *s, const struct turn *t)
{
    if (!cancel_is_set(t->stop) && steps_wait_ms(s, t->earliest_s) == 0)
        steps_check(s, false, t->stop);
    return steps_wait_ms(s, t->earliest_s);
}

static int64_t work(void *ctx, struct cancel *stop)
{
    struct updater *u = ctx;
    struct turn t = {0};
    int64_t wait_ms = WORKER_SLEEP;

    (void)stop; /* the turn's own comes first: updater_free() */
    if (u->steps.config == NULL)
        steps_init(&u->steps, &u->config, on_page, u);
    turn_begin(u, &t);
    do_wishes(&u->steps, &t);
    if (t.by_itself && !u->steps.ready)
        wait_ms = check_if_due(&u->steps, &t);
    turn_end(u, &t);
    return wait_ms;
}

/* ---- the home thread ---- */

static void wake(struct updater *u)
{
    if (u->worker == NULL)
        u->worker = worker_new("update", work, u);
    else
        worker_poke(u->worker);
}

static void wish(struct updater *u, enum wish which)
{
    lock(u);
    u->wishes |= which;
    unlock(u);
    wake(u);
}

static bool is_busy(const struct updater *u)
{
    enum update_phase now = u->page.phase;

    return now == UPDATE_CHECKING || now == UPDATE_DOWNLOADING || now == UPDATE_STAGING ||
           now == UPDATE_HANDED_OVER;
}

/* Shown before the worker says so, that a click is seen at once. */
static void show(struct updater *u, enum update_phase phase)
{
    u->page.phase = phase;
    u->page.sentence[0] = '\0';
    u->config.changed(u->config.ctx);
}

struct updater *updater_new(const struct updater_config *config)
{
    struct updater *u = mem_new(sizeof *u);

    u->config = *config;
    u->door = mem_new(sizeof *u->door);
    u->door->updater = u;
    atomic_init(&u->door->refs, 1);
    MUST(pthread_mutex_init(&u->lock, NULL) == 0);
    u->page.notes = "";
    if (config->off != NULL) {
        u->page.phase = UPDATE_OFF;
        snprintf(u->page.sentence, sizeof u->page.sentence, "%s", config->off);
    } else if (config->ready != NULL) {
        u->page.phase = UPDATE_READY;
        snprintf(u->page.version, sizeof u->page.version, "%s", config->ready);
    }
    if (config->off == NULL && config->blocked != NULL)
        wake(u); /* it is remembered at once */
    return u;
}

const struct update_page *updater_page(const struct updater *u)
{
    return &u->page;
}

void updater_follow(struct updater *u, bool by_itself)
{
    bool was = u->by_itself;

    if (u->page.phase == UPDATE_OFF || was == by_itself)
        return;
    lock(u);
    u->by_itself = by_itself;
    if (u->earliest_s == 0)
        u->earliest_s = u->config.acts->now_s(u->config.acts->ctx) +
                        hook_number(HOOK_FIRST_CHECK_MS, DUE_START_S * 1000) / 1000;
    unlock(u);
    wake(u);
}

void updater_woke(struct updater *u)
{
    int64_t now_s = u->config.acts->now_s(u->config.acts->ctx);

    if (u->worker == NULL)
        return;
    lock(u);
    u->earliest_s = now_s + DUE_WAKE_S;
    unlock(u);
    wake(u);
}

void updater_check(struct updater *u)
{
    if (u->page.phase == UPDATE_OFF || u->page.phase == UPDATE_READY || is_busy(u))
        return;
    show(u, UPDATE_CHECKING);
    wish(u, WISH_CHECK);
}

void updater_install(struct updater *u)
{
    if (u->page.phase == UPDATE_OFF || u->page.version[0] == '\0' || is_busy(u))
        return;
    u->restart = true;
    if (u->page.phase != UPDATE_READY)
        show(u, UPDATE_DOWNLOADING);
    wish(u, u->page.phase == UPDATE_READY ? WISH_HAND_OVER : WISH_INSTALL);
}

void updater_later(struct updater *u)
{
    u->restart = false;
}

/* What has not begun does not; the page, which shows it already, is put right instead. A check by
 * itself that is due is not made at once in the place of what was stopped. */
void updater_cancel(struct updater *u)
{
    int64_t now_s = u->config.acts->now_s(u->config.acts->ctx);

    u->restart = false;
    if (u->worker == NULL)
        return;
    lock(u);
    if (u->running != NULL)
        cancel_trigger(u->running);
    if ((u->wishes & BEGINS) != 0)
        u->wishes = (u->wishes & ~(unsigned)BEGINS) | WISH_SEEN;
    if (u->earliest_s < now_s + DUE_STOPPED_S)
        u->earliest_s = now_s + DUE_STOPPED_S;
    unlock(u);
    wake(u);
}

void updater_skip(struct updater *u)
{
    if (u->page.phase == UPDATE_OFFERED || u->page.phase == UPDATE_FAILED)
        wish(u, WISH_SKIP);
}

void updater_seen(struct updater *u)
{
    if (u->page.phase == UPDATE_FAILED || u->page.phase == UPDATE_NOTHING)
        wish(u, WISH_SEEN);
}

void updater_free(struct updater *u)
{
    if (u == NULL)
        return;
    lock(u);
    u->ended = true;
    if (u->running != NULL)
        cancel_trigger(u->running);
    unlock(u);
    worker_free(u->worker);
    u->door->updater = NULL;
    leave_door(u->door);
    steps_release(&u->steps);
    mem_free(u->notes);
    MUST(pthread_mutex_destroy(&u->lock) == 0);
    mem_free(u);
}
