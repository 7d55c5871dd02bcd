/* locate.c - finding an executable, and walking its path the way the kernel would.
 *
 * A path is walked component by component, and each link is taken by hand, so that every folder
 * passed on the way is checked: those above a link and those above what it names. What comes out
 * is the path without links: what was checked is what is run, and Apple's tool must not be run
 * through a link, for it looks for its parts beside the path it was started by (engines.md 2.5). */
#include "core/engine/locate.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

#define LINKS_MAX 40
#define REST_MAX (4 * SYS_PATH_MAX)
#define CANDIDATES_MAX 8
#define GROUP_ROOT 0
#define GROUP_ADMIN 80 /* macOS: people who may install programs */

/* "~" is the home folder, "@" the bundled sidecar. engines.md 5. */
static const char *const mac_paths[ENGINE_COUNT][CANDIDATES_MAX] = {
    [ENGINE_APPLE] = {"@/bin/container", "/usr/local/bin/container", "/opt/homebrew/bin/container"},
    [ENGINE_DOCKER] = {"/usr/local/bin/docker", "/opt/homebrew/bin/docker", "~/.docker/bin/docker",
                       "~/.orbstack/bin/docker", "~/.rd/bin/docker",
                       "/Applications/Docker.app/Contents/Resources/bin/docker"},
    [ENGINE_PODMAN] = {"/opt/podman/bin/podman", "/opt/homebrew/bin/podman",
                       "/usr/local/bin/podman"},
};
static const char *const linux_paths[ENGINE_COUNT][CANDIDATES_MAX] = {
    [ENGINE_APPLE] = {"@/bin/container", "/usr/local/bin/container"},
    [ENGINE_DOCKER] = {"/usr/local/bin/docker", "/usr/bin/docker", "~/.docker/bin/docker",
                       "~/.orbstack/bin/docker", "~/.rd/bin/docker"},
    [ENGINE_PODMAN] = {"/usr/local/bin/podman", "/usr/bin/podman", "/opt/podman/bin/podman"},
};

/* Where a walk stands. */
struct walk {
    const struct locate_where *where;
    char done[SYS_PATH_MAX]; /* without links, without "/" at the end; "" is the root */
    char rest[REST_MAX];     /* still to go */
    unsigned links;
    bool at_file;   /* done is an executable file and rest is empty */
    bool root_only; /* the user is not trusted, and no group */
    bool denied;    /* something on the way is not trusted; *why says what */
    struct fault *why;
};

static int look_at(const struct locate_where *where, const char *path, struct stat *st)
{
    if (where->fs != NULL && where->fs->lstat != NULL)
        return where->fs->lstat(path, st);
    return lstat(path, st);
}

static ssize_t read_link(const struct locate_where *where, const char *path, char *out, size_t size)
{
    if (where->fs != NULL && where->fs->readlink != NULL)
        return where->fs->readlink(path, out, size);
    return readlink(path, out, size);
}

void locate_here(struct locate_where *where)
{
    const char *home = getenv("HOME");
    struct utsname system;

    *where = (struct locate_where){.home = "", .bundle = "", .uid = geteuid()};
    if (home != NULL)
        where->home = home;
    if (uname(&system) == 0) {
        where->mac = strcmp(system.sysname, "Darwin") == 0;
        where->apple_silicon = where->mac && strcmp(system.machine, "arm64") == 0;
    }
}

/* The first reason stays. */
static enum rc deny(struct walk *w, const char *path, const char *what)
{
    if (!w->denied)
        fault_set(w->why, RC_DENIED, "%s %s", path[0] != '\0' ? path : "/", what);
    w->denied = true;
    return RC_DENIED;
}

/* Could somebody else have changed it? The mode of a link means nothing: its owner does. The walk
 * goes on, for where there is no executable at its end there is nothing to distrust. */
