/* outbox.h - notes on their way out: what waits to be told, what is to be shown or taken back, and
 * what the user does not want. Private to core/notify.
 *
 * Pure. Memory: owns its lists. Limits: as many wait as there are containers. */
#ifndef CORE_NOTIFY_OUTBOX_H
#define CORE_NOTIFY_OUTBOX_H
#include "core/notify/news.h"
#include "core/notify/notify.h"

/* What has become of the news about one thing: bits 1 << enum note_kind. Zeroed is nothing. */
struct told {
    unsigned shown, grouped, waiting; /* alone; in the summary; not yet */
    bool part; /* its failed action is one of those that the note about several tells */
};

/* Zeroed is empty. */
struct outbox {
    struct notify_settings settings; /* without the muted ones */
    struct notify_muted *muted;
    size_t muted_count;
    struct news *waiting; /* in the order they came */
    size_t waiting_count, waiting_size;
    struct note *out; /* from `taken` on, for outbox_take() */
    size_t out_count, out_size, taken;
    size_t grouped; /* causes that the summary tells and that are there still */
};

/* Accepts a zeroed struct; afterwards zeroed. */
void outbox_release(struct outbox *o);
/* Copies what it needs. */
void outbox_set(struct outbox *o, const struct notify_settings *settings);
/* `id` and `name` are "" for an engine. */
bool outbox_is_muted(const struct outbox *o, enum note_kind kind, enum engine_kind engine,
                     const char *id, const char *name);
/* Waits from here on, unless it is muted. */
void outbox_wait(struct outbox *o, const struct news *one, struct told *told);
/* A note to fill, the last one to go out. Valid until the next call. */
struct note *outbox_post(struct outbox *o);
/* The note with this key is taken back, whatever is known about it. */
void outbox_withdraw(struct outbox *o, enum note_kind kind, enum engine_kind engine,
                     const char *id);
/* The cause has gone: what waits is dropped, what is shown is taken back. */
void outbox_take_back(struct outbox *o, enum note_kind kind, enum engine_kind engine,
                      const char *id, struct told *told);
/* See notify_take(). */
bool outbox_take(struct outbox *o, struct note *out);

#endif
