/* sidecar_tree.c - descriptors and openat() all the way down.
 *
 * A path of the list is walked from the tree's open folder, each folder opened without following a
 * link, so that nobody can put a link where a folder was looked at a moment ago. Copies are made
 * with the user's own mode alone and get the listed one when they are complete. */
#include "core/engine/sidecar_tree.h"
#include "core/base/file.h"
#include "core/base/signature.h"
#include "core/base/sys.h"
#include "core/base/tree.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define BLOCK_SIZE ((size_t)128 << 10)
#define FILE_SIZE_MAX ((int64_t)2 << 30) /* what is larger is no part of such a tree */
#define PERMISSIONS 07777u
#define OPEN_FOLDER (O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
#define OPEN_FILE (O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC) /* a FIFO must not hold us */

/* A tree that is read, or written. */
struct tree {
    const struct sidecar_list *list;
    const char *folder; /* for sentences */
    int fd;
    const struct cancel *stop;
    struct fault *why;
};

static enum rc differs(const struct tree *t, const char *path, const char *how)
{
    return fault_set(t->why, RC_DENIED, "the bundled engine was changed: %s/%s %s", t->folder, path,
                     how);
}

/* What went wrong with a path, by errno. Something that is missing or of another kind was changed.
 */
static enum rc failed(const struct tree *t, const char *path, const char *doing)
{
    if (errno == ENOENT)
        return differs(t, path, "is missing");
    if (errno == ELOOP || errno == ENOTDIR || errno == EMLINK)
        return differs(t, path, "is of another kind");
    return fault_set(t->why, RC_IO, "cannot %s %s/%s", doing, t->folder, path);
}

static enum rc cancelled(const struct tree *t)
{
    return fault_set(t->why, RC_CANCELLED, "stopped");
}

static void close_if_open(int fd)
{
    if (fd >= 0)
        close(fd);
}

static enum rc open_tree(struct tree *t)
{
    t->fd = open(t->folder, OPEN_FOLDER);
    return t->fd < 0 ? failed(t, ".", "open") : RC_OK;
}

/* Opens the folder that `path` lies in, for the caller to close; *name is the last part of it. -1
 * with errno. */
static int open_parent(const struct tree *t, const char *path, const char **name)
{
    int fd = openat(t->fd, ".", OPEN_FOLDER);
    const char *slash;

    while (fd >= 0 && (slash = strchr(path, '/')) != NULL) {
        char part[SIDECAR_PATH_MAX + 1];
        int next, e;

        snprintf(part, sizeof part, "%.*s", (int)(slash - path), path);
        next = openat(fd, part, OPEN_FOLDER);
        e = errno;
        close(fd);
        errno = e;
        fd = next;
        path = slash + 1;
    }
    *name = path;
    return fd;
}

/* Opens the file or folder of an entry, without following a link. */
static int open_entry(const struct tree *t, const struct sidecar_entry *e)
{
    const char *name = NULL;
    int parent = open_parent(t, e->path, &name), fd = -1, saved;

    if (parent < 0)
        return -1;
    fd = openat(parent, name, e->kind == SIDECAR_FOLDER ? OPEN_FOLDER : OPEN_FILE);
    saved = errno;
    close(parent);
    errno = saved;
    return fd;
}

/* Reads a file to its end, writes it to `out` unless that is -1, and compares its digest. */
static enum rc stream(const struct tree *t, const struct sidecar_entry *e, int in, int out)
{
    crypto_hash_sha256_state state;
    unsigned char hash[SIDECAR_HASH_SIZE], *block = mem_new(BLOCK_SIZE);
    int64_t size = 0;
    enum rc rc = RC_OK;

    crypto_hash_sha256_init(&state);
    while (rc == RC_OK) {
        ssize_t n = read(in, block, BLOCK_SIZE);

        if (n == 0)
            break;
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            rc = failed(t, e->path, "read");
        else if ((size += n) > FILE_SIZE_MAX)
            rc = differs(t, e->path, "is too large");
        else if (cancel_is_set(t->stop))
            rc = cancelled(t);
        else if (out >= 0 && file_write_all(out, block, (size_t)n) != 0)
            rc = fault_set(t->why, RC_IO, "cannot copy the bundled engine's %s", e->path);
        else
            crypto_hash_sha256_update(&state, block, (unsigned long long)n);
    }
    crypto_hash_sha256_final(&state, hash);
    mem_free(block);
    if (rc == RC_OK && memcmp(hash, e->hash, sizeof hash) != 0)
        rc = differs(t, e->path, "has other bytes");
    return rc;
}

/* --- verifying ------------------------------------------------------------------------------- */

