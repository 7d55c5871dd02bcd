/* stats.h - a list of statistics, and the numbers that docker and podman write as texts; private to
 * core/engine. Pure. */
#ifndef CORE_ENGINE_STATS_H
#define CORE_ENGINE_STATS_H
#include "core/engine/engine.h"

/* A growing array; zeroed is empty. mem_free(list) ends it. */
struct stat_list {
    struct engine_stat *list;
    size_t count, size;
};
/* A row with everything not reported, or NULL if the id is not usable or the list is full. */
struct engine_stat *stat_add(struct stat_list *stats, const char *id);
/* "12.34%"; NAN if it is none. */
double stat_percent(const char *text);
/* "1h2m3.5s" or "86.465231ms", as Go prints a length of time, in microseconds; what is none stays
 * not reported. */
void stat_span(const char *text, int64_t *usec);
/* "49MiB / 7.753GiB", units of 1000 or 1024 as written; what is no size stays not reported. */
void stat_pair(const char *text, int64_t *first, int64_t *second);

#endif
