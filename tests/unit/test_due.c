/* test_due.c - when a check is due, as tables of times. */
#include "core/update/due.h"
#include "tests/unit/unit.h"

#define T0 ((int64_t)1800000000)

TEST(due_row_37_daily_then_less_and_less_often)
{
    static const struct {
        int64_t last_check, failures, earliest, spread, now, want;
    } rows[] = {
        {0, 0, T0 + DUE_START_S, 0, T0, T0 + DUE_START_S}, /* never yet */
        {T0, 0, T0, 0, T0, T0 + DUE_DAY_S},
        {T0, 0, T0, DUE_SPREAD_S, T0, T0 + DUE_DAY_S + DUE_SPREAD_S},
        {T0, 1, T0, DUE_SPREAD_S, T0, T0 + DUE_HOUR_S},
        {T0, 2, T0, 0, T0, T0 + 2 * DUE_HOUR_S},
        {T0, 5, T0, 0, T0, T0 + 16 * DUE_HOUR_S},
        {T0, 6, T0, 0, T0, T0 + DUE_DAY_S},
        {T0, UPDATE_FAILURES_MAX, T0, 0, T0, T0 + DUE_DAY_S},
        {T0 - 2 * DUE_DAY_S, 0, T0 + DUE_WAKE_S, 0, T0, T0 + DUE_WAKE_S}, /* overdue at wake */
        {T0 - 60, 1, T0 + DUE_START_S, 0, T0, T0 - 60 + DUE_HOUR_S}, /* no start is a new chance */
        {T0 + 1, 0, T0 + DUE_START_S, 0, T0, T0 + DUE_START_S}, /* that clock was set back since */
    };

    for (size_t i = 0; i < countof(rows); i++) {
        struct update_state s = {.last_check = rows[i].last_check, .failures = rows[i].failures};

        assert_int_equal(due_next(&s, rows[i].earliest, rows[i].spread, rows[i].now), rows[i].want);
    }
}

TEST(due_row_37_never_more_often_than_hourly)
{
    for (int64_t failures = 0; failures < 30; failures++) {
        struct update_state s = {.last_check = T0, .failures = failures};

        assert_true(due_next(&s, 0, 0, T0) >= T0 + DUE_HOUR_S);
        assert_true(due_again(&s, 0, T0) >= T0 + DUE_HOUR_S);
    }
}

TEST(due_row_13_two_weeks_without_a_fresh_manifest)
{
    struct update_state s = {.last_ok = T0, .failures = 1};

    assert_false(due_stale(&s, T0 + DUE_STALE_S - 1));
    assert_true(due_stale(&s, T0 + DUE_STALE_S));
    s.failures = 0; /* the machine slept, and nothing failed yet */
    assert_false(due_stale(&s, T0 + 2 * DUE_STALE_S));
}

TEST(due_row_32_a_clock_below_the_floor)
{
    struct update_state s = {.last_manifest_timestamp = T0};

    assert_true(due_clock_wrong(&s, 0));
    assert_true(due_clock_wrong(&s, T0 - DUE_CLOCK_S - 1));
    assert_false(due_clock_wrong(&s, T0 - DUE_CLOCK_S));
    assert_int_equal(due_now(&s, T0 - 5), T0);
    assert_int_equal(due_now(&s, T0 + 5), T0 + 5);
}

SUITE(due, T(due_row_37_daily_then_less_and_less_often), T(due_row_37_never_more_often_than_hourly),
      T(due_row_13_two_weeks_without_a_fresh_manifest), T(due_row_32_a_clock_below_the_floor))
