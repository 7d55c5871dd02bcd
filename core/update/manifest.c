/* manifest.c - reading what does not depend on who asks, then deciding for one who asks. */
#include "core/update/manifest.h"
#include "core/base/mem.h"
#include "core/update/manifest_fields.h"
#include "core/update/strict_json.h"
#include <string.h>

#define SCHEMA 1

struct manifest {
    cJSON *tree;
    enum manifest_profile profile;
    struct semver version;
    const char *notes; /* NULL if there are none */
    bool critical, has_expires;
    int64_t expires_s, timestamp;
};

/* --- reading ---------------------------------------------------------------------------------- */

static enum rc read_schema(const cJSON *tree, struct refusal *why)
{
    int64_t schema = SCHEMA;

    if (field_number(tree, "schema", SCHEMA, SCHEMA, &schema, NULL) == RC_OK)
        return RC_OK;
    return refuse(why, REFUSAL_SCHEMA, "this update can only be installed by hand");
}

static enum rc read_app_id(const cJSON *tree, const char *app_id, struct refusal *why)
{
    const char *text = NULL;
    enum rc rc = field_text(tree, "app_id", FIELD_NULL_IS_WRONG, &text, why);

    if (rc == RC_OK && text != NULL && app_id != NULL && strcmp(text, app_id) != 0)
        return refuse(why, REFUSAL_APP_ID, "an update of another program");
    return rc;
}

static enum rc read_version(const cJSON *tree, struct semver *out, struct refusal *why)
{
    const char *text = "";
    enum rc rc = field_text(tree, "version", FIELD_NULL_IS_WRONG, &text, why);

    return rc != RC_OK ? rc : semver_read_tag(text, strlen(text), out, why);
}

/* Fields that decide nothing by themselves, but must be what they are known as. */
static enum rc read_types(struct manifest *m, struct refusal *why)
{
    const char *channel = NULL;
    bool has_date = false;
    int64_t date = 0;
    enum rc rc = field_text(m->tree, "notes", FIELD_NULL_IS_ABSENT, &m->notes, why);

    if (rc == RC_OK)
        rc = field_moment(m->tree, "pub_date", &has_date, &date, why);
    if (rc == RC_OK)
        rc = field_moment(m->tree, "expires", &m->has_expires, &m->expires_s, why);
    if (rc == RC_OK)
        rc = field_flag(m->tree, "critical", &m->critical, why);
    if (rc == RC_OK)
        rc = field_text(m->tree, "channel", FIELD_NULL_IS_WRONG, &channel, why);
    return rc;
}

enum rc manifest_read(const char *bytes, size_t len, enum manifest_profile profile,
                      const char *app_id, struct manifest **out, struct refusal *why)
{
    struct manifest *m = mem_new(sizeof *m);
    enum rc rc = strict_json(bytes, len, &m->tree, why);

    *out = NULL;
    m->profile = profile;
    if (rc == RC_OK)
        rc = read_schema(m->tree, why);
    if (rc == RC_OK)
        rc = read_app_id(m->tree, app_id, why);
    if (rc == RC_OK)
        rc = read_version(m->tree, &m->version, why);
    if (rc == RC_OK)
        rc = read_types(m, why);
    if (rc == RC_OK)
        *out = m;
    else
        manifest_free(m);
    return rc;
}

const struct semver *manifest_version(const struct manifest *m)
{
    return &m->version;
}

int64_t manifest_timestamp(const struct manifest *m)
{
    return m->timestamp;
}

void manifest_free(struct manifest *m)
{
    if (m == NULL)
        return;
    cJSON_Delete(m->tree);
    mem_free(m);
}

/* --- signed ----------------------------------------------------------------------------------- */

