/* state.c - see state.h. Read strictly: a file of which one field is odd was written by nobody we
 * know, so none of it counts. */
#include "core/update/state.h"
#include "core/base/file.h"
#include "core/base/log.h"
#include "core/update/strict_json.h"
#include <errno.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

#define NAME "state.json"
#define BYTES_MAX 4096
#define NUMBER_MAX ((int64_t)1 << 53) /* exact in JSON */
#define BUCKETS 100

static bool path_of(const char *folder, char out[FILE_PATH_MAX])
{
    return snprintf(out, FILE_PATH_MAX, "%s/" NAME, folder) < FILE_PATH_MAX;
}

/* ---- reading ---- */

static bool read_version(const char *text, struct semver *out)
{
    return text != NULL && semver_read(text, strlen(text), out, NULL) == RC_OK;
}

/* A version or "". */
static bool read_name(const char *text, char out[SEMVER_MAX + 1])
{
    struct semver v;

    if (text == NULL || (text[0] != '\0' && !read_version(text, &v)))
        return false;
    snprintf(out, SEMVER_MAX + 1, "%s", text);
    return true;
}

static bool read_id(const char *text, char out[UPDATE_ROLLOUT_ID + 1])
{
    if (text == NULL || strlen(text) != UPDATE_ROLLOUT_ID ||
        strspn(text, "0123456789abcdef") != UPDATE_ROLLOUT_ID)
        return false;
    memcpy(out, text, UPDATE_ROLLOUT_ID + 1);
    return true;
}

static bool read_fields(const cJSON *o, struct update_state *s)
{
    return json_int(o, "last_check", 0, NUMBER_MAX, &s->last_check) &&
           json_int(o, "last_ok", 0, NUMBER_MAX, &s->last_ok) &&
           read_version(json_text(o, "max_version_seen"), &s->max_version_seen) &&
           json_int(o, "last_manifest_timestamp", 0, NUMBER_MAX, &s->last_manifest_timestamp) &&
           read_id(json_text(o, "rollout_id"), s->rollout_id) &&
           read_name(json_text(o, "skipped"), s->skipped) &&
           read_name(json_text(o, "blocked"), s->blocked) &&
           json_int(o, "failures", 0, UPDATE_FAILURES_MAX, &s->failures);
}

static enum rc read_file(const char *folder, struct update_state *s, struct fault *why)
{
    char path[FILE_PATH_MAX];
    struct refusal refusal = {0};
    struct buf text;
    cJSON *tree = NULL;
    enum rc rc = RC_OK;

    if (!path_of(folder, path))
        return fault_set(why, RC_TOO_BIG, "path too long: %s", folder);
    buf_init(&text, BYTES_MAX);
    rc = file_read(path, &text, why);
    if (rc == RC_OK) {
        rc = strict_json(buf_text(&text), text.len, &tree, &refusal);
        if (rc != RC_OK)
            *why = refusal.fault;
    }
    if (rc == RC_OK && !read_fields(tree, s))
        rc = fault_set(why, RC_PARSE, "a field is missing or odd");
    cJSON_Delete(tree);
    buf_release(&text);
    return rc;
}

static void begin(const struct update_floor *floor, int64_t now_s, struct update_state *s)
{
    unsigned char id[UPDATE_ROLLOUT_ID / 2];

    *s = (struct update_state){.last_ok = now_s, .max_version_seen = *floor->version};
    MUST(sodium_init() >= 0);
    randombytes_buf(id, sizeof id);
    (void)sodium_bin2hex(s->rollout_id, sizeof s->rollout_id, id, sizeof id);
}

bool update_state_read(const char *folder, const struct update_floor *floor, int64_t now_s,
                       struct update_state *out)
{
    struct fault why = {0};
    char text[FAULT_TEXT_MAX];
    enum rc rc = read_file(folder, out, &why);

    if (rc != RC_OK)
        begin(floor, now_s, out);
    if (rc != RC_OK && !(rc == RC_MISSING || (rc == RC_IO && why.sys == ENOENT)))
        log_warn("update: " NAME " begins anew: %s", fault_text(&why, text));
    if (semver_compare(&out->max_version_seen, floor->version) < 0)
        out->max_version_seen = *floor->version;
    if (out->last_manifest_timestamp < floor->built_s)
        out->last_manifest_timestamp = floor->built_s;
    return rc == RC_OK;
}

/* ---- writing ---- */

enum rc update_state_write(const char *folder, const struct update_state *s, struct fault *why)
{
    char path[FILE_PATH_MAX], text[BYTES_MAX];
    int len = snprintf(text, sizeof text,
                       "{\n"
                       "  \"last_check\": %lld,\n"
                       "  \"last_ok\": %lld,\n"
                       "  \"max_version_seen\": \"%s\",\n"
                       "  \"last_manifest_timestamp\": %lld,\n"
                       "  \"rollout_id\": \"%s\",\n"
                       "  \"skipped\": \"%s\",\n"
                       "  \"blocked\": \"%s\",\n"
                       "  \"failures\": %lld\n"
                       "}\n",
                       (long long)s->last_check, (long long)s->last_ok, s->max_version_seen.text,
                       (long long)s->last_manifest_timestamp, s->rollout_id, s->skipped, s->blocked,
                       (long long)s->failures);
    enum rc rc = RC_OK;

    MUST(len > 0 && (size_t)len < sizeof text); /* versions have no character to escape */
    if (!path_of(folder, path))
        return fault_set(why, RC_TOO_BIG, "path too long: %s", folder);
    rc = file_make_folder(folder, why);
    return rc == RC_OK ? file_replace(path, text, (size_t)len, why) : rc;
}

/* ---- what happened ---- */

void update_state_proved(struct update_state *s, const struct manifest *m, int64_t now_s)
{
    s->last_check = now_s;
    s->last_ok = now_s;
    s->failures = 0;
    s->max_version_seen = *manifest_version(m); /* manifest_open() compared them with the marks */
    s->last_manifest_timestamp = manifest_timestamp(m);
}

void update_state_failed(struct update_state *s, int64_t now_s)
{
    s->last_check = now_s;
    if (s->failures < UPDATE_FAILURES_MAX)
        s->failures++;
}

struct manifest_marks update_state_marks(const struct update_state *s)
{
    return (struct manifest_marks){&s->max_version_seen, s->last_manifest_timestamp};
}

int update_state_bucket(const struct update_state *s, const struct semver *version)
{
    char text[UPDATE_ROLLOUT_ID + SEMVER_MAX + 1];
    unsigned char hash[crypto_generichash_BYTES];
    int len = snprintf(text, sizeof text, "%s%s", s->rollout_id, version->text);
    unsigned number = 0;

    MUST(sodium_init() >= 0);
    MUST(crypto_generichash(hash, sizeof hash, (const unsigned char *)text, (size_t)len, NULL, 0) ==
         0);
    for (size_t i = 0; i < sizeof hash; i++)
        number = (number * 256 + hash[i]) % BUCKETS;
    return (int)number;
}

bool update_state_wants(const struct update_state *s, const struct offer *o, bool by_user)
{
    if (by_user)
        return true;
    if (strcmp(s->blocked, o->version.text) == 0)
        return false;
    return o->critical || strcmp(s->skipped, o->version.text) != 0;
}
