/* journal.c - see journal.h: one flat object, written here and read here. */
#include "core/update/journal.h"
#include "core/base/log.h"
#include "core/update/manifest_fields.h"
#include "core/update/strict_json.h"
#include <errno.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define JOURNAL_FILE "journal.json"
#define HEX_SIZE (2 * TREE_HASH_SIZE + 1)

static const char *const words[JOURNAL_STATE_COUNT] = {
    [JOURNAL_NONE] = "NONE",
    [JOURNAL_READY] = "READY",
    [JOURNAL_MOVING] = "MOVING",
    [JOURNAL_SWAPPED] = "SWAPPED",
    [JOURNAL_CONFIRMED] = "CONFIRMED",
    [JOURNAL_RETURNING] = "RETURNING",
    [JOURNAL_ROLLED_BACK] = "ROLLED_BACK",
};

const char *journal_word(enum journal_state state)
{
    MUST((unsigned)state < JOURNAL_STATE_COUNT);
    return words[state];
}

enum rc journal_path(const char *data, const char *name, char out[FILE_PATH_MAX], struct fault *why)
{
    if (snprintf(out, FILE_PATH_MAX, "%s/" JOURNAL_FOLDER "/%s", data, name) >= FILE_PATH_MAX)
        return fault_set(why, RC_TOO_BIG, "the path of the data folder is too long");
    return RC_OK;
}

/* --- reading ---------------------------------------------------------------------------------- */

static bool read_state(const char *text, enum journal_state *out)
{
    for (int i = JOURNAL_READY; i < JOURNAL_STATE_COUNT; i++) {
        if (strcmp(text, words[i]) == 0) {
            *out = (enum journal_state)i;
            return true;
        }
    }
    return false;
}

/* An absolute path that says where it leads: no "..", nothing empty, an app at its end. */
static bool is_app_path(const char *path)
{
    size_t len = strlen(path);

    return len > strlen("/.app") && len < FILE_PATH_MAX && path[0] == '/' &&
           strstr(path, "/../") == NULL && strstr(path, "/./") == NULL &&
           strstr(path, "//") == NULL && strcmp(path + len - strlen(".app"), ".app") == 0;
}

/* The name of one entry of a folder that is neither hidden nor somewhere else. */
static bool is_app_name(const char *name)
{
    size_t len = strlen(name);

    return len > strlen(".app") && len <= ARCHIVE_PART_MAX && name[0] != '.' &&
           strchr(name, '/') == NULL && strcmp(name + len - strlen(".app"), ".app") == 0;
}

static bool is_id(const char *text)
{
    return strlen(text) == JOURNAL_ID && strspn(text, "0123456789abcdef") == JOURNAL_ID;
}

static bool read_version(const char *text, struct semver *out)
{
    return semver_read(text, strlen(text), out, NULL) == RC_OK;
}

/* The texts of an object in the order of `keys`; false if one is missing or is no text. */
static bool read_texts(const cJSON *o, const char *const *keys, const char **out, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        out[i] = NULL;
        if (field_text(o, keys[i], FIELD_NULL_IS_WRONG, &out[i], NULL) != RC_OK || out[i] == NULL)
            return false;
    }
    return true;
}

static bool read_object(const cJSON *o, struct journal *out)
{
    enum { STATE, APP, ID, NAME, BEFORE, AFTER, COUNT };
    static const char *const keys[] = {"state", "app", "id", "name", "old", "new"};
    const char *text[COUNT];
    int64_t attempts = -1, schema = 0;
    bool hashed = false;

    if (!read_texts(o, keys, text, COUNT) || !read_state(text[STATE], &out->state) ||
        !is_app_path(text[APP]) || !is_id(text[ID]) || !is_app_name(text[NAME]) ||
        !read_version(text[BEFORE], &out->before) || !read_version(text[AFTER], &out->after))
        return false;
    if (field_number(o, "schema", 1, 1, &schema, NULL) != RC_OK || schema != 1 ||
        field_number(o, "attempts", 0, JOURNAL_ATTEMPTS_MAX, &attempts, NULL) != RC_OK ||
        attempts < 0 || field_sha256(o, "tree", &hashed, out->hash, NULL) != RC_OK || !hashed)
        return false;
    out->attempts = (unsigned)attempts;
    memcpy(out->app, text[APP], strlen(text[APP]) + 1);
    memcpy(out->id, text[ID], sizeof out->id);
    memcpy(out->name, text[NAME], strlen(text[NAME]) + 1);
    return true;
}

