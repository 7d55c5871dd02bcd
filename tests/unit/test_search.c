/* test_search.c - hits in a text: forwards, backwards, round its ends, counted. */
#include "core/base/search.h"
#include "tests/unit/unit.h"

TEST(hits_are_found_and_counted_in_both_directions)
{
    static const char text[] = "one Two one tWO one";
    static const struct {
        const char *word;
        size_t from;
        bool back;
        struct search_hit want; /* count 0: there is none */
    } rows[] = {
        {"one", 0, false, {0, 1, 3}},
        {"one", 1, false, {8, 2, 3}},
        {"one", 8, false, {8, 2, 3}},
        {"one", 17, false, {0, 1, 3}},
        {"one", 99, false, {0, 1, 3}},
        {"one", 16, true, {8, 2, 3}},
        {"one", 8, true, {0, 1, 3}},
        {"one", 0, true, {16, 3, 3}},
        {"two", 0, false, {4, 1, 2}},
        {"TWO", 5, false, {12, 2, 2}},
        {"three", 0, false, {0, 0, 0}},
        {"", 0, false, {0, 0, 0}},
        {"one Two one tWO one ", 0, false, {0, 0, 0}},
    };

    for (size_t i = 0; i < countof(rows); i++) {
        struct search_hit hit;
        struct needle n;

        needle_init(&n, rows[i].word);
        assert_int_equal(search_find(text, &n, rows[i].from, rows[i].back, &hit),
                         rows[i].want.count > 0);
        assert_int_equal(hit.count, rows[i].want.count);
        assert_int_equal(hit.number, rows[i].want.number);
        assert_int_equal(hit.at, rows[i].want.at);
    }
}

TEST(hits_do_not_overlap)
{
    struct search_hit hit;
    struct needle n;

    needle_init(&n, "aa");
    assert_true(search_find("aaaaa", &n, 1, false, &hit));
    assert_int_equal(hit.at, 2);
    assert_int_equal(hit.count, 2);
}

SUITE(search, T(hits_are_found_and_counted_in_both_directions), T(hits_do_not_overlap))
