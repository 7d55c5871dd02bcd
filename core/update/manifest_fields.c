/* manifest_fields.c - each getter looks the member up by its exact name and judges its kind. */
#include "core/update/manifest_fields.h"
#include "core/update/moment.h"
#include <string.h>

static enum rc wrong(const char *key, struct refusal *why)
{
    return refuse(why, REFUSAL_TYPE, "the field %s is not what it should be", key);
}

static const cJSON *find(const cJSON *o, const char *key)
{
    return cJSON_GetObjectItemCaseSensitive(o, key);
}

enum rc field_text(const cJSON *o, const char *key, enum field_null null, const char **out,
                   struct refusal *why)
{
    const cJSON *m = find(o, key);

    if (m == NULL || (null == FIELD_NULL_IS_ABSENT && cJSON_IsNull(m)))
        return RC_OK;
    if (!cJSON_IsString(m))
        return wrong(key, why);
    *out = m->valuestring;
    return RC_OK;
}

enum rc field_flag(const cJSON *o, const char *key, bool *out, struct refusal *why)
{
    const cJSON *m = find(o, key);

    if (m == NULL)
        return RC_OK;
    if (!cJSON_IsBool(m))
        return wrong(key, why);
    *out = cJSON_IsTrue(m);
    return RC_OK;
}

enum rc field_object(const cJSON *o, const char *key, const cJSON **out, struct refusal *why)
{
    const cJSON *m = find(o, key);

    if (m == NULL)
        return RC_OK;
    if (!cJSON_IsObject(m))
        return wrong(key, why);
    *out = m;
    return RC_OK;
}

enum rc field_number(const cJSON *o, const char *key, int64_t min, int64_t max, int64_t *out,
                     struct refusal *why)
{
    if (find(o, key) == NULL || json_int(o, key, min, max, out))
        return RC_OK;
    return wrong(key, why);
}

enum rc field_moment(const cJSON *o, const char *key, bool *has, int64_t *out, struct refusal *why)
{
    const char *text = NULL;
    enum rc rc = field_text(o, key, FIELD_NULL_IS_ABSENT, &text, why);

    *has = text != NULL;
    if (rc == RC_OK && *has && !moment_read(text, out))
        return wrong(key, why);
    return rc;
}

static int digit(char c)
{
    static const char digits[] = "0123456789abcdef";
    const char *at = c == '\0' ? NULL : strchr(digits, c);

    return at == NULL ? -1 : (int)(at - digits);
}

enum rc field_sha256(const cJSON *o, const char *key, bool *has, unsigned char out[32],
                     struct refusal *why)
{
    const char *text = NULL;
    enum rc rc = field_text(o, key, FIELD_NULL_IS_WRONG, &text, why);

    *has = text != NULL;
    if (rc != RC_OK || !*has)
        return rc;
    if (strlen(text) != 64)
        return wrong(key, why);
    for (size_t i = 0; i < 32; i++) {
        int high = digit(text[2 * i]), low = digit(text[2 * i + 1]);

        if (high < 0 || low < 0)
            return wrong(key, why);
        out[i] = (unsigned char)(high * 16 + low);
    }
    return RC_OK;
}

bool system_version_read(const char *text, struct system_version *out)
{
    *out = (struct system_version){{0}};
    for (size_t i = 0; i < countof(out->number); i++) {
        size_t len = strspn(text, "0123456789");

        if (len == 0 || len > 5)
            return false;
        for (; len > 0; len--)
            out->number[i] = out->number[i] * 10 + (*text++ - '0');
        if (*text == '\0')
            return true;
        if (*text++ != '.')
            return false;
    }
    return false;
}

int system_version_compare(const struct system_version *a, const struct system_version *b)
{
    for (size_t i = 0; i < countof(a->number); i++) {
        if (a->number[i] != b->number[i])
            return a->number[i] < b->number[i] ? -1 : 1;
    }
    return 0;
}
