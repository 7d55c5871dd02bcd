/* presence.c - see presence.h. Both answers are functions of the four facts alone; an event changes
 * a fact, and what is to be done is the difference. */
#include "core/desktop/presence.h"

static const char *const words[POWER_EVENT_COUNT] = {
    [POWER_SLEEP] = "asleep",
    [POWER_WAKE] = "awake",
    [POWER_LOCK] = "screen locked",
    [POWER_UNLOCK] = "screen unlocked",
    [POWER_SESSION_LEFT] = "session left",
    [POWER_SESSION_BACK] = "session back",
    [POWER_LOW_ON] = "low power on",
    [POWER_LOW_OFF] = "low power off",
    [POWER_NETWORK_CHANGED] = "network changed",
};

const char *power_event_word(enum power_event what)
{
    MUST(what >= 0 && what < POWER_EVENT_COUNT);
    return words[what];
}

static bool rests(const struct presence *p)
{
    return p->sleeps || p->session_away;
}

static bool is_away(const struct presence *p)
{
    return rests(p) || p->locked;
}

static void take(struct presence *p, enum power_event what)
{
    switch (what) {
    case POWER_SLEEP:
    case POWER_WAKE:
        p->sleeps = what == POWER_SLEEP;
        break;
    case POWER_LOCK:
    case POWER_UNLOCK:
        p->locked = what == POWER_LOCK;
        break;
    case POWER_SESSION_LEFT:
    case POWER_SESSION_BACK:
        p->session_away = what == POWER_SESSION_LEFT;
        break;
    case POWER_LOW_ON:
    case POWER_LOW_OFF:
        p->low_power = what == POWER_LOW_ON;
        break;
    case POWER_NETWORK_CHANGED:
    case POWER_EVENT_COUNT:
        break;
    }
}

unsigned presence_hear(struct presence *p, enum power_event what)
{
    const struct presence before = *p;
    unsigned todo = 0;

    take(p, what);
    if (is_away(p) != is_away(&before))
        todo |= is_away(p) ? PRESENCE_AWAY : PRESENCE_BACK;
    if (rests(p) != rests(&before))
        todo |= rests(p) ? PRESENCE_REST : PRESENCE_LOOK;
    if (p->low_power != before.low_power)
        todo |= p->low_power ? PRESENCE_SAVE : PRESENCE_SAVE_OFF;
    if (what == POWER_NETWORK_CHANGED && !rests(p))
        todo |= PRESENCE_LOOK; /* at rest the wake to come does the same */
    return todo;
}

void burst_hear(struct burst *b, int64_t now)
{
    if (!b->open)
        b->first = now;
    b->open = true;
    b->last = now;
}

int64_t burst_wait(const struct burst *b, int64_t now)
{
    int64_t at = b->last + BURST_CALM_MS;

    if (!b->open)
        return -1;
    if (at > b->first + BURST_LATEST_MS)
        at = b->first + BURST_LATEST_MS;
    return at > now ? at - now : 0;
}

void burst_told(struct burst *b)
{
    b->open = false;
}
