/* ours.c - see ours.h. ours.inc is made by ours.sh. */
#include "core/update/ours.h"
#include "core/update/ours.inc"
#include <string.h>

static const char *const manifest_keys[] = {OURS_MANIFEST_KEYS};
static const char *const payload_keys[] = {OURS_PAYLOAD_KEYS};
static const char *const hosts[] = {OURS_HOSTS};

_Static_assert(countof(manifest_keys) <= OURS_KEYS_MAX, "too many keys for manifests");
_Static_assert(countof(payload_keys) <= OURS_KEYS_MAX, "too many keys for archives");
_Static_assert(countof(hosts) <= ADDRESS_HOSTS_MAX, "too many hosts");

bool ours_is_development(void)
{
    return OURS_DEVELOPMENT;
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
