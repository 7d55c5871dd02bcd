/* due.h - when to look for an update, and what to make of a clock (updates.md 9 rows 13, 32, 37;
 * 12).
 *
 * Once a day, with up to three hours at random so that not everybody asks at once; after a failure
 * sooner, then later and later. Pure: times are given in, seconds since 1970. Threads: any. */
#ifndef CORE_UPDATE_DUE_H
#define CORE_UPDATE_DUE_H
#include "core/update/state.h"

#define DUE_MINUTE_S ((int64_t)60)
#define DUE_HOUR_S (60 * DUE_MINUTE_S)
#define DUE_DAY_S (24 * DUE_HOUR_S)

#define DUE_START_S (3 * DUE_MINUTE_S) /* after a start */
#define DUE_WAKE_S DUE_MINUTE_S        /* after sleep: the network needs its time */
#define DUE_STOPPED_S DUE_MINUTE_S     /* after something was stopped */
#define DUE_SPREAD_S (3 * DUE_HOUR_S)
#define DUE_STALE_S (14 * DUE_DAY_S)
#define DUE_CLOCK_S DUE_DAY_S /* a clock may be behind by so much without being wrong */

/* When the next check by itself is due, not before `earliest_s`: a start or the end of a sleep.
 * `spread_s`, 0 .. DUE_SPREAD_S, is random and the same until that check. */
int64_t due_next(const struct update_state *s, int64_t earliest_s, int64_t spread_s, int64_t now_s);
/* The same for the first check of a run that has a newer version to find, which an earlier run saw:
 * what is offered comes back after each start (updates.md 12). Not more than hourly. */
int64_t due_again(const struct update_state *s, int64_t earliest_s, int64_t now_s);
/* Checks fail, and for 14 days nobody proved to us that there is nothing new. */
bool due_stale(const struct update_state *s, int64_t now_s);
/* The clock says a time that is over: before the program was built, or before a manifest that was
 * proved here was signed. */
bool due_clock_wrong(const struct update_state *s, int64_t now_s);
/* The time to judge a manifest by: a clock that is behind makes nothing valid again. */
int64_t due_now(const struct update_state *s, int64_t now_s);

#endif
