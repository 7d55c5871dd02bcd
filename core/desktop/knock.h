/* knock.h - how a second start tells the program that runs already: show yourself.
 *
 * A FIFO in the data folder, which only the user can open. The one that has the instance lock
 * listens; a byte in it is a knock, and says nothing else. A Mac does the same for a program that
 * is opened again, but not for one that is started by its path. */
#ifndef CORE_DESKTOP_KNOCK_H
#define CORE_DESKTOP_KNOCK_H
#include "core/base/fault.h"

struct knock;

/* Holder of the instance lock only: what lies under that name already is replaced. `heard` is
 * called on a thread of its own, once for knocks that come together. NULL: not possible, and *why
 * tells the reason. */
struct knock *knock_listen(const char *data_folder, void (*heard)(void *ctx), void *ctx,
                           struct fault *why);
/* Joins the thread; afterwards nothing is heard, and the name is gone. Accepts NULL. */
void knock_free(struct knock *k);
/* Any thread, never blocks. RC_MISSING: nobody listens. */
NODISCARD enum rc knock_once(const char *data_folder, struct fault *why);

#endif
