/* offer_hash.c - see offer_hash.h. */
#include "core/update/offer_hash.h"
#include "core/base/mem.h"
#include <errno.h>
#include <string.h>
#include <unistd.h>

#define PIECE ((size_t)64 * 1024)

void offer_hash_start(struct offer_hash *h, const struct offer *o)
{
    MUST(o->kind == OFFER_UPDATE);
    MUST(sodium_init() >= 0);
    MUST(crypto_generichash_init(&h->blake, NULL, 0, MINISIGN_HASH) == 0);
    MUST(crypto_hash_sha256_init(&h->sha) == 0);
    h->has_sha = o->has_sha256;
    h->len = 0;
}

void offer_hash_add(struct offer_hash *h, const void *bytes, size_t len)
{
    MUST(crypto_generichash_update(&h->blake, bytes, len) == 0);
    if (h->has_sha)
        MUST(crypto_hash_sha256_update(&h->sha, bytes, len) == 0);
    h->len += len;
}

enum rc offer_hash_file(struct offer_hash *h, int fd, uint64_t len, struct refusal *why)
{
    unsigned char *piece = mem_new(PIECE);
    uint64_t at = 0;
    enum rc rc = RC_OK;

    while (rc == RC_OK && at < len) {
        ssize_t n = pread(fd, piece, len - at < PIECE ? (size_t)(len - at) : PIECE, (off_t)at);

        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0) {
            rc = refuse(why, REFUSAL_READ, "cannot read what was fetched before");
        } else {
            offer_hash_add(h, piece, (size_t)n);
            at += (uint64_t)n;
        }
    }
    mem_free(piece);
    return rc;
}

enum rc offer_hash_check(struct offer_hash *h, const struct offer *o,
                         const struct minisign_trusted *t, int fd, struct signed_file **out,
                         struct refusal *why)
{
    unsigned char blake[MINISIGN_HASH], sha[crypto_hash_sha256_BYTES];

    *out = NULL;
    MUST(crypto_generichash_final(&h->blake, blake, sizeof blake) == 0);
    MUST(crypto_hash_sha256_final(&h->sha, sha) == 0);
    if (o->size > 0 ? h->len != o->size : h->len > MANIFEST_ARCHIVE_MAX)
        return refuse(why, REFUSAL_SIZE, "the update has another size than announced");
    if (h->has_sha && memcmp(sha, o->sha256, sizeof sha) != 0)
        return refuse(why, REFUSAL_HASH, "the update has another digest than announced");
    return minisign_hashed(t, blake, fd, h->len, out, why);
}
