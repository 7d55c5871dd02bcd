/* log_status.h - what stands below a log: one sentence, from what the engine's list says of the
 * container, what the reader says, and what the user has asked for. Pure. */
#ifndef CORE_LOGS_LOG_STATUS_H
#define CORE_LOGS_LOG_STATUS_H
#include "core/engine/snapshot.h"
#include "core/logs/log_reader.h"

/* The container as the newest list has it. */
struct log_subject {
    bool known; /* there is a good list, or the engine does not run; else no more is known */
    bool gone;  /* a good list is without it */
    bool runs;  /* it may write something */
};

/* `snap` may be NULL: not looked yet. */
struct log_subject log_subject(const struct snapshot *snap, const struct valid_id *id);

struct log_view {
    struct log_subject subject;
    const struct log_news *news;
    bool paused, follows;
    uint64_t below; /* lines that came since the last one that is shown */
};

/* Memory: the arena's, or static. */
const char *log_status(struct arena *a, const struct log_view *v);

#endif
