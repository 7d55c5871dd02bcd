/* event.h - what the event lines of docker and podman share; private to core/engine. Pure. */
#ifndef CORE_ENGINE_EVENT_H
#define CORE_ENGINE_EVENT_H
#include "core/base/json.h"
#include "core/engine/engine.h"

/* Fills *out but its time. `quiet` are the words that leave the list as it was. Only containers'
 * events change it; a longer id or status is cut. */
void event_fill(struct engine_event *out, const char *type, const char *id, const char *status,
                const char *const *quiet, size_t quiet_count);
/* Nanoseconds since 1970 from a number of nanoseconds, or of seconds; 0 for none. */
int64_t event_time(const cJSON *o, const char *nano_key, const char *seconds_key);
/* The same from an RFC 3339 text with a fraction. */
int64_t event_text_time(const char *text);

#endif
