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

TEST(every_word_is_there_and_holes_may_change_places)
{
    struct arena a = {0};

    for (int w = 0; w < WORD_COUNT; w++)
        assert_non_null(menu_word((enum menu_word)w));
    for (int s = 0; s < ENGINE_STATE_COUNT; s++)
        assert_string_not_equal(menu_engine_label((enum engine_state)s), "");
    assert_string_equal(menu_say(&a, WORD_NONE_RUNNING, "0", "12"), "none of 12 running");
    assert_string_equal(menu_say(&a, WORD_SECTION, "%2", "%1"), "%2 — %1");
    arena_release(&a);
}

SUITE(menu_words, T(lengths_of_time_are_said_in_one_unit),
      T(every_word_is_there_and_holes_may_change_places))
