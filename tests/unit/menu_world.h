/* menu_world.h - a small world for tests of the menu: engines, containers, actions, failures.
 *
 *     struct world w = {0};
 *     struct snapshot *podman = world_engine(&w, ENGINE_PODMAN, ENGINE_RUNNING, "4.3.1");
 *     world_container(podman, "web", "nginx:1.27", STATE_RUNNING)->health = HEALTH_HEALTHY;
 *     world_menu(&w, &menu);
 *     world_release(&w);
 *
 * Time stands still at WORLD_NOW_S. Ids are 64 hexadecimal digits made from the name. */
#ifndef TESTS_UNIT_MENU_WORLD_H
#define TESTS_UNIT_MENU_WORLD_H
#include "core/menu/menu_build.h"
#include "core/menu/menu_keys.h"
#include "tests/unit/unit.h"
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define WORLD_NOW_S 1795556400
#define WORLD_NOW_MS 777000
#define WORLD_ACTIONS_MAX 8

struct world {
    struct snapshot *snaps[ENGINE_COUNT];
    struct menu_pending pending[WORLD_ACTIONS_MAX];
    struct menu_past past[MENU_PAST_MAX];
    size_t past_count;
    struct menu_recent recent[MENU_RECENT_MAX];
    size_t recent_count;
    const char *trouble;
    struct menu_update update;
    bool off[ENGINE_COUNT], hide_count, flat, helpers;
    struct menu_many many[WORLD_ACTIONS_MAX];
    struct menu_name pins[WORLD_ACTIONS_MAX], hidden[WORLD_ACTIONS_MAX];
    size_t many_count, pin_count, hidden_count;
    struct menu_failure failures[WORLD_ACTIONS_MAX];
    size_t pending_count, failure_count;
    struct menu_window windows[WORLD_ACTIONS_MAX];
    size_t window_count;
    struct usage_book usage[ENGINE_COUNT]; /* of those engines that `measured` says */
    bool measured[ENGINE_COUNT], cpu_in_rows;
    bool mac;
};

static inline struct snapshot *world_engine(struct world *w, enum engine_kind kind,
                                            enum engine_state state, const char *version)
{
    struct snapshot *s = snapshot_new(kind);

    s->state = state;
    s->version = arena_str(&s->arena, version);
    s->taken_s = WORLD_NOW_S;
    w->snaps[kind] = s;
    return s;
}

/* The id that a container of this name gets. */
static inline const char *world_id(struct arena *a, const char *name)
{
    uint64_t h = menu_key_hash(name);

    return arena_print(a, "%016" PRIx64 "%016" PRIx64 "%016" PRIx64 "%016" PRIx64, h, h * 3, h * 5,
                       h * 7);
}

/* Valid until the next one is added. */
static inline struct container *world_container(struct snapshot *s, const char *name,
                                                const char *image, enum container_state state)
{
    struct container *c = snapshot_add(s);

    MUST(c != NULL);
    c->name = arena_str(&s->arena, name);
    c->image = arena_str(&s->arena, image);
    c->id = s->kind == ENGINE_APPLE ? c->name : world_id(&s->arena, name);
    c->state = state;
    return c;
}

/* One of a compose project. */
static inline struct container *world_member(struct snapshot *s, const char *project,
                                             const char *name, enum container_state state)
{
    struct container *c = world_container(s, name, "docker.io/library/nginx:1.27", state);

    c->project = arena_str(&s->arena, project);
    return c;
}

static inline void world_started(struct container *c, int64_t ago_s)
{
    c->has_started = true;
    c->started_s = WORLD_NOW_S - ago_s;
}

static inline void world_ended(struct container *c, int64_t ago_s, int64_t exit_code)
{
    c->has_finished = c->has_exit_code = true;
    c->finished_s = WORLD_NOW_S - ago_s;
    c->exit_code = exit_code;
}

static inline void world_port(struct snapshot *s, struct container *c, struct port port)
{
    struct port *ports = arena_new_array(&s->arena, c->port_count + 1, sizeof *ports);

    if (c->port_count > 0)
        memcpy(ports, c->ports, c->port_count * sizeof *ports);
    ports[c->port_count++] = port;
    c->ports = ports;
}

static inline void world_valid_id(struct world *w, enum engine_kind kind, const char *name,
                                  struct valid_id *out)
{
    struct arena a = {0};
    const char *id = kind == ENGINE_APPLE ? name : world_id(&a, name);

    (void)w;
    MUST(valid_id(id, strlen(id), out, NULL) == RC_OK);
    arena_release(&a);
}

