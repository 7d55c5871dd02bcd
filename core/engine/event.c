/* event.c - the parts of an event line that docker and podman share.
 *
 * An event is only a reason to look again, never state: what matters is whether it could change
 * the list, and id, status and time, by which a repeated one is known. */
#include "core/engine/event.h"
#include "core/base/clock.h"
#include "core/engine/piece.h"
#include <string.h>

static void copy(char *out, size_t size, struct piece p)
{
    if (p.len >= size)
        p.len = size - 1;
    memcpy(out, p.at, p.len);
    out[p.len] = '\0';
}

void event_fill(struct engine_event *out, const char *type, const char *id, const char *status,
                const char *const *quiet, size_t quiet_count)
{
    struct piece rest = piece_of(status);
    struct piece word = piece_trim(piece_until(&rest, ':')); /* "health_status: healthy" */

    copy(out->id, sizeof out->id, piece_of(id));
    copy(out->status, sizeof out->status, word);
    out->is_container = piece_is(piece_of(type), "container");
    out->changes = out->is_container;
    for (size_t i = 0; i < quiet_count; i++)
        out->changes = out->changes && !piece_is(word, quiet[i]);
}

/* A double holds nanoseconds of today to about 256: enough to tell two events apart, and the same
 * line always gives the same number. */
int64_t event_time(const cJSON *o, const char *nano_key, const char *seconds_key)
{
    const cJSON *nano = json_get(o, nano_key), *seconds = json_get(o, seconds_key);

    if (cJSON_IsNumber(nano) && nano->valuedouble > 0 && nano->valuedouble < 9e18)
        return (int64_t)nano->valuedouble;
    if (cJSON_IsNumber(seconds) && seconds->valuedouble > 0 && seconds->valuedouble < 9e9)
        return (int64_t)(seconds->valuedouble * 1e9);
    return 0;
}

int64_t event_text_time(const char *text)
{
    const char *point = text != NULL ? strchr(text, '.') : NULL;
    int64_t s = 0, ns = 0, place = 100000000;

    if (text == NULL || !clock_parse_rfc3339(text, &s) || s <= 0 || s > 9000000000)
        return 0;
    for (const char *p = point; p != NULL && p[1] >= '0' && p[1] <= '9'; p++, place /= 10)
        ns += (p[1] - '0') * place;
    return s * 1000000000 + ns;
}
