/* How settings stand in a window: none is forgotten, and what one is now can always be seen. */
#include "core/store/settings_look.h"
#include "tests/unit/unit.h"
#include <string.h>

TEST(every_setting_is_on_a_page_but_what_only_the_program_sets)
{
    for (int i = 0; i < SETTING_COUNT; i++) {
        enum setting which = (enum setting)i;
        bool shown = setting_tab(which, true) != TAB_NONE || setting_tab(which, false) != TAB_NONE;

        assert_int_equal(shown, which != SETTING_FIRST_START_DONE);
        if (shown)
            assert_true(setting_title(which)[0] != '\0');
    }
    assert_int_equal(setting_tab(SETTING_TERMINAL, false), TAB_NONE); /* Linux has one */
    assert_int_equal(setting_tab(SETTING_LANGUAGE, true), TAB_NONE);  /* System Settings has it */
    for (int tab = TAB_NONE + 1; tab < TAB_COUNT; tab++)
        assert_true(settings_tab_title((enum settings_tab)tab)[0] != '\0');
}

/* Each can be taken as it is offered. */
TEST(every_choice_is_one_that_may_be_set)
{
    struct setting_choices choices;
    struct settings s, probe;
    struct arena a = {0};

    settings_defaults(&s);
    for (int i = 0; i < SETTING_COUNT; i++) {
        enum setting which = (enum setting)i;
        char now[SETTING_TEXT_MAX + 1];

        if (setting_row(which)->kind == SETTING_BOOL)
            continue;
        setting_choices(&s, which, NULL, &a, &choices);
        assert_true(choices.chosen < choices.count);
        assert_string_equal(choices.list[choices.chosen].text, settings_get(&s, which, now));
        for (size_t j = 0; j < choices.count; j++) {
            probe = s;
            assert_int_equal(settings_set(&probe, which, choices.list[j].text, NULL), RC_OK);
            assert_true(choices.list[j].title[0] != '\0');
        }
    }
    arena_release(&a);
}

TEST(a_number_that_is_not_offered_stands_there_too)
{
    struct setting_choices choices;
    struct settings s;
    struct arena a = {0};

    settings_defaults(&s);
    assert_int_equal(settings_set(&s, SETTING_GRACE_S, "45", NULL), RC_OK);
    setting_choices(&s, SETTING_GRACE_S, NULL, &a, &choices);
    assert_int_equal(choices.count, 6);
    assert_string_equal(choices.list[choices.chosen].title, "45 seconds");
    assert_string_equal(choices.list[3].title, "1 minute");
    assert_string_equal(choices.list[4].title, "5 minutes");
    arena_release(&a);
}

TEST(contexts_are_offered_behind_the_own_choice)
{
    struct valid_id names[] = {{"default"}, {"far"}};
    const struct context_list known = {names, 2};
    struct setting_choices choices;
    struct settings s;
    struct arena a = {0};
    enum engine_kind kind;

    settings_defaults(&s);
    setting_choices(&s, SETTING_DOCKER_CONTEXT, &known, &a, &choices);
    assert_int_equal(choices.count, 3);
    assert_int_equal(choices.chosen, 0);
    assert_string_equal(choices.list[2].text, "far");
    assert_int_equal(settings_set(&s, SETTING_DOCKER_CONTEXT, "gone", NULL), RC_OK);
    setting_choices(&s, SETTING_DOCKER_CONTEXT, &known, &a, &choices);
    assert_int_equal(choices.chosen, 3);
    assert_string_equal(choices.list[3].title, "gone");
    assert_true(setting_is_context(SETTING_PODMAN_CONNECTION, &kind));
    assert_int_equal(kind, ENGINE_PODMAN);
    assert_false(setting_is_context(SETTING_GRACE_S, &kind));
    arena_release(&a);
}

SUITE(settings_look, T(every_setting_is_on_a_page_but_what_only_the_program_sets),
      T(every_choice_is_one_that_may_be_set), T(a_number_that_is_not_offered_stands_there_too),
      T(contexts_are_offered_behind_the_own_choice))
