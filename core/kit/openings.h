/* openings.h - opens shells and pages on a thread of its own, one after the other. Private to
 * core/kit.
 *
 * Each can take seconds (opener.h), and the home thread never waits. The thread also sweeps stray
 * scripts when it begins.
 * Threads: openings_add() by any; new, stop and free by the owner. The sink is called on the
 * thread of the openings. */
#ifndef CORE_KIT_OPENINGS_H
#define CORE_KIT_OPENINGS_H
#include "core/desktop/opener.h"

#define OPENINGS_WAITING_MAX 16 /* somebody has gone to sleep on the button */

struct openings;

struct opening {
    enum engine_kind kind;
    enum op op; /* OP_SHELL: terminal is set; OP_OPEN: url is */
    struct valid_id id;
    struct valid_url url;
    enum terminal_kind terminal;
};

/* What did not open, and why. Borrowed during the call. Not called for what quitting ended. */
typedef void openings_sink_fn(void *ctx, const struct opening *what, const struct fault *why);

/* s, where and ctx outlive it. */
struct openings *openings_new(struct spawner *s, const struct locate_where *where,
                              openings_sink_fn *sink, void *ctx);
/* RC_DENIED with a sentence if too many wait. Never blocks. */
NODISCARD enum rc openings_add(struct openings *o, const struct opening *what, struct fault *why);
/* Begins the end and returns at once: drops what waits. Windows that are open stay. */
void openings_stop(struct openings *o);
/* openings_stop(), then joins. Accepts NULL. No sink call comes after it has returned. */
void openings_free(struct openings *o);

#endif
