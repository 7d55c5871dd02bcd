/* menu_words.c - see menu_words.h. */
#include "core/menu/menu_words.h"

/* clang-format off */
static const struct {
    enum word verb, doing;
} ops[OP_COUNT] = {
    [OP_START]         = {WORD_VERB_START,   WORD_DOING_START},
    [OP_STOP]          = {WORD_VERB_STOP,    WORD_DOING_STOP},
    [OP_RESTART]       = {WORD_VERB_RESTART, WORD_DOING_RESTART},
    [OP_KILL]          = {WORD_VERB_KILL,    WORD_DOING_KILL},
    [OP_PAUSE]         = {WORD_VERB_PAUSE,   WORD_DOING_PAUSE},
    [OP_UNPAUSE]       = {WORD_VERB_RESUME,  WORD_DOING_RESUME},
    [OP_REMOVE]        = {WORD_VERB_REMOVE,  WORD_DOING_REMOVE},
    [OP_REMOVE_FORCE]  = {WORD_VERB_REMOVE,  WORD_DOING_REMOVE},
    [OP_SERVICE_START] = {WORD_VERB_START,   WORD_DOING_START},
    [OP_SERVICE_STOP]  = {WORD_VERB_STOP,    WORD_DOING_STOP},
    [OP_SERVICE_RESTART] = {WORD_VERB_RESTART, WORD_DOING_RESTART},
    [OP_INSPECT]       = {WORD_VERB_INSPECT, WORD_NONE},
    [OP_SHELL]         = {WORD_VERB_SHELL,   WORD_NONE}, /* a window shows that it is under way */
    [OP_OPEN]          = {WORD_VERB_OPEN,    WORD_NONE},
};

static const struct {
    enum word label, sentence;
} states[ENGINE_STATE_COUNT] = {
    [ENGINE_UNSEEN]         = {WORD_ENGINE_UNSEEN,         WORD_ENGINE_IS_UNSEEN},
    [ENGINE_RUNNING]        = {WORD_ENGINE_RUNNING,        WORD_ENGINE_IS_RUNNING},
    [ENGINE_STOPPED]        = {WORD_ENGINE_STOPPED,        WORD_ENGINE_IS_STOPPED},
    [ENGINE_MISSING]        = {WORD_ENGINE_MISSING,        WORD_ENGINE_IS_MISSING},
    [ENGINE_NOT_TRUSTED]    = {WORD_ENGINE_NOT_TRUSTED,    WORD_ENGINE_IS_NOT_TRUSTED},
    [ENGINE_NOT_RESPONDING] = {WORD_ENGINE_NOT_RESPONDING, WORD_ENGINE_IS_NOT_RESPONDING},
    [ENGINE_PERMISSION]     = {WORD_ENGINE_PERMISSION,     WORD_ENGINE_IS_PERMISSION},
    [ENGINE_MISMATCH]       = {WORD_ENGINE_MISMATCH,       WORD_ENGINE_IS_MISMATCH},
    [ENGINE_FAILED]         = {WORD_ENGINE_FAILED,         WORD_ENGINE_IS_FAILED},
};

/* [1] is macOS */
static const enum word hints[ENGINE_COUNT][2] = {
    [ENGINE_APPLE]  = {WORD_NONE,              WORD_HINT_APPLE},
    [ENGINE_DOCKER] = {WORD_HINT_DOCKER_LINUX, WORD_HINT_DOCKER_MAC},
    [ENGINE_PODMAN] = {WORD_HINT_PODMAN,       WORD_HINT_PODMAN},
};

static const enum word healths[] = {
    [HEALTH_NONE]      = WORD_NONE,           [HEALTH_STARTING]  = WORD_HEALTH_STARTING,
    [HEALTH_HEALTHY]   = WORD_HEALTH_HEALTHY, [HEALTH_UNHEALTHY] = WORD_HEALTH_UNHEALTHY,
};

static const enum word events[LIFE_EVENT_COUNT] = {
    [LIFE_CREATED]   = WORD_EVENT_CREATED,
    [LIFE_STARTED]   = WORD_EVENT_STARTED,
    [LIFE_RESTARTED] = WORD_EVENT_RESTARTED,
    [LIFE_STOPPED]   = WORD_EVENT_STOPPED,
    [LIFE_DIED]      = WORD_EVENT_DIED,
    [LIFE_UNHEALTHY] = WORD_EVENT_UNHEALTHY,
    [LIFE_REMOVED]   = WORD_EVENT_REMOVED,
};

static const struct {
    int64_t code;
    enum word meaning;
} exits[] = {
    {126, WORD_EXIT_NOT_EXECUTABLE}, {127, WORD_EXIT_NOT_FOUND}, {130, WORD_EXIT_INTERRUPTED},
    {134, WORD_EXIT_ABORTED},        {137, WORD_EXIT_KILLED},    {139, WORD_EXIT_CRASHED},
    {143, WORD_EXIT_TERMINATED},
};
/* clang-format on */

static const char *word_or(enum word w, const char *none)
{
    return w != WORD_NONE ? word(w) : none;
}

const char *menu_say_span(struct arena *a, int64_t seconds)
{
    static const int64_t minute = 60, hour = 3600, day = 86400, month = 2592000, year = 31536000;

    if (seconds < minute)
        return word(WORD_MOMENT);
    if (seconds < hour)
        return word_count(a, WORD_MINUTES_1, seconds / minute);
    if (seconds < day)
        return word_count(a, WORD_HOURS_1, seconds / hour);
    if (seconds < 2 * month)
        return word_count(a, WORD_DAYS_1, seconds / day);
    if (seconds < 2 * year)
        return word_count(a, WORD_MONTHS_1, seconds / month);
    return word_count(a, WORD_YEARS_1, seconds / year);
}

const char *menu_op_verb(enum op op)
{
    return word_or(ops[op].verb, NULL);
}

const char *menu_op_doing(enum op op)
{
    return word_or(ops[op].doing, NULL);
}

const char *menu_engine_label(enum engine_state state)
{
    return word(states[state].label);
}

const char *menu_engine_sentence(struct arena *a, enum engine_kind kind, enum engine_state state)
{
    return word_say(a, states[state].sentence, engine_title(kind), NULL);
}

const char *menu_engine_hint(enum engine_kind kind, bool mac)
{
    return word_or(hints[kind][mac], "");
}

const char *menu_mark_spoken(enum menu_mark mark)
{
    static const enum word words[MENU_MARK_COUNT] = {
        [MENU_MARK_RUNNING] = WORD_RUNNING,     [MENU_MARK_UNHEALTHY] = WORD_HEALTH_UNHEALTHY,
        [MENU_MARK_BUSY] = WORD_WORKING,        [MENU_MARK_PAUSED] = WORD_PAUSED,
        [MENU_MARK_CREATED] = WORD_CREATED,     [MENU_MARK_STOPPED] = WORD_STOPPED,
        [MENU_MARK_FAILED] = WORD_STATE_FAILED, [MENU_MARK_UNKNOWN] = WORD_STATE_UNKNOWN,
    };

    return word_or(words[mark], NULL);
}

const char *menu_health(enum health health)
{
    return word(healths[health]);
}

const char *menu_event_sentence(struct arena *a, enum life_event event, const char *name)
{
    MUST((unsigned)event < LIFE_EVENT_COUNT);
    return word_say(a, events[event], name, NULL);
}

const char *menu_exit_meaning(int64_t code)
{
    for (size_t i = 0; i < countof(exits); i++)
        if (exits[i].code == code)
            return word(exits[i].meaning);
    return NULL;
}
