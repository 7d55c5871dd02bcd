/* remove_question.h - what a person is asked before a container is removed, and what is lost then.
 *
 * None of the commands that remove one takes volumes along, also not those without a name, nor of a
 * container that removes itself (podman 4.3.1, tried; `docker rm` and `container delete` have
 * options of their own for that). Pure. Memory: all text is the arena's and safe to show. */
#ifndef CORE_MENU_REMOVE_QUESTION_H
#define CORE_MENU_REMOVE_QUESTION_H
#include "core/engine/snapshot.h"

struct remove_question {
    const char *title, *question, *lost, *verb;
    enum op op; /* what a yes means: OP_REMOVE, or OP_REMOVE_FORCE for one that does not rest */
};

/* Fills *out for a container as it is now. */
void remove_question(struct arena *a, enum engine_kind kind, const struct container *c,
                     struct remove_question *out);

#endif
