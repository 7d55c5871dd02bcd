/* about.h - the About window: what this is, which version, whose work is in it. Main thread. */
#ifndef APP_COCOA_ABOUT_H
#define APP_COCOA_ABOUT_H
#include "app/cocoa/window.h"

struct about;

/* Hidden. `windows` is borrowed until about_free(). */
struct about *about_new(struct windows *windows);
/* Brings the window to the front. Not modal, never from inside a menu. */
void about_show(struct about *a);
/* Accepts NULL. */
void about_free(struct about *a);

#endif
