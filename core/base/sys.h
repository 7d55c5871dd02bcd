/* sys.h - the few things that Linux and macOS spell differently, for core.
 *
 * One file per system implements it: sys_linux.c, sys_macos.c. Threads: any. */
#ifndef CORE_BASE_SYS_H
#define CORE_BASE_SYS_H
#include "core/base/fault.h"

#define SYS_PATH_MAX 1024

/* Milliseconds since some start, standing still while the machine sleeps: for deadlines.
 * CLOCK_UPTIME_RAW on macOS, CLOCK_MONOTONIC on Linux (mac-behaviour 16). */
int64_t sys_uptime_ms(void);
/* Names the calling thread; at most 15 bytes are kept. */
void sys_thread_name(const char *name);
/* Absolute, resolved path of the running executable. */
NODISCARD enum rc sys_self_path(char out[SYS_PATH_MAX], struct fault *why);
/* Opens a pipe whose two ends are closed on exec. 0, or -1 with errno. */
int sys_pipe(int ends[2]);
/* CPU time of this process in microseconds, children not included. */
int64_t sys_cpu_us(void);

/* Watches one folder for entries that come and go, not recursively, no file contents
 * (engines.md 2.6). Returns a descriptor that polls readable on a change, or -1 with errno.
 * sys_watch_drain() empties it; close() ends it. */
int sys_watch_open(const char *folder);
void sys_watch_drain(int fd);

#endif
