/* The table of sentences, and what fills its holes. */
#include "core/menu/menu_words.h"
#include "tests/unit/unit.h"

TEST(lengths_of_time_are_said_in_one_unit)
{
    static const struct {
        int64_t seconds;
        const char *text;
    } cases[] = {
        {INT64_MIN / 2, "less than a minute"},
        {-5, "less than a minute"},
        {59, "less than a minute"},
        {60, "1 minute"},
        {119, "1 minute"},
        {120, "2 minutes"},
        {3599, "59 minutes"},
        {3600, "1 hour"},
        {86399, "23 hours"},
        {86400, "1 day"},
        {86400 * 59, "59 days"},
        {86400 * 60, "2 months"},
        {86400LL * 729, "24 months"},
        {86400LL * 730, "2 years"},
        {INT64_MAX, "292471208677 years"},
    };
    struct arena a = {0};

    for (size_t i = 0; i < countof(cases); i++)
        assert_string_equal(menu_say_span(&a, cases[i].seconds), cases[i].text);
    arena_release(&a);
}

TEST(whatever_can_happen_has_a_sentence)
{
    struct arena a = {0};

    for (int s = 0; s < ENGINE_STATE_COUNT; s++) {
        assert_string_not_equal(menu_engine_label((enum engine_state)s), "");
        for (int kind = 0; kind < ENGINE_COUNT; kind++)
            assert_non_null(menu_engine_sentence(&a, (enum engine_kind)kind, (enum engine_state)s));
    }
    for (int h = HEALTH_STARTING; h <= HEALTH_UNHEALTHY; h++)
        assert_string_not_equal(menu_health((enum health)h), "");
    for (int e = 0; e < LIFE_EVENT_COUNT; e++)
        assert_non_null(menu_event_sentence(&a, (enum life_event)e, "web"));
    assert_string_equal(menu_exit_meaning(137), "killed");
    assert_null(menu_exit_meaning(1));
    arena_release(&a);
}

SUITE(menu_words, T(lengths_of_time_are_said_in_one_unit), T(whatever_can_happen_has_a_sentence))
