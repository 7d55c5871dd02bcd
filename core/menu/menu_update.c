/* menu_update.c - see menu_update.h. */
#include "core/menu/menu_update.h"
#include "core/menu/menu_container.h"
#include "core/words/words.h"

#define ARROW "\xe2\x86\x91" /* U+2191 */

static bool is_on_top(const struct menu_update *u)
{
    return u->kind != MENU_UPDATE_NONE && u->critical;
}

static enum word title_of(const struct menu_update *u)
{
    if (u->kind == MENU_UPDATE_READY)
        return WORD_UPDATE_RESTART_TO;
    return u->critical ? WORD_UPDATE_TO_CRITICAL : WORD_UPDATE_TO;
}

static void row_add(const struct menu_update *u, struct arena *a, struct menu_list *into)
{
    const char *title = word_say(a, title_of(u), u->version, NULL);

    menu_list_add(into, MENU_ROW, "update", title)->command = MENU_UPDATE_SHOW;
}

void menu_update_add_top(const struct menu_update *u, struct arena *a, struct menu_list *into)
{
    if (is_on_top(u))
        row_add(u, a, into);
}

void menu_update_add(const struct menu_update *u, struct arena *a, struct menu_list *into)
{
    if (u->came_back != NULL && u->came_back[0] != '\0')
        menu_sentence_add(a, into, "update/back",
                          word_say(a, WORD_WARNING,
                                   word_say(a, WORD_UPDATE_CAME_BACK, u->came_back, NULL), NULL));
    if (u->stale)
        menu_sentence_add(a, into, "update/stale", word(WORD_UPDATE_STALE));
    if (u->kind != MENU_UPDATE_NONE && !is_on_top(u))
        row_add(u, a, into);
}

void menu_update_add_check(const struct menu_update *u, struct menu_list *into)
{
    if (u->kind == MENU_UPDATE_NONE)
        menu_list_add(into, MENU_ROW, "update/check", word(WORD_UPDATE_CHECK))->command =
            MENU_UPDATE_CHECK;
}

const char *menu_update_title(const struct menu_update *u, struct arena *a, const char *title)
{
    if (u->kind == MENU_UPDATE_NONE)
        return title;
    return arena_print(a, "%s%s" ARROW, title, title[0] != '\0' ? " " : "");
}

const char *menu_update_tip(const struct menu_update *u, struct arena *a, const char *tip)
{
    if (u->kind == MENU_UPDATE_NONE)
        return tip;
    return word_say(a, WORD_STATUS_AND, tip, word_say(a, WORD_UPDATE_AVAILABLE, u->version, NULL));
}
