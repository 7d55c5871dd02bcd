/* news.h - something that happened and may become a note. Private to core/notify.
 *
 * Small, for many may wait; the sentences are made when it is told. Pure. Memory: none of its
 * own. */
#ifndef CORE_NOTIFY_NEWS_H
#define CORE_NOTIFY_NEWS_H
#include "core/engine/snapshot.h"
#include "core/notify/note.h"
#include "core/notify/notify.h"

#define NEWS_NAME_MAX 192 /* 48 characters, each of four bytes at the most */

struct news {
    enum note_kind kind; /* not NOTE_FAILURE, not NOTE_SUMMARY */
    enum engine_kind engine;
    enum engine_state state; /* of NOTE_ENGINE: ENGINE_RUNNING is "it came back" */
    struct valid_id id;      /* "" of NOTE_ENGINE */
    char name[NEWS_NAME_MAX];
    int64_t number; /* exit code, or containers that run */
    unsigned buttons;
};

/* The key of a note: "podman/<id>/exit"; "podman/engine"; "summary". */
void news_key(enum note_kind kind, enum engine_kind engine, const char *id, char out[NOTE_KEY_MAX]);
/* A name as it is shown: safe, cut. */
void news_name(const char *name, char out[NEWS_NAME_MAX]);
/* The note about one. */
void news_note(const struct news *one, struct note *out);
/* The note about all of them, `away`: after an absence. */
void news_summary(const struct news *all, size_t count, bool away, struct note *out);
/* The note about a failed action; name and why come from outside. */
void news_failure(enum engine_kind engine, enum op op, const struct valid_id *id, const char *name,
                  const char *why, struct note *out);
/* The note about an action for several, the last one of its engine. */
void news_failures(enum engine_kind engine, const struct notify_many *all, struct note *out);

#endif
