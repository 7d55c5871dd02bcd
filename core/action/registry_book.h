/* registry_book.h - the registries for a user interface: asked for on a worker, told on the home
 * thread, one job after the other.
 *
 * Nothing is asked until the first call. Each job that changed something is followed by a new list.
 * A password is the book's from the moment it is given, and wiped when its job is over. With `keep`
 * it goes to the keychain once the registry has accepted it; without a password the kept one is
 * used. A login may wait for a person in front of the keychain's dialog, or for a slow registry;
 * registry_book_cancel() ends it.
 * Threads: everything here is the home thread's and never blocks, but for registry_book_free(),
 * which waits until a child that was just told to end has ended. The worker is named "registries".
 * The store is asked on that worker alone. */
#ifndef CORE_ACTION_REGISTRY_BOOK_H
#define CORE_ACTION_REGISTRY_BOOK_H
#include "core/action/registry_rows.h"
#include "core/base/secret.h"

#define REGISTRY_JOBS_MAX 16 /* waiting */

struct registry_book;

enum registry_what { REGISTRY_LOOK, REGISTRY_LOGIN, REGISTRY_LOGOUT, REGISTRY_REMOVE };

/* How a job ended. */
struct registry_end {
    enum registry_what what;
    struct store_registry at;
    enum rc rc;
    struct fault why; /* with RC_OK: a remark, or "" */
};

struct registry_book_config {
    struct spawner *spawner; /* these three are borrowed and outlive the book */
    const struct locate_where *where;
    struct store *store; /* NULL: nothing is remembered */
    bool keychain;       /* there may be kept passwords */
    /* Calls call(arg) once on the home thread, soon, in order; from any thread. */
    void (*post)(void *post_ctx, void (*call)(void *arg), void *arg);
    void *post_ctx;
    /* There is a new list. Home thread. */
    void (*changed)(void *ctx);
    /* A job ended, but for a look. Home thread. */
    void (*ended)(void *ctx, const struct registry_end *end);
    void *ctx;
};

/* Starts no thread yet. */
struct registry_book *registry_book_new(const struct registry_book_config *config);
/* The newest list, NULL before the first; valid until the next `changed`. */
const struct registry_rows *registry_book_rows(const struct registry_book *b);
/* Asks for a new list, unless one is asked for already. */
void registry_book_look(struct registry_book *b);
/* Logs in and remembers the registry. Takes `password`, also when it fails; NULL: the kept one.
 * RC_DENIED if too many jobs wait. */
NODISCARD enum rc registry_book_login(struct registry_book *b, const struct store_registry *at,
                                      struct secret *password, bool keep, struct fault *why);
/* Logs out; the registry is remembered, and a kept password stays. */
NODISCARD enum rc registry_book_logout(struct registry_book *b, const struct store_registry *at,
                                       struct fault *why);
/* Logs out, forgets the registry and removes its kept password. */
NODISCARD enum rc registry_book_remove(struct registry_book *b, const struct store_registry *at,
                                       struct fault *why);
/* Ends the login under way and those that wait, as RC_CANCELLED. */
void registry_book_cancel(struct registry_book *b);
/* Drops what waits and ends what runs. Nothing is told any more; posted calls that arrive later are
 * harmless. Accepts NULL. */
void registry_book_free(struct registry_book *b);

#endif
