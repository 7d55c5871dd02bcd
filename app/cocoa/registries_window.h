/* registries_window.h - the window of the registries: which there are, with engine, user and state;
 * add, log in, log out, remove. What it shows comes from registry_book.h; nothing is asked until
 * it is opened first. Main thread. */
#ifndef APP_COCOA_REGISTRIES_WINDOW_H
#define APP_COCOA_REGISTRIES_WINDOW_H
#include "app/cocoa/ui_post.h"
#include "app/cocoa/window.h"
#include "app/setup.h"

struct registries_window;

struct registries_window_config { /* all borrowed, outlives the window */
    struct windows *windows;
    const struct setup *setup;
    struct ui_post *post;
    const char *data_folder; /* "": nothing is remembered */
};

/* Not shown yet. */
struct registries_window *registries_window_new(const struct registries_window_config *config);
void registries_window_show(struct registries_window *w);
/* Ends what is under way. Accepts NULL. */
void registries_window_free(struct registries_window *w);

#endif
