/* theme.h - a light, flat look: colours and fonts of our own drawing and of GNUstep's windows.
 *
 * Nothing is written to the user's defaults. Main thread only. */
#ifndef APP_GNUSTEP_THEME_H
#define APP_GNUSTEP_THEME_H

/* Colours, fonts and behaviour of this process, before anything of AppKit is made. */
void theme_defaults(void);
/* Fills the colours and text attributes in shim(), on first use: fonts need the display. */
void theme_load(void);
/* Replaces how GNUstep draws buttons, windows and the rest that we show. */
void theme_install(void);

#endif
