/* notify.h - what is worth a notification, and when one is taken back (mac-behaviour 17).
 *
 * A state machine without clock or I/O: told of looks, actions and absences, it leaves notes for
 * the caller to take. The rules:
 *   - Nothing for what the first list of an engine shows, nor the first after it was stopped: an
 *     engine that stops takes its containers with it, and the note about the engine says so.
 *   - A container ended: an exit code that is not 0. Not when we stopped it for the user, nor when
 *     somebody else asked it to end (it was seen stopping, or the code is that of INT or TERM).
 *   - NOTIFY_LOOP_ENDS such ends within NOTIFY_LOOP_S: one note about the loop, and nothing more of
 *     this container until NOTIFY_LOOP_S have passed without one, or the user acts on it.
 *   - Became unhealthy. Engine went down, unless the user stopped it here; came back only if its
 *     going was told. Action failed; one for several is told once, with their names.
 *   - More than NOTIFY_SINGLE_MAX out of one look, or more than one after an absence: one summary.
 *   - Taken back when its cause has gone: it runs again, is healthy or stopped, is removed.
 * Threads: one at a time. Memory: owns copies of all it keeps. Limits: those of snapshot.h. */
#ifndef CORE_NOTIFY_NOTIFY_H
#define CORE_NOTIFY_NOTIFY_H
#include "core/engine/snapshot.h"
#include "core/notify/note.h"

#define NOTIFY_SINGLE_MAX 3
#define NOTIFY_LOOP_ENDS 3
#define NOTIFY_LOOP_S 300

#define NOTIFY_MANY_NAMED 5 /* that are named when an action for several failed */

struct notify;

/* An action for several containers that failed for some. */
struct notify_many {
    enum op op;
    size_t failed, total;
    const struct valid_id *ids; /* of those that failed */
    size_t named;               /* of those that failed, at most NOTIFY_MANY_NAMED */
    const char *names[NOTIFY_MANY_NAMED], *reasons[NOTIFY_MANY_NAMED];
};

struct notify_muted {
    enum engine_kind engine;
    struct valid_id container; /* its id, or its name: that outlives its being made anew */
};

/* Zeroed: everything is told. */
struct notify_settings {
    bool off[NOTE_KIND_COUNT];
    const struct notify_muted *muted; /* copied */
    size_t muted_count;
};

/* `buttons`: what the user interface can do; no other button is shown. */
struct notify *notify_new(unsigned buttons);
/* Accepts NULL. */
void notify_free(struct notify *n);
/* Takes back what is shown of what is now off. */
void notify_set(struct notify *n, const struct notify_settings *settings);

/* A look has ended: `snap` is borrowed, NULL if there was nothing new. `look` is its number, as
 * refresh.h counts. */
void notify_look(struct notify *n, enum engine_kind kind, const struct snapshot *snap,
                 unsigned long look, int64_t now_s);
/* The engine is not looked at any more, as the user wants: all about it is taken back, and nobody
 * waits for it. Its next list is a first one. */
void notify_forget(struct notify *n, enum engine_kind kind);
/* A container ended so that it was worth telling, at this moment, before this program began: ends
 * are counted on from here. Oldest first, and before the first list of the engine; later than that
 * only for a container that it has. Nothing is told. */
void notify_remember(struct notify *n, enum engine_kind kind, const char *id, int64_t at_s);
/* An action of the user's begins; it ends, `look` being the last look begun by then. */
void notify_begin(struct notify *n, enum engine_kind kind, enum op op, const struct valid_id *id);
void notify_end(struct notify *n, enum engine_kind kind, const struct valid_id *id,
                unsigned long look);
/* It failed, or was refused, for the reason `why`, a sentence. */
void notify_fail(struct notify *n, enum engine_kind kind, enum op op, const struct valid_id *id,
                 const char *name, const char *why);
/* An action for several has ended: it failed for more than one. */
void notify_fail_many(struct notify *n, enum engine_kind kind, const struct notify_many *all);
/* The machine sleeps or the screen is locked: from here on news wait. */
void notify_away(struct notify *n);
/* It is over: they are told when each engine was looked at by a look later than looks[kind]. */
void notify_back(struct notify *n, const unsigned long looks[ENGINE_COUNT]);

/* Takes the next note to show or to take back, in order. False: there is none. */
bool notify_take(struct notify *n, struct note *out);

#endif
