/* setup.h - what both faces of the program need before anything else: environment, spawner, where
 * to look for engines. Made once in main(), handed down, never global. Main thread. */
#ifndef APP_SETUP_H
#define APP_SETUP_H
#include "core/engine/locate.h"
#include "core/exec/spawner.h"

struct buf;

struct setup {
    struct env *env;
    struct spawner *spawner;
    struct locate_where where;
    struct contexts *contexts;
    struct sidecar *sidecar;  /* of ../Resources/container, NULL if there is none */
    char self[SYS_PATH_MAX];  /* the executable, resolved: also the leash */
    bool at_login;            /* the desktop opened us, nobody asked: no window (decision 020) */
    const char *update_token; /* how an update has started us (core/update/install.h), "" if not */
    /* app/cocoa/selfcheck.h, for the command line, which knows no AppKit; set by main() */
    enum rc (*selfcheck)(struct buf *out);
};

/* RC_IO if our own path is not known. On failure *s is fit for setup_release(). */
NODISCARD enum rc setup_init(struct setup *s, struct fault *why);
/* Accepts a zeroed struct. Every child must be gone. */
void setup_release(struct setup *s);

#endif
