/* inspections.c - see inspections.h: a short line under a lock, and a worker that takes its head.
 *
 * Threads: `lock` guards what stands below it; it is not held while an engine is asked or the sink
 * is called. */
#include "core/kit/inspections.h"
#include "core/base/mem.h"
#include "core/base/worker.h"
#include <pthread.h>
#include <string.h>

struct inspections {
    struct spawner *spawner; /* these five never change */
    const struct locate_where *where;
    inspections_sink_fn *sink;
    void *ctx;
    struct cancel *quit;

    pthread_mutex_t lock;
    struct worker *worker; /* NULL until first needed */
    struct inspection line[INSPECTIONS_WAITING_MAX];
    size_t waiting;
};

void inspected_free(struct inspected *answer)
{
    if (answer == NULL)
        return;
    buf_release(&answer->text);
    mem_free(answer);
}

static void lock(struct inspections *i)
{
    MUST(pthread_mutex_lock(&i->lock) == 0);
}

static void unlock(struct inspections *i)
{
    MUST(pthread_mutex_unlock(&i->lock) == 0);
}

/* False if nobody waits. */
static bool take_first(struct inspections *i, struct inspection *out)
{
    bool any;

    lock(i);
    any = i->waiting > 0;
    if (any) {
        *out = i->line[0];
        i->waiting--;
        memmove(&i->line[0], &i->line[1], i->waiting * sizeof i->line[0]);
    }
    unlock(i);
    return any;
}

/* The worker's thread. */
static int64_t work(void *ctx, struct cancel *stop)
{
    struct inspections *i = ctx;
    struct inspected *answer;
    struct inspection what;

    (void)stop; /* the sign of our own also ends what began before the worker is freed */
    if (!take_first(i, &what))
        return WORKER_SLEEP;
    answer = mem_new(sizeof *answer);
    answer->what = what;
    buf_init(&answer->text, INSPECTION_MAX);
    answer->rc =
        inspection_run(i->spawner, i->where, &answer->what, i->quit, &answer->text, &answer->why);
    if (answer->rc == RC_CANCELLED)
        inspected_free(answer);
    else
        i->sink(i->ctx, answer);
    return 0;
}

struct inspections *inspections_new(struct spawner *s, const struct locate_where *where,
                                    inspections_sink_fn *sink, void *ctx)
{
    struct inspections *i = mem_new(sizeof *i);

    i->spawner = s;
    i->where = where;
    i->sink = sink;
    i->ctx = ctx;
    i->quit = cancel_new();
    MUST(pthread_mutex_init(&i->lock, NULL) == 0);
    return i;
}

/* Under the lock. */
static bool waits(const struct inspections *i, const struct inspection *what)
{
    for (size_t at = 0; at < i->waiting; at++) {
        const struct inspection *w = &i->line[at];

        if (w->kind == what->kind && w->text == what->text && w->values == what->values &&
            strcmp(w->id.text, what->id.text) == 0)
            return true;
    }
    return false;
}

enum rc inspections_add(struct inspections *i, const struct inspection *what, struct fault *why)
{
    bool known, full;

    lock(i);
    known = waits(i, what);
    full = !known && (i->waiting == INSPECTIONS_WAITING_MAX || cancel_is_set(i->quit));
    if (!known && !full)
        i->line[i->waiting++] = *what;
    if (!full && i->worker == NULL)
        i->worker = worker_new("inspect", work, i);
    else if (!full)
        worker_poke(i->worker);
    unlock(i);
    return full ? fault_set(why, RC_DENIED, "too many containers are being inspected") : RC_OK;
}

void inspections_stop(struct inspections *i)
{
    lock(i);
    i->waiting = 0;
    unlock(i);
    cancel_trigger(i->quit);
}

void inspections_free(struct inspections *i)
{
    if (i == NULL)
        return;
    inspections_stop(i);
    worker_free(i->worker);
    MUST(pthread_mutex_destroy(&i->lock) == 0);
    cancel_free(i->quit);
    mem_free(i);
}
