/* updater_world.h - what the updater does to the world for real: the compiled-in keys and endpoint
 * (ours.h), the network (fetch.h), the app that is replaced (install.h), the clock.
 *
 * Keys and proxies are read when they are needed, on the updater's thread; nothing is loaded and
 * nothing asked before the first check. In a build for tests hooks.h may change where it asks and
 * whom it believes. Memory: an updater_world is the caller's and outlives the updater. */
#ifndef CORE_UPDATE_UPDATER_WORLD_H
#define CORE_UPDATE_UPDATER_WORLD_H
#include "core/base/file.h"
#include "core/base/sys.h"
#include "core/desktop/proxy.h"
#include "core/update/install.h"
#include "core/update/updater.h"

struct updater_world {
    const struct install_config *install; /* borrowed, outlives this */
    struct spawner *spawner;              /* borrowed; NULL: it cannot hand over */
    enum rc (*proxy)(struct proxy *out, struct fault *why);
    char folder[FILE_PATH_MAX];    /* of the state */
    char downloads[FILE_PATH_MAX]; /* of what is fetched */
    char agent[HTTP_AGENT_MAX], system[SYS_NAME_MAX];
    char host_names[ADDRESS_MAX]; /* of the hook */
    struct address_hosts hosts;
    struct updater_acts acts;
    struct install *open; /* NULL: it is not; the updater's thread */
};

/* `proxy` is called on the updater's thread. RC_MISSING or RC_TOO_BIG if the user has no
 * folders of use. */
NODISCARD enum rc updater_world_init(struct updater_world *w, const struct install_config *install,
                                     struct spawner *spawner,
                                     enum rc (*proxy)(struct proxy *out, struct fault *why),
                                     struct fault *why);
/* Why this build, or this place, is never updated: a sentence, static or the config's; NULL: it is.
 */
const char *updater_world_off(const struct updater_world *w);
/* Fills in who asks, where, and whether at all; what an earlier run left and the way home are the
 * caller's to add. *out points into w. */
void updater_world_config(const struct updater_world *w, struct updater_config *out);

#endif
