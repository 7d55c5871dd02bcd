/* sys_linux.c - sys.h on Linux: inotify, /proc/self/exe, XDG folders. */
#define _GNU_SOURCE /* pipe2, pthread_setname_np, renameat2 */
#include "core/base/file.h"
#include "core/base/sys.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <sys/utsname.h>
#include <time.h>
#include <unistd.h>

static int64_t in_units(clockid_t clock, int64_t per_second)
{
    struct timespec t = {0};

    MUST(clock_gettime(clock, &t) == 0);
    return (int64_t)t.tv_sec * per_second + t.tv_nsec / (1000000000 / per_second);
}

int64_t sys_uptime_ms(void)
{
    return in_units(CLOCK_MONOTONIC, 1000);
}

int64_t sys_cpu_us(void)
{
    return in_units(CLOCK_PROCESS_CPUTIME_ID, 1000000);
}

bool sys_any_program(bool (*wanted)(void *ctx, const char *path), void *ctx)
{
    DIR *all = opendir("/proc");
    struct dirent *d;
    char name[32 + sizeof d->d_name], program[SYS_PATH_MAX];
    bool found = false;

    if (all == NULL)
        return true;
    while (!found && (d = readdir(all)) != NULL) {
        ssize_t len;

        if (d->d_name[0] < '1' || d->d_name[0] > '9')
            continue;
        snprintf(name, sizeof name, "/proc/%s/exe", d->d_name);
        len =
            readlink(name, program, sizeof program - 1); /* not of a stranger, nor of the kernel */
        if (len <= 0)
            continue;
        program[len] = '\0';
        found = wanted(ctx, program);
    }
    closedir(all);
    return found;
}

int64_t sys_changed_ns(const struct stat *st)
{
    return (int64_t)st->st_ctim.tv_sec * 1000000000 + st->st_ctim.tv_nsec;
}

void sys_thread_name(const char *name)
{
    char kept[SYS_THREAD_NAME_MAX];

    snprintf(kept, sizeof kept, "%s", name);
    pthread_setname_np(pthread_self(), kept);
}

void sys_thread_name_get(char out[SYS_THREAD_NAME_MAX])
{
    if (pthread_getname_np(pthread_self(), out, SYS_THREAD_NAME_MAX) != 0)
        out[0] = '\0';
}

enum rc sys_self_path(char out[SYS_PATH_MAX], struct fault *why)
{
    ssize_t n = readlink("/proc/self/exe", out, SYS_PATH_MAX);

    if (n < 0)
        return fault_set(why, RC_IO, "cannot find out where this program lies");
    if (n >= SYS_PATH_MAX)
        return fault_set(why, RC_TOO_BIG, "the path of this program is too long");
    out[n] = '\0';
    return RC_OK;
}

void sys_name(char out[SYS_NAME_MAX])
{
    struct utsname u = {0};

    MUST(uname(&u) == 0);
    snprintf(out, SYS_NAME_MAX, "%.16s %.64s, %.32s", u.sysname, u.release, u.machine);
}

const char *sys_signature(void)
{
    return NULL;
}

void sys_leave_link(const char *self, char **argv)
{
    (void)self; /* nothing here depends on the path that started us */
    (void)argv;
}

int sys_pipe(int ends[2])
{
    return pipe2(ends, O_CLOEXEC);
}

int sys_sync(int fd)
{
    return fsync(fd);
}

int sys_exchange(const char *one, const char *other)
{
    if (renameat2(AT_FDCWD, one, AT_FDCWD, other, RENAME_EXCHANGE) == 0)
        return 0;
    if (errno == EINVAL || errno == ENOSYS) /* the file system, or the kernel, does not know it */
        errno = ENOTSUP;
    return -1;
}

void sys_forget_download(const char *path)
{
    (void)path;
}

int sys_watch_open(struct sys_watch *w, const char *folder)
{
    const uint32_t events = IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO | IN_DELETE_SELF |
                            IN_MOVE_SELF | IN_ONLYDIR;
    int e = 0;

    *w = (struct sys_watch){-1, -1};
    w->fd = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
    if (w->fd < 0)
        return -1;
    if (inotify_add_watch(w->fd, folder, events) >= 0)
        return 0;
    e = errno;
    sys_watch_close(w);
    errno = e;
    return -1;
}

void sys_watch_drain(const struct sys_watch *w)
{
    char events[4096];

    while (read(w->fd, events, sizeof events) > 0)
        continue;
}

void sys_watch_close(struct sys_watch *w)
{
    if (w->fd >= 0)
        close(w->fd);
    *w = (struct sys_watch){-1, -1};
}

/* $variable/container-kit, or below the home folder. */
static enum rc xdg_folder(const char *variable, const char *otherwise, char out[FILE_PATH_MAX],
                          struct fault *why)
{
    const char *data = getenv(variable); /* relative: to be ignored, says XDG */
    char home[FILE_PATH_MAX];
    enum rc rc = RC_OK;
    int len = 0;

    if (data != NULL && data[0] == '/') {
        len = snprintf(out, FILE_PATH_MAX, "%s/container-kit", data);
    } else {
        rc = file_home(home, why);
        if (rc != RC_OK)
            return rc;
        len = snprintf(out, FILE_PATH_MAX, "%s/%s/container-kit", home, otherwise);
    }
    if (len >= FILE_PATH_MAX)
        return fault_set(why, RC_TOO_BIG, "the path of a folder of ours is too long");
    return RC_OK;
}

enum rc file_data_folder(char out[FILE_PATH_MAX], struct fault *why)
{
    return xdg_folder("XDG_DATA_HOME", ".local/share", out, why);
}

enum rc file_cache_folder(char out[FILE_PATH_MAX], struct fault *why)
{
    return xdg_folder("XDG_CACHE_HOME", ".cache", out, why);
}
