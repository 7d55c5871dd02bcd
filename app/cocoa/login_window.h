/* login_window.h - the window in which a registry, a user and a password are typed. Not modal: the
 * menu and all other windows keep working beside it.
 *
 * What was typed as password is taken out of its field by the click that uses it, by every refill
 * and when the window closes. Main thread. */
#ifndef APP_COCOA_LOGIN_WINDOW_H
#define APP_COCOA_LOGIN_WINDOW_H
#include "app/cocoa/window.h"
#include "core/action/registry_book.h"

struct login_window;

struct login_window_config {
    struct windows *windows; /* borrowed */
    bool keychain;           /* keeping passwords is offered */
    /* Begins to log in; takes `password`, NULL: the kept one. Called inside a click. */
    enum rc (*log_in)(void *ctx, const struct store_registry *at, struct secret *password,
                      bool keep, struct fault *why);
    void (*cancel)(void *ctx); /* ends what log_in() began */
    void *ctx;
};

/* Not shown yet. */
struct login_window *login_window_new(const struct login_window_config *config);
/* Filled with *at, or empty if it is NULL, with these engines to choose from; all if there is none.
 * While a login is under way it comes to the front as it is. */
void login_window_show(struct login_window *w, const struct store_registry *at,
                       const bool here[ENGINE_COUNT]);
/* How the login ended that log_in() began: closes the window, or says in it why not. */
void login_window_ended(struct login_window *w, const struct registry_end *end);
/* Accepts NULL. */
void login_window_free(struct login_window *w);

#endif
