/* offer.c - the comment first, then the file. */
#include "core/update/offer.h"
#include "core/base/mem.h"
#include <errno.h>
#include <sodium.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define PIECE ((size_t)64 * 1024)

static enum rc check_comment(const struct offer *o, enum manifest_profile profile,
                             const char *target, const struct minisign_trusted *t,
                             struct refusal *why)
{
    char file[ADDRESS_MAX + 1];
    struct comment c;
    struct comment_wanted want = {.version = &o->version, .target = target};
    enum rc rc = comment_read(t, &c, why);

    if (rc != RC_OK)
        return rc;
    memcpy(file, o->url.text + o->url.file, o->url.file_len);
    file[o->url.file_len] = '\0';
    if (profile == MANIFEST_STRICT)
        want.file = file;
    want.target_may_lack = profile == MANIFEST_TAURI;
    return comment_check(&c, &want, why);
}

enum rc offer_trust(const struct offer *o, enum manifest_profile profile, const char *target,
                    const struct minisign_key *keys, size_t count, struct minisign_trusted **out,
                    struct refusal *why)
{
    struct minisign_trusted *t = NULL;
    enum rc rc = RC_OK;

    MUST(o->kind == OFFER_UPDATE);
    *out = NULL;
    rc = minisign_trust(keys, count, o->signature, strlen(o->signature), MINISIGN_TAURI,
                        MINISIGN_PREHASHED, &t, why);
    if (rc == RC_OK)
        rc = check_comment(o, profile, target, t, why);
    if (rc == RC_OK)
        *out = t;
    else
        minisign_trusted_free(t);
    return rc;
}

static bool hash_file(int fd, unsigned char out[crypto_hash_sha256_BYTES])
{
    crypto_hash_sha256_state h;
    unsigned char *piece = mem_new(PIECE);
    off_t at = 0;
    ssize_t n = 0;

    MUST(sodium_init() >= 0);
    crypto_hash_sha256_init(&h);
    while ((n = pread(fd, piece, PIECE, at)) > 0 || (n < 0 && errno == EINTR)) {
        if (n > 0) {
            crypto_hash_sha256_update(&h, piece, (size_t)n);
            at += n;
        }
    }
    crypto_hash_sha256_final(&h, out);
    mem_free(piece);
    return n == 0;
}

static enum rc check_hash(const struct offer *o, int fd, struct refusal *why)
{
    unsigned char hash[crypto_hash_sha256_BYTES];

    if (!o->has_sha256)
        return RC_OK;
    if (!hash_file(fd, hash))
        return refuse(why, REFUSAL_READ, "cannot read the update");
    if (memcmp(hash, o->sha256, sizeof hash) != 0)
        return refuse(why, REFUSAL_HASH, "the update has another digest than announced");
    return RC_OK;
}

static enum rc check_size(const struct offer *o, int fd, struct refusal *why)
{
    struct stat st;

    if (o->size == 0)
        return RC_OK;
    if (fstat(fd, &st) < 0)
        return refuse(why, REFUSAL_READ, "cannot look at the update");
    if (st.st_size < 0 || (uint64_t)st.st_size != o->size)
        return refuse(why, REFUSAL_SIZE, "the update has another size than announced");
    return RC_OK;
}

enum rc offer_check(const struct offer *o, const struct minisign_trusted *t, int fd,
                    struct signed_file **out, struct refusal *why)
{
    enum rc rc = check_size(o, fd, why);

    *out = NULL;
    if (rc == RC_OK)
        rc = check_hash(o, fd, why);
    if (rc == RC_OK)
        rc = minisign_file(t, fd, o->size > 0 ? o->size : MANIFEST_ARCHIVE_MAX, out, why);
    return rc;
}
