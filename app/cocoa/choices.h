/* choices.h - what the window of the first start offers, done by the services: open at login, the
 * command line tool, move to Applications. Main thread. */
#ifndef APP_COCOA_CHOICES_H
#define APP_COCOA_CHOICES_H
#include "app/cocoa/first_start.h"
#include "app/setup.h"
#include "core/desktop/place.h"

struct choices {
    const struct setup *setup; /* borrowed */
    struct place place;
    void (*quit)(void *ctx); /* the moved app waits for this one to end */
    void *ctx;
};

/* Finds out where we lie; asks the disk. */
void choices_init(struct choices *c, const struct setup *setup, void (*quit)(void *ctx), void *ctx);
/* For first_start_new(); *out borrows *c. Asks the system whether we are opened at login. */
void choices_offer(struct choices *c, struct first_start_choices *out);

#endif
