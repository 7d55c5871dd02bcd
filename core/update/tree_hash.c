/* tree_hash.c - each entry is its kind, mode and what it holds, each with its length in front, so
 * that no two trees give the same row of bytes. Names of a folder are sorted by their bytes. */
#include "core/update/tree_hash.h"
#include "core/base/cancel.h"
#include "core/base/mem.h"
#include "core/base/tree.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define PIECE ((size_t)64 << 10)
#define PERMISSIONS 07777u
#define TARGET_MAX 4096
#define OPEN_FOLDER (O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
#define OPEN_FILE (O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC) /* a FIFO must not hold us */

struct hasher {
    crypto_generichash_state state;
    const struct cancel *stop;
    size_t names;
    unsigned char *piece;
    struct fault *why;
};

/* The names in one folder. */
struct listing {
    char **list;
    size_t count, size;
};

static void add_bytes(struct hasher *h, const void *bytes, size_t len)
{
    MUST(crypto_generichash_update(&h->state, bytes, len) == 0);
}

/* Little-endian, so that both processors agree. */
static void add_number(struct hasher *h, uint64_t n)
{
    unsigned char bytes[8];

    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (unsigned char)(n >> (8 * i));
    add_bytes(h, bytes, sizeof bytes);
}

static void add_head(struct hasher *h, char kind, const struct stat *st)
{
    add_bytes(h, &kind, 1);
    add_number(h, kind == 'l' ? 0 : st->st_mode & PERMISSIONS); /* a link's mode says nothing */
}

static enum rc cannot_read(const struct hasher *h, const char *name)
{
    return fault_set(h->why, RC_IO, "cannot read %s", name);
}

/* --- what an entry holds ---------------------------------------------------------------------- */

static enum rc hash_bytes(struct hasher *h, const char *name, int fd, uint64_t size)
{
    uint64_t done = 0;

    add_number(h, size);
    while (done <= size) {
        ssize_t n = read(fd, h->piece, PIECE);

        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return cannot_read(h, name);
        if (n == 0)
            break;
        if (cancel_is_set(h->stop))
            return fault_set(h->why, RC_CANCELLED, "stopped");
        add_bytes(h, h->piece, (size_t)n);
        done += (uint64_t)n;
    }
    if (done != size)
        return fault_set(h->why, RC_DENIED, "%s changes while it is read", name);
    return RC_OK;
}

static enum rc hash_file(struct hasher *h, int parent, const char *name)
{
    struct stat st;
    int fd = openat(parent, name, OPEN_FILE);
    enum rc rc = RC_OK;

    if (fd < 0)
        return cannot_read(h, name);
    if (fstat(fd, &st) != 0)
        rc = cannot_read(h, name);
    else if (!S_ISREG(st.st_mode) || st.st_size < 0)
        rc = fault_set(h->why, RC_DENIED, "%s changes while it is read", name);
    else {
        add_head(h, 'f', &st);
        rc = hash_bytes(h, name, fd, (uint64_t)st.st_size);
    }
    close(fd);
    return rc;
}

static enum rc hash_link(struct hasher *h, int parent, const char *name, const struct stat *st)
{
    char target[TARGET_MAX];
    ssize_t len = readlinkat(parent, name, target, sizeof target);

    if (len < 0)
        return cannot_read(h, name);
    if ((size_t)len == sizeof target)
        return fault_set(h->why, RC_TOO_BIG, "%s names too long a path", name);
    add_head(h, 'l', st);
    add_number(h, (uint64_t)len);
    add_bytes(h, target, (size_t)len);
    return RC_OK;
}

/* --- folders ---------------------------------------------------------------------------------- */

static int by_bytes(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static void listing_release(struct listing *l)
{
    for (size_t i = 0; i < l->count; i++)
        mem_free(l->list[i]);
    mem_free(l->list);
}

static bool is_dots(const char *name)
{
    return strcmp(name, ".") == 0 || strcmp(name, "..") == 0;
}

static enum rc read_names(struct hasher *h, const char *name, DIR *dir, struct listing *l)
{
    struct dirent *d = NULL;

    errno = 0;
    while ((d = readdir(dir)) != NULL) {
        if (is_dots(d->d_name))
            continue;
        if (++h->names > TREE_HASH_NAMES_MAX)
            return fault_set(h->why, RC_TOO_BIG, "too many files below %s", name);
        if (l->count == l->size) {
            l->size = l->size == 0 ? 16 : l->size * 2;
            l->list = mem_grow(l->list, l->size, sizeof *l->list);
        }
        l->list[l->count++] = mem_str(d->d_name);
        errno = 0;
    }
    if (errno != 0)
        return cannot_read(h, name);
    if (l->count > 0)
        qsort(l->list, l->count, sizeof *l->list, by_bytes);
    return RC_OK;
}

static enum rc hash_entry(struct hasher *h, int parent, const char *name, unsigned depth);

static enum rc hash_names(struct hasher *h, int folder, const struct listing *l, unsigned depth)
{
    enum rc rc = RC_OK;

    add_number(h, l->count);
    for (size_t i = 0; i < l->count && rc == RC_OK; i++) {
        add_number(h, strlen(l->list[i]));
        add_bytes(h, l->list[i], strlen(l->list[i]));
        rc = hash_entry(h, folder, l->list[i], depth + 1);
    }
    return rc;
}

static enum rc hash_folder(struct hasher *h, int parent, const char *name, unsigned depth)
{
    struct listing l = {0};
    struct stat st;
    int fd = openat(parent, name, OPEN_FOLDER);
    DIR *dir = fd < 0 ? NULL : fdopendir(fd);
    enum rc rc = RC_OK;

    if (dir == NULL) {
        rc = cannot_read(h, name);
        if (fd >= 0)
            close(fd);
        return rc;
    }
    if (fstat(fd, &st) != 0)
        rc = cannot_read(h, name);
    if (rc == RC_OK) {
        add_head(h, 'd', &st);
        rc = read_names(h, name, dir, &l);
    }
    if (rc == RC_OK)
        rc = hash_names(h, fd, &l, depth);
    listing_release(&l);
    closedir(dir);
    return rc;
}

static enum rc hash_entry(struct hasher *h, int parent, const char *name, unsigned depth)
{
    struct stat st;

    if (depth > TREE_DEPTH_MAX)
        return fault_set(h->why, RC_TOO_BIG, "%s is too deep in its folder", name);
    if (fstatat(parent, name, &st, AT_SYMLINK_NOFOLLOW) != 0)
        return cannot_read(h, name);
    if (S_ISDIR(st.st_mode))
        return hash_folder(h, parent, name, depth);
    if (S_ISREG(st.st_mode))
        return hash_file(h, parent, name);
    if (S_ISLNK(st.st_mode))
        return hash_link(h, parent, name, &st);
    return fault_set(h->why, RC_DENIED, "%s is neither file, folder nor link", name);
}

enum rc tree_hash(int parent, const char *name, const struct cancel *stop,
                  unsigned char out[TREE_HASH_SIZE], struct fault *why)
{
    struct hasher h = {.stop = stop, .why = why};
    enum rc rc = RC_OK;

    MUST(sodium_init() >= 0);
    MUST(crypto_generichash_init(&h.state, NULL, 0, TREE_HASH_SIZE) == 0);
    h.piece = mem_new(PIECE);
    rc = hash_entry(&h, parent, name, 0);
    MUST(crypto_generichash_final(&h.state, out, TREE_HASH_SIZE) == 0);
    mem_free(h.piece);
    return rc;
}