static void judge(struct walk *w, const char *path, const struct stat *st)
{
    char group[48];

    if (st->st_uid != 0 && w->root_only)
        deny(w, path, "does not belong to root");
    else if (st->st_uid != 0 && st->st_uid != w->where->uid)
        deny(w, path, "belongs to another user");
    if (S_ISLNK(st->st_mode))
        return;
    if (st->st_mode & S_IWOTH) /* the sticky bit keeps others' files, but lets anyone add */
        deny(w, path, "is writable by others");
    snprintf(group, sizeof group, "is writable by group %u", (unsigned)st->st_gid);
    if ((st->st_mode & S_IWGRP) &&
        (w->root_only ||
         (st->st_gid != GROUP_ROOT && !(w->where->mac && st->st_gid == GROUP_ADMIN))))
        deny(w, path, group);
}

/* Takes the next component off the front of rest. False at the end; `name` may be "". */
static bool next_name(struct walk *w, char name[SYS_PATH_MAX], bool *is_last)
{
    size_t start = strspn(w->rest, "/");
    size_t len = strcspn(w->rest + start, "/");
    size_t behind = start + len + strspn(w->rest + start + len, "/");

    if (len == 0)
        return false;
    *is_last = w->rest[start + len] == '\0';
    if (len >= SYS_PATH_MAX)
        len = SYS_PATH_MAX - 1; /* the kernel's limit for a name is shorter: it is not there */
    memcpy(name, w->rest + start, len);
    name[len] = '\0';
    memmove(w->rest, w->rest + behind, strlen(w->rest + behind) + 1);
    return true;
}

static void drop_last(struct walk *w)
{
    char *slash = strrchr(w->done, '/');

    if (slash != NULL)
        *slash = '\0';
}

/* done/name is a link: goes on with what it names. */
static enum rc follow(struct walk *w)
{
    char target[SYS_PATH_MAX], rest[REST_MAX];
    ssize_t len = 0;

    if (++w->links > LINKS_MAX)
        return deny(w, w->done, "is a link in a ring of links");
    len = read_link(w->where, w->done, target, sizeof target);
    if (len < 0)
        return RC_MISSING;
    if (len == 0 || (size_t)len >= sizeof target)
        return deny(w, w->done, "is a link to a path that is too long");
    if (snprintf(rest, sizeof rest, "%.*s%s%s", (int)len, target, w->rest[0] != '\0' ? "/" : "",
                 w->rest) >= (int)sizeof rest)
        return deny(w, w->done, "is a link to a path that is too long");
    memcpy(w->rest, rest, sizeof rest);
    drop_last(w);
    if (target[0] == '/')
        w->done[0] = '\0';
    return RC_OK;
}

/* One component further. RC_MISSING if it is not there or cannot be reached by us. */
static enum rc step(struct walk *w, const char *name, bool is_last)
{
    size_t len = strlen(w->done);
    struct stat st = {0};

    if (strcmp(name, ".") == 0)
        return RC_OK;
    if (strcmp(name, "..") == 0) {
        drop_last(w);
        return RC_OK;
    }
    if (len + 1 + strlen(name) >= sizeof w->done)
        return RC_MISSING;
    w->done[len] = '/';
    memcpy(w->done + len + 1, name, strlen(name) + 1);
    if (look_at(w->where, w->done, &st) != 0)
        return RC_MISSING;
    judge(w, w->done, &st);
    if (S_ISLNK(st.st_mode))
        return follow(w);
    if (!is_last)
        return S_ISDIR(st.st_mode) ? RC_OK : RC_MISSING;
    if (!S_ISREG(st.st_mode))
        return deny(w, w->done, "is not a file");
    if ((st.st_mode & 0111) == 0)
        return deny(w, w->done, "is not executable");
    w->at_file = true;
    return RC_OK;
}

/* Walks the absolute `path` to its end; w->done is then the path without links. RC_MISSING when
 * there is nothing, also behind a link that names nothing. */
static enum rc walk(struct walk *w, const char *path)
{
    char name[SYS_PATH_MAX];
    struct stat root = {0};
    bool is_last = false;
    enum rc rc = RC_OK;

    w->done[0] = '\0';
    w->links = 0;
    w->at_file = false;
    w->denied = false;
    if (snprintf(w->rest, sizeof w->rest, "%s", path) >= (int)sizeof w->rest ||
        look_at(w->where, "/", &root) != 0)
        return RC_MISSING;
    judge(w, "", &root);
    while (rc == RC_OK && next_name(w, name, &is_last))
        rc = step(w, name, is_last);
    if (rc == RC_OK && !w->at_file)
        return deny(w, w->done, "is not a file");
    return rc == RC_OK && w->denied ? RC_DENIED : rc;
}

