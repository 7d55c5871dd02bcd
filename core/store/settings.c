/* settings.c - see settings.h. */
#include "core/store/settings.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const languages[] = {"system",
#define LANGUAGE(name, code, title) code,
#define WORD(name, ...)
#include "core/words/words.def"
#undef LANGUAGE
#undef WORD
                                        NULL};
static const char *const terminals[] = {"system", "terminal", "iterm2", "ghostty",
                                        "kitty",  "wezterm",  NULL};

/* clang-format off */
static const struct setting_row rows[SETTING_COUNT] = {
    [SETTING_APPLE]             = {"apple", SETTING_BOOL, 0, 1, NULL, "true", "look at Apple's containers"},
    [SETTING_DOCKER]            = {"docker", SETTING_BOOL, 0, 1, NULL, "true", "look at Docker's containers"},
    [SETTING_PODMAN]            = {"podman", SETTING_BOOL, 0, 1, NULL, "true", "look at Podman's containers"},
    [SETTING_DOCKER_CONTEXT]    = {"docker-context", SETTING_TEXT, 0, 0, NULL, "", "context that docker is asked to use"},
    [SETTING_PODMAN_CONNECTION] = {"podman-connection", SETTING_TEXT, 0, 0, NULL, "", "connection that podman is asked to use"},
    [SETTING_POLL_S]            = {"poll-seconds", SETTING_NUMBER, 1, 60, NULL, "2", "seconds between two looks at Apple's containers while the menu is open"},
    [SETTING_GRACE_S]           = {"grace-seconds", SETTING_NUMBER, 0, 3600, NULL, "10", "seconds that a container has to stop by itself"},
    [SETTING_SHOW_COUNT]        = {"show-count", SETTING_BOOL, 0, 1, NULL, "true", "show how many run beside the icon"},
    [SETTING_SHOW_STATS]        = {"show-stats", SETTING_BOOL, 0, 1, NULL, "false", "show in the menu how much CPU each container uses"},
    [SETTING_SHOW_HELPERS]      = {"show-helpers", SETTING_BOOL, 0, 1, NULL, "false", "show builders, machines and pods' own containers"},
    [SETTING_GROUP]             = {"group", SETTING_BOOL, 0, 1, NULL, "true", "group containers by compose project"},
    [SETTING_NOTE_EXIT]         = {"notify-exit", SETTING_BOOL, 0, 1, NULL, "true", "tell when a container ends with an error"},
    [SETTING_NOTE_UNHEALTHY]    = {"notify-unhealthy", SETTING_BOOL, 0, 1, NULL, "true", "tell when a container becomes unhealthy"},
    [SETTING_NOTE_LOOP]         = {"notify-loop", SETTING_BOOL, 0, 1, NULL, "true", "tell when a container keeps restarting"},
    [SETTING_NOTE_ENGINE]       = {"notify-engine", SETTING_BOOL, 0, 1, NULL, "true", "tell when an engine goes down or comes back"},
    [SETTING_NOTE_FAILED]       = {"notify-failed", SETTING_BOOL, 0, 1, NULL, "true", "tell when an action fails"},
    [SETTING_LANGUAGE]          = {"language", SETTING_WORD, 0, 0, languages, "system", "language of the menu and the windows"},
    [SETTING_TERMINAL]          = {"terminal", SETTING_WORD, 0, 0, terminals, "system", "program in which a shell opens"},
    [SETTING_HISTORY_DAYS]      = {"history-days", SETTING_NUMBER, 1, 3650, NULL, "30", "days that the history goes back"},
    [SETTING_HISTORY_ROWS]      = {"history-rows", SETTING_NUMBER, 10, STORE_ROWS_MAX, NULL, "2000", "events that the history holds"},
    [SETTING_UPDATE_CHECK]      = {"check-for-updates", SETTING_BOOL, 0, 1, NULL, "true", "look for updates once a day"},
    [SETTING_FIRST_START_DONE]  = {"first-start-done", SETTING_BOOL, 0, 1, NULL, "false", "the window of the first start was seen"},
};
/* clang-format on */

const struct setting_row *setting_row(enum setting which)
{
    MUST((unsigned)which < SETTING_COUNT);
    return &rows[which];
}

bool setting_from_name(const char *name, enum setting *out)
{
    for (int i = 0; i < SETTING_COUNT; i++) {
        if (strcmp(rows[i].name, name) == 0) {
            *out = (enum setting)i;
            return true;
        }
    }
    return false;
}

