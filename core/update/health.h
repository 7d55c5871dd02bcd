/* health.h - how a new version tells the watchdog that it runs (updates.md 10.4).
 *
 * <data>/update/health holds one line: the token of this start, the process, and whether it has
 * only started or is healthy. A line with another token is of another start and counts for nothing.
 * Threads: any. Memory: plain values. */
#ifndef CORE_UPDATE_HEALTH_H
#define CORE_UPDATE_HEALTH_H
#include "core/update/launch.h"

enum health_state { HEALTH_UNKNOWN, HEALTH_STARTED, HEALTH_GOOD };

struct health {
    enum health_state state;
    pid_t pid; /* above 1, unless the state is not known */
};

/* What was told under this token. */
void health_read(const char *data, const char *token, struct health *out);
/* Tells it for this process; `token` is one. */
NODISCARD enum rc health_write(const char *data, const char *token, enum health_state state,
                               struct fault *why);
/* Nothing is told any more. */
void health_remove(const char *data);

#endif
