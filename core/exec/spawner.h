/* spawner.h - the right to start children, and the leash that ends them when we are killed.
 *
 * spawner.c is the only file that names posix_spawn. One spawner per process: it owns the
 * environments and one `--leash` process (our own executable), which holds the reading end of a
 * pipe to us, is told each process group we start and have reaped, and ends what is left when
 * the pipe closes, also after kill -9 (mac-behaviour 5). Groups of rows that `detach` are never
 * told to it. Threads: any, after spawner_new(). */
#ifndef CORE_EXEC_SPAWNER_H
#define CORE_EXEC_SPAWNER_H
#include "core/exec/env.h"
#include <sys/types.h>

struct spawner;

/* `self` is the absolute path of an executable whose main() hands "--leash" to leash_main();
 * NULL for none (tests of other things). `env` is borrowed. The leash starts with the first
 * child. */
struct spawner *spawner_new(const char *self, const struct env *env);
/* What spawner_new() was given. */
const struct env *spawner_env(const struct spawner *s);
/* From now on, and for good, no core file of this process: passwords pass through its memory. Each
 * child starts with the limit that we were started with (cores.h). Once, before any thread. */
void spawner_hide_cores(struct spawner *s);
/* Every child must be gone. Closes the leash's pipe and waits for it. Accepts NULL. */
void spawner_free(struct spawner *s);

/* A started child. Its descriptors are ours to close; -1 once closed. */
struct spawned {
    pid_t pid; /* also its process group */
    int in;    /* writing end of its stdin, or -1 for /dev/null */
    int out, err;
    bool detaches;
};

/* Starts call->program with exactly: argv, the engine's environment, stdin from /dev/null or our
 * pipe, stdout and stderr to our pipes, the folder /, its own process group, default signals, no
 * other descriptor. A row that detaches writes to two files without a name instead of pipes: its
 * daemons inherit them, and a closed pipe would kill them at their next line; one that stays, to
 * /dev/null. Our own program gets a session instead of a group, and the environment that we were
 * started with. Never for a row that needs a terminal (a bug). RC_MISSING if the
 * file is gone, RC_DENIED if it may not be executed, else RC_IO. */
NODISCARD enum rc spawner_start(struct spawner *s, const struct cmd_call *call, struct spawned *out,
                                struct fault *why);
/* Has the child exited? Does not reap: its process group id stays reserved. Never blocks. */
bool spawner_exited(const struct spawned *c);
/* Sends sig to the whole group, or to the child alone if it detaches. No-op once reaped. */
void spawner_signal(const struct spawned *c, int sig);
/* After spawner_exited(): ends what is left of the group (not of one that detaches), reaps, and
 * tells the leash. Gives the exit code, or -1 and the signal. Closes the descriptors. */
void spawner_reap(struct spawner *s, struct spawned *c, int *exit_code, int *sig);

/* For a child that detaches and has not exited: nobody waits for it any more, it runs on. Closes
 * the descriptors; a later call on *s reaps it once it has ended. */
void spawner_leave(struct spawner *s, struct spawned *c);

/* Body of the `--leash` process: reads "+pgid" and "-pgid" lines on stdin, and at its end sends
 * TERM, then after 500 ms KILL, to every group still listed. Returns the exit status. */
int leash_main(void);

#endif
