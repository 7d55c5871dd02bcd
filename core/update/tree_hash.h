/* tree_hash.h - one number for a folder with all that is in it.
 *
 * Two trees have the same one if, and only if, they hold the same names with the same kinds, modes,
 * bytes and link targets. The name of the tree itself, owners and times do not count. The journal
 * of an update keeps it: after a crash it tells a whole tree from half a one
 * (updates.md 10.2, 10.3). Follows no link. Threads: any; it reads all files. Memory: none is kept.
 */
#ifndef CORE_UPDATE_TREE_HASH_H
#define CORE_UPDATE_TREE_HASH_H
#include "core/base/fault.h"

#define TREE_HASH_SIZE 32
#define TREE_HASH_NAMES_MAX 65536 /* in all */

struct cancel;

/* Of the entry `name` of the open folder `parent` (or AT_FDCWD, and then `name` is a path). BLAKE2b
 * of 32 bytes. `stop` may be NULL. RC_IO, RC_TOO_BIG (also for more than TREE_DEPTH_MAX levels),
 * RC_CANCELLED; RC_DENIED for what is neither file, folder nor link. */
NODISCARD enum rc tree_hash(int parent, const char *name, const struct cancel *stop,
                            unsigned char out[TREE_HASH_SIZE], struct fault *why);

#endif
