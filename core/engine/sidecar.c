/* sidecar.c - who verifies, who waits, what is remembered.
 *
 * The lock guards the outcome only; the tree is read without it. `busy` keeps a second thread from
 * reading the same tree, and the condition tells it when the first is done. */
#include "core/engine/sidecar.h"
#include "core/base/clock.h"
#include "core/base/file.h"
#include "core/base/log.h"
#include "core/base/sys.h"
#include "core/base/tree.h"
#include "core/engine/sidecar_tree.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define IDENTITY_SHOWN ((size_t)6) /* bytes of the digest that a folder's name has */
#define REMEMBER_FAILURE_MS 60000  /* a look every two seconds must not read it all each time */
#define LOCK_PATIENCE_MS 300000    /* for another process that makes the copy */
#define LOCK_PAUSE_MS 50

static const char unfinished[] = ".new"; /* end of a name */

/* What tells that a file is still the one that was verified. */
struct stamp {
    dev_t device;
    ino_t inode;
    off_t size;
    int64_t changed_ns;
};

struct sidecar {
    char tree[FILE_PATH_MAX];   /* in the bundle */
    char engine[FILE_PATH_MAX]; /* <data>/engine, which holds the copies */
    char folder[FILE_PATH_MAX]; /* the copy; equal to tree while there is no list */
    struct sidecar_list list;
    enum rc read; /* of the list */
    struct fault read_why;
    struct cancel *stop;

    pthread_mutex_t lock;
    pthread_cond_t done;
    bool busy;     /* a thread is verifying */
    bool verified; /* `stamp` is the executable's */
    bool swept;
    struct stamp stamp;
    bool has_failed; /* `failure` is the reason, until `failed_ms` is long ago */
    struct fault failure;
    int64_t failed_ms;
};

static void lock(struct sidecar *s)
{
    MUST(pthread_mutex_lock(&s->lock) == 0);
}

static void unlock(struct sidecar *s)
{
    MUST(pthread_mutex_unlock(&s->lock) == 0);
}

static enum rc too_long(struct fault *why)
{
    return fault_set(why, RC_TOO_BIG, "the data folder's path is too long for an engine in it");
}

/* --- the list, and names made from it -------------------------------------------------------- */

static enum rc name_folder(struct sidecar *s, const char *data, struct fault *why)
{
    char shown[2 * IDENTITY_SHOWN + 1];
    int len;

    if (data[0] != '/')
        return fault_set(why, RC_MISSING, "there is no data folder for the bundled engine");
    sodium_bin2hex(shown, sizeof shown, s->list.identity, IDENTITY_SHOWN);
    len = snprintf(s->engine, sizeof s->engine, "%s/engine", data);
    if (len >= (int)sizeof s->engine)
        return too_long(why);
    len = snprintf(s->folder, sizeof s->folder, "%s/%s-%s", s->engine, s->list.version, shown);
    return len + (int)sizeof unfinished >= (int)sizeof s->folder ? too_long(why) : RC_OK;
}

/* Without a list nothing is known of the tree, so it is not trusted. */
static enum rc read_list(struct sidecar *s, const char *data, struct fault *why)
{
    char path[FILE_PATH_MAX];
    struct buf bytes;
    enum rc rc;

    buf_init(&bytes, SIDECAR_LIST_MAX);
    if (snprintf(path, sizeof path, "%s.sha256", s->tree) >= (int)sizeof path)
        rc = fault_set(why, RC_TOO_BIG, "path too long: %s", s->tree);
    else
        rc = file_read(path, &bytes, why);
    if (rc == RC_OK)
        rc = sidecar_list_parse(buf_text(&bytes), bytes.len, &s->list, why);
    buf_release(&bytes);
    if (rc == RC_OK)
        return name_folder(s, data, why);
    fault_context(why, "the bundled engine is not trusted");
    return RC_DENIED;
}

struct sidecar *sidecar_new(const char *tree, const char *data)
{
    struct sidecar *s = mem_new(sizeof *s);

    snprintf(s->tree, sizeof s->tree, "%s", tree);
    s->stop = cancel_new();
    MUST(pthread_mutex_init(&s->lock, NULL) == 0 && pthread_cond_init(&s->done, NULL) == 0);
    s->read = read_list(s, data, &s->read_why);
    s->read_why.rc = s->read;
    if (s->read != RC_OK)
        snprintf(s->folder, sizeof s->folder, "%s", s->tree);
    return s;
}

void sidecar_free(struct sidecar *s)
{
    if (s == NULL)
        return;
    MUST(!s->busy);
    MUST(pthread_cond_destroy(&s->done) == 0 && pthread_mutex_destroy(&s->lock) == 0);
    cancel_free(s->stop);
    sidecar_list_release(&s->list);
    mem_free(s);
}

const char *sidecar_folder(const struct sidecar *s)
{
    return s->folder;
}

