/* probe_manifest.c - `probe manifest`, `signed-manifest` and `bind`: what a list of updates offers.
 *
 *     manifest         --file F --target KEY --current V --now RFC3339 --os V --hosts a,b
 *                      [--profile strict|tauri] [--app-id ID] [--bucket N] [--manual]
 *     signed-manifest  the same, --minisig F --pubkey F [--max-seen V] [--last-ts N]
 *     bind             as manifest, --pubkey F [--payload F] */
#include "core/base/file.h"
#include "core/update/moment.h"
#include "core/update/offer.h"
#include "tests/probe/probe_update.h"
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define READ_MAX ((size_t)64 << 20) /* above the caps of the core, which are to refuse */

/* What the words became. */
struct ask {
    struct manifest_host host;
    struct manifest_marks marks;
    struct semver current, max_seen;
    struct address_hosts hosts;
    char host_names[1024];
    enum manifest_profile profile;
    struct minisign_key key;
};

static bool read_number(const char *text, long long max, long long *out)
{
    char *end = NULL;

    *out = strtoll(text, &end, 10);
    return end != text && *end == '\0' && *out >= 0 && *out <= max;
}

static bool read_hosts(const char *text, struct ask *a)
{
    size_t len = strlen(text);

    if (len >= sizeof a->host_names)
        return false;
    memcpy(a->host_names, text, len + 1);
    for (char *at = a->host_names; at != NULL && a->hosts.count < ADDRESS_HOSTS_MAX;) {
        char *comma = strchr(at, ',');

        a->hosts.list[a->hosts.count++] = at;
        if (comma != NULL)
            *comma++ = '\0';
        at = comma;
    }
    return true;
}

static bool read_ask(const struct update_words *w, struct ask *a)
{
    long long bucket = 0, stamp = 0;

    *a = (struct ask){0};
    if (w->file == NULL || w->target == NULL || w->current == NULL || w->now == NULL ||
        w->os == NULL || w->hosts == NULL || !read_hosts(w->hosts, a) ||
        !moment_read(w->now, &a->host.now_s) ||
        semver_read(w->current, strlen(w->current), &a->current, NULL) != RC_OK ||
        (w->bucket != NULL && !read_number(w->bucket, 99, &bucket)) ||
        (w->last_ts != NULL && !read_number(w->last_ts, INT64_MAX, &stamp)) ||
        (w->max_seen != NULL &&
         semver_read(w->max_seen, strlen(w->max_seen), &a->max_seen, NULL) != RC_OK))
        return false;
    if (w->profile != NULL && strcmp(w->profile, "tauri") == 0)
        a->profile = MANIFEST_TAURI;
    else if (w->profile != NULL && strcmp(w->profile, "strict") != 0)
        return false;
    a->marks = (struct manifest_marks){w->max_seen != NULL ? &a->max_seen : NULL, stamp};
    a->host.current = &a->current;
    a->host.target = w->target;
    a->host.system = w->os;
    a->host.hosts = &a->hosts;
    a->host.bucket = (int)bucket;
    a->host.by_user = w->manual;
    return true;
}

/* A file that the words name; its end is a REFUSAL_READ, which is no decision of the core's. */
static enum rc read_file(const char *path, struct buf *out, struct refusal *why)
{
    buf_init(out, READ_MAX);
    if (path == NULL)
        return refuse(why, REFUSAL_READ, "a word is missing");
    if (file_read(path, out, &why->fault) != RC_OK)
        return refuse(why, REFUSAL_READ, "cannot read a file");
    return RC_OK;
}

static enum rc read_key(const struct update_words *w, struct ask *a, struct refusal *why)
{
    struct buf text;
    enum rc rc = read_file(w->pubkey, &text, why);

    if (rc == RC_OK)
        rc = minisign_key_any(buf_text(&text), text.len, &a->key, why);
    buf_release(&text);
    return rc;
}

static enum rc open_signed(const struct update_words *w, struct ask *a, const struct buf *text,
                           struct manifest **out, struct refusal *why)
{
    struct buf sig;
    enum rc rc = read_file(w->minisig, &sig, why);

    if (rc == RC_OK)
        rc = read_key(w, a, why);
    if (rc == RC_OK)
        rc = manifest_open(&a->key, 1, buf_text(&sig), sig.len, buf_text(text), text->len,
                           a->profile, w->app_id, &a->marks, out, why);
    buf_release(&sig);
    return rc;
}

static enum rc bind(const struct update_words *w, struct ask *a, const struct offer *offer,
                    struct refusal *why)
{
    struct minisign_trusted *t = NULL;
    struct signed_file *proof = NULL;
    int fd = -1;
    enum rc rc = read_key(w, a, why);

    if (rc == RC_OK)
        rc = offer_trust(offer, a->profile, w->target, &a->key, 1, &t, why);
    if (rc == RC_OK && w->payload != NULL) {
        fd = open(w->payload, O_RDONLY | O_CLOEXEC);
        rc = fd < 0 ? refuse(why, REFUSAL_READ, "cannot open the payload")
                    : offer_check(offer, t, fd, &proof, why);
        if (rc != RC_OK && fd >= 0)
            close(fd);
    }
    signed_file_free(proof);
    minisign_trusted_free(t);
    return rc;
}

static enum rc decide(const struct update_words *w, struct ask *a, struct offer *offer,
                      struct refusal *why)
{
    struct buf text;
    struct manifest *m = NULL;
    enum rc rc = read_file(w->file, &text, why);

    if (rc == RC_OK && strcmp(w->word, "signed-manifest") == 0)
        rc = open_signed(w, a, &text, &m, why);
    else if (rc == RC_OK)
        rc = manifest_read(buf_text(&text), text.len, a->profile, w->app_id, &m, why);
    if (rc == RC_OK)
        rc = manifest_decide(m, &a->host, offer, why);
    if (rc == RC_OK && offer->kind == OFFER_UPDATE && strcmp(w->word, "bind") == 0)
        rc = bind(w, a, offer, why);
    manifest_free(m);
    buf_release(&text);
    return rc;
}

int probe_manifest(const struct update_words *w)
{
    struct ask a;
    struct offer offer = {0};
    struct refusal why = {0};

    if (!read_ask(w, &a))
        return probe_usage("manifest wants --file, --target, --current, --now, --os and --hosts");
    if (decide(w, &a, &offer, &why) != RC_OK)
        return probe_refused(&why);
    return offer.kind == OFFER_UPDATE ? probe_accepted() : probe_nothing(offer_word(offer.kind));
}
