/* system_page.h - pages of the system's own settings that a window of ours can lead to. Main
 * thread.
 */
#ifndef APP_COCOA_SYSTEM_PAGE_H
#define APP_COCOA_SYSTEM_PAGE_H
#include "app/cocoa/platform.h"

/* Does this system have it? */
bool system_page_is_there(enum system_page page);
/* Inside a click. A page that does not open is only logged: there is nothing to do about it. */
void system_page_open(enum system_page page);

#endif
