/* sampler.c - see sampler.h. Each question has a cancel token of its own, so that one can be ended
 * without ending the sampler.
 *
 * Threads: `lock` guards what stands below it, and is held for a few instructions: never while the
 * sink is called or a child runs. The worker is poked under it; a poke never blocks. */
#include "core/refresh/sampler.h"
#include "core/base/log.h"
#include "core/base/worker.h"
#include <pthread.h>
#include <stdio.h>
#include <string.h>

struct sampler {
    struct spawner *spawner; /* down to ctx: never change */
    const struct locate_where *where;
    enum engine_kind kind;
    sampler_sink_fn *sink;
    void *ctx;

    pthread_mutex_t lock;
    struct sampler_want want;
    bool stopping;
    struct cancel *question; /* NULL: none is in flight */
    struct worker *worker;
};

static void lock(struct sampler *m)
{
    MUST(pthread_mutex_lock(&m->lock) == 0);
}

static void unlock(struct sampler *m)
{
    MUST(pthread_mutex_unlock(&m->lock) == 0);
}

static bool same_want(const struct sampler_want *a, const struct sampler_want *b)
{
    if (a->all || b->all)
        return a->all == b->all;
    return a->one == b->one && (!a->one || strcmp(a->id.text, b->id.text) == 0);
}

/* A token for the next question, or NULL if nothing is wanted. */
static struct cancel *begin(struct sampler *m, struct sampler_want *want)
{
    struct cancel *question = NULL;

    lock(m);
    *want = m->want;
    if (!m->stopping && (want->all || want->one))
        question = m->question = cancel_new();
    unlock(m);
    return question;
}

static void end(struct sampler *m)
{
    struct cancel *question;

    lock(m);
    question = m->question;
    m->question = NULL;
    unlock(m);
    cancel_free(question);
}

static int64_t ask_round(void *ctx, struct cancel *stop)
{
    struct sampler *m = ctx;
    struct sampler_want want;
    struct sample answer;
    struct fault why = {0};
    struct sample_of of = {.kind = m->kind, .ids = &want.id};
    struct cancel *question = begin(m, &want);
    enum rc rc;

    (void)stop; /* sampler_stop() triggers the question's own */
    if (question == NULL)
        return WORKER_SLEEP;
    of.count = want.all ? 0 : 1;
    rc = sample_take(m->spawner, m->where, &of, question, &answer, &why);
    end(m);
    if (rc == RC_CANCELLED)
        return 0; /* something else is wanted by now */
    if (rc != RC_OK)
        log_info("%s: no statistics: %s", engine_word(m->kind), why.text);
    m->sink(m->ctx, m->kind, rc == RC_OK ? &answer : NULL);
    return rc == RC_OK ? SAMPLER_REST_MS : SAMPLER_FAILED_MS;
}

struct sampler *sampler_new(struct spawner *s, const struct locate_where *where,
                            enum engine_kind kind, sampler_sink_fn *sink, void *ctx)
{
    struct sampler *m = mem_new(sizeof *m);
    char name[16];

    m->spawner = s;
    m->where = where;
    m->kind = kind;
    m->sink = sink;
    m->ctx = ctx;
    MUST(pthread_mutex_init(&m->lock, NULL) == 0);
    snprintf(name, sizeof name, "use-%s", engine_word(kind));
    m->worker = worker_new(name, ask_round, m);
    return m;
}

void sampler_want(struct sampler *m, const struct sampler_want *want)
{
    lock(m);
    if (!same_want(&m->want, want)) {
        m->want = *want;
        if (m->question != NULL)
            cancel_trigger(m->question);
        if (!m->stopping)
            worker_poke(m->worker);
    }
    unlock(m);
}

void sampler_stop(struct sampler *m)
{
    if (m == NULL)
        return;
    lock(m);
    m->stopping = true;
    if (m->question != NULL)
        cancel_trigger(m->question);
    unlock(m);
}

void sampler_free(struct sampler *m)
{
    if (m == NULL)
        return;
    sampler_stop(m);
    worker_free(m->worker);
    MUST(pthread_mutex_destroy(&m->lock) == 0);
    mem_free(m);
}
