/* other_copy.h - the window that says that another copy of the program runs already, and offers to
 * end either (mac-behaviour 8). It is all that this copy does until one of the two has gone.
 * Main thread. */
#ifndef APP_COCOA_OTHER_COPY_H
#define APP_COCOA_OTHER_COPY_H
#include "app/cocoa/window.h"
#include "core/desktop/copies.h"

struct other_copy;

struct other_copy_config { /* all borrowed, outlives it */
    struct windows *windows;
    /* Is the other one gone, so that this one may begin? Asked a few times a second at the
     * beginning and after it was told to quit; true is said once. Must not free the window. */
    bool (*gone)(void *ctx);
    void (*quit)(void *ctx); /* this one is to end; called inside a click, and when closed */
    void *ctx;
};

/* Hidden. `other` is copied. */
struct other_copy *other_copy_new(const struct other_copy_config *config, const struct copy *other);
/* Waits for two seconds, then shows the window. */
void other_copy_begin(struct other_copy *c);
/* Accepts NULL. */
void other_copy_free(struct other_copy *c);

#endif
