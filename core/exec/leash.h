/* leash.h - our side of the leash: which process groups the `--leash` process is told of.
 *
 * For spawner.c alone; what the leash is for is said in spawner.h. The table of live groups is
 * kept here as well, so that a leash that was killed, or stopped reading, can be replaced and told
 * everything again. Losing it is never a reason to refuse a child: then deadlines still end ours,
 * only our own sudden death would not, and the log says so once.
 * Threads: any, after leash_init(). */
#ifndef CORE_EXEC_LEASH_H
#define CORE_EXEC_LEASH_H
#include "core/base/base.h"
#include <pthread.h>
#include <sys/types.h>

struct leash {
    const char *self;     /* borrowed; NULL: no leash, and every call does nothing */
    pthread_mutex_t lock; /* of all below; leaf: nothing else is locked while it is held */
    pid_t pid;            /* 0: not running */
    int fd;               /* our end of its stdin, or -1 */
    unsigned starts;      /* so far */
    bool given_up;        /* it ended too often */
    pid_t *groups;        /* owned; live ones, in no order */
    size_t count, size;
};

/* Starts nothing yet. `self` is borrowed until leash_release(). */
void leash_init(struct leash *l, const char *self);
/* No group may be left. The leash sees its pipe close, and is waited for; one that does not end
 * within a second is killed. */
void leash_release(struct leash *l);
/* Starts the process if it does not run yet: before the first child, so that the time in which a
 * child is on no leash stays short. */
void leash_ready(struct leash *l);
void leash_add(struct leash *l, pid_t group);
/* Before the group's leader is reaped: afterwards its number may belong to somebody else. */
void leash_drop(struct leash *l, pid_t group);

/* In spawner.c, the only file that starts processes: runs `self --leash` in a group of its own
 * with `in` as stdin, our stderr, and no environment. 0 and *pid, or an errno. */
int spawner_start_leash(const char *self, int in, pid_t *pid);

#endif
