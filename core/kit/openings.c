/* openings.c - see openings.h: a short line under a lock, and a worker that takes its head.
 *
 * Threads: `lock` guards what stands below it; it is not held while something is opened or the sink
 * is called. */
#include "core/kit/openings.h"
#include "core/base/clock.h"
#include "core/base/mem.h"
#include "core/base/worker.h"
#include <pthread.h>
#include <string.h>

struct openings {
    struct spawner *spawner; /* these five never change */
    const struct locate_where *where;
    openings_sink_fn *sink;
    void *ctx;
    struct cancel *quit;
    struct worker *worker;
    bool swept; /* the worker's */

    pthread_mutex_t lock;
    struct opening line[OPENINGS_WAITING_MAX];
    size_t waiting;
};

static void lock(struct openings *o)
{
    MUST(pthread_mutex_lock(&o->lock) == 0);
}

static void unlock(struct openings *o)
{
    MUST(pthread_mutex_unlock(&o->lock) == 0);
}

static void sweep_once(struct openings *o)
{
    char folder[FILE_PATH_MAX];

    if (!o->swept && opener_folder(folder, NULL) == RC_OK)
        terminal_sweep(folder, clock_wall_s());
    o->swept = true;
}

/* False if nobody waits. */
static bool take_first(struct openings *o, struct opening *out)
{
    bool any;

    lock(o);
    any = o->waiting > 0;
    if (any) {
        *out = o->line[0];
        o->waiting--;
        memmove(&o->line[0], &o->line[1], o->waiting * sizeof o->line[0]);
    }
    unlock(o);
    return any;
}

static enum rc open_one(struct openings *o, const struct opening *what, struct fault *why)
{
    if (what->op == OP_SHELL)
        return opener_shell(o->spawner, o->where, what->kind, &what->id, what->terminal, o->quit,
                            why);
    return opener_url(o->spawner, o->where, &what->url, o->quit, why);
}

/* The worker's thread. */
static int64_t work(void *ctx, struct cancel *stop)
{
    struct openings *o = ctx;
    struct opening what;
    struct fault why = {0};
    enum rc rc;

    (void)stop; /* the sign of our own also ends what began before the worker is freed */
    sweep_once(o);
    if (!take_first(o, &what))
        return WORKER_SLEEP;
    rc = open_one(o, &what, &why);
    if (rc != RC_OK && rc != RC_CANCELLED)
        o->sink(o->ctx, &what, &why);
    return 0;
}

struct openings *openings_new(struct spawner *s, const struct locate_where *where,
                              openings_sink_fn *sink, void *ctx)
{
    struct openings *o = mem_new(sizeof *o);

    o->spawner = s;
    o->where = where;
    o->sink = sink;
    o->ctx = ctx;
    o->quit = cancel_new();
    MUST(pthread_mutex_init(&o->lock, NULL) == 0);
    o->worker = worker_new("opening", work, o);
    return o;
}

enum rc openings_add(struct openings *o, const struct opening *what, struct fault *why)
{
    bool full;

    MUST(what->op == OP_SHELL || what->op == OP_OPEN);
    lock(o);
    full = o->waiting == OPENINGS_WAITING_MAX || cancel_is_set(o->quit);
    if (!full)
        o->line[o->waiting++] = *what;
    unlock(o);
    if (full)
        return fault_set(why, RC_DENIED, "too many windows are being opened");
    worker_poke(o->worker);
    return RC_OK;
}

void openings_stop(struct openings *o)
{
    lock(o);
    o->waiting = 0;
    unlock(o);
    cancel_trigger(o->quit);
}

void openings_free(struct openings *o)
{
    if (o == NULL)
        return;
    openings_stop(o);
    worker_free(o->worker);
    MUST(pthread_mutex_destroy(&o->lock) == 0);
    cancel_free(o->quit);
    mem_free(o);
}
