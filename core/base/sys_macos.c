/* sys_macos.c - sys.h on macOS: kqueue, dyld's path, the Library folder. */
#include "core/base/file.h"
#include "core/base/mem.h"
#include "core/base/sys.h"
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <libproc.h>
#include <limits.h>
#include <mach-o/dyld.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/event.h>
#include <sys/stat.h>
#include <sys/sysctl.h>
#include <sys/utsname.h>
#include <time.h>
#include <unistd.h>

#define PROCESSES_TO_COME 256 /* between counting them and listing them */

static int64_t in_units(clockid_t clock, int64_t per_second)
{
    struct timespec t = {0};

    MUST(clock_gettime(clock, &t) == 0);
    return (int64_t)t.tv_sec * per_second + t.tv_nsec / (1000000000 / per_second);
}

int64_t sys_uptime_ms(void)
{
    return in_units(CLOCK_UPTIME_RAW, 1000); /* CLOCK_MONOTONIC goes on during sleep here */
}

int64_t sys_cpu_us(void)
{
    return in_units(CLOCK_PROCESS_CPUTIME_ID, 1000000);
}

bool sys_any_program(bool (*wanted)(void *ctx, const char *path), void *ctx)
{
    int size = proc_listallpids(NULL, 0) + PROCESSES_TO_COME, count = 0;
    char path[PROC_PIDPATHINFO_MAXSIZE];
    pid_t *all = NULL;
    bool found;

    if (size <= PROCESSES_TO_COME)
        return true;
    all = mem_new_array((size_t)size, sizeof *all);
    count = proc_listallpids(all, size * (int)sizeof *all);
    found = count <= 0 || count >= size; /* more have come than we have room for */
    for (int i = 0; i < count && !found; i++) {
        if (proc_pidpath(all[i], path, sizeof path) > 0)
            found = wanted(ctx, path);
    }
    mem_free(all);
    return found;
}

int64_t sys_changed_ns(const struct stat *st)
{
    return (int64_t)st->st_ctimespec.tv_sec * 1000000000 + st->st_ctimespec.tv_nsec;
}

void sys_thread_name(const char *name)
{
    char kept[SYS_THREAD_NAME_MAX];

    snprintf(kept, sizeof kept, "%s", name);
    pthread_setname_np(kept);
}

void sys_thread_name_get(char out[SYS_THREAD_NAME_MAX])
{
    if (pthread_getname_np(pthread_self(), out, SYS_THREAD_NAME_MAX) != 0)
        out[0] = '\0';
}

enum rc sys_self_path(char out[SYS_PATH_MAX], struct fault *why)
{
    char found[SYS_PATH_MAX], resolved[PATH_MAX];
    uint32_t size = sizeof found;

    _Static_assert(PATH_MAX <= SYS_PATH_MAX, "a resolved path must fit");
    if (_NSGetExecutablePath(found, &size) != 0)
        return fault_set(why, RC_TOO_BIG, "the path of this program is too long");
    if (realpath(found, resolved) == NULL)
        return fault_set(why, RC_IO, "cannot find out where this program lies");
    snprintf(out, SYS_PATH_MAX, "%s", resolved);
    return RC_OK;
}

void sys_name(char out[SYS_NAME_MAX])
{
    struct utsname u = {0};
    char version[32] = "";
    size_t size = sizeof version;

    if (sysctlbyname("kern.osproductversion", version, &size, NULL, 0) != 0)
        version[0] = '\0';
    MUST(uname(&u) == 0);
    snprintf(out, SYS_NAME_MAX, "macOS %.31s, %.32s", version, u.machine);
}

/* XNU's bsd/sys/codesign.h and cs_blobs.h; no header of the SDK has them. */
enum {
    CS_OPS_STATUS = 0,
    CS_VALID = 0x1,
    CS_ADHOC = 0x2,
    CS_RUNTIME = 0x10000,
    CS_LINKER_SIGNED = 0x20000
};
extern int csops(pid_t pid, unsigned int operation, void *answer, size_t size);

const char *sys_signature(void)
{
    uint32_t flags = 0;

    if (csops(getpid(), CS_OPS_STATUS, &flags, sizeof flags) != 0 || (flags & CS_VALID) == 0)
        return "none that is valid";
    if (flags & CS_LINKER_SIGNED)
        return "ad hoc, by the linker alone";
    if (flags & CS_ADHOC)
        return flags & CS_RUNTIME ? "ad hoc, hardened runtime" : "ad hoc";
    return flags & CS_RUNTIME ? "by a developer, hardened runtime" : "by a developer";
}

