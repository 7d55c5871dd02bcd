/* watching.c - see watching.h. */
#include "core/kit/watching.h"
#include "core/kit/kit_inside.h"
#include "core/menu/menu_container.h"

/* Of engines that do not answer nothing is asked, and nothing of a container that does not run:
 * podman would tell zeros, Apple's nothing, after two seconds. */
static void want_of(const struct kit *k, enum engine_kind kind, struct sampler_want *want)
{
    const struct watching *w = &k->watching;
    const struct snapshot *s = k->snaps[kind];
    const struct container *c = NULL;

    *want = (struct sampler_want){0};
    if (!k->on[kind] || k->asleep || s == NULL || !menu_answers(s))
        return;
    want->all =
        w->menu_open && k->settings.number[SETTING_SHOW_STATS] != 0 && snapshot_running(s) > 0;
    if (!w->one_open || w->engine != kind)
        return;
    c = marks_container(s, &w->id);
    want->one = c != NULL && c->state == STATE_RUNNING;
    want->id = w->id;
}

void watching_apply(struct kit *k, sampler_sink_fn *sink)
{
    struct watching *w = &k->watching;
    struct sampler_want want;

    for (int i = 0; i < ENGINE_COUNT; i++) {
        enum engine_kind kind = (enum engine_kind)i;

        want_of(k, kind, &want);
        if (w->samplers[i] == NULL && (want.all || want.one))
            w->samplers[i] = sampler_new(k->config.spawner, k->config.where, kind, sink, k);
        if (w->samplers[i] != NULL)
            sampler_want(w->samplers[i], &want);
    }
}

void watching_take(struct watching *w, enum engine_kind kind, struct sample *answer)
{
    if (answer == NULL) {
        w->books[kind].failed = true;
        return;
    }
    usage_add(&w->books[kind], answer->list, answer->count, answer->at_ms);
    mem_free(answer->list);
    answer->list = NULL;
}

void watching_stop(struct watching *w)
{
    for (int i = 0; i < ENGINE_COUNT; i++)
        sampler_stop(w->samplers[i]);
}

void watching_release(struct watching *w)
{
    for (int i = 0; i < ENGINE_COUNT; i++) {
        sampler_free(w->samplers[i]);
        usage_release(&w->books[i]);
    }
    *w = (struct watching){0};
}
