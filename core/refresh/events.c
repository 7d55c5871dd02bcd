/* events.c - a ring of hashes: 64 bits are enough, for a false repeat costs one look that the next
 * event or the safety look makes up for. */
#include "core/refresh/events.h"
#include <string.h>

/* FNV-1a. */
static uint64_t hash_add(uint64_t hash, const void *bytes, size_t len)
{
    const unsigned char *b = bytes;

    for (size_t i = 0; i < len; i++)
        hash = (hash ^ b[i]) * UINT64_C(0x100000001b3);
    return hash;
}

static uint64_t event_hash(const struct engine_event *event)
{
    uint64_t hash = UINT64_C(0xcbf29ce484222325);

    /* with their NULs, so that the end of one text cannot be the start of the next */
    hash = hash_add(hash, event->id, strlen(event->id) + 1);
    hash = hash_add(hash, event->status, strlen(event->status) + 1);
    hash = hash_add(hash, &event->time_ns, sizeof event->time_ns);
    return hash != 0 ? hash : 1; /* 0 is an empty place */
}

bool events_is_new(struct events_seen *seen, const struct engine_event *event)
{
    uint64_t hash;

    if (event->time_ns == 0)
        return true;
    hash = event_hash(event);
    for (size_t i = 0; i < EVENTS_SEEN_MAX; i++) {
        if (seen->hash[i] == hash)
            return false;
    }
    seen->hash[seen->next] = hash;
    seen->next = (seen->next + 1) % EVENTS_SEEN_MAX;
    return true;
}
