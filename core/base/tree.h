/* tree.h - a folder with all that is in it.
 *
 * Works on descriptors and follows no link on its way down. Threads: any. Memory: none is kept. */
#ifndef CORE_BASE_TREE_H
#define CORE_BASE_TREE_H
#include "core/base/fault.h"

#define TREE_DEPTH_MAX 32 /* folders in folders; what is deeper was made by nobody of us */

/* Removes the entry `name` of the open folder `parent` (or AT_FDCWD, and then `name` is a path) and
 * all below it, links themselves and not what they name; RC_OK also if it is not there. RC_IO if
 * something stays; the rest is gone then. */
NODISCARD enum rc tree_remove(int parent, const char *name, struct fault *why);
/* Removes what is in the open folder, and leaves what cannot be removed. */
void tree_empty(int folder);

#endif
