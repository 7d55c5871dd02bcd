/* test_stamp.c - the times before the lines of a log. */
#include "core/logs/stamp.h"
#include "tests/unit/unit.h"
#include <string.h>

#define Z "2026-11-26T14:19:53.370003247Z "
#define EAST "2026-11-26T15:19:53.370003247+01:00 "
#define NS (INT64_C(1795702793) * 1000000000 + 370003247)

TEST(stamp_is_read_in_both_forms)
{
    int64_t ns = 0;

    assert_int_equal(stamp_read(Z "text", strlen(Z "text"), &ns), strlen(Z));
    assert_int_equal(ns, NS);
    assert_int_equal(stamp_read(EAST, strlen(EAST), &ns), strlen(EAST));
    assert_int_equal(ns, NS);
}

TEST(stamp_is_nothing_else)
{
    static const char *const bad[] = {
        "",
        "text",
        "2026-11-26T14:19:53.370003247Z",
        "2026-11-26T14:19:53.37000324Z ",
        "2026-11-26T14:19:53Z and a text of some length",
        "2026-13-26T14:19:53.370003247Z ",
        "2026-11-26 14:19:53.370003247Z ",
        "2026-11-26T14:19:53.37000324xZ ",
        "2026-11-26T14:19:53.370003247+0100 x",
        "2026-11-26T14:19:53,370003247Z ",
        "9026-11-26T14:19:53.370003247Z ",
        "1926-11-26T14:19:53.370003247Z ",
    };
    int64_t ns;

    for (size_t i = 0; i < countof(bad); i++)
        assert_int_equal(stamp_read(bad[i], strlen(bad[i]), &ns), 0);
    for (size_t len = 0; len < strlen(Z); len++)
        assert_int_equal(stamp_read(Z, len, &ns), 0);
}

TEST(stamp_inside_a_line_is_the_engines_or_the_programs)
{
    static const struct {
        const char *text, *want;
    } rows[] = {
        {"plain Text", "plain Text"},
        {"li" Z "ne", "line"},
        {"a" Z "b" Z, "ab"},
        {"T" EAST "T", "TT"},
        {"at 2026-11-26T14:19:53.370003246Z it failed",
         "at 2026-11-26T14:19:53.370003246Z it failed"},
        {"at 2026-11-26T14:19:53.370003248Z it failed", "at it failed"},
    };

    for (size_t i = 0; i < countof(rows); i++) {
        const char *at = rows[i].text;
        size_t left = strlen(at), skip = 0, len = 0;
        char text[128] = "";

        for (;;) {
            size_t n = stamp_inside(at, left, NS, &skip);

            memcpy(text + len, at, n);
            len += n;
            if (n == left)
                break;
            at += n + skip;
            left -= n + skip;
        }
        assert_string_equal(text, rows[i].want);
    }
}

SUITE(stamp, T(stamp_is_read_in_both_forms), T(stamp_is_nothing_else),
      T(stamp_inside_a_line_is_the_engines_or_the_programs))
