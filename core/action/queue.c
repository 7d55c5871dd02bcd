/* queue.c - eight places, each with a thread of its own once it was needed, and a line behind.
 *
 * A place that gets free takes the head of the line, else its thread sleeps until it is given a
 * job. A job counts as "the container has one" until its command has ended; the sink is called
 * after that, so whoever hears of the end may submit the next one.
 * Threads: `lock` guards everything below it; it is not held while a command runs, while the sink
 * is called, or while a thread is joined. */
#include "core/action/queue.h"
#include "core/base/worker.h"
#include <pthread.h>
#include <string.h>

struct job {
    enum engine_kind kind;
    enum op op;
    struct valid_id id;
    unsigned grace_s;
    struct job *next; /* in the line */
};

struct place {
    struct queue *queue;
    struct worker *worker; /* NULL until first needed; never changes then */
    struct job *job;       /* NULL: free */
    bool ended;            /* the job's command is over, its sink call is not */
};

struct queue {
    struct spawner *spawner; /* these five never change */
    const struct locate_where *where;
    queue_sink_fn *sink;
    void *ctx;
    struct cancel *quit;

    pthread_mutex_t lock;
    bool stopping;
    struct place places[QUEUE_RUNNING_MAX];
    struct job *first, *last;
    size_t waiting;
};

static void lock(struct queue *q)
{
    MUST(pthread_mutex_lock(&q->lock) == 0);
}

static void unlock(struct queue *q)
{
    MUST(pthread_mutex_unlock(&q->lock) == 0);
}

struct queue *queue_new(struct spawner *s, const struct locate_where *where, queue_sink_fn *sink,
                        void *ctx)
{
    struct queue *q = mem_new(sizeof *q);

    q->spawner = s;
    q->where = where;
    q->sink = sink;
    q->ctx = ctx;
    q->quit = cancel_new();
    MUST(pthread_mutex_init(&q->lock, NULL) == 0);
    for (size_t i = 0; i < QUEUE_RUNNING_MAX; i++)
        q->places[i].queue = q;
    return q;
}

static bool is_for(const struct job *job, enum engine_kind kind, const struct valid_id *id)
{
    return job->kind == kind && strcmp(job->id.text, id->text) == 0;
}

/* Under the lock. */
static bool has_job_for(const struct queue *q, enum engine_kind kind, const struct valid_id *id)
{
    for (size_t i = 0; i < QUEUE_RUNNING_MAX; i++) {
        const struct place *p = &q->places[i];

        if (p->job != NULL && !p->ended && is_for(p->job, kind, id))
            return true;
    }
    for (const struct job *j = q->first; j != NULL; j = j->next) {
        if (is_for(j, kind, id))
            return true;
    }
    return false;
}

/* Under the lock. */
static struct place *free_place(struct queue *q)
{
    for (size_t i = 0; i < QUEUE_RUNNING_MAX; i++) {
        if (q->places[i].job == NULL)
            return &q->places[i];
    }
    return NULL;
}

/* Under the lock. NULL if nobody waits. */
static struct job *take_first(struct queue *q)
{
    struct job *job = q->first;

    if (job == NULL)
        return NULL;
    q->first = job->next;
    if (q->first == NULL)
        q->last = NULL;
    q->waiting--;
    return job;
}

/* Under the lock. */
static void line_up(struct queue *q, struct job *job)
{
    if (q->last != NULL)
        q->last->next = job;
    else
        q->first = job;
    q->last = job;
    q->waiting++;
}

static enum rc do_job(struct queue *q, const struct job *job, struct fault *why)
{
    if (service_is(job->op))
        return service_run(q->spawner, q->where, job->kind, job->op, q->quit, why);
    return action_run(q->spawner, q->where, job->kind, job->op, &job->id, job->grace_s, q->quit,
                      why);
}

/* Work of a place's thread: its job to the end, then the next one. */
static int64_t run_place(void *ctx, struct cancel *stop)
{
    struct place *p = ctx;
    struct queue *q = p->queue;
    struct queue_result res = {0};
    struct job *job;

    (void)stop; /* the queue's own sign ends all places at the same moment */
    lock(q);
    job = p->job;
    unlock(q);
    if (job == NULL)
        return WORKER_SLEEP;

    res.kind = job->kind;
    res.op = job->op;
    res.id = job->id;
    res.rc = do_job(q, job, &res.why);
    lock(q);
    p->ended = true;
    unlock(q);
    q->sink(q->ctx, &res);
    mem_free(job);

    lock(q);
    p->ended = false;
    p->job = q->stopping ? NULL : take_first(q);
    job = p->job;
    unlock(q);
    return job != NULL ? 0 : WORKER_SLEEP;
}

/* Under the lock: the job is in a place or in the line, which own it. */
static enum rc accept_job(struct queue *q, const struct job *wanted, struct fault *why)
{
    struct place *p = free_place(q);
    struct job *job = NULL;

    if (q->stopping)
        return fault_set(why, RC_CANCELLED, "the program is quitting");
    if (has_job_for(q, wanted->kind, &wanted->id))
        return fault_set(why, RC_DENIED, "an action for this %s is under way",
                         service_is(wanted->op) ? "engine" : "container");
    if (p == NULL && q->waiting == QUEUE_WAITING_MAX)
        return fault_set(why, RC_DENIED, "too many actions are waiting");
    job = mem_new(sizeof *job);
    *job = *wanted;
    if (p == NULL) {
        line_up(q, job);
        return RC_OK;
    }
    p->job = job;
    if (p->worker == NULL)
        p->worker = worker_new("action", run_place, p);
    else
        worker_poke(p->worker);
    return RC_OK;
}

enum rc queue_submit(struct queue *q, enum engine_kind kind, enum op op, const struct valid_id *id,
                     unsigned grace_s, struct fault *why)
{
    struct job wanted = {.kind = kind, .op = op, .id = *id, .grace_s = grace_s};
    enum rc rc;

    MUST(action_is(op) || (service_is(op) && id->text[0] == '\0'));
    lock(q);
    rc = accept_job(q, &wanted, why);
    unlock(q);
    return rc;
}

void queue_stop(struct queue *q)
{
    struct job *job;

    lock(q);
    q->stopping = true;
    while ((job = take_first(q)) != NULL)
        mem_free(job);
    unlock(q);
    cancel_trigger(q->quit);
}

void queue_free(struct queue *q)
{
    if (q == NULL)
        return;
    queue_stop(q);
    for (size_t i = 0; i < QUEUE_RUNNING_MAX; i++) {
        worker_free(q->places[i].worker);
        mem_free(q->places[i].job); /* given to a thread that ended before it saw it */
    }
    MUST(pthread_mutex_destroy(&q->lock) == 0);
    cancel_free(q->quit);
    mem_free(q);
}
