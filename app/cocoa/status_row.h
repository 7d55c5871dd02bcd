/* status_row.h - one item of the menu model as one NSMenuItem, made or changed in place.
 *
 * What is on screen already is compared first and left alone: no flicker, and under GNUstep a title
 * that is set costs a new layout even if it is the same. Main thread. */
#ifndef APP_COCOA_STATUS_ROW_H
#define APP_COCOA_STATUS_ROW_H
#include "app/cocoa/icons.h"

struct status_row_look {
    const struct icons *icons; /* borrowed */
    id target;                 /* gets ckPick: of the rows that do something; not retained */
};

/* +1. A submenu, if any, is the caller's business. */
id status_row_new(const struct status_row_look *look, const struct menu_item *it);
/* Can a row of kind `a` become one of kind `b`? Separators and headers stay what they are. */
bool status_row_fits(enum menu_kind a, enum menu_kind b);
void status_row_update(const struct status_row_look *look, id item, const struct menu_item *it);

#endif
