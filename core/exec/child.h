/* child.h - run one allowed command to its end.
 *
 * Takes a filled row of the command table, never a path, shell line or environment. Both pipes
 * are drained at once and capped. Done means: its exit was seen, and both pipes ended or a
 * 250 ms grace passed, for a grandchild can hold a pipe open and a child can close it and live on.
 * Past the deadline, on cancel, or over the cap the group gets TERM, and KILL 1 s later. A row
 * that detaches: TERM to the command alone, never KILL, and on cancel no signal at all: Quit
 * leaves it to finish (mac-behaviour 2). A row that stays is no longer waited for past its
 * deadline, and gets no signal: RC_OK, exit code 0, as for one that ended well. Threads: any; each
 * call stands alone and blocks until the child is gone, or for a row that detaches, until a second
 * after the deadline. Memory: a result owns its buffers; child_result_release(). */
#ifndef CORE_EXEC_CHILD_H
#define CORE_EXEC_CHILD_H
#include "core/base/buf.h"
#include "core/base/cancel.h"
#include "core/exec/spawner.h"

struct child_result {
    int exit_code; /* -1 if a signal ended it */
    int sig;       /* the signal, or 0 */
    struct buf out, err;
    int64_t took_ms;
};

/* RC_OK: the child ended by itself and *res is filled, whatever the exit code. RC_TIMEOUT,
 * RC_CANCELLED, RC_TOO_BIG: we ended it; *res holds what had come, for the sentence. Else it was
 * not started. `call` is borrowed until return; `stop` may be NULL. Before the call *res is zeroed
 * or of an earlier run, whose memory is used again; it is always fit for child_result_release(). */
NODISCARD enum rc child_run(struct spawner *s, const struct cmd_call *call,
                            const struct cancel *stop, struct child_result *res, struct fault *why);
/* Accepts NULL or a zeroed struct. */
void child_result_release(struct child_result *res);

#endif
