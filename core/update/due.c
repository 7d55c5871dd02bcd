/* due.c - see due.h. The state's newest timestamp is never below the time of the build (state.h),
 * so it alone is the floor of the clock. */
#include "core/update/due.h"

/* After so many failures in a row: 1 h, 2 h, 4 h ... 24 h. */
static int64_t back_off(int64_t failures)
{
    int64_t wait = DUE_HOUR_S;

    for (int64_t i = 1; i < failures && wait < DUE_DAY_S; i++)
        wait *= 2;
    return wait < DUE_DAY_S ? wait : DUE_DAY_S;
}

/* So long after the last check, or longer after failures. One that lies ahead was made by a clock
 * that has been set since, and says nothing. */
static int64_t after_last(const struct update_state *s, int64_t wait, int64_t earliest_s,
                          int64_t now_s)
{
    bool known = s->last_check > 0 && s->last_check <= now_s;
    int64_t at = s->last_check + (s->failures > 0 ? back_off(s->failures) : wait);

    return known && at > earliest_s ? at : earliest_s;
}

int64_t due_next(const struct update_state *s, int64_t earliest_s, int64_t spread_s, int64_t now_s)
{
    MUST(spread_s >= 0 && spread_s <= DUE_SPREAD_S);
    return after_last(s, DUE_DAY_S + spread_s, earliest_s, now_s);
}

int64_t due_again(const struct update_state *s, int64_t earliest_s, int64_t now_s)
{
    return after_last(s, DUE_HOUR_S, earliest_s, now_s);
}

bool due_stale(const struct update_state *s, int64_t now_s)
{
    return s->failures > 0 && now_s - s->last_ok >= DUE_STALE_S;
}

bool due_clock_wrong(const struct update_state *s, int64_t now_s)
{
    return now_s + DUE_CLOCK_S < s->last_manifest_timestamp;
}

int64_t due_now(const struct update_state *s, int64_t now_s)
{
    return now_s > s->last_manifest_timestamp ? now_s : s->last_manifest_timestamp;
}
