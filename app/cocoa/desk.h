/* desk.h - the windows around the status menu, and when they come by themselves: the first start,
 * and an icon that cannot be seen. Nothing else opens a window without a click (mac-behaviour 12).
 *
 * New windows of the program are made, shown and freed here. Main thread. */
#ifndef APP_COCOA_DESK_H
#define APP_COCOA_DESK_H
#include "app/cocoa/choices.h"
#include "app/cocoa/status_item.h"
#include "app/cocoa/status_menu.h"
#include "app/cocoa/update_desk.h"
#include "app/cocoa/window.h"

struct desk;

struct desk_config { /* all borrowed, outlives the desk */
    const struct setup *setup;
    struct windows *windows;
    struct kit *kit; /* gets the list of open windows */
    struct status_menu *menu;
    struct status_item *item;
    struct ui_post *post;
    struct notifier *notifier;
    void (*quit)(void *ctx); /* called inside a click */
    void *ctx;
    const char *data_folder; /* "": there is none that can be used */
    struct update_here *update;
};

/* After the icon was made. Shows the first start's window if it is due. */
struct desk *desk_new(const struct desk_config *config);
/* Shows the window of that command (MENU_ABOUT ...; a bug for others), or brings the open one of
 * its number to the front (MENU_WINDOW). */
void desk_show(struct desk *d, const struct menu_call *call);
/* The program was opened again: the user looks for it. The menu, or the window in its place. Not
 * from a posted call. */
void desk_reopened(struct desk *d);
/* The menu on screen has changed. */
void desk_menu_changed(struct desk *d);
/* What a window of it asked for has come (kit.h). */
void desk_inspected(struct desk *d, const struct inspected *answer);
/* The machine woke up. */
void desk_woke(struct desk *d);
/* The list of open windows has changed: for windows_new(). */
void desk_windows_changed(struct desk *d);
/* Accepts NULL. Before the kit goes. True as update_desk_free(). */
bool desk_free(struct desk *d);

#endif
