/* log.h - one line per event on standard error, for developers and bug reports.
 *
 * Level from the environment: LOG=debug|info|warn|off, `warn` without it. A line is
 * "HH:MM:SS.mmm level [thread] text", written with one write(), so lines of threads never mix.
 * Never logs environment values, secrets or container output. Threads: any. */
#ifndef CORE_BASE_LOG_H
#define CORE_BASE_LOG_H
#include "core/base/base.h"

enum log_level { LOG_DEBUG, LOG_INFO, LOG_WARN, LOG_OFF };

/* Reads LOG once; call it first thing in main(), before any thread. */
void log_init(void);
bool log_wants(enum log_level level);
void log_write(enum log_level level, const char *fmt, ...) PRINTF(2, 3);

#define log_debug(...) (log_wants(LOG_DEBUG) ? log_write(LOG_DEBUG, __VA_ARGS__) : (void)0)
#define log_info(...) (log_wants(LOG_INFO) ? log_write(LOG_INFO, __VA_ARGS__) : (void)0)
#define log_warn(...) (log_wants(LOG_WARN) ? log_write(LOG_WARN, __VA_ARGS__) : (void)0)

#endif
