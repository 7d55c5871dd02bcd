/* status_item.h - our place in the menu bar: picture, running count, tool tip. Main thread. */
#ifndef APP_COCOA_STATUS_ITEM_H
#define APP_COCOA_STATUS_ITEM_H
#include "app/cocoa/icons.h"

struct status_item;

/* After launching has finished. `menu` (NSMenu) is shown by a click; retained by the item.
 * `icons` is borrowed and outlives the item. Shows "busy" until it is told more. */
struct status_item *status_item_new(const struct icons *icons, id menu);
/* Shows icon, status_title and status_tip of *m; what did not change is not touched. */
void status_item_show(struct status_item *s, const struct menu *m);
/* The NSButton in the bar, the item's. */
id status_item_button(const struct status_item *s);
/* Opens the menu, as a click does. Must not be called from a posted call. */
void status_item_open(struct status_item *s);
/* Accepts NULL. The item itself stays in the bar until the process ends. */
void status_item_free(struct status_item *s);

#endif
