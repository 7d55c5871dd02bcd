/* schedule.c - when to look: a burst window for told changes, one timer for everything else.
 *
 * Told changes: the first one makes a look due at once and opens a window of 250 ms; further ones
 * inside it make one more look at its end, which opens the next window. So a change waits 250 ms
 * at the most, and an endless burst costs four looks a second.
 * Untold ones: the timer. It counts from the end of the last look, so that an engine that hangs
 * until its deadline is not asked again without a pause. */
#include "core/refresh/schedule.h"

#define STREAM_HELD_MS 60000 /* a stream that lived this long earns a fresh back-off */

void schedule_init(struct schedule *s, bool has_stream, int64_t now)
{
    *s = (struct schedule){
        .has_stream = has_stream,
        .due = true,
        .told = true,
        .burst_until = now,
        .last_look = now,
        .interval = SCHEDULE_CHANGED_MS,
        .open_ms = SCHEDULE_OPEN_MS,
        .backoff = SCHEDULE_RECONNECT_MIN_MS,
    };
}

static void tell_change(struct schedule *s, int64_t now)
{
    s->told = true;
    if (now < s->burst_until) {
        s->burst_pending = true;
        return;
    }
    s->due = true;
    s->burst_until = now + SCHEDULE_BURST_MS;
}

static void look_at_once(struct schedule *s)
{
    s->told = true;
    s->due = true;
}

static void stream_up(struct schedule *s, int64_t now)
{
    if (s->stream_up)
        return;
    s->stream_up = true;
    s->up_since = now;
    look_at_once(s); /* what happened before the stream listened was told by nobody */
}

static void stream_down(struct schedule *s, int64_t now)
{
    if (!s->stream_up)
        return;
    s->stream_up = false;
    if (now - s->up_since >= STREAM_HELD_MS)
        s->backoff = SCHEDULE_RECONNECT_MIN_MS;
    s->interval = SCHEDULE_CHANGED_MS;
    look_at_once(s); /* most often the engine itself has gone */
}

static void begin_anew(struct schedule *s)
{
    s->interval = SCHEDULE_CHANGED_MS;
    s->backoff = SCHEDULE_RECONNECT_MIN_MS;
    look_at_once(s);
}

void schedule_tell(struct schedule *s, enum schedule_tell what, int64_t now)
{
    switch (what) {
    case SCHEDULE_USER:
        look_at_once(s);
        break;
    case SCHEDULE_EVENT:
    case SCHEDULE_FOLDER:
        tell_change(s, now);
        break;
    case SCHEDULE_MENU_OPENED:
        s->menu_open = true;
        break;
    case SCHEDULE_MENU_CLOSED:
        s->menu_open = false;
        break;
    case SCHEDULE_STREAM_UP:
        stream_up(s, now);
        break;
    case SCHEDULE_STREAM_DOWN:
        stream_down(s, now);
        break;
    case SCHEDULE_SLEEP:
        s->asleep = true;
        break;
    case SCHEDULE_WAKE:
        s->asleep = false;
        begin_anew(s);
        break;
    case SCHEDULE_LOW_POWER_ON:
        s->low_power = true;
        break;
    case SCHEDULE_LOW_POWER_OFF:
        s->low_power = false;
        break;
    case SCHEDULE_OFF:
        s->off = true;
        break;
    case SCHEDULE_ON:
        s->off = false;
        begin_anew(s);
        break;
    case SCHEDULE_SERVICE:
    case SCHEDULE_MOVED:
        begin_anew(s);
        break;
    }
}

/* An open menu beats low power: somebody reads it, and it is open for seconds only. */
static int64_t timer_ms(const struct schedule *s)
{
    if (s->has_stream && s->stream_up)
        return SCHEDULE_SAFETY_MS;
    if (s->menu_open)
        return s->open_ms;
    if (s->low_power)
        return SCHEDULE_SAFETY_MS;
    return s->interval;
}

int64_t schedule_wait(const struct schedule *s, int64_t now)
{
    int64_t at = s->last_look + timer_ms(s);

    if (s->asleep || s->off)
        return -1;
    if (s->due)
        return 0;
    if (s->burst_pending && s->burst_until < at)
        at = s->burst_until;
    return at > now ? at - now : 0;
}

bool schedule_due(const struct schedule *s, int64_t now)
{
    return schedule_wait(s, now) == 0;
}

void schedule_looking(struct schedule *s, int64_t now)
{
    s->due = false;
    s->last_look = now;
    if (s->burst_pending && now >= s->burst_until) {
        s->burst_pending = false;
        s->burst_until = now + SCHEDULE_BURST_MS;
    }
}

static void slow_down(struct schedule *s)
{
    if (s->menu_open)
        return; /* many looks in a few seconds say nothing about the next minute */
    s->interval *= 2;
    if (s->interval > SCHEDULE_QUIET_MAX_MS)
        s->interval = SCHEDULE_QUIET_MAX_MS;
}

bool schedule_looked(struct schedule *s, enum schedule_found found, int64_t now)
{
    bool untold = found == SCHEDULE_CHANGED && s->has_stream && s->stream_up && !s->told;

    s->last_look = now;
    s->told = s->due || s->burst_pending; /* told during this look: it is about the next one */
    if (found == SCHEDULE_CHANGED)
        s->interval = SCHEDULE_CHANGED_MS;
    else
        slow_down(s);
    return untold;
}

int64_t schedule_reconnect(struct schedule *s)
{
    int64_t wait = s->backoff;

    s->backoff = wait * 2;
    if (s->backoff > SCHEDULE_RECONNECT_MAX_MS)
        s->backoff = SCHEDULE_RECONNECT_MAX_MS;
    return wait;
}
