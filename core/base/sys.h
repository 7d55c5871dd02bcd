/* sys.h - the few things that Linux and macOS spell differently, for core.
 *
 * One file per system implements it: sys_linux.c, sys_macos.c. Threads: any. */
#ifndef CORE_BASE_SYS_H
#define CORE_BASE_SYS_H
#include "core/base/fault.h"

struct stat;

#define SYS_PATH_MAX 1024
#define SYS_THREAD_NAME_MAX 16
#define SYS_NAME_MAX 128

/* Milliseconds since some start, standing still while the machine sleeps: for deadlines.
 * CLOCK_UPTIME_RAW on macOS, CLOCK_MONOTONIC on Linux (mac-behaviour 16). */
int64_t sys_uptime_ms(void);
/* Names the calling thread; at most 15 bytes are kept. */
void sys_thread_name(const char *name);
/* The name given so, or the system's default for the calling thread. */
void sys_thread_name_get(char out[SYS_THREAD_NAME_MAX]);
/* Absolute, resolved path of the running executable. */
NODISCARD enum rc sys_self_path(char out[SYS_PATH_MAX], struct fault *why);
/* The system as people name it, with its version and the processor: "macOS 26.1, arm64". */
void sys_name(char out[SYS_NAME_MAX]);
/* How the running program is signed, for people; NULL on a system that does not sign programs. */
const char *sys_signature(void);
/* Starts the program anew by its own path, `self`, if it was started through a link; comes back if
 * not, or if that fails. On macOS a program is part of its app only by the path that started it:
 * through a link it would have no bundle, and with that no login item and no notifications. Does
 * nothing on Linux. Early in main(), before any thread or child. */
void sys_leave_link(const char *self, char **argv);
/* Opens a pipe whose two ends are closed on exec. 0, or -1 with errno. */
int sys_pipe(int ends[2]);
/* CPU time of this process in microseconds, children not included. */
int64_t sys_cpu_us(void);
/* Asks `wanted` about the executable of each running process that we may look at, those of this
 * user among them; true as soon as it says so, and also if the system does not tell. */
bool sys_any_program(bool (*wanted)(void *ctx, const char *path), void *ctx);
/* When the file's bytes, owner, mode or links changed last (ctime), in nanoseconds since 1970. */
int64_t sys_changed_ns(const struct stat *st);

/* Makes what was written to fd last through a power cut: F_FULLFSYNC on macOS, where fsync() stops
 * at the drive's own memory. 0, or -1 with errno. */
int sys_sync(int fd);
/* Each of two names that are there becomes the other one, in one call: at no moment is one of them
 * missing. 0, or -1 with errno; ENOTSUP where the file system has no such call. */
int sys_exchange(const char *one, const char *other);
/* On macOS, takes the mark of a download off a tree; does nothing elsewhere. */
void sys_forget_download(const char *path);

/* Watches one folder for entries that come and go, not recursively, no file contents
 * (engines.md 2.6). `fd` polls readable on a change; both are -1 when closed. */
struct sys_watch {
    int fd;
    int folder; /* macOS keeps the folder itself open; always -1 on Linux */
};

/* 0, or -1 with errno and *w closed. */
int sys_watch_open(struct sys_watch *w, const char *folder);
/* Empties fd, so that it polls readable again only after the next change. */
void sys_watch_drain(const struct sys_watch *w);
/* Accepts a closed one. */
void sys_watch_close(struct sys_watch *w);

#endif
