/* statusbar.h - the bar: as wide as its items, at the top right of the main screen.
 *
 * After statusbar_install() the program uses NSStatusBar and NSStatusItem as on a Mac. A click on
 * a button, or performClick:, shows its menu and returns when that is closed. Main thread only. */
#ifndef APP_GNUSTEP_STATUSBAR_H
#define APP_GNUSTEP_STATUSBAR_H
#include "app/gnustep/gnustep.h"

/* Once, before systemStatusBar is asked for. */
void statusbar_install(void);
/* A borderless window that never takes the keyboard from another: +1. */
id statusbar_panel_new(NSRect frame, long level);

#endif
