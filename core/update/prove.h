/* prove.h - a new version proves to its watchdog that it runs (updates.md 10.4).
 *
 * It does once it has been alive for ten seconds, can read its settings, and its home thread, which
 * has the icon and the run loop, still answers then. If one of these fails nothing is told, which
 * is what the watchdog and the count of starts are for.
 * Threads: owned by the home thread; has one of its own, "prove". */
#ifndef CORE_UPDATE_PROVE_H
#define CORE_UPDATE_PROVE_H
#include "core/update/install.h"

struct prove;

/* Begins. `config` and `token` (of --update-launch, "" without it) are borrowed until prove_free().
 * `post` calls call(arg) once on the home thread, soon, from any thread; after prove_free() that
 * does no harm. */
struct prove *prove_new(const struct install_config *config, const char *token,
                        void (*post)(void *post_ctx, void (*call)(void *arg), void *arg),
                        void *post_ctx);
/* Ends the thread, at once. Accepts NULL. */
void prove_free(struct prove *p);

#endif
