/* keys.c - see keys.h. */
#include "app/gnustep/keys.h"
#include "app/gnustep/menu_view.h"
#include "app/gnustep/popup.h"
#include <string.h>

enum { MODIFIERS = (1 << 17) | (1 << 18) | (1 << 19) | (1 << 20), COMMAND = 1 << 20 };

static bool can_choose(id item)
{
    return gs_item_enabled(item) && !gs_item_separator(item);
}

static void show_row(struct popup_level *level, long row)
{
    NSRect r = menu_view_row_rect(level, row);
    double room = gs_window_frame(level->panel).size.height - MENU_MARGIN - MENU_SCROLL_ZONE;

    if (r.origin.y < MENU_MARGIN + MENU_SCROLL_ZONE)
        menu_view_scroll(level, r.origin.y - MENU_MARGIN - MENU_SCROLL_ZONE);
    else if (r.origin.y + r.size.height > room)
        menu_view_scroll(level, r.origin.y + r.size.height - room);
}

/* To the next row that can be chosen, round the ends. */
static void walk(struct popup *p, long step)
{
    struct popup_level *level = &p->level[p->depth - 1];
    long n = gs_menu_count(level->menu), row = level->lit;

    if (row < 0 && step < 0)
        row = n;
    for (long i = 0; i < n; i++) {
        row = (row + step + n) % n;
        if (menu_view_row_shown(level, row) && can_choose(gs_menu_at(level->menu, row))) {
            p->hot = p->depth - 1;
            p->settle_ms = 0;
            popup_light(level, row);
            show_row(level, row);
            return;
        }
    }
}

static void enter(struct popup *p)
{
    struct popup_level *level = &p->level[p->depth - 1];
    id item = popup_lit_item(level);

    if (item == nil || !can_choose(item) || gs_item_submenu(item) == nil)
        return;
    popup_push(gs_item_submenu(item), item);
    walk(p, 1);
}

static void choose(struct popup *p)
{
    id item = popup_lit_item(&p->level[p->depth - 1]);

    if (item == nil || !can_choose(item))
        return;
    if (gs_item_submenu(item) != nil) {
        enter(p);
        return;
    }
    p->picked = gs_retain(item);
    p->done = true;
}

static bool shortcut_in(id menu, const char *key, unsigned long mask, id *found)
{
    long n = gs_menu_count(menu);

    for (long i = 0; i < n && *found == nil; i++) {
        id item = gs_menu_at(menu, i), submenu = gs_item_submenu(item);
        const char *own = gs_string_utf8(gs_item_key(item));

        if (submenu != nil)
            shortcut_in(submenu, key, mask, found);
        else if (own != NULL && own[0] != '\0' && strcmp(own, key) == 0 &&
                 gs_item_key_mask(item) == mask && can_choose(item))
            *found = item;
    }
    return *found != nil;
}

static void shortcut(struct popup *p, const char *key, unsigned long flags)
{
    id item = nil;

    if ((flags & COMMAND) != 0 && shortcut_in(p->level[0].menu, key, flags & MODIFIERS, &item)) {
        p->picked = gs_retain(item);
        p->done = true;
    }
}

void keys_take(struct popup *p, id event)
{
    const char *key = gs_string_utf8(gs_event_chars(event));

    if (key == NULL)
        return;
    if (strcmp(key, "\x1b") == 0)
        p->done = true;
    else if (strcmp(key, "\xef\x9c\x80") == 0) /* U+F700, NSUpArrowFunctionKey */
        walk(p, -1);
    else if (strcmp(key, "\xef\x9c\x81") == 0)
        walk(p, 1);
    else if (strcmp(key, "\xef\x9c\x82") == 0 && p->depth > 1)
        popup_pop(p->depth - 1);
    else if (strcmp(key, "\xef\x9c\x83") == 0)
        enter(p);
    else if (strcmp(key, "\r") == 0 || strcmp(key, " ") == 0)
        choose(p);
    else
        shortcut(p, key, gs_event_flags(event));
}
