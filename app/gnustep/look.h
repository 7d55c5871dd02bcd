/* look.h - how GNUstep's own windows and buttons look: flat and light as on a Mac, instead of grey
 * bevels. Main thread only. */
#ifndef APP_GNUSTEP_LOOK_H
#define APP_GNUSTEP_LOOK_H

/* Once, before the first window is made. */
void look_install(void);

#endif
