/* parse.c - reading outside JSON and words with defaults instead of errors.
 *
 * The sentences say which engine printed something wrong and how, in words a user can act on;
 * they never repeat the bytes, which may be anything. */
#include "core/engine/parse.h"
#include "core/base/clock.h"
#include <math.h>
#include <string.h>

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Every value but the first has a comma, a colon or an opening bracket before it. */
static bool has_too_many_values(const char *bytes, size_t len)
{
    size_t count = 0;

    if (len <= PARSE_VALUES_MAX)
        return false;
    for (size_t i = 0; i < len; i++)
        count += bytes[i] == ',' || bytes[i] == '[' || bytes[i] == '{';
    return count > PARSE_VALUES_MAX;
}

enum rc parse_json(enum engine_kind kind, const char *what, const char *bytes, size_t len,
                   cJSON **out, struct fault *why)
{
    struct fault inner = {0};

    *out = NULL;
    if (piece_trim((struct piece){bytes, len}).len == 0)
        return fault_set(why, RC_PARSE, "%s printed nothing instead of %s", engine_title(kind),
                         what);
    if (has_too_many_values(bytes, len))
        return fault_set(why, RC_TOO_BIG, "%s printed more than this program reads",
                         engine_title(kind));
    if (json_parse(bytes, len, out, &inner) != RC_OK)
        return fault_set(why, RC_PARSE, "%s printed something that is not JSON instead of %s",
                         engine_title(kind), what);
    return RC_OK;
}

static enum rc parse_typed(enum engine_kind kind, const char *what, const char *bytes, size_t len,
                           bool array, cJSON **out, struct fault *why)
{
    enum rc rc = parse_json(kind, what, bytes, len, out, why);

    if (rc != RC_OK)
        return rc;
    if (array ? cJSON_IsArray(*out) : cJSON_IsObject(*out))
        return RC_OK;
    cJSON_Delete(*out);
    *out = NULL;
    return fault_set(why, RC_PARSE, "%s printed JSON that is not %s", engine_title(kind), what);
}

enum rc parse_array(enum engine_kind kind, const char *what, const char *bytes, size_t len,
                    cJSON **out, struct fault *why)
{
    return parse_typed(kind, what, bytes, len, true, out, why);
}

enum rc parse_object(enum engine_kind kind, const char *what, const char *bytes, size_t len,
                     cJSON **out, struct fault *why)
{
    return parse_typed(kind, what, bytes, len, false, out, why);
}

enum rc parse_too_many(enum engine_kind kind, struct fault *why)
{
    return fault_set(why, RC_TOO_BIG, "%s lists more than %d containers", engine_title(kind),
                     SNAPSHOT_COUNT_MAX);
}

enum rc parse_elements(enum engine_kind kind, const char *what, const char *bytes, size_t len,
                       parse_element_fn *each, struct snapshot *s, struct fault *why)
{
    cJSON *root = NULL;
    const cJSON *element = NULL;
    enum rc rc = parse_array(kind, what, bytes, len, &root, why);

    if (rc != RC_OK)
        return rc;
    cJSON_ArrayForEach(element, root)
    {
        if (each(element, s) != RC_OK) {
            rc = parse_too_many(kind, why);
            break;
        }
    }
    cJSON_Delete(root);
    return rc;
}

struct container *parse_container(struct snapshot *s, const char *id, enum rc *rc)
{
    struct container *c = NULL;

    *rc = RC_OK;
    if (id == NULL || id[0] == '\0')
        return NULL;
    c = snapshot_add(s);
    if (c == NULL)
        *rc = RC_TOO_BIG;
    else
        c->id = arena_str(&s->arena, id);
    return c;
}

const char *parse_name(struct snapshot *s, struct piece name, const char *id)
{
    struct piece use = name.len > 0 ? name : piece_of(id);

    if (name.len == 0 && use.len > 12)
        use.len = 12;
    return arena_dup(&s->arena, use.at, use.len);
}

const char *parse_address(struct snapshot *s, const char *text)
{
    struct piece rest = piece_of(text);
    struct piece address = piece_until(&rest, '/');

    return address.len > 0 ? arena_dup(&s->arena, address.at, address.len) : NULL;
}

enum container_state parse_state(const struct parse_state *rows, const char *word)
{
    if (word == NULL)
        return STATE_UNKNOWN;
    for (; rows->word != NULL; rows++) {
        if (strcmp(rows->word, word) == 0)
            return rows->state;
    }
    return STATE_UNKNOWN;
}

