/* answers.h - clicked buttons of notifications that wait until their engine was looked at. Private
 * to core/kit. Pure; home thread. */
#ifndef CORE_KIT_ANSWERS_H
#define CORE_KIT_ANSWERS_H
#include "core/kit/kit.h"

struct answer {
    enum engine_kind engine;
    struct valid_id id;
    enum note_button button;
};

/* Zeroed is empty. */
struct answers {
    struct answer waiting[KIT_ANSWERS_MAX]; /* oldest first */
    size_t count;
};

/* Nothing happens if it is full: nobody clicks that often. */
void answers_add(struct answers *a, enum engine_kind engine, const struct valid_id *id,
                 enum note_button button);
/* The oldest one for this engine. False: there is none. */
bool answers_take(struct answers *a, enum engine_kind engine, struct answer *out);

#endif
