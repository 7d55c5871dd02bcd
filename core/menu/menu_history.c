/* menu_history.c - see menu_history.h. The notes' keys are their places: none can be chosen, and so
 * the newest one stands first in an open menu too. */
#include "core/menu/menu_history.h"
#include "core/menu/menu_shown.h"
#include "core/menu/menu_words.h"
#include <inttypes.h>

static void event_add(const struct menu_input *in, const struct menu_past *e, struct arena *a,
                      struct menu_list *into)
{
    struct menu_shown name = menu_show(a, e->name, MENU_TITLE_MAX);
    const char *said = menu_event_sentence(a, e->what, name.text);
    struct menu_item *it;

    if (e->has_exit_code && e->exit_code != 0)
        said = word_say(a, WORD_PAST_EXIT, said, arena_print(a, "%" PRId64, e->exit_code));
    said = word_say(a, WORD_PAST_AGO, said, menu_say_span(a, in->now_s - e->at_s));
    it = menu_list_add(into, MENU_NOTE, arena_print(a, "history/%zu", into->count), said);
    it->tip = name.full;
}

void menu_history_add(const struct menu_input *in, struct arena *a, struct menu_list *into)
{
    struct menu_list events = {0};
    struct menu_item *it;

    if (in->past_count == 0)
        return;
    for (size_t i = 0; i < in->past_count; i++)
        event_add(in, &in->past[i], a, &events);
    it = menu_list_add(into, MENU_ROW, "history", word(WORD_HISTORY));
    it->children = menu_list_move(&events, a, &it->child_count);
    menu_list_release(&events);
}
