/* menu_flat.c - see menu_flat.h. A row with actions below it is a container, or a group; one
 * without, that has children, is a fold, and its children count as if they stood in its place. */
#include "core/menu/menu_flat.h"

enum what { FOLD, CONTAINER, GROUP };

static bool is_many(const struct menu_item *it)
{
    return it->command == MENU_MANY || it->command == MENU_ASK_MANY;
}

static enum what what_of(const struct menu_item *it)
{
    for (size_t i = 0; i < it->child_count; i++) {
        if (is_many(&it->children[i]))
            return GROUP;
        if (it->children[i].command == MENU_ACTION)
            return CONTAINER;
    }
    return it->mark != MENU_MARK_NONE ? CONTAINER : FOLD;
}

static void add(struct menu_flat *flat, const struct menu_item *it, bool inside, size_t max)
{
    struct menu_flat_row row = {.item = it, .inside = inside};

    if (flat->count == max) {
        flat->left_out++;
        return;
    }
    for (size_t i = 0; i < it->child_count && row.action_count < MENU_FLAT_ACTIONS; i++) {
        const struct menu_item *action = &it->children[i];

        if ((action->command == MENU_ACTION || is_many(action)) && action->enabled &&
            !action->alternate && !it->gone)
            row.actions[row.action_count++] = action;
    }
    if (flat->count == flat->size) {
        flat->size = flat->size == 0 ? 32 : flat->size * 2;
        flat->rows = mem_grow(flat->rows, flat->size, sizeof *flat->rows);
    }
    flat->rows[flat->count++] = row;
}

/* `inside` a group notes are left out: they say what the section says below. */
static void add_all(struct menu_flat *flat, const struct menu_item *items, size_t count,
                    bool inside, size_t max)
{
    for (size_t i = 0; i < count; i++) {
        const struct menu_item *it = &items[i];
        bool says = it->kind == MENU_HEADER || it->kind == MENU_NOTE;
        enum what what = what_of(it);

        if (says ? !inside : what != FOLD)
            add(flat, it, inside, max);
        if (!says && what != CONTAINER)
            add_all(flat, it->children, it->child_count, inside || what == GROUP, max);
    }
}

void menu_flat_init(struct menu_flat *flat, const struct menu *menu, size_t max)
{
    *flat = (struct menu_flat){0};
    add_all(flat, menu->items, menu->count, false, max);
}

void menu_flat_release(struct menu_flat *flat)
{
    mem_free(flat->rows);
    *flat = (struct menu_flat){0};
}
