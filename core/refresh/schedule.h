/* schedule.h - when to look at one engine: design.md section 5 as a pure state machine.
 *
 * It is told what happened and when, and answers how long to sleep and whether a look is due. No
 * clock, no thread, no I/O: a table of tests drives it through days in microseconds.
 * All times are clock_ms() milliseconds. */
#ifndef CORE_REFRESH_SCHEDULE_H
#define CORE_REFRESH_SCHEDULE_H
#include "core/base/base.h"

#define SCHEDULE_BURST_MS 250          /* further events of a burst make one more look after it */
#define SCHEDULE_SAFETY_MS 300000      /* with a live stream, and in low-power mode */
#define SCHEDULE_OPEN_MS 2000          /* polling while the menu is open, unless told otherwise */
#define SCHEDULE_CHANGED_MS 10000      /* polling after a change; doubles while nothing changes */
#define SCHEDULE_QUIET_MAX_MS 60000    /* polling at the slowest */
#define SCHEDULE_RECONNECT_MIN_MS 1000 /* event stream: back-off, doubling */
#define SCHEDULE_RECONNECT_MAX_MS 60000

enum schedule_tell {
    SCHEDULE_USER,   /* Refresh was chosen, or an action of ours ended: look at once */
    SCHEDULE_EVENT,  /* the engine's stream told a change */
    SCHEDULE_FOLDER, /* Apple's container folder changed */
    SCHEDULE_MENU_OPENED,
    SCHEDULE_MENU_CLOSED,
    SCHEDULE_STREAM_UP,
    SCHEDULE_STREAM_DOWN,
    SCHEDULE_SLEEP, /* machine or session sleeps: nothing until wake */
    SCHEDULE_WAKE,  /* look at once; streams are restarted by the caller */
    SCHEDULE_LOW_POWER_ON,
    SCHEDULE_LOW_POWER_OFF,
    SCHEDULE_OFF,    /* the user does not want this engine: nothing until SCHEDULE_ON */
    SCHEDULE_ON,     /* look at once */
    SCHEDULE_MOVED,  /* the engine is asked at another place: look at once */
    SCHEDULE_SERVICE /* what runs behind it was started or stopped: look at once */
};

enum schedule_found { SCHEDULE_CHANGED, SCHEDULE_UNCHANGED, SCHEDULE_LOOK_FAILED };

struct schedule {
    bool has_stream, stream_up, menu_open, asleep, off, low_power;
    bool due;            /* look now */
    bool burst_pending;  /* one more look when the burst window ends */
    bool told;           /* since the last look something said it might have changed */
    int64_t burst_until; /* end of the window that the first event opened */
    int64_t last_look;
    int64_t interval; /* of polling now */
    int64_t open_ms;  /* of polling while the menu is open; may be set at any time */
    int64_t backoff;  /* of the next reconnect */
    int64_t up_since; /* when the stream came up */
};

/* The first look is due at once. has_stream: the engine has an event stream. */
void schedule_init(struct schedule *s, bool has_stream, int64_t now);
void schedule_tell(struct schedule *s, enum schedule_tell what, int64_t now);
/* A look is due now. */
bool schedule_due(const struct schedule *s, int64_t now);
/* Milliseconds until schedule_due() turns true without being told anything; -1: never. */
int64_t schedule_wait(const struct schedule *s, int64_t now);
/* A look begins: pokes from here on make one more round. */
void schedule_looking(struct schedule *s, int64_t now);
/* The look has ended. True if a safety look found what a live stream had not told: the caller
 * restarts the stream (mac-behaviour 16). */
bool schedule_looked(struct schedule *s, enum schedule_found found, int64_t now);
/* Milliseconds to wait before the next attempt to open the stream; doubles each time until
 * SCHEDULE_STREAM_UP has held for a minute. */
int64_t schedule_reconnect(struct schedule *s);

#endif
