/* move.h - how the app gets into the Applications folder (mac-behaviour 15): a decision over paths.
 * Pure; any thread. */
#ifndef CORE_DESKTOP_MOVE_H
#define CORE_DESKTOP_MOVE_H
#include "core/desktop/place.h"

struct move_plan {
    const char *from;      /* the .app folder; the place's */
    char to[SYS_PATH_MAX]; /* in /Applications, under its own name */
    bool copy;             /* what is there stays: we may not, or must not, take it away */
};

/* RC_OK and a plan, or RC_DENIED where there is nothing to move. `place` is borrowed by *out. */
NODISCARD enum rc move_plan(const struct place *place, struct move_plan *out, struct fault *why);

#endif
