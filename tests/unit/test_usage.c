/* From an engine's statistics to what a person reads: percent, bytes a second, a minute of them. */
#include "core/engine/stats.h"
#include "core/engine/usage.h"
#include "tests/unit/unit.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

#define NONE ENGINE_NO_STAT

static struct engine_stat stat_of(const char *id, double percent, int64_t usec, int64_t rx)
{
    struct engine_stat s = {.cpu_percent = percent, .cpu_usec = usec, .net_rx = rx, .net_tx = NONE};

    s.mem = 1000;
    s.mem_limit = NONE;
    snprintf(s.id, sizeof s.id, "%s", id);
    return s;
}

static void add(struct usage_book *b, const char *id, double percent, int64_t usec, int64_t rx,
                int64_t at_ms)
{
    struct engine_stat s = stat_of(id, percent, usec, rx);

    usage_add(b, &s, 1, at_ms);
}

static bool same(double a, double b)
{
    return isnan(a) ? isnan(b) : fabs(a - b) < 1e-9;
}

TEST(two_samples_make_a_percentage_and_a_rate)
{
    static const struct {
        const char *what;
        int64_t usec[2], rx[2], took_ms;
        double told, cpu, rate;
    } cases[] = {
        {"half of one", {1000000, 2000000}, {0, 4000}, 2000, NAN, 50, 2000},
        {"two and a half", {0, 5000000}, {10, 10}, 2000, NAN, 250, 0},
        {"what the engine says counts less", {0, 100000}, {NONE, NONE}, 1000, 77, 10, NAN},
        {"only the engine's word", {NONE, NONE}, {0, 1}, 1000, 77, 77, 1},
        {"neither", {NONE, NONE}, {5, NONE}, 1000, NAN, NAN, NAN},
        {"started again", {9000000, 100000}, {9000, 100}, 2000, 3, NAN, NAN},
        {"total came late", {NONE, 100000}, {NONE, 100}, 2000, 3, NAN, NAN},
        {"no time has passed", {1, 2}, {1, 2}, 0, NAN, NAN, NAN},
    };

    for (size_t i = 0; i < countof(cases); i++) {
        struct usage_book b = {0};
        const struct usage *u;

        add(&b, "web", cases[i].told, cases[i].usec[0], cases[i].rx[0], 50000);
        add(&b, "web", cases[i].told, cases[i].usec[1], cases[i].rx[1], 50000 + cases[i].took_ms);
        u = usage_find(&b, "web");
        assert_non_null(u);
        if (!same(u->cpu, cases[i].cpu) || !same(u->rx_rate, cases[i].rate))
            fail_msg("%s: %g percent, %g a second", cases[i].what, u->cpu, u->rx_rate);
        assert_true(isnan(u->tx_rate));
        usage_release(&b);
    }
}

TEST(a_first_sample_has_no_rate_and_only_the_percentage_it_was_told)
{
    struct usage_book b = {0};
    const struct usage *u;

    add(&b, "apple", NAN, 5000000, 4000, 1000);
    add(&b, "docker", 12.5, NONE, 4000, 1000);
    u = usage_find(&b, "apple");
    assert_true(isnan(u->cpu) && isnan(u->rx_rate));
    assert_int_equal(u->count, 0);
    assert_int_equal(u->mem, 1000);
    assert_int_equal(u->mem_limit, NONE);
    u = usage_find(&b, "docker");
    assert_true(u->cpu == 12.5 && isnan(u->rx_rate));
    assert_int_equal(u->count, 1);
    usage_release(&b);
}

TEST(containers_are_found_by_their_id_or_by_its_first_twelve)
{
    static const char whole[] = "60936fda932b36bf4a28e970204f30bdd66f7a68fc5ca50fea2bb60bac8815fa";
    struct usage_book b = {0};

    add(&b, "60936fda932b", 1, NONE, 0, 1000);
    add(&b, "web", 1, NONE, 0, 1000);
    add(&b, "zebra", 1, NONE, 0, 1000);
    assert_non_null(usage_find(&b, "60936fda932b"));
    assert_non_null(usage_find(&b, whole));
    assert_non_null(usage_find(&b, "web"));
    assert_non_null(usage_find(&b, "zebra"));
    assert_null(usage_find(&b, "web2"));
    assert_null(usage_find(&b, "we"));
    assert_null(usage_find(&b, "60936fda932c36bf4a28e970204f30bdd66f7a68fc5ca50fea2bb60bac8815fa"));
    assert_null(usage_find(&b, ""));
    usage_release(&b);
    assert_null(usage_find(&b, "web"));
    add(&b, "60936fda932b000000000000000000000000000000000000000000000000000", 1, NONE, 0, 1000);
    assert_null(usage_find(&b, whole));
    usage_release(&b);
}

