/* store.h - what the program remembers: settings, pins, history, registries, the last lists
 * (design.md 7). Never a secret.
 *
 * One SQLite file, container-kit.db, in a folder 0700, made with mode 0600 whatever the umask.
 * Each call opens it, does one thing and closes it. The first one of a process also checks it,
 * brings an older one up to date (in one transaction, after a copy beside it) and moves a damaged
 * one aside. A file that a newer Container Kit made is left alone: reading and writing it is
 * RC_DENIED, so that settings are their defaults.
 *
 * Every failure is of this call alone; the menu goes on without a store.
 * Threads: any; blocks on the disk and, for at most DB_BUSY_MS, on another process: never on the
 * main thread. Memory: results lie in the caller's arena. */
#ifndef CORE_STORE_STORE_H
#define CORE_STORE_STORE_H
#include "core/base/mem.h"
#include "core/exec/cmd.h"
#include "core/store/db.h"

#define STORE_FILE "container-kit.db"
#define STORE_VERSION 3
#define STORE_ROWS_MAX 10000              /* rows that a list of anything may have */
#define STORE_TEXT_MAX 4096               /* bytes of one text */
#define STORE_LIST_MAX ((size_t)16 << 20) /* bytes of a kept list */

struct store;

enum store_state {
    STORE_UNTRIED,
    STORE_GOOD,
    STORE_MOVED_ASIDE, /* it was damaged; a fresh one was made */
    STORE_NEWER,       /* made by a newer Container Kit: left alone */
    STORE_READ_ONLY,   /* can be read, not written */
    STORE_OFF          /* cannot be used at all */
};

/* `folder` is the data folder; nothing is touched yet. */
struct store *store_new(const char *folder);
/* Accepts NULL. */
void store_free(struct store *s);
/* What the last call found, and a sentence for the user, "" for nothing to tell. */
enum store_state store_state(struct store *s, char sentence[FAULT_TEXT_MAX]);

/* Names with their values. */
struct store_pair {
    const char *name, *value;
};
struct store_pairs {
    struct store_pair *list;
    size_t count;
};
NODISCARD enum rc store_settings(struct store *s, struct arena *a, struct store_pairs *out,
                                 struct fault *why);
/* NULL as the value: forget it. Over STORE_TEXT_MAX bytes: RC_TOO_BIG. */
NODISCARD enum rc store_setting_put(struct store *s, const char *name, const char *value,
                                    struct fault *why);
/* The updater's own. */
NODISCARD enum rc store_update_state(struct store *s, struct arena *a, struct store_pairs *out,
                                     struct fault *why);
NODISCARD enum rc store_update_state_put(struct store *s, const char *name, const char *value,
                                         struct fault *why);

/* Containers by name, for a new one of the same name is the same to the user. */
enum store_set {
    STORE_PINNED,
    STORE_HIDDEN,
    STORE_MUTED, /* of which no notifications are wanted */
    STORE_SET_COUNT
};
/* A name is in one of two: what is pinned is in sight. False for a set of its own. */
bool store_set_excludes(enum store_set set, enum store_set *other);

struct store_name {
    enum engine_kind engine;
    const char *name;
};
struct store_names {
    struct store_name *list;
    size_t count;
};
/* Pins in the order in which they were put. */
NODISCARD enum rc store_names(struct store *s, enum store_set set, struct arena *a,
                              struct store_names *out, struct fault *why);
NODISCARD enum rc store_name_put(struct store *s, enum store_set set, enum engine_kind engine,
                                 const char *name, bool on, struct fault *why);

/* Something that happened to a container. */
struct store_event {
    int64_t at_s;
    enum engine_kind engine;
    const char *container; /* its id */
    const char *name;
    const char *what; /* a word of core/store/history.h */
    bool has_exit_code;
    int64_t exit_code;
    int64_t ran_s; /* -1: not known */
};
struct store_events {
    struct store_event *list;
    size_t count;
};
/* All or none. Afterwards at most `rows` events are left, none older than oldest_s. */
NODISCARD enum rc store_events_add(struct store *s, const struct store_event *list, size_t count,
                                   int64_t oldest_s, int64_t rows, struct fault *why);
/* The newest `max` (<= STORE_ROWS_MAX) first. */
NODISCARD enum rc store_events(struct store *s, size_t max, struct arena *a,
                               struct store_events *out, struct fault *why);

struct store_registry {
    enum engine_kind engine;
    struct valid_host host;
    struct valid_user user; /* "" if not known */
};
struct store_registries {
    struct store_registry *list;
    size_t count;
};
NODISCARD enum rc store_registries(struct store *s, struct arena *a, struct store_registries *out,
                                   struct fault *why);
NODISCARD enum rc store_registry_put(struct store *s, const struct store_registry *r,
                                     struct fault *why);
NODISCARD enum rc store_registry_drop(struct store *s, enum engine_kind engine,
                                      const struct valid_host *host, struct fault *why);

/* The last good list of an engine, as snapshot_json() writes it. RC_MISSING: there is none. */
NODISCARD enum rc store_list(struct store *s, enum engine_kind engine, struct arena *a,
                             int64_t *taken_s, const char **json, size_t *len, struct fault *why);
NODISCARD enum rc store_list_put(struct store *s, enum engine_kind engine, int64_t taken_s,
                                 const char *json, size_t len, struct fault *why);

#endif
