/* menu_flat.c - see menu_flat.h. A row with actions below it is a container; one without, that has
 * children, is a fold, and its children count as if they stood in its place. */
#include "core/menu/menu_flat.h"

static bool is_container(const struct menu_item *it)
{
    for (size_t i = 0; i < it->child_count; i++)
        if (it->children[i].command == MENU_ACTION)
            return true;
    return it->mark != MENU_MARK_NONE;
}

static void add(struct menu_flat *flat, const struct menu_item *it, size_t max)
{
    struct menu_flat_row row = {.item = it};

    if (flat->count == max) {
        flat->left_out++;
        return;
    }
    for (size_t i = 0; i < it->child_count && row.action_count < MENU_FLAT_ACTIONS; i++)
        if (it->children[i].command == MENU_ACTION && it->children[i].enabled && !it->gone)
            row.actions[row.action_count++] = &it->children[i];
    if (flat->count == flat->size) {
        flat->size = flat->size == 0 ? 32 : flat->size * 2;
        flat->rows = mem_grow(flat->rows, flat->size, sizeof *flat->rows);
    }
    flat->rows[flat->count++] = row;
}

static void add_all(struct menu_flat *flat, const struct menu_item *items, size_t count, size_t max)
{
    for (size_t i = 0; i < count; i++) {
        const struct menu_item *it = &items[i];

        if (it->kind == MENU_HEADER || it->kind == MENU_NOTE || is_container(it))
            add(flat, it, max);
        else
            add_all(flat, it->children, it->child_count, max);
    }
}

void menu_flat_init(struct menu_flat *flat, const struct menu *menu, size_t max)
{
    *flat = (struct menu_flat){0};
    add_all(flat, menu->items, menu->count, max);
}

void menu_flat_release(struct menu_flat *flat)
{
    mem_free(flat->rows);
    *flat = (struct menu_flat){0};
}
