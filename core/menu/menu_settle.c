/* menu_settle.c - what an open menu may become: every item stays where it is.
 *
 * A click is aimed at a place; if another row came under the pointer, another container would be
 * stopped. So each item of the menu on screen keeps its index in its level, whatever became of it,
 * and new ones stand behind the last (docs/decisions/010). An item that belongs to another level
 * by now, such as a container that left More..., is still shown where it was, with its new looks,
 * and not a second time. */
#include "core/menu/menu_diff.h"
#include "core/menu/menu_keys.h"
#include <string.h>

struct settle {
    struct arena *arena;
    const struct menu *shown, *built;
    struct menu_keys in_shown, in_built;    /* of all levels; made when first needed */
    const struct valid_id *id_from, *id_to; /* the last id copied: actions of a row share one */
};

struct level {
    struct menu_item *items;
    size_t count;
};

static struct level settle_level(struct settle *s, const char *parent, struct level shown,
                                 struct level built);

static const char *text_copy(struct arena *a, const char *text)
{
    return text != NULL ? arena_str(a, text) : NULL;
}

static const struct valid_id *id_copy(struct settle *s, const struct valid_id *id)
{
    struct valid_id *copy;

    if (id == NULL || id == s->id_from)
        return id == NULL ? NULL : s->id_to;
    copy = arena_new(s->arena, sizeof *copy);
    *copy = *id;
    s->id_from = id;
    s->id_to = copy;
    return copy;
}

static const struct menu_port *port_copy(struct arena *a, const struct menu_port *port)
{
    struct menu_port *copy;

    if (port == NULL)
        return NULL;
    copy = arena_new(a, sizeof *copy);
    *copy = (struct menu_port){arena_str(a, port->host_ip), port->number};
    return copy;
}

static const struct menu_graph *graph_copy(struct arena *a, const struct menu_graph *graph)
{
    struct menu_graph *copy;

    if (graph == NULL)
        return NULL;
    copy = arena_new(a, sizeof *copy);
    *copy = *graph;
    copy->label = arena_str(a, graph->label);
    copy->value = arena_str(a, graph->value);
    return copy;
}

/* Everything but the children. */
static struct menu_item item_copy(struct settle *s, const struct menu_item *from)
{
    struct arena *a = s->arena;
    struct menu_item it = *from;

    it.key = text_copy(a, from->key);
    it.title = text_copy(a, from->title);
    it.tip = text_copy(a, from->tip);
    it.shortcut = text_copy(a, from->shortcut);
    it.project = text_copy(a, from->project);
    it.copy = text_copy(a, from->copy);
    it.id = id_copy(s, from->id);
    it.port = port_copy(a, from->port);
    it.graph = graph_copy(a, from->graph);
    it.found_by = text_copy(a, from->found_by);
    it.children = NULL;
    it.child_count = 0;
    return it;
}

static struct level children_of(const struct menu_item *it)
{
    if (it == NULL)
        return (struct level){NULL, 0};
    return (struct level){it->children, it->child_count};
}

static const struct menu_item *find(struct menu_keys *keys, const struct menu *m, const char *key)
{
    if (keys->size == 0)
        menu_keys_init(keys, m->items, m->count, true);
    return menu_keys_find(keys, key);
}

static bool any_lives(const struct menu_item *it)
{
    for (size_t i = 0; i < it->child_count; i++)
        if (it->children[i].kind == MENU_ROW && !it->children[i].gone)
            return true;
    return false;
}

/* The shown item `was` with the looks of `now`, which is NULL if it vanished. */
static struct menu_item settle_item(struct settle *s, const struct menu_item *was,
                                    const struct menu_item *now)
{
    struct menu_item it = item_copy(s, now != NULL ? now : was);
    struct level kids = settle_level(s, it.key, children_of(was), children_of(now));

    it.children = kids.items;
    it.child_count = kids.count;
    if (now != NULL || it.kind == MENU_SEPARATOR || any_lives(&it))
        return it; /* the last: a way to rows that belong elsewhere by now */
    it.enabled = false;
    it.gone = true;
    return it;
}

/* How many of `built` are nowhere in the shown menu. */
static size_t count_new(struct settle *s, struct level built)
{
    size_t n = 0;

    for (size_t i = 0; i < built.count; i++)
        n += find(&s->in_shown, s->shown, built.items[i].key) == NULL;
    return n;
}

static bool has_key(struct level l, const char *key)
{
    return menu_find(l.items, l.count, key) != NULL;
}

/* The separator between what was there and what is new; once per level. */
static void part(struct settle *s, const char *parent, struct level *out)
{
    const char *key = arena_print(s->arena, parent[0] != '\0' ? "%s/new" : "%snew", parent);

    if (out->count == 0 || has_key(*out, key))
        return;
    out->items[out->count++] =
        (struct menu_item){.key = key, .kind = MENU_SEPARATOR, .title = "", .shortcut = ""};
}

/* A new row that only leads to rows shown elsewhere, such as More... of a list that has grown, is
 * left out. */
static void new_add(struct settle *s, const char *parent, struct level built, struct level *out)
{
    bool first = true;

    for (size_t i = 0; i < built.count; i++) {
        const struct menu_item *now = &built.items[i];
        struct level kids;

        if (find(&s->in_shown, s->shown, now->key) != NULL)
            continue;
        kids = settle_level(s, now->key, (struct level){NULL, 0}, children_of(now));
        if (now->child_count > 0 && kids.count == 0)
            continue;
        if (first && now->kind != MENU_SEPARATOR)
            part(s, parent, out);
        first = false;
        out->items[out->count] = item_copy(s, now);
        out->items[out->count].children = kids.items;
        out->items[out->count++].child_count = kids.count;
    }
}

static struct level settle_level(struct settle *s, const char *parent, struct level shown,
                                 struct level built)
{
    struct level out = {NULL, 0};
    size_t at = 0; /* in built: where the next shown item is expected */
    size_t added = 0;
    bool in_step = true;

    for (size_t i = 0; in_step && i < shown.count; i++)
        in_step = i < built.count && strcmp(shown.items[i].key, built.items[i].key) == 0;
    if (!in_step || shown.count != built.count)
        added = count_new(s, built);
    if (shown.count + added == 0)
        return out;
    out.items = arena_new_array(s->arena, shown.count + added + 1, sizeof *out.items);
    for (; out.count < shown.count; out.count++) {
        const struct menu_item *was = &shown.items[out.count];
        const struct menu_item *now = in_step ? &built.items[at++] : NULL;

        if (!in_step)
            now = find(&s->in_built, s->built, was->key);
        out.items[out.count] = settle_item(s, was, now);
    }
    if (added > 0)
        new_add(s, parent, built, &out);
    return out;
}

void menu_settle(const struct menu *shown, const struct menu *built, struct menu *out)
{
    struct settle s = {.arena = &out->arena, .shown = shown, .built = built};
    struct level top;

    MUST(out->arena.blocks == NULL);
    top = settle_level(&s, "", (struct level){shown->items, shown->count},
                       (struct level){built->items, built->count});
    out->items = top.items;
    out->count = top.count;
    out->icon = built->icon;
    out->status_title = text_copy(s.arena, built->status_title);
    out->status_tip = text_copy(s.arena, built->status_tip);
    menu_keys_release(&s.in_shown);
    menu_keys_release(&s.in_built);
}