/* Is the comment this manifest's, and neither of the two older than what was seen? */
static enum rc check_marks(struct manifest *m, const struct minisign_trusted *t,
                           const struct manifest_marks *marks, struct refusal *why)
{
    struct comment c;
    struct comment_wanted want = {.version = &m->version, .file = MANIFEST_NAME};
    enum rc rc = comment_read(t, &c, why);

    if (rc == RC_OK)
        rc = comment_check(&c, &want, why);
    if (rc != RC_OK)
        return rc;
    if (!c.has_timestamp)
        return refuse(why, REFUSAL_COMMENT, "the signed comment does not say when it was signed");
    if (c.timestamp < marks->timestamp)
        return refuse(why, REFUSAL_ROLLBACK, "an older list of updates than was seen before");
    if (marks->version != NULL && semver_compare(&m->version, marks->version) < 0)
        return refuse(why, REFUSAL_ROLLBACK, "an older version than was seen before");
    m->timestamp = c.timestamp;
    return RC_OK;
}

enum rc manifest_open(const struct minisign_key *keys, size_t count, const char *sig,
                      size_t sig_len, const char *bytes, size_t len, enum manifest_profile profile,
                      const char *app_id, const struct manifest_marks *marks, struct manifest **out,
                      struct refusal *why)
{
    struct minisign_trusted *t = NULL;
    struct signed_bytes *proof = NULL;
    struct manifest *m = NULL;
    enum rc rc = RC_OK;

    *out = NULL;
    if (len > MANIFEST_MAX)
        return refuse(why, REFUSAL_SIZE, "a list of updates of more than %zu bytes", MANIFEST_MAX);
    rc = minisign_trust(keys, count, sig, sig_len, MINISIGN_PLAIN, MINISIGN_PREHASHED, &t, why);
    if (rc == RC_OK)
        rc = minisign_bytes(t, bytes, len, &proof, why);
    if (rc == RC_OK) {
        const char *text = signed_bytes_text(proof, &len);

        rc = manifest_read(text, len, profile, app_id, &m, why);
    }
    if (rc == RC_OK)
        rc = check_marks(m, t, marks, why);
    if (rc == RC_OK)
        *out = m;
    else
        manifest_free(m);
    signed_bytes_free(proof);
    minisign_trusted_free(t);
    return rc;
}

/* --- deciding --------------------------------------------------------------------------------- */

static enum rc check_expiry(const struct manifest *m, int64_t now_s, struct refusal *why)
{
    if (!m->has_expires && m->profile == MANIFEST_STRICT)
        return refuse(why, REFUSAL_EXPIRED, "the list of updates does not say how long it holds");
    if (m->has_expires && now_s >= m->expires_s)
        return refuse(why, REFUSAL_EXPIRED, "the list of updates is no longer valid");
    return RC_OK;
}

/* The entries by target; *one is set instead if there is only one, for whoever asks. A server that
 * already knows the target leaves `platforms` out and puts the entry's fields beside the version:
 * Tauri's dynamic form. */
static enum rc find_platforms(const struct manifest *m, const cJSON **platforms, const cJSON **one,
                              struct refusal *why)
{
    enum rc rc = field_object(m->tree, "platforms", platforms, why);

    if (rc != RC_OK || *platforms != NULL)
        return rc;
    if (m->profile == MANIFEST_STRICT || json_text(m->tree, "url") == NULL)
        return refuse(why, REFUSAL_TYPE, "the list of updates names no platforms");
    *one = m->tree;
    return RC_OK;
}

static enum rc read_entry(const cJSON *entry, const struct address_hosts *hosts, struct offer *out,
                          struct refusal *why)
{
    const char *url = "";
    int64_t size = 0, unpacked = 0;
    enum rc rc = field_text(entry, "signature", FIELD_NULL_IS_WRONG, &out->signature, why);

