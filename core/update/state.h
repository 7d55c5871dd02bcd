/* state.h - what the updater remembers from run to run (updates.md 11): <folder>/state.json.
 *
 * A file that is missing or damaged is as good as a first start. The floors are compiled in, so
 * that nothing in the file, and no lack of it, makes an older list of updates look new.
 * Threads: a state belongs to one at a time. Memory: a plain value. Files: mode 0600, replaced
 * whole. */
#ifndef CORE_UPDATE_STATE_H
#define CORE_UPDATE_STATE_H
#include "core/update/manifest.h"

#define UPDATE_ROLLOUT_ID 32 /* hex digits */
#define UPDATE_FAILURES_MAX 1000

struct update_state {
    int64_t last_check; /* seconds since 1970; 0: never */
    int64_t last_ok;    /* a manifest was proved then; at first when the state was made */
    struct semver max_version_seen;
    int64_t last_manifest_timestamp;
    char rollout_id[UPDATE_ROLLOUT_ID + 1]; /* random, this installation's; never sent anywhere */
    char skipped[SEMVER_MAX + 1];           /* the user does not want this one; "" for none */
    char blocked[SEMVER_MAX + 1];           /* this one did not run here; "" for none */
    int64_t failures;                       /* of checks, in a row */
};

/* What is compiled in: nothing older was ever seen. */
struct update_floor {
    const struct semver *version;
    int64_t built_s;
};

/* What the file in the absolute `folder` says: true; or false, and a state that begins at now_s.
 * Never below the floor. Sentences about a damaged file are for the log alone. */
bool update_state_read(const char *folder, const struct update_floor *floor, int64_t now_s,
                       struct update_state *out);
/* Makes the folder if there is none. */
NODISCARD enum rc update_state_write(const char *folder, const struct update_state *s,
                                     struct fault *why);

/* A check began at now_s and its manifest was proved: the one way to move the two marks. */
void update_state_proved(struct update_state *s, const struct manifest *m, int64_t now_s);
/* A check began at now_s and ended without one. */
void update_state_failed(struct update_state *s, int64_t now_s);
/* For manifest_open(); valid as long as s. */
struct manifest_marks update_state_marks(const struct update_state *s);
/* This installation's place in the rollout of a version: 0..99. */
int update_state_bucket(const struct update_state *s, const struct semver *version);

/* Is an offer to be told of? One that was skipped is not, unless it is critical; one that did not
 * run here neither. Whoever asks by hand is told of every one. */
bool update_state_wants(const struct update_state *s, const struct offer *o, bool by_user);

#endif
