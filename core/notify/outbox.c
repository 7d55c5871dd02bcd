/* outbox.c - see outbox.h. Few wait at a time, so each question walks the list. */
#include "core/notify/outbox.h"
#include <string.h>

#define BIT(kind) (1u << (kind))

void outbox_release(struct outbox *o)
{
    mem_free(o->muted);
    mem_free(o->waiting);
    mem_free(o->out);
    *o = (struct outbox){0};
}

void outbox_set(struct outbox *o, const struct notify_settings *settings)
{
    size_t count = settings->muted_count;

    o->settings = *settings;
    o->settings.muted = NULL;
    mem_free(o->muted);
    o->muted = mem_new_array(count, sizeof *o->muted);
    if (count > 0)
        memcpy(o->muted, settings->muted, count * sizeof *o->muted);
    o->muted_count = count;
}

bool outbox_is_muted(const struct outbox *o, enum note_kind kind, enum engine_kind engine,
                     const char *id, const char *name)
{
    if (o->settings.off[kind])
        return true;
    for (size_t i = 0; i < o->muted_count; i++) {
        const char *muted = o->muted[i].container.text;

        if (o->muted[i].engine == engine && (strcmp(muted, id) == 0 || strcmp(muted, name) == 0))
            return true;
    }
    return false;
}

void outbox_wait(struct outbox *o, const struct news *one, struct told *told)
{
    if (o->waiting_count == o->waiting_size) {
        o->waiting_size = o->waiting_size == 0 ? 4 : o->waiting_size * 2;
        o->waiting = mem_grow(o->waiting, o->waiting_size, sizeof *o->waiting);
    }
    o->waiting[o->waiting_count++] = *one;
    told->waiting |= BIT(one->kind);
}

struct note *outbox_post(struct outbox *o)
{
    if (o->out_count == o->out_size) {
        o->out_size = o->out_size == 0 ? 4 : o->out_size * 2;
        o->out = mem_grow(o->out, o->out_size, sizeof *o->out);
    }
    return &o->out[o->out_count++];
}

void outbox_withdraw(struct outbox *o, enum note_kind kind, enum engine_kind engine, const char *id)
{
    struct note *note = outbox_post(o);

    *note = (struct note){.kind = kind, .engine = engine, .withdrawn = true};
    news_key(kind, engine, id, note->key);
}

static void drop(struct outbox *o, enum note_kind kind, enum engine_kind engine, const char *id)
{
    for (size_t i = o->waiting_count; i > 0; i--) {
        struct news *w = &o->waiting[i - 1];

        if (w->kind != kind || w->engine != engine || strcmp(w->id.text, id) != 0)
            continue;
        o->waiting_count--;
        memmove(w, w + 1, (o->waiting_count - (i - 1)) * sizeof *w);
    }
}

void outbox_take_back(struct outbox *o, enum note_kind kind, enum engine_kind engine,
                      const char *id, struct told *told)
{
    if (told->waiting & BIT(kind))
        drop(o, kind, engine, id);
    if (told->shown & BIT(kind))
        outbox_withdraw(o, kind, engine, id);
    if (told->grouped & BIT(kind))
        o->grouped--;
    told->waiting &= ~BIT(kind);
    told->shown &= ~BIT(kind);
    told->grouped &= ~BIT(kind);
}

bool outbox_take(struct outbox *o, struct note *out)
{
    if (o->taken == o->out_count) {
        o->taken = o->out_count = 0;
        return false;
    }
    *out = o->out[o->taken++];
    return true;
}
