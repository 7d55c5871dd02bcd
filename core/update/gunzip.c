/* gunzip.c - zlib's streaming reader, told to take gzip alone; it checks header, checksum and
 * length. What it does not: that one member is all there is, and how much may come out.
 *
 * The file is read with pread(): the place of its descriptor is not ours to move. */
#include "core/update/gunzip.h"
#include "core/base/mem.h"
#include <errno.h>
#include <sodium.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

#define PIECE ((size_t)32 << 10)
#define ONLY_GZIP (15 + 16) /* inflateInit2(): largest window, and no other wrapping */

struct gunzip {
    const struct signed_file *proof;
    uint64_t at;  /* bytes of the file that were read */
    uint64_t out; /* bytes that came out */
    uint64_t max;
    bool ended;
    crypto_generichash_state hash;
    z_stream z;
    unsigned char piece[PIECE];
};

struct gunzip *gunzip_new(const struct signed_file *proof, uint64_t max)
{
    struct gunzip *g = mem_new(sizeof *g);

    g->proof = proof;
    g->max = max;
    MUST(sodium_init() >= 0);
    MUST(crypto_generichash_init(&g->hash, NULL, 0, MINISIGN_HASH) == 0);
    MUST(inflateInit2(&g->z, ONLY_GZIP) == Z_OK); /* what else it says is "no memory" */
    return g;
}

void gunzip_free(struct gunzip *g)
{
    if (g == NULL)
        return;
    (void)inflateEnd(&g->z);
    mem_free(g);
}

/* The next bytes of the file, never beyond what was signed; none at its end. */
static enum rc fill(struct gunzip *g, struct refusal *why)
{
    uint64_t left = signed_file_size(g->proof) - g->at;
    ssize_t n = 0;

    if (left == 0)
        return RC_OK;
    do
        n = pread(signed_file_fd(g->proof), g->piece, left < PIECE ? (size_t)left : PIECE,
                  (off_t)g->at);
    while (n < 0 && errno == EINTR);
    if (n < 0)
        return refuse(why, REFUSAL_READ, "cannot read the update");
    if (n == 0)
        return refuse(why, REFUSAL_SIGNATURE, "the update became shorter while it was read");
    MUST(crypto_generichash_update(&g->hash, g->piece, (size_t)n) == 0);
    g->at += (uint64_t)n;
    g->z.next_in = g->piece;
    g->z.avail_in = (unsigned)n;
    return RC_OK;
}

/* The member has ended: so must the file, and it must be the one that was signed. */
static enum rc finish(struct gunzip *g, struct refusal *why)
{
    unsigned char hash[MINISIGN_HASH];

    g->ended = true;
    if (g->z.avail_in > 0 || g->at < signed_file_size(g->proof))
        return refuse(why, REFUSAL_ARCHIVE, "there is more behind the compressed archive");
    MUST(crypto_generichash_final(&g->hash, hash, sizeof hash) == 0);
    if (memcmp(hash, signed_file_hash(g->proof), sizeof hash) != 0)
        return refuse(why, REFUSAL_SIGNATURE, "the update was changed while it was read");
    return RC_OK;
}

static enum rc step(struct gunzip *g, struct refusal *why)
{
    enum rc rc = g->z.avail_in == 0 ? fill(g, why) : RC_OK;
    int result = Z_OK;

    if (rc != RC_OK)
        return rc;
    result = inflate(&g->z, Z_NO_FLUSH);
    MUST(result != Z_MEM_ERROR && result != Z_STREAM_ERROR);
    if (result == Z_STREAM_END)
        return finish(g, why);
    if (result == Z_BUF_ERROR) /* it wants more, and there is no more */
        return refuse(why, REFUSAL_ARCHIVE, "the compressed archive was cut off");
    if (result != Z_OK)
        return refuse(why, REFUSAL_ARCHIVE, "this is not a compressed archive, or it is damaged");
    return RC_OK;
}

enum rc gunzip_read(struct gunzip *g, void *out, size_t len, size_t *got, struct refusal *why)
{
    enum rc rc = RC_OK;

    MUST(len > 0 && len <= UINT32_MAX);
    g->z.next_out = out;
    g->z.avail_out = (unsigned)len;
    while (rc == RC_OK && !g->ended && g->z.avail_out > 0)
        rc = step(g, why);
    *got = len - g->z.avail_out;
    g->out += *got;
    if (rc == RC_OK && g->out > g->max)
        rc = refuse(why, REFUSAL_SIZE, "the archive unpacks to more than %llu bytes",
                    (unsigned long long)g->max);
    return rc;
}
