/* test_schedule.c - days of refreshing in microseconds: when a look is due, and when it is not. */
#include "core/refresh/schedule.h"
#include "tests/unit/unit.h"

#define START 1000000

/* A look that takes no time. */
static bool look(struct schedule *s, enum schedule_found found, int64_t now)
{
    schedule_looking(s, now);
    return schedule_looked(s, found, now);
}

/* A schedule whose first look was made, unchanged. Polls every 20 s from here. */
static struct schedule polling(void)
{
    struct schedule s;

    schedule_init(&s, false, START);
    look(&s, SCHEDULE_UNCHANGED, START);
    return s;
}

/* One with a live stream, whose opening gap was looked at. */
static struct schedule streaming(void)
{
    struct schedule s;

    schedule_init(&s, true, START);
    schedule_tell(&s, SCHEDULE_STREAM_UP, START);
    look(&s, SCHEDULE_CHANGED, START);
    return s;
}

TEST(schedule_looks_first_at_once)
{
    struct schedule s;

    schedule_init(&s, true, START);
    assert_true(schedule_due(&s, START));
    assert_int_equal(schedule_wait(&s, START), 0);
    look(&s, SCHEDULE_CHANGED, START);
    assert_false(schedule_due(&s, START));
}

TEST(schedule_polls_an_open_menu_as_it_is_told)
{
    struct schedule s = polling();

    schedule_tell(&s, SCHEDULE_MENU_OPENED, START);
    assert_int_equal(schedule_wait(&s, START), SCHEDULE_OPEN_MS);
    s.open_ms = 7000;
    assert_int_equal(schedule_wait(&s, START), 7000);
    schedule_tell(&s, SCHEDULE_MENU_CLOSED, START);
    assert_int_equal(schedule_wait(&s, START), 2 * SCHEDULE_CHANGED_MS);
}

TEST(schedule_of_an_engine_that_moved_looks_at_once)
{
    struct schedule s = polling();

    schedule_tell(&s, SCHEDULE_MOVED, START);
    assert_true(schedule_due(&s, START));
    s = polling();
    schedule_tell(&s, SCHEDULE_SERVICE, START);
    assert_true(schedule_due(&s, START));
}

TEST(schedule_of_an_engine_that_is_off_looks_once_it_is_on)
{
    struct schedule s = polling();

    schedule_tell(&s, SCHEDULE_OFF, START);
    schedule_tell(&s, SCHEDULE_USER, START);
    schedule_tell(&s, SCHEDULE_WAKE, START);
    assert_int_equal(schedule_wait(&s, START + SCHEDULE_SAFETY_MS), -1);
    schedule_tell(&s, SCHEDULE_ON, START + SCHEDULE_SAFETY_MS);
    assert_true(schedule_due(&s, START + SCHEDULE_SAFETY_MS));
    schedule_tell(&s, SCHEDULE_SLEEP, START + SCHEDULE_SAFETY_MS);
    schedule_tell(&s, SCHEDULE_ON, START + SCHEDULE_SAFETY_MS);
    assert_false(schedule_due(&s, START + SCHEDULE_SAFETY_MS));
}

TEST(schedule_first_event_is_due_at_once_and_a_burst_makes_one_more)
{
    struct schedule s = streaming();
    const int64_t t = START + 1000;

    schedule_tell(&s, SCHEDULE_EVENT, t);
    assert_true(schedule_due(&s, t));
    look(&s, SCHEDULE_CHANGED, t);
    for (int64_t ms = 1; ms < SCHEDULE_BURST_MS; ms += 10) {
        schedule_tell(&s, SCHEDULE_EVENT, t + ms);
        assert_false(schedule_due(&s, t + ms));
        assert_int_equal(schedule_wait(&s, t + ms), SCHEDULE_BURST_MS - ms);
    }
    assert_true(schedule_due(&s, t + SCHEDULE_BURST_MS));
    look(&s, SCHEDULE_CHANGED, t + SCHEDULE_BURST_MS);
    assert_int_equal(schedule_wait(&s, t + SCHEDULE_BURST_MS), SCHEDULE_SAFETY_MS);
}

/* The look at the end of a window opens the next one: what comes then waits for its end. */
TEST(schedule_burst_that_goes_on_is_looked_at_window_by_window)
{
    struct schedule s = streaming();
    const int64_t t = START + 1000, end = t + SCHEDULE_BURST_MS;

    schedule_tell(&s, SCHEDULE_EVENT, t);
    look(&s, SCHEDULE_CHANGED, t);
    schedule_tell(&s, SCHEDULE_EVENT, t + 100);
    look(&s, SCHEDULE_CHANGED, end);
    schedule_tell(&s, SCHEDULE_EVENT, end + 10);
    assert_int_equal(schedule_wait(&s, end + 10), SCHEDULE_BURST_MS - 10);
    look(&s, SCHEDULE_CHANGED, end + SCHEDULE_BURST_MS);
    assert_false(schedule_due(&s, end + SCHEDULE_BURST_MS));
}

