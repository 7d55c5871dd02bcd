/* pipes.c - see pipes.h.
 *
 * A write to a pipe that nobody reads raises SIGPIPE, which by default ends the program. main()
 * ignores it, but a library must not depend on that. macOS can switch it off for a descriptor;
 * elsewhere it is blocked for the moment of the write and taken out of the pending set: there it
 * is sent to the writing thread. */
#include "core/exec/pipes.h"
#include "core/base/sys.h"
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define FIRST_FD 3

int pipes_copy(int fd)
{
    return fcntl(fd, F_DUPFD_CLOEXEC, FIRST_FD);
}

void pipes_close(int *fd)
{
    if (*fd >= 0)
        close(*fd);
    *fd = -1;
}

/* Moves a descriptor away from 0, 1 and 2. */
static int raise_fd(int *fd)
{
    int moved;

    if (*fd >= FIRST_FD)
        return 0;
    moved = pipes_copy(*fd);
    if (moved < 0)
        return -1;
    close(*fd);
    *fd = moved;
    return 0;
}

/* Settles our end. */
static int prepare(int fd, bool we_write)
{
    int flags = fcntl(fd, F_GETFL);

    if (flags < 0 || fcntl(fd, F_SETFL, flags | O_NONBLOCK) < 0)
        return -1;
#ifdef F_SETNOSIGPIPE
    if (we_write && fcntl(fd, F_SETNOSIGPIPE, 1) < 0)
        return -1;
#else
    (void)we_write;
#endif
    return 0;
}

int pipes_open(int *ours, int *theirs, bool we_write)
{
    int ends[2] = {-1, -1};
    int kept;

    *ours = *theirs = -1;
    if (sys_pipe(ends) < 0)
        return -1;
    if (raise_fd(&ends[0]) < 0 || raise_fd(&ends[1]) < 0 ||
        prepare(ends[we_write ? 1 : 0], we_write) < 0) {
        kept = errno;
        pipes_close(&ends[0]);
        pipes_close(&ends[1]);
        errno = kept;
        return -1;
    }
    *ours = ends[we_write ? 1 : 0];
    *theirs = ends[we_write ? 0 : 1];
    return 0;
}

int pipes_file(const char *folder)
{
    char path[SYS_PATH_MAX];
    int fd, kept;

    if (snprintf(path, sizeof path, "%s/container-kit.XXXXXX", folder) >= (int)sizeof path) {
        errno = ENAMETOOLONG;
        return -1;
    }
    fd = mkstemp(path);
    if (fd < 0)
        return -1;
    if (unlink(path) < 0 || fcntl(fd, F_SETFD, FD_CLOEXEC) < 0 || raise_fd(&fd) < 0) {
        kept = errno;
        pipes_close(&fd);
        errno = kept;
    }
    return fd;
}

static ssize_t write_again(int fd, const void *bytes, size_t len)
{
    ssize_t n;

    do
        n = write(fd, bytes, len);
    while (n < 0 && errno == EINTR);
    return n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK) ? 0 : n;
}

ssize_t pipes_write(int fd, const void *bytes, size_t len)
{
    sigset_t pipe_only, before, pending;
    bool was_pending;
    int got, kept;
    ssize_t n;

    sigemptyset(&pipe_only);
    sigaddset(&pipe_only, SIGPIPE);
    MUST(pthread_sigmask(SIG_BLOCK, &pipe_only, &before) == 0);
    MUST(sigpending(&pending) == 0);
    was_pending = sigismember(&pending, SIGPIPE) == 1;
    n = write_again(fd, bytes, len);
    kept = errno;
    if (n < 0 && kept == EPIPE && !was_pending) {
        MUST(sigpending(&pending) == 0);
        if (sigismember(&pending, SIGPIPE) == 1)
            MUST(sigwait(&pipe_only, &got) == 0);
    }
    MUST(pthread_sigmask(SIG_SETMASK, &before, NULL) == 0);
    errno = kept;
    return n;
}

ssize_t pipes_read(int fd, void *bytes, size_t size)
{
    ssize_t n;

    do
        n = read(fd, bytes, size);
    while (n < 0 && errno == EINTR);
    if (n < 0 && errno != EAGAIN && errno != EWOULDBLOCK)
        return 0;
    return n;
}
