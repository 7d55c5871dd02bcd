/* env.h - the environment of a child, made from nothing (engines.md 1.1 and 5).
 *
 * A short list of names is copied from our own environment, PATH and LC_ALL are fixed, and an
 * engine's own variables go to that engine alone. Programs of the system (host.h) get what a window
 * of the user's needs, in the user's own language. Threads: made once in main(), then read only. */
#ifndef CORE_EXEC_ENV_H
#define CORE_EXEC_ENV_H
#include "core/exec/cmd.h"

struct env; /* the environments of all engines, and of the system's programs */

/* `from` is a NULL-ended "NAME=value" array, e.g. environ; copied. */
struct env *env_new(const char *const *from);
void env_free(struct env *e);
/* NULL-ended array for posix_spawn; lives as long as *e. */
const char *const *env_for(const struct env *e, enum engine_kind kind);
/* Value of a variable as the child sees it, or NULL. */
const char *env_get(const struct env *e, enum engine_kind kind, const char *name);
/* The same for a program of the system. */
const char *const *env_for_host(const struct env *e);
/* The same for our own program, started again: all that we were started with. */
const char *const *env_for_own(const struct env *e);
/* Name of the variable number `i` that this engine alone gets, NULL past the last: what makes it
 * the engine that it is, wherever it is called from. Static. */
const char *env_own_name(enum engine_kind kind, size_t i);

#endif
