/* platform.h - what the two systems need before and around the shared AppKit code.
 *
 * One implementation in app/macos, one in app/gnustep; nothing in app/cocoa asks which system it
 * is. Main thread. */
#ifndef APP_COCOA_PLATFORM_H
#define APP_COCOA_PLATFORM_H
#include "app/cocoa/objc.h"
#include "app/cocoa/selfcheck.h"
#include "core/base/fault.h"

/* Before [NSApplication sharedApplication]. RC_MISSING: no display. On Linux it also puts the
 * status bar, the menu repairs and the looks in place (app/gnustep). */
NODISCARD enum rc platform_init(struct fault *why);
/* The system's own message table, for the self-check; NULL if it has none. On Linux it also puts in
 * place what platform_init() does; needs no display. Once, and not beside platform_init(). */
const struct selfcheck_table *platform_table(void);

#endif
