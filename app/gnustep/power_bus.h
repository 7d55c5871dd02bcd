/* power_bus.h - what logind and power-profiles-daemon tell on the system bus; private to power.c.
 *
 * Sleep comes as logind's PrepareForSleep. Lock and fast user switching are the properties
 * LockedHint and Active of our session. The signals Lock and Unlock are requests to whoever locks
 * the screen: a Lock that nobody obeys, or whose unlocking is not told, would silence us for ever,
 * so only LockedHint counts. Low power is the profile "power-saver"; the daemon is not started for
 * that. Nothing here waits: the owner polls.
 * Threads: one, from power_bus_open() on. */
#ifndef APP_GNUSTEP_POWER_BUS_H
#define APP_GNUSTEP_POWER_BUS_H
#include "core/desktop/presence.h"
#include <poll.h>

struct power_bus;

/* NULL and an errno in *e: there is no system bus. hear(ctx) comes from power_bus_process(). */
struct power_bus *power_bus_open(void (*hear)(void *ctx, enum power_event what), void *ctx, int *e);
/* What to poll for; *wait_ms is made shorter if the bus wants to be called earlier (-1: never). */
void power_bus_poll(struct power_bus *b, struct pollfd *out, int64_t *wait_ms);
/* Takes what has come. False once the bus is gone. */
bool power_bus_process(struct power_bus *b);
/* Accepts NULL. */
void power_bus_free(struct power_bus *b);

#endif
