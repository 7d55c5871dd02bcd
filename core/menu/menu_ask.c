/* menu_ask.c - see menu_ask.h. */
#include "core/menu/menu_ask.h"
#include "core/menu/menu_shown.h"
#include "core/menu/menu_words.h"
#include <inttypes.h>

/* "web, db and 4 more". */
static const char *names_of(struct arena *a, const struct container *const *list, size_t count)
{
    const char *names = menu_show_name(a, list[0], MENU_TITLE_MAX).text;
    size_t shown = count <= MENU_ASK_NAMES ? count : MENU_ASK_NAMES;

    for (size_t i = 1; i < shown; i++)
        names = word_say(a, WORD_NOTE_NAMES_JOIN, names,
                         menu_show_name(a, list[i], MENU_TITLE_MAX).text);
    if (shown == count)
        return names;
    return word_say(a, WORD_NOTE_NAMES_MORE, names, arena_print(a, "%zu", count - shown));
}

void menu_ask_many(struct arena *a, enum engine_kind kind, enum op op, const char *project,
                   const struct container *const *list, size_t count, struct menu_question *out)
{
    const char *whose =
        project != NULL ? menu_show(a, project, MENU_TITLE_MAX).text : engine_title(kind);
    bool stops = op == OP_STOP;
    int64_t lost = 0;

    MUST(count > 0 && (stops || op == OP_RESTART));
    for (size_t i = 0; i < count; i++)
        lost += stops && list[i]->auto_remove;
    out->verb = word(stops ? WORD_STOP_ALL : WORD_RESTART_ALL);
    out->title = word_say(a, WORD_ROW, out->verb, whose);
    out->question = word_count(a, stops ? WORD_ASK_STOP_1 : WORD_ASK_RESTART_1, (int64_t)count);
    out->lost = names_of(a, list, count);
    if (lost > 0)
        out->lost = arena_print(a, "%s\n%s", out->lost, word_count(a, WORD_ASK_LOST_1, lost));
}
