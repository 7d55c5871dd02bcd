/* log.h - one line per event on standard error, for developers and bug reports; in the menu bar
 * also in a file and in the system's log (app/applog.h).
 *
 * Level of standard error from the environment: LOG=debug|info|warn|off, `warn` without it. A line
 * is "HH:MM:SS.mmm level [thread] text", written with one write(), so lines of threads never mix.
 * Never logs environment values, secrets or container output.
 *
 * Private is what says whose machine this is: names, ids, paths, an engine's own sentence. It
 * stands at the end of a line, behind LOG_PRIVATE, and the system's log, which others may read,
 * does not show it (mac-behaviour 31):
 *
 *     log_info("%s: %s: %s" LOG_PRIVATE ": %s", engine, command, rc_name(rc), id);
 *
 * Threads: any, but for log_init() and log_to(). */
#ifndef CORE_BASE_LOG_H
#define CORE_BASE_LOG_H
#include "core/base/base.h"

enum log_level { LOG_DEBUG, LOG_INFO, LOG_WARN, LOG_OFF };

#define LOG_PRIVATE "\x1f" /* in a format, once; written nowhere */

/* A finished line, without control characters; borrowed during the call. */
struct log_line {
    enum log_level level;
    const char *thread;
    const char *whole; /* "YYYY-MM-DD HH:MM:SS.mmm level [thread] text\n", no NUL behind it */
    size_t len;
    const char *text;  /* inside it */
    size_t public_len; /* of the text; the rest, up to the end of the line, is private */
};
/* Must not log, and not fail loudly. Any thread, also several at once. */
typedef void log_sink_fn(void *ctx, const struct log_line *line);

/* Reads LOG once and forgets all sinks; call it first thing in main(), before any thread. */
void log_init(void);
/* Lines from `least` on also go to sink(ctx), whatever LOG says. Before any thread; at most
 * LOG_SINKS_MAX times; ctx stays for as long as the process. */
void log_to(enum log_level least, log_sink_fn *sink, void *ctx);
#define LOG_SINKS_MAX 2
bool log_wants(enum log_level level);
void log_write(enum log_level level, const char *fmt, ...) PRINTF(2, 3);

#define log_debug(...) (log_wants(LOG_DEBUG) ? log_write(LOG_DEBUG, __VA_ARGS__) : (void)0)
#define log_info(...) (log_wants(LOG_INFO) ? log_write(LOG_INFO, __VA_ARGS__) : (void)0)
#define log_warn(...) (log_wants(LOG_WARN) ? log_write(LOG_WARN, __VA_ARGS__) : (void)0)

#endif
