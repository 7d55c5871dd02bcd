/* bundle.h - is what was unpacked the program that was offered? (updates.md 8)
 *
 * The signature said that it is ours; this says that it is this very program, in this version, for
 * this system and processor, and newer than what runs. What lies in the app says so three times, in
 * Info.plist, in release.json and in the header of its executable; all have to agree. Nothing of it
 * is run, and no link is followed.
 * Threads: any but the main one: it reads files. Memory: none is kept. */
#ifndef CORE_UPDATE_BUNDLE_H
#define CORE_UPDATE_BUNDLE_H
#include "core/base/file.h"
#include "core/update/semver.h"

#define BUNDLE_RELEASE_MAX ((size_t)64 << 10) /* bytes of release.json */

struct bundle_wanted {
    const char *app_id;
    const struct semver *version; /* what was offered */
    const struct semver *current; /* what runs; NULL: not compared */
    const char *target;           /* e.g. "darwin-aarch64" */
};

/* Checks the app `name` in the open folder `staging`. REFUSAL_BUNDLE, REFUSAL_APP_ID,
 * REFUSAL_VERSION, REFUSAL_TARGET, REFUSAL_PROCESSOR, REFUSAL_JSON, REFUSAL_TYPE, REFUSAL_SIZE. */
NODISCARD enum rc bundle_check(int staging, const char *name, const struct bundle_wanted *want,
                               struct refusal *why);
/* The version of the app at the absolute `path`, as its release.json tells it; false if there is
 * none, or one of another program. */
bool bundle_version(const char *path, const char *app_id, struct semver *out);
/* The executable of that app, as its Info.plist names it; false if it names none, or the path is
 * too long. */
bool bundle_program(const char *path, char out[FILE_PATH_MAX]);
/* On macOS: is the app at the absolute `path`, with all that is nested in it, signed as `app_id` by
 * the makers' `team`? On Linux, which signs no programs, yes. REFUSAL_CODE. */
NODISCARD enum rc bundle_signed(const char *path, const char *team, const char *app_id,
                                struct refusal *why);

#endif
