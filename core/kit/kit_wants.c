/* kit_wants.c - what the user wants looked at, where, and told of: engines, contexts, muted
 * containers. */
#include "core/kit/choice.h"
#include "core/kit/kit_inside.h"
#include <stdio.h>
#include <string.h>

void kit_switch_engine(struct kit *k, enum engine_kind kind, bool on)
{
    if (on == k->on[kind])
        return;
    k->on[kind] = on;
    refresh_tell(k->refresh[kind], on ? SCHEDULE_ON : SCHEDULE_OFF);
    if (on)
        return;
    k->moved_at[kind] = refresh_looks(k->refresh[kind]);
    past_forget(&k->past, kind);
    if (k->notify != NULL)
        notify_forget(k->notify, kind);
    kit_hand_notes_over(k);
}

void kit_move_engine(struct kit *k, enum engine_kind kind, const char *context)
{
    if (strcmp(k->context[kind].text, context) == 0)
        return;
    snprintf(k->context[kind].text, sizeof k->context[kind].text, "%s", context);
    contexts_set(k->config.where->contexts, kind, context);
    k->moved_at[kind] = refresh_move(k->refresh[kind]);
    snapshot_free(k->snaps[kind]);
    k->snaps[kind] = NULL;
    marks_forget_engine(&k->marks, kind);
    past_forget(&k->past, kind);
    if (k->notify != NULL)
        notify_forget(k->notify, kind);
}

void kit_apply_notes(struct kit *k)
{
    const struct name_list *names = &k->names.of[STORE_MUTED];
    struct notify_muted *muted = mem_new_array(names->count, sizeof *muted);
    struct notify_settings notes;

    choice_notes(&k->settings, &notes);
    notes.muted = muted;
    for (size_t i = 0; i < names->count; i++) {
        struct notify_muted *m = &muted[notes.muted_count];

        m->engine = names->list[i].engine;
        if (valid_id(names->list[i].name, strlen(names->list[i].name), &m->container, NULL) ==
            RC_OK)
            notes.muted_count++;
    }
    kit_notify(k, &notes);
    mem_free(muted);
}

void kit_notify(struct kit *k, const struct notify_settings *settings)
{
    if (k->notify != NULL)
        notify_set(k->notify, settings);
    kit_hand_notes_over(k);
}

const struct menu_name *kit_muted(const struct kit *k, size_t *count)
{
    *count = k->names.of[STORE_MUTED].count;
    return k->names.of[STORE_MUTED].list;
}

void kit_ask_contexts(struct kit *k)
{
    places_ask(k->places);
}

unsigned kit_contexts_told(const struct kit *k)
{
    return k->contexts_told;
}

const struct context_list *kit_contexts(const struct kit *k, enum engine_kind kind)
{
    return k->has_contexts[kind] ? &k->contexts[kind] : NULL;
}

/* Apple's alone: the others are apps or machines of their own (docs/decisions/036-service.md). */
bool kit_may_end(const struct kit *k, enum engine_kind kind)
{
    return kind == ENGINE_APPLE && k->config.where->mac && k->started[kind] &&
           k->snaps[kind] != NULL && k->snaps[kind]->service == SERVICE_RUNNING;
}
