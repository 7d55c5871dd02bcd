/* menus.h - NSMenu and NSMenuItem: what GNUstep lacks is added, what it does by itself is held
 * back, and changes are told to popup.h. Main thread only. */
#ifndef APP_GNUSTEP_MENUS_H
#define APP_GNUSTEP_MENUS_H
#include "app/gnustep/gnustep.h"

/* Once, before the first menu is made. */
void menus_install(void);
/* The item's attributed title, nil if it has a plain one. */
id menus_rich_title(id item);
/* Enables and disables the items through their targets, if the menu does that by itself. */
void menus_validate(id menu);

#endif
