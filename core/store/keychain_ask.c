/* keychain_ask.c - see keychain_ask.h: a line of questions and a worker that takes them from it.
 *
 * Threads: `lock` guards everything below it; it is not held while the system is asked or the sink
 * is called. */
#include "core/store/keychain_ask.h"
#include "core/base/mem.h"
#include "core/base/worker.h"
#include <pthread.h>

struct waiting {
    struct keychain_question question;
    struct waiting *next;
};

struct keychain_desk {
    keychain_sink_fn *sink;
    void *ctx;

    pthread_mutex_t lock;
    struct worker *worker; /* NULL until the first question */
    struct waiting *first, *last;
    size_t count;
};

static void lock(struct keychain_desk *d)
{
    MUST(pthread_mutex_lock(&d->lock) == 0);
}

static void unlock(struct keychain_desk *d)
{
    MUST(pthread_mutex_unlock(&d->lock) == 0);
}

struct keychain_desk *keychain_desk_new(keychain_sink_fn *sink, void *ctx)
{
    struct keychain_desk *d = mem_new(sizeof *d);

    d->sink = sink;
    d->ctx = ctx;
    MUST(pthread_mutex_init(&d->lock, NULL) == 0);
    return d;
}

/* NULL if nobody waits. */
static struct waiting *take_first(struct keychain_desk *d)
{
    struct waiting *w;

    lock(d);
    w = d->first;
    if (w != NULL) {
        d->first = w->next;
        if (d->first == NULL)
            d->last = NULL;
        d->count--;
    }
    unlock(d);
    return w;
}

static void waiting_free(struct waiting *w)
{
    secret_free(w->question.secret);
    mem_free(w);
}

static enum rc ask_system(const struct keychain_question *q, const struct cancel *stop,
                          struct keychain_answer *answer)
{
    switch (q->what) {
    case KEYCHAIN_GET:
        return keychain_get(&q->account, stop, &answer->secret, &answer->why);
    case KEYCHAIN_PUT:
        return keychain_put(&q->account, q->secret, stop, &answer->why);
    case KEYCHAIN_DELETE:
        return keychain_delete(&q->account, stop, &answer->why);
    case KEYCHAIN_STATUS:
        break;
    }
    return keychain_status(stop, &answer->locked, &answer->why);
}

static int64_t work(void *ctx, struct cancel *stop)
{
    struct keychain_desk *d = ctx;
    struct waiting *w = take_first(d);
    struct keychain_answer answer = {.rc = RC_OK};

    if (w == NULL)
        return WORKER_SLEEP;
    answer.what = w->question.what;
    answer.account = w->question.account;
    answer.tag = w->question.tag;
    answer.rc = ask_system(&w->question, stop, &answer);
    waiting_free(w);
    d->sink(d->ctx, &answer);
    return 0; /* for the next one */
}

enum rc keychain_ask(struct keychain_desk *d, const struct keychain_question *question,
                     struct fault *why)
{
    struct waiting *w = mem_new(sizeof *w);
    bool full;

    MUST((question->secret != NULL) == (question->what == KEYCHAIN_PUT));
    w->question = *question;
    lock(d);
    full = d->count == KEYCHAIN_ASK_MAX;
    if (!full) {
        if (d->last != NULL)
            d->last->next = w;
        else
            d->first = w;
        d->last = w;
        d->count++;
        if (d->worker == NULL)
            d->worker = worker_new("keychain", work, d);
        else
            worker_poke(d->worker);
    }
    unlock(d);
    if (!full)
        return RC_OK;
    waiting_free(w);
    return fault_set(why, RC_DENIED, "Too many questions wait for the keychain.");
}

void keychain_desk_free(struct keychain_desk *d)
{
    struct waiting *w;

    if (d == NULL)
        return;
    worker_free(d->worker);
    while ((w = take_first(d)) != NULL)
        waiting_free(w);
    MUST(pthread_mutex_destroy(&d->lock) == 0);
    mem_free(d);
}
