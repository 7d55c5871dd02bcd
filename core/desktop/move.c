/* move.c - see move.h. A copy that macOS made for this run, and a disk that cannot be changed, give
 * nothing away: from there the app is copied. */
#include "core/desktop/move.h"
#include <stdio.h>
#include <string.h>

enum rc move_plan(const struct place *place, struct move_plan *out, struct fault *why)
{
    const char *name = strrchr(place->bundle, '/');

    *out = (struct move_plan){.from = place->bundle};
    switch (place->kind) {
    case PLACE_ELSEWHERE:
        break;
    case PLACE_TRANSLOCATED:
    case PLACE_READ_ONLY:
        out->copy = true;
        break;
    default:
        return fault_set(why, RC_DENIED, "Container Kit need not be moved");
    }
    MUST(name != NULL); /* these kinds have a bundle */
    /* shorter than the path of the executable, which had "/Contents/MacOS/" in it */
    MUST(snprintf(out->to, sizeof out->to, "/Applications%s", name) < (int)sizeof out->to);
    return RC_OK;
}
