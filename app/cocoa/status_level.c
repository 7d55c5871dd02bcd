/* status_level.c - see status_level.h. */
#include "app/cocoa/status_level.h"
#include "app/cocoa/cocoa.h"
#include "core/menu/menu_diff.h"
#include <string.h>

struct row {
    id item; /* the NSMenu's */
    enum menu_kind kind;
    struct status_level *sub; /* NULL without children */
};

struct status_level {
    const struct status_row_look *look;
    id menu;     /* retained */
    id delegate; /* not retained */
    struct status_level *parent;
    struct row *rows;
    size_t count, size;
    bool live;
};

struct status_level *status_level_new(const struct status_row_look *look, id delegate)
{
    struct status_level *l = mem_new(sizeof *l);

    l->look = look;
    l->delegate = delegate;
    l->live = true;
    l->menu = ns_menu_init(ns_menu_alloc(), cocoa_string("Container Kit"));
    ns_menu_set_autoenables(l->menu, NO);
    ns_menu_set_delegate(l->menu, delegate);
    return l;
}

void status_level_free(struct status_level *l)
{
    if (l == NULL)
        return;
    for (size_t i = 0; i < l->count; i++)
        status_level_free(l->rows[i].sub);
    ns_menu_set_delegate(l->menu, nil);
    ns_release(l->menu);
    mem_free(l->rows);
    mem_free(l);
}

id status_level_menu(const struct status_level *l)
{
    return l->menu;
}

struct status_level *status_level_find(struct status_level *root, id menu)
{
    struct status_level *found = root->menu == menu ? root : NULL;

    for (size_t i = 0; found == NULL && i < root->count; i++)
        if (root->rows[i].sub != NULL)
            found = status_level_find(root->rows[i].sub, menu);
    return found;
}

/* The row above that opens a level, which is not the root. */
static const struct row *row_of(const struct status_level *l)
{
    size_t i = 0;

    while (l->parent->rows[i].sub != l)
        i++; /* it is there: a level goes with its row */
    return &l->parent->rows[i];
}

/* What the model has for a level. Nothing, if one above it sleeps. */
static const struct menu_item *items_of(const struct status_level *l, const struct menu *shown,
                                        size_t *count)
{
    const struct menu_item *items;
    size_t at;

    *count = shown->count;
    if (l->parent == NULL)
        return shown->items;
    items = items_of(l->parent, shown, count);
    at = (size_t)(row_of(l) - l->parent->rows);
    if (!l->parent->live || at >= *count) {
        *count = 0;
        return NULL;
    }
    *count = items[at].child_count;
    return items[at].children;
}

const struct menu_item *status_level_item(const struct status_level *l, const struct menu *shown,
                                          long tag)
{
    size_t count;
    const struct menu_item *items = items_of(l, shown, &count);

    return l->live && tag >= 0 && (size_t)tag < count ? &items[tag] : NULL;
}

const struct menu_item *status_level_owner(const struct status_level *l, const struct menu *shown)
{
    if (l->parent == NULL)
        return NULL;
    return status_level_item(l->parent, shown, (long)(row_of(l) - l->parent->rows));
}

static void update_row(struct status_level *l, size_t at, const struct menu_item *it)
{
    l->rows[at].kind = it->kind;
    status_row_update(l->look, l->rows[at].item, it);
}

static void add_sub(struct status_level *l, struct row *row)
{
    row->sub = status_level_new(l->look, l->delegate);
    row->sub->parent = l;
    row->sub->live = false;
    ns_item_set_submenu(row->item, row->sub->menu);
}

static void drop_sub(struct row *row)
{
    ns_item_set_submenu(row->item, nil);
    status_level_free(row->sub);
    row->sub = NULL;
}

static void insert_row(struct status_level *l, size_t at, const struct menu_item *it)
{
    id item = status_row_new(l->look, it);

    if (l->count == l->size) {
        l->size = l->size == 0 ? 16 : l->size * 2;
        l->rows = mem_grow(l->rows, l->size, sizeof *l->rows);
    }
    memmove(&l->rows[at + 1], &l->rows[at], (l->count - at) * sizeof *l->rows);
    l->rows[at] = (struct row){item, it->kind, NULL};
    l->count++;
    ns_menu_insert(l->menu, item, (long)at);
    ns_release(item); /* the menu has it */
}

static void remove_row(struct status_level *l, size_t at)
{
    struct status_level *sub = l->rows[at].sub;

    ns_menu_remove_at(l->menu, (long)at);
    status_level_free(sub);
    l->count--;
    memmove(&l->rows[at], &l->rows[at + 1], (l->count - at) * sizeof *l->rows);
}

/* After changes: tags are row numbers, and exactly the rows with children have an NSMenu. */
static void settle_rows(struct status_level *l, const struct menu_item *to, bool keep_menus)
{
    for (size_t i = 0; i < l->count; i++) {
        struct row *row = &l->rows[i];

        if (ns_item_tag(row->item) != (long)i)
            ns_item_set_tag(row->item, (long)i);
        if (row->sub == NULL && to[i].child_count > 0)
            add_sub(l, row);
        if (row->sub != NULL && to[i].child_count == 0 && !keep_menus) {
            drop_sub(row);
            update_row(l, i, &to[i]); /* it may have an action now */
        }
    }
}

static void change_rows(struct status_level *l, const struct menu_change *changes, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct menu_change *c = &changes[i];

        if (c->kind == MENU_REMOVE)
            remove_row(l, c->at);
        else if (c->kind == MENU_INSERT)
            insert_row(l, c->at, c->item);
        else
            update_row(l, c->at, c->item);
    }
}

void status_level_apply(struct status_level *l, const struct menu_item *from, size_t from_count,
                        const struct menu_item *to, size_t to_count, bool keep_menus)
{
    size_t count = 0;
    struct menu_change *changes = menu_diff(from, from_count, to, to_count, &count);

    MUST(l->live && l->count == from_count);
    change_rows(l, changes, count);
    MUST(l->count == to_count);
    settle_rows(l, to, keep_menus);
    mem_free(changes);
    for (size_t i = 0; i < l->count; i++) {
        struct status_level *sub = l->rows[i].sub;
        const struct menu_item *was =
            sub != NULL && sub->live ? menu_find(from, from_count, to[i].key) : NULL;

        if (was != NULL)
            status_level_apply(sub, was->children, was->child_count, to[i].children,
                               to[i].child_count, keep_menus);
    }
}

void status_level_wake(struct status_level *l, const struct menu *shown)
{
    size_t count;
    const struct menu_item *to = items_of(l, shown, &count);

    if (l->live || !l->parent->live)
        return;
    for (size_t i = 0; i < count; i++) {
        if (i < l->count && status_row_fits(l->rows[i].kind, to[i].kind))
            update_row(l, i, &to[i]);
        else
            insert_row(l, i, &to[i]);
    }
    while (l->count > count)
        remove_row(l, l->count - 1);
    settle_rows(l, to, false);
    ns_menu_set_title(l->menu, ns_item_title(row_of(l)->item));
    l->live = true;
}

void status_level_sleep(struct status_level *root)
{
    for (size_t i = 0; i < root->count; i++) {
        struct status_level *sub = root->rows[i].sub;

        if (sub != NULL) {
            status_level_sleep(sub);
            sub->live = false;
        }
    }
}
