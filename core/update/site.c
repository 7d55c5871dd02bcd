/* site.c - see site.h. */
#include "core/update/site.h"
#include "core/base/log.h"
#include "core/base/tree.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#define MARK ".update-"
#define ASIDE "aside.noindex" /* what lies there is no app to be found and opened */
#define DAY_S 86400
#define OPEN_FOLDER (O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)

enum rc site_paths(const char *app, struct site_paths *out, struct fault *why)
{
    const char *slash = strrchr(app, '/');
    size_t len = slash == NULL ? 0 : strlen(slash + 1);

    if (app[0] != '/' || len <= strlen(".app") || len > ARCHIVE_PART_MAX ||
        strcmp(slash + 1 + len - strlen(".app"), ".app") != 0)
        return fault_set(why, RC_DENIED, "%s is not the folder of an app", app);
    snprintf(out->parent, sizeof out->parent, "%.*s", (int)(slash - app), app);
    if (out->parent[0] == '\0')
        snprintf(out->parent, sizeof out->parent, "/");
    snprintf(out->name, sizeof out->name, "%.*s", (int)(len - strlen(".app")), slash + 1);
    return RC_OK;
}

enum rc site_staging(const char *app, const char *id, char out[FILE_PATH_MAX], struct fault *why)
{
    struct site_paths paths;
    enum rc rc = site_paths(app, &paths, why);

    if (rc == RC_OK && snprintf(out, FILE_PATH_MAX, "%s/.%s" MARK "%s", paths.parent, paths.name,
                                id) >= FILE_PATH_MAX)
        rc = fault_set(why, RC_TOO_BIG, "the path of the app is too long");
    return rc;
}

enum rc site_swap(const struct journal *j, struct swap *out, struct fault *why)
{
    char staging[FILE_PATH_MAX];
    enum rc rc = site_staging(j->app, j->id, staging, why);

    if (rc != RC_OK)
        return rc;
    snprintf(out->app, sizeof out->app, "%s", j->app);
    if (snprintf(out->staged, FILE_PATH_MAX, "%s/%s", staging, j->name) >= FILE_PATH_MAX ||
        snprintf(out->aside, FILE_PATH_MAX, "%s/" ASIDE, staging) >= FILE_PATH_MAX)
        return fault_set(why, RC_TOO_BIG, "the path of the app is too long");
    return RC_OK;
}

/* --- may it be done here? --------------------------------------------------------------------- */

static bool can_change(const char *folder)
{
    return faccessat(AT_FDCWD, folder, W_OK | X_OK, AT_EACCESS) == 0;
}

static enum rc refuse_place(struct refusal *why, const char *sentence)
{
    errno = 0; /* it is not the system that refuses */
    return refuse(why, REFUSAL_PLACE, "%s", sentence);
}

enum rc site_check(const char *app, const char *why_not, struct refusal *why)
{
    static const char foreign[] =
        "this user may not replace Container Kit where it is: move it into your own Applications "
        "folder, ask an administrator, or download the new version and install it by hand";
    struct site_paths paths;
    struct stat parent, st;
    struct statvfs disk;
    struct fault fault;

    if (why_not[0] != '\0')
        return refuse_place(why, why_not);
    if (site_paths(app, &paths, &fault) != RC_OK)
        return refuse_place(why, fault.text);
    if (lstat(app, &st) != 0 || !S_ISDIR(st.st_mode) || stat(paths.parent, &parent) != 0)
        return refuse_place(why, "Container Kit is not where it was when it was opened");
    if (statvfs(app, &disk) != 0 || (disk.f_flag & ST_RDONLY) != 0)
        return refuse_place(why, "Container Kit is on a disk that cannot be changed: move it to "
                                 "another one and open it again");
    if (parent.st_dev != st.st_dev)
        return refuse_place(why, "the folder of Container Kit is a disk of its own: move the app "
                                 "to another place and open it again");
    if (!can_change(paths.parent) || !can_change(app))
        return refuse_place(why, foreign);
    if ((parent.st_mode & S_ISVTX) != 0 && geteuid() != 0 && st.st_uid != geteuid() &&
        parent.st_uid != geteuid())
        return refuse_place(why, foreign);
    return RC_OK;
}

/* --- locks ------------------------------------------------------------------------------------ */

