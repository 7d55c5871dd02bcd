/* launch.h - the two ways in which an update starts our own program: as the watchdog of an update,
 * and in its new version (updates.md 10.5).
 *
 * Both are rows of host.c and go through the one spawner; there is no shell. What is started runs
 * on when we end, is told to no leash and waited for by nobody.
 * Threads: any. Memory: a struct launched is the caller's, ended by launched_leave(). */
#ifndef CORE_UPDATE_LAUNCH_H
#define CORE_UPDATE_LAUNCH_H
#include "core/base/file.h"
#include "core/exec/spawner.h"

/* A random word that names one start of a new version. */
#define LAUNCH_TOKEN 32 /* hexadecimal digits */
void launch_token(char out[LAUNCH_TOKEN + 1]);
/* Is it one? For what comes from a command line. */
bool launch_is_token(const char *text);

/* Starts `self` as the watchdog, whose stdin ends when this process ends, and not before. RC_IO,
 * RC_MISSING, RC_DENIED. */
NODISCARD enum rc launch_watchdog(struct spawner *s, bool mac, const char *self, struct fault *why);

struct launched {
    struct spawned child;
    bool is_app; /* the child is the app itself, not the program that opens it */
};

/* Starts the app at the absolute `path` with a word and its value. RC_IO, RC_MISSING, RC_DENIED. */
NODISCARD enum rc launch_app(struct spawner *s, bool mac, const char *path, const char *word,
                             const char *value, struct launched *out, struct fault *why);
/* It is known to have ended. Never blocks. */
bool launched_ended(const struct launched *l);
/* Nobody waits for it any more. */
void launched_leave(struct spawner *s, struct launched *l);

#endif
