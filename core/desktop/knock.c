/* knock.c - see knock.h. The listener holds both ends of its FIFO, so that it does not see an end
 * of file each time somebody who knocked has gone. */
#include "core/desktop/knock.h"
#include "core/base/cancel.h"
#include "core/base/file.h"
#include "core/base/mem.h"
#include "core/base/worker.h"
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#define NAME "knock"

struct knock {
    char path[FILE_PATH_MAX];
    int fd;
    void (*heard)(void *ctx);
    void *ctx;
    struct worker *worker;
};

static enum rc path_of(const char *folder, char out[FILE_PATH_MAX], struct fault *why)
{
    if (snprintf(out, FILE_PATH_MAX, "%s/%s", folder, NAME) >= FILE_PATH_MAX)
        return fault_set(why, RC_TOO_BIG, "path too long: %s", folder);
    return RC_OK;
}

/* True if there was anything. */
static bool empty(int fd)
{
    char bytes[64];
    bool any = false;

    while (read(fd, bytes, sizeof bytes) > 0)
        any = true;
    return any;
}

static int64_t listen_once(void *ctx, struct cancel *stop)
{
    struct knock *k = ctx;
    struct pollfd fds[] = {{k->fd, POLLIN, 0}, {cancel_fd(stop), POLLIN, 0}};

    if (poll(fds, 2, -1) < 0 && errno != EINTR)
        return WORKER_SLEEP;
    if (cancel_is_set(stop))
        return WORKER_SLEEP;
    if (empty(k->fd))
        k->heard(k->ctx);
    return 0;
}

/* A descriptor, or -1. */
static int open_fifo(const char *path, struct fault *why)
{
    int fd = -1;

    if ((unlink(path) < 0 && errno != ENOENT) || mkfifo(path, 0600) < 0) {
        fault_set(why, RC_IO, "cannot create %s", path);
        return -1;
    }
    fd = open(path, O_RDWR | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0)
        fault_set(why, RC_IO, "cannot open %s", path);
    return fd;
}

struct knock *knock_listen(const char *data_folder, void (*heard)(void *ctx), void *ctx,
                           struct fault *why)
{
    struct knock *k = mem_new(sizeof *k);

    k->fd = path_of(data_folder, k->path, why) == RC_OK ? open_fifo(k->path, why) : -1;
    if (k->fd < 0) {
        mem_free(k);
        return NULL;
    }
    k->heard = heard;
    k->ctx = ctx;
    k->worker = worker_new("knock", listen_once, k);
    return k;
}

void knock_free(struct knock *k)
{
    if (k == NULL)
        return;
    worker_free(k->worker);
    unlink(k->path);
    close(k->fd);
    mem_free(k);
}

enum rc knock_once(const char *data_folder, struct fault *why)
{
    char path[FILE_PATH_MAX];
    struct stat st;
    enum rc rc = path_of(data_folder, path, why);
    int fd = -1;

    if (rc != RC_OK)
        return rc;
    fd = open(path, O_WRONLY | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0)
        return fault_set(why, RC_MISSING, "nobody listens at %s", path);
    if (fstat(fd, &st) < 0 || !S_ISFIFO(st.st_mode))
        rc = fault_set(why, RC_DENIED, "%s is not what it should be", path);
    else if (write(fd, "!", 1) != 1 && errno != EAGAIN) /* full: it was knocked often enough */
        rc = fault_set(why, RC_IO, "cannot write %s", path);
    close(fd);
    return rc;
}
