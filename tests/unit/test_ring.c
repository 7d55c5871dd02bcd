/* test_ring.c - the newest lines of a log, and what is found in them. */
#include "core/logs/log_search.h"
#include "tests/unit/unit.h"
#include <stdio.h>
#include <string.h>

static void add(struct ring *r, const char *text)
{
    struct line line = {.text = text, .len = strlen(text)};

    ring_add(r, &line);
}

static void add_numbers(struct ring *r, size_t count)
{
    char text[32];

    for (size_t i = 0; i < count; i++) {
        snprintf(text, sizeof text, "line %llu", (unsigned long long)ring_end(r));
        add(r, text);
    }
}

static void holds(const struct ring *r, uint64_t first, uint64_t end)
{
    char want[32];

    assert_int_equal(ring_first(r), first);
    assert_int_equal(ring_end(r), end);
    for (uint64_t n = first; n < end; n++) {
        snprintf(want, sizeof want, "line %llu", (unsigned long long)n);
        assert_string_equal(ring_line(r, n).text, want);
    }
}

TEST(ring_keeps_the_newest_lines)
{
    struct ring *r = ring_new(5000, RING_BYTES);

    holds(r, 0, 0);
    add_numbers(r, 4999);
    holds(r, 0, 4999);
    add_numbers(r, 20000);
    holds(r, 19999, 24999);
    ring_free(r);
}

TEST(ring_keeps_its_bytes)
{
    static char text[10001];
    struct ring *r = ring_new(RING_LINES, (size_t)1 << 20);

    memset(text, 'x', sizeof text - 1);
    for (int i = 0; i < 1000; i++) {
        add(r, text);
        assert_true(ring_bytes(r) < ((size_t)1 << 20) + 64 * 1024);
    }
    assert_int_equal(ring_end(r), 1000);
    assert_in_range(ring_end(r) - ring_first(r), 60, 105);
    assert_int_equal(ring_line(r, 999).len, 10000);
    ring_free(r);
}

TEST(ring_numbers_never_come_again)
{
    struct ring *r = ring_new(100, RING_BYTES);

    add_numbers(r, 70);
    ring_clear(r);
    holds(r, 70, 70);
    add_numbers(r, 150);
    holds(r, 120, 220);
    ring_free(r);
}

TEST(ring_keeps_the_looks_of_a_line)
{
    const struct line_span spans[] = {{0, 2, PALETTE_RED, false}, {3, 1, PALETTE_TEXT, true}};
    struct line line = {.text = "ab c", .len = 4, .spans = spans, .span_count = 2, .ours = true};
    struct ring *r = ring_new(100, RING_BYTES);
    struct line got;

    add(r, "x");
    ring_add(r, &line);
    got = ring_line(r, 1);
    assert_string_equal(got.text, "ab c");
    assert_int_equal(got.span_count, 2);
    assert_int_equal(got.spans[0].colour, PALETTE_RED);
    assert_true(got.spans[1].bold && got.spans[1].at == 3 && got.ours);
    assert_false(ring_line(r, 0).ours);
    ring_free(r);
}

static void find(const struct ring *r, const char *text, bool back, struct ring_place *at,
                 uint64_t line, size_t byte)
{
    struct needle n;

    needle_init(&n, text);
    assert_true(ring_find(r, &n, back, at));
    assert_int_equal(at->line, line);
    assert_int_equal(at->at, byte);
}

static void find_not(const struct ring *r, const char *text, bool back, struct ring_place at)
{
    struct needle n;

    needle_init(&n, text);
    assert_false(ring_find(r, &n, back, &at));
}

TEST(ring_finds_next_and_previous)
{
    struct ring *r = ring_new(100, RING_BYTES);
    struct ring_place at = {0, 0};

    add(r, "An error and an ERROR");
    add(r, "");
    add(r, "no mistake");
    add(r, "errorerror");
    find(r, "error", false, &at, 0, 3);
    at.at++;
    find(r, "error", false, &at, 0, 16);
    at.at++;
    find(r, "ERROR", false, &at, 3, 0);
    at.at++;
    find(r, "error", false, &at, 3, 5);
    at.at++;
    find_not(r, "error", false, at);
    at = (struct ring_place){99, 0};
    find(r, "error", true, &at, 3, 5);
    find(r, "error", true, &at, 3, 0);
    find(r, "error", true, &at, 0, 16);
    find(r, "error", true, &at, 0, 3);
    find_not(r, "error", true, at);
    find_not(r, "", false, (struct ring_place){0, 0});
    ring_free(r);
}

