/* past.c - see past.h. */
#include "core/kit/past.h"
#include "core/store/history.h"
#include <stdio.h>
#include <string.h>

void past_release(struct past *p)
{
    own_release(&p->own);
}

/* In front of those that are there; the oldest goes. An event that only a newer version knows is
 * left out. */
static void add_latest(struct past *p, const struct store_event *e)
{
    struct menu_past one = {.at_s = e->at_s,
                            .engine = e->engine,
                            .has_exit_code = e->has_exit_code,
                            .exit_code = e->exit_code};

    if (!life_event_from_word(e->what, &one.what))
        return;
    snprintf(one.name, sizeof one.name, "%s", e->name);
    if (p->count < MENU_PAST_MAX)
        p->count++;
    memmove(&p->latest[1], &p->latest[0], (p->count - 1) * sizeof one);
    p->latest[0] = one;
}

void past_kept(struct past *p, const struct kept *kept, struct notify *notify, int64_t now_s)
{
    for (size_t i = kept->events.count; i > 0; i--) {
        const struct store_event *e = &kept->events.list[i - 1];

        add_latest(p, e);
        if (notify != NULL && history_is_bad_end(e) && e->at_s <= now_s &&
            now_s - e->at_s <= NOTIFY_LOOP_S)
            notify_remember(notify, e->engine, e->container, e->at_s);
    }
}

static bool wanted(void *ctx, enum engine_kind engine, const char *id)
{
    const struct past *p = ctx;

    return own_has(&p->own, engine, id);
}

static bool compare(struct past *p, const struct snapshot *before, const struct snapshot *now,
                    int64_t now_s)
{
    const struct history_lists lists = {before, now, now_s, wanted, p};
    struct store_events events;
    struct arena a = {0};
    bool any;

    history_compare(&lists, &a, &events);
    any = events.count > 0;
    for (size_t i = 0; i < events.count; i++)
        add_latest(p, &events.list[i]);
    keeper_events(p->keeper, events.list, events.count);
    arena_release(&a);
    return any;
}

bool past_look(struct past *p, const struct snapshot *before, const struct snapshot *now,
               unsigned long look, int64_t now_s)
{
    const struct snapshot *newest = now != NULL ? now : before;
    bool any = false;

    if (newest == NULL)
        return false;
    if (now != NULL && now->state == ENGINE_RUNNING && !now->stale) {
        any = p->keeper != NULL && p->listed[now->kind] && compare(p, before, now, now_s);
        p->listed[now->kind] = true;
    } else if (now != NULL && (now->state == ENGINE_STOPPED || now->state == ENGINE_MISSING)) {
        p->listed[now->kind] = false; /* it takes its containers with it (notify.h) */
    }
    if (newest->state == ENGINE_RUNNING)
        own_looked(&p->own, newest->kind, look);
    return any;
}

void past_forget(struct past *p, enum engine_kind kind)
{
    p->listed[kind] = false;
}

/* False if `found` has a list of its own, or none is to be shown with it. Else its state is put
 * onto the list `kept`. */
static bool carry(struct snapshot *kept, const struct snapshot *found)
{
    if (kept->count == 0 || !kept->stale || found->taken_s != 0 || found->state == ENGINE_MISSING)
        return false;
    kept->state = found->state;
    kept->why = arena_str(&kept->arena, found->why);
    kept->version = arena_str(&kept->arena, found->version);
    kept->context = arena_str(&kept->arena, found->context);
    kept->service = found->service;
    return true;
}

static void put(struct snapshot **shown, struct snapshot *s)
{
    snapshot_free(*shown);
    *shown = s;
}

void past_show(struct snapshot **shown, struct snapshot *kept)
{
    if (*shown == NULL || carry(kept, *shown))
        put(shown, kept);
    else
        snapshot_free(kept);
}

void past_replace(struct snapshot **shown, struct snapshot *found)
{
    if (*shown != NULL && carry(*shown, found))
        snapshot_free(found);
    else
        put(shown, found);
}
