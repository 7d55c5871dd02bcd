/* settings_look.c - see settings_look.h. */
#include "core/store/settings_look.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NUMBERS_MAX 5

enum unit { UNIT_NONE, UNIT_SECONDS, UNIT_DAYS };

struct setting_look {
    enum settings_tab tab, mac_tab;
    enum word title;          /* WORD_NONE: the engine's name */
    enum unit unit;           /* of a number */
    int numbers[NUMBERS_MAX]; /* that are offered, 0 behind the last one */
};

/* clang-format off */
#define ON(tab) TAB_##tab, TAB_##tab
static const struct setting_look looks[SETTING_COUNT] = {
    [SETTING_SHOW_COUNT]        = {ON(GENERAL), WORD_SET_SHOW_COUNT, UNIT_NONE, {0}},
    [SETTING_SHOW_STATS]        = {ON(GENERAL), WORD_SET_SHOW_STATS, UNIT_NONE, {0}},
    [SETTING_SHOW_HELPERS]      = {ON(GENERAL), WORD_SET_SHOW_HELPERS, UNIT_NONE, {0}},
    [SETTING_GROUP]             = {ON(GENERAL), WORD_SET_GROUP, UNIT_NONE, {0}},
    [SETTING_LANGUAGE]          = {TAB_GENERAL, TAB_NONE, WORD_SET_LANGUAGE, UNIT_NONE, {0}},
    [SETTING_TERMINAL]          = {TAB_NONE, TAB_GENERAL, WORD_SET_TERMINAL, UNIT_NONE, {0}},
    [SETTING_APPLE]             = {ON(ENGINES), WORD_NONE, UNIT_NONE, {0}},
    [SETTING_DOCKER]            = {ON(ENGINES), WORD_NONE, UNIT_NONE, {0}},
    [SETTING_PODMAN]            = {ON(ENGINES), WORD_NONE, UNIT_NONE, {0}},
    [SETTING_DOCKER_CONTEXT]    = {ON(ENGINES), WORD_SET_DOCKER_CONTEXT, UNIT_NONE, {0}},
    [SETTING_PODMAN_CONNECTION] = {ON(ENGINES), WORD_SET_PODMAN_CONNECTION, UNIT_NONE, {0}},
    [SETTING_GRACE_S]           = {ON(ENGINES), WORD_SET_GRACE, UNIT_SECONDS, {5, 10, 30, 60, 300}},
    [SETTING_NOTE_EXIT]         = {ON(NOTES), WORD_SET_NOTE_EXIT, UNIT_NONE, {0}},
    [SETTING_NOTE_UNHEALTHY]    = {ON(NOTES), WORD_SET_NOTE_UNHEALTHY, UNIT_NONE, {0}},
    [SETTING_NOTE_LOOP]         = {ON(NOTES), WORD_SET_NOTE_LOOP, UNIT_NONE, {0}},
    [SETTING_NOTE_ENGINE]       = {ON(NOTES), WORD_SET_NOTE_ENGINE, UNIT_NONE, {0}},
    [SETTING_NOTE_FAILED]       = {ON(NOTES), WORD_SET_NOTE_FAILED, UNIT_NONE, {0}},
    [SETTING_UPDATE_CHECK]      = {ON(UPDATES), WORD_SET_UPDATE_CHECK, UNIT_NONE, {0}},
    [SETTING_POLL_S]            = {ON(ADVANCED), WORD_SET_POLL, UNIT_SECONDS, {1, 2, 5, 10, 30}},
    [SETTING_HISTORY_DAYS]      = {ON(ADVANCED), WORD_SET_HISTORY_DAYS, UNIT_DAYS, {7, 30, 90, 365}},
    [SETTING_HISTORY_ROWS]      = {ON(ADVANCED), WORD_SET_HISTORY_ROWS, UNIT_NONE, {500, 2000, 5000, 10000}},
    [SETTING_FIRST_START_DONE]  = {ON(NONE), WORD_NONE, UNIT_NONE, {0}},
};
/* clang-format on */

const char *settings_tab_title(enum settings_tab tab)
{
    static const enum word titles[TAB_COUNT] = {
        [TAB_GENERAL] = WORD_SET_GENERAL,   [TAB_ENGINES] = WORD_SET_ENGINES,
        [TAB_NOTES] = WORD_SET_NOTES,       [TAB_UPDATES] = WORD_SET_UPDATES,
        [TAB_ADVANCED] = WORD_SET_ADVANCED,
    };

    MUST(tab > TAB_NONE && tab < TAB_COUNT);
    return word(titles[tab]);
}

