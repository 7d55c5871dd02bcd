/* registry.h - which registries an engine is logged in to.
 *
 * Apple's engine is asked (`registry list`); docker and podman write it into a file of the user's,
 * which holds passwords beside it: auth_file.h reads the names alone. Facts: engines.md 2.1, 3, 4.
 * What docker calls https://index.docker.io/v1/ and Apple registry-1.docker.io is docker.io here,
 * as for podman; an address or a part of a registry stands for its host. Pure. Threads: any.
 * Memory: a list is its owner's; registry_logins_release(). */
#ifndef CORE_ENGINE_REGISTRY_H
#define CORE_ENGINE_REGISTRY_H
#include "core/exec/cmd.h"

#define REGISTRY_LOGINS_MAX 1000 /* of one engine */

struct registry_login {
    struct valid_host host;
    struct valid_user user; /* "" if not told */
    bool helper;            /* a program of the user's may know a password; whether is not told */
};

/* Zeroed is empty. One row for each host. */
struct registry_logins {
    struct registry_login *list;
    size_t count, size;
};
/* Accepts a zeroed struct; afterwards zeroed. */
void registry_logins_release(struct registry_logins *l);
/* NULL if it is not there. */
const struct registry_login *registry_login_find(const struct registry_logins *l,
                                                 const struct valid_host *host);

/* The host that an engine's name for a registry means; false if it is none. */
bool registry_host(const char *name, size_t len, struct valid_host *out);
/* Adds one under an engine's name for it; a name that is no host adds nothing. A row that is there
 * already gets the user, and is no helper's any more if this one is not. RC_TOO_BIG if it is full.
 */
NODISCARD enum rc registry_login_add(struct registry_logins *l, const char *name, size_t len,
                                     const char *user, bool helper, struct fault *why);
/* What `registry list --format json` printed, of 0.10 and of later ones; added to *l. */
NODISCARD enum rc registry_parse_apple(const char *bytes, size_t len, struct registry_logins *l,
                                       struct fault *why);

#endif
