/* comment.h - what a trusted comment says, and whether it names the thing we want.
 *
 * Fields with tabs between: "key:value", split at the first colon. `hashed` and `prehashed` may
 * stand alone and mean nothing; keys we do not know are passed over; the same key twice, or any
 * other word alone, is refused (updates.md 3). With it a genuine signature
 * of one version, file or processor cannot stand for another's.
 * Pure; any thread. Memory: pieces point into the text that was read. */
#ifndef CORE_UPDATE_COMMENT_H
#define CORE_UPDATE_COMMENT_H
#include "core/update/minisign.h"
#include "core/update/semver.h"

/* Not ended by a NUL; `at` is NULL if the comment does not have it. */
struct comment_field {
    const char *at;
    size_t len;
};

/* Made by comment_read() alone, so its text was signed. */
struct comment {
    struct comment_field file, target;
    bool has_version, has_timestamp;
    struct semver version;
    int64_t timestamp; /* seconds since 1970 */
};

/* What a comment must say. */
struct comment_wanted {
    const struct semver *version;
    const char *file;     /* NULL: any, and none */
    const char *target;   /* NULL: any, and none */
    bool target_may_lack; /* it is compared only if it is there */
};

/* Reads the comment of `t`, which must live as long as *out is used. REFUSAL_COMMENT. */
NODISCARD enum rc comment_read(const struct minisign_trusted *t, struct comment *out,
                               struct refusal *why);
/* RC_OK, or REFUSAL_VERSION, REFUSAL_TARGET or REFUSAL_FILE for the first that is missing or
 * another one. */
NODISCARD enum rc comment_check(const struct comment *c, const struct comment_wanted *want,
                                struct refusal *why);

#endif
