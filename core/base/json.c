/* json.c - cJSON with what it lets pass closed: text behind the value, and the character NUL,
 * which would end a C string early and so hide what stands behind it. */
#include "core/base/json.h"
#include "core/base/mem.h"
#include "core/base/utf8.h"
#include <math.h>
#include <string.h>

#define EXACT_MAX 9007199254740992.0 /* 2^53: every whole number up to it is a double */

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

#define ESCAPE_LEN 6 /* of \u0000 */

/* Offset of the next escape of NUL at or behind `from`, len if there is none. A backslash is legal
 * only inside a string, and takes the character behind it along. */
static size_t next_nul(const char *bytes, size_t len, size_t from)
{
    for (size_t i = from; i + ESCAPE_LEN <= len; i++) {
        if (bytes[i] != '\\')
            continue;
        if (memcmp(bytes + i, "\\u0000", ESCAPE_LEN) == 0)
            return i;
        i++;
    }
    return len;
}

/* One hostile label must not take the whole list away: escapes of NUL, from the one at `at` on,
 * become U+FFFD, which no id may hold. The copy is for mem_free(). */
static char *without_nul(const char *bytes, size_t len, size_t at)
{
    static const char replacement[ESCAPE_LEN] = {'\\', 'u', 'f', 'f', 'f', 'd'};
    char *copy = mem_dup(bytes, len);

    for (; at < len; at = next_nul(copy, len, at + ESCAPE_LEN))
        memcpy(copy + at, replacement, ESCAPE_LEN);
    return copy;
}

/* The value in bytes, which hold no NUL in any form. */
static enum rc parse(const char *bytes, size_t len, cJSON **out, struct fault *why)
{
    const char *end = NULL;
    cJSON *tree = len > 0 ? cJSON_ParseWithLengthOpts(bytes, len, &end, false) : NULL;

    if (tree == NULL)
        return fault_set(why, RC_PARSE, "not JSON");
    while (end < bytes + len && is_space(*end))
        end++;
    if (end != bytes + len) {
        cJSON_Delete(tree);
        return fault_set(why, RC_PARSE, "something stands behind the JSON value");
    }
    *out = tree;
    return RC_OK;
}

enum rc json_parse(const char *bytes, size_t len, cJSON **out, struct fault *why)
{
    size_t nul = next_nul(bytes, len, 0);
    char *copy = NULL;
    enum rc rc;

    *out = NULL;
    if (len > 0 && memchr(bytes, '\0', len) != NULL)
        return fault_set(why, RC_PARSE, "a NUL byte in JSON");
    if (nul < len)
        bytes = copy = without_nul(bytes, len, nul);
    rc = parse(bytes, len, out, why);
    mem_free(copy);
    return rc;
}

const cJSON *json_get(const cJSON *o, const char *key)
{
    const cJSON *m = NULL;

    if (!cJSON_IsObject(o))
        return NULL;
    m = cJSON_GetObjectItemCaseSensitive(o, key);
    return cJSON_IsNull(m) ? NULL : m;
}

const cJSON *json_array(const cJSON *o, const char *key)
{
    const cJSON *m = json_get(o, key);

    return cJSON_IsArray(m) ? m : NULL;
}

const cJSON *json_object(const cJSON *o, const char *key)
{
    const cJSON *m = json_get(o, key);

    return cJSON_IsObject(m) ? m : NULL;
}

const char *json_text(const cJSON *o, const char *key)
{
    return cJSON_GetStringValue(json_get(o, key));
}

bool json_int(const cJSON *o, const char *key, int64_t min, int64_t max, int64_t *out)
{
    const cJSON *m = json_get(o, key);
    double d = 0;

    if (!cJSON_IsNumber(m))
        return false;
    d = m->valuedouble;
    if (!(d >= -EXACT_MAX && d <= EXACT_MAX) || d != floor(d))
        return false;
    if ((int64_t)d < min || (int64_t)d > max)
        return false;
    *out = (int64_t)d;
    return true;
}

bool json_bool(const cJSON *o, const char *key, bool absent)
{
    const cJSON *m = json_get(o, key);

    return cJSON_IsBool(m) ? cJSON_IsTrue(m) : absent;
}

/* One character, escaped where JSON asks for it, or where it would not be seen if `shown`; what is
 * not UTF-8 becomes U+FFFD, for JSON has no other bytes. */
static enum rc quote_one(struct buf *b, const char *bytes, size_t n, uint32_t cp, bool shown)
{
    if (n == 0)
        return buf_text_add(b, "\\ufffd");
    if (cp == '"' || cp == '\\')
        return buf_print(b, "\\%c", (char)cp);
    if (cp < 0x20 || cp == 0x7f || (shown && utf8_is_hidden(cp)))
        return buf_print(b, "\\u%04x", (unsigned)cp);
    return buf_add(b, bytes, n);
}

static enum rc quote(struct buf *b, const char *text, bool shown)
{
    size_t len = strlen(text), before = b->len;
    enum rc rc = buf_text_add(b, "\"");

    for (size_t i = 0; i < len && rc == RC_OK;) {
        uint32_t cp = 0;
        size_t n = utf8_next(text + i, len - i, &cp);

        rc = quote_one(b, text + i, n, cp, shown);
        i += n > 0 ? n : 1;
    }
    if (rc == RC_OK)
        rc = buf_text_add(b, "\"");
    if (rc != RC_OK && b->data != NULL) {
        b->len = before;
        b->data[before] = '\0';
    }
    return rc;
}

enum rc json_quote(struct buf *b, const char *text)
{
    return quote(b, text, false);
}

/* ---- for a person ---- */

static enum rc new_line(struct buf *b, int depth)
{
    return buf_print(b, "\n%*s", 2 * depth, "");
}

/* One that no double holds was read as infinite, for which JSON has no word. */
static enum rc show_number(struct buf *b, double d)
{
    bool whole = d >= -EXACT_MAX && d <= EXACT_MAX && d == floor(d);

    if (!isfinite(d))
        return buf_text_add(b, "null");
    return buf_print(b, whole ? "%.0f" : "%.17g", d);
}

static enum rc show(struct buf *b, const cJSON *value, int depth);

static enum rc show_members(struct buf *b, const cJSON *value, int depth)
{
    bool object = cJSON_IsObject(value);
    const cJSON *m = NULL;
    enum rc rc = buf_text_add(b, object ? "{" : "[");

    cJSON_ArrayForEach(m, value)
    {
        if (rc == RC_OK)
            rc = new_line(b, depth + 1);
        if (rc == RC_OK && object)
            rc = quote(b, m->string, true);
        if (rc == RC_OK && object)
            rc = buf_text_add(b, ": ");
        if (rc == RC_OK)
            rc = show(b, m, depth + 1);
        if (rc == RC_OK && m->next != NULL)
            rc = buf_text_add(b, ",");
    }
    if (rc == RC_OK && value->child != NULL)
        rc = new_line(b, depth);
    return rc == RC_OK ? buf_text_add(b, object ? "}" : "]") : rc;
}

/* As deep as the parser goes: 1,000 levels. */
static enum rc show(struct buf *b, const cJSON *value, int depth)
{
    if (cJSON_IsString(value))
        return quote(b, value->valuestring, true);
    if (cJSON_IsNumber(value))
        return show_number(b, value->valuedouble);
    if (cJSON_IsBool(value))
        return buf_text_add(b, cJSON_IsTrue(value) ? "true" : "false");
    if (cJSON_IsNull(value))
        return buf_text_add(b, "null");
    return show_members(b, value, depth);
}

enum rc json_show(struct buf *b, const cJSON *value)
{
    return show(b, value, 0);
}
