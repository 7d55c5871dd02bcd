/* probe_update.h - what the words about updates share: options, and how they answer. */
#ifndef TESTS_PROBE_PROBE_UPDATE_H
#define TESTS_PROBE_PROBE_UPDATE_H
#include "core/update/refusal.h"

/* What stood on the command line; what was not given is NULL. */
struct update_words {
    const char *word, *pubkey, *sig, *file, *pk, *msg;
    const char *target, *current, *now, *os, *hosts, *profile, *app_id, *bucket, *max_seen;
    const char *last_ts, *minisig, *payload, *version, *unpacked_size;
    bool legacy, manual;
};

/* Each prints its line and returns the status. A file that cannot be read is wrong usage. */
int probe_accepted(void);
int probe_nothing(const char *reason);
int probe_refused(const struct refusal *why);
int probe_usage(const char *text);

/* probe_manifest.c: manifest, signed-manifest, bind. */
int probe_manifest(const struct update_words *w);
/* probe_archive.c: archive. */
int probe_archive(const struct update_words *w);

#endif
