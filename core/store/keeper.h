/* keeper.h - the store's own thread in the menu bar: reads it once, then writes what it is given.
 *
 * What is given waits a moment, so that a burst is written at once; a list waits longer, and only
 * the newest one of each engine is written. What cannot be written now (a full disk, another
 * process) is tried again; what must not be written (a newer version's file) is dropped.
 * Threads: one thread of its own, "store", is the only one that calls store.h. Giving is for any
 * thread and never blocks; the rest is the owner's. Memory: owns copies of all that waits. Limits:
 * KEEPER_EVENTS_MAX events wait, the oldest go first. */
#ifndef CORE_STORE_KEEPER_H
#define CORE_STORE_KEEPER_H
#include "core/engine/snapshot.h"
#include "core/store/settings.h"

#define KEEPER_CALM_MS 250    /* a burst is waited for so long */
#define KEEPER_LIST_MS 30000  /* between two lists written of all engines */
#define KEEPER_RETRY_MS 60000 /* after a failure */
#define KEEPER_EVENTS_MAX 1000
#define KEEPER_EVENTS_READ 500 /* the newest ones, at the start */

struct keeper;

/* What the store knew at the start. Without a store: defaults and nothing else. */
struct kept {
    struct settings settings;
    char bad[FAULT_TEXT_MAX]; /* of settings_read() */
    struct store_names pins, hidden, muted;
    const char *recent;         /* what keeper_recent() was given last, "" for nothing */
    struct store_events events; /* newest first */
    /* The last good list of each engine: ENGINE_UNSEEN and stale; NULL for none. May be taken, and
     * then set to NULL. */
    struct snapshot *lists[ENGINE_COUNT];
    struct arena arena; /* of names and events */
};

/* Accepts NULL. */
void kept_free(struct kept *k);

/* Both are called on the keeper's thread. */
struct keeper_sink {
    /* Once, first of all. Takes *k. */
    void (*kept)(void *ctx, struct kept *k);
    /* What the user is to know about the store has become this sentence, "" for nothing. */
    void (*trouble)(void *ctx, const char *sentence);
    void *ctx;
};

/* `folder` is the data folder, copied. Nothing is touched, and no thread is there, before
 * keeper_start(); what is given before waits for it. */
struct keeper *keeper_new(const char *folder);
/* Once. */
void keeper_start(struct keeper *k, const struct keeper_sink *sink);
/* Ends the thread, then writes what waits, each thing tried once; the sink is not called any more,
 * and what is given is dropped. Blocks for at most DB_BUSY_MS twice, and mostly for milliseconds.
 * Only once the user interface has ended. */
void keeper_stop(struct keeper *k);
/* Stops it first. Accepts NULL. */
void keeper_free(struct keeper *k);

/* Each is copied. */
void keeper_events(struct keeper *k, const struct store_event *list, size_t count);
/* The list of an engine that runs; what the engine runs for itself is not kept. */
void keeper_list(struct keeper *k, const struct snapshot *s);
/* NULL as the value: the default. */
void keeper_setting(struct keeper *k, enum setting which, const char *value);
/* What the user did something with, as a text of SETTING_TEXT_MAX bytes at the most. */
void keeper_recent(struct keeper *k, const char *text);
void keeper_name(struct keeper *k, enum store_set set, enum engine_kind engine, const char *name,
                 bool on);

#endif
