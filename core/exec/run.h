/* run.h - the loop behind child.h and stream.h: one child from its start to its end.
 *
 * For core/exec alone. Feeds stdin, drains both outputs, keeps the deadline, sees the exit, ends
 * what must be ended, reaps. Threads: any; each call stands alone and blocks. */
#ifndef CORE_EXEC_RUN_H
#define CORE_EXEC_RUN_H
#include "core/base/cancel.h"
#include "core/exec/spawner.h"

/* bytes[len] may be written to. False: it is too much, end the child. */
typedef bool run_bytes_fn(void *ctx, bool is_stderr, char *bytes, size_t len);

struct run {
    struct spawner *spawner;
    const struct cmd_call *call;
    const struct cancel *stop; /* may be NULL */
    run_bytes_fn *on_bytes;
    void *ctx;
    int exit_code, sig; /* filled: -1 and the signal, or the code and 0 */
};

/* RC_OK: it ended by itself, or stays (exit code 0 then). RC_TIMEOUT, RC_CANCELLED, RC_TOO_BIG: we
 * ended it, or left one that detaches to itself. Else it was not started. */
NODISCARD enum rc run_child(struct run *run, struct fault *why);

#endif
