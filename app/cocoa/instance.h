/* instance.h - one instance for each user (mac-behaviour 8): the lock in the data folder, who has
 * it if we have not, and the knocks of those that started in vain. Main thread. */
#ifndef APP_COCOA_INSTANCE_H
#define APP_COCOA_INSTANCE_H
#include "core/desktop/copies.h"
#include "core/desktop/knock.h"

struct instance {
    char folder[FILE_PATH_MAX]; /* for our data, "" if it cannot be used */
    int lock_fd;                /* -1: none */
    struct copy other;          /* that has the lock; pid 0: none that we know */
    struct knock *knock;        /* NULL: nobody listens */
};

/* RC_DENIED: another one of this user runs. A data folder that cannot be used does not keep the
 * menu away. Fills *i in any case, for instance_release(). */
NODISCARD enum rc instance_init(struct instance *i, struct fault *why);
/* Once more, after RC_DENIED. */
NODISCARD enum rc instance_take(struct instance *i, struct fault *why);
/* Does the lock belong to another copy of the program, which the user may not know of? Then it is
 * i->other. `self` is our own executable. Inside a pool. */
bool instance_find_other(struct instance *i, const char *self);
/* Without the lock: asks the one that has it to show itself, and says so on standard error. */
void instance_give_way(const struct instance *i);
/* With the lock: `heard` is called on a thread of its own when another one gave way. */
void instance_listen(struct instance *i, void (*heard)(void *ctx), void *ctx);
/* No knock is heard afterwards. */
void instance_deafen(struct instance *i);
/* Gives the lock back. */
void instance_release(struct instance *i);

#endif