enum health parse_health(const char *word)
{
    for (enum health h = HEALTH_STARTING; h <= HEALTH_UNHEALTHY; h++) {
        if (word != NULL && strcmp(word, health_word(h)) == 0)
            return h;
    }
    return HEALTH_NONE;
}

enum health parse_status_health(const char *status)
{
    struct piece p = piece_of(status);

    if (piece_find(p, "(healthy)") != NULL)
        return HEALTH_HEALTHY;
    if (piece_find(p, "(unhealthy)") != NULL)
        return HEALTH_UNHEALTHY;
    if (piece_find(p, "(health: starting)") != NULL || piece_find(p, "(starting)") != NULL)
        return HEALTH_STARTING;
    return HEALTH_NONE;
}

bool parse_status_exit(const char *status, int64_t *out)
{
    static const char start[] = "Exited (";
    struct piece p = piece_of(status);
    int64_t sign = 1, code = 0;

    if (!piece_starts(p, start) || memchr(p.at, ')', p.len) == NULL)
        return false;
    p = (struct piece){p.at + sizeof start - 1, p.len - (sizeof start - 1)};
    p = piece_until(&p, ')');
    if (piece_starts(p, "-")) {
        sign = -1;
        p = (struct piece){p.at + 1, p.len - 1};
    }
    if (!piece_int(p, &code))
        return false;
    *out = sign * code;
    return true;
}

bool parse_time(const cJSON *value, int64_t offset_s, int64_t *out_s)
{
    int64_t s = 0;

    if (cJSON_IsString(value)) {
        if (!clock_parse_rfc3339(value->valuestring, &s))
            return false;
    } else if (cJSON_IsNumber(value) && fabs(value->valuedouble) < 1e15) {
        s = (int64_t)floor(value->valuedouble) + offset_s;
    }
    if (s <= 0)
        return false;
    *out_s = s;
    return true;
}

bool parse_int(const cJSON *value, int64_t min, int64_t max, int64_t *out)
{
    int64_t n = 0;

    if (cJSON_IsString(value)) {
        if (!piece_int(piece_of(value->valuestring), &n))
            return false;
    } else if (cJSON_IsNumber(value) && fabs(value->valuedouble) < 9e18) {
        n = (int64_t)value->valuedouble;
    } else {
        return false;
    }
    if (n < min || n > max)
        return false;
    *out = n;
    return true;
}

/* Length of n.n.n at the start of text, or 0. */
static size_t version_length(const char *text)
{
    size_t i = 0;

    for (int part = 0; part < 3; part++) {
        if (part > 0 && text[i++] != '.')
            return 0;
        if (!is_digit(text[i]))
            return 0;
        while (is_digit(text[i]))
            i++;
    }
    return i;
}

bool parse_version_number(const char *text, char out[ENGINE_VERSION_MAX])
{
    struct piece p = piece_of(text);
    bool found = false;

    for (size_t i = 0; i < p.len && !found; i++) {
        size_t len = version_length(p.at + i);

        if (len > 0 && len < ENGINE_VERSION_MAX) {
            p = (struct piece){p.at + i, len};
            found = true;
        }
    }
    if (p.len >= ENGINE_VERSION_MAX)
        p.len = ENGINE_VERSION_MAX - 1;
    memset(out, 0, ENGINE_VERSION_MAX);
    memcpy(out, p.at, p.len);
    return found;
}

bool parse_version_line(const char *bytes, size_t len, const char *start,
                        struct engine_version *out)
{
    struct piece rest = {bytes, len};
    struct piece line = piece_trim(piece_until(&rest, '\n'));
    char text[256];

    if (!piece_starts(line, start) || line.len >= sizeof text)
        return false;
    memcpy(text, line.at, line.len);
    text[line.len] = '\0';
    return parse_version_number(text, out->client);
}

enum engine_error parse_error(const struct parse_error *rows, int exit_code, const char *err,
                              size_t len)
{
    struct piece all = {err, len};

    for (;; rows++) {
        if (rows->exit_code != 0 && rows->exit_code != exit_code)
            continue;
        if (rows->text != NULL && piece_find(all, rows->text) == NULL)
            continue;
        if (rows->too == NULL || piece_find(all, rows->too) != NULL)
            return rows->error;
    }
}
