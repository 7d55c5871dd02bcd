/* theme.h - colours and fonts, of our own drawing and of GNUstep's windows.
 *
 * Nothing is written to the user's defaults. Main thread only. */
#ifndef APP_GNUSTEP_THEME_H
#define APP_GNUSTEP_THEME_H
#include "app/gnustep/gnustep.h"

/* Colours, fonts and behaviour of this process, before anything of AppKit is made. */
void theme_defaults(void);
/* Fills the colours and text attributes in shim(), on first use: fonts need the display. */
void theme_load(void);
/* Font and colour for a text in a menu or tip: a font that has its characters, if there is one. */
id theme_menu_attrs(id text, enum colour colour);

#endif
