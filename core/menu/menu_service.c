/* menu_service.c - see menu_service.h. A start is done at once; a stop ends containers, so its row
 * ends in three dots and asks. */
#include "core/menu/menu_service.h"
#include "core/base/text.h"
#include "core/engine/state.h"
#include "core/menu/menu_container.h"
#include "core/menu/menu_shown.h"
#include "core/menu/menu_words.h"

static const char *key_of(const struct menu_service *s, const char *what)
{
    return arena_print(s->arena, "%s/!%s", engine_word(s->snap->kind), what);
}

static bool is_mismatch(const struct snapshot *snap)
{
    return snap->state == ENGINE_MISMATCH && snap->client[0] != '\0';
}

void menu_service_notes(const struct menu_service *s, struct menu_list *into)
{
    const struct snapshot *snap = s->snap;
    struct arena *a = s->arena;
    const char *title = engine_title(snap->kind);
    const char *text = NULL;

    if (s->pending != NULL && s->pending->op != OP_SERVICE_STOP && snap->kind == ENGINE_APPLE)
        menu_list_add(into, MENU_NOTE, key_of(s, "first"), word(WORD_SERVICE_FIRST));
    if (is_mismatch(snap))
        text = word_say_3(a, WORD_SERVICE_MISMATCH, title, text_short(a, snap->client, 24),
                          text_short(a, snap->version, 24));
    else if (snap->origin == ORIGIN_OLDER)
        text = word_say(a, WORD_SERVICE_OLDER, title, NULL);
    else if (snap->origin == ORIGIN_OTHER)
        text = word_say(a, WORD_SERVICE_OTHER, menu_show(a, snap->root, MENU_TITLE_MAX).text, NULL);
    if (text != NULL)
        menu_sentence_add(a, into, key_of(s, "service"), word_say(a, WORD_WARNING, text, NULL));
}

static void row_add(const struct menu_service *s, enum op op, enum word title,
                    struct menu_list *into)
{
    struct menu_item *it = NULL;

    if (!state_service_allows(op, s->snap))
        return;
    it = menu_list_add(into, MENU_ROW, key_of(s, op_word(op)),
                       word_say(s->arena, title, engine_title(s->snap->kind), NULL));
    it->command = MENU_SERVICE;
    it->op = op;
    it->engine = s->snap->kind;
    it->enabled = s->pending == NULL;
}

void menu_service_rows(const struct menu_service *s, struct menu_list *into)
{
    row_add(s, OP_SERVICE_START, WORD_SERVICE_START, into);
    if (is_mismatch(s->snap) || s->snap->origin != ORIGIN_OURS)
        row_add(s, OP_SERVICE_RESTART, WORD_SERVICE_RESTART, into);
    row_add(s, OP_SERVICE_STOP, WORD_SERVICE_STOP, into);
}

/* Hidden ones too: they stop as well. */
static size_t count_running(const struct snapshot *snap)
{
    size_t count = 0;

    for (size_t i = 0; snap != NULL && i < snap->count; i++)
        count += snap->list[i].state == STATE_RUNNING || snap->list[i].state == STATE_PAUSED;
    return count;
}

void menu_service_ask(struct arena *a, enum engine_kind kind, enum op op,
                      const struct snapshot *snap, struct menu_question *out)
{
    const bool stop = op == OP_SERVICE_STOP;
    size_t running = count_running(snap);

    MUST(stop || op == OP_SERVICE_RESTART);
    out->title = engine_title(kind);
    out->question = word_say(a, stop ? WORD_SERVICE_ASK_STOP : WORD_SERVICE_ASK_RESTART,
                             engine_title(kind), NULL);
    out->lost = running == 0 ? word(WORD_SERVICE_LOST_NONE)
                             : word_count(a, WORD_SERVICE_LOST_1, (int64_t)running);
    out->verb = word(stop ? WORD_STOP : WORD_RESTART);
}
