/* settings_window.h - Settings…: what settings.h has and the menu bar follows, and the two things
 * that the system keeps for us. What is clicked counts at once; there is nothing to confirm. Main
 * thread. */
#ifndef APP_COCOA_SETTINGS_WINDOW_H
#define APP_COCOA_SETTINGS_WINDOW_H
#include "app/cocoa/choices.h"
#include "app/cocoa/window.h"
#include "app/service/notifier.h"

struct settings_window;

/* Hidden. `windows`, `notifier` and what *choices points to are borrowed; *choices is copied. */
struct settings_window *settings_window_new(struct windows *windows, const struct choices *choices,
                                            struct notifier *notifier);
/* To the front. */
void settings_window_show(struct settings_window *s);
/* What the kit knows may be another thing now. */
void settings_window_kit_changed(struct settings_window *s);
/* Accepts NULL. */
void settings_window_free(struct settings_window *s);

#endif
