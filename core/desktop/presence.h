/* presence.h - is the machine awake, is somebody there, and what that means for us.
 *
 * Told what the system tells (app/service/power.h), it answers what to do about it: stop looking,
 * look again, hold notifications back. Sleep and another user's session stop looking. A locked
 * screen does not: the icon and its list are right when it is unlocked; only notifications wait
 * (docs/decisions/022). Pure; all times are clock_ms() milliseconds. */
#ifndef CORE_DESKTOP_PRESENCE_H
#define CORE_DESKTOP_PRESENCE_H
#include "core/base/base.h"

enum power_event {
    POWER_SLEEP,
    POWER_WAKE,
    POWER_LOCK, /* the screen is locked */
    POWER_UNLOCK,
    POWER_SESSION_LEFT, /* another user has screen and keyboard */
    POWER_SESSION_BACK,
    POWER_LOW_ON, /* the user wants the battery to last */
    POWER_LOW_OFF,
    POWER_NETWORK_CHANGED, /* connections may be dead without knowing it */
    POWER_EVENT_COUNT
};
/* For the log, e.g. "screen locked". Static storage. */
const char *power_event_word(enum power_event what);

/* All false at first: awake, there, unlocked. */
struct presence {
    bool sleeps, session_away, locked, low_power;
};

/* What is to be done; several at once, in this order. */
enum presence_do {
    PRESENCE_AWAY = 1,      /* nobody sees a notification from here on */
    PRESENCE_REST = 2,      /* no looks, no streams */
    PRESENCE_LOOK = 4,      /* look at once, and begin the streams anew */
    PRESENCE_BACK = 8,      /* somebody is there again */
    PRESENCE_SAVE = 16,     /* look less often */
    PRESENCE_SAVE_OFF = 32, /* as often as before */
};
/* Bits of enum presence_do. An event that changes nothing gives 0, so it may be told twice. */
unsigned presence_hear(struct presence *p, enum power_event what);

/* Changes of the network come in bursts: told once, when there was none for a while. */
#define BURST_CALM_MS 2000
#define BURST_LATEST_MS 10000 /* a network that never rests is told of, too */

struct burst {
    bool open;
    int64_t first, last;
};
/* A change came; *b is zeroed at first. */
void burst_hear(struct burst *b, int64_t now);
/* Milliseconds until it is to be told; 0: now, and then burst_told(); -1: there is none. */
int64_t burst_wait(const struct burst *b, int64_t now);
void burst_told(struct burst *b);

#endif