static enum rc set_bool(int64_t *number, const char *text, struct fault *why)
{
    if (strcmp(text, "true") != 0 && strcmp(text, "false") != 0)
        return fault_set(why, RC_DENIED, "either true or false");
    *number = text[0] == 't';
    return RC_OK;
}

static enum rc set_number(const struct setting_row *row, int64_t *number, const char *text,
                          struct fault *why)
{
    char *end = NULL;
    long long n;

    errno = 0;
    n = strtoll(text, &end, 10);
    /* strtoll() would take spaces and a plus sign in front */
    if (errno != 0 || end == text || *end != '\0' || strchr("-0123456789", text[0]) == NULL ||
        n < row->least || n > row->most)
        return fault_set(why, RC_DENIED, "a whole number from %lld to %lld", (long long)row->least,
                         (long long)row->most);
    *number = n;
    return RC_OK;
}

static enum rc set_word(const struct setting_row *row, int64_t *number, const char *text,
                        struct fault *why)
{
    char list[128] = "";

    for (int64_t i = 0; row->words[i] != NULL; i++) {
        size_t len = strlen(list);

        if (strcmp(row->words[i], text) == 0) {
            *number = i;
            return RC_OK;
        }
        snprintf(list + len, sizeof list - len, "%s%s", i > 0 ? ", " : "", row->words[i]);
    }
    return fault_set(why, RC_DENIED, "one of %s", list);
}

static enum rc set_text(char out[SETTING_TEXT_MAX + 1], const char *text, struct fault *why)
{
    struct valid_id id;

    _Static_assert(sizeof id.text == SETTING_TEXT_MAX + 1, "a text is an id");
    if (text[0] != '\0' && valid_id(text, strlen(text), &id, NULL) != RC_OK)
        return fault_set(why, RC_DENIED, "letters, digits, \"_\", \".\" and \"-\" alone");
    memcpy(out, text[0] != '\0' ? id.text : "", strlen(text) + 1);
    return RC_OK;
}

enum rc settings_set(struct settings *s, enum setting which, const char *text, struct fault *why)
{
    const struct setting_row *row = setting_row(which);
    enum rc rc = RC_OK;

    switch (row->kind) {
    case SETTING_BOOL:
        rc = set_bool(&s->number[which], text, why);
        break;
    case SETTING_NUMBER:
        rc = set_number(row, &s->number[which], text, why);
        break;
    case SETTING_WORD:
        rc = set_word(row, &s->number[which], text, why);
        break;
    case SETTING_TEXT:
        rc = set_text(s->text[which], text, why);
        break;
    }
    if (rc != RC_OK)
        fault_context(why, "%s", row->name);
    return rc;
}

void settings_defaults(struct settings *s)
{
    *s = (struct settings){0};
    for (int i = 0; i < SETTING_COUNT; i++)
        MUST(settings_set(s, (enum setting)i, rows[i].by_default, NULL) == RC_OK);
}

void settings_read(struct settings *s, const struct store_pairs *pairs, char bad[FAULT_TEXT_MAX])
{
    struct fault why;
    enum setting which;
    size_t len = 0;

    settings_defaults(s);
    bad[0] = '\0';
    for (size_t i = 0; i < pairs->count; i++) {
        if (!setting_from_name(pairs->list[i].name, &which) ||
            settings_set(s, which, pairs->list[i].value, &why) == RC_OK)
            continue;
        if (len + 1 < FAULT_TEXT_MAX)
            len += (size_t)snprintf(bad + len, FAULT_TEXT_MAX - len, "%s%s",
                                    len > 0 ? "; " : "These settings are not good: ", why.text);
    }
}

const char *settings_get(const struct settings *s, enum setting which,
                         char out[SETTING_TEXT_MAX + 1])
{
    const struct setting_row *row = setting_row(which);
    const size_t size = SETTING_TEXT_MAX + 1;

    switch (row->kind) {
    case SETTING_BOOL:
        snprintf(out, size, "%s", s->number[which] != 0 ? "true" : "false");
        break;
    case SETTING_NUMBER:
        snprintf(out, size, "%lld", (long long)s->number[which]);
        break;
    case SETTING_WORD:
        snprintf(out, size, "%s", row->words[s->number[which]]);
        break;
    case SETTING_TEXT:
        snprintf(out, size, "%s", s->text[which]);
        break;
    }
    return out;
}

const char *settings_context(const struct settings *s, enum engine_kind kind)
{
    switch (kind) {
    case ENGINE_DOCKER:
        return s->text[SETTING_DOCKER_CONTEXT];
    case ENGINE_PODMAN:
        return s->text[SETTING_PODMAN_CONNECTION];
    default:
        return "";
    }
}
