/* cores.h - no core file of ours, because passwords pass through our memory; our children's are as
 * the user set them.
 *
 * posix_spawn() knows nothing of limits, a child has those of its parent at the moment it starts.
 * So the soft limit is lowered for good, and given back for the moment of each start. Secrets are
 * out of reach of even that moment where the system can leave pages out (core/base/secret.h).
 * For spawner.c alone. Threads: any, after cores_init(). */
#ifndef CORE_EXEC_CORES_H
#define CORE_EXEC_CORES_H
#include "core/base/base.h"
#include <pthread.h>
#include <sys/resource.h>

struct cores {
    pthread_mutex_t lock; /* of all below; leaf */
    struct rlimit given;  /* what we were started with */
    bool hidden;
    unsigned starting; /* children at this moment */
};

/* Changes nothing yet. */
void cores_init(struct cores *c);
/* Once: from now on a crash of ours leaves no core file (mac-behaviour 24). The hard limit stays,
 * so a child may raise its own. */
void cores_hide(struct cores *c);
/* Around the start of a child; starts of several threads may overlap. The leash gets nothing lent:
 * it is ourselves. */
void cores_lend(struct cores *c);
void cores_take_back(struct cores *c);
/* The limit stays as it is. */
void cores_release(struct cores *c);

#endif