TEST(schedule_single_event_makes_a_single_look)
{
    struct schedule s = streaming();

    schedule_tell(&s, SCHEDULE_EVENT, START + 1000);
    look(&s, SCHEDULE_CHANGED, START + 1000);
    assert_int_equal(schedule_wait(&s, START + 1000), SCHEDULE_SAFETY_MS);
}

/* An engine that never stops talking gets four looks a second, not one per event. */
TEST(schedule_endless_burst_is_bounded)
{
    struct schedule s = streaming();
    int looks = 0;

    for (int64_t t = START + 1000; t < START + 11000; t++) {
        schedule_tell(&s, SCHEDULE_EVENT, t);
        if (schedule_due(&s, t)) {
            look(&s, SCHEDULE_CHANGED, t);
            looks++;
        }
    }
    assert_in_range(looks, 39, 41);
}

TEST(schedule_live_stream_needs_only_the_safety_look)
{
    struct schedule s = streaming();

    assert_int_equal(schedule_wait(&s, START), SCHEDULE_SAFETY_MS);
    schedule_tell(&s, SCHEDULE_MENU_OPENED, START);
    assert_int_equal(schedule_wait(&s, START), SCHEDULE_SAFETY_MS);
    assert_false(schedule_due(&s, START + SCHEDULE_SAFETY_MS - 1));
    assert_true(schedule_due(&s, START + SCHEDULE_SAFETY_MS));
}

TEST(schedule_polling_backs_off_while_unchanged)
{
    static const int64_t waits[] = {20000, 40000, 60000, 60000};
    struct schedule s;
    int64_t now = START;

    schedule_init(&s, false, now);
    look(&s, SCHEDULE_CHANGED, now);
    assert_int_equal(schedule_wait(&s, now), SCHEDULE_CHANGED_MS);
    now += SCHEDULE_CHANGED_MS;
    for (size_t i = 0; i < countof(waits); i++) {
        assert_true(schedule_due(&s, now));
        look(&s, SCHEDULE_UNCHANGED, now);
        assert_int_equal(schedule_wait(&s, now), waits[i]);
        now += waits[i];
    }
    look(&s, SCHEDULE_CHANGED, now);
    assert_int_equal(schedule_wait(&s, now), SCHEDULE_CHANGED_MS);
}

TEST(schedule_failed_looks_back_off_too)
{
    struct schedule s = polling();

    look(&s, SCHEDULE_LOOK_FAILED, START);
    look(&s, SCHEDULE_LOOK_FAILED, START);
    assert_int_equal(schedule_wait(&s, START), SCHEDULE_QUIET_MAX_MS);
}

TEST(schedule_open_menu_polls_every_two_seconds)
{
    struct schedule s = polling();
    const int64_t before = schedule_wait(&s, START);

    schedule_tell(&s, SCHEDULE_MENU_OPENED, START);
    for (int64_t now = START; now < START + 20000; now += SCHEDULE_OPEN_MS) {
        look(&s, SCHEDULE_UNCHANGED, now);
        assert_int_equal(schedule_wait(&s, now), SCHEDULE_OPEN_MS);
    }
    schedule_tell(&s, SCHEDULE_MENU_CLOSED, START + 20000);
    assert_int_equal(schedule_wait(&s, START + 20000), before - SCHEDULE_OPEN_MS);
}

/* A list older than two seconds is looked at again as soon as the menu opens. */
TEST(schedule_opening_the_menu_looks_if_the_list_is_old)
{
    struct schedule s = polling();

    schedule_tell(&s, SCHEDULE_MENU_OPENED, START + 5000);
    assert_true(schedule_due(&s, START + 5000));
}

TEST(schedule_low_power_polls_every_five_minutes)
{
    struct schedule s = polling();

    schedule_tell(&s, SCHEDULE_LOW_POWER_ON, START);
    assert_int_equal(schedule_wait(&s, START), SCHEDULE_SAFETY_MS);
    schedule_tell(&s, SCHEDULE_MENU_OPENED, START);
    assert_int_equal(schedule_wait(&s, START), SCHEDULE_OPEN_MS);
    schedule_tell(&s, SCHEDULE_MENU_CLOSED, START);
    schedule_tell(&s, SCHEDULE_LOW_POWER_OFF, START);
    assert_int_equal(schedule_wait(&s, START), 20000);
}

