/* log_file.c - see log_file.h. The size is counted, not asked for: nobody else writes the file. */
#include "core/base/log_file.h"
#include "core/base/file.h"
#include "core/base/mem.h"
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define OLDER ".1"

struct log_file {
    char path[FILE_PATH_MAX], older[FILE_PATH_MAX];
    size_t max;
    pthread_mutex_t lock; /* of what stands below; leaf */
    int fd;               /* -1: what comes is lost */
    size_t size;
};

/* Fills fd and size. O_NONBLOCK: a FIFO must not hold us. */
static enum rc open_it(struct log_file *f, struct fault *why)
{
    const int flags = O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC;
    struct stat st = {0};

    f->fd = open(f->path, flags, 0600);
    if (f->fd < 0 && errno == ELOOP)
        return fault_set(why, RC_DENIED, "%s is a symbolic link", f->path);
    if (f->fd < 0 || fstat(f->fd, &st) < 0)
        return fault_set(why, RC_IO, "cannot open %s", f->path);
    if (!S_ISREG(st.st_mode))
        return fault_set(why, RC_DENIED, "%s is not a regular file", f->path);
    f->size = (size_t)st.st_size;
    return RC_OK;
}

static void close_it(struct log_file *f)
{
    if (f->fd >= 0)
        close(f->fd);
    f->fd = -1;
}

/* The name that the full one gets. RC_TOO_BIG if the path is too long for that. */
static enum rc name_older(const char *path, char out[FILE_PATH_MAX], struct fault *why)
{
    if (snprintf(out, FILE_PATH_MAX, "%s" OLDER, path) >= FILE_PATH_MAX)
        return fault_set(why, RC_TOO_BIG, "path too long: %s", path);
    return RC_OK;
}

enum rc log_file_open(const char *path, size_t max, struct log_file **out, struct fault *why)
{
    struct log_file *f = mem_new(sizeof *f);
    enum rc rc = name_older(path, f->older, why);

    *out = NULL;
    f->fd = -1;
    f->max = max;
    MUST(pthread_mutex_init(&f->lock, NULL) == 0);
    if (rc == RC_OK) {
        snprintf(f->path, sizeof f->path, "%s", path);
        rc = open_it(f, why);
    }
    if (rc == RC_OK)
        *out = f;
    else
        log_file_free(f);
    return rc;
}

/* With the lock. A file that cannot be put away is begun anew where it is: the cap comes first. */
static void turn(struct log_file *f)
{
    close_it(f);
    if (rename(f->path, f->older) < 0)
        unlink(f->path);
    if (open_it(f, NULL) != RC_OK)
        close_it(f);
}

void log_file_write(void *ctx, const struct log_line *line)
{
    struct log_file *f = ctx;
    ssize_t n = 0;

    MUST(pthread_mutex_lock(&f->lock) == 0);
    if (f->fd >= 0 && f->size + line->len > f->max)
        turn(f);
    if (f->fd >= 0)
        n = write(f->fd, line->whole, line->len);
    if (n > 0)
        f->size += (size_t)n;
    MUST(pthread_mutex_unlock(&f->lock) == 0);
}

void log_file_free(struct log_file *f)
{
    if (f == NULL)
        return;
    close_it(f);
    MUST(pthread_mutex_destroy(&f->lock) == 0);
    mem_free(f);
}

/* Adds a whole file; a missing one is empty. */
static enum rc add_file(const char *path, struct buf *out, bool *found, struct fault *why)
{
    struct fault own = {0};
    struct buf bytes;
    enum rc rc = RC_OK;

    buf_init(&bytes, out->max);
    rc = file_read(path, &bytes, &own);
    if (rc == RC_OK) {
        *found = true;
        if (buf_add(out, buf_text(&bytes), bytes.len) != RC_OK)
            rc = fault_set(&own, RC_TOO_BIG, "%s is too large", path);
    }
    buf_release(&bytes);
    if (rc == RC_OK || rc == RC_MISSING)
        return RC_OK;
    if (why != NULL)
        *why = own;
    return rc;
}

/* Where the last `lines` lines begin. */
static size_t tail_start(const struct buf *b, size_t lines)
{
    const char *text = buf_text(b);
    size_t at = b->len;

    while (at > 0) {
        if (text[at - 1] == '\n' && at < b->len && --lines == 0)
            break;
        at--;
    }
    return at;
}

enum rc log_file_tail(const char *path, size_t lines, struct buf *out, struct fault *why)
{
    char older[FILE_PATH_MAX];
    bool found = false;
    enum rc rc = name_older(path, older, why);

    if (rc == RC_OK)
        rc = add_file(older, out, &found, why);
    if (rc == RC_OK)
        rc = add_file(path, out, &found, why);
    if (rc != RC_OK)
        return rc;
    if (!found)
        return fault_set(why, RC_MISSING, "there is no log in %s yet", path);
    buf_drop(out, lines == 0 ? out->len : tail_start(out, lines));
    return RC_OK;
}
