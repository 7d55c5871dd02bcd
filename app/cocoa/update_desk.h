/* update_desk.h - updates in the menu bar: the updater with the facts of this process, what the
 * menu says of it, its window, and the end of the program when the watchdog waits for it.
 *
 * Main thread. */
#ifndef APP_COCOA_UPDATE_DESK_H
#define APP_COCOA_UPDATE_DESK_H
#include "app/cocoa/ui_post.h"
#include "app/cocoa/update_window.h"
#include "app/update_here.h"
#include "core/kit/kit.h"

struct update_desk;

struct update_desk_config { /* all borrowed, outlives it */
    const struct setup *setup;
    struct update_here *here; /* gets config.why_not */
    struct kit *kit;          /* is told what the menu is to say */
    struct windows *windows;
    struct ui_post *post;
    void (*quit)(void *ctx);
    void *ctx;
};

/* Asks the disk where we lie; looks for nothing yet. */
struct update_desk *update_desk_new(const struct update_desk_config *config);
/* The user's settings may be others now. */
void update_desk_follow(struct update_desk *d);
/* The machine woke up. */
void update_desk_woke(struct update_desk *d);
/* Opens the window: inside a click. */
void update_desk_show(struct update_desk *d);
/* Ends the updater's thread. True if the watchdog waits for our end, and nobody else may touch what
 * is ready. Accepts NULL. */
bool update_desk_free(struct update_desk *d);

#endif
