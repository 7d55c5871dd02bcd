/* cancel.h - a stop sign that poll() can see.
 *
 * Made by an owner, shown to a worker, triggered once, never reset. The worker polls
 * cancel_fd() beside its other descriptors, or asks cancel_is_set().
 * Threads: all but new/free may be called from any thread. */
#ifndef CORE_BASE_CANCEL_H
#define CORE_BASE_CANCEL_H
#include "core/base/base.h"

struct cancel;

/* Not triggered. Ends the program if there are no descriptors left. */
struct cancel *cancel_new(void);
/* Nobody may use it any more. Accepts NULL. */
void cancel_free(struct cancel *c);
void cancel_trigger(struct cancel *c);
/* False for NULL. */
bool cancel_is_set(const struct cancel *c);
/* Readable once triggered, for ever; -1 for NULL (poll() skips a negative descriptor). */
int cancel_fd(const struct cancel *c);
/* Sleeps up to ms; true if it was triggered. With NULL just sleeps. */
bool cancel_wait_ms(const struct cancel *c, int64_t ms);

#endif
