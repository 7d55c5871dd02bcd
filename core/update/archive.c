/* archive.c - one pass over the archive; folders and files are made on the way, links at its end.
 *
 * While it is unpacked everything has a mode for its owner alone. A folder gets its own when it is
 * complete, the app's last of all. */
#include "core/update/archive.h"
#include "core/base/cancel.h"
#include "core/base/file.h"
#include "core/base/tree.h"
#include "core/update/gunzip.h"
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#define PIECE ((size_t)64 << 10)
#define OPEN_FOLDER (O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
#define OPEN_NEW (O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC)
#define SPECIAL_BITS 07000u /* set-user-id, set-group-id, sticky */
#define OWNER_RUNS 0100u

struct unpacker {
    int staging;
    const struct cancel *stop;
    uint64_t files_max, files; /* bytes */
    size_t entries;
    struct gunzip *gunzip;
    struct tar_notes notes;
    struct archive_names names;
    char *piece;
    bool made; /* the app's folder is ours to remove */
    struct refusal *why;
};

/* --- reading ---------------------------------------------------------------------------------- */

static enum rc read_exactly(struct unpacker *u, void *out, size_t len)
{
    size_t got = 0;
    enum rc rc = gunzip_read(u->gunzip, out, len, &got, u->why);

    if (rc == RC_OK && got < len)
        return refuse(u->why, REFUSAL_ARCHIVE, "the archive was cut off");
    return rc;
}

static enum rc skip_padding(struct unpacker *u, uint64_t size)
{
    char rest[TAR_BLOCK];
    size_t over = (size_t)(size % TAR_BLOCK);

    return over == 0 ? RC_OK : read_exactly(u, rest, TAR_BLOCK - over);
}

static enum rc read_note(struct unpacker *u, const struct tar_header *h)
{
    size_t len = (size_t)h->size; /* capped by tar_header() */
    char *bytes = mem_new(len + 1);
    enum rc rc = len > 0 ? read_exactly(u, bytes, len) : RC_OK;

    if (rc == RC_OK)
        rc = skip_padding(u, len);
    if (rc == RC_OK)
        rc = tar_note(&u->notes, h, bytes, u->why);
    mem_free(bytes);
    return rc;
}

/* Nothing but zeros, and then the end, behind the first block of them. */
static enum rc read_tail(struct unpacker *u)
{
    uint64_t zeros = 0;
    size_t got = 0;

    do {
        enum rc rc = gunzip_read(u->gunzip, u->piece, PIECE, &got, u->why);

        if (rc != RC_OK)
            return rc;
        zeros += got;
        if (zeros > ARCHIVE_PADDING_MAX)
            return refuse(u->why, REFUSAL_SIZE, "the archive does not end");
        for (size_t i = 0; i < got; i++) {
            if (u->piece[i] != 0)
                return refuse(u->why, REFUSAL_ARCHIVE, "there is more behind the archive's end");
        }
    } while (got == PIECE);
    return RC_OK;
}

/* --- writing ---------------------------------------------------------------------------------- */

static enum rc cannot_write(const struct unpacker *u, const char *path)
{
    return refuse(u->why, REFUSAL_WRITE, "cannot write %s", path);
}

static void close_keeping_errno(int fd)
{
    int saved = errno;

    if (fd >= 0)
        close(fd);
    errno = saved;
}

/* Opens the folder that `path` lies in, for the caller to close; *name is the last part of it. -1
 * with errno. */
static int open_parent(const struct unpacker *u, const char *path, const char **name)
{
    int fd = openat(u->staging, ".", OPEN_FOLDER);
    const char *slash = NULL;

    while (fd >= 0 && (slash = strchr(path, '/')) != NULL) {
        char part[ARCHIVE_PART_MAX + 1] = {0};
        int next = -1;

        memcpy(part, path, (size_t)(slash - path)); /* its length was checked with the name */
        next = openat(fd, part, OPEN_FOLDER);
        close_keeping_errno(fd);
        fd = next;
        path = slash + 1;
    }
    *name = path;
    return fd;
}