TEST(ring_finds_from_where_it_has_lost_lines)
{
    struct ring *r = ring_new(10, RING_BYTES);
    struct ring_place at = {2, 3};

    add_numbers(r, 50);
    find(r, "line", false, &at, 40, 0);
    at = (struct ring_place){2, 3};
    find_not(r, "line", true, at);
    ring_free(r);
}

TEST(ring_counts_what_it_finds)
{
    struct ring *r = ring_new(100, RING_BYTES);
    struct ring_tally t;
    struct needle n;

    add(r, "aaaa");
    add(r, "b");
    add(r, "aa A");
    needle_init(&n, "aa");
    t = ring_tally(r, &n, &(struct ring_place){0, 2});
    assert_int_equal(t.all, 3);
    assert_int_equal(t.upto, 2);
    ring_free(r);
}

static void step(struct log_search *s, const struct ring *r, const char *text, bool back,
                 uint64_t line)
{
    assert_true(log_search_step(s, r, text, back, 2));
    assert_int_equal(s->found.line, line);
}

TEST(log_search_goes_round_the_ends)
{
    struct ring *r = ring_new(100, RING_BYTES);
    struct log_search s = {.found = {0, 0}};

    add(r, "one");
    add(r, "two");
    add(r, "one");
    add(r, "two");
    step(&s, r, "one", false, 0); /* the nearest above line 2, whatever way was asked for */
    step(&s, r, "one", false, 2);
    step(&s, r, "one", false, 0);
    step(&s, r, "ONE", true, 2);
    step(&s, r, "two", true, 1);
    step(&s, r, "two", true, 3);
    assert_false(log_search_step(&s, r, "three", true, 2));
    assert_false(log_search_step(&s, r, "", true, 2));
    ring_free(r);
}

TEST(ring_is_text_too)
{
    struct ring *r = ring_new(100, RING_BYTES);
    struct buf text;

    add(r, "one");
    add(r, "");
    add(r, "two");
    ring_text(r, &text);
    assert_string_equal(buf_text(&text), "one\n\ntwo\n");
    buf_release(&text);
    ring_free(r);
}

TEST(find_folds_letters_of_three_alphabets)
{
    static const struct {
        const char *needle, *text;
        size_t at;
    } rows[] = {
        {"\xc3\x84rger", "viel \xc3\xa4RGER", 5},        /* a with dots */
        {"\xce\xa9", "\xcf\x89", 0},                     /* omega */
        {"\xd0\x9f\xd0\xa0", "x\xd0\xbf\xd1\x80", 1},    /* pe, er */
        {"\xc4\xbd", "\xc4\xbd", 0},                     /* its lower case is not folded */
        {"\xc3\x97", "\xc3\xb7", FIND_NONE},             /* times is not divided by */
        {"\xe6\x97\xa5", "\xe4\xbb\x8a\xe6\x97\xa5", 3}, /* han */
        {"\xe3\x81\xa1", "\xc3\xa3\xc2\xa1", FIND_NONE}, /* chi is no two letters of Latin */
        {"I", "\xc4\xb1", FIND_NONE},
        {"abc", "ab", FIND_NONE},
    };

    for (size_t i = 0; i < countof(rows); i++) {
        struct needle n;

        needle_init(&n, rows[i].needle);
        assert_int_equal(find_first(&n, rows[i].text, strlen(rows[i].text), 0), rows[i].at);
    }
}

TEST(needle_is_cut_between_characters)
{
    char text[400];
    struct needle n;

    for (size_t i = 0; i + 2 < sizeof text; i += 2)
        memcpy(text + i, "\xc3\xa4", 3);
    needle_init(&n, text);
    assert_int_equal(n.len, NEEDLE_MAX - 1);
    assert_int_equal(find_first(&n, text, strlen(text), 0), 0);
}

SUITE(ring, T(ring_keeps_the_newest_lines), T(ring_keeps_its_bytes),
      T(ring_numbers_never_come_again), T(ring_keeps_the_looks_of_a_line),
      T(ring_finds_next_and_previous), T(ring_finds_from_where_it_has_lost_lines),
      T(ring_counts_what_it_finds), T(log_search_goes_round_the_ends), T(ring_is_text_too),
      T(find_folds_letters_of_three_alphabets), T(needle_is_cut_between_characters))
