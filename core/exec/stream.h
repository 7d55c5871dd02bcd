/* stream.h - a child that is read line by line until it ends or is stopped.
 *
 * For `events` and followed logs. Lines of stdout and stderr come to one function, on the calling
 * thread, without the newline; a line over CMD_LINE_MAX comes in pieces of that size. The last
 * half line before the end comes too; nothing comes after `stop`. Ends like child.h: TERM, then
 * KILL 1 s later, to the group. So does a child that has closed both pipes and lives on: it has
 * nothing more to say. Without output and without stop it costs no wake-up at all.
 *
 * Threads: any; each call stands alone. */
#ifndef CORE_EXEC_STREAM_H
#define CORE_EXEC_STREAM_H
#include "core/base/cancel.h"
#include "core/exec/spawner.h"

/* `line` has a NUL behind len bytes; valid during the call. */
typedef void stream_line_fn(void *ctx, bool is_stderr, const char *line, size_t len);

/* Blocks until the child has ended or `stop` is triggered (RC_CANCELLED). RC_OK and the exit code
 * (-1 for a signal) when it ended by itself; else it was not started. */
NODISCARD enum rc stream_run(struct spawner *s, const struct cmd_call *call,
                             const struct cancel *stop, stream_line_fn *on_line, void *ctx,
                             int *exit_code, struct fault *why);

#endif
