/* Sentences with holes. */
#include "core/base/pattern.h"
#include "tests/unit/unit.h"

TEST(holes_may_come_in_any_order_and_more_than_once)
{
    static const char *const holes[] = {"one", "%1", "three"};
    struct arena a = {0};

    assert_string_equal(pattern_fill(&a, "%3, %1, %1", holes, 3), "three, one, one");
    assert_string_equal(pattern_fill(&a, "%2", holes, 3), "%1"); /* what is filled in is text */
    assert_string_equal(pattern_fill(&a, "", NULL, 0), "");
    arena_release(&a);
}

TEST(any_other_percent_is_itself)
{
    struct arena a = {0};

    assert_string_equal(pattern_fill(&a, "100 % of %0, %s, %", NULL, 0), "100 % of %0, %s, %");
    arena_release(&a);
}

SUITE(pattern, T(holes_may_come_in_any_order_and_more_than_once), T(any_other_percent_is_itself))
