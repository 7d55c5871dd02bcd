/* kit_inside.h - what the files of the kit share. Private to core/kit; home thread, but for what
 * kit.c says. */
#ifndef CORE_KIT_KIT_INSIDE_H
#define CORE_KIT_KIT_INSIDE_H
#include "core/base/worker.h"
#include "core/kit/answers.h"
#include "core/kit/kit.h"
#include "core/kit/many.h"
#include "core/kit/names.h"
#include "core/kit/openings.h"
#include "core/kit/past.h"
#include "core/kit/places.h"
#include "core/kit/recent.h"
#include "core/kit/watching.h"
#include <stdatomic.h>

struct door;
struct update_row;

struct kit {
    struct kit_config config;
    struct door *door;
    struct refresh *refresh[ENGINE_COUNT];
    struct queue *queue;
    struct openings *openings;
    struct places *places;
    struct context_list contexts[ENGINE_COUNT];
    bool has_contexts[ENGINE_COUNT];
    unsigned contexts_told;
    struct inspections *inspections;
    struct dns_book *dns; /* NULL until first asked for */

    struct snapshot *snaps[ENGINE_COUNT];
    struct marks marks;
    struct manies many;
    struct names names;
    struct notify *notify; /* NULL: nobody shows notes */
    struct answers answers;
    struct settings settings;
    struct past past;
    bool on[ENGINE_COUNT];                 /* it is looked at */
    struct valid_id context[ENGINE_COUNT]; /* where it is asked */
    bool started[ENGINE_COUNT];            /* its service was started by us */
    unsigned long moved_at[ENGINE_COUNT];  /* looks up to this one count no more */
    char trouble[FAULT_TEXT_MAX];          /* about what is kept; "" for none */
    struct recent recent;
    struct watching watching;
    bool asleep, locked;
    struct menu_window windows[MENU_WINDOWS_MAX];
    size_t window_count;
    struct update_row *update; /* NULL until there is something to say */
    struct worker *bell;       /* NULL until first needed: rings when a mark is too old */
    _Atomic int64_t ring_at;   /* clock_ms(); 0: not at all */
};

/* The engine is looked at from here on, or is not. */
void kit_switch_engine(struct kit *k, enum engine_kind kind, bool on);
/* It is asked in this context, "" for its own choice: nothing of the place before is true of it. */
void kit_move_engine(struct kit *k, enum engine_kind kind, const char *context);
/* Its service was started here, and was seen to end with the app that started it, on a Mac. */
bool kit_may_end(const struct kit *k, enum engine_kind kind);
/* Which notes are wanted, as the settings and the muted names say. */
void kit_apply_notes(struct kit *k);
/* The menu would look different now. */
void kit_changed(struct kit *k);
/* Gives the notes that are due to the user interface. */
void kit_hand_notes_over(struct kit *k);
/* The one place where an action of the user's fails. */
void kit_fail(struct kit *k, enum engine_kind kind, enum op op, const struct valid_id *id,
              const char *name, const struct fault *why);
/* The same for a container that has no action of ours to know its name by. */
void kit_fail_of(struct kit *k, enum engine_kind kind, enum op op, const struct valid_id *id,
                 const struct fault *why);
/* Gives one action to the queue, as a part of the one for several with that number, or 0. */
NODISCARD enum rc kit_begin(struct kit *k, enum engine_kind kind, enum op op,
                            const struct container *c, const struct valid_id *id, unsigned many,
                            struct fault *why);
/* An action that was a part of one for several has ended, and its mark says so. */
void kit_many_result(struct kit *k, const struct mark *mark, const struct queue_result *res);
/* Does what was clicked in notifications about containers of an engine that has been looked at. */
void kit_give_answers(struct kit *k, enum engine_kind kind);

#endif
