/* fetch.c - see fetch.h. */
#include "core/update/fetch.h"
#include "core/update/offer_hash.h"
#include "core/update/part.h"
#include <stdio.h>
#include <string.h>

#define SIGNATURE_ENDING ".minisig"
#define MINUTE_MS ((int64_t)60 * 1000)
#define NAME_BYTES 16

void fetch_init(struct fetch *f, const struct http *http)
{
    const struct http_limits limits = {
        .bytes_max = MANIFEST_MAX,
        .connect_ms = (int64_t)15 * 1000,
        .total_ms = (int64_t)30 * 1000,
        .slow_bytes = 1024,
        .slow_s = 30,
    };

    *f = (struct fetch){.http = *http, .small = limits, .payload = limits, .again_ms = 5000};
    f->payload.bytes_max = MANIFEST_ARCHIVE_MAX;
    f->payload.total_ms = 60 * MINUTE_MS;
}

/* --- the manifest ----------------------------------------------------------------------------- */

static enum rc signature_address(const struct fetch *f, const struct address *manifest,
                                 struct address *out, struct refusal *why)
{
    char text[ADDRESS_MAX + sizeof SIGNATURE_ENDING];

    snprintf(text, sizeof text, "%s" SIGNATURE_ENDING, manifest->text);
    return address_read(text, f->http.hosts, out, why);
}

static enum rc get_signature(const struct fetch *f, const struct address *from, struct buf *out,
                             struct refusal *why)
{
    struct http_limits limits = f->small;

    if (limits.bytes_max > MINISIGN_SIG_MAX)
        limits.bytes_max = MINISIGN_SIG_MAX;
    return http_get(&f->http, &limits, from, out, why);
}

/* The signature first: a release uploads it first, so that a manifest never lacks its own. */
static enum rc get_and_open(const struct fetch *f, const struct address *manifest,
                            const struct address *signature, const struct fetch_trust *trust,
                            struct manifest **out, struct refusal *why)
{
    struct buf bytes, sig;
    enum rc rc = RC_OK;

    buf_init(&bytes, MANIFEST_MAX);
    buf_init(&sig, MINISIGN_SIG_MAX);
    rc = get_signature(f, signature, &sig, why);
    if (rc == RC_OK)
        rc = http_get(&f->http, &f->small, manifest, &bytes, why);
    if (rc == RC_OK)
        rc = manifest_open(trust->keys, trust->count, buf_text(&sig), sig.len, buf_text(&bytes),
                           bytes.len, trust->profile, trust->app_id, trust->marks, out, why);
    buf_release(&bytes);
    buf_release(&sig);
    return rc;
}

enum rc fetch_manifest(const struct fetch *f, const char *endpoint, const struct fetch_trust *trust,
                       struct manifest **out, struct refusal *why)
{
    struct address manifest, signature;
    struct refusal own = {0};
    enum rc rc = address_read(endpoint, f->http.hosts, &manifest, &own);

    *out = NULL;
    if (rc == RC_OK)
        rc = signature_address(f, &manifest, &signature, &own);
    if (rc == RC_OK)
        rc = get_and_open(f, &manifest, &signature, trust, out, &own);
    if (rc != RC_OK && own.class == REFUSAL_SIGNATURE) {
        if (cancel_wait_ms(f->http.stop, f->again_ms))
            rc = refuse(&own, REFUSAL_CANCELLED, "stopped");
        else
            rc = get_and_open(f, &manifest, &signature, trust, out, &own);
    }
    if (rc != RC_OK && why != NULL)
        *why = own;
    return rc;
}

/* --- the archive ------------------------------------------------------------------------------ */

struct payload {
    const struct fetch *fetch;
    const struct offer *offer;
    struct part part;
    struct offer_hash hash;
};

/* Named after the signature, so that a part is continued for the same signature alone. */
static void name_of(const struct offer *o, char out[2 * NAME_BYTES + 1])
{
    unsigned char hash[NAME_BYTES];

    MUST(sodium_init() >= 0);
    MUST(crypto_generichash(hash, sizeof hash, (const unsigned char *)o->signature,
                            strlen(o->signature), NULL, 0) == 0);
    (void)sodium_bin2hex(out, 2 * NAME_BYTES + 1, hash, sizeof hash);
}

static uint64_t size_max(const struct fetch *f, const struct offer *o)
{
    return o->size > 0 && o->size < f->payload.bytes_max ? o->size : f->payload.bytes_max;
}

static enum rc on_start(void *ctx, uint64_t at, const char *validator, struct refusal *why)
{
    struct payload *p = ctx;

    offer_hash_start(&p->hash, p->offer);
    if (at == 0)
        return part_restart(&p->part, validator, why);
    MUST(at == p->part.len);
    return offer_hash_file(&p->hash, p->part.fd, at, why);
}

static enum rc on_bytes(void *ctx, const void *bytes, size_t len, struct refusal *why)
{
    struct payload *p = ctx;
    enum rc rc = part_add(&p->part, bytes, len, why);

    if (rc != RC_OK)
        return rc;
    offer_hash_add(&p->hash, bytes, len);
    if (p->fetch->progress != NULL)
        p->fetch->progress(p->fetch->progress_ctx, p->part.len, p->offer->size);
    return RC_OK;
}

static enum rc download(struct payload *p, struct refusal *why)
{
    struct http_limits limits = p->fetch->payload;
    struct http_body body = {.from = p->part.len,
                             .validator = p->part.validator,
                             .start = on_start,
                             .add = on_bytes,
                             .ctx = p};

    limits.bytes_max = size_max(p->fetch, p->offer);
    if (p->part.len == limits.bytes_max) /* all of it came the last time */
        return on_start(p, p->part.len, p->part.validator, why);
    return http_download(&p->fetch->http, &limits, &p->offer->url, &body, why);
}

/* Not written through to the disk: after a crash the file has no name, so nobody would read it. */
static enum rc prove(struct payload *p, const struct minisign_trusted *t, struct signed_file **out,
                     struct refusal *why)
{
    enum rc rc = offer_hash_check(&p->hash, p->offer, t, p->part.fd, out, why);

    if (rc == RC_OK)
        (void)part_take(&p->part); /* it is the proof's */
    return rc;
}

/* Is what there is of it worth keeping? */
static bool can_go_on(const struct part *p, const struct refusal *why)
{
    bool broke_off = why->class == REFUSAL_NETWORK || why->class == REFUSAL_SLOW ||
                     why->class == REFUSAL_CANCELLED;

    return broke_off && p->len > 0 && p->validator[0] != '\0';
}

enum rc fetch_payload(const struct fetch *f, const struct offer *o,
                      const struct minisign_trusted *t, const char *folder,
                      struct signed_file **out, struct refusal *why)
{
    struct payload p = {.fetch = f, .offer = o};
    struct refusal own = {0};
    char name[2 * NAME_BYTES + 1];
    enum rc rc = RC_OK;

    MUST(o->kind == OFFER_UPDATE);
    *out = NULL;
    name_of(o, name);
    rc = part_open(&p.part, folder, name, size_max(f, o), &own);
    if (rc == RC_OK) {
        rc = download(&p, &own);
        if (rc == RC_OK)
            rc = prove(&p, t, out, &own);
        if (rc == RC_OK || !can_go_on(&p.part, &own))
            part_unlink(&p.part);
    }
    part_release(&p.part);
    if (rc != RC_OK && why != NULL)
        *why = own;
    return rc;
}
