/* sidecar_list.h - what the bundled engine's tree must be, to the byte: the list beside it.
 *
 * app/macos/cross/sidecar.sh writes it when the app is built, from exactly the bytes that go into
 * the bundle:
 *
 *     container-sidecar 1
 *     version 1.2.2
 *     team ABCDE12345             who signed the programs, "-": nobody is asked for
 *     0755<tab>d<tab>-<tab>.      the tree itself, then all below it, sorted by path
 *     0755<tab>f<tab><sha256>...  a file: mode, kind, digest, path
 *     -<tab>l<tab><target>...     a link: it stays inside and passes through no other link
 *
 * Nothing else is a list: order, spelling and completeness are checked, nothing is repaired.
 * Pure; any thread. Memory: a list owns all its text. */
#ifndef CORE_ENGINE_SIDECAR_LIST_H
#define CORE_ENGINE_SIDECAR_LIST_H
#include "core/base/fault.h"
#include "core/base/mem.h"

#define SIDECAR_LIST_MAX ((size_t)4 << 20) /* bytes */
#define SIDECAR_ENTRIES_MAX 8192
#define SIDECAR_PATH_MAX 512 /* of a path in the tree, and of a link's target */
#define SIDECAR_DEPTH_MAX 16 /* folders in folders */
#define SIDECAR_HASH_SIZE 32 /* SHA-256 */
#define SIDECAR_VERSION_MAX 32
#define SIDECAR_TEAM_SIZE 10 /* of Apple's: capital letters and digits */
#define SIDECAR_PROGRAM "bin/container"

enum sidecar_kind { SIDECAR_FOLDER, SIDECAR_FILE, SIDECAR_LINK };

struct sidecar_entry {
    enum sidecar_kind kind;
    unsigned mode; /* permission bits; 0 for a link, whose mode is nothing */
    unsigned char hash[SIDECAR_HASH_SIZE]; /* of a file's bytes */
    const char *target;                    /* of a link; else NULL */
    const char *path;                      /* without "." and "..", "." itself for the tree */
};

struct sidecar_list {
    struct arena arena;
    char version[SIDECAR_VERSION_MAX + 1];
    char team[SIDECAR_TEAM_SIZE + 1];          /* "" = none */
    unsigned char identity[SIDECAR_HASH_SIZE]; /* digest of the list: of the whole tree */
    struct sidecar_entry *entries;             /* parents before what is in them */
    size_t count;
};

/* RC_PARSE or RC_TOO_BIG with the number of the line; *out is then empty. */
NODISCARD enum rc sidecar_list_parse(const char *bytes, size_t len, struct sidecar_list *out,
                                     struct fault *why);
/* The entry of that path, or NULL. */
const struct sidecar_entry *sidecar_list_find(const struct sidecar_list *list, const char *path);
/* Accepts a zeroed list. */
void sidecar_list_release(struct sidecar_list *list);

#endif
