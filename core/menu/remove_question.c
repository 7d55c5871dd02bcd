/* remove_question.c - see remove_question.h. */
#include "core/menu/remove_question.h"
#include "core/engine/state.h"
#include "core/menu/menu_shown.h"
#include "core/words/words.h"

#define NAME_MAX_SHOWN 60 /* characters */

void remove_question(struct arena *a, enum engine_kind kind, const struct container *c,
                     struct remove_question *out)
{
    const char *name = menu_show_name(a, c, NAME_MAX_SHOWN).text;
    bool rests = state_allows(kind, OP_REMOVE, c);

    out->title = word_say(a, WORD_REMOVE_TITLE, name, NULL);
    out->question = word_say(a, WORD_REMOVE_QUESTION, name, NULL);
    out->lost = rests ? word(WORD_REMOVE_LOSES)
                      : arena_print(a, "%s %s", word(WORD_REMOVE_ENDS), word(WORD_REMOVE_LOSES));
    out->verb = word(WORD_REMOVE);
    out->op = rests ? OP_REMOVE : OP_REMOVE_FORCE;
}
