/* menu_view.h - how an open menu is measured and drawn: rows from the top, cut off where the
 * screen ends, with an arrow above or below the part that is shown.
 *
 * Heights and y count from the top of the panel, in points. Main thread only. */
#ifndef APP_GNUSTEP_MENU_VIEW_H
#define APP_GNUSTEP_MENU_VIEW_H
#include "app/gnustep/gnustep.h"

enum { MENU_MARGIN = 5, MENU_SCROLL_ZONE = 16 };

/* The view of a level, filling its panel: +1. */
id menu_view_new(NSRect frame);
/* Sets level->content, and level->width to what the rows need, at least what it was. */
void menu_view_measure(struct popup_level *level);
/* An item and its alternate take turns: Option decides which of them is there (popup.h). */
bool menu_view_row_shown(const struct popup_level *level, long row);
/* 0 for one that is not shown. */
double menu_view_row_height(const struct popup_level *level, long row);
/* Where a row is, whether or not that is inside the panel. */
NSRect menu_view_row_rect(const struct popup_level *level, long row);
/* The row at a point of the panel, -1 for margins, scroll arrows and outside. */
long menu_view_row_at(const struct popup_level *level, NSPoint at);
/* -1 or 1: the point is on the upper or lower scroll arrow; else 0. */
int menu_view_scroll_at(const struct popup_level *level, NSPoint at);
/* How far it can be scrolled down, 0 if all rows are visible. */
double menu_view_scroll_max(const struct popup_level *level);
/* Scrolls by some points, as far as it goes. True if anything moved. */
bool menu_view_scroll(struct popup_level *level, double by);
/* The item's shortcut as glyphs, for example "⇧⌘S": autoreleased, nil if it has none. */
id menu_view_shortcut(id item);

#endif
