/* part.h - the file that a download grows in, so that a broken one can be continued.
 *
 * It is FOLDER/NAME.part, mode 0600 in a folder of mode 0700 that is the user's; beside it
 * NAME.part.tag holds what the server calls the whole (http_validator()). A link, somebody else's
 * file or one without a tag is never continued: it is removed and a new one made. Other parts in
 * the folder are of releases that nobody wants any more and go.
 * Threads: one at a time, one process at a time: a second one is refused. Memory: the caller's;
 * part_release(). */
#ifndef CORE_UPDATE_PART_H
#define CORE_UPDATE_PART_H
#include "core/base/file.h"
#include "core/update/http_text.h"
#include "core/update/refusal.h"

struct part {
    int folder, fd; /* -1: none */
    char path[FILE_PATH_MAX];
    const char *name; /* in path */
    uint64_t len;
    char validator[HTTP_VALIDATOR_MAX]; /* "" if len is 0 */
};

/* Opens what is there of it, if that is at most `max` bytes, or makes an empty one. `name` has no
 * slash. REFUSAL_READ. Whatever comes back, *p is for part_release(). */
NODISCARD enum rc part_open(struct part *p, const char *folder, const char *name, uint64_t max,
                            struct refusal *why);
/* Empties it; from now on it is a part of `validator`, which may be "". REFUSAL_READ. */
NODISCARD enum rc part_restart(struct part *p, const char *validator, struct refusal *why);
/* REFUSAL_READ, e.g. when the disk is full. */
NODISCARD enum rc part_add(struct part *p, const void *bytes, size_t len, struct refusal *why);
/* Removes its names: what is left is the descriptor. */
void part_unlink(struct part *p);
/* The descriptor, which is the caller's now. */
int part_take(struct part *p);
/* Closes it; the file stays unless part_unlink() came before. Accepts what part_open() left. */
void part_release(struct part *p);

#endif
