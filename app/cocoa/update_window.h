/* update_window.h - the window about updates: what is offered and the choice, a download on its
 * way, what came of it.
 *
 * Draws the updater's page and clicks on it. Opened by a click alone (updates.md 12). The headline
 * is ours; the notes of a release are plain text. Main thread. */
#ifndef APP_COCOA_UPDATE_WINDOW_H
#define APP_COCOA_UPDATE_WINDOW_H
#include "app/cocoa/window.h"
#include "core/update/updater.h"

struct update_window;

/* Hidden. Both are borrowed. */
struct update_window *update_window_new(struct windows *windows, struct updater *updater);
/* To the front; looks for updates first if there is nothing to tell yet. */
void update_window_show(struct update_window *w);
/* The page is another one. */
void update_window_changed(struct update_window *w);
/* Accepts NULL. Before the updater goes. */
void update_window_free(struct update_window *w);

#endif
