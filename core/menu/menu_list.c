/* menu_list.c - a growing array of menu items. */
#include "core/menu/menu_list.h"
#include <string.h>

struct menu_item *menu_list_add(struct menu_list *l, enum menu_kind kind, const char *key,
                                const char *title)
{
    struct menu_item *it = NULL;

    if (l->count == l->size) {
        l->size = l->size == 0 ? 32 : l->size * 2;
        l->items = mem_grow(l->items, l->size, sizeof *l->items);
    }
    it = &l->items[l->count++];
    memset(it, 0, sizeof *it);
    it->kind = kind;
    it->key = key;
    it->title = title;
    it->enabled = kind == MENU_ROW;
    it->shortcut = "";
    return it;
}

struct menu_item *menu_list_move(struct menu_list *l, struct arena *a, size_t *count)
{
    struct menu_item *items = NULL;

    if (l->count > 0) {
        items = arena_new_array(a, l->count, sizeof *items);
        memcpy(items, l->items, l->count * sizeof *items);
    }
    *count = l->count;
    l->count = 0;
    return items;
}

void menu_list_release(struct menu_list *l)
{
    mem_free(l->items);
    *l = (struct menu_list){NULL, 0, 0};
}
