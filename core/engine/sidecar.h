/* sidecar.h - the container engine that came with the program, and the copy that is run.
 *
 * The bundle holds a whole distribution of Apple's engine in Resources/container/ and beside it the
 * list container.sha256 (sidecar_list.h). It is never run from there: the service outlives the
 * program and must not lose its files when the app is updated or moved, so it runs from a copy
 * (mac-behaviour 4), <data folder>/engine/<version>-<start of the list's digest>/.
 *
 * When the engine is asked for first, the copy is made if it is not there, and verified whole:
 * list, signatures, owners. That is done once per process, because it reads hundreds of megabytes;
 * from then on the executable's inode, size and times are compared, and only if they differ is all
 * of it verified anew. A tree that is not as it is listed is never run and never repaired: a fault
 * says which file it is, and keeps saying so for a minute before the tree is read again.
 *
 * Two processes may need the copy at once: one makes it, under a lock, the other waits. A copy that
 * was cut short lies under another name and is removed by the next one.
 * Threads: any, but never the main one for sidecar_ready() and sidecar_sweep(), which read or
 * remove whole trees. Callers that come while it is being verified wait for the result. */
#ifndef CORE_ENGINE_SIDECAR_H
#define CORE_ENGINE_SIDECAR_H
#include "core/base/fault.h"

struct sidecar;

/* `tree` is the folder in the bundle, `<tree>.sha256` its list, `data` our data folder ("" if there
 * is none). Reads the list, nothing else; a list that cannot be read is told by sidecar_ready(). */
struct sidecar *sidecar_new(const char *tree, const char *data);
/* Nobody may use it any more. Accepts NULL. */
void sidecar_free(struct sidecar *s);

/* Where the engine is run from, whether it is there yet or not; the folder in the bundle if the
 * list cannot be read. Valid until sidecar_free(). */
const char *sidecar_folder(const struct sidecar *s);

/* RC_OK once the copy is there and was verified. RC_DENIED: it is not trusted; RC_IO: it could not
 * be made, a full disk for example; RC_CANCELLED after sidecar_stop(). */
NODISCARD enum rc sidecar_ready(struct sidecar *s, struct fault *why);

/* The program ends: work under way stops soon, and none begins. Accepts NULL. */
void sidecar_stop(struct sidecar *s);

/* Removes copies of other versions and what was cut short. `in_use` is the install root that the
 * running service names (engine_status.install_root): a copy it runs from stays, and so does one
 * that any process runs from. To be called only while a service runs and names its root; where none
 * is seen, one may run all the same, in another login session. Done once per process, skipped while
 * another process makes a copy. */
void sidecar_sweep(struct sidecar *s, const char *in_use);

#endif
