/* inspect_window.h - windows with all that an engine knows of a container, one for each container:
 * values of its environment hidden until they are asked for, searched, copied.
 *
 * The text comes through the kit when the engine has answered; what is shown stays until then, and
 * also when the container is gone. Values that were shown are forgotten with the window.
 * Main thread. */
#ifndef APP_COCOA_INSPECT_WINDOW_H
#define APP_COCOA_INSPECT_WINDOW_H
#include "app/cocoa/window.h"
#include "core/kit/kit.h"

struct inspect_windows; /* all of them */

/* Both are borrowed until inspect_windows_free(). */
struct inspect_windows *inspect_windows_new(struct windows *windows, struct kit *kit);
/* The window of that container, to the front; opened, it asks. Not from inside a menu. */
void inspect_windows_show(struct inspect_windows *all, enum engine_kind kind,
                          const struct valid_id *container);
/* An answer of kit_inspect(); nothing if its window was closed meanwhile. */
void inspect_windows_take(struct inspect_windows *all, const struct inspected *answer);
/* Accepts NULL. Before the kit goes. */
void inspect_windows_free(struct inspect_windows *all);

#endif