TEST(schedule_sleeps_until_wake_and_then_looks_at_once)
{
    static const enum schedule_tell all[] = {
        SCHEDULE_USER,        SCHEDULE_EVENT,        SCHEDULE_FOLDER,      SCHEDULE_MENU_OPENED,
        SCHEDULE_MENU_CLOSED, SCHEDULE_LOW_POWER_ON, SCHEDULE_STREAM_DOWN, SCHEDULE_STREAM_UP};
    struct schedule s = streaming();
    const int64_t days = START + (int64_t)3 * 86400000;

    schedule_tell(&s, SCHEDULE_SLEEP, START);
    for (size_t i = 0; i < countof(all); i++) {
        schedule_tell(&s, all[i], days);
        assert_false(schedule_due(&s, days));
        assert_int_equal(schedule_wait(&s, days), -1);
    }
    schedule_tell(&s, SCHEDULE_WAKE, days);
    assert_true(schedule_due(&s, days));
}

TEST(schedule_poke_during_a_look_makes_one_more_round)
{
    static const enum schedule_tell pokes[] = {SCHEDULE_USER, SCHEDULE_EVENT, SCHEDULE_FOLDER,
                                               SCHEDULE_WAKE, SCHEDULE_STREAM_UP};

    for (size_t i = 0; i < countof(pokes); i++) {
        struct schedule s;

        schedule_init(&s, true, START);
        schedule_looking(&s, START);
        schedule_tell(&s, pokes[i], START + 10);
        schedule_looked(&s, SCHEDULE_UNCHANGED, START + 20);
        assert_true(schedule_due(&s, START + 20));
        look(&s, SCHEDULE_UNCHANGED, START + 20);
        assert_false(schedule_due(&s, START + 20));
    }
}

TEST(schedule_timer_counts_from_the_end_of_a_slow_look)
{
    struct schedule s = polling();

    schedule_tell(&s, SCHEDULE_MENU_OPENED, START);
    schedule_looking(&s, START);
    schedule_looked(&s, SCHEDULE_LOOK_FAILED, START + 15000);
    assert_int_equal(schedule_wait(&s, START + 15000), SCHEDULE_OPEN_MS);
}

TEST(schedule_untold_change_asks_for_a_new_stream)
{
    struct schedule s = streaming();
    const int64_t t = START + SCHEDULE_SAFETY_MS;

    assert_false(look(&s, SCHEDULE_UNCHANGED, t));
    assert_true(look(&s, SCHEDULE_CHANGED, t + SCHEDULE_SAFETY_MS));
}

TEST(schedule_told_change_asks_for_nothing)
{
    struct schedule s = streaming();

    schedule_tell(&s, SCHEDULE_EVENT, START + 1000);
    assert_false(look(&s, SCHEDULE_CHANGED, START + 1000));
    /* told while the safety look ran: the stream lives, and so it does for the next round */
    schedule_looking(&s, START + SCHEDULE_SAFETY_MS);
    schedule_tell(&s, SCHEDULE_EVENT, START + SCHEDULE_SAFETY_MS + 1);
    assert_false(schedule_looked(&s, SCHEDULE_CHANGED, START + SCHEDULE_SAFETY_MS + 2));
    assert_false(look(&s, SCHEDULE_CHANGED, START + SCHEDULE_SAFETY_MS + 3));
}

TEST(schedule_without_a_stream_never_asks_for_one)
{
    struct schedule s = polling();

    assert_false(look(&s, SCHEDULE_CHANGED, START + 20000));
}

TEST(schedule_losing_the_stream_looks_and_polls)
{
    struct schedule s = streaming();

    schedule_tell(&s, SCHEDULE_STREAM_DOWN, START + 5000);
    assert_true(schedule_due(&s, START + 5000));
    look(&s, SCHEDULE_UNCHANGED, START + 5000);
    assert_int_equal(schedule_wait(&s, START + 5000), 20000);
    /* one that never came up tells nothing: no look for each attempt */
    schedule_tell(&s, SCHEDULE_STREAM_DOWN, START + 6000);
    assert_false(schedule_due(&s, START + 6000));
}