static inline void world_pending(struct world *w, enum engine_kind kind, enum op op,
                                 const char *name)
{
    struct menu_pending *p = &w->pending[w->pending_count++];

    *p = (struct menu_pending){.engine = kind, .op = op};
    world_valid_id(w, kind, name, &p->id);
}

/* `name` NULL: of the engine itself. */
static inline void world_failure(struct world *w, enum engine_kind kind, enum op op,
                                 const char *name, const char *text)
{
    struct menu_failure *f = &w->failures[w->failure_count++];

    *f = (struct menu_failure){.engine = kind, .op = op};
    snprintf(f->text, sizeof f->text, "%s", text);
    if (name == NULL)
        return;
    snprintf(f->name, sizeof f->name, "%s", name);
    world_valid_id(w, kind, name, &f->id);
}

/* `name` is static. */
static inline void world_pin(struct world *w, enum engine_kind kind, const char *name)
{
    w->pins[w->pin_count++] = (struct menu_name){kind, name};
}

static inline void world_hide(struct world *w, enum engine_kind kind, const char *name)
{
    w->hidden[w->hidden_count++] = (struct menu_name){kind, name};
}

static inline void world_window(struct world *w, long number, const char *title)
{
    struct menu_window *window = &w->windows[w->window_count++];

    window->number = number;
    snprintf(window->title, sizeof window->title, "%s", title);
}

/* The newest one is given first. */
static inline struct menu_past *world_past(struct world *w, enum life_event what, const char *name,
                                           int64_t ago_s)
{
    struct menu_past *e = &w->past[w->past_count++];

    *e = (struct menu_past){.at_s = WORLD_NOW_S - ago_s, .engine = ENGINE_PODMAN, .what = what};
    snprintf(e->name, sizeof e->name, "%s", name);
    return e;
}

/* The one used last is given first. */
static inline void world_recent(struct world *w, enum engine_kind kind, const char *name)
{
    struct menu_recent *r = &w->recent[w->recent_count++];

    r->engine = kind;
    snprintf(r->name, sizeof r->name, "%s", name);
}

/* Two samples of a container, two seconds apart, the second at WORLD_NOW_MS. */
static inline void world_usage(struct world *w, enum engine_kind kind, const char *name,
                               double percent, int64_t mem, int64_t rx_rate, int64_t tx_rate)
{
    struct engine_stat s = {.cpu_percent = percent, .cpu_usec = ENGINE_NO_STAT, .mem = mem};
    struct valid_id id;

    s.mem_limit = 8000000000;
    w->measured[kind] = true;
    world_valid_id(w, kind, name, &id);
    memcpy(s.id, id.text, sizeof s.id);
    usage_add(&w->usage[kind], &s, 1, WORLD_NOW_MS - 2000);
    s.net_rx = 2 * rx_rate;
    s.net_tx = 2 * tx_rate;
    usage_add(&w->usage[kind], &s, 1, WORLD_NOW_MS);
}

static inline void world_menu(struct world *w, struct menu *out)
{
    struct menu_input in = {.pending = w->pending,
                            .pending_count = w->pending_count,
                            .failures = w->failures,
                            .failure_count = w->failure_count,
                            .many = w->many,
                            .many_count = w->many_count,
                            .pins = w->pins,
                            .pin_count = w->pin_count,
                            .hidden = w->hidden,
                            .hidden_count = w->hidden_count,
                            .windows = w->windows,
                            .window_count = w->window_count,
                            .past = w->past,
                            .past_count = w->past_count,
                            .recent = w->recent,
                            .recent_count = w->recent_count,
                            .trouble = w->trouble,
                            .update = w->update,
                            .now_s = WORLD_NOW_S,
                            .now_ms = WORLD_NOW_MS,
                            .cpu_in_rows = w->cpu_in_rows,
                            .mac = w->mac,
                            .hide_count = w->hide_count,
                            .flat = w->flat,
                            .helpers = w->helpers};

    for (int k = 0; k < ENGINE_COUNT; k++) {
        if (w->snaps[k] != NULL)
            snapshot_seal(w->snaps[k]);
        in.snaps[k] = w->snaps[k];
        in.usage[k] = w->measured[k] ? &w->usage[k] : NULL;
        in.off[k] = w->off[k];
    }
    menu_build(out, &in);
}

static inline void world_release(struct world *w)
{
    for (int k = 0; k < ENGINE_COUNT; k++) {
        snapshot_free(w->snaps[k]);
        usage_release(&w->usage[k]);
    }
    *w = (struct world){0};
}

#endif
