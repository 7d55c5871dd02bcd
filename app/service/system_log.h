/* system_log.h - our log lines in the system's own log, so that they stand beside what the rest of
 * the system did.
 *
 * macOS (app/macos/system_log.c): os_log with our bundle identifier as subsystem and the thread's
 * name as category; what is private in a line (core/base/log.h) is private there, so it is not
 * shown to others. Linux: none; a desktop keeps the standard error of what it starts. */
#ifndef APP_SERVICE_SYSTEM_LOG_H
#define APP_SERVICE_SYSTEM_LOG_H

/* Lines from `info` on go there too. Before any thread. */
void system_log_start(void);

#endif
