/* trace.h - where things are on the screen, for tests that click by title and not by pixel.
 *
 * GS_STATUSBAR_TRACE names a file that lines are added to; without it nothing is written. The
 * variable makes the program write one more log and changes nothing else, so reading it is
 * harmless. Fields are parted by a TAB, x and y count from the top left of the screen:
 *
 *   bar     button  title  x  y           a status button, whenever the bar's layout changed
 *   item    menu    title  x  y  enabled  each row of a menu that is now open and drawn, and of
 *                                         each open menu again after one of its rows changed
 *   change  menu    title  x  y  enabled  a row of an open menu was changed or added
 *   closed  menu                          after the menu left the screen
 *   spoken  row-label | row-value | view-label  text   what a screen reader is told from now on
 *
 * `menu` is the menu's title, `title` of a separator is "-", enabled is 0 or 1. The point is the
 * middle of the row; it lies outside the menu if the row is scrolled away. A test finds a row by
 * the last line that has its title. Main thread only. */
#ifndef APP_GNUSTEP_TRACE_H
#define APP_GNUSTEP_TRACE_H
#include "app/gnustep/gnustep.h"

/* At start; without the variable the others do nothing. */
void trace_open(void);
/* The bar was laid out, or a button's title changed. */
void trace_button(id button, NSRect on_screen);
/* A menu came to the screen, or its rows moved. */
void trace_menu(const struct popup_level *level);
/* A row of an open menu was changed or added. */
void trace_change(const struct popup_level *level, long row);
/* After the menu left the screen. */
void trace_closed(id menu);
/* For window_trace.c: a control with a text, its frame on the screen; a window that has gone. */
void trace_control(id window_title, id text, NSRect on_screen, bool enabled);
void trace_gone(id window_title);
/* For spoken.c: `text` may be nil, for nothing any more. */
void trace_spoken(const char *what, id text);

#endif
