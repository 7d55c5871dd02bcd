/* registry_rows.h - every registry that is known here, with its state: those that the store
 * remembers and those that an engine is logged in to, as one list.
 *
 * Threads: registry_rows_take() blocks on engines and the disk, so never the main one; the rest is
 * pure. Memory: a list is its owner's; registry_rows_release(). */
#ifndef CORE_ACTION_REGISTRY_ROWS_H
#define CORE_ACTION_REGISTRY_ROWS_H
#include "core/base/cancel.h"
#include "core/engine/locate.h"
#include "core/engine/registry.h"
#include "core/exec/spawner.h"
#include "core/store/store.h"

enum registry_state {
    REGISTRY_UNKNOWN, /* the engine is not there, or did not say */
    REGISTRY_OUT,
    REGISTRY_IN,
    REGISTRY_HELPER, /* a credential helper keeps the password, if there is one */
    REGISTRY_STATE_COUNT
};
/* "logged-in", ...: for JSON. Static. */
const char *registry_state_word(enum registry_state state);
/* "logged in", ...: what a person reads. Static. */
const char *registry_state_text(enum registry_state state);

struct registry_row {
    struct store_registry at; /* its user is "" if nobody told */
    enum registry_state state;
};

/* Zeroed is empty. */
struct registry_rows {
    struct registry_row *list; /* by host, then by engine */
    size_t count;
    bool here[ENGINE_COUNT]; /* the engine can be used */
    struct fault problem;    /* what could not be found out, its text is "" for nothing */
};
/* Accepts a zeroed struct; afterwards zeroed. */
void registry_rows_release(struct registry_rows *rows);
/* NULL if it is not there. */
const struct registry_row *registry_row_find(const struct registry_rows *rows,
                                             enum engine_kind engine,
                                             const struct valid_host *host);

/* What was asked. */
struct registry_facts {
    struct store_registries kept;
    struct registry_logins logins[ENGINE_COUNT];
    bool told[ENGINE_COUNT]; /* the list of logins is this engine's own */
};
/* Adds the rows of these facts to *out, which has none yet. What an engine tells of a user goes
 * before what was remembered. */
void registry_rows_merge(const struct registry_facts *facts, struct registry_rows *out);

/* Asks the store (NULL: there is none) and each engine, or one alone if `only` is not NULL. Always
 * fills *out, which is zeroed: what could not be found out is out->problem. */
void registry_rows_take(struct spawner *s, const struct locate_where *where, struct store *store,
                        const enum engine_kind *only, const struct cancel *stop,
                        struct registry_rows *out);

#endif
