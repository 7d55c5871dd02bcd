/* site.h - where an update is installed: may it be done there, who else does it, what lies about
 * (updates.md 10.1 and attack rows 29 to 31).
 *
 * Replacing an app moves it to another parent, so both its parent and the app itself have to be
 * ours to write. Two locks keep everybody else out: one on the parent folder, which all users and
 * copies of the app share, and one on the folder of the journal. They end with the process.
 * Threads: any. Memory: a site is the caller's; site_release(). */
#ifndef CORE_UPDATE_SITE_H
#define CORE_UPDATE_SITE_H
#include "core/base/file.h"
#include "core/update/journal.h"
#include "core/update/refusal.h"
#include "core/update/swap.h"

/* Its descriptors hold the locks; -1: none. */
struct site {
    int parent, notes;
};

/* Where an app lies, without asking the disk. */
struct site_paths {
    char parent[FILE_PATH_MAX];
    char name[ARCHIVE_PART_MAX + 1]; /* of the app, without ".app" */
};

/* Can the app be replaced where it lies? `why_not` is what is known already, "" if nothing is.
 * REFUSAL_PLACE with what the user can do about it. */
NODISCARD enum rc site_check(const char *app, const char *why_not, struct refusal *why);
/* Takes both locks, at once or not at all: REFUSAL_BUSY; REFUSAL_WRITE for a data folder that
 * cannot be used. *s is fit for site_release() whatever comes back. */
NODISCARD enum rc site_lock(struct site *s, const char *app, const char *data, struct refusal *why);
/* Accepts one without locks. */
void site_release(struct site *s);

/* RC_DENIED for a path that is none of an app. */
NODISCARD enum rc site_paths(const char *app, struct site_paths *out, struct fault *why);
/* The staging folder of the app for this id: <parent>/.<Name>.update-<id>. RC_TOO_BIG. */
NODISCARD enum rc site_staging(const char *app, const char *id, char out[FILE_PATH_MAX],
                               struct fault *why);
/* The three places of the journal's swap. RC_TOO_BIG. */
NODISCARD enum rc site_swap(const struct journal *j, struct swap *out, struct fault *why);

/* Makes a staging folder, mode 0700, and writes its id: its descriptor, or -1 and REFUSAL_WRITE. */
NODISCARD int site_make_staging(const char *app, char id[JOURNAL_ID + 1], struct refusal *why);
/* Removes the staging folder `id` with all that is in it. */
NODISCARD enum rc site_remove_staging(const char *app, const char *id, struct fault *why);
/* Removes staging folders of ours that are older than a day, but for `keep` (NULL: none). */
void site_sweep(const char *app, const char *keep, int64_t now_s);

#endif
