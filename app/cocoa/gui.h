/* gui.h - the menu-bar program: AppKit's run loop around a kit.
 *
 * Main thread. Takes the instance lock (mac-behaviour 8), makes the status item, runs until Quit,
 * and ends every thread and child within 2 s. */
#ifndef APP_COCOA_GUI_H
#define APP_COCOA_GUI_H
#include "app/setup.h"

/* Returns the exit status. RC_MISSING in *why->rc and status 69 when there is no display to show a
 * status item on: the caller then prints the menu as text. */
int gui_main(struct setup *setup, struct fault *why);

#endif
