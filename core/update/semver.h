/* semver.h - versions as Semantic Versioning 2.0.0 writes and orders them (semver.org, items 2, 9,
 * 10 and 11).
 *
 * Strict: no blanks, no missing numbers, no leading zeros. One difference to what Rust's reader of
 * update manifests does: build metadata never makes a version newer.
 * Limits: SEMVER_MAX bytes; each of the three numbers up to 2^64-1; a number in the pre-release may
 * have any length. Pure; any thread. Memory: a version is a plain value. */
#ifndef CORE_UPDATE_SEMVER_H
#define CORE_UPDATE_SEMVER_H
#include "core/update/refusal.h"

#define SEMVER_MAX 128

/* Made by semver_read() and semver_read_tag() alone. */
struct semver {
    uint64_t number[3]; /* major, minor, patch */
    size_t pre;         /* where the pre-release starts in text, at its end if there is none */
    size_t build;       /* where it ends: at the plus sign, or the end */
    char text[SEMVER_MAX + 1]; /* as it was written, without the v of a tag */
};

/* The whole of bytes[len], or REFUSAL_VERSION. */
NODISCARD enum rc semver_read(const char *bytes, size_t len, struct semver *out,
                              struct refusal *why);
/* The same, with at most one "v" in front, as in the name of a tag. */
NODISCARD enum rc semver_read_tag(const char *bytes, size_t len, struct semver *out,
                                  struct refusal *why);
/* Below 0, 0 or above 0: a is older than, as old as or newer than b. Build metadata is ignored. */
int semver_compare(const struct semver *a, const struct semver *b);
/* The same text, build metadata included: what binds a signature to a version. */
bool semver_same(const struct semver *a, const struct semver *b);

#endif
