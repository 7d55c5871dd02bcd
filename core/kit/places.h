/* places.h - asks engines which contexts and connections they know, on a thread of its own. Private
 * to core/kit.
 *
 * Threads: places_ask() by any; new, stop and free by the owner. The sink is called on the thread
 * of the places. */
#ifndef CORE_KIT_PLACES_H
#define CORE_KIT_PLACES_H
#include "core/engine/context_list.h"

struct places;

/* Takes what is in *list. Not called for an engine that did not tell. */
typedef void places_sink_fn(void *ctx, enum engine_kind kind, struct context_list *list);

/* s, where and ctx outlive it. No thread yet. */
struct places *places_new(struct spawner *s, const struct locate_where *where, places_sink_fn *sink,
                          void *ctx);
/* Asks every engine that has any. Never blocks; the owner's. */
void places_ask(struct places *p);
/* Begins the end and returns at once. */
void places_stop(struct places *p);
/* places_stop(), then joins. Accepts NULL. No sink call comes after it has returned. */
void places_free(struct places *p);

#endif
