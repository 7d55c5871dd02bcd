/* history.c - see history.h: two lists sorted by id, walked side by side. */
#include "core/store/history.h"
#include <stdlib.h>
#include <string.h>

#define EVENTS_EACH 3 /* it stopped, started again, and is unhealthy */

struct compare {
    const struct history_lists *lists;
    struct arena *arena;
    struct store_events *out; /* with room for all that may happen */
};

static int by_id(const void *a, const void *b)
{
    const struct container *const *x = a, *const *y = b;

    return strcmp((*x)->arg.text, (*y)->arg.text);
}

/* The containers that are compared, in the order of their ids; for mem_free(). */
static const struct container **sorted(const struct snapshot *s, size_t *count)
{
    const struct container **list = mem_new_array(s->count, sizeof *list);

    *count = 0;
    for (size_t i = 0; i < s->count; i++)
        if (!s->list[i].infra && s->list[i].arg.text[0] != '\0')
            list[(*count)++] = &s->list[i];
    if (*count > 0)
        qsort(list, *count, sizeof *list, by_id);
    return list;
}

/* A time that the engine tells, where it can be one of between the two looks. */
static int64_t moment(const struct compare *c, bool known, int64_t at_s)
{
    const struct history_lists *l = c->lists;

    if (!known || at_s > l->now_s || at_s < l->before->taken_s - LIFE_SKEW_S)
        return l->now_s;
    return at_s;
}

static struct store_event *add(struct compare *c, const struct container *about,
                               enum life_event what, int64_t at_s)
{
    struct store_event *e = &c->out->list[c->out->count++];

    *e = (struct store_event){.at_s = at_s,
                              .engine = c->lists->now->kind,
                              .container = arena_str(c->arena, about->arg.text),
                              .name = arena_str(c->arena, about->name),
                              .what = life_event_word(what),
                              .ran_s = -1};
    return e;
}

/* `run` is a list's word about the run that ended at end_s; a newer one has the next run's start.
 */
static void set_length(struct store_event *e, const struct container *run, int64_t end_s)
{
    if (run != NULL && run->has_started && run->started_s <= end_s)
        e->ran_s = end_s - run->started_s;
}

static void add_start(struct compare *c, const struct container *now)
{
    add(c, now, LIFE_STARTED, moment(c, now->has_started, now->started_s));
}

/* It runs again. Of one that nobody asked to, only that is known. */
static void add_turn(struct compare *c, const struct container *old, const struct container *now,
                     bool wanted)
{
    int64_t at_s = moment(c, now->has_started, now->started_s);

    set_length(add(c, now, wanted ? LIFE_STOPPED : LIFE_RESTARTED, at_s), old, at_s);
    if (wanted)
        add_start(c, now);
}

static void add_end(struct compare *c, const struct container *old, const struct container *now,
                    bool well)
{
    int64_t at_s = moment(c, now->has_finished, now->finished_s);
    struct store_event *e = add(c, now, well ? LIFE_STOPPED : LIFE_DIED, at_s);

    e->has_exit_code = life_is_over(now->state) && now->has_exit_code;
    e->exit_code = e->has_exit_code ? now->exit_code : 0;
    set_length(e, now->has_started ? now : old, at_s);
}

static void compare_end(struct compare *c, const struct container *old, const struct container *now,
                        const struct life *then)
{
    const struct history_lists *l = c->lists;
    bool well = life_ended_well(then, now) || l->wanted(l->ctx, l->now->kind, now->arg.text);

    if (now->state == STATE_RUNNING)
        add_turn(c, old, now, well);
    else
        add_end(c, old, now, well);
}

/* Of what is in the newer list; `old` is NULL if it was not in the older one. */
static void compare_one(struct compare *c, const struct container *old, const struct container *now)
{
    const struct history_lists *l = c->lists;
    const struct life after = life_of(now), before = old != NULL ? life_of(old) : after;
    const struct life *then = old != NULL ? &before : NULL;
    bool was_up = old != NULL && life_is_up(old->state), is_up = life_is_up(now->state);
    bool was_sick = was_up && old->health == HEALTH_UNHEALTHY;

    if (old == NULL && now->state == STATE_CREATED)
        add(c, now, LIFE_CREATED, l->now_s);
    if (life_ended(then, &after, l->before->taken_s))
        compare_end(c, old, now, then);
    else if (is_up && !was_up)
        add_start(c, now);
    if (is_up && now->health == HEALTH_UNHEALTHY && !was_sick)
        add(c, now, LIFE_UNHEALTHY, l->now_s);
}

void history_compare(const struct history_lists *lists, struct arena *a, struct store_events *out)
{
    size_t olds, news, i = 0, j = 0;
    const struct container **before = sorted(lists->before, &olds);
    const struct container **now = sorted(lists->now, &news);
    struct store_event *room = mem_new_array(olds + EVENTS_EACH * news, sizeof *room);
    struct compare c = {lists, a, out};

    *out = (struct store_events){.list = room};
    while (i < olds || j < news) {
        int order = i == olds ? 1 : j == news ? -1 : by_id(&before[i], &now[j]);

        if (order < 0)
            add(&c, before[i], LIFE_REMOVED, lists->now_s);
        else
            compare_one(&c, order == 0 ? before[i] : NULL, now[j]);
        i += order <= 0;
        j += order >= 0;
    }
    out->list = out->count > 0 ? arena_new_array(a, out->count, sizeof *room) : NULL;
    if (out->count > 0)
        memcpy(out->list, room, out->count * sizeof *room);
    mem_free(room);
    mem_free(before);
    mem_free(now);
}

bool history_is_bad_end(const struct store_event *e)
{
    enum life_event what;

    return life_event_from_word(e->what, &what) && (what == LIFE_DIED || what == LIFE_RESTARTED);
}
