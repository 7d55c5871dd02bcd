/* life.c - see life.h. */
#include "core/engine/life.h"
#include <string.h>

static const char *const words[LIFE_EVENT_COUNT] = {
    [LIFE_CREATED] = "created", [LIFE_STARTED] = "started", [LIFE_RESTARTED] = "restarted",
    [LIFE_STOPPED] = "stopped", [LIFE_DIED] = "died",       [LIFE_UNHEALTHY] = "unhealthy",
    [LIFE_REMOVED] = "removed",
};

const char *life_event_word(enum life_event event)
{
    MUST((unsigned)event < LIFE_EVENT_COUNT);
    return words[event];
}

bool life_event_from_word(const char *word, enum life_event *out)
{
    for (int i = 0; i < LIFE_EVENT_COUNT; i++) {
        if (strcmp(word, words[i]) == 0) {
            *out = (enum life_event)i;
            return true;
        }
    }
    return false;
}

struct life life_of(const struct container *c)
{
    return (struct life){.state = c->state,
                         .has_started = c->has_started,
                         .has_finished = c->has_finished,
                         .started_s = c->started_s,
                         .finished_s = c->finished_s};
}

bool life_is_up(enum container_state state)
{
    return state == STATE_RUNNING || state == STATE_PAUSED;
}

bool life_is_over(enum container_state state)
{
    return state == STATE_STOPPED || state == STATE_DEAD;
}

bool life_ended(const struct life *before, const struct life *now, int64_t before_taken_s)
{
    bool over = life_is_over(now->state);

    if (before == NULL)
        return over && !(now->has_finished && now->finished_s < before_taken_s - LIFE_SKEW_S);
    if (over && !life_is_over(before->state))
        return true;
    if (over)
        return now->has_finished && before->has_finished && now->finished_s > before->finished_s;
    if (now->state == STATE_RESTARTING && before->state != STATE_RESTARTING)
        return true;
    return now->state == STATE_RUNNING && life_is_up(before->state) && now->has_started &&
           before->has_started && now->started_s > before->started_s;
}

bool life_ended_well(const struct life *before, const struct container *now)
{
    static const int64_t interrupted = 128 + 2, terminated = 128 + 15;

    if (before != NULL && (before->state == STATE_STOPPING || before->state == STATE_REMOVING))
        return true;
    if (!life_is_over(now->state))
        return false;
    return !now->has_exit_code || now->exit_code == 0 || now->exit_code == interrupted ||
           now->exit_code == terminated;
}
