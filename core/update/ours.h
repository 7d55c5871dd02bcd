/* ours.h - what is compiled in: whose signatures count, where updates come from, who signs the app.
 *
 * ours.sh writes the values down at build time, from variables of its environment; without any they
 * are those of a development build: a key whose secret half nobody has, and no address to ask. Such
 * a build updates nothing, and a release is not made of it (app/macos/release.sh). Manifests and
 * archives have keys of their own, so that one stolen key is not enough (updates.md 9, row 39);
 * each may have several, for a change of keys. Nothing is read here before it is asked for: the
 * updater does so when it begins. Pure; any thread. Memory: what is returned is static. */
#ifndef CORE_UPDATE_OURS_H
#define CORE_UPDATE_OURS_H
#include "core/update/address.h"
#include "core/update/minisign.h"

#define OURS_KEYS_MAX 4

/* What a key signs. */
enum ours_role { OURS_MANIFEST, OURS_PAYLOAD };

struct ours_keys {
    struct minisign_key list[OURS_KEYS_MAX];
    size_t count;
};

/* True for a build that must not update itself: it has the development key, or no endpoint. */
bool ours_is_development(void);
/* Reads the keys. REFUSAL_KEY if one of them is none; then updates are off (updates.md 1.4). */
NODISCARD enum rc ours_keys(enum ours_role role, struct ours_keys *out, struct refusal *why);
/* Where the manifest is; "" if this build asks nowhere. */
const char *ours_endpoint(void);
/* Those that the endpoint, an archive and each redirect may be on. */
void ours_hosts(struct address_hosts *out);
/* Apple's identifier of the team whose signature the app must have; "" if there is none. */
const char *ours_team(void);
/* A word for `container-kit doctor`, e.g. "stable"; decides nothing. */
const char *ours_channel(void);
/* The manifest's name for this system and processor, e.g. "linux-x86_64". */
const char *ours_target(void);
/* Seconds since 1970 of the commit that was built, 0 if nobody knew: no clock may be before it. */
int64_t ours_build_time(void);

#endif
