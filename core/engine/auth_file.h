/* auth_file.h - the names of registries in the file in which docker and podman keep passwords.
 *
 * The file is JSON: {"auths": {"ghcr.io": {"auth": "BASE64"}}, "credHelpers": {"quay.io": "NAME"}}.
 * Only those keys are read. Values are passed over byte by byte: nothing of them is copied, none
 * is in memory but in the one small buffer that is read into, and that is wiped.
 * Threads: any. Memory: a scan owns nothing; it fills a list of the caller's. */
#ifndef CORE_ENGINE_AUTH_FILE_H
#define CORE_ENGINE_AUTH_FILE_H
#include "core/base/file.h"
#include "core/engine/registry.h"
#include "core/exec/env.h"
#include <sys/types.h>

#define AUTH_FILE_MAX ((size_t)1 << 20) /* bytes of a file */
#define AUTH_KEY_MAX 1024
#define AUTH_DEPTH_MAX 32

/* A reader that is given the file piece by piece. */
struct auth_scan {
    struct registry_logins *into; /* borrowed */
    int state, section;           /* auth_file.c's own */
    unsigned depth;
    uint32_t arrays; /* one bit for each depth: it is an array */
    size_t key_len;
    bool key_bad; /* longer than any host, or escaped as no host is */
    char key[AUTH_KEY_MAX];
};
void auth_scan_begin(struct auth_scan *s, struct registry_logins *into);
/* RC_PARSE where it is no JSON, RC_TOO_BIG where it is too deep or has too many registries; a scan
 * that failed is over. */
NODISCARD enum rc auth_scan_add(struct auth_scan *s, const char *bytes, size_t len,
                                struct fault *why);
/* After the last piece: RC_PARSE if the file ends in the middle. */
NODISCARD enum rc auth_scan_end(const struct auth_scan *s, struct fault *why);

/* Where docker or podman keeps it, for this environment: path number `i`, or false past the last
 * one. The first that podman writes to, a second that it reads as well. Pure. */
bool auth_file_path(const struct env *env, enum engine_kind kind, bool mac, uid_t uid, size_t i,
                    char out[FILE_PATH_MAX]);
/* Adds the registries of a file to *into. RC_MISSING: there is none. Links are followed, for it is
 * the user's own. */
NODISCARD enum rc auth_file_read(const char *path, struct registry_logins *into, struct fault *why);

#endif