static enum rc copy_bytes(struct unpacker *u, const char *path, uint64_t size, int fd)
{
    while (size > 0) {
        size_t len = size < PIECE ? (size_t)size : PIECE;
        enum rc rc = read_exactly(u, u->piece, len);

        if (rc != RC_OK)
            return rc;
        if (cancel_is_set(u->stop))
            return refuse(u->why, REFUSAL_STOPPED, "stopped");
        if (file_write_all(fd, u->piece, len) != 0)
            return cannot_write(u, path);
        size -= len;
    }
    return RC_OK;
}

static enum rc make_file(struct unpacker *u, const char *path, const struct tar_entry *e)
{
    const char *name = NULL;
    mode_t mode = (e->mode & OWNER_RUNS) != 0 ? 0755 : 0644;
    int parent = open_parent(u, path, &name);
    int fd = parent < 0 ? -1 : openat(parent, name, OPEN_NEW, 0600);
    enum rc rc = fd < 0 ? cannot_write(u, path) : copy_bytes(u, path, e->size, fd);

    if (rc == RC_OK && (fchmod(fd, mode) != 0 || fsync(fd) != 0))
        rc = cannot_write(u, path);
    if (fd >= 0 && close(fd) != 0 && rc == RC_OK)
        rc = cannot_write(u, path);
    if (parent >= 0)
        close(parent);
    return rc == RC_OK ? skip_padding(u, e->size) : rc;
}

static enum rc make_folder(struct unpacker *u, const char *path)
{
    const char *name = NULL;
    int parent = open_parent(u, path, &name);
    bool good = parent >= 0 && mkdirat(parent, name, 0700) == 0;
    enum rc rc = good ? RC_OK : cannot_write(u, path);

    u->made = u->made || good;
    close_keeping_errno(parent);
    return rc;
}

static enum rc make_link(const struct unpacker *u, const struct archive_name *link)
{
    const char *name = NULL;
    int parent = open_parent(u, link->path, &name);
    bool good = parent >= 0 && symlinkat(link->target, parent, name) == 0;
    enum rc rc = good ? RC_OK : cannot_write(u, link->path);

    close_keeping_errno(parent);
    return rc;
}

/* The folder is complete: it gets its mode, and its names go to the disk. */
static enum rc finish_folder(const struct unpacker *u, const char *path)
{
    const char *name = NULL;
    int parent = open_parent(u, path, &name);
    int fd = parent < 0 ? -1 : openat(parent, name, OPEN_FOLDER);
    bool good = fd >= 0 && fchmod(fd, 0755) == 0 && fsync(fd) == 0;
    enum rc rc = good ? RC_OK : cannot_write(u, path);

    close_keeping_errno(fd);
    close_keeping_errno(parent);
    return rc;
}

/* --- entries ---------------------------------------------------------------------------------- */

/* All that can be said before anything is written. */
static enum rc check_entry(struct unpacker *u, const struct tar_entry *e)
{
    if (u->entries == ARCHIVE_ENTRIES_MAX)
        return refuse(u->why, REFUSAL_SIZE, "the archive holds more than %d entries",
                      ARCHIVE_ENTRIES_MAX);
    if ((e->mode & SPECIAL_BITS) != 0)
        return refuse(u->why, REFUSAL_MODE, "the archive holds a mode that gives rights away");
    if (e->size > u->files_max - u->files)
        return refuse(u->why, REFUSAL_SIZE, "the archive holds more than %llu bytes",
                      (unsigned long long)u->files_max);
    if (cancel_is_set(u->stop))
        return refuse(u->why, REFUSAL_STOPPED, "stopped");
    u->entries++;
    u->files += e->size;
    return RC_OK;
}

static enum rc unpack_entry(struct unpacker *u, const struct tar_header *h)
{
    size_t before = u->names.count;
    struct tar_entry e;
    enum rc rc = tar_entry(h, &u->notes, &e, u->why);

    if (rc == RC_OK)
        rc = check_entry(u, &e);
    if (rc == RC_OK)
        rc = archive_names_add(&u->names, &e, u->why);
    for (size_t i = before; i < u->names.count && rc == RC_OK; i++) {
        const struct archive_name *n = &u->names.list[i];

        if (n->kind == TAR_FOLDER)
            rc = make_folder(u, n->path);
        else if (n->kind == TAR_FILE)
            rc = make_file(u, n->path, &e);
    }
    tar_notes_release(&u->notes);
    return rc;
}

