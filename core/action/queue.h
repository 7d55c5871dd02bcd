/* queue.h - runs actions on threads of their own, one at a time for each container.
 *
 * At most QUEUE_RUNNING_MAX at once; further ones wait in order. A second action for a container
 * that has one running or waiting is refused. The sink is called on the action's thread.
 * Threads: queue_submit() by any; new/free by the owner. */
#ifndef CORE_ACTION_QUEUE_H
#define CORE_ACTION_QUEUE_H
#include "core/action/action.h"
#include "core/action/service.h"

#define QUEUE_RUNNING_MAX 8
#define QUEUE_WAITING_MAX 1024

struct queue;

struct queue_result {
    enum engine_kind kind;
    enum op op;
    struct valid_id id;
    enum rc rc;
    struct fault why; /* filled unless rc is RC_OK */
};

/* Borrowed during the call. */
typedef void queue_sink_fn(void *ctx, const struct queue_result *result);

/* Starts no thread yet; s, where and ctx outlive the queue. */
struct queue *queue_new(struct spawner *s, const struct locate_where *where, queue_sink_fn *sink,
                        void *ctx);
/* An action, or service_is() with the id "", which is one thing to an engine as a container is.
 * RC_DENIED with a sentence if the container has an action already or the queue is full. */
NODISCARD enum rc queue_submit(struct queue *q, enum engine_kind kind, enum op op,
                               const struct valid_id *id, unsigned grace_s, struct fault *why);
/* Begins the end and returns at once: cancels what runs (its child gets TERM, then KILL), drops
 * what waits, refuses what comes. So several owners' threads can end in the same second. */
void queue_stop(struct queue *q);
/* queue_stop(), then joins. Accepts NULL. No sink call comes after it has returned. */
void queue_free(struct queue *q);

#endif
