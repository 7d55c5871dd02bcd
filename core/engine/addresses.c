/* addresses.c - one sorted array of running containers, made anew for each list that differs.
 *
 * podman's list tells no address and docker's only from 29 on, so running containers are
 * inspected, each once: an entry is open until it was asked for. One that got no answer is opened
 * again by the next list that differs. Docker's list does not tell a start either, and then an
 * address could be of an earlier one: there each such list opens every entry again, and what was
 * known is shown until the answer is there. */
#include "core/engine/addresses.h"
#include "core/engine/look.h"
#include <stdlib.h>
#include <string.h>

struct address_entry {
    const char *id;
    const char *address; /* NULL: none, or not known yet */
    bool has_started;
    bool open;     /* to be asked for */
    bool answered; /* inspect told of it, with an address or without */
    int64_t started_s;
};

struct look_addresses {
    struct address_entry *list; /* by id */
    size_t count, open;
    struct arena arena;
};

void addresses_free(struct look_addresses *a)
{
    if (a == NULL)
        return;
    arena_release(&a->arena);
    mem_free(a);
}

static int by_id(const void *a, const void *b)
{
    const struct address_entry *x = a, *y = b;

    return strcmp(x->id, y->id);
}

static struct address_entry *find(const struct look_addresses *a, const char *id)
{
    struct address_entry key = {.id = id};

    if (a == NULL || a->count == 0)
        return NULL;
    return bsearch(&key, a->list, a->count, sizeof key, by_id);
}

static bool same_start(const struct address_entry *e, const struct container *c)
{
    return e->has_started == c->has_started && (!c->has_started || e->started_s == c->started_s);
}

static bool wants_address(const struct container *c)
{
    return c->state == STATE_RUNNING && c->address == NULL;
}

static struct address_entry entry_of(struct look_addresses *a, const struct look_addresses *old,
                                     const struct container *c)
{
    const struct address_entry *known = find(old, c->id);
    struct address_entry e = {.id = arena_str(&a->arena, c->id),
                              .has_started = c->has_started,
                              .started_s = c->started_s,
                              .open = true};

    if (known != NULL && same_start(known, c)) {
        e.answered = known->answered;
        e.open = !known->answered || !c->has_started;
        if (known->address != NULL)
            e.address = arena_str(&a->arena, known->address);
    }
    return e;
}

void addresses_renew(struct look_addresses **a, struct snapshot *s)
{
    struct look_addresses *old = *a, *fresh = mem_new(sizeof *fresh);

    fresh->list = arena_new_array(&fresh->arena, s->count, sizeof *fresh->list);
    for (size_t i = 0; i < s->count; i++) {
        struct container *c = &s->list[i];
        struct address_entry *e = &fresh->list[fresh->count];

        if (!wants_address(c))
            continue;
        *e = entry_of(fresh, old, c);
        if (e->address != NULL)
            c->address = arena_str(&s->arena, e->address);
        fresh->count++;
        if (e->open)
            fresh->open++;
    }
    qsort(fresh->list, fresh->count, sizeof *fresh->list, by_id);
    addresses_free(old);
    *a = fresh;
}

/* The next ids to ask for; closes their entries. An id that is no valid word is never asked for. */
static size_t take_open(struct look_addresses *a, struct valid_id ids[CMD_IDS_MAX])
{
    size_t n = 0;

    for (size_t i = 0; i < a->count && n < CMD_IDS_MAX; i++) {
        struct address_entry *e = &a->list[i];

        if (!e->open)
            continue;
        e->open = false;
        a->open--;
        if (valid_id(e->id, strlen(e->id), &ids[n], NULL) == RC_OK)
            n++;
    }
    return n;
}

/* Writes what inspect told into the entries. True if it differs from what was known. */
static bool learn(struct look_addresses *a, const struct snapshot *told)
{
    bool news = false;

    for (size_t i = 0; i < told->count; i++) {
        const struct container *c = &told->list[i];
        struct address_entry *e = find(a, c->id);

        if (e == NULL || c->state != STATE_RUNNING)
            continue;
        e->answered = true;
        if (c->address == NULL)
            continue;
        if (e->address != NULL && strcmp(e->address, c->address) == 0)
            continue;
        e->address = arena_str(&a->arena, c->address);
        news = true;
    }
    return news;
}

static struct snapshot *with_addresses(const struct snapshot *s, const struct look_addresses *a)
{
    struct snapshot *copy = snapshot_copy(s);

    for (size_t i = 0; i < copy->count; i++) {
        struct container *c = &copy->list[i];
        const struct address_entry *e = find(a, c->id);

        if (e != NULL && e->address != NULL && c->state == STATE_RUNNING)
            c->address = arena_str(&copy->arena, e->address);
    }
    return copy;
}

/* Runs inspect for these ids. What was found is printed even if another id was not, so the exit
 * code does not matter. NULL if nothing could be read. */
static struct snapshot *inspect(struct spawner *s, const struct locate_where *where,
                                enum engine_kind kind, const struct cmd_args *args,
                                const struct cancel *stop, struct child_result *res)
{
    struct snapshot *told = NULL;
    struct program prog;
    struct cmd_call call;

    if (locate_program(where, kind, &prog, NULL) != RC_OK ||
        cmd_call_init(&call, &prog, OP_INSPECT, args, NULL) != RC_OK ||
        child_run(s, &call, stop, res, NULL) != RC_OK)
        return NULL;
    told = snapshot_new(kind);
    if (engine_driver(kind)->parse_inspect(buf_text(&res->out), res->out.len, told, NULL) !=
        RC_OK) {
        snapshot_free(told);
        return NULL;
    }
    return told;
}

struct snapshot *look_addresses(struct spawner *s, const struct locate_where *where,
                                const struct snapshot *snap, const struct cancel *stop,
                                struct look_memory *memory)
{
    struct valid_id ids[CMD_IDS_MAX];
    struct cmd_args args = {.ids = ids};
    struct look_addresses *a = memory->addresses;
    struct snapshot *told = NULL, *copy = NULL;

    if (a == NULL || a->open == 0 || engine_driver(snap->kind)->list_has_address)
        return NULL;
    args.id_count = take_open(a, ids);
    if (args.id_count == 0)
        return NULL;
    told = inspect(s, where, snap->kind, &args, stop, &memory->child);
    if (told != NULL && learn(a, told))
        copy = with_addresses(snap, a);
    snapshot_free(told);
    return copy;
}
