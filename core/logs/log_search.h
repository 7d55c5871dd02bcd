/* log_search.h - one search in a ring, from hit to hit. Pure. */
#ifndef CORE_LOGS_LOG_SEARCH_H
#define CORE_LOGS_LOG_SEARCH_H
#include "core/logs/ring.h"

/* Zeroed: nothing was looked for yet. */
struct log_search {
    struct needle needle;
    struct ring_place found; /* the last hit, if there was one */
};

/* To the next hit, or the one before; round the ends of the ring. Another text than last time is
 * looked for upwards from line `below`, for the newest is what is wanted of a log. False if there
 * is none. */
bool log_search_step(struct log_search *s, const struct ring *r, const char *text, bool back,
                     uint64_t below);

#endif
