/* journal.h - the note that tells, after any crash, how far an update had come (updates.md 10.2).
 *
 * <data>/update/journal.json, replaced whole and on the disk before the step that it announces.
 * Read strictly: one that is damaged, from elsewhere or of another kind counts as none, and then
 * nothing is done in its name. It names no path that could lead away from the app: the staging
 * folder lies beside the app, and its name is made from the app's and 16 digits. Threads: any;
 * whoever changes it holds the locks of site.h. Memory: plain values. */
#ifndef CORE_UPDATE_JOURNAL_H
#define CORE_UPDATE_JOURNAL_H
#include "core/base/file.h"
#include "core/update/archive_names.h"
#include "core/update/semver.h"
#include "core/update/tree_hash.h"

#define JOURNAL_FOLDER "update" /* in the data folder; also of health.h */
#define JOURNAL_MAX ((size_t)8 << 10)
#define JOURNAL_ID 16 /* hexadecimal digits */
#define JOURNAL_ATTEMPTS_MAX 1000

enum journal_state {
    JOURNAL_NONE,
    JOURNAL_READY,       /* the new one is staged and was checked; the app is the old one */
    JOURNAL_MOVING,      /* from old to new, without an exchange in one call */
    JOURNAL_SWAPPED,     /* the app is the new one, which has yet to prove that it runs */
    JOURNAL_CONFIRMED,   /* it runs; to be tidied up */
    JOURNAL_RETURNING,   /* as MOVING, from new to old */
    JOURNAL_ROLLED_BACK, /* the app is the old one again; the new one is not to be trusted */
    JOURNAL_STATE_COUNT
};

struct journal {
    enum journal_state state;
    char app[FILE_PATH_MAX];            /* the installed app, absolute */
    char id[JOURNAL_ID + 1];            /* of the staging folder */
    char name[ARCHIVE_PART_MAX + 1];    /* of the app in it */
    struct semver before, after;        /* the versions of the old and of the new one */
    unsigned char hash[TREE_HASH_SIZE]; /* of the new one */
    unsigned attempts;                  /* starts of the new one that did not prove it yet */
};

/* "READY", ... Static. */
const char *journal_word(enum journal_state state);
/* *out is JOURNAL_NONE if there is none that can be believed. */
void journal_read(const char *data, struct journal *out);
/* On the disk when it returns RC_OK. `j` is not JOURNAL_NONE. Makes the folder. */
NODISCARD enum rc journal_write(const char *data, const struct journal *j, struct fault *why);
/* No journal from now on. */
NODISCARD enum rc journal_remove(const char *data, struct fault *why);
/* Path of the file `name` in the folder of the journal; RC_TOO_BIG. */
NODISCARD enum rc journal_path(const char *data, const char *name, char out[FILE_PATH_MAX],
                               struct fault *why);

#endif
