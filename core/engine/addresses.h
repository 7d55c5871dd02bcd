/* addresses.h - addresses of running containers whose list does not tell them; private to
 * core/engine.
 *
 * Known by container id and start, so that a restarted one is asked for again. Threads: one. */
#ifndef CORE_ENGINE_ADDRESSES_H
#define CORE_ENGINE_ADDRESSES_H
#include "core/engine/snapshot.h"

struct look_addresses;

/* Makes *a fit a list that was just parsed and is not sealed yet: forgets what does not run any
 * more, notes what is new, and writes what is known into the list. *a may be NULL before. */
void addresses_renew(struct look_addresses **a, struct snapshot *s);
/* Accepts NULL. */
void addresses_free(struct look_addresses *a);

#endif
