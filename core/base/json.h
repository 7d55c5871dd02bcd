/* json.h - reading and writing JSON, a thin layer over cJSON with our rules (engines.md 1.1).
 *
 * Keys are compared with case. Unknown members are ignored; a getter answers "absent" both for
 * a missing member, null, and a member of another type. Threads: a tree belongs to one. */
#ifndef CORE_BASE_JSON_H
#define CORE_BASE_JSON_H
#include "core/base/buf.h"
#include "core/base/fault.h"
#include <cjson/cJSON.h>

/* One value and nothing but white space behind it; a NUL byte is refused, and the escape of one is
 * read as U+FFFD. The tree is freed with cJSON_Delete(). */
NODISCARD enum rc json_parse(const char *bytes, size_t len, cJSON **out, struct fault *why);
/* Member of an object, NULL if absent or null, or `o` is no object. */
const cJSON *json_get(const cJSON *o, const char *key);
const cJSON *json_array(const cJSON *o, const char *key);
const cJSON *json_object(const cJSON *o, const char *key);
/* A string member, or NULL. */
const char *json_text(const cJSON *o, const char *key);
/* A whole number within [min, max]: true and *out; else false. 2^53 is the largest exact one. */
bool json_int(const cJSON *o, const char *key, int64_t min, int64_t max, int64_t *out);
bool json_bool(const cJSON *o, const char *key, bool absent);

/* Adds `text` as a JSON string with its quotes. */
NODISCARD enum rc json_quote(struct buf *b, const char *text);

/* Adds the value as a person reads it: a line for each member, two spaces for each level, empty
 * lists and objects in one line. Characters that must not be shown as they are (utf8.h) are
 * escapes, so it is the same value still, but for whole numbers beyond 2^53, which cJSON has
 * rounded. RC_TOO_BIG over the cap, and then a part of it was added. */
NODISCARD enum rc json_show(struct buf *b, const cJSON *value);

#endif
