/* platform.h - what the two systems need before and around the shared AppKit code.
 *
 * One implementation in app/macos, one in app/gnustep; nothing in app/cocoa asks which system it
 * is. Main thread. */
#ifndef APP_COCOA_PLATFORM_H
#define APP_COCOA_PLATFORM_H
#include "app/cocoa/objc.h"
#include "app/cocoa/selfcheck.h"
#include "core/base/fault.h"
#include "core/desktop/placement.h"

/* Before [NSApplication sharedApplication]. RC_MISSING: no display. On Linux it also puts the
 * status bar, the menu repairs and the looks in place (app/gnustep). */
NODISCARD enum rc platform_init(struct fault *why);
/* The system's own message table, for the self-check; NULL if it has none. On Linux it also puts in
 * place what platform_init() does; needs no display. Once, and not beside platform_init(). */
const struct selfcheck_table *platform_table(void);
/* Fills *out for the window of that status button, and the screens. Frames are structs too big for
 * cocoa.def, and only the system knows where its menu bar is. */
void platform_icon_facts(id button, struct placement_facts *out);
/* The system's own libraries that are linked, with their licences. Static. */
const char *platform_libraries(void);
/* Pages of the system's own settings: which icons may be in the menu bar, who may show
 * notifications, in which language a program speaks. */
enum system_page { PAGE_MENU_BAR, PAGE_NOTIFICATIONS, PAGE_LANGUAGE };
/* Its address; NULL: there is none. Static. */
const char *platform_page(enum system_page page);
/* An NSColor (+0) that is `light` on a light window and `dark` on a dark one, also when the user
 * changes from one to the other. */
id platform_colour(uint32_t light, uint32_t dark);
/* What an NSScrollView shows of what is in it, counted from the top. */
struct platform_scroll {
    double top, width, height; /* of the part that is seen */
    double whole;              /* height of all of it */
};
struct platform_scroll platform_scroll(id scroll_view);

#endif