    if (rc != RC_OK)
        return rc;
    if (out->signature == NULL || out->signature[0] == '\0' ||
        strlen(out->signature) > MINISIGN_TAURI_MAX)
        return refuse(why, REFUSAL_TYPE, "the update has no signature");
    rc = field_text(entry, "url", FIELD_NULL_IS_WRONG, &url, why);
    if (rc == RC_OK)
        rc = address_read(url, hosts, &out->url, why);
    if (rc == RC_OK)
        rc = field_number(entry, "size", 1, (int64_t)MANIFEST_ARCHIVE_MAX, &size, why);
    if (rc == RC_OK)
        rc =
            field_number(entry, "unpacked_size", 1, (int64_t)MANIFEST_UNPACKED_MAX, &unpacked, why);
    if (rc == RC_OK)
        rc = field_sha256(entry, "sha256", &out->has_sha256, out->sha256, why);
    out->size = (uint64_t)size;
    out->unpacked_size = (uint64_t)unpacked;
    return rc;
}

/* The entry's own demand goes before the one for all. */
static enum rc check_system(const struct manifest *m, const cJSON *entry, const char *system,
                            struct offer *out, struct refusal *why)
{
    static const char key[] = "minimum_system_version";
    const char *wanted = NULL;
    struct system_version least, here;
    enum rc rc = field_text(m->tree, key, FIELD_NULL_IS_ABSENT, &wanted, why);

    if (rc == RC_OK)
        rc = field_text(entry, key, FIELD_NULL_IS_ABSENT, &wanted, why);
    if (rc != RC_OK || wanted == NULL)
        return rc;
    if (!system_version_read(wanted, &least))
        return refuse(why, REFUSAL_TYPE, "the manifest's %s is not what it should be", key);
    if (!system_version_read(system, &here) || system_version_compare(&here, &least) < 0)
        out->kind = OFFER_SYSTEM;
    return RC_OK;
}

static enum rc check_rollout(const struct manifest *m, const struct manifest_host *host,
                             struct offer *out, struct refusal *why)
{
    const cJSON *rollout = NULL;
    int64_t percent = -1;
    enum rc rc = field_object(m->tree, "rollout", &rollout, why);

    if (rc != RC_OK || rollout == NULL)
        return rc;
    rc = field_number(rollout, "percent", 0, 100, &percent, why);
    if (rc == RC_OK && percent < 0)
        rc = refuse(why, REFUSAL_TYPE, "the manifest's rollout has no percent");
    if (rc == RC_OK && out->kind == OFFER_UPDATE && host->bucket >= percent && !host->by_user &&
        !m->critical)
        out->kind = OFFER_ROLLOUT;
    return rc;
}

/* Is the entry, if there is one, for this host now? */
static enum rc decide_entry(const struct manifest *m, const struct manifest_host *host,
                            const cJSON *entry, struct offer *out, struct refusal *why)
{
    enum rc rc = RC_OK;

    if (entry == NULL) {
        out->kind = OFFER_NO_ENTRY;
        return RC_OK;
    }
    rc = read_entry(entry, host->hosts, out, why);
    if (rc == RC_OK)
        rc = check_system(m, entry, host->system, out, why);
    if (rc == RC_OK && out->kind == OFFER_UPDATE)
        rc = check_rollout(m, host, out, why);
    return rc;
}

enum rc manifest_decide(const struct manifest *m, const struct manifest_host *host,
                        struct offer *out, struct refusal *why)
{
    const cJSON *platforms = NULL, *entry = NULL;
    enum rc rc = check_expiry(m, host->now_s, why);

    *out = (struct offer){.version = m->version, .critical = m->critical, .notes = m->notes};
    if (rc == RC_OK)
        rc = find_platforms(m, &platforms, &entry, why);
    if (rc != RC_OK)
        return rc;
    if (semver_compare(&m->version, host->current) <= 0) {
        out->kind = OFFER_NOT_NEWER;
        return RC_OK;
    }
    if (platforms != NULL)
        rc = field_object(platforms, host->target, &entry, why);
    return rc == RC_OK ? decide_entry(m, host, entry, out, why) : rc;
}

const char *offer_word(enum offer_kind kind)
{
    static const char *const words[] = {"update", "not-newer", "no-entry", "system", "rollout"};

    MUST((size_t)kind < countof(words));
    return words[kind];
}
