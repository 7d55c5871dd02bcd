/* about.h - the About window: what this is, which version, whose work is in it. Main thread. */
#ifndef APP_COCOA_ABOUT_H
#define APP_COCOA_ABOUT_H

struct about;

/* Makes no window yet. For about_free(). */
struct about *about_new(void);
/* Brings the window to the front; made the first time. Not modal, never from inside a menu. */
void about_show(struct about *a);
/* Accepts NULL. */
void about_free(struct about *a);

#endif
