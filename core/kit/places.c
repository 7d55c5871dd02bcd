/* places.c - see places.h. */
#include "core/kit/places.h"
#include "core/base/log.h"
#include "core/base/worker.h"

struct places {
    struct spawner *spawner; /* these five never change */
    const struct locate_where *where;
    places_sink_fn *sink;
    void *ctx;
    struct cancel *quit;
    struct worker *worker; /* NULL until first asked */
};

static void ask(struct places *p, enum engine_kind kind)
{
    struct context_list list;
    struct fault why = {0};
    enum rc rc = context_list_read(p->spawner, p->where, kind, p->quit, &list, &why);

    if (rc == RC_OK)
        p->sink(p->ctx, kind, &list);
    else if (rc != RC_MISSING && rc != RC_CANCELLED)
        log_info("%s: its contexts are not known" LOG_PRIVATE ": %s", engine_word(kind), why.text);
}

/* The worker's thread. */
static int64_t work(void *ctx, struct cancel *stop)
{
    struct places *p = ctx;

    (void)stop; /* the sign of our own also ends what began before the worker is freed */
    for (int kind = 0; kind < ENGINE_COUNT; kind++)
        if (context_has((enum engine_kind)kind) && !cancel_is_set(p->quit))
            ask(p, (enum engine_kind)kind);
    return WORKER_SLEEP;
}

struct places *places_new(struct spawner *s, const struct locate_where *where, places_sink_fn *sink,
                          void *ctx)
{
    struct places *p = mem_new(sizeof *p);

    *p = (struct places){s, where, sink, ctx, cancel_new(), NULL};
    return p;
}

void places_ask(struct places *p)
{
    if (p->worker == NULL)
        p->worker = worker_new("places", work, p);
    else
        worker_poke(p->worker);
}

void places_stop(struct places *p)
{
    cancel_trigger(p->quit);
}

void places_free(struct places *p)
{
    if (p == NULL)
        return;
    places_stop(p);
    worker_free(p->worker);
    cancel_free(p->quit);
    mem_free(p);
}