void sidecar_stop(struct sidecar *s)
{
    if (s != NULL)
        cancel_trigger(s->stop);
}

/* --- the copy -------------------------------------------------------------------------------- */

/* Held by whoever makes or removes copies. RC_DENIED: another process holds it. */
static enum rc take_lock(const struct sidecar *s, int *out_fd, struct fault *why)
{
    char path[FILE_PATH_MAX + 8];

    snprintf(path, sizeof path, "%s/lock", s->engine);
    return file_lock(path, out_fd, why);
}

static enum rc wait_for_lock(const struct sidecar *s, int *out_fd, struct fault *why)
{
    const int64_t until = clock_ms() + LOCK_PATIENCE_MS;

    for (;;) {
        enum rc rc = take_lock(s, out_fd, why);

        if (rc != RC_DENIED)
            return rc;
        if (clock_ms() >= until)
            return fault_set(why, RC_TIMEOUT, "another process does not finish copying the engine");
        if (cancel_wait_ms(s->stop, LOCK_PAUSE_MS))
            return fault_set(why, RC_CANCELLED, "stopped");
    }
}

/* Under the file lock. The tree gets its name only when all of it is on the disk. */
static enum rc make_copy(const struct sidecar *s, struct fault *why)
{
    char fresh[FILE_PATH_MAX + sizeof unfinished];
    enum rc rc;

    snprintf(fresh, sizeof fresh, "%s%s", s->folder, unfinished);
    rc = tree_remove(AT_FDCWD, fresh, why); /* of one that was cut short */
    if (rc == RC_OK)
        rc = sidecar_tree_verify(&s->list, s->tree, s->stop, why);
    if (rc == RC_OK)
        rc = sidecar_tree_copy(&s->list, s->tree, fresh, s->stop, why);
    if (rc != RC_OK)
        return rc;
    if (rename(fresh, s->folder) != 0) {
        rc = fault_set(why, RC_IO, "cannot name the folder %s", s->folder);
        (void)!tree_remove(AT_FDCWD, fresh, NULL);
        return rc;
    }
    file_sync_folder(s->engine);
    log_info("copied the bundled engine" LOG_PRIVATE " to %s", s->folder);
    return RC_OK;
}

static enum rc have_copy(const struct sidecar *s, struct fault *why)
{
    int lock_fd = -1;
    enum rc rc;

    if (file_is_there(s->folder))
        return RC_OK;
    rc = file_make_folder(s->engine, why);
    if (rc == RC_OK)
        rc = wait_for_lock(s, &lock_fd, why);
    if (rc == RC_OK && !file_is_there(s->folder)) /* else somebody made it while we waited */
        rc = make_copy(s, why);
    if (lock_fd >= 0)
        close(lock_fd);
    return rc;
}

/* --- trusting it ----------------------------------------------------------------------------- */

static bool take_stamp(const struct sidecar *s, struct stamp *out)
{
    char path[FILE_PATH_MAX + sizeof SIDECAR_PROGRAM];
    struct stat st;

    snprintf(path, sizeof path, "%s/%s", s->folder, SIDECAR_PROGRAM);
    if (lstat(path, &st) != 0)
        return false;
    *out = (struct stamp){st.st_dev, st.st_ino, st.st_size, sys_changed_ns(&st)};
    return true;
}

static bool same_stamp(const struct stamp *a, const struct stamp *b)
{
    return a->device == b->device && a->inode == b->inode && a->size == b->size &&
           a->changed_ns == b->changed_ns;
}

/* All of it. The stamp is taken first: what changes while we read shows the next time. */
static enum rc verify(const struct sidecar *s, struct stamp *stamp, struct fault *why)
{
    const int64_t begin = clock_ms();
    enum rc rc = have_copy(s, why);

    if (rc == RC_OK && !take_stamp(s, stamp))
        rc = fault_set(why, RC_DENIED, "the bundled engine was changed: %s/%s is missing",
                       s->folder, SIDECAR_PROGRAM);
    if (rc == RC_OK)
        rc = sidecar_tree_verify(&s->list, s->folder, s->stop, why);
    if (rc == RC_OK)
        rc = sidecar_tree_signed(&s->list, s->folder, s->stop, why);
    log_info("verified the bundled engine in %lld ms: %s", (long long)(clock_ms() - begin),
             rc_name(rc));
    return rc;
}

/* Under the lock. True if the answer is known without reading the tree. */
static bool is_known(struct sidecar *s, enum rc *rc, struct fault *why)
{
    struct stamp now;

    if (s->verified && take_stamp(s, &now) && same_stamp(&now, &s->stamp)) {
        *rc = RC_OK;
        return true;
    }
    s->verified = false;
    if (!s->has_failed || clock_ms() - s->failed_ms >= REMEMBER_FAILURE_MS)
        return false;
    *rc = s->failure.rc;
    if (why != NULL)
        *why = s->failure;
    return true;
}

