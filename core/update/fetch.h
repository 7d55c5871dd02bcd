/* fetch.h - the two things an update fetches: the signed manifest, and the archive it offers.
 *
 *     fetch_manifest() -> struct manifest -> manifest_decide(), offer_trust() -> fetch_payload()
 *
 * Nothing unsigned comes out: a manifest is opened with its signature before anybody reads it, an
 * archive is hashed while it arrives and handed out as the proof of minisign.h. Neither is tried
 * again by itself, but for the one case of a release in progress; how long to wait after a failure
 * is the caller's (updates.md 9, row 37).
 * Threads and limits of time: http.h. Memory: results are the caller's; the rest is borrowed. */
#ifndef CORE_UPDATE_FETCH_H
#define CORE_UPDATE_FETCH_H
#include "core/update/http.h"
#include "core/update/offer.h"

/* So many bytes of `whole` are here; whole is 0 if nobody knows. On the fetching thread, often:
 * after each piece of at most 64 KiB. */
typedef void fetch_progress_fn(void *ctx, uint64_t have, uint64_t whole);

struct fetch {
    struct http http;
    struct http_limits small, payload;
    int64_t again_ms; /* until a manifest that does not fit its signature is fetched once more */
    fetch_progress_fn *progress; /* may be NULL */
    void *progress_ctx;
};

/* Whose word counts. */
struct fetch_trust {
    const struct minisign_key *keys;
    size_t count;
    enum manifest_profile profile;
    const char *app_id;                 /* NULL: any program's */
    const struct manifest_marks *marks; /* as for manifest_open() */
};

/* With the limits of updates.md 14 and without progress; the pieces of `http` are borrowed. */
void fetch_init(struct fetch *f, const struct http *http);

/* Fetches the manifest at `endpoint` and its signature, at the same address with ".minisig" behind
 * it, and opens them with manifest_open(). When the one does not fit the other, a release may be in
 * progress: after again_ms both are fetched once more. RC_OK and *out, or the refusals of
 * http_get() and manifest_open(), REFUSAL_URL for the endpoint. */
NODISCARD enum rc fetch_manifest(const struct fetch *f, const char *endpoint,
                                 const struct fetch_trust *trust, struct manifest **out,
                                 struct refusal *why);

/* Fetches the archive of `o` into a file of `folder` (part.h), and proves it; `t` comes from
 * offer_trust(). On success the file has no name any more: the proof's descriptor is the one way
 * to it. A transfer that broke off, was too slow or stopped leaves its part, and the next call goes
 * on from there; after any other refusal nothing is left. Refusals of http_download(),
 * offer_check() and part.h. */
NODISCARD enum rc fetch_payload(const struct fetch *f, const struct offer *o,
                                const struct minisign_trusted *t, const char *folder,
                                struct signed_file **out, struct refusal *why);

#endif