TEST(the_newest_sixty_points_are_kept_in_order)
{
    struct usage_book b = {0};
    const struct usage *u;

    for (int i = 0; i < 100; i++)
        add(&b, "web", i, NONE, 0, 1000 + i * 500);
    u = usage_find(&b, "web");
    assert_int_equal(u->count, USAGE_POINTS);
    for (size_t i = 0; i < u->count; i++) {
        assert_true(usage_point(u, i)->cpu == (double)(40 + i));
        assert_int_equal(usage_point(u, i)->at_ms, 1000 + (40 + (int64_t)i) * 500);
    }
    assert_true(usage_is_fresh(u, u->at_ms + USAGE_FRESH_MS - 1));
    assert_false(usage_is_fresh(u, u->at_ms + USAGE_FRESH_MS));
    usage_release(&b);
}

TEST(who_is_silent_for_a_minute_is_forgotten)
{
    struct usage_book b = {0};

    add(&b, "web", 1, NONE, 0, 1000);
    add(&b, "db", 1, NONE, 0, 1000 + USAGE_WINDOW_MS);
    assert_non_null(usage_find(&b, "web"));
    add(&b, "db", 1, NONE, 0, 1001 + USAGE_WINDOW_MS);
    assert_null(usage_find(&b, "web"));
    assert_non_null(usage_find(&b, "db"));
    usage_release(&b);
}

TEST(a_book_holds_a_thousand)
{
    struct engine_stat *many = mem_new_array(USAGE_MAX + 50, sizeof *many);
    struct usage_book b = {0};
    char id[32];

    for (int i = 0; i < USAGE_MAX + 50; i++) {
        snprintf(id, sizeof id, "c%d", i);
        many[i] = stat_of(id, i, NONE, 0);
    }
    b.failed = true;
    usage_add(&b, many, USAGE_MAX + 50, 1000);
    usage_add(&b, many, USAGE_MAX + 50, 2000);
    assert_false(b.failed);
    assert_int_equal(b.count, USAGE_MAX);
    assert_true(usage_find(&b, "c999")->cpu == 999);
    assert_int_equal(usage_find(&b, "c999")->count, 2);
    usage_release(&b);
    mem_free(many);
}

TEST(lengths_of_time_as_go_prints_them)
{
    static const struct {
        const char *text;
        int64_t usec;
    } cases[] = {
        {"86.465231ms", 86465},
        {"1.5s", 1500000},
        {"0s", 0},
        {"2m3s", 123000000},
        {"1h2m3.5s", 3723500000},
        {"450\xc2\xb5s", 450},
        {"900ns", 1},
        {"12us", 12},
        {" 1s ", 1000000},
        {"", NONE},
        {"--", NONE},
        {"5", NONE},
        {"5x", NONE},
        {"s", NONE},
        {"1s2", NONE},
        {"-1s", NONE},
        {"99999999999999999999h", NONE},
    };

    for (size_t i = 0; i < countof(cases); i++) {
        int64_t usec = NONE;

        stat_span(cases[i].text, &usec);
        if (usec != cases[i].usec)
            fail_msg("\"%s\" is %lld us", cases[i].text, (long long)usec);
    }
}

SUITE(usage, T(two_samples_make_a_percentage_and_a_rate),
      T(a_first_sample_has_no_rate_and_only_the_percentage_it_was_told),
      T(containers_are_found_by_their_id_or_by_its_first_twelve),
      T(the_newest_sixty_points_are_kept_in_order), T(who_is_silent_for_a_minute_is_forgotten),
      T(a_book_holds_a_thousand), T(lengths_of_time_as_go_prints_them))
