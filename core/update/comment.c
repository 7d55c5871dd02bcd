/* comment.c - one field after the other; those we know are kept. */
#include "core/update/comment.h"
#include "core/update/comment_text.h"
#include <string.h>

#define TIMESTAMP_DIGITS 15

static bool is(struct comment_field f, const char *text)
{
    size_t len = strlen(text);

    return f.at != NULL && f.len == len && memcmp(f.at, text, len) == 0;
}

/* What stands before the next `sep` of *rest, or all; *rest becomes what is behind it, NULL behind
 * the last. */
static struct comment_field until(struct comment_field *rest, char sep)
{
    const char *found = rest->len > 0 ? memchr(rest->at, sep, rest->len) : NULL;
    struct comment_field f = *rest;

    if (found == NULL) {
        *rest = (struct comment_field){NULL, 0};
        return f;
    }
    f.len = (size_t)(found - f.at);
    rest->at = found + 1;
    rest->len -= f.len + 1;
    return f;
}

/* Does the field's key stand in what comes before it? */
static bool is_repeated(const char *text, struct comment_field key)
{
    struct comment_field before = {text, (size_t)(key.at - text)};

    if (before.len > 0)
        before.len--; /* the tab in front of the field */
    while (before.at != NULL && before.at < key.at) {
        struct comment_field f = until(&before, '\t'), other = until(&f, ':');

        if (f.at != NULL && other.len == key.len && memcmp(other.at, key.at, key.len) == 0)
            return true;
    }
    return false;
}

static bool read_timestamp(struct comment_field value, int64_t *out)
{
    *out = 0;
    if (value.len == 0 || value.len > TIMESTAMP_DIGITS)
        return false;
    for (size_t i = 0; i < value.len; i++) {
        if (value.at[i] < '0' || value.at[i] > '9')
            return false;
        *out = *out * 10 + (value.at[i] - '0');
    }
    return true;
}

static enum rc keep(struct comment_field key, struct comment_field value, struct comment *out,
                    struct refusal *why)
{
    if (is(key, "file"))
        out->file = value;
    if (is(key, "target"))
        out->target = value;
    if (is(key, "version")) {
        out->has_version = semver_read_tag(value.at, value.len, &out->version, NULL) == RC_OK;
        if (!out->has_version)
            return refuse(why, REFUSAL_COMMENT, "the signed comment names no proper version");
    }
    if (is(key, "timestamp")) {
        out->has_timestamp = read_timestamp(value, &out->timestamp);
        if (!out->has_timestamp)
            return refuse(why, REFUSAL_COMMENT, "the signed comment names no proper time");
    }
    return RC_OK;
}

enum rc comment_text(const char *text, size_t len, struct comment *out, struct refusal *why)
{
    struct comment_field rest = {text, len};
    enum rc rc = RC_OK;

    *out = (struct comment){0};
    while (rest.at != NULL && rc == RC_OK) {
        struct comment_field value = until(&rest, '\t'), key = until(&value, ':');

        if (value.at != NULL && is_repeated(text, key))
            rc = refuse(why, REFUSAL_COMMENT, "the signed comment says something twice");
        else if (value.at != NULL)
            rc = keep(key, value, out, why);
        else if (!is(key, "hashed") && !is(key, "prehashed"))
            rc = refuse(why, REFUSAL_COMMENT, "the signed comment is not made of fields");
    }
    return rc;
}

enum rc comment_read(const struct minisign_trusted *t, struct comment *out, struct refusal *why)
{
    size_t len = 0;
    const char *text = minisign_comment(t, &len);

    return comment_text(text, len, out, why);
}

enum rc comment_check(const struct comment *c, const struct comment_wanted *want,
                      struct refusal *why)
{
    bool lacks = c->target.at == NULL && want->target_may_lack;

    if (!c->has_version || !semver_same(&c->version, want->version))
        return refuse(why, REFUSAL_VERSION, "not signed as version %s", want->version->text);
    if (want->target != NULL && !lacks && !is(c->target, want->target))
        return refuse(why, REFUSAL_TARGET, "not signed for %s", want->target);
    if (want->file != NULL && !is(c->file, want->file))
        return refuse(why, REFUSAL_FILE, "not signed as %s", want->file);
    return RC_OK;
}
