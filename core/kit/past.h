/* past.h - what the kit remembers beyond the lists of now: what happened lately, what an earlier
 * run of the program saw. Private to core/kit.
 *
 * Compares each list with the one before, hands the events to the keeper and keeps the newest ones
 * for the menu. Without a keeper there are no events. Home thread. */
#ifndef CORE_KIT_PAST_H
#define CORE_KIT_PAST_H
#include "core/menu/menu_build.h"
#include "core/notify/notify.h"
#include "core/notify/own.h"
#include "core/store/keeper.h"

/* Zeroed, but for the keeper, is empty. */
struct past {
    struct keeper *keeper;     /* borrowed; NULL: none */
    struct own_list own;       /* what the user ends: it was stopped and did not die */
    bool listed[ENGINE_COUNT]; /* the list before is one of this run, to compare with */
    struct menu_past latest[MENU_PAST_MAX]; /* newest first */
    size_t count;
};

/* Accepts a zeroed struct. */
void past_release(struct past *p);
/* Takes what an earlier run saw; notify, which may be NULL, counts its ends from there on. */
void past_kept(struct past *p, const struct kept *kept, struct notify *notify, int64_t now_s);
/* A look has ended: `before` is the list so far (may be NULL), `now` what the look gave, NULL if
 * there was nothing new. True if something happened. */
bool past_look(struct past *p, const struct snapshot *before, const struct snapshot *now,
               unsigned long look, int64_t now_s);
/* The engine is not looked at any more: its next list is a first one. */
void past_forget(struct past *p, enum engine_kind kind);
/* What is shown of an engine becomes the list of an earlier run, if there is no other: under the
 * state that a first look found meanwhile, if that gave no list. Takes `kept`. */
void past_show(struct snapshot **shown, struct snapshot *kept);
/* What is shown becomes what a look found; the list of an earlier run stays under a state that came
 * without a list, unless the engine is not there any more. Takes `found`. */
void past_replace(struct snapshot **shown, struct snapshot *found);

#endif
