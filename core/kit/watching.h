/* watching.h - what containers use, asked for only while somebody looks. Private to core/kit.
 *
 * Of all containers while the menu is open and shows it in their rows, of one while its sub-menu
 * is open. Home thread, but for what the sink says. */
#ifndef CORE_KIT_WATCHING_H
#define CORE_KIT_WATCHING_H
#include "core/engine/usage.h"
#include "core/refresh/sampler.h"

struct kit;

/* Zeroed: nobody looks. */
struct watching {
    struct sampler *samplers[ENGINE_COUNT]; /* NULL until first needed */
    struct usage_book books[ENGINE_COUNT];
    bool menu_open, one_open;
    enum engine_kind engine; /* of the open one */
    struct valid_id id;
};

/* Asks for what is wanted by now: after anything that it depends on has changed. `sink` gets the
 * answers, on a thread of their own, and hands them over to watching_take(). */
void watching_apply(struct kit *k, sampler_sink_fn *sink);
/* Takes the list; NULL: no answer. */
void watching_take(struct watching *w, enum engine_kind kind, struct sample *answer);
/* Begins the end of the threads. */
void watching_stop(struct watching *w);
/* After watching_stop(). Accepts a zeroed struct. */
void watching_release(struct watching *w);

#endif
