/* tree.c - the inner ones first; one failure does not keep the others. */
#include "core/base/tree.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool is_dots(const char *name)
{
    return strcmp(name, ".") == 0 || strcmp(name, "..") == 0;
}

static int remove_entry(int parent, const char *name, unsigned depth);

/* What stays keeps the folder from going, and so is told. */
static void remove_inside(DIR *dir, unsigned depth)
{
    struct dirent *d;

    while ((d = readdir(dir)) != NULL) {
        if (!is_dots(d->d_name))
            (void)remove_entry(dirfd(dir), d->d_name, depth + 1);
    }
}

/* A folder may forbid changes even to its owner: that is lifted first. */
static int remove_entry(int parent, const char *name, unsigned depth)
{
    struct stat st;
    DIR *dir;
    int fd;

    if (fstatat(parent, name, &st, AT_SYMLINK_NOFOLLOW) != 0)
        return errno == ENOENT ? 0 : -1;
    if (!S_ISDIR(st.st_mode))
        return unlinkat(parent, name, 0);
    if (depth > TREE_DEPTH_MAX)
        return -1;
    fd = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0)
        return -1;
    (void)!fchmod(fd, 0700);
    dir = fdopendir(fd);
    if (dir == NULL) {
        close(fd);
        return -1;
    }
    remove_inside(dir, depth);
    closedir(dir);
    return unlinkat(parent, name, AT_REMOVEDIR);
}

enum rc tree_remove(int parent, const char *name, struct fault *why)
{
    if (remove_entry(parent, name, 0) != 0)
        return fault_set(why, RC_IO, "cannot remove %s", name);
    return RC_OK;
}

void tree_empty(int folder)
{
    int fd = openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *dir = fd < 0 ? NULL : fdopendir(fd);

    if (dir != NULL) {
        remove_inside(dir, 0);
        closedir(dir);
    } else if (fd >= 0) {
        close(fd);
    }
}
