/* refresh.h - keeps one engine's snapshot fresh from a background thread (design.md 5).
 *
 * One thread looks; engines with an event stream have a second one that reads it. Only a changed
 * snapshot is handed over, whole, to the sink, on the looking thread. A failed look hands over the
 * last good list under the new state, marked stale. One look at a time; a poke during a look makes
 * one more round.
 * Threads: refresh_tell() from any, never blocks; new/free by the owner. */
#ifndef CORE_REFRESH_REFRESH_H
#define CORE_REFRESH_REFRESH_H
#include "core/engine/look.h"
#include "core/refresh/schedule.h"

struct refresh;

/* Takes snap; the caller does not touch it again. `look` is the number of the look that it came of,
 * counted as refresh_looks() does: a look with a higher number than that one gave at some moment
 * began after it. snap is NULL when a look that SCHEDULE_USER asked for ended with nothing new.
 * Called on the looking thread. */
typedef void refresh_sink_fn(void *ctx, struct snapshot *snap, unsigned long look);

/* `s`, `where` (and what it borrows) and ctx outlive the refresh. Unless `on`, nothing is looked at
 * before SCHEDULE_ON. */
struct refresh *refresh_new(struct spawner *s, const struct locate_where *where,
                            enum engine_kind kind, bool on, refresh_sink_fn *sink, void *ctx);
void refresh_tell(struct refresh *r, enum schedule_tell what);
/* The engine is asked at another place from now on (context.h): all that is known of it is
 * forgotten, and it is looked at at once. The number of the last look that began before. */
unsigned long refresh_move(struct refresh *r);
/* Time between two looks while the menu is open, where nothing tells of changes. Any thread. */
void refresh_poll(struct refresh *r, int64_t ms);
/* How many looks were begun, for tests and benchmarks. Any thread. */
unsigned long refresh_looks(const struct refresh *r);
/* Begins the end and returns at once, so that several engines can end in the same second. */
void refresh_stop(struct refresh *r);
/* Ends both threads and their children within 2 s. Accepts NULL. */
void refresh_free(struct refresh *r);

#endif
