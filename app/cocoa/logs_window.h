/* logs_window.h - windows with the log of a container as it is written, one for each container:
 * searched, paused, copied, saved.
 *
 * A window reads as long as it is open; what it has read is gone with it. Closing one does not wait
 * for the engine's command to end. Main thread. */
#ifndef APP_COCOA_LOGS_WINDOW_H
#define APP_COCOA_LOGS_WINDOW_H
#include "app/cocoa/ui_post.h"
#include "app/cocoa/window.h"
#include "app/setup.h"
#include "core/kit/kit.h"

struct logs_windows; /* all of them */

struct logs_windows_config { /* all borrowed, outlives the windows */
    struct windows *windows;
    const struct setup *setup;
    struct ui_post *post;
    struct kit *kit;
};

/* None is shown yet. */
struct logs_windows *logs_windows_new(const struct logs_windows_config *config);
/* The window of that container, to the front. Not from inside a menu. */
void logs_windows_show(struct logs_windows *all, enum engine_kind engine,
                       const struct valid_id *container);
/* An engine's list may be another one now. */
void logs_windows_changed(struct logs_windows *all);
/* The machine is awake again: connections may be dead without knowing it (mac-behaviour 16). */
void logs_windows_woke(struct logs_windows *all);
/* Ends what still runs. Accepts NULL. Before the kit goes. */
void logs_windows_free(struct logs_windows *all);

#endif
