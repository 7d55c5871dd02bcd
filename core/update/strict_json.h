/* strict_json.h - JSON from which two readers cannot take different things.
 *
 * A scanner of the bytes comes before cJSON and closes what that lets pass: bytes that are not
 * UTF-8, control characters, the escape of NUL, numbers such as 012, deep nesting, a byte order
 * mark. Behind it the tree is searched for a key that stands twice, which one reader takes first
 * and another last, and for numbers without end (updates.md 5).
 * Limits: STRICT_JSON_MAX bytes, STRICT_JSON_DEPTH levels. Pure; any thread. */
#ifndef CORE_UPDATE_STRICT_JSON_H
#define CORE_UPDATE_STRICT_JSON_H
#include "core/base/json.h"
#include "core/update/refusal.h"

#define STRICT_JSON_MAX ((size_t)1 << 20)
#define STRICT_JSON_DEPTH 64

/* One object: RC_OK and *out for cJSON_Delete(); otherwise REFUSAL_JSON or REFUSAL_SIZE. */
NODISCARD enum rc strict_json(const char *bytes, size_t len, cJSON **out, struct refusal *why);

#endif