TEST(schedule_reconnects_ever_slower_until_a_stream_has_held)
{
    static const int64_t waits[] = {1000, 2000, 4000, 8000, 16000, 32000, 60000, 60000};
    struct schedule s = streaming();
    int64_t now = START;

    for (size_t i = 0; i < countof(waits); i++) {
        schedule_tell(&s, SCHEDULE_STREAM_UP, now);
        schedule_tell(&s, SCHEDULE_STREAM_DOWN, now + 2000); /* too short to count */
        assert_int_equal(schedule_reconnect(&s), waits[i]);
        now += waits[i];
    }
    schedule_tell(&s, SCHEDULE_STREAM_UP, now);
    schedule_tell(&s, SCHEDULE_STREAM_DOWN, now + 60000);
    assert_int_equal(schedule_reconnect(&s), SCHEDULE_RECONNECT_MIN_MS);
    assert_int_equal(schedule_reconnect(&s), 2 * SCHEDULE_RECONNECT_MIN_MS);
}

TEST(schedule_wake_forgets_the_back_off)
{
    struct schedule s = streaming();

    for (int i = 0; i < 6; i++)
        assert_true(schedule_reconnect(&s) > 0);
    schedule_tell(&s, SCHEDULE_WAKE, START);
    assert_int_equal(schedule_reconnect(&s), SCHEDULE_RECONNECT_MIN_MS);
}

static uint32_t next_random(uint32_t *state)
{
    *state = *state * 1664525u + 1013904223u;
    return *state >> 8;
}

/* A day driven at random, as the thread drives it: it sleeps as long as it was told to, or is
 * woken by something told. A look is never begun without being due, a sleep is never empty, and
 * what was told is looked at 250 ms later at the most, sleep of the machine excepted. */
static void drive(uint32_t seed, bool has_stream)
{
    struct schedule s;
    uint32_t rnd = seed;
    int64_t now = START, told_at = -1;
    long looks = 0;

    schedule_init(&s, has_stream, now);
    for (int step = 0; step < 4000; step++) {
        int64_t wait = schedule_wait(&s, now);
        uint32_t what = next_random(&rnd) % 11;

        assert_int_equal(wait == 0, schedule_due(&s, now));
        if (wait == 0) {
            assert_true(told_at < 0 || now - told_at <= SCHEDULE_BURST_MS);
            told_at = -1;
            schedule_looking(&s, now);
            looks++;
            if (next_random(&rnd) % 4 == 0)
                now += next_random(&rnd) % 200; /* a look that takes its time */
            schedule_looked(&s, next_random(&rnd) % 3, now);
            continue;
        }
        assert_true(wait > 0 || s.asleep);
        if (wait > 0 && next_random(&rnd) % 3 != 0) {
            now += wait; /* nobody says anything: it must come due by itself */
            assert_true(schedule_due(&s, now));
            continue;
        }
        now += next_random(&rnd) % (wait > 0 && wait < 400 ? (uint32_t)wait : 400);
        if (!has_stream && (what == SCHEDULE_STREAM_UP || what == SCHEDULE_STREAM_DOWN))
            continue;
        schedule_tell(&s, (enum schedule_tell)what, now);
        if (what <= SCHEDULE_FOLDER && told_at < 0 && !s.asleep)
            told_at = now;
        if (what == SCHEDULE_SLEEP)
            told_at = -1;
    }
    assert_true(looks > 0);
}

TEST(schedule_never_spins_and_never_forgets)
{
    for (uint32_t seed = 1; seed <= 200; seed++)
        drive(seed, seed % 2 == 0);
}

SUITE(schedule, T(schedule_looks_first_at_once), T(schedule_polls_an_open_menu_as_it_is_told),
      T(schedule_of_an_engine_that_moved_looks_at_once),
      T(schedule_of_an_engine_that_is_off_looks_once_it_is_on),
      T(schedule_first_event_is_due_at_once_and_a_burst_makes_one_more),
      T(schedule_burst_that_goes_on_is_looked_at_window_by_window),
      T(schedule_single_event_makes_a_single_look), T(schedule_endless_burst_is_bounded),
      T(schedule_live_stream_needs_only_the_safety_look),
      T(schedule_polling_backs_off_while_unchanged), T(schedule_failed_looks_back_off_too),
      T(schedule_open_menu_polls_every_two_seconds),
      T(schedule_opening_the_menu_looks_if_the_list_is_old),
      T(schedule_low_power_polls_every_five_minutes),
      T(schedule_sleeps_until_wake_and_then_looks_at_once),
      T(schedule_poke_during_a_look_makes_one_more_round),
      T(schedule_timer_counts_from_the_end_of_a_slow_look),
      T(schedule_untold_change_asks_for_a_new_stream), T(schedule_told_change_asks_for_nothing),
      T(schedule_without_a_stream_never_asks_for_one),
      T(schedule_losing_the_stream_looks_and_polls),
      T(schedule_reconnects_ever_slower_until_a_stream_has_held),
      T(schedule_wake_forgets_the_back_off), T(schedule_never_spins_and_never_forgets))
