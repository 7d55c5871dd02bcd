/* bus.h - a connection to a message bus on a thread of its own.
 *
 * The connection belongs to that thread alone: everything that is said to the bus is said inside
 * the two functions of the configuration, and every answer and signal comes on the thread. When the
 * bus is not there or goes away it is tried again, after a second, then less and less often.
 * Memory: the context is the owner's and outlives the bus. */
#ifndef APP_GNUSTEP_BUS_H
#define APP_GNUSTEP_BUS_H
#include "core/base/fault.h"
#include <systemd/sd-bus.h>

struct bus;

enum bus_which { BUS_SESSION, BUS_SYSTEM };

struct bus_config {
    enum bus_which which;
    const char *name; /* of the thread; static */
    /* Connected: add matches, begin calls. Replies and signals come only if calls are begun with a
     * callback; nothing here may wait. A negative errno gives the connection up. */
    int (*up)(void *ctx, sd_bus *bus);
    /* After each poke while connected. */
    int (*work)(void *ctx, sd_bus *bus);
    /* There is none, or it was lost; `why` is a sentence. Comes for each failed attempt. */
    void (*down)(void *ctx, const struct fault *why);
    void *ctx;
};

/* Starts the thread, which connects at once. */
struct bus *bus_new(const struct bus_config *config);
/* Any thread; never blocks. */
void bus_poke(struct bus *b);
/* Owner only, accepts NULL. On return the thread has ended and the connection is closed. */
void bus_free(struct bus *b);

#endif
