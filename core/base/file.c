/* file.c - reading whole, replacing whole, private folders, one lock.
 *
 * The last component of a path is never followed if it is a symbolic link: what lies in our own
 * folders is ours, and a link there was not made by us. */
#include "core/base/file.h"
#include "core/base/sys.h"
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

static enum rc open_failed(const char *path, struct fault *why)
{
    if (errno == ENOENT)
        return fault_set(why, RC_MISSING, "%s is not there", path);
    if (errno == ELOOP || errno == EMLINK)
        return fault_set(why, RC_DENIED, "%s is a symbolic link", path);
    return fault_set(why, RC_IO, "cannot open %s", path);
}

static enum rc read_all(int fd, const char *path, struct buf *out, struct fault *why)
{
    char bytes[8192];

    for (;;) {
        ssize_t n = read(fd, bytes, sizeof bytes);

        if (n == 0)
            return RC_OK;
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return fault_set(why, RC_IO, "cannot read %s", path);
        if (buf_add(out, bytes, (size_t)n) != RC_OK)
            return fault_set(why, RC_TOO_BIG, "%s is larger than %zu bytes", path, out->max);
    }
}

enum rc file_read(const char *path, struct buf *out, struct fault *why)
{
    struct stat st;
    int fd = -1;
    enum rc rc = RC_OK;

    buf_clear(out);
    if (strcmp(path, "-") == 0)
        return read_all(STDIN_FILENO, "standard input", out, why);
    fd = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC); /* a FIFO must not hold us */
    if (fd < 0)
        return open_failed(path, why);
    if (fstat(fd, &st) < 0)
        rc = fault_set(why, RC_IO, "cannot read %s", path);
    else if (!S_ISREG(st.st_mode))
        rc = fault_set(why, RC_DENIED, "%s is not a regular file", path);
    else
        rc = read_all(fd, path, out, why);
    if (rc != RC_OK)
        buf_clear(out);
    close(fd);
    return rc;
}

int file_write_all(int fd, const void *bytes, size_t len)
{
    const char *at = bytes;

    while (len > 0) {
        ssize_t n = write(fd, at, len);

        if (n < 0 && errno != EINTR)
            return -1;
        if (n > 0) {
            at += n;
            len -= (size_t)n;
        }
    }
    return 0;
}

/* A new file that nobody else writes: its name holds process and thread. What has that name
 * already was left by a process that died while writing. */
static int open_fresh(const char *path)
{
    const int flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC;
    int fd = open(path, flags, 0600);

    if (fd < 0 && errno == EEXIST && unlink(path) == 0)
        fd = open(path, flags, 0600);
    return fd;
}

void file_sync_folder(const char *path)
{
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

    if (fd < 0)
        return;
    (void)sys_sync(fd);
    close(fd);
}

/* Makes a rename last. */
static void sync_folder_of(const char *path)
{
    char folder[FILE_PATH_MAX];
    const char *slash = strrchr(path, '/');

    if (slash == NULL)
        snprintf(folder, sizeof folder, ".");
    else
        snprintf(folder, sizeof folder, "%.*s/", (int)(slash - path), path);
    file_sync_folder(folder);
}

enum rc file_replace(const char *path, const void *data, size_t len, struct fault *why)
{
    char fresh[FILE_PATH_MAX];
    int fd = -1, closed = 0;

    if (snprintf(fresh, sizeof fresh, "%s.%ld.%lx.new", path, (long)getpid(),
                 (unsigned long)(uintptr_t)pthread_self()) >= (int)sizeof fresh)
        return fault_set(why, RC_TOO_BIG, "path too long: %s", path);
    fd = open_fresh(fresh);
    if (fd < 0)
        return fault_set(why, RC_IO, "cannot create %s", fresh);
    if (file_write_all(fd, data, len) < 0 || sys_sync(fd) < 0)
        goto fail;
    closed = close(fd);
    fd = -1;
    if (closed < 0 || rename(fresh, path) < 0)
        goto fail;
    sync_folder_of(path);
    return RC_OK;
fail:
    fault_set(why, RC_IO, "cannot write %s", path);
    if (fd >= 0)
        close(fd);
    unlink(fresh);
    return RC_IO;
}

/* One component; `last` may not be a link, the folders above it may. */
static enum rc make_one(const char *path, bool last, struct fault *why)
{
    struct stat st;

    if (mkdir(path, 0700) == 0)
        return RC_OK;
    if (errno != EEXIST) {
        int e = errno;

        /* a read-only or foreign parent may say so first, although the folder is there */
        if (stat(path, &st) < 0) {
            errno = e;
            return fault_set(why, RC_IO, "cannot create the folder %s", path);
        }
    }
    if ((last ? lstat(path, &st) : stat(path, &st)) < 0)
        return fault_set(why, RC_IO, "cannot look at %s", path);
    if (!S_ISDIR(st.st_mode))
        return fault_set(why, RC_DENIED, "%s is not a folder", path);
    return RC_OK;
}

bool file_is_there(const char *path)
{
    struct stat st;

    return lstat(path, &st) == 0;
}

enum rc file_make_folder(const char *path, struct fault *why)
{
    char part[FILE_PATH_MAX];
    size_t len = strlen(path);
    enum rc rc = RC_OK;

    if (len >= sizeof part)
        return fault_set(why, RC_TOO_BIG, "path too long: %s", path);
    while (len > 1 && path[len - 1] == '/')
        len--;
    if (len == 0)
        return fault_set(why, RC_DENIED, "a folder without a name");
    memcpy(part, path, len);
    part[len] = '\0';
    for (size_t i = 1; i < len && rc == RC_OK; i++) {
        if (part[i] != '/' || part[i - 1] == '/')
            continue;
        part[i] = '\0';
        rc = make_one(part, false, why);
        part[i] = '/';
    }
    return rc != RC_OK ? rc : make_one(part, true, why);
}

enum rc file_lock(const char *path, int *out_fd, struct fault *why)
{
    int fd = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
    enum rc rc = RC_OK;

    *out_fd = -1;
    if (fd < 0)
        return open_failed(path, why);
    if (flock(fd, LOCK_EX | LOCK_NB) == 0) {
        *out_fd = fd;
        return RC_OK;
    }
    if (errno == EWOULDBLOCK)
        rc = fault_set(why, RC_DENIED, "another process holds %s", path);
    else
        rc = fault_set(why, RC_IO, "cannot lock %s", path);
    close(fd);
    return rc;
}

enum rc file_home(char out[FILE_PATH_MAX], struct fault *why)
{
    const char *home = getenv("HOME");
    char bytes[4096];
    struct passwd entry, *found = NULL;

    if (home == NULL || home[0] != '/') {
        if (getpwuid_r(getuid(), &entry, bytes, sizeof bytes, &found) != 0 || found == NULL)
            return fault_set(why, RC_MISSING, "this user has no home folder");
        home = entry.pw_dir;
    }
    if (home[0] != '/')
        return fault_set(why, RC_MISSING, "this user has no home folder");
    if (snprintf(out, FILE_PATH_MAX, "%s", home) >= FILE_PATH_MAX)
        return fault_set(why, RC_TOO_BIG, "the path of the home folder is too long");
    return RC_OK;
}
