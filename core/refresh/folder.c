/* folder.c - one watch, opened anew whenever the list has changed: the service may have been
 * started again with another root, or the folder been replaced, and both show in the list. */
#include "core/refresh/folder.h"
#include "core/base/log.h"
#include "core/engine/look.h"
#include <poll.h>
#include <stdio.h>

/* <appRoot>/containers from `system status`; false unless the service runs and says so. */
static bool ask_path(struct spawner *s, const struct locate_where *where, const struct cancel *stop,
                     char path[SYS_PATH_MAX])
{
    struct child_result res = {0};
    struct engine_status st = {0};
    struct program prog;
    struct cmd_call call;
    bool known = false;

    if (locate_program(where, ENGINE_APPLE, &prog, NULL) == RC_OK &&
        cmd_call_init(&call, &prog, OP_STATUS, NULL, NULL) == RC_OK &&
        child_run(s, &call, stop, &res, NULL) == RC_OK &&
        engine_driver(ENGINE_APPLE)->parse_status(buf_text(&res.out), res.out.len, &st, NULL) ==
            RC_OK)
        known = st.running && st.app_root[0] == '/' &&
                snprintf(path, SYS_PATH_MAX, "%s/containers", st.app_root) < SYS_PATH_MAX;
    if (st.running && where->sidecar != NULL)
        sidecar_sweep(where->sidecar, st.install_root);
    child_result_release(&res);
    return known;
}

void folder_init(struct folder *f)
{
    f->watch = (struct sys_watch){.fd = -1, .folder = -1};
}

bool folder_renew(struct folder *f, struct spawner *s, const struct locate_where *where,
                  const struct cancel *stop)
{
    char path[SYS_PATH_MAX];
    bool was_watched = f->watch.fd >= 0, changed = false;
    struct sys_watch fresh;

    if (!ask_path(s, where, stop, path))
        return false; /* the one we have, if any, stays */
    if (sys_watch_open(&fresh, path) != 0)
        log_info("cannot watch the folder of containers" LOG_PRIVATE ": %s",
                 path); /* not there before the first container */
    changed = folder_changed(f);
    folder_close(f);
    f->watch = fresh;
    return changed || (fresh.fd >= 0 && !was_watched);
}

bool folder_changed(struct folder *f)
{
    struct pollfd p = {.fd = f->watch.fd, .events = POLLIN};

    if (f->watch.fd < 0 || poll(&p, 1, 0) <= 0)
        return false;
    sys_watch_drain(&f->watch);
    return true;
}

void folder_close(struct folder *f)
{
    sys_watch_close(&f->watch);
    folder_init(f);
}
