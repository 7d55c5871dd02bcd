/* own.c - a short list, walked for each question. */
#include "core/notify/own.h"
#include "core/base/mem.h"
#include <string.h>

void own_release(struct own_list *l)
{
    mem_free(l->list);
    *l = (struct own_list){0};
}

static struct own *find(const struct own_list *l, enum engine_kind engine, const char *id)
{
    for (size_t i = 0; i < l->count; i++) {
        if (l->list[i].engine == engine && strcmp(l->list[i].id.text, id) == 0)
            return &l->list[i];
    }
    return NULL;
}

static bool may_end(enum op op)
{
    return op == OP_STOP || op == OP_KILL || op == OP_RESTART || op == OP_REMOVE ||
           op == OP_REMOVE_FORCE || op == OP_SERVICE_STOP || op == OP_SERVICE_RESTART;
}

void own_begin(struct own_list *l, enum engine_kind engine, enum op op, const struct valid_id *id)
{
    struct own *own = find(l, engine, id->text);

    if (!may_end(op))
        return;
    if (own == NULL) {
        if (l->count == l->size) {
            l->size = l->size == 0 ? 8 : l->size * 2;
            l->list = mem_grow(l->list, l->size, sizeof *l->list);
        }
        own = &l->list[l->count++];
    }
    *own = (struct own){.engine = engine, .id = *id};
}

void own_end(struct own_list *l, enum engine_kind engine, const struct valid_id *id,
             unsigned long look)
{
    struct own *own = find(l, engine, id->text);

    if (own == NULL)
        return;
    own->ended = true;
    own->look = look;
}

void own_looked(struct own_list *l, enum engine_kind engine, unsigned long look)
{
    for (size_t i = l->count; i > 0; i--) {
        struct own *own = &l->list[i - 1];

        if (own->engine == engine && own->ended && look > own->look)
            *own = l->list[--l->count];
    }
}

bool own_has(const struct own_list *l, enum engine_kind engine, const char *id)
{
    return find(l, engine, id) != NULL;
}
