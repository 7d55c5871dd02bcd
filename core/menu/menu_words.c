/* menu_words.c - the English sentences of the menu. */
#include "core/menu/menu_words.h"
#include "core/base/pattern.h"
#include <inttypes.h>
#include <stdio.h>

/* clang-format off */
static const char *const words[WORD_COUNT] = {
    [WORD_LOOKING]          = "Looking for container engines…",
    [WORD_NO_ENGINE]        = "No container engine found",
    [WORD_INSTALL_MAC]      = "Install Apple’s container, Docker or Podman.",
    [WORD_INSTALL_LINUX]    = "Install Podman (package: podman) or Docker.",
    [WORD_INSTALL_THEN]     = "It appears here by itself, or with Refresh.",
    [WORD_ALL_OFF]          = "Every engine is switched off in the settings",
    [WORD_OFF]              = "%1 is switched off in Settings.",
    [WORD_INTEL]            = "needs Apple silicon",
    [WORD_SECTION]          = "%1 — %2",
    [WORD_ENGINE_TITLE]     = "%1 %2",
    [WORD_NO_CONTAINERS]    = "no containers",
    [WORD_ALL_RUNNING]      = "%1 running",
    [WORD_SOME_RUNNING]     = "%1 of %2 running",
    [WORD_NONE_RUNNING]     = "none of %2 running",
    [WORD_LIST_FROM]        = "List from %1 ago",
    [WORD_MORE]             = "More… (%1)",
    [WORD_PAGE]             = "%1 … %2",
    [WORD_HIDDEN]           = "Hidden… (%1)",

    [WORD_ROW]              = "%1 — %2",
    [WORD_COULD_NOT]        = "could not %1",
    [WORD_COULD_NOT_BECAUSE] = "⚠ Could not %1: %2",
    [WORD_WARNING]          = "⚠ %1",
    [WORD_FAILED]           = "⚠ %1: %2",
    [WORD_START]            = "Start",
    [WORD_RESUME]           = "Resume",
    [WORD_STOP]             = "Stop",
    [WORD_RESTART]          = "Restart",
    [WORD_SHELL]            = "Shell",
    [WORD_OPEN]             = "Open in Browser",
    [WORD_COPY_ID]          = "Copy ID",
    [WORD_COPY_NAME]        = "Copy Name",
    [WORD_COPY_ADDRESS]     = "Copy Address",
    [WORD_HISTORY]          = "History",
    [WORD_PAST_EXIT]        = "%1 (exit code %2)",
    [WORD_PAST_AGO]         = "%1, %2 ago",
    [WORD_DNS]              = "DNS Domains…",
    [WORD_REFRESH]          = "Refresh",
    [WORD_REGISTRIES]       = "Registries\342\200\246",
    [WORD_SETTINGS]         = "Settings\342\200\246",
    [WORD_ABOUT]            = "About Container Kit",
    [WORD_QUIT]             = "Quit Container Kit",

    [WORD_RUNNING]          = "Running",
    [WORD_RUNNING_FOR]      = "Running for %1",
    [WORD_WAS_RUNNING]      = "Was running when last seen",
    [WORD_WAS_PAUSED]       = "Was paused when last seen",
    [WORD_RESTARTING]       = "Restarting",
    [WORD_PAUSED]           = "Paused",
    [WORD_PAUSED_STARTED]   = "Paused, started %1 ago",
    [WORD_STOPPING]         = "Stopping",
    [WORD_CREATED]          = "Created, never started",
    [WORD_STOPPED]          = "Stopped",
    [WORD_STOPPED_AGO]      = "Stopped %1 ago",
    [WORD_EXIT_CODE]        = "%1, exit code %2",
    [WORD_REMOVING]         = "Being removed",
    [WORD_DEAD]             = "Dead: it can only be removed",
    [WORD_STATE_UNKNOWN]    = "State not known",
    [WORD_HEALTH]           = "Health: %1",
    [WORD_IMAGE]            = "Image: %1",
    [WORD_PORT]             = "%1 → %2",
    [WORD_MORE_PORTS_1]     = "… and %1 more port",
    [WORD_MORE_PORTS_N]     = "… and %1 more ports",
    [WORD_ADDRESS]          = "Address: %1",
    [WORD_PROJECT]          = "Project: %1",
    [WORD_ID]               = "ID: %1",

    [WORD_MOMENT]           = "less than a minute",
    [WORD_MINUTES_1]        = "%1 minute",
    [WORD_MINUTES_N]        = "%1 minutes",
    [WORD_HOURS_1]          = "%1 hour",
    [WORD_HOURS_N]          = "%1 hours",
    [WORD_DAYS_1]           = "%1 day",
    [WORD_DAYS_N]           = "%1 days",
    [WORD_MONTHS_1]         = "%1 month",
    [WORD_MONTHS_N]         = "%1 months",
    [WORD_YEARS_1]          = "%1 year",
    [WORD_YEARS_N]          = "%1 years",

    [WORD_STATUS_RUNNING_1] = "%1 container running",
    [WORD_STATUS_RUNNING_N] = "%1 containers running",
    [WORD_STATUS_NONE]      = "No containers running",
    [WORD_STATUS_DOWN]      = "No container engine is running",
    [WORD_STATUS_AND]       = "%1 — %2",
    [WORD_STATUS_DOING]     = "%1: %2",
    [WORD_STATUS_BUSY_1]    = "%1 action under way",
    [WORD_STATUS_BUSY_N]    = "%1 actions under way",
};

