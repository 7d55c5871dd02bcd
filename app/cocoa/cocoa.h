/* cocoa.h - AppKit for the rest of app/: the message table as functions, constants, strings.
 *
 * Every class and selector that the program uses is a row of cocoa.def. Main thread only, but for
 * what says otherwise. */
#ifndef APP_COCOA_COCOA_H
#define APP_COCOA_COCOA_H
#include "app/cocoa/objc.h"
#include "core/base/base.h"

/* Exported by both systems' AppKit and Foundation. */
extern id NSApp;
extern id NSDefaultRunLoopMode, NSEventTrackingRunLoopMode, NSModalPanelRunLoopMode;
extern id NSFontAttributeName, NSForegroundColorAttributeName;
extern id NSPasteboardTypeString;
extern id NSWorkspaceWillSleepNotification, NSWorkspaceDidWakeNotification;
extern id NSWorkspaceSessionDidResignActiveNotification;
extern id NSWorkspaceSessionDidBecomeActiveNotification;

#define ROWS_DEF "app/cocoa/cocoa.def"
#define ROWS_NAME cocoa
#include "app/cocoa/rows.h"
#undef ROWS_DEF
#undef ROWS_NAME

/* A pool for the autoreleased objects made until cocoa_pool_pop(); strictly nested, any thread. */
id cocoa_pool_push(void);
void cocoa_pool_pop(id pool);
/* A pool too, for what a word of the command line may need: loads the table if nobody has. Main
 * thread. */
id cocoa_enter(void);
/* Autoreleased NSString; broken UTF-8 gives an empty one. */
id cocoa_string(const char *utf8);
/* Borrowed from the string, until the pool is popped; "" for nil. */
const char *cocoa_utf8(id string);
/* A constant that one of the systems does not export, by its C name; nil where it is missing. */
id cocoa_constant(const char *name);

#endif
