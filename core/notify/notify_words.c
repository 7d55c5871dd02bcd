/* notify_words.c - see notify_words.h. */
#include "core/notify/notify_words.h"
#include <string.h>

/* clang-format off */
static const enum word verbs[OP_COUNT] = {
    [OP_START]        = WORD_VERB_START,
    [OP_STOP]         = WORD_VERB_STOP,
    [OP_RESTART]      = WORD_VERB_RESTART,
    [OP_KILL]         = WORD_VERB_KILL,
    [OP_PAUSE]        = WORD_VERB_PAUSE,
    [OP_UNPAUSE]      = WORD_VERB_RESUME,
    [OP_REMOVE]       = WORD_VERB_REMOVE,
    [OP_REMOVE_FORCE] = WORD_VERB_REMOVE,
    [OP_INSPECT]      = WORD_VERB_INSPECT,
    [OP_SHELL]        = WORD_VERB_SHELL_IN,
    [OP_OPEN]         = WORD_VERB_OPEN_OF,
    [OP_SERVICE_START]   = WORD_VERB_START,
    [OP_SERVICE_STOP]    = WORD_VERB_STOP,
    [OP_SERVICE_RESTART] = WORD_VERB_RESTART,
};

static const enum word states[ENGINE_STATE_COUNT] = {
    [ENGINE_UNSEEN]         = WORD_NOTE_ENGINE_UNSEEN,
    [ENGINE_RUNNING]        = WORD_ENGINE_IS_RUNNING,
    [ENGINE_STOPPED]        = WORD_NOTE_ENGINE_STOPPED,
    [ENGINE_MISSING]        = WORD_NOTE_ENGINE_MISSING,
    [ENGINE_NOT_TRUSTED]    = WORD_NOTE_ENGINE_NOT_TRUSTED,
    [ENGINE_NOT_RESPONDING] = WORD_NOTE_ENGINE_NOT_RESPONDING,
    [ENGINE_PERMISSION]     = WORD_ENGINE_IS_PERMISSION,
    [ENGINE_MISMATCH]       = WORD_ENGINE_IS_MISMATCH,
    [ENGINE_FAILED]         = WORD_ENGINE_IS_FAILED,
};

static const struct {
    enum note_button button;
    const char *word;
    enum word label;
} buttons[] = {
    {NOTE_RESTART, "restart", WORD_NOTE_RESTART},
    {NOTE_LOGS,    "logs",    WORD_NOTE_LOGS},
};
/* clang-format on */

const enum note_button note_buttons[] = {NOTE_RESTART, NOTE_LOGS, (enum note_button)0};

static size_t button_at(enum note_button button)
{
    size_t at = 0;

    while (at < countof(buttons) && buttons[at].button != button)
        at++;
    MUST(at < countof(buttons));
    return at;
}

const char *note_button_word(enum note_button button)
{
    return buttons[button_at(button)].word;
}

const char *note_button_label(enum note_button button)
{
    return word(buttons[button_at(button)].label);
}

bool note_button_from_word(const char *text, enum note_button *out)
{
    for (size_t i = 0; i < countof(buttons); i++) {
        if (strcmp(text, buttons[i].word) == 0) {
            *out = buttons[i].button;
            return true;
        }
    }
    return false;
}

const char *notify_op_verb(enum op op)
{
    return verbs[op] != WORD_NONE ? word(verbs[op]) : NULL;
}

const char *notify_engine_sentence(struct arena *a, enum engine_kind kind, enum engine_state state)
{
    return word_say(a, states[state], engine_title(kind), NULL);
}