static const struct {
    const char *verb, *doing;
} ops[OP_COUNT] = {
    [OP_START]         = {"start",   "starting…"},
    [OP_STOP]          = {"stop",    "stopping…"},
    [OP_RESTART]       = {"restart", "restarting…"},
    [OP_KILL]          = {"kill",    "killing…"},
    [OP_PAUSE]         = {"pause",   "pausing…"},
    [OP_UNPAUSE]       = {"resume",  "resuming…"},
    [OP_REMOVE]        = {"remove",  "removing…"},
    [OP_REMOVE_FORCE]  = {"remove",  "removing…"},
    [OP_SERVICE_START] = {"start",   "starting…"},
    [OP_SERVICE_STOP]  = {"stop",    "stopping…"},
    [OP_SHELL]         = {"open a shell", NULL}, /* a window shows that it is under way */
    [OP_OPEN]          = {"open the browser", NULL},
};

static const struct {
    const char *label, *sentence;
} states[ENGINE_STATE_COUNT] = {
    [ENGINE_UNSEEN]         = {"looking…", "Looking for %1…"},
    [ENGINE_RUNNING]        = {"running", "%1 is running"},
    [ENGINE_STOPPED]        = {"not running", "%1 is not running"},
    [ENGINE_MISSING]        = {"not installed", "%1 is not installed"},
    [ENGINE_NOT_TRUSTED]    = {"not trusted", "%1 is not trusted"},
    [ENGINE_NOT_RESPONDING] = {"not responding", "%1 is not responding"},
    [ENGINE_PERMISSION]     = {"permission denied", "%1 denies permission"},
    [ENGINE_MISMATCH]       = {"versions do not fit", "The versions of %1 do not fit"},
    [ENGINE_FAILED]         = {"cannot be listed", "%1 cannot be listed"},
};

/* [1] is macOS */
static const char *const hints[ENGINE_COUNT][2] = {
    [ENGINE_APPLE]  = {"", "To start it: container system start"},
    [ENGINE_DOCKER] = {"To start it: sudo systemctl start docker", "To start it: open Docker"},
    [ENGINE_PODMAN] = {"To start it: podman machine start", "To start it: podman machine start"},
};

static const char *const events[LIFE_EVENT_COUNT] = {
    [LIFE_CREATED]   = "%1 was created",
    [LIFE_STARTED]   = "%1 started",
    [LIFE_RESTARTED] = "%1 restarted",
    [LIFE_STOPPED]   = "%1 stopped",
    [LIFE_DIED]      = "%1 ended with an error",
    [LIFE_UNHEALTHY] = "%1 became unhealthy",
    [LIFE_REMOVED]   = "%1 was removed",
};

static const struct {
    int64_t code;
    const char *meaning;
} exits[] = {
    {126, "not executable"}, {127, "command not found"}, {130, "interrupted"},
    {134, "aborted"},        {137, "killed"},            {139, "crashed"},
    {143, "terminated"},
};
/* clang-format on */

const char *menu_word(enum menu_word word)
{
    MUST(words[word] != NULL);
    return words[word];
}

static const char *filled(struct arena *a, const char *pattern, const char *one, const char *two)
{
    const char *const holes[] = {one, two};

    return pattern_fill(a, pattern, holes, countof(holes));
}

const char *menu_say(struct arena *a, enum menu_word word, const char *one, const char *two)
{
    return filled(a, menu_word(word), one, two);
}

const char *menu_say_count(struct arena *a, enum menu_word one, int64_t n)
{
    char number[24];

    snprintf(number, sizeof number, "%" PRId64, n);
    return menu_say(a, n == 1 ? one : one + 1, number, NULL);
}

const char *menu_say_span(struct arena *a, int64_t seconds)
{
    static const int64_t minute = 60, hour = 3600, day = 86400, month = 2592000, year = 31536000;

    if (seconds < minute)
        return menu_word(WORD_MOMENT);
    if (seconds < hour)
        return menu_say_count(a, WORD_MINUTES_1, seconds / minute);
    if (seconds < day)
        return menu_say_count(a, WORD_HOURS_1, seconds / hour);
    if (seconds < 2 * month)
        return menu_say_count(a, WORD_DAYS_1, seconds / day);
    if (seconds < 2 * year)
        return menu_say_count(a, WORD_MONTHS_1, seconds / month);
    return menu_say_count(a, WORD_YEARS_1, seconds / year);
}

const char *menu_op_verb(enum op op)
{
    return ops[op].verb;
}

const char *menu_op_doing(enum op op)
{
    return ops[op].doing;
}

const char *menu_engine_label(enum engine_state state)
{
    MUST(states[state].label != NULL);
    return states[state].label;
}

const char *menu_engine_sentence(struct arena *a, enum engine_kind kind, enum engine_state state)
{
    MUST(states[state].sentence != NULL);
    return filled(a, states[state].sentence, engine_title(kind), NULL);
}

const char *menu_engine_hint(enum engine_kind kind, bool mac)
{
    MUST(hints[kind][mac] != NULL);
    return hints[kind][mac];
}

const char *menu_event_sentence(struct arena *a, enum life_event event, const char *name)
{
    MUST((unsigned)event < LIFE_EVENT_COUNT && events[event] != NULL);
    return filled(a, events[event], name, NULL);
}

const char *menu_exit_meaning(int64_t code)
{
    for (size_t i = 0; i < countof(exits); i++)
        if (exits[i].code == code)
            return exits[i].meaning;
    return NULL;
}
