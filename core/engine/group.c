/* group.c - see group.h. */
#include "core/engine/group.h"
#include "core/engine/state.h"
#include <string.h>

const char *group_project(const struct container *c)
{
    if (c->infra || c->project == NULL || c->project[0] == '\0')
        return NULL;
    return strlen(c->project) <= GROUP_PROJECT_MAX ? c->project : NULL;
}

bool group_has(const struct container *c, const char *project)
{
    const char *own = group_project(c);

    if (project == NULL)
        return !c->infra;
    return own != NULL && strcmp(own, project) == 0;
}

bool group_op(enum engine_kind kind, enum op op, const struct container *c, enum op *out)
{
    *out = op == OP_START && c->state == STATE_PAUSED ? OP_UNPAUSE : op;
    return state_allows(kind, *out, c);
}
