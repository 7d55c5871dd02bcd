/* sampler.h - asks an engine again and again what its containers use, as long as somebody looks.
 *
 * Asking costs the engine something, so nothing is asked while nobody wants it: a want that ends
 * ends the child in flight too. One thread for an engine, made with it. Each answer is handed over
 * whole to the sink, on that thread.
 * Threads: sampler_want() from any, never blocks; new/free by the owner. */
#ifndef CORE_REFRESH_SAMPLER_H
#define CORE_REFRESH_SAMPLER_H
#include "core/refresh/sample.h"

#define SAMPLER_REST_MS 1500   /* between an answer and the next question */
#define SAMPLER_FAILED_MS 5000 /* after a failure */

struct sampler;

/* NULL: the engine gave no answer. Takes what is in *answer. */
typedef void sampler_sink_fn(void *ctx, enum engine_kind kind, struct sample *answer);

struct sampler_want {
    bool all; /* every container that runs */
    bool one; /* this one; means nothing beside `all` */
    struct valid_id id;
};

/* `s`, `where` (and what it borrows) and ctx outlive the sampler. Asks nothing yet. */
struct sampler *sampler_new(struct spawner *s, const struct locate_where *where,
                            enum engine_kind kind, sampler_sink_fn *sink, void *ctx);
/* Zeroed: nothing. The same want once more changes nothing. */
void sampler_want(struct sampler *m, const struct sampler_want *want);
/* Begins the end and returns at once. Accepts NULL. */
void sampler_stop(struct sampler *m);
/* Ends the thread and its child within 2 s. Accepts NULL. */
void sampler_free(struct sampler *m);

#endif
