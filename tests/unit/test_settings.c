/* test_settings.c - settings.h: defaults, texts there and back, what is refused. */
#include "core/desktop/terminal.h"
#include "core/store/settings.h"
#include "tests/unit/unit.h"
#include <string.h>

static enum rc set(struct settings *s, enum setting which, const char *text)
{
    struct fault why = {0};
    enum rc rc = settings_set(s, which, text, &why);

    assert_true((rc == RC_OK) == (why.text[0] == '\0'));
    return rc;
}

TEST(settings_have_defaults_that_they_take)
{
    struct settings s, again;
    char text[SETTING_TEXT_MAX + 1];

    settings_defaults(&s);
    settings_defaults(&again);
    for (int i = 0; i < SETTING_COUNT; i++) {
        const struct setting_row *row = setting_row((enum setting)i);
        enum setting found = SETTING_COUNT;

        assert_true(row->name != NULL && row->what != NULL);
        assert_true(setting_from_name(row->name, &found));
        assert_int_equal(found, i);
        assert_string_equal(settings_get(&s, (enum setting)i, text), row->by_default);
        assert_int_equal(set(&s, (enum setting)i, text), RC_OK);
    }
    assert_memory_equal(&s, &again, sizeof s);
    assert_int_equal(s.number[SETTING_GRACE_S], 10);
    assert_int_equal(s.number[SETTING_SHOW_COUNT], 1);
    assert_int_equal(s.number[SETTING_SHOW_HELPERS], 0);
}

TEST(settings_refuse_what_is_not_in_their_range)
{
    static const struct {
        enum setting which;
        const char *text;
    } bad[] = {
        {SETTING_APPLE, ""},
        {SETTING_APPLE, "1"},
        {SETTING_APPLE, "True"},
        {SETTING_APPLE, "true "},
        {SETTING_GRACE_S, ""},
        {SETTING_GRACE_S, "-1"},
        {SETTING_GRACE_S, "3601"},
        {SETTING_GRACE_S, " 5"},
        {SETTING_GRACE_S, "+5"},
        {SETTING_GRACE_S, "5s"},
        {SETTING_GRACE_S, "99999999999999999999"},
        {SETTING_POLL_S, "0"},
        {SETTING_LANGUAGE, "xx"},
        {SETTING_LANGUAGE, ""},
        {SETTING_TERMINAL, "Kitty"},
        {SETTING_DOCKER_CONTEXT, "-H"},
        {SETTING_DOCKER_CONTEXT, "a b"},
    };
    struct settings s, before;

    settings_defaults(&s);
    before = s;
    for (size_t i = 0; i < countof(bad); i++)
        if (set(&s, bad[i].which, bad[i].text) != RC_DENIED)
            fail_msg("%s took \"%s\"", setting_row(bad[i].which)->name, bad[i].text);
    assert_memory_equal(&s, &before, sizeof s);
}

TEST(settings_say_what_is_allowed)
{
    struct settings s;
    struct fault why;

    settings_defaults(&s);
    assert_int_equal(settings_set(&s, SETTING_GRACE_S, "x", &why), RC_DENIED);
    assert_string_equal(why.text, "grace-seconds: a whole number from 0 to 3600");
    assert_int_equal(settings_set(&s, SETTING_LANGUAGE, "x", &why), RC_DENIED);
    assert_string_equal(why.text, "language: one of system, en, de, fr, es, ja, zh-Hans");
}

TEST(settings_come_from_pairs_and_bad_ones_are_told)
{
    struct store_pair list[] = {
        {"grace-seconds", "30"},      {"poll-seconds", "soon"},   {"of-a-newer-version", "x"},
        {"docker-context", "remote"}, {"terminal", "a terminal"}, {"show-count", "false"},
    };
    struct settings s;
    char bad[FAULT_TEXT_MAX], text[SETTING_TEXT_MAX + 1];

    settings_read(&s, &(struct store_pairs){list, countof(list)}, bad);
    assert_int_equal(s.number[SETTING_GRACE_S], 30);
    assert_int_equal(s.number[SETTING_POLL_S], 2);
    assert_int_equal(s.number[SETTING_SHOW_COUNT], 0);
    assert_string_equal(settings_get(&s, SETTING_DOCKER_CONTEXT, text), "remote");
    assert_string_equal(settings_get(&s, SETTING_TERMINAL, text), "system");
    assert_non_null(strstr(bad, "poll-seconds: a whole number from 1 to 60"));
    assert_non_null(strstr(bad, "terminal: one of"));
    assert_null(strstr(bad, "newer"));
    settings_read(&s, &(struct store_pairs){list, 1}, bad);
    assert_string_equal(bad, "");
}

/* The number of the setting is the kind of terminal. */
TEST(settings_know_the_terminals_that_there_are)
{
    const char *const *words = setting_row(SETTING_TERMINAL)->words;

    for (int kind = 0; kind < TERMINAL_COUNT; kind++)
        assert_string_equal(words[kind], terminal_word((enum terminal_kind)kind));
    assert_null(words[TERMINAL_COUNT]);
}

TEST(settings_tell_many_bad_ones_within_a_sentence)
{
    struct store_pair list[200];
    struct settings s;
    char bad[FAULT_TEXT_MAX];

    for (size_t i = 0; i < countof(list); i++)
        list[i] = (struct store_pair){"language", "xx"};
    settings_read(&s, &(struct store_pairs){list, countof(list)}, bad);
    assert_true(strlen(bad) < FAULT_TEXT_MAX);
}

SUITE(settings, T(settings_have_defaults_that_they_take),
      T(settings_refuse_what_is_not_in_their_range), T(settings_say_what_is_allowed),
      T(settings_come_from_pairs_and_bad_ones_are_told),
      T(settings_know_the_terminals_that_there_are),
      T(settings_tell_many_bad_ones_within_a_sentence))
