/* menu_remove.h - what the user is asked before a container is removed, and what is lost then.
 *
 * None of the commands that remove one takes volumes along, also not those without a name (`docker
 * rm` and `container delete` have options of their own for that). But one that removes itself,
 * which docker's list does not tell, may be quicker, and then they go (podman 4.3.1, seen both
 * ways). Pure. Memory: the arena's. */
#ifndef CORE_MENU_MENU_REMOVE_H
#define CORE_MENU_MENU_REMOVE_H
#include "core/menu/menu_ask.h"

/* Fills *out for a container as it is now. What a yes means: OP_REMOVE, or OP_REMOVE_FORCE for one
 * that does not rest. */
enum op menu_ask_remove(struct arena *a, enum engine_kind kind, const struct container *c,
                        struct menu_question *out);

#endif
