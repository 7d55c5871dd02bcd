/* menu_text.c - a menu as lines of text. */
#include "core/menu/menu_text.h"
#include <stdio.h>

static bool can_be_chosen(const struct menu_item *it)
{
    return it->kind == MENU_ROW && it->enabled;
}

/* Shortcuts are plain letters, shown as on a key. */
static char key_letter(char c)
{
    if (c >= 'a' && c <= 'z')
        return (char)(c - 'a' + 'A');
    return c;
}

/* A row that needs Option to be seen has its sign, as a shortcut has its letter. */
static enum rc item_text(const struct menu_item *it, int depth, struct buf *out)
{
    bool open = can_be_chosen(it);
    char key[8] = "";

    if (it->kind == MENU_SEPARATOR)
        return buf_print(out, "%*s- - -\n", depth * 2, "");
    if (it->shortcut[0] != '\0')
        snprintf(key, sizeof key, " [%c]", key_letter(it->shortcut[0]));
    return buf_print(out, "%*s%s%s%s%s%s%s\n", depth * 2, "", open ? "" : "(", it->title,
                     open ? "" : ")", key, it->alternate ? " [⌥]" : "",
                     it->child_count > 0 ? " >" : "");
}

static enum rc level_text(const struct menu_item *items, size_t count, bool deep, int depth,
                          struct buf *out)
{
    enum rc rc = RC_OK;

    for (size_t i = 0; rc == RC_OK && i < count; i++) {
        rc = item_text(&items[i], depth, out);
        if (rc == RC_OK && deep)
            rc = level_text(items[i].children, items[i].child_count, deep, depth + 1, out);
    }
    return rc;
}

enum rc menu_text(const struct menu *m, bool deep, struct buf *out)
{
    enum rc rc =
        buf_print(out, "%s | %s | %s\n", menu_icon_word(m->icon), m->status_title, m->status_tip);

    return rc == RC_OK ? level_text(m->items, m->count, deep, 0, out) : rc;
}
