/* strict_json.c - RFC 8259's grammar over the bytes, then the tree looked through. */
#include "core/update/strict_json.h"
#include "core/base/mem.h"
#include "core/base/text.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

struct scan {
    const char *at, *end;
    int depth;
};

static bool value(struct scan *s);

static void space(struct scan *s)
{
    while (s->at < s->end && (*s->at == ' ' || *s->at == '\t' || *s->at == '\r' || *s->at == '\n'))
        s->at++;
}

static bool mark(struct scan *s, char c)
{
    if (s->at == s->end || *s->at != c)
        return false;
    s->at++;
    return true;
}

static bool word(struct scan *s, const char *text)
{
    size_t len = strlen(text);

    if ((size_t)(s->end - s->at) < len || memcmp(s->at, text, len) != 0)
        return false;
    s->at += len;
    return true;
}

static bool any_of(struct scan *s, const char *those)
{
    if (s->at == s->end || *s->at == '\0' || strchr(those, *s->at) == NULL)
        return false;
    s->at++;
    return true;
}

/* Behind the backslash. */
static bool escape(struct scan *s)
{
    if (!mark(s, 'u'))
        return any_of(s, "\"\\/bfnrt");
    if (word(s, "0000")) /* would end a C string early */
        return false;
    for (int i = 0; i < 4; i++) {
        if (!any_of(s, "0123456789abcdefABCDEF"))
            return false;
    }
    return true;
}

static bool string(struct scan *s)
{
    if (!mark(s, '"'))
        return false;
    while (s->at < s->end && *s->at != '"') {
        if ((unsigned char)*s->at < 0x20)
            return false;
        if (*s->at++ == '\\' && !escape(s))
            return false;
    }
    return mark(s, '"');
}

static bool digits(struct scan *s)
{
    const char *start = s->at;

    while (any_of(s, "0123456789"))
        continue;
    return s->at > start;
}

static bool number(struct scan *s)
{
    mark(s, '-');
    if (!mark(s, '0') && !digits(s))
        return false;
    if (mark(s, '.') && !digits(s))
        return false;
    if (!any_of(s, "eE"))
        return true;
    any_of(s, "+-");
    return digits(s);
}

static bool member(struct scan *s)
{
    space(s);
    if (!string(s))
        return false;
    space(s);
    return mark(s, ':') && value(s);
}

/* Behind the opening sign. */
static bool group(struct scan *s, char close, bool (*item)(struct scan *s))
{
    if (++s->depth > STRICT_JSON_DEPTH)
        return false;
    space(s);
    if (!mark(s, close)) {
        do {
            if (!item(s))
                return false;
        } while (mark(s, ','));
        if (!mark(s, close))
            return false;
    }
    s->depth--;
    return true;
}

static bool scalar(struct scan *s)
{
    if (s->at < s->end && *s->at == '"')
        return string(s);
    return word(s, "true") || word(s, "false") || word(s, "null") || number(s);
}

/* With the white space around it. */
static bool value(struct scan *s)
{
    bool good = false;

    space(s);
    if (mark(s, '{'))
        good = group(s, '}', member);
    else if (mark(s, '['))
        good = group(s, ']', value);
    else
        good = scalar(s);
    space(s);
    return good;
}

static bool is_grammar(const char *bytes, size_t len)
{
    struct scan s = {bytes, bytes + len, 0};

    return value(&s) && s.at == s.end && text_is_utf8(bytes, len);
}

static int compare(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Sorted, for somebody may send a hundred thousand of them. */
static bool has_repeated_keys(const cJSON *object)
{
    size_t count = (size_t)cJSON_GetArraySize(object), n = 0;
    const char **keys = mem_new_array(count, sizeof *keys);
    const cJSON *m = NULL;
    bool repeated = false;

    for (m = object->child; m != NULL; m = m->next)
        keys[n++] = m->string;
    MUST(n == count);
    qsort(keys, count, sizeof *keys, compare);
    for (size_t i = 1; i < count && !repeated; i++)
        repeated = strcmp(keys[i - 1], keys[i]) == 0;
    mem_free(keys);
    return repeated;
}

/* As deep as the scanner let pass. */
static bool is_plain(const cJSON *tree)
{
    const cJSON *m = NULL;

    if (cJSON_IsNumber(tree))
        return isfinite(tree->valuedouble);
    if (cJSON_IsObject(tree) && has_repeated_keys(tree))
        return false;
    for (m = tree->child; m != NULL; m = m->next) {
        if (!is_plain(m))
            return false;
    }
    return true;
}

enum rc strict_json(const char *bytes, size_t len, cJSON **out, struct refusal *why)
{
    cJSON *tree = NULL;

    *out = NULL;
    if (len > STRICT_JSON_MAX)
        return refuse(why, REFUSAL_SIZE, "JSON of more than %zu bytes", STRICT_JSON_MAX);
    if (len == 0 || !is_grammar(bytes, len))
        return refuse(why, REFUSAL_JSON, "not JSON as we read it");
    if (json_parse(bytes, len, &tree, NULL) != RC_OK)
        return refuse(why, REFUSAL_JSON, "not JSON as we read it");
    if (!cJSON_IsObject(tree) || !is_plain(tree)) {
        cJSON_Delete(tree);
        return refuse(why, REFUSAL_JSON, "JSON that two readers could take differently");
    }
    *out = tree;
    return RC_OK;
}