enum settings_tab setting_tab(enum setting which, bool mac)
{
    MUST((unsigned)which < SETTING_COUNT);
    return mac ? looks[which].mac_tab : looks[which].tab;
}

const char *setting_title(enum setting which)
{
    switch (which) {
    case SETTING_APPLE:
        return engine_title(ENGINE_APPLE);
    case SETTING_DOCKER:
        return engine_title(ENGINE_DOCKER);
    case SETTING_PODMAN:
        return engine_title(ENGINE_PODMAN);
    default:
        return word(looks[which].title);
    }
}

bool setting_is_context(enum setting which, enum engine_kind *kind)
{
    if (which != SETTING_DOCKER_CONTEXT && which != SETTING_PODMAN_CONNECTION)
        return false;
    *kind = which == SETTING_DOCKER_CONTEXT ? ENGINE_DOCKER : ENGINE_PODMAN;
    return true;
}

static void add(struct setting_choices *c, const char *text, const char *title)
{
    MUST(c->count < SETTING_CHOICES_MAX);
    c->list[c->count++] = (struct setting_choice){text, title};
}

static const char *number_title(struct arena *a, enum unit unit, int64_t n)
{
    switch (unit) {
    case UNIT_SECONDS:
        return n >= 60 && n % 60 == 0 ? word_count(a, WORD_MINUTES_1, n / 60)
                                      : word_count(a, WORD_SECONDS_1, n);
    case UNIT_DAYS:
        return word_count(a, WORD_DAYS_1, n);
    default:
        return arena_print(a, "%lld", (long long)n);
    }
}

static void add_number(struct setting_choices *c, struct arena *a, enum unit unit, int64_t n)
{
    add(c, arena_print(a, "%lld", (long long)n), number_title(a, unit, n));
}

static void add_numbers(struct setting_choices *c, struct arena *a, enum setting which)
{
    const struct setting_look *look = &looks[which];

    for (size_t i = 0; i < NUMBERS_MAX && look->numbers[i] != 0; i++)
        add_number(c, a, look->unit, look->numbers[i]);
}

/* The names of programs and languages are the same in every language. */
static const char *word_title(enum setting which, size_t i)
{
    static const char *const terminals[] = {NULL,      "Terminal", "iTerm2",
                                            "Ghostty", "kitty",    "WezTerm"};

    if (which == SETTING_LANGUAGE)
        return i == 0 ? word(WORD_SET_LANGUAGE_SYSTEM) : language_title((enum language)(i - 1));
    MUST(which == SETTING_TERMINAL && i < countof(terminals));
    return i == 0 ? word(WORD_SET_TERMINAL_SYSTEM) : terminals[i];
}

static void add_words(struct setting_choices *c, enum setting which)
{
    const char *const *words = setting_row(which)->words;

    for (size_t i = 0; words[i] != NULL; i++)
        add(c, words[i], word_title(which, i));
}

static void add_contexts(struct setting_choices *c, const struct context_list *contexts,
                         struct arena *a)
{
    add(c, "", word(WORD_SET_OWN_CHOICE));
    for (size_t i = 0; contexts != NULL && i < contexts->count; i++) {
        const char *name = arena_str(a, contexts->names[i].text);

        add(c, name, name);
    }
}

static bool choose(struct setting_choices *c, const char *text)
{
    for (size_t i = 0; i < c->count; i++) {
        if (strcmp(c->list[i].text, text) == 0) {
            c->chosen = i;
            return true;
        }
    }
    return false;
}

void setting_choices(const struct settings *s, enum setting which,
                     const struct context_list *contexts, struct arena *a,
                     struct setting_choices *out)
{
    enum setting_kind kind = setting_row(which)->kind;
    char now[SETTING_TEXT_MAX + 1];

    out->count = out->chosen = 0;
    MUST(kind != SETTING_BOOL);
    if (kind == SETTING_NUMBER)
        add_numbers(out, a, which);
    else if (kind == SETTING_WORD)
        add_words(out, which);
    else
        add_contexts(out, contexts, a);
    if (choose(out, settings_get(s, which, now)))
        return;
    out->chosen = out->count;
    if (kind == SETTING_NUMBER)
        add_number(out, a, looks[which].unit, s->number[which]);
    else
        add(out, arena_str(a, now), arena_str(a, now));
}
