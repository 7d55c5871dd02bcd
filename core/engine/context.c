/* context.c - see context.h. */
#include "core/engine/context.h"
#include "core/base/mem.h"
#include <pthread.h>
#include <string.h>

struct contexts {
    pthread_mutex_t lock;
    struct valid_id chosen[ENGINE_COUNT];
};

struct contexts *contexts_new(void)
{
    struct contexts *c = mem_new(sizeof *c);

    MUST(pthread_mutex_init(&c->lock, NULL) == 0);
    return c;
}

void contexts_free(struct contexts *c)
{
    if (c == NULL)
        return;
    MUST(pthread_mutex_destroy(&c->lock) == 0);
    mem_free(c);
}

bool context_has(enum engine_kind kind)
{
    return cmd_has(kind, OP_CONTEXTS);
}

void contexts_set(struct contexts *c, enum engine_kind kind, const char *name)
{
    struct valid_id id = {""};

    if (!context_has(kind))
        return;
    MUST(name[0] == '\0' || valid_id(name, strlen(name), &id, NULL) == RC_OK);
    MUST(pthread_mutex_lock(&c->lock) == 0);
    c->chosen[kind] = id;
    MUST(pthread_mutex_unlock(&c->lock) == 0);
}

void contexts_get(struct contexts *c, enum engine_kind kind, struct valid_id *out)
{
    *out = (struct valid_id){""};
    if (c == NULL)
        return;
    MUST(pthread_mutex_lock(&c->lock) == 0);
    *out = c->chosen[kind];
    MUST(pthread_mutex_unlock(&c->lock) == 0);
}
