/* updater.h - looks for updates and installs the one that the user wants: a state machine on a
 * thread of its own, "update", one thing at a time.
 *
 *     IDLE --check--> CHECKING --> NOTHING | OFFERED | FAILED
 *     OFFERED --install--> DOWNLOADING --> STAGING --> READY --> the program ends, the watchdog
 * acts
 *
 * A check that nobody asked for is silent: it shows when there is something to offer and not
 * before, and a refusal is a line of the log. An offer stays while later checks fail. Nothing is
 * fetched but the manifest before the user said so, and nothing is installed either.
 *
 * What it does to the world is given in as a table of acts (updater_world.h has the real ones);
 * each blocks, on the updater's thread, and sees its stop sign. Owned by one thread, the "home"
 * thread; what changed comes to it through `post`, as a copy. Nothing below blocks, except
 * updater_free(). The thread is made when it is first needed. */
#ifndef CORE_UPDATE_UPDATER_H
#define CORE_UPDATE_UPDATER_H
#include "core/update/due.h"
#include "core/update/fetch.h"

struct updater;

enum update_phase {
    UPDATE_IDLE,
    UPDATE_OFF, /* never from here, or not in this build: the sentence says why */
    UPDATE_CHECKING,
    UPDATE_NOTHING,
    UPDATE_OFFERED,
    UPDATE_DOWNLOADING,
    UPDATE_STAGING,
    UPDATE_READY,       /* it lies there, whole and proved */
    UPDATE_HANDED_OVER, /* the watchdog waits for the end of this program */
    UPDATE_FAILED,
    UPDATE_PHASE_COUNT
};
/* "idle", "off" ... Static. */
const char *update_phase_word(enum update_phase phase);

/* What there is to show; texts are valid until the next `changed`. */
struct update_page {
    enum update_phase phase;
    char version[SEMVER_MAX + 1]; /* that is offered, "" for none; also after a failure */
    bool critical;
    const char *notes;              /* of notes_plain(), never NULL */
    enum offer_kind none;           /* why there is NOTHING */
    uint64_t have, whole;           /* bytes of a download; whole is 0 if nobody knows */
    enum refusal_class class;       /* of a failure */
    char sentence[FAULT_TEXT_MAX];  /* of OFF and FAILED, else "" */
    bool stale;                     /* due_stale() */
    char came_back[SEMVER_MAX + 1]; /* a version that did not run, as of this start; "" for none */
};

/* What is done to the world. `stop` is never NULL; the rest is as of the function that is named. */
struct updater_acts {
    int64_t (*now_s)(void *ctx); /* clock_wall_s() */
    /* May this place be updated? Before an archive is fetched; close() follows. install_open() */
    enum rc (*open)(void *ctx, struct refusal *why);
    enum rc (*manifest)(void *ctx, const struct manifest_marks *marks, const struct cancel *stop,
                        struct manifest **out, struct refusal *why); /* fetch_manifest() */
    /* fetch_payload(), with the progress of fetch.h */
    enum rc (*payload)(void *ctx, const struct offer *o, const struct cancel *stop,
                       fetch_progress_fn *progress, void *progress_ctx, struct signed_file **out,
                       struct refusal *why);
    enum rc (*stage)(void *ctx, const struct signed_file *proof, const struct offer *o,
                     const struct cancel *stop, struct refusal *why); /* install_stage() */
    enum rc (*hand_over)(void *ctx, struct refusal *why);             /* install_hand_over() */
    void (*close)(void *ctx);                                         /* what open() opened */
    void *ctx;
};

struct updater_config { /* borrowed, outlives the updater */
    const struct updater_acts *acts;
    const char *folder; /* of the state, absolute */
    const char *off;    /* why it is off, a sentence; NULL: it is not */
    struct update_floor floor;
    struct manifest_host host; /* who asks; what differs from time to time is filled in */
    const char *ready;         /* a version that an earlier run staged, NULL for none */
    const char *blocked;       /* one that did not run here and was taken back, NULL for none */
    /* Calls call(arg) once on the home thread, soon, in order; from any thread. */
    void (*post)(void *post_ctx, void (*call)(void *arg), void *arg);
    void *post_ctx;
    /* The page is another one now. Home thread. */
    void (*changed)(void *ctx);
    void *ctx;
};

/* Starts nothing, but to remember a version that did not run. */
struct updater *updater_new(const struct updater_config *config);
/* What there is to show now. */
const struct update_page *updater_page(const struct updater *u);
/* The user's setting: may it look by itself? It does, some minutes after a start, then daily. */
void updater_follow(struct updater *u, bool by_itself);
/* The machine woke up: what was due meanwhile is due a minute from now. */
void updater_woke(struct updater *u);
/* Looks now, and tells what comes of it. Nothing while something is under way or ready. */
void updater_check(struct updater *u);
/* With an offer: fetches and stages it, and hands over as soon as it is READY. */
void updater_install(struct updater *u);
/* It does not hand over by itself any more: what is READY waits for the end of the program. */
void updater_later(struct updater *u);
/* Ends what is under way; what was fetched is kept for the next time. */
void updater_cancel(struct updater *u);
/* The offer is not told of again, but when somebody asks. */
void updater_skip(struct updater *u);
/* A failure, or that there is nothing, was read: back to the offer, or to IDLE. */
void updater_seen(struct updater *u);
/* Ends the thread. Nothing is told any more; posted calls that arrive later are harmless. Accepts
 * NULL. */
void updater_free(struct updater *u);

#endif