/* Under the lock, but not while the tree is read. */
static enum rc verify_once(struct sidecar *s, struct fault *why)
{
    struct fault fault = {0};
    struct stamp stamp = {0};
    enum rc rc;

    MUST(!s->busy);
    s->busy = true;
    unlock(s);
    rc = verify(s, &stamp, &fault);
    lock(s);
    s->busy = false;
    s->verified = rc == RC_OK;
    s->stamp = stamp;
    s->has_failed = rc != RC_OK && rc != RC_CANCELLED;
    s->failure = fault;
    s->failed_ms = clock_ms();
    MUST(pthread_cond_broadcast(&s->done) == 0);
    if (rc != RC_OK && why != NULL)
        *why = fault;
    return rc;
}

enum rc sidecar_ready(struct sidecar *s, struct fault *why)
{
    enum rc rc = RC_OK;

    if (s->read != RC_OK) {
        if (why != NULL)
            *why = s->read_why;
        return s->read;
    }
    lock(s);
    while (s->busy)
        MUST(pthread_cond_wait(&s->done, &s->lock) == 0);
    if (!is_known(s, &rc, why))
        rc = cancel_is_set(s->stop) ? fault_set(why, RC_CANCELLED, "stopped") : verify_once(s, why);
    unlock(s);
    return rc;
}

/* --- old copies ------------------------------------------------------------------------------ */

/* Is the entry the folder that `path` names, however that is spelled? */
static bool is_same_folder(int engine, const char *name, const char *path)
{
    struct stat a, b;

    return fstatat(engine, name, &a, AT_SYMLINK_NOFOLLOW) == 0 && stat(path, &b) == 0 &&
           a.st_dev == b.st_dev && a.st_ino == b.st_ino;
}

/* What is_run_from() is looking for. */
struct place {
    char path[FILE_PATH_MAX];
    size_t len;
};

static bool is_below(void *ctx, const char *path)
{
    const struct place *place = ctx;

    return strncmp(path, place->path, place->len) == 0 && path[place->len] == '/';
}

/* Does a process run from the copy, of a service in another login session, say? */
static bool is_run_from(const struct sidecar *s, const char *name)
{
    struct place place;
    char path[FILE_PATH_MAX], *resolved = NULL;

    if (snprintf(path, sizeof path, "%s/%s", s->engine, name) >= (int)sizeof path)
        return true;
    resolved = realpath(path, NULL); /* the system tells paths without links */
    if (resolved == NULL ||
        snprintf(place.path, sizeof place.path, "%s", resolved) >= (int)sizeof place.path)
        place.path[0] = '\0';
    free(resolved);
    place.len = strlen(place.path);
    return place.len == 0 || sys_any_program(is_below, &place);
}

/* A folder of a name that we give: a version, a dash, the start of a digest. Files and what
 * somebody else put there stay. */
static bool is_copy(int engine, const char *name)
{
    size_t len = strlen(name), end = sizeof unfinished - 1;
    const char *dash = strrchr(name, '-');
    struct stat st;

    if (len > end && strcmp(name + len - end, unfinished) == 0)
        len -= end;
    return dash != NULL && dash != name && len == (size_t)(dash + 1 - name) + 2 * IDENTITY_SHOWN &&
           strspn(dash + 1, "0123456789abcdef") == 2 * IDENTITY_SHOWN &&
           fstatat(engine, name, &st, AT_SYMLINK_NOFOLLOW) == 0 && S_ISDIR(st.st_mode);
}

/* Under the file lock. */
static void sweep(const struct sidecar *s, const char *in_use, DIR *dir)
{
    char text[FAULT_TEXT_MAX];
    struct fault why = {0};
    struct dirent *d;

    while ((d = readdir(dir)) != NULL) {
        const int fd = dirfd(dir);

        if (!is_copy(fd, d->d_name) || is_same_folder(fd, d->d_name, s->folder) ||
            is_same_folder(fd, d->d_name, in_use) || is_run_from(s, d->d_name))
            continue;
        if (tree_remove(fd, d->d_name, &why) == RC_OK)
            log_info("removed the old engine %s", d->d_name);
        else
            log_warn("an old engine" LOG_PRIVATE ": %s", fault_text(&why, text));
    }
}

void sidecar_sweep(struct sidecar *s, const char *in_use)
{
    int lock_fd = -1;
    bool first;
    DIR *dir;

    lock(s);
    first = s->verified && !s->swept; /* without a good copy an old one is better than none */
    s->swept = s->swept || first;
    unlock(s);
    if (!first || in_use[0] != '/' || take_lock(s, &lock_fd, NULL) != RC_OK)
        return;
    dir = opendir(s->engine);
    if (dir != NULL) {
        sweep(s, in_use, dir);
        closedir(dir);
    }
    close(lock_fd);
}
