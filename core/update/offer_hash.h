/* offer_hash.h - hashes an archive while it arrives, so that at its end the proof is there as well.
 *
 * offer_check() reads a file from start to end; this one is told the bytes on their way into it.
 * The answers are the same. Threads: one at a time. Memory: a plain value, nothing to release. */
#ifndef CORE_UPDATE_OFFER_HASH_H
#define CORE_UPDATE_OFFER_HASH_H
#include "core/update/offer.h"
#include <sodium.h>

struct offer_hash {
    crypto_generichash_state blake;
    crypto_hash_sha256_state sha; /* only for an offer that tells one */
    bool has_sha;
    uint64_t len; /* bytes added */
};

/* Nothing added yet; also to start anew. */
void offer_hash_start(struct offer_hash *h, const struct offer *o);
void offer_hash_add(struct offer_hash *h, const void *bytes, size_t len);
/* Adds what `fd` holds from its start up to `len` bytes. REFUSAL_READ, also if it holds less. */
NODISCARD enum rc offer_hash_file(struct offer_hash *h, int fd, uint64_t len, struct refusal *why);
/* Proves that what was added is the archive of `o`; `t` comes from offer_trust(), and `fd` holds
 * just those bytes. Takes fd if, and only if, it returns RC_OK. Ends h. REFUSAL_SIZE,
 * REFUSAL_HASH, REFUSAL_SIGNATURE. */
NODISCARD enum rc offer_hash_check(struct offer_hash *h, const struct offer *o,
                                   const struct minisign_trusted *t, int fd,
                                   struct signed_file **out, struct refusal *why);

#endif
