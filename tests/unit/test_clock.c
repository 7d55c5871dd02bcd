/* test_clock.c - clock.h: dates as the engines write them, and the nonsense that is refused. */
#include "core/base/clock.h"
#include "tests/unit/unit.h"
#include <stdlib.h>
#include <time.h>

TEST(clock_reads_the_dates_of_the_engines)
{
    static const struct {
        const char *text;
        int64_t s;
    } rows[] = {
        {"1970-01-01T00:00:00Z", 0},
        {"2001-09-09T01:46:40Z", 1000000000},
        {"2024-02-29T12:00:00Z", 1709208000},
        {"2024-12-31T23:59:59.999999999Z", 1735689599},
        {"2024-05-01T10:00:00.5+02:00", 1714550400},
        {"2024-05-01T10:00:00-07:30", 1714584600},
        {"2024-05-01t10:00:00z", 1714557600},
        {"2016-12-31T23:59:60Z", 1483228800}, /* a leap second */
        {"1969-12-31T23:59:59Z", -1},
        {"1600-02-29T00:00:00Z", -11670998400},
        {"2000-02-29T00:00:00+00:00", 951782400},
        {"0002-01-01T00:00:00Z", -62104060800},
        {"9999-12-31T23:59:59Z", 253402300799},
    };

    for (size_t i = 0; i < countof(rows); i++) {
        int64_t s = 7;

        assert_true(clock_parse_rfc3339(rows[i].text, &s));
        assert_int_equal(s, rows[i].s);
    }
}

TEST(clock_refuses_what_is_no_date)
{
    static const char *const bad[] = {
        "",
        "now",
        "0001-01-01T00:00:00Z", /* never */
        "0000-01-01T00:00:00Z",
        "2024-13-01T00:00:00Z",
        "2024-00-01T00:00:00Z",
        "2024-02-30T00:00:00Z",
        "2023-02-29T00:00:00Z",
        "1900-02-29T00:00:00Z",
        "2024-04-31T00:00:00Z",
        "2024-01-00T00:00:00Z",
        "2024-01-01T24:00:00Z",
        "2024-01-01T00:60:00Z",
        "2024-01-01T00:00:61Z",
        "2024-01-01T00:00:00",
        "2024-01-01T00:00Z",
        "2024-01-01 00:00:00Z",
        "2024-01-01T00:00:00.Z",
        "2024-01-01T00:00:00,5Z",
        "2024-01-01T00:00:00ZZ",
        "2024-01-01T00:00:00Z ",
        " 2024-01-01T00:00:00Z",
        "2024-01-01T00:00:00+0200",
        "2024-01-01T00:00:00+02",
        "2024-01-01T00:00:00+24:00",
        "2024-01-01T00:00:00+02:60",
        "2024-01-01T00:00:00+02:00x",
        "24-01-01T00:00:00Z",
        "2024-1-1T00:00:00Z",
        "2024-01-01T0:00:00Z",
        "-024-01-01T00:00:00Z",
        "2024-01-01T00:00:0xZ",
        "2024-01-01",
    };

    for (size_t i = 0; i < countof(bad); i++) {
        int64_t s = 7;

        if (clock_parse_rfc3339(bad[i], &s))
            fail_msg("taken for a date: \"%s\"", bad[i]);
        assert_int_equal(s, 7);
    }
    assert_false(clock_parse_rfc3339(NULL, NULL));
}

/* The C library's calendar as a second opinion, one date in each month of 400 years. */
TEST(clock_agrees_with_the_calendar_of_the_system)
{
    char text[64];
    int64_t s = 0;

    for (time_t t = -11676096000; t < 7000000000; t += 2629746) {
        struct tm tm;

        assert_non_null(gmtime_r(&t, &tm));
        assert_int_equal(strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &tm), 20);
        assert_true(clock_parse_rfc3339(text, &s));
        assert_int_equal(s, t);
    }
}

TEST(clock_moves_forward)
{
    int64_t before = clock_ms(), wall = clock_wall_s();
    struct timespec nap = {0, 20000000};

    assert_int_equal(nanosleep(&nap, NULL), 0);
    assert_true(clock_ms() >= before + 19);
    assert_true(clock_wall_s() >= wall);
    assert_true(llabs((long long)clock_wall_s() - (long long)time(NULL)) <= 1);
}

SUITE(clock, T(clock_reads_the_dates_of_the_engines), T(clock_refuses_what_is_no_date),
      T(clock_agrees_with_the_calendar_of_the_system), T(clock_moves_forward))
