/* menu_remove.c - see menu_remove.h. */
#include "core/menu/menu_remove.h"
#include "core/engine/state.h"
#include "core/menu/menu_shown.h"
#include "core/words/words.h"

enum op menu_ask_remove(struct arena *a, enum engine_kind kind, const struct container *c,
                        struct menu_question *out)
{
    const char *name = menu_show_name(a, c, MENU_TITLE_MAX).text;
    bool rests = state_allows(kind, OP_REMOVE, c);

    out->title = word_say(a, WORD_REMOVE_TITLE, name, NULL);
    out->question = word_say(a, WORD_REMOVE_QUESTION, name, NULL);
    out->lost = rests ? word(WORD_REMOVE_LOSES)
                      : arena_print(a, "%s %s", word(WORD_REMOVE_ENDS), word(WORD_REMOVE_LOSES));
    out->verb = word(WORD_REMOVE);
    return rests ? OP_REMOVE : OP_REMOVE_FORCE;
}
