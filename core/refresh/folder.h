/* folder.h - watches the folder in which Apple's engine keeps one entry per container.
 *
 * Tells of created and deleted containers at once; starts and stops change nothing there
 * (engines.md 2.6). Where the folder is, only the running service knows. One thread. */
#ifndef CORE_REFRESH_FOLDER_H
#define CORE_REFRESH_FOLDER_H
#include "core/base/cancel.h"
#include "core/engine/locate.h"
#include "core/exec/spawner.h"

struct folder {
    struct sys_watch watch; /* its fd, -1 while none is watched, is for poll() */
};

/* Nothing is watched. */
void folder_init(struct folder *f);

/* Asks the service where its folder is and watches it; one child at the most. True if something
 * may have happened since the last look that nobody would tell of. The descriptor changes. */
bool folder_renew(struct folder *f, struct spawner *s, const struct locate_where *where,
                  const struct cancel *stop);
/* True if entries came or went since the last call. Never blocks. */
bool folder_changed(struct folder *f);
/* Nothing is watched afterwards. */
void folder_close(struct folder *f);

#endif
