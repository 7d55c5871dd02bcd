/* own.h - containers that an action of ours may be ending, so that their end is no news, and
 * engines (with the id ""): for core/notify, and for the history in core/kit.
 *
 * An entry stays until a look that began after the action's end, as core/kit/marks.h has it, but
 * however long that takes. Few at a time. Pure. Memory: owns its list. */
#ifndef CORE_NOTIFY_OWN_H
#define CORE_NOTIFY_OWN_H
#include "core/exec/cmd.h"

struct own {
    enum engine_kind engine;
    struct valid_id id;
    bool ended;
    unsigned long look; /* the last one that may have begun before the end */
};

/* Zeroed is empty. */
struct own_list {
    struct own *list;
    size_t count, size;
};

/* Accepts a zeroed struct; afterwards zeroed. */
void own_release(struct own_list *l);
/* Nothing happens for an operation that ends no container. */
void own_begin(struct own_list *l, enum engine_kind engine, enum op op, const struct valid_id *id);
/* The action has ended, well or not. Accepts one that is not there. */
void own_end(struct own_list *l, enum engine_kind engine, const struct valid_id *id,
             unsigned long look);
/* After the list of a look with this number was compared. */
void own_looked(struct own_list *l, enum engine_kind engine, unsigned long look);
bool own_has(const struct own_list *l, enum engine_kind engine, const char *id);

#endif
