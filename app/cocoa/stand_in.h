/* stand_in.h - the window that stands in for a status icon that cannot be seen (mac-behaviour 7):
 * what is wrong, and what the menu would show, with its actions. Main thread. */
#ifndef APP_COCOA_STAND_IN_H
#define APP_COCOA_STAND_IN_H
#include "app/cocoa/status_menu.h"
#include "app/cocoa/window.h"
#include "core/desktop/placement.h"

struct stand_in;

struct stand_in_config { /* all borrowed, outlives it */
    struct windows *windows;
    struct status_menu *menu; /* whose rows are shown, and clicked */
    void (*quit)(void *ctx);  /* called inside a click */
    void *ctx;
};

/* Hidden. */
struct stand_in *stand_in_new(const struct stand_in_config *config);
/* To the front, saying what `placement` means. */
void stand_in_show(struct stand_in *s, enum placement placement);
/* The menu has changed. */
void stand_in_changed(struct stand_in *s);
/* Accepts NULL. */
void stand_in_free(struct stand_in *s);

#endif