static enum rc lock_folder(const char *path, int *out, struct refusal *why)
{
    *out = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (*out < 0)
        return refuse(why, REFUSAL_WRITE, "cannot open the folder %s", path);
    if (flock(*out, LOCK_EX | LOCK_NB) == 0)
        return RC_OK;
    if (errno != EWOULDBLOCK)
        return refuse(why, REFUSAL_WRITE, "cannot lock the folder %s", path);
    errno = 0;
    return refuse(why, REFUSAL_BUSY, "an update is already under way");
}

enum rc site_lock(struct site *s, const char *app, const char *data, struct refusal *why)
{
    struct site_paths paths;
    char notes[FILE_PATH_MAX];
    struct fault fault = {0};
    enum rc rc = RC_OK;

    *s = (struct site){-1, -1};
    if (site_paths(app, &paths, &fault) != RC_OK || journal_path(data, "", notes, &fault) != RC_OK)
        return refuse_place(why, fault.text);
    if (file_make_folder(notes, &fault) != RC_OK) {
        errno = fault.sys;
        return refuse(why, REFUSAL_WRITE, "%s", fault.text);
    }
    rc = lock_folder(paths.parent, &s->parent, why);
    return rc == RC_OK ? lock_folder(notes, &s->notes, why) : rc;
}

void site_release(struct site *s)
{
    if (s->notes >= 0)
        close(s->notes);
    if (s->parent >= 0)
        close(s->parent);
    *s = (struct site){-1, -1};
}

/* --- staging folders -------------------------------------------------------------------------- */

int site_make_staging(const char *app, char id[JOURNAL_ID + 1], struct refusal *why)
{
    unsigned char random[JOURNAL_ID / 2];
    char path[FILE_PATH_MAX];
    struct fault fault = {0};
    int fd = -1;

    MUST(sodium_init() >= 0);
    randombytes_buf(random, sizeof random);
    MUST(sodium_bin2hex(id, JOURNAL_ID + 1, random, sizeof random) != NULL);
    if (site_staging(app, id, path, &fault) != RC_OK) {
        (void)refuse_place(why, fault.text);
        return -1;
    }
    if (mkdir(path, 0700) == 0)
        fd = open(path, OPEN_FOLDER);
    if (fd < 0)
        (void)refuse(why, REFUSAL_WRITE, "cannot make a folder for the update beside the app");
    return fd;
}

enum rc site_remove_staging(const char *app, const char *id, struct fault *why)
{
    char path[FILE_PATH_MAX];
    enum rc rc = site_staging(app, id, path, why);

    return rc == RC_OK ? tree_remove(AT_FDCWD, path, why) : rc;
}

/* ".Name.update-" and 16 digits. */
static bool is_staging(const char *entry, const char *name)
{
    size_t len = strlen(name);

    return entry[0] == '.' && strncmp(entry + 1, name, len) == 0 &&
           strncmp(entry + 1 + len, MARK, strlen(MARK)) == 0 &&
           strlen(entry) == 1 + len + strlen(MARK) + JOURNAL_ID &&
           strspn(entry + 1 + len + strlen(MARK), "0123456789abcdef") == JOURNAL_ID;
}

static void sweep_one(int parent, const char *entry, int64_t now_s)
{
    struct stat st;

    if (fstatat(parent, entry, &st, AT_SYMLINK_NOFOLLOW) != 0 || !S_ISDIR(st.st_mode) ||
        st.st_uid != geteuid() || (int64_t)st.st_mtime > now_s - DAY_S)
        return;
    if (tree_remove(parent, entry, NULL) == RC_OK)
        log_info("update: what a stopped update had left is removed");
}

void site_sweep(const char *app, const char *keep, int64_t now_s)
{
    struct site_paths paths;
    const struct dirent *d = NULL;
    DIR *parent = NULL;

    if (site_paths(app, &paths, NULL) != RC_OK)
        return;
    parent = opendir(paths.parent);
    if (parent == NULL)
        return;
    while ((d = readdir(parent)) != NULL) {
        if (is_staging(d->d_name, paths.name) &&
            (keep == NULL || strcmp(d->d_name + strlen(d->d_name) - JOURNAL_ID, keep) != 0))
            sweep_one(dirfd(parent), d->d_name, now_s);
    }
    closedir(parent);
}