static enum rc verify_link(const struct tree *t, const struct sidecar_entry *e)
{
    char target[SIDECAR_PATH_MAX + 2];
    const char *name = NULL;
    int parent = open_parent(t, e->path, &name);
    ssize_t len = parent < 0 ? -1 : readlinkat(parent, name, target, sizeof target);
    enum rc rc = RC_OK;

    if (len < 0 && errno == EINVAL) /* not a link */
        rc = differs(t, e->path, "is of another kind");
    else if (len < 0)
        rc = failed(t, e->path, "read");
    else if ((size_t)len != strlen(e->target) || memcmp(target, e->target, (size_t)len) != 0)
        rc = differs(t, e->path, "leads elsewhere");
    close_if_open(parent);
    return rc;
}

/* Owner, kind and mode of what is open. */
static enum rc verify_stat(const struct tree *t, const struct sidecar_entry *e, int fd)
{
    struct stat st;

    if (fstat(fd, &st) != 0)
        return failed(t, e->path, "read");
    if (e->kind == SIDECAR_FILE && !S_ISREG(st.st_mode))
        return differs(t, e->path, "is of another kind");
    if (st.st_uid != 0 && st.st_uid != geteuid())
        return differs(t, e->path, "belongs to another user");
    if ((st.st_mode & PERMISSIONS) != e->mode)
        return differs(t, e->path, "has another mode");
    return RC_OK;
}

static enum rc verify_entry(const struct tree *t, const struct sidecar_entry *e)
{
    enum rc rc;
    int fd;

    if (e->kind == SIDECAR_LINK)
        return verify_link(t, e);
    fd = open_entry(t, e);
    if (fd < 0)
        return failed(t, e->path, "open");
    rc = verify_stat(t, e, fd);
    if (rc == RC_OK && e->kind == SIDECAR_FILE)
        rc = stream(t, e, fd, -1);
    close(fd);
    return rc;
}

static bool is_dots(const char *name)
{
    return strcmp(name, ".") == 0 || strcmp(name, "..") == 0;
}

/* Each name in the folder must be in the list; what is below it is looked at by its own entry. */
static enum rc verify_names(const struct tree *t, const struct sidecar_entry *folder, DIR *dir)
{
    const bool is_top = strcmp(folder->path, ".") == 0;
    struct dirent *d;
    char path[SIDECAR_PATH_MAX + 1 + sizeof d->d_name];

    errno = 0;
    while ((d = readdir(dir)) != NULL) {
        if (is_dots(d->d_name))
            continue;
        snprintf(path, sizeof path, "%s%s%s", is_top ? "" : folder->path, is_top ? "" : "/",
                 d->d_name);
        if (sidecar_list_find(t->list, path) == NULL)
            return differs(t, path, "does not belong there");
        errno = 0;
    }
    return errno != 0 ? failed(t, folder->path, "read") : RC_OK;
}

static enum rc verify_folder(const struct tree *t, const struct sidecar_entry *e)
{
    int fd = open_entry(t, e);
    DIR *dir = fd < 0 ? NULL : fdopendir(fd);
    enum rc rc;

    if (dir == NULL) {
        rc = failed(t, e->path, "open");
        close_if_open(fd);
        return rc;
    }
    rc = verify_names(t, e, dir);
    closedir(dir);
    return rc;
}

enum rc sidecar_tree_verify(const struct sidecar_list *list, const char *folder,
                            const struct cancel *stop, struct fault *why)
{
    struct tree t = {.list = list, .folder = folder, .fd = -1, .stop = stop, .why = why};
    enum rc rc = open_tree(&t);

    for (size_t i = 0; i < list->count && rc == RC_OK; i++)
        rc = cancel_is_set(stop) ? cancelled(&t) : verify_entry(&t, &list->entries[i]);
    for (size_t i = 0; i < list->count && rc == RC_OK; i++) {
        if (list->entries[i].kind == SIDECAR_FOLDER)
            rc = verify_folder(&t, &list->entries[i]);
    }
    close_if_open(t.fd);
    return rc;
}

/* --- copying --------------------------------------------------------------------------------- */

static enum rc cannot_make(const struct tree *to, const char *path)
{
    return fault_set(to->why, RC_IO, "cannot make %s/%s", to->folder, path);
}

