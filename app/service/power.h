/* power.h - what the system tells about the machine and the session: sleep, lock, fast user
 * switching, low power, the network. What it means is core/desktop/presence.h's.
 *
 * app/macos/power.c: notifications of NSWorkspace, NSProcessInfo and the login window, notify(3).
 * app/gnustep/power.c: logind and power-profiles-daemon on the system bus, netlink. Where one of
 * them is missing nothing is told about its matter, with one line in the log.
 * Threads: made, stopped and freed on the home thread; a thread of its own waits where the system
 * needs one. */
#ifndef APP_SERVICE_POWER_H
#define APP_SERVICE_POWER_H
#include "core/desktop/presence.h"

struct power;

struct power_config {
    /* Calls call(arg) once on the home thread, soon, in order; from any thread. */
    void (*post)(void *post_ctx, void (*call)(void *arg), void *arg);
    void *post_ctx;
    /* Home thread, never from inside power_new(). The same may be told twice. */
    void (*hear)(void *ctx, enum power_event what);
    void *ctx;
};

/* Copies *config. What is so already (low power, a session left) is told soon. */
struct power *power_new(const struct power_config *config);
/* Nothing is told any more; the thread has ended. Accepts NULL. */
void power_stop(struct power *p);
/* After power_stop(), when the posted calls were made. Accepts NULL. */
void power_free(struct power *p);

#endif
