/* usage.h - what containers use, over the last minute: made from an engine's statistics.
 *
 * Engines tell totals, and docker a percentage (engines.md 2.4, 3 and 4). Here they become what a
 * person reads: CPU in percent of one processor, bytes a second. A total that is lower than before
 * belongs to a container that was started again: there is no figure for that interval.
 * Pure: times are clock_ms() of the caller. Threads: one at a time. Memory: a book owns its list.
 * Limits: USAGE_MAX containers; further ones are left out. */
#ifndef CORE_ENGINE_USAGE_H
#define CORE_ENGINE_USAGE_H
#include "core/engine/engine.h"

#define USAGE_MAX 1000
#define USAGE_POINTS 60
#define USAGE_WINDOW_MS 60000 /* older points are of no interest */
#define USAGE_FRESH_MS 10000  /* so long a figure is what a container uses now */

struct usage_point {
    int64_t at_ms;
    double cpu; /* percent of one processor */
};

struct usage {
    char id[VALID_ID_MAX + 1];               /* as in the statistics: podman shortens it */
    int64_t at_ms;                           /* of the newest sample */
    double cpu;                              /* NAN: not known, as for the next two */
    double rx_rate, tx_rate;                 /* bytes a second */
    int64_t mem, mem_limit;                  /* bytes; ENGINE_NO_STAT: not known */
    struct engine_stat last;                 /* the newest sample itself */
    struct usage_point points[USAGE_POINTS]; /* a ring */
    size_t first, count;
};

/* Zeroed is empty. */
struct usage_book {
    struct usage *list; /* by id */
    size_t count, size;
    bool failed; /* the engine gave no statistics when it was asked last */
};

/* Takes in what the engine said at `at_ms`, and forgets who was silent for USAGE_WINDOW_MS. */
void usage_add(struct usage_book *b, const struct engine_stat *stats, size_t count, int64_t at_ms);
/* By id, which the statistics may have cut to podman's twelve characters. NULL if it was in no
 * sample. Valid until the next change. */
const struct usage *usage_find(const struct usage_book *b, const char *id);
/* The newest sample is of now. */
bool usage_is_fresh(const struct usage *u, int64_t now_ms);
/* Point number i of u->count, the oldest first. */
const struct usage_point *usage_point(const struct usage *u, size_t i);
/* Accepts a zeroed struct; afterwards zeroed. */
void usage_release(struct usage_book *b);

#endif
