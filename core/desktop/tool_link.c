/* tool_link.c - see tool_link.h.
 *
 * A new link is made under its own name, which fails if something has that name by now; an old one
 * is replaced by renaming a fresh one over it, so that the command is there at every moment. */
#include "core/desktop/tool_link.h"
#include "core/base/file.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { IN_SYSTEM, IN_HOME, FOLDER_COUNT };

/* The folder of one of the two places, "" if there is none. */
static void folder_of(const struct tool_link_where *where, int which, char out[SYS_PATH_MAX])
{
    int len = 0;

    if (which == IN_SYSTEM)
        len = snprintf(out, SYS_PATH_MAX, "%s", where->system);
    else if (where->home[0] == '/')
        len = snprintf(out, SYS_PATH_MAX, "%s/.local/bin", where->home);
    if (len <= 0 || len >= SYS_PATH_MAX)
        out[0] = '\0';
}

static bool ends_in_our_name(const char *path)
{
    const char *slash = strrchr(path, '/');

    return strcmp(slash == NULL ? path : slash + 1, TOOL_LINK_NAME) == 0;
}

static enum tool_link_state state_of(const struct tool_link_where *where, struct tool_link *link)
{
    char *real = NULL;
    struct stat st;
    ssize_t n = 0;
    bool here = false;

    if (lstat(link->path, &st) < 0)
        return TOOL_LINK_NONE;
    n = S_ISLNK(st.st_mode) ? readlink(link->path, link->target, sizeof link->target) : 0;
    link->target[n > 0 && n < SYS_PATH_MAX ? n : 0] = '\0';
    real = realpath(link->path, NULL);
    here = real != NULL && strcmp(real, where->self) == 0;
    free(real);
    if (here)
        return TOOL_LINK_CURRENT;
    return ends_in_our_name(link->target) ? TOOL_LINK_OLD : TOOL_LINK_OTHER;
}

/* Is the folder one of PATH's? A slash at the end does not matter. */
static bool in_search(const char *search, const char *folder)
{
    size_t want = strlen(folder);

    for (const char *at = search; at != NULL && *at != '\0';) {
        size_t len = strcspn(at, ":"), kept = len;

        while (kept > 1 && at[kept - 1] == '/')
            kept--;
        if (kept == want && memcmp(at, folder, want) == 0)
            return true;
        at += len + (at[len] == ':');
    }
    return false;
}

static void read_one(const struct tool_link_where *where, const char *folder, struct tool_link *out)
{
    *out = (struct tool_link){0};
    if (folder[0] == '\0' ||
        snprintf(out->path, sizeof out->path, "%s/%s", folder, TOOL_LINK_NAME) >= SYS_PATH_MAX) {
        out->path[0] = '\0';
        return;
    }
    out->state = state_of(where, out);
    out->in_search = in_search(where->search, folder);
}

static bool may_write(const char *folder)
{
    struct stat st;

    return stat(folder, &st) == 0 && S_ISDIR(st.st_mode) && access(folder, W_OK | X_OK) == 0;
}

void tool_link_read(const struct tool_link_where *where, struct tool_link *out)
{
    char folder[FOLDER_COUNT][SYS_PATH_MAX];
    struct tool_link found[FOLDER_COUNT];
    bool better = false;

    for (int i = 0; i < FOLDER_COUNT; i++) {
        folder_of(where, i, folder[i]);
        read_one(where, folder[i], &found[i]);
    }
    better = found[IN_HOME].state > found[IN_SYSTEM].state;
    if (found[IN_HOME].state == TOOL_LINK_NONE && found[IN_SYSTEM].state == TOOL_LINK_NONE)
        better = !may_write(folder[IN_SYSTEM]); /* it is about where it would be made */
    *out = found[better ? IN_HOME : IN_SYSTEM];
}

static enum rc make_folder_of(const char *path, struct fault *why)
{
    char folder[SYS_PATH_MAX];

    snprintf(folder, sizeof folder, "%.*s", (int)(strrchr(path, '/') - path), path);
    return may_write(folder) ? RC_OK : file_make_folder(folder, why);
}

static enum rc replace_old(const char *path, const char *self, struct fault *why)
{
    char fresh[SYS_PATH_MAX + 32];
    int e = 0;

    snprintf(fresh, sizeof fresh, "%s.%ld.new", path, (long)getpid());
    if (symlink(self, fresh) == 0 && rename(fresh, path) == 0)
        return RC_OK;
    e = errno;
    unlink(fresh);
    errno = e;
    return fault_set(why, RC_IO, "cannot replace the link %s", path);
}

enum rc tool_link_install(const struct tool_link_where *where, const struct place *place,
                          struct tool_link *out, struct fault *why)
{
    enum rc rc = RC_OK;

    tool_link_read(where, out);
    if (!place->tool_link)
        return fault_set(why, RC_DENIED, "%s", place->why);
    if (out->path[0] == '\0')
        return fault_set(why, RC_MISSING, "there is no folder for the command");
    if (out->state == TOOL_LINK_CURRENT)
        return RC_OK;
    if (out->state == TOOL_LINK_OTHER)
        return fault_set(why, RC_DENIED, "%s is not a link to Container Kit: it stays as it is",
                         out->path);
    if (out->state == TOOL_LINK_OLD) {
        rc = replace_old(out->path, where->self, why);
    } else {
        rc = make_folder_of(out->path, why);
        if (rc == RC_OK && symlink(where->self, out->path) < 0)
            rc = fault_set(why, RC_IO, "cannot make the link %s", out->path);
    }
    tool_link_read(where, out);
    return rc;
}

enum rc tool_link_remove(const struct tool_link_where *where, struct fault *why)
{
    struct tool_link link;

    tool_link_read(where, &link);
    if (link.state == TOOL_LINK_NONE)
        return RC_OK;
    if (link.target[0] == '\0' || link.state == TOOL_LINK_OTHER)
        return fault_set(why, RC_DENIED, "%s is not a link to Container Kit: it stays as it is",
                         link.path);
    if (unlink(link.path) < 0)
        return fault_set(why, RC_IO, "cannot remove the link %s", link.path);
    return RC_OK;
}

const char *tool_link_text(const struct tool_link *link, char out[FAULT_TEXT_MAX])
{
    static const char missing[] = "; its folder is not in PATH";
    const char *more = link->in_search ? "" : missing;
    int len = 0;

    switch (link->state) {
    case TOOL_LINK_NONE:
        len = snprintf(out, FAULT_TEXT_MAX, "not installed");
        break;
    case TOOL_LINK_OTHER:
        len = snprintf(out, FAULT_TEXT_MAX, "%s is not a link to Container Kit", link->path);
        break;
    case TOOL_LINK_OLD:
        len =
            snprintf(out, FAULT_TEXT_MAX, "%s leads to another copy: %s", link->path, link->target);
        break;
    case TOOL_LINK_CURRENT:
        len = snprintf(out, FAULT_TEXT_MAX, "%s%s", link->path, more);
        break;
    }
    MUST(len > 0); /* cut if too long */
    return out;
}
