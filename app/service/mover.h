/* mover.h - moves the app into the Applications folder and opens it there (mac-behaviour 15).
 *
 * macOS alone has such a folder. Main thread, from a click; blocks for as long as copying takes. */
#ifndef APP_SERVICE_MOVER_H
#define APP_SERVICE_MOVER_H
#include "core/desktop/place.h"

/* May it be offered for this place? */
bool mover_offers(const struct place *place);
/* RC_OK: the app in its new place was opened, and waits for this one to quit. RC_DENIED: something
 * of that name is there. RC_FAILED: it could not be moved, or not opened there, with a sentence;
 * nothing was lost. */
NODISCARD enum rc mover_move(const struct place *place, struct fault *why);

#endif