/* The path of a row, or false if the home folder or the bundle it needs is not known. */
static bool expand(const struct locate_where *where, const char *row, char out[SYS_PATH_MAX])
{
    const char *folder = row[0] == '~' ? where->home : row[0] == '@' ? where->bundle : "";

    if (row[0] != '/' && (folder == NULL || folder[0] != '/'))
        return false;
    if (row[0] != '/')
        row++;
    return snprintf(out, SYS_PATH_MAX, "%s%s", folder, row) < SYS_PATH_MAX;
}

size_t locate_candidates(const struct locate_where *where, enum engine_kind kind,
                         char (*out)[SYS_PATH_MAX], size_t max)
{
    const char *const *rows = NULL;
    size_t count = 0;

    MUST((unsigned)kind < ENGINE_COUNT);
    rows = where->mac ? mac_paths[kind] : linux_paths[kind];
    for (size_t i = 0; i < CANDIDATES_MAX && rows[i] != NULL && count < max; i++) {
        if (expand(where, rows[i], out[count]))
            count++;
    }
    return count;
}

/* "Docker was not found: looked for /usr/local/bin/docker, /usr/bin/docker". */
static enum rc not_found(enum engine_kind kind, char (*paths)[SYS_PATH_MAX], size_t count,
                         struct fault *why)
{
    char list[FAULT_TEXT_MAX] = "";
    size_t len = 0;

    for (size_t i = 0; i < count && len < sizeof list; i++) {
        int n = snprintf(list + len, sizeof list - len, "%s%s", i > 0 ? ", " : "", paths[i]);

        len += n > 0 ? (size_t)n : 0;
    }
    return fault_set(why, RC_MISSING, "%s was not found; looked for %.400s", engine_title(kind),
                     list);
}

enum rc locate_program(const struct locate_where *where, enum engine_kind kind, struct program *out,
                       struct fault *why)
{
    char paths[CANDIDATES_MAX][SYS_PATH_MAX];
    size_t count = locate_candidates(where, kind, paths, CANDIDATES_MAX);
    struct walk w = {.where = where, .why = why};

    memset(out, 0, sizeof *out);
    if (kind == ENGINE_APPLE && where->mac && !where->apple_silicon)
        return fault_set(why, RC_MISSING, "Apple container needs Apple silicon");
    if (kind == ENGINE_APPLE && where->sidecar != NULL) {
        enum rc rc = sidecar_ready(where->sidecar, why);

        if (rc != RC_OK)
            return rc;
    }
    for (size_t i = 0; i < count; i++) {
        enum rc rc = walk(&w, paths[i]);

        if (rc == RC_MISSING)
            continue;
        if (rc != RC_OK)
            return rc;
        out->kind = kind;
        memcpy(out->path, w.done, sizeof out->path);
        contexts_get(where->contexts, kind, &out->context);
        return RC_OK;
    }
    return not_found(kind, paths, count, why);
}

bool locate_leads_to(const struct locate_where *where, const char *path, const struct program *prog)
{
    struct walk w = {.where = where};

    return path[0] == '/' && walk(&w, path) != RC_MISSING && strcmp(w.done, prog->path) == 0;
}

enum rc locate_root_path(const struct locate_where *where, const char *path, char out[SYS_PATH_MAX],
                         struct fault *why)
{
    struct walk w = {.where = where, .root_only = true, .why = why};
    enum rc rc;

    MUST(path[0] == '/');
    out[0] = '\0';
    rc = walk(&w, path);
    if (rc == RC_MISSING)
        return fault_set(why, RC_MISSING, "%s is not there", path);
    if (rc == RC_OK)
        memcpy(out, w.done, sizeof w.done);
    return rc;
}

enum rc locate_host(const struct locate_where *where, enum host_op op, struct host_program *out,
                    struct fault *why)
{
    const char *path = host_path(op, where->mac);

    MUST(path != NULL);
    *out = (struct host_program){.op = op, .mac = where->mac};
    return locate_root_path(where, path, out->path, why);
}
