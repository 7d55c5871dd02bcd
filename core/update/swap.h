/* swap.h - two apps change places, with the app's own place empty for no moment if the system can.
 *
 * Never deletes, never copies over files: on macOS changing a program that runs kills it. Where the
 * file system has no exchange in one call, swap_move() does it in three renames, each of which
 * leaves a state that recover.h knows (updates.md 10.2). Threads: any. Memory: none. */
#ifndef CORE_UPDATE_SWAP_H
#define CORE_UPDATE_SWAP_H
#include "core/base/file.h"

/* Absolute paths on one volume. */
struct swap {
    char app[FILE_PATH_MAX];    /* in which the one that is to run lies */
    char staged[FILE_PATH_MAX]; /* the other one */
    char aside[FILE_PATH_MAX];  /* free, for swap_move() */
};

/* RC_OK: they have changed places. RC_MISSING: the file system cannot do that in one call. Else
 * RC_IO. Unless it is RC_OK nothing has changed. */
NODISCARD enum rc swap_exchange(const struct swap *s, struct fault *why);
/* The same in three renames. Unless it is RC_OK all is where it was, or it could not be put back
 * there, which the sentence says. */
NODISCARD enum rc swap_move(const struct swap *s, struct fault *why);
/* Ends a swap_move() that was cut short. What is in the app's place stays there; if it is empty,
 * what lies aside goes there, or else what is staged. RC_IO. */
NODISCARD enum rc swap_mend(const struct swap *s, bool from_aside, struct fault *why);

#endif