void journal_read(const char *data, struct journal *out)
{
    char path[FILE_PATH_MAX];
    cJSON *object = NULL;
    struct buf text;
    bool good = false;
    enum rc rc = journal_path(data, JOURNAL_FILE, path, NULL);

    *out = (struct journal){0};
    buf_init(&text, JOURNAL_MAX);
    if (rc == RC_OK)
        rc = file_read(path, &text, NULL);
    if (rc == RC_OK && strict_json(buf_text(&text), text.len, &object, NULL) == RC_OK)
        good = read_object(object, out);
    if (rc == RC_OK && !good)
        log_warn("update: the journal cannot be read, and counts as none");
    if (!good)
        *out = (struct journal){0};
    cJSON_Delete(object);
    buf_release(&text);
}

/* --- writing ---------------------------------------------------------------------------------- */

static enum rc add_text(struct buf *b, const char *key, const char *text)
{
    enum rc rc = buf_print(b, ", \"%s\": ", key);

    return rc == RC_OK ? json_quote(b, text) : rc;
}

static enum rc print(const struct journal *j, struct buf *b)
{
    char hex[HEX_SIZE];
    enum rc rc = buf_print(b, "{\"schema\": 1");

    MUST(sodium_bin2hex(hex, sizeof hex, j->hash, sizeof j->hash) != NULL);
    if (rc == RC_OK)
        rc = add_text(b, "state", journal_word(j->state));
    if (rc == RC_OK)
        rc = add_text(b, "app", j->app);
    if (rc == RC_OK)
        rc = add_text(b, "id", j->id);
    if (rc == RC_OK)
        rc = add_text(b, "name", j->name);
    if (rc == RC_OK)
        rc = add_text(b, "old", j->before.text);
    if (rc == RC_OK)
        rc = add_text(b, "new", j->after.text);
    if (rc == RC_OK)
        rc = add_text(b, "tree", hex);
    return rc == RC_OK ? buf_print(b, ", \"attempts\": %u}\n", j->attempts) : rc;
}

enum rc journal_write(const char *data, const struct journal *j, struct fault *why)
{
    char path[FILE_PATH_MAX];
    struct buf text;
    enum rc rc = journal_path(data, "", path, why);

    MUST(j->state != JOURNAL_NONE && is_app_path(j->app) && is_id(j->id) && is_app_name(j->name));
    if (rc == RC_OK)
        rc = file_make_folder(path, why);
    if (rc == RC_OK)
        rc = journal_path(data, JOURNAL_FILE, path, why);
    if (rc != RC_OK)
        return rc;
    buf_init(&text, JOURNAL_MAX);
    rc = print(j, &text);
    MUST(rc == RC_OK); /* each text has a cap, and all of them fit */
    rc = file_replace(path, buf_text(&text), text.len, why);
    buf_release(&text);
    if (rc == RC_OK)
        log_info("update: %s, %s to %s, attempt %u", journal_word(j->state), j->before.text,
                 j->after.text, j->attempts);
    return rc;
}

enum rc journal_remove(const char *data, struct fault *why)
{
    char path[FILE_PATH_MAX];
    enum rc rc = journal_path(data, JOURNAL_FILE, path, why);

    if (rc != RC_OK)
        return rc;
    if (unlink(path) != 0 && errno != ENOENT)
        return fault_set(why, RC_IO, "cannot remove %s", path);
    rc = journal_path(data, "", path, why);
    if (rc == RC_OK)
        file_sync_folder(path);
    return rc;
}
