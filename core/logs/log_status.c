/* log_status.c - see log_status.h. */
#include "core/logs/log_status.h"
#include "core/words/words.h"
#include <string.h>

static const struct container *find(const struct snapshot *snap, const struct valid_id *id)
{
    for (size_t i = 0; i < snap->count; i++)
        if (strcmp(snap->list[i].arg.text, id->text) == 0)
            return &snap->list[i];
    return NULL;
}

static bool may_write(enum container_state state)
{
    return state == STATE_RUNNING || state == STATE_RESTARTING || state == STATE_PAUSED ||
           state == STATE_STOPPING;
}

struct log_subject log_subject(const struct snapshot *snap, const struct valid_id *id)
{
    const struct container *c;

    if (snap != NULL && snap->state == ENGINE_STOPPED)
        return (struct log_subject){.known = true};
    if (snap == NULL || snap->stale ||
        (snap->state != ENGINE_RUNNING && snap->state != ENGINE_MISMATCH))
        return (struct log_subject){.known = false};
    c = find(snap, id);
    return (struct log_subject){
        .known = true, .gone = c == NULL, .runs = c != NULL && may_write(c->state)};
}

const char *log_status(struct arena *a, const struct log_view *v)
{
    if (v->paused)
        return v->below > 0 ? word_count(a, WORD_LOGS_PAUSED_1, (int64_t)v->below)
                            : word(WORD_LOGS_PAUSED);
    if (!v->follows && v->below > 0)
        return word_count(a, WORD_LOGS_BELOW_1, (int64_t)v->below);
    if (v->subject.gone)
        return word(WORD_LOGS_GONE);
    if (v->news->why[0] != '\0')
        return v->news->why;
    if (v->subject.known && !v->subject.runs)
        return word(WORD_LOGS_ENDED);
    return word(v->news->reading ? WORD_LOGS_FOLLOWS : WORD_LOGS_ASKING);
}
