/* instance.c - see instance.h. */
#include "app/cocoa/instance.h"
#include "app/service/copies.h"
#include "core/base/log.h"
#include "core/update/install.h"
#include <stdio.h>
#include <unistd.h>

enum rc instance_take(struct instance *i, struct fault *why)
{
    char path[FILE_PATH_MAX + 16];

    snprintf(path, sizeof path, "%s/" INSTALL_APP_LOCK, i->folder);
    return file_lock(path, &i->lock_fd, why);
}

enum rc instance_init(struct instance *i, struct fault *why)
{
    char text[FAULT_TEXT_MAX];
    enum rc rc;

    *i = (struct instance){.lock_fd = -1};
    rc = file_data_folder(i->folder, why);
    if (rc == RC_OK)
        rc = file_make_folder(i->folder, why);
    if (rc == RC_OK)
        rc = instance_take(i, why);
    if (rc == RC_OK || rc == RC_DENIED)
        return rc;
    log_warn("no instance lock: %s", fault_text(why, text));
    i->folder[0] = '\0';
    return RC_OK;
}

bool instance_find_other(struct instance *i, const char *self)
{
    struct copy list[COPIES_MAX];
    const struct copy *other = copies_other(list, copies_running(list), (long)getpid(), self);

    if (other != NULL)
        i->other = *other;
    return other != NULL;
}

void instance_give_way(const struct instance *i)
{
    char text[FAULT_TEXT_MAX];
    struct fault why;

    fprintf(stderr, "container-kit: it runs already: look for its icon in the menu bar\n");
    if (knock_once(i->folder, &why) != RC_OK)
        log_info("second start: %s", fault_text(&why, text));
}

void instance_listen(struct instance *i, void (*heard)(void *ctx), void *ctx)
{
    char text[FAULT_TEXT_MAX];
    struct fault why;

    if (i->lock_fd < 0)
        return;
    i->knock = knock_listen(i->folder, heard, ctx, &why);
    if (i->knock == NULL)
        log_warn("a second start cannot show the menu: %s", fault_text(&why, text));
}

void instance_deafen(struct instance *i)
{
    knock_free(i->knock);
    i->knock = NULL;
}

void instance_release(struct instance *i)
{
    instance_deafen(i);
    if (i->lock_fd >= 0)
        close(i->lock_fd);
    i->lock_fd = -1;
}
