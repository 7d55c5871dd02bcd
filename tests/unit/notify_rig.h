/* notify_rig.h - a notification policy and one engine's looks, for its tests.
 *
 *     rig_open(&r);
 *     runs(&r, "web");                                                  the first look
 *     assert_string_equal(ends(&r, "web", 3), "+podman/web/exit");       the next one
 *     rig_close(&r);
 *
 * Containers have their names as ids. What comes out is one line, "+" for a note that is shown and
 * "-" for one taken back. */
#ifndef TESTS_UNIT_NOTIFY_RIG_H
#define TESTS_UNIT_NOTIFY_RIG_H
#include "core/notify/notify.h"
#include "tests/unit/unit.h"
#include <stdio.h>
#include <string.h>

#define START_S 1795556400
#define STEP_S 10 /* from look to look */

struct rig {
    struct notify *n;
    struct snapshot *next; /* the list of the next look */
    unsigned long look;
    int64_t now_s;
    struct note last; /* the last one that was to be shown */
    char told[4096];
};

static inline void rig_open(struct rig *r)
{
    *r = (struct rig){.n = notify_new(NOTE_RESTART | NOTE_LOGS), .now_s = START_S};
}

static inline void rig_close(struct rig *r)
{
    notify_free(r->n);
    snapshot_free(r->next);
}

static inline struct container *has(struct rig *r, const char *name, enum container_state state)
{
    struct container *c;

    if (r->next == NULL)
        r->next = snapshot_new(ENGINE_PODMAN);
    c = snapshot_add(r->next);
    c->id = c->name = arena_str(&r->next->arena, name);
    c->state = state;
    return c;
}

static inline struct container *ended(struct rig *r, const char *name, int64_t code)
{
    struct container *c = has(r, name, STATE_STOPPED);

    c->has_exit_code = c->has_finished = true;
    c->exit_code = code;
    c->finished_s = r->now_s;
    return c;
}

/* Ended before the last look, which saw it. */
static inline void still_ended(struct rig *r, const char *name, int64_t code)
{
    ended(r, name, code)->finished_s = r->now_s - STEP_S;
}

/* What has come out since the last time. */
static const char *told(struct rig *r)
{
    struct note note;
    size_t len = 0;

    r->told[0] = '\0';
    while (notify_take(r->n, &note)) {
        len += (size_t)snprintf(r->told + len, sizeof r->told - len, "%s%c%s", len > 0 ? " " : "",
                                note.withdrawn ? '-' : '+', note.key);
        assert_true(len < sizeof r->told);
        if (!note.withdrawn)
            r->last = note;
    }
    return r->told;
}

/* The next look finds this state; gives what comes out. */
static const char *look_as(struct rig *r, enum engine_state state)
{
    if (r->next == NULL)
        r->next = snapshot_new(ENGINE_PODMAN);
    r->now_s += STEP_S;
    r->next->state = state;
    r->next->stale = state != ENGINE_RUNNING;
    r->next->taken_s = r->now_s;
    snapshot_seal(r->next);
    notify_look(r->n, ENGINE_PODMAN, r->next, ++r->look, r->now_s);
    snapshot_free(r->next);
    r->next = NULL;
    return told(r);
}

static const char *look(struct rig *r)
{
    return look_as(r, ENGINE_RUNNING);
}

static const char *runs(struct rig *r, const char *name)
{
    has(r, name, STATE_RUNNING);
    return look(r);
}

static const char *ends(struct rig *r, const char *name, int64_t code)
{
    ended(r, name, code);
    return look(r);
}

static inline struct valid_id id_of(const char *name)
{
    struct valid_id id;

    assert_int_equal(valid_id(name, strlen(name), &id, NULL), RC_OK);
    return id;
}

static inline void act(struct rig *r, enum op op, const char *name)
{
    struct valid_id id = id_of(name);

    notify_begin(r->n, ENGINE_PODMAN, op, &id);
}

static inline void acted(struct rig *r, const char *name)
{
    struct valid_id id = id_of(name);

    notify_end(r->n, ENGINE_PODMAN, &id, r->look);
}

static inline void back(struct rig *r)
{
    unsigned long looks[ENGINE_COUNT] = {[ENGINE_PODMAN] = r->look};

    notify_back(r->n, looks);
}

#endif
