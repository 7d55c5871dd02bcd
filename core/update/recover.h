/* recover.h - what to do about an update that was begun, from its note and from what lies on the
 * disk (updates.md 10.3).
 *
 * The table alone: whoever asks does it (install_start.c) and asks again, for some of it goes in
 * steps. What is installed counts more than the note, which may be one step behind. Doing it twice
 * changes nothing: each act leads to facts whose act does no more. Pure. Threads: any. */
#ifndef CORE_UPDATE_RECOVER_H
#define CORE_UPDATE_RECOVER_H
#include "core/update/journal.h"

#define RECOVER_ATTEMPTS 2 /* starts that a new version has to prove that it runs */

/* What lies where the app of the journal should be. */
enum recover_app {
    RECOVER_APP_MISSING,
    RECOVER_APP_OLD,
    RECOVER_APP_NEW,
    RECOVER_APP_OTHER,   /* a third version: somebody has put it there by hand */
    RECOVER_APP_UNKNOWN, /* it does not tell, and what it was perhaps lies aside: nothing is removed
                          */
    RECOVER_APP_COUNT
};

struct recover_facts {
    enum journal_state state;
    enum recover_app app;
    bool ours;  /* it is the app that runs now */
    bool whole; /* what is staged is, byte by byte, what was checked; asked where the app is old */
    bool aside, staged; /* something lies there */
    unsigned attempts;
};

enum recover_act {
    RECOVER_NOTHING,
    RECOVER_KEEP,       /* an update is ready: offer it */
    RECOVER_DROP,       /* forget the update, remove what was staged */
    RECOVER_TRY,        /* we are new: count this start, then prove that we run */
    RECOVER_TAKE_BACK,  /* too many starts proved nothing: the old one comes back */
    RECOVER_NOTE_BACK,  /* the old one is back already: note it */
    RECOVER_TIDY,       /* the new one runs: keep the old one as the previous one */
    RECOVER_BLOCK,      /* the new one was taken back: do not offer it by itself */
    RECOVER_FROM_ASIDE, /* the app's place is empty: what lies aside goes there. Then ask again */
    RECOVER_FROM_STAGED /* the same with what is staged */
};

/* There is an answer to everything. */
enum recover_act recover_decide(const struct recover_facts *f);

#endif
