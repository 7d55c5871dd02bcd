/* swap.c - see swap.h. Names last once the folders around them were told to the disk. */
#include "core/update/swap.h"
#include "core/base/file.h"
#include "core/base/sys.h"
#include "core/update/hooks.h"
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

static void sync_around(const char *path)
{
    char folder[FILE_PATH_MAX];
    const char *slash = strrchr(path, '/');

    MUST(slash != NULL);
    snprintf(folder, sizeof folder, "%.*s/", (int)(slash - path), path);
    file_sync_folder(folder);
}

static void sync_both(const struct swap *s)
{
    sync_around(s->app);
    sync_around(s->staged);
}

enum rc swap_exchange(const struct swap *s, struct fault *why)
{
    int pretended = (int)hook_number(HOOK_SWAP_ERRNO, 0);

    errno = pretended;
    if (pretended == 0 && sys_exchange(s->app, s->staged) == 0) {
        sync_both(s);
        return RC_OK;
    }
    if (errno == ENOTSUP || errno == EINVAL || errno == ENOSYS)
        return fault_set(why, RC_MISSING, "this disk cannot exchange two apps at once");
    return fault_set(why, RC_IO, "the app cannot be replaced by its update");
}

enum rc swap_move(const struct swap *s, struct fault *why)
{
    if (rename(s->app, s->aside) != 0)
        return fault_set(why, RC_IO, "the app cannot be moved aside for its update");
    sync_both(s);
    hook_reach(HOOK_AT_MOVING);
    if (rename(s->staged, s->app) != 0) {
        fault_set(why, RC_IO, "the update cannot be moved to the place of the app");
        if (rename(s->aside, s->app) != 0)
            fault_context(why, "the app now lies at %s", s->aside);
        sync_both(s);
        return RC_IO;
    }
    sync_both(s);
    hook_reach(HOOK_AT_MOVED);
    (void)rename(s->aside, s->staged); /* if not now, then by swap_mend() */
    sync_both(s);
    return RC_OK;
}

enum rc swap_mend(const struct swap *s, bool from_aside, struct fault *why)
{
    if (!file_is_there(s->app) && rename(from_aside ? s->aside : s->staged, s->app) != 0)
        return fault_set(why, RC_IO, "the app cannot be put back into its place");
    if (file_is_there(s->aside) && !file_is_there(s->staged) && rename(s->aside, s->staged) != 0)
        return fault_set(why, RC_IO, "the app that was replaced cannot be moved");
    sync_both(s);
    return RC_OK;
}
