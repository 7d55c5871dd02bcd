/* manifest.h - what is offered for update, and whether it is for us (updates.md 2 to 5).
 *
 * A manifest is Tauri's latest.json with fields of our own that Tauri passes over. Two profiles:
 * strict is what we publish and ask for; tauri reads what others publish, and proves less.
 *     bytes --manifest_open()--> struct manifest: signed, of this program, not older than the last
 *           --manifest_decide()--> struct offer: newer, for this system, still valid
 * and then, in offer.h:
 *           --offer_trust()--> struct minisign_trusted: the archive's signature names just that
 *           --offer_check()--> struct signed_file: the archive is the one that was signed
 * The order of decisions is fixed; the first that fails decides. Nothing here touches the network,
 * a clock or our own state. Threads: any. Memory: a manifest is the caller's, ended by
 * manifest_free(); an offer is a plain value. */
#ifndef CORE_UPDATE_MANIFEST_H
#define CORE_UPDATE_MANIFEST_H
#include "core/update/address.h"
#include "core/update/comment.h"

#define MANIFEST_MAX ((size_t)1 << 20)
#define MANIFEST_NAME "latest.json"
#define MANIFEST_ARCHIVE_MAX ((uint64_t)256 << 20)
#define MANIFEST_UNPACKED_MAX ((uint64_t)512 << 20)

enum manifest_profile { MANIFEST_STRICT, MANIFEST_TAURI };

struct manifest;

/* What was seen before: the state's two marks. NULL and 0: nothing. */
struct manifest_marks {
    const struct semver *version;
    int64_t timestamp;
};

/* Who asks. Borrowed. */
struct manifest_host {
    const struct semver *current; /* the version that runs */
    const char *target;           /* e.g. "darwin-aarch64" */
    const char *system;           /* version of the system, e.g. "26.1" */
    const struct address_hosts *hosts;
    int64_t now_s;
    int bucket;   /* 0..99, this installation's place in a rollout */
    bool by_user; /* somebody asked, so a rollout does not hold it back */
};

enum offer_kind {
    OFFER_UPDATE,
    OFFER_NOT_NEWER,
    OFFER_NO_ENTRY, /* nothing for this system and processor */
    OFFER_SYSTEM,   /* this system is too old for it */
    OFFER_ROLLOUT   /* not yet for this installation */
};

struct offer {
    enum offer_kind kind; /* what follows is filled for OFFER_UPDATE */
    struct semver version;
    bool critical;
    struct address url;
    const char *signature;  /* Tauri's base64; the manifest's */
    const char *notes;      /* the manifest's, NULL if there are none; not made safe to show */
    uint64_t size;          /* exact bytes of the archive, 0 if not told */
    uint64_t unpacked_size; /* at most so many bytes of files, 0 if not told */
    bool has_sha256;
    unsigned char sha256[32];
};

/* Reads without any proof that it was signed. `app_id` NULL: of any program. RC_OK and *out, or a
 * refusal. */
NODISCARD enum rc manifest_read(const char *bytes, size_t len, enum manifest_profile profile,
                                const char *app_id, struct manifest **out, struct refusal *why);
/* Reads what `sig`, the text of a .minisig, proves to be signed as MANIFEST_NAME by one of
 * keys[count], and neither older than the marks nor of a lower version. */
NODISCARD enum rc manifest_open(const struct minisign_key *keys, size_t count, const char *sig,
                                size_t sig_len, const char *bytes, size_t len,
                                enum manifest_profile profile, const char *app_id,
                                const struct manifest_marks *marks, struct manifest **out,
                                struct refusal *why);
/* Valid as long as m: the version it offers. */
const struct semver *manifest_version(const struct manifest *m);
/* When it was signed, 0 if it was not opened with a signature. */
int64_t manifest_timestamp(const struct manifest *m);
/* Accepts NULL. */
void manifest_free(struct manifest *m);

/* RC_OK and *out, whose kind may be that there is nothing; or a refusal. *out points into m. */
NODISCARD enum rc manifest_decide(const struct manifest *m, const struct manifest_host *host,
                                  struct offer *out, struct refusal *why);
/* A word for the log, e.g. "not-newer". Static storage. */
const char *offer_word(enum offer_kind kind);

#endif
