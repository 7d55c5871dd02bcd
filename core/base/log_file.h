/* log_file.h - a file that keeps the last log lines, for `doctor --log` and bug reports.
 *
 * Mode 0600, never larger than its cap: then it becomes PATH.1, in place of the one before, and a
 * new one begins. So at least the last LOG_FILE_MAX bytes are kept, and at most twice as many.
 * Lines are small and go through one write() each, without a sync: the main thread may log.
 * Threads: log_file_write() from any. */
#ifndef CORE_BASE_LOG_FILE_H
#define CORE_BASE_LOG_FILE_H
#include "core/base/buf.h"
#include "core/base/fault.h"
#include "core/base/log.h"

#define LOG_FILE_MAX ((size_t)512 * 1024)

struct log_file;

/* Opens or makes the file; its folder is there. `max` is its cap. One process at a time. RC_DENIED
 * if something else than a file of ours has that name. */
NODISCARD enum rc log_file_open(const char *path, size_t max, struct log_file **out,
                                struct fault *why);
/* A log_sink_fn: ctx is the log file. What cannot be written is lost. */
void log_file_write(void *ctx, const struct log_line *line);
/* Accepts NULL. Nobody may write any more. */
void log_file_free(struct log_file *f);

/* The last `lines` lines of PATH.1 and PATH together, added to *out (empty, with a cap of at least
 * twice the file's). RC_MISSING if there is none. */
NODISCARD enum rc log_file_tail(const char *path, size_t lines, struct buf *out, struct fault *why);

#endif
