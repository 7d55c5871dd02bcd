/* status_menu.h - the status item's menu: the kit's menu drawn by AppKit, and what a click does.
 *
 * Keeps a copy of the menu on screen. While the menu is closed a newer one takes its place whole;
 * while it is open rows change in place and none moves (mac-behaviour 3). A click resolves through
 * its NSMenu and its row number to an item of the copy, which has its own id.
 * Main thread. */
#ifndef APP_COCOA_STATUS_MENU_H
#define APP_COCOA_STATUS_MENU_H
#include "app/cocoa/icons.h"
#include "app/cocoa/ui_post.h"
#include "core/kit/kit.h"

struct status_menu;

struct status_menu_config { /* all borrowed, outlives the view */
    struct kit *kit;
    const struct icons *icons;
    struct ui_post *post;
    /* Called one turn of the run loop after the click, with the menu closed. */
    void (*quit)(void *ctx);
    /* A row that opens a window of ours was chosen (MENU_ABOUT ...), or that of one which is open
     * (MENU_WINDOW). Called inside the click. */
    void (*show)(void *ctx, const struct menu_call *call);
    /* The menu on screen was changed: its icon and status texts may be new. */
    void (*shown)(void *ctx, const struct menu *m);
    void *ctx;
};

/* Borrows what config points to until status_menu_free(). Main thread, as all here. */
struct status_menu *status_menu_new(const struct status_menu_config *config);
/* The NSMenu, the view's. */
id status_menu_menu(const struct status_menu *v);
/* The menu on screen; valid until the next `shown`. */
const struct menu *status_menu_shown(const struct status_menu *v);
/* Does what a click on the row with this key does: nothing if it is gone or greyed. */
void status_menu_pick(struct status_menu *v, const char *key);
/* The kit's menu would look different now. */
void status_menu_changed(struct status_menu *v);
/* Before the kit goes: rows and posted calls do nothing any more. Accepts NULL. */
void status_menu_stop(struct status_menu *v);
/* After status_menu_stop(), when the posted calls were made. Accepts NULL. The NSMenu may stay on
 * the screen until the process ends. */
void status_menu_free(struct status_menu *v);

#endif
