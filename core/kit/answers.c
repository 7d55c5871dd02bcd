/* answers.c - see answers.h. */
#include "core/kit/answers.h"
#include <string.h>

void answers_add(struct answers *a, enum engine_kind engine, const struct valid_id *id,
                 enum note_button button)
{
    if (a->count < KIT_ANSWERS_MAX)
        a->waiting[a->count++] = (struct answer){engine, *id, button};
}

bool answers_take(struct answers *a, enum engine_kind engine, struct answer *out)
{
    for (size_t i = 0; i < a->count; i++) {
        struct answer *w = &a->waiting[i];

        if (w->engine != engine)
            continue;
        *out = *w;
        a->count--;
        memmove(w, w + 1, (a->count - i) * sizeof *w);
        return true;
    }
    return false;
}
