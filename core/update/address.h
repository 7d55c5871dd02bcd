/* address.h - addresses that we fetch from: https, a host of the list, nothing clever (updates.md
 * 6).
 *
 * Judged before any library reads it: what two readers could understand differently is refused,
 * such as users, fragments, escaped hosts, literal IPv6 addresses and a third slash.
 * Pure; any thread. Memory: an address is a plain value. */
#ifndef CORE_UPDATE_ADDRESS_H
#define CORE_UPDATE_ADDRESS_H
#include "core/update/refusal.h"

#define ADDRESS_MAX 2048
#define ADDRESS_HOSTS_MAX 8

/* Exact names, compared without case; borrowed. */
struct address_hosts {
    const char *list[ADDRESS_HOSTS_MAX];
    size_t count;
};

/* Made by address_read() alone. */
struct address {
    char text[ADDRESS_MAX + 1];
    size_t file, file_len; /* the last segment of the path in text, perhaps empty */
};

/* RC_OK or REFUSAL_URL. */
NODISCARD enum rc address_read(const char *text, const struct address_hosts *hosts,
                               struct address *out, struct refusal *why);

#endif
