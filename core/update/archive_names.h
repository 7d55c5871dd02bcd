/* archive_names.h - where the entries of an archive may lie: in one folder Name.app, each once, and
 * none behind a link (updates.md 7).
 *
 * Names are compared without case, as APFS does by default: a name that stands twice there would be
 * written over. They are ASCII, so that no two spellings of one letter exist.
 * Limits: below. Pure. Threads: one at a time. Memory: owns all names; archive_names_release(). */
#ifndef CORE_UPDATE_ARCHIVE_NAMES_H
#define CORE_UPDATE_ARCHIVE_NAMES_H
#include "core/base/mem.h"
#include "core/update/tar.h"

#define ARCHIVE_PATH_MAX 1024
#define ARCHIVE_PART_MAX 255
#define ARCHIVE_DEPTH_MAX 32
#define ARCHIVE_NAMES_MAX 40000 /* entries, and folders that have no entry of their own */

struct archive_name {
    const char *path;   /* from Name.app on */
    const char *target; /* of a link, else NULL */
    enum tar_kind kind; /* TAR_FILE, TAR_FOLDER or TAR_LINK */
};

/* Parents stand before what is in them. Zeroed is empty. */
struct archive_names {
    struct arena arena;
    struct archive_name *list;
    size_t count, size; /* size: allocated */
    uint32_t *slots;    /* place in the list + 1, by a hash of the name without case; 0 is free */
};

/* Adds an entry behind those parents that are not there yet; nothing for a folder that is there.
 * REFUSAL_PATH, REFUSAL_LINK, REFUSAL_SIZE. */
NODISCARD enum rc archive_names_add(struct archive_names *names, const struct tar_entry *entry,
                                    struct refusal *why);
void archive_names_release(struct archive_names *names);

#endif
