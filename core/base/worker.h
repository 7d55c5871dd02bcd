/* worker.h - a named thread that sleeps, is poked or comes due, works, and can be stopped.
 *
 * work() is called on the thread for every poke (pokes during the work make one more round)
 * and when the time it returned has passed; it returns the milliseconds until it wants to be
 * called again, or WORKER_SLEEP. Its `stop` is triggered by worker_free(): long waits inside
 * work() must watch it. Memory: `ctx` is the owner's and must outlive the worker. */
#ifndef CORE_BASE_WORKER_H
#define CORE_BASE_WORKER_H
#include "core/base/cancel.h"

#define WORKER_SLEEP (-1)

struct worker;

typedef int64_t worker_fn(void *ctx, struct cancel *stop);

/* Starts the thread; the first call of work() comes at once. */
struct worker *worker_new(const char *name, worker_fn *work, void *ctx);
/* Any thread, never blocks. */
void worker_poke(struct worker *w);
/* From inside work() only: also be called when fd polls readable; -1 ends that. */
void worker_watch(struct worker *w, int fd);
/* Owner only, accepts NULL. Triggers stop, joins; on return the thread has ended. */
void worker_free(struct worker *w);

/* Calls run(ctx) once on a thread of that name, which nobody stops and nobody joins: for a call
 * into the system that nothing can end (core/store/keychain.h). It must own all that it touches,
 * for everybody else may be gone when it comes back. */
typedef void worker_left_fn(void *ctx);
void worker_leave(const char *name, worker_left_fn *run, void *ctx);

#endif
