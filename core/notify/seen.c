/* seen.c - a sorted array, searched by halves. */
#include "core/notify/seen.h"
#include <stdlib.h>
#include <string.h>

void seen_release(struct seen_list *l)
{
    mem_free(l->list);
    arena_release(&l->arena);
    *l = (struct seen_list){0};
}

static int by_id(const void *a, const void *b)
{
    const struct seen *one = a, *two = b;

    return strcmp(one->id, two->id);
}

struct seen *seen_find(const struct seen_list *l, const char *id)
{
    const struct seen key = {.id = id};

    return l->count == 0 ? NULL : bsearch(&key, l->list, l->count, sizeof key, by_id);
}

struct seen *seen_add(struct seen_list *l, const char *id)
{
    l->list = mem_grow(l->list, l->count + 1, sizeof *l->list);
    l->list[l->count++] =
        (struct seen){.id = arena_str(&l->arena, id), .name = "", .state = STATE_UNKNOWN};
    qsort(l->list, l->count, sizeof *l->list, by_id);
    return seen_find(l, id);
}

static void take_over(struct seen *s, const struct seen *old)
{
    s->told = old->told;
    memcpy(s->ends_s, old->ends_s, sizeof s->ends_s);
    s->ends = old->ends;
    s->looping = old->looping;
}

void seen_make(struct seen_list *l, const struct snapshot *s, const struct seen_list *old)
{
    *l = (struct seen_list){.list = mem_new_array(s->count, sizeof *l->list)};
    for (size_t i = 0; i < s->count; i++) {
        const struct container *c = &s->list[i];
        const struct seen *before;

        if (c->arg.text[0] == '\0')
            continue; /* nothing can be done to it, so nothing is told of it */
        l->list[l->count++] = (struct seen){
            .id = arena_str(&l->arena, c->arg.text),
            .name = arena_str(&l->arena, c->name),
            .state = c->state,
            .health = c->health,
            .has_started = c->has_started,
            .has_finished = c->has_finished,
            .started_s = c->started_s,
            .finished_s = c->finished_s,
        };
        before = seen_find(old, c->arg.text);
        if (before != NULL)
            take_over(&l->list[l->count - 1], before);
    }
    if (l->count > 0)
        qsort(l->list, l->count, sizeof *l->list, by_id);
}
