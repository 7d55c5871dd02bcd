/* part.c - see part.h. The file is reached through a descriptor of its folder, and opened once. */
#include "core/update/part.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define ENDING ".part"
#define TAG ".tag"
#define PRIVATE_FOLDER 0700
#define PRIVATE_FILE 0600
#define FLAGS (O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC) /* a FIFO must not hold us */

static enum rc open_folder(struct part *p, const char *folder, struct refusal *why)
{
    struct fault fault = {0};
    struct stat st;

    if (file_make_folder(folder, &fault) != RC_OK)
        return refuse(why, REFUSAL_READ, "%s", fault.text);
    p->folder = open(folder, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (p->folder < 0 || fstat(p->folder, &st) < 0)
        return refuse(why, REFUSAL_READ, "cannot open the folder for updates");
    errno = 0; /* what follows may not be the system's refusal */
    if (st.st_uid != geteuid() || fchmod(p->folder, PRIVATE_FOLDER) < 0)
        return refuse(why, REFUSAL_READ, "the folder for updates is not ours");
    return RC_OK;
}

/* Removes the parts of other releases; what cannot be removed stays. */
static void sweep(const struct part *p)
{
    int fd = fcntl(p->folder, F_DUPFD_CLOEXEC, 0);
    DIR *folder = fd >= 0 ? fdopendir(fd) : NULL;
    const struct dirent *e = NULL;

    if (folder == NULL) {
        if (fd >= 0)
            close(fd);
        return;
    }
    while ((e = readdir(folder)) != NULL) {
        if (strstr(e->d_name, ENDING) != NULL && strncmp(e->d_name, p->name, strlen(p->name)) != 0)
            (void)unlinkat(p->folder, e->d_name, 0);
    }
    closedir(folder);
}

static void tag_path(const struct part *p, char out[FILE_PATH_MAX])
{
    /* part_open() has left room for it */
    MUST(snprintf(out, FILE_PATH_MAX, "%s" TAG, p->path) < FILE_PATH_MAX);
}

static bool read_tag(struct part *p)
{
    char path[FILE_PATH_MAX], again[HTTP_VALIDATOR_MAX];
    struct buf text;
    bool good = false;

    tag_path(p, path);
    buf_init(&text, HTTP_VALIDATOR_MAX - 1);
    if (file_read(path, &text, NULL) == RC_OK && strlen(buf_text(&text)) == text.len &&
        http_validator(buf_text(&text), buf_text(&text), again)) {
        memcpy(p->validator, again, sizeof again);
        good = true;
    }
    buf_release(&text);
    return good;
}

/* True if what is there can be continued. */
static bool open_old(struct part *p, uint64_t max)
{
    struct stat st;

    p->fd = openat(p->folder, p->name, FLAGS);
    if (p->fd < 0)
        return false;
    if (fstat(p->fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_uid == geteuid() &&
        st.st_nlink == 1 && st.st_size > 0 && (uint64_t)st.st_size <= max && read_tag(p)) {
        p->len = (uint64_t)st.st_size;
        return lseek(p->fd, 0, SEEK_END) == st.st_size;
    }
    return false;
}

static enum rc open_new(struct part *p, struct refusal *why)
{
    if (p->fd >= 0)
        close(p->fd);
    p->len = 0;
    p->validator[0] = '\0';
    part_unlink(p);
    p->fd = openat(p->folder, p->name, FLAGS | O_CREAT | O_EXCL, PRIVATE_FILE);
    if (p->fd < 0)
        return refuse(why, REFUSAL_READ, "cannot make a file for the update");
    return RC_OK;
}

/* The lock is on the file itself, so that whoever has it open is the only one to write. */
static enum rc lock(const struct part *p, struct refusal *why)
{
    if (flock(p->fd, LOCK_EX | LOCK_NB) < 0)
        return refuse(why, REFUSAL_READ, "the update is being fetched by somebody else");
    return RC_OK;
}

enum rc part_open(struct part *p, const char *folder, const char *name, uint64_t max,
                  struct refusal *why)
{
    int n = 0;
    enum rc rc = RC_OK;

    MUST(name[0] != '\0' && strchr(name, '/') == NULL);
    *p = (struct part){.folder = -1, .fd = -1};
    n = snprintf(p->path, sizeof p->path, "%s/%s" ENDING, folder, name);
    if (n < 0 || (size_t)n + sizeof TAG > sizeof p->path)
        return refuse(why, REFUSAL_READ, "the path of the folder for updates is too long");
    p->name = p->path + strlen(folder) + 1;
    rc = open_folder(p, folder, why);
    if (rc != RC_OK)
        return rc;
    sweep(p);
    if (open_old(p, max))
        return lock(p, why);
    rc = p->fd >= 0 ? lock(p, why) : RC_OK; /* somebody's who has just begun is not removed */
    if (rc == RC_OK)
        rc = open_new(p, why);
    return rc == RC_OK ? lock(p, why) : rc;
}

enum rc part_restart(struct part *p, const char *validator, struct refusal *why)
{
    char path[FILE_PATH_MAX];
    struct fault fault = {0};

    if (ftruncate(p->fd, 0) < 0 || lseek(p->fd, 0, SEEK_SET) != 0)
        return refuse(why, REFUSAL_READ, "cannot empty the file for the update");
    p->len = 0;
    snprintf(p->validator, sizeof p->validator, "%s", validator);
    tag_path(p, path);
    if (file_replace(path, validator, strlen(validator), &fault) != RC_OK)
        return refuse(why, REFUSAL_READ, "%s", fault.text);
    return RC_OK;
}

enum rc part_add(struct part *p, const void *bytes, size_t len, struct refusal *why)
{
    const char *at = bytes;

    while (len > 0) {
        ssize_t n = write(p->fd, at, len);

        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return refuse(why, REFUSAL_READ, "cannot write the update");
        at += n;
        len -= (size_t)n;
        p->len += (uint64_t)n;
    }
    return RC_OK;
}

void part_unlink(struct part *p)
{
    char tag[FILE_PATH_MAX];

    tag_path(p, tag);
    (void)unlinkat(p->folder, p->name, 0);
    (void)unlinkat(p->folder, tag + (p->name - p->path), 0);
}

int part_take(struct part *p)
{
    int fd = p->fd;

    p->fd = -1;
    return fd;
}

void part_release(struct part *p)
{
    if (p->fd >= 0)
        close(p->fd);
    if (p->folder >= 0)
        close(p->folder);
    p->fd = p->folder = -1;
}