/* It cannot go round in circles: `self` is no link. */
void sys_leave_link(const char *self, char **argv)
{
    char found[SYS_PATH_MAX], target[SYS_PATH_MAX];
    uint32_t size = sizeof found;

    if (_NSGetExecutablePath(found, &size) == 0 && readlink(found, target, sizeof target) > 0)
        execv(self, argv);
}

/* There is no pipe2(). A child started between the two calls inherits nothing all the same:
 * spawner.c asks for POSIX_SPAWN_CLOEXEC_DEFAULT. */
int sys_pipe(int ends[2])
{
    int e = 0;

    if (pipe(ends) < 0)
        return -1;
    if (fcntl(ends[0], F_SETFD, FD_CLOEXEC) == 0 && fcntl(ends[1], F_SETFD, FD_CLOEXEC) == 0)
        return 0;
    e = errno;
    close(ends[0]);
    close(ends[1]);
    errno = e;
    return -1;
}

int sys_sync(int fd)
{
    if (fcntl(fd, F_FULLFSYNC) == 0)
        return 0;
    return fsync(fd); /* not every file system knows it */
}

int sys_exchange(const char *one, const char *other)
{
    return renamex_np(one, other, RENAME_SWAP);
}

/* sys/xattr.h of the system, which not every SDK has. */
extern int removexattr(const char *path, const char *name, int options);

#define XATTR_NOFOLLOW 1
#define DOWNLOAD_MARK "com.apple.quarantine"
#define FOLDERS_OPEN 16

static int forget_one(const char *path, const struct stat *st, int kind, struct FTW *walk)
{
    (void)st;
    (void)kind;
    (void)walk;
    (void)removexattr(path, DOWNLOAD_MARK, XATTR_NOFOLLOW); /* most have none */
    return 0;
}

void sys_forget_download(const char *path)
{
    (void)nftw(path, forget_one, FOLDERS_OPEN, FTW_PHYS);
}

/* A folder's vnode reports NOTE_WRITE when an entry comes or goes. EV_CLEAR: one report per change,
 * not one as long as the folder stays changed. */
int sys_watch_open(struct sys_watch *w, const char *folder)
{
    struct kevent change;
    int e = 0;

    *w = (struct sys_watch){-1, -1};
    w->folder = open(folder, O_EVTONLY | O_DIRECTORY | O_CLOEXEC);
    if (w->folder < 0)
        return -1;
    w->fd = kqueue();
    if (w->fd < 0 || fcntl(w->fd, F_SETFD, FD_CLOEXEC) < 0)
        goto fail;
    EV_SET(&change, (uintptr_t)w->folder, EVFILT_VNODE, EV_ADD | EV_CLEAR,
           NOTE_WRITE | NOTE_DELETE | NOTE_RENAME | NOTE_REVOKE, 0, NULL);
    if (kevent(w->fd, &change, 1, NULL, 0, NULL) < 0)
        goto fail;
    return 0;
fail:
    e = errno;
    sys_watch_close(w);
    errno = e;
    return -1;
}

void sys_watch_drain(const struct sys_watch *w)
{
    const struct timespec at_once = {0, 0};
    struct kevent event;

    while (kevent(w->fd, NULL, 0, &event, 1, &at_once) > 0)
        continue;
}

void sys_watch_close(struct sys_watch *w)
{
    if (w->fd >= 0)
        close(w->fd);
    if (w->folder >= 0)
        close(w->folder);
    *w = (struct sys_watch){-1, -1};
}

static enum rc library_folder(const char *name, char out[FILE_PATH_MAX], struct fault *why)
{
    char home[FILE_PATH_MAX];
    enum rc rc = file_home(home, why);

    if (rc != RC_OK)
        return rc;
    if (snprintf(out, FILE_PATH_MAX, "%s/Library/%s/" CK_BUNDLE_ID, home, name) >= FILE_PATH_MAX)
        return fault_set(why, RC_TOO_BIG, "the path of a folder of ours is too long");
    return RC_OK;
}

enum rc file_data_folder(char out[FILE_PATH_MAX], struct fault *why)
{
    return library_folder("Application Support", out, why);
}

enum rc file_cache_folder(char out[FILE_PATH_MAX], struct fault *why)
{
    return library_folder("Caches", out, why);
}
