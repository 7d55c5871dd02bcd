/* track.h - pointer and keys while a menu is open.
 *
 * GNUstep's own loop samples the pointer every 10 ms and forgets what happened in between, closes
 * the menu on a disabled row and holds pointers into the menus that it shows. This one takes each
 * event at its own place and knows open menus only through popup.h. Main thread only. */
#ifndef APP_GNUSTEP_TRACK_H
#define APP_GNUSTEP_TRACK_H
#include "app/gnustep/gnustep.h"

/* Shows `menu` below `anchor` (screen), returns when it is closed. Delegates hear menuDidClose:,
 * `button` is drawn normal again, and then the action of the clicked item is sent: the order of a
 * Mac. `event` is the press that asked for it, nil if it was no press. */
void track_menu(id menu, NSRect anchor, id event, id button);
/* Closes the open menus without an action; nothing happens if none is open. */
void track_cancel(void);

#endif