static enum rc unpack_entries(struct unpacker *u)
{
    unsigned char block[TAR_BLOCK];
    struct tar_header h;
    enum rc rc = RC_OK;

    while ((rc = read_exactly(u, block, sizeof block)) == RC_OK && !tar_is_end(block)) {
        rc = tar_header(block, &h, u->why);
        if (rc == RC_OK)
            rc = tar_is_note(&h) ? read_note(u, &h) : unpack_entry(u, &h);
        if (rc != RC_OK)
            return rc;
    }
    if (rc != RC_OK)
        return rc;
    if (!tar_notes_empty(&u->notes))
        return refuse(u->why, REFUSAL_ARCHIVE,
                      "the archive ends before an entry that it announced");
    if (u->entries == 0)
        return refuse(u->why, REFUSAL_ARCHIVE, "the archive is empty");
    return read_tail(u);
}

/* Only now, for the archive was right to its end. */
static enum rc finish(struct unpacker *u)
{
    const struct archive_names *names = &u->names;
    enum rc rc = RC_OK;

    for (size_t i = 0; i < names->count && rc == RC_OK; i++) {
        if (names->list[i].kind == TAR_LINK)
            rc = make_link(u, &names->list[i]);
    }
    for (size_t i = names->count; i > 0 && rc == RC_OK; i--) { /* the inner ones first */
        if (names->list[i - 1].kind == TAR_FOLDER)
            rc = finish_folder(u, names->list[i - 1].path);
    }
    if (rc == RC_OK && fsync(u->staging) != 0)
        rc = refuse(u->why, REFUSAL_WRITE, "cannot write the folder of the update");
    return rc;
}

/* What will be needed at least is what was told, or the size of the archive. */
static enum rc check_space(int staging, uint64_t needed, struct refusal *why)
{
    struct statvfs disk;
    uint64_t room = 0;

    if (fstatvfs(staging, &disk) != 0)
        return refuse(why, REFUSAL_WRITE, "cannot look at the disk");
    if (__builtin_mul_overflow((uint64_t)disk.f_bavail, (uint64_t)disk.f_frsize, &room))
        room = UINT64_MAX;
    errno = 0; /* it is not the system that refuses */
    if (room < needed + ARCHIVE_SPACE_LEFT_MIN)
        return refuse(why, REFUSAL_SPACE, "there is too little room on the disk for the update");
    return RC_OK;
}

/* What all names begin with is the first of them. */
static const char *app_of(const struct unpacker *u)
{
    MUST(u->names.count > 0);
    return u->names.list[0].path;
}

enum rc archive_unpack(const struct signed_file *proof, int staging, uint64_t unpacked_max,
                       const struct cancel *stop, char app[ARCHIVE_PART_MAX + 1],
                       struct refusal *why)
{
    struct unpacker u = {.staging = staging, .stop = stop, .why = why};
    enum rc rc = RC_OK;

    u.files_max = unpacked_max > 0 && unpacked_max < ARCHIVE_UNPACKED_MAX ? unpacked_max
                                                                          : ARCHIVE_UNPACKED_MAX;
    rc = check_space(staging, unpacked_max > 0 ? u.files_max : signed_file_size(proof), why);
    if (rc != RC_OK)
        return rc;
    u.gunzip = gunzip_new(proof, ARCHIVE_TAR_MAX);
    u.piece = mem_new(PIECE);
    rc = unpack_entries(&u);
    if (rc == RC_OK)
        rc = finish(&u);
    if (rc == RC_OK)
        memcpy(app, app_of(&u), strlen(app_of(&u)) + 1);
    else if (u.made)
        (void)!tree_remove(staging, app_of(&u), NULL); /* what failed first is told */
    tar_notes_release(&u.notes);
    archive_names_release(&u.names);
    gunzip_free(u.gunzip);
    mem_free(u.piece);
    return rc;
}
