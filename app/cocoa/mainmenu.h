/* mainmenu.h - the main menu, there for the key equivalents of our windows (mac-behaviour 13):
 * without it a text field knows neither copy nor paste, and Command-W closes nothing. An accessory
 * application's main menu is on the screen only while one of its windows is in front. */
#ifndef APP_COCOA_MAINMENU_H
#define APP_COCOA_MAINMENU_H
#include "app/cocoa/objc.h"

/* Main thread, once, after [NSApplication sharedApplication]. `target` gets ckAbout:. */
void mainmenu_install(id target);

#endif
