/* ours.c - see ours.h. ours.inc is made by ours.sh. */
#include "core/update/ours.h"
#include "core/update/ours.inc"
#include <string.h>

/* How the text of the development key begins; its id was chosen to be readable. */
static const char development[] = "RWSDEVELOPMENT";

static const char *const manifest_keys[] = {OURS_MANIFEST_KEYS};
static const char *const payload_keys[] = {OURS_PAYLOAD_KEYS};
static const char *const hosts[] = {OURS_HOSTS};

_Static_assert(countof(manifest_keys) <= OURS_KEYS_MAX, "too many keys for manifests");
_Static_assert(countof(payload_keys) <= OURS_KEYS_MAX, "too many keys for archives");
_Static_assert(countof(hosts) <= ADDRESS_HOSTS_MAX, "too many hosts");

static bool has_development(const char *const *keys, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (strncmp(keys[i], development, strlen(development)) == 0)
            return true;
    }
    return false;
}

bool ours_is_development(void)
{
    return ours_endpoint()[0] == '\0' || has_development(manifest_keys, countof(manifest_keys)) ||
           has_development(payload_keys, countof(payload_keys));
}

enum rc ours_keys(enum ours_role role, struct ours_keys *out, struct refusal *why)
{
    const char *const *keys = role == OURS_MANIFEST ? manifest_keys : payload_keys;
    size_t count = role == OURS_MANIFEST ? countof(manifest_keys) : countof(payload_keys);
    enum rc rc = RC_OK;

    *out = (struct ours_keys){.count = count};
    for (size_t i = 0; rc == RC_OK && i < count; i++)
        rc = minisign_key(keys[i], strlen(keys[i]), MINISIGN_PLAIN, &out->list[i], why);
    return rc;
}

const char *ours_endpoint(void)
{
    return OURS_ENDPOINT;
}

void ours_hosts(struct address_hosts *out)
{
    *out = (struct address_hosts){.count = countof(hosts)};
    memcpy(out->list, hosts, sizeof hosts);
}

const char *ours_team(void)
{
    return OURS_TEAM;
}

const char *ours_channel(void)
{
    return OURS_CHANNEL;
}

const char *ours_target(void)
{
    return OURS_TARGET;
}

int64_t ours_build_time(void)
{
    return OURS_BUILD_TIME;
}
