/* login.h - logging an engine in to a registry and out of it, and asking where it is logged in.
 *
 * The password goes to the engine's stdin and nowhere else; the engine keeps it: Apple's in the
 * login keychain, docker and podman in a file of their own, where it is base64-coded and not
 * encrypted unless a credential helper is set up.
 * Threads: any but the main one: each call blocks until the engine has answered, which for a login
 * takes as long as the registry does, at most a minute. `stop` may be NULL.
 * Errors: RC_DENIED the registry refused the password, or the engine is not trusted; RC_FAILED
 * with a sentence about what else went wrong; RC_MISSING, RC_DOWN, RC_TIMEOUT, RC_CANCELLED. */
#ifndef CORE_ACTION_LOGIN_H
#define CORE_ACTION_LOGIN_H
#include "core/base/secret.h"
#include "core/engine/look.h"
#include "core/engine/registry.h"
#include "core/store/store.h"

/* Logs in at->engine as at->user, who is not "". `password` is borrowed. */
NODISCARD enum rc login_run(struct spawner *s, const struct locate_where *where,
                            const struct store_registry *at, const struct secret *password,
                            const struct cancel *stop, struct fault *why);
/* Logs out; one that is not logged in is done. */
NODISCARD enum rc login_end(struct spawner *s, const struct locate_where *where,
                            const struct store_registry *at, const struct cancel *stop,
                            struct fault *why);
/* Where this engine is logged in; fills *out, which is zeroed. Only names are read of the files in
 * which docker and podman keep passwords (auth_file.h). */
NODISCARD enum rc login_list(struct spawner *s, const struct locate_where *where,
                             enum engine_kind kind, const struct cancel *stop,
                             struct registry_logins *out, struct fault *why);

/* What it means that `login` or `logout` ended like this, as a sentence that has nothing of the
 * password in it, whatever the engine printed. `password` may be NULL. Pure. */
NODISCARD enum rc login_verdict(const struct store_registry *at, const struct child_result *res,
                                const struct secret *password, struct fault *why);

#endif
