/* menu.c - what every user of a menu needs: marks, icons, finding an item, the end of a menu.
 *
 * The characters of the marks are ones that Inter and DejaVu both have: the Linux build draws with
 * a single font, and what is missing there becomes a question mark (docs/decisions/012). */
#include "core/menu/menu.h"
#include <stdio.h>
#include <string.h>

static const char *const marks[MENU_MARK_COUNT] = {
    [MENU_MARK_NONE] = "",
    [MENU_MARK_RUNNING] = "\xe2\x97\x8f",   /* U+25CF black circle */
    [MENU_MARK_UNHEALTHY] = "\xe2\x96\xb2", /* U+25B2 black triangle */
    [MENU_MARK_BUSY] = "\xe2\x86\xbb",      /* U+21BB circling arrow */
    [MENU_MARK_PAUSED] = "\xe2\x80\x96",    /* U+2016 two bars */
    [MENU_MARK_CREATED] = "\xe2\x97\xa6",   /* U+25E6 small hollow circle */
    [MENU_MARK_STOPPED] = "\xe2\x97\x8b",   /* U+25CB hollow circle */
    [MENU_MARK_FAILED] = "\xe2\x9c\x97",    /* U+2717 cross */
    [MENU_MARK_UNKNOWN] = "?",
};

static const char *const icons[MENU_ICON_COUNT] = {
    [MENU_ICON_RUNNING] = "running",
    [MENU_ICON_IDLE] = "idle",
    [MENU_ICON_DOWN] = "down",
    [MENU_ICON_BUSY] = "busy",
};

const char *menu_mark_text(enum menu_mark mark)
{
    return marks[mark];
}

const char *menu_icon_word(enum menu_icon icon)
{
    return icons[icon];
}

void menu_release(struct menu *m)
{
    arena_release(&m->arena);
    *m = (struct menu){0};
}

const struct menu_item *menu_find(const struct menu_item *items, size_t count, const char *key)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(items[i].key, key) == 0)
            return &items[i];
    return NULL;
}

const struct menu_item *menu_find_below(const struct menu_item *items, size_t count,
                                        const char *key)
{
    const struct menu_item *found = menu_find(items, count, key);

    for (size_t i = 0; i < count && found == NULL; i++)
        found = menu_find_below(items[i].children, items[i].child_count, key);
    return found;
}

struct menu_call menu_call_of(const struct menu_item *it)
{
    struct menu_call call = {
        .command = it->command, .op = it->op, .engine = it->engine, .window = it->window};

    if (it->id != NULL)
        call.id = *it->id;
    if (it->project != NULL)
        snprintf(call.project, sizeof call.project, "%s", it->project);
    return call;
}
