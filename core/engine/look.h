/* look.h - one look at an engine: run its list, tell what came of it.
 *
 * Knows the commands and the drivers, not when to look (refresh.h). A failed look is a value too:
 * an engine state and a sentence; the caller keeps its last good list.
 * Threads: any; a look memory belongs to one thread. */
#ifndef CORE_ENGINE_LOOK_H
#define CORE_ENGINE_LOOK_H
#include "core/engine/spell.h"

/* What a looker remembers between looks; zeroed at first, ended by look_memory_release(). */
struct look_memory {
    bool has_digest;
    unsigned char digest[ENGINE_DIGEST_SIZE];
    bool old_docker; /* `--format json` printed the word json: use {{json .}} */
    struct spell spell;
    struct look_addresses *addresses; /* container id + start -> address, for engines whose list
                                         has none */
    struct child_result child;        /* its buffers are used again: no growth while unchanged */
};
void look_memory_release(struct look_memory *m);
/* The next look asks everything anew, as after a failed one. */
void look_memory_renew(struct look_memory *m);

struct look {
    enum engine_state state;
    char why[FAULT_TEXT_MAX];    /* "" when running */
    struct valid_id context;     /* where it was asked */
    enum engine_service service; /* when it does not run */
    bool unchanged;              /* running, and equal to the last one: snapshot is NULL */
    struct snapshot *snapshot;   /* sealed, only when running and changed; the caller's */
};

/* Locates, runs `list`, and parses if the bytes differ. Never fails: fills *out. RC_CANCELLED
 * alone comes back when `stop` ended it, and then *out is empty. */
NODISCARD enum rc look_take(struct spawner *s, const struct locate_where *where,
                            enum engine_kind kind, const struct cancel *stop,
                            struct look_memory *memory, struct look *out);

/* Engines whose list has no address: asks `inspect` for running containers of *s that are not in
 * memory, at most CMD_IDS_MAX a call, and gives a copy of *s with the addresses; NULL if there was
 * nothing to add. One child at the most per call. */
struct snapshot *look_addresses(struct spawner *s, const struct locate_where *where,
                                const struct snapshot *snap, const struct cancel *stop,
                                struct look_memory *memory);

/* The sentence for a failed command: the engine's own first line, or what the fault says. Used by
 * looks and actions alike. RC_OK only for exit code 0. */
enum rc look_verdict(const struct engine_driver *drv, enum rc ran, const struct child_result *res,
                     struct fault *why);

#endif
