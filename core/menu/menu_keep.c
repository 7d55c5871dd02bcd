/* menu_keep.c - the rows by which a container is pinned on top, hidden or muted. Kept is its name:
 * one that has none cannot be told from others. What the engine runs for itself is hidden by a
 * setting, and can be pinned all the same. */
#include "core/menu/menu_container.h"
#include "core/menu/menu_words.h"

static struct menu_item *row_add(const struct menu_container *r, const struct valid_id *id,
                                 const char *key, enum word title, enum menu_command command,
                                 struct menu_list *into)
{
    struct menu_item *it = menu_list_add(into, MENU_ROW, key, word(title));

    it->command = command;
    it->engine = r->snap->kind;
    it->id = id;
    it->enabled = id->text[0] != '\0' && r->c->name[0] != '\0';
    return it;
}

void menu_keep_add(const struct menu_container *r, const struct valid_id *id, const char *key,
                   struct menu_list *into)
{
    struct arena *a = r->arena;
    struct menu_item *it;

    menu_list_add(into, MENU_SEPARATOR, arena_print(a, "%s/sep-keep", key), "");
    (void)row_add(r, id, arena_print(a, "%s/pin", key), r->pinned ? WORD_UNPIN : WORD_PIN,
                  r->pinned ? MENU_UNPIN : MENU_PIN, into);
    it = row_add(r, id, arena_print(a, "%s/hide", key), r->hidden ? WORD_UNHIDE : WORD_HIDE,
                 r->hidden ? MENU_UNHIDE : MENU_HIDE, into);
    it->enabled = it->enabled && (r->hidden || !r->c->infra);
    (void)row_add(r, id, arena_print(a, "%s/mute", key), r->muted ? WORD_UNMUTE : WORD_MUTE,
                  r->muted ? MENU_UNMUTE : MENU_MUTE, into);
}
