/* sidecar_tree.h - a tree on disk and its list: verify it, copy it whole.
 *
 * Each file is opened component by component from the tree's folder, no link is ever followed, and
 * bytes are hashed as they are read. A tree is good when all that is listed is there with its kind,
 * mode, bytes and target, belongs to root or the user, and nothing else is there.
 * Threads: any; each call reads the whole tree, which takes a while: never on the main thread.
 * `stop` (may be NULL) ends a call at once with RC_CANCELLED. Memory: none is kept. */
#ifndef CORE_ENGINE_SIDECAR_TREE_H
#define CORE_ENGINE_SIDECAR_TREE_H
#include "core/base/cancel.h"
#include "core/engine/sidecar_list.h"

/* RC_DENIED with the first file that is not as it is listed; RC_IO if it cannot be read. */
NODISCARD enum rc sidecar_tree_verify(const struct sidecar_list *list, const char *folder,
                                      const struct cancel *stop, struct fault *why);

/* Makes the folder `to`, whose parent is there, and copies what is listed out of `from`; all of it
 * is on the disk when it returns. What is copied is compared with the list on the way: RC_DENIED
 * as above. On failure `to` is removed again. */
NODISCARD enum rc sidecar_tree_copy(const struct sidecar_list *list, const char *from,
                                    const char *to, const struct cancel *stop, struct fault *why);

/* Asks macOS for the signature of each program in a tree that was verified, if the list names a
 * team (core/base/signature.h); RC_DENIED as there. */
NODISCARD enum rc sidecar_tree_signed(const struct sidecar_list *list, const char *folder,
                                      const struct cancel *stop, struct fault *why);

#endif