static enum rc copy_file(const struct tree *from, const struct tree *to,
                         const struct sidecar_entry *e, int parent, const char *name)
{
    int in = open_entry(from, e), out = -1;
    enum rc rc;

    if (in < 0)
        return failed(from, e->path, "open");
    out = openat(parent, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    rc = out < 0 ? cannot_make(to, e->path) : stream(from, e, in, out);
    if (rc == RC_OK && (fchmod(out, (mode_t)e->mode) != 0 || fsync(out) != 0))
        rc = cannot_make(to, e->path);
    if (out >= 0 && close(out) != 0 && rc == RC_OK)
        rc = cannot_make(to, e->path);
    close(in);
    return rc;
}

static enum rc copy_entry(const struct tree *from, const struct tree *to,
                          const struct sidecar_entry *e)
{
    const char *name = NULL;
    int parent = open_parent(to, e->path, &name);
    enum rc rc = RC_OK;

    if (parent < 0)
        return cannot_make(to, e->path);
    if (e->kind == SIDECAR_FILE)
        rc = copy_file(from, to, e, parent, name);
    else if (e->kind == SIDECAR_FOLDER ? mkdirat(parent, name, 0700) != 0
                                       : symlinkat(e->target, parent, name) != 0)
        rc = cannot_make(to, e->path);
    close(parent);
    return rc;
}

/* The folder is complete: its names go to the disk, and it gets its mode. */
static enum rc finish_folder(const struct tree *to, const struct sidecar_entry *e)
{
    int fd = open_entry(to, e);
    bool good = fd >= 0 && fchmod(fd, (mode_t)e->mode) == 0 && fsync(fd) == 0;
    enum rc rc = good ? RC_OK : cannot_make(to, e->path);

    close_if_open(fd);
    return rc;
}

static enum rc copy_all(const struct tree *from, const struct tree *to)
{
    const struct sidecar_list *list = from->list;
    enum rc rc = RC_OK;

    for (size_t i = 1; i < list->count && rc == RC_OK; i++)
        rc = copy_entry(from, to, &list->entries[i]);
    for (size_t i = list->count; i > 0 && rc == RC_OK; i--) { /* the inner ones first */
        if (list->entries[i - 1].kind == SIDECAR_FOLDER)
            rc = finish_folder(to, &list->entries[i - 1]);
    }
    return rc;
}

enum rc sidecar_tree_copy(const struct sidecar_list *list, const char *from, const char *to,
                          const struct cancel *stop, struct fault *why)
{
    struct tree source = {.list = list, .folder = from, .fd = -1, .stop = stop, .why = why};
    struct tree copy = {.list = list, .folder = to, .fd = -1, .stop = stop, .why = why};
    enum rc rc = open_tree(&source);

    if (rc != RC_OK)
        return rc;
    if (mkdir(to, 0700) != 0) { /* not ours: it stays */
        rc = fault_set(why, RC_IO, "cannot make the folder %s", to);
        goto out;
    }
    rc = open_tree(&copy);
    if (rc == RC_OK)
        rc = copy_all(&source, &copy);
    if (rc != RC_OK)
        (void)!tree_remove(AT_FDCWD, to, NULL); /* what failed first is told */
out:
    close_if_open(copy.fd);
    close_if_open(source.fd);
    return rc;
}

/* --- signatures ------------------------------------------------------------------------------ */

/* Apple's formats of a program: for one processor, and for several. */
static bool is_program(int fd)
{
    static const unsigned char magics[][4] = {
        {0xcf, 0xfa, 0xed, 0xfe}, {0xca, 0xfe, 0xba, 0xbe}, {0xca, 0xfe, 0xba, 0xbf}};
    unsigned char start[4];

    if (pread(fd, start, sizeof start, 0) != (ssize_t)sizeof start)
        return false; /* too short for one */
    for (size_t i = 0; i < countof(magics); i++) {
        if (memcmp(start, magics[i], sizeof start) == 0)
            return true;
    }
    return false;
}

static enum rc check_signature(const struct tree *t, const struct sidecar_entry *e,
                               const char *requirement)
{
    char path[SYS_PATH_MAX];
    int fd = open_entry(t, e);
    bool is_signed = fd >= 0 && is_program(fd);

    if (fd < 0)
        return failed(t, e->path, "open");
    close(fd);
    if (!is_signed)
        return RC_OK;
    if (snprintf(path, sizeof path, "%s/%s", t->folder, e->path) >= (int)sizeof path)
        return fault_set(t->why, RC_TOO_BIG, "path too long: %s", t->folder);
    return signature_check(path, requirement, t->why);
}

enum rc sidecar_tree_signed(const struct sidecar_list *list, const char *folder,
                            const struct cancel *stop, struct fault *why)
{
    struct tree t = {.list = list, .folder = folder, .fd = -1, .stop = stop, .why = why};
    char requirement[SIGNATURE_REQUIREMENT_MAX];
    enum rc rc;

    if (list->team[0] == '\0')
        return RC_OK;
    rc = signature_requirement(list->team, NULL, requirement, why);
    if (rc == RC_OK)
        rc = open_tree(&t);
    for (size_t i = 0; i < list->count && rc == RC_OK; i++) {
        if (cancel_is_set(stop))
            rc = cancelled(&t);
        else if (list->entries[i].kind == SIDECAR_FILE)
            rc = check_signature(&t, &list->entries[i], requirement);
    }
    close_if_open(t.fd);
    return rc;
}
