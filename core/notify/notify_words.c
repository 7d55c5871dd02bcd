/* notify_words.c - the English sentences of notifications. */
#include "core/notify/notify_words.h"
#include "core/base/pattern.h"
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* clang-format off */
static const char *const words[NOTIFY_WORD_COUNT] = {
    [NOTIFY_EXIT_TITLE]      = "%1 ended with an error",
    [NOTIFY_EXIT_BODY]       = "%1: exit code %2",
    [NOTIFY_UNHEALTHY_TITLE] = "%1 is unhealthy",
    [NOTIFY_UNHEALTHY_BODY]  = "%1: its health check fails",
    [NOTIFY_LOOP_TITLE]      = "%1 keeps restarting",
    [NOTIFY_LOOP_BODY]       = "%1: it ended %2 times within %3 minutes",
    [NOTIFY_DOWN_BODY]       = "Its containers are shown as they were last seen.",
    [NOTIFY_BACK_TITLE]      = "%1 is running again",
    [NOTIFY_BACK_BODY_1]     = "%1 container running",
    [NOTIFY_BACK_BODY_N]     = "%1 containers running",
    [NOTIFY_FAILURE_TITLE]   = "Could not %1 %2",
    [NOTIFY_MANY_TITLE]      = "Several things happened at once",
    [NOTIFY_AWAY_TITLE]      = "While you were away",
    [NOTIFY_LINE_EXIT]       = "Ended with an error: %1",
    [NOTIFY_LINE_UNHEALTHY]  = "Unhealthy: %1",
    [NOTIFY_LINE_LOOP]       = "Keeps restarting: %1",
    [NOTIFY_NAMES_JOIN]      = "%1, %2",
    [NOTIFY_NAMES_MORE]      = "%1 and %2 more",
};

static const char *const verbs[OP_COUNT] = {
    [OP_START]        = "start",
    [OP_STOP]         = "stop",
    [OP_RESTART]      = "restart",
    [OP_KILL]         = "kill",
    [OP_PAUSE]        = "pause",
    [OP_UNPAUSE]      = "resume",
    [OP_REMOVE]       = "remove",
    [OP_REMOVE_FORCE] = "remove",
    [OP_SHELL]        = "open a shell in",
    [OP_OPEN]         = "open a page of",
};

static const char *const states[ENGINE_STATE_COUNT] = {
    [ENGINE_UNSEEN]         = "%1 was not looked at",
    [ENGINE_RUNNING]        = "%1 is running",
    [ENGINE_STOPPED]        = "%1 is not running any more",
    [ENGINE_MISSING]        = "%1 is not installed any more",
    [ENGINE_NOT_TRUSTED]    = "%1 is not trusted any more",
    [ENGINE_NOT_RESPONDING] = "%1 does not respond",
    [ENGINE_PERMISSION]     = "%1 denies permission",
    [ENGINE_MISMATCH]       = "The versions of %1 do not fit",
    [ENGINE_FAILED]         = "%1 cannot be listed",
};

static const struct {
    enum note_button button;
    const char *word, *label;
} buttons[] = {
    {NOTE_RESTART, "restart", "Restart"},
    {NOTE_LOGS,    "logs",    "Show Logs"},
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
    return buttons[button_at(button)].label;
}

bool note_button_from_word(const char *word, enum note_button *out)
{
    for (size_t i = 0; i < countof(buttons); i++) {
        if (strcmp(word, buttons[i].word) == 0) {
            *out = buttons[i].button;
            return true;
        }
    }
    return false;
}

const char *notify_word(enum notify_word word)
{
    MUST(words[word] != NULL);
    return words[word];
}

const char *notify_say(struct arena *a, enum notify_word word, const char *one, const char *two,
                       const char *three)
{
    const char *const holes[] = {one, two, three};

    return pattern_fill(a, notify_word(word), holes, countof(holes));
}

const char *notify_say_count(struct arena *a, enum notify_word one, int64_t n)
{
    char number[24];

    snprintf(number, sizeof number, "%" PRId64, n);
    return notify_say(a, n == 1 ? one : one + 1, number, NULL, NULL);
}

const char *notify_op_verb(enum op op)
{
    return verbs[op];
}

const char *notify_engine_sentence(struct arena *a, enum engine_kind kind, enum engine_state state)
{
    const char *const holes[] = {engine_title(kind)};

    MUST(states[state] != NULL);
    return pattern_fill(a, states[state], holes, countof(holes));
}
