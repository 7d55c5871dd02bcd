/* manifest_fields.h - fields of a manifest by their kind: another kind of value is a refusal, never
 * "absent". Private to core/update. Pure. */
#ifndef CORE_UPDATE_MANIFEST_FIELDS_H
#define CORE_UPDATE_MANIFEST_FIELDS_H
#include "core/base/json.h"
#include "core/update/refusal.h"

/* A version of a system: "26", "26.1" or "26.1.2", missing numbers are 0. */
struct system_version {
    int number[3];
};

/* Does null stand for a field that is not there? */
enum field_null { FIELD_NULL_IS_ABSENT, FIELD_NULL_IS_WRONG };

/* Each: RC_OK, and *out is left as it was if the field is absent; or REFUSAL_TYPE. */
NODISCARD enum rc field_text(const cJSON *o, const char *key, enum field_null null,
                             const char **out, struct refusal *why);
NODISCARD enum rc field_flag(const cJSON *o, const char *key, bool *out, struct refusal *why);
NODISCARD enum rc field_object(const cJSON *o, const char *key, const cJSON **out,
                               struct refusal *why);
/* A whole number within [min, max]. */
NODISCARD enum rc field_number(const cJSON *o, const char *key, int64_t min, int64_t max,
                               int64_t *out, struct refusal *why);
/* A date with a time, in seconds; *has says whether it is there. */
NODISCARD enum rc field_moment(const cJSON *o, const char *key, bool *has, int64_t *out,
                               struct refusal *why);
/* 64 lower-case hexadecimal digits. */
NODISCARD enum rc field_sha256(const cJSON *o, const char *key, bool *has, unsigned char out[32],
                               struct refusal *why);

/* 1 to 3 numbers of 1 to 5 digits with dots between. */
NODISCARD bool system_version_read(const char *text, struct system_version *out);
/* Below 0, 0 or above 0. Pure. */
int system_version_compare(const struct system_version *a, const struct system_version *b);

#endif
