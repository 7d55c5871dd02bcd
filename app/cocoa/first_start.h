/* first_start.h - the window of the first start that was not made at login (mac-behaviour 15):
 * where the icon is, which engines there are, and the few things to decide at once. Main thread. */
#ifndef APP_COCOA_FIRST_START_H
#define APP_COCOA_FIRST_START_H
#include "app/cocoa/window.h"
#include "core/menu/menu.h"

struct first_start;

/* What can be decided there. A part whose function is NULL is not shown. Functions are called
 * inside a click, on the main thread; what they put into *why is shown. */
struct first_start_choices {
    void *ctx;
    bool login_on;                                            /* as it is now */
    bool (*set_login)(void *ctx, bool on, struct fault *why); /* gives what it is then */
    bool link_on; /* the command line tool is installed */
    bool (*set_link)(void *ctx, bool on, struct fault *why);
    bool notify_on; /* as it is now */
    void (*set_notify)(void *ctx, bool on);
    const char
        *place_sentence; /* what is wrong with where the program lies; NULL: nothing. Static */
    void (*move)(void *ctx, struct fault *why); /* "Move to Applications"; only with a sentence */
};

/* Hidden. `windows` is borrowed, *choices copied, `menu(menu_ctx)` gives the menu of the moment. */
struct first_start *first_start_new(struct windows *windows,
                                    const struct first_start_choices *choices,
                                    const struct menu *(*menu)(void *menu_ctx), void *menu_ctx);
/* To the front. */
void first_start_show(struct first_start *s);
/* The menu has changed: an engine was found. */
void first_start_changed(struct first_start *s);
/* Accepts NULL. */
void first_start_free(struct first_start *s);

#endif
