/* find_window.h - the window that finds a container: a menu cannot be filtered by typing
 * (mac-behaviour 14).
 *
 * A field, and the containers that fit what is in it, with the actions of the menu. It follows the
 * menu while it is open; rows keep their places until something else is typed. Main thread. */
#ifndef APP_COCOA_FIND_WINDOW_H
#define APP_COCOA_FIND_WINDOW_H
#include "app/cocoa/status_menu.h"
#include "app/cocoa/window.h"

struct find_window;

/* Both are borrowed. */
struct find_window *find_window_new(struct windows *windows, struct status_menu *menu);
void find_window_show(struct find_window *f);
/* The menu on screen is another one now: at once, for the old one is gone. */
void find_window_changed(struct find_window *f);
/* Accepts NULL. */
void find_window_free(struct find_window *f);

#endif
