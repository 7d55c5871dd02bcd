/* test_presence.c - what sleep, lock, user switching and the network mean for looks and notes. */
#include "core/desktop/presence.h"
#include "tests/unit/unit.h"
#include <string.h>

struct step {
    enum power_event what;
    unsigned todo;
};

static void walk(const struct step *steps, size_t count)
{
    struct presence p = {0};

    for (size_t i = 0; i < count; i++) {
        unsigned todo = presence_hear(&p, steps[i].what);

        if (todo != steps[i].todo)
            fail_msg("step %zu (%s): %u instead of %u", i, power_event_word(steps[i].what), todo,
                     steps[i].todo);
    }
}

TEST(presence_sleep_rests_and_wake_looks)
{
    static const struct step steps[] = {
        {POWER_SLEEP, PRESENCE_AWAY | PRESENCE_REST},
        {POWER_SLEEP, 0}, /* told twice */
        {POWER_WAKE, PRESENCE_LOOK | PRESENCE_BACK},
        {POWER_WAKE, 0},
    };

    walk(steps, countof(steps));
}

TEST(presence_lock_is_away_but_looks_go_on)
{
    static const struct step steps[] = {
        {POWER_LOCK, PRESENCE_AWAY},
        {POWER_LOCK, 0},
        {POWER_UNLOCK, PRESENCE_BACK},
    };

    walk(steps, countof(steps));
}

TEST(presence_user_switching_counts_as_lock_and_rests)
{
    static const struct step steps[] = {
        {POWER_SESSION_LEFT, PRESENCE_AWAY | PRESENCE_REST},
        {POWER_LOCK, 0},
        {POWER_SESSION_BACK, PRESENCE_LOOK}, /* the lock screen is still there */
        {POWER_UNLOCK, PRESENCE_BACK},
    };

    walk(steps, countof(steps));
}

/* A lid that closes: locked, asleep, awake behind the lock screen, unlocked. */
TEST(presence_reasons_overlap)
{
    static const struct step steps[] = {
        {POWER_LOCK, PRESENCE_AWAY},
        {POWER_SLEEP, PRESENCE_REST},
        {POWER_SESSION_LEFT, 0},
        {POWER_WAKE, 0},
        {POWER_SESSION_BACK, PRESENCE_LOOK},
        {POWER_UNLOCK, PRESENCE_BACK},
    };

    walk(steps, countof(steps));
}

TEST(presence_low_power_saves_whatever_else_is)
{
    static const struct step steps[] = {
        {POWER_LOW_OFF, 0},
        {POWER_LOW_ON, PRESENCE_SAVE},
        {POWER_LOW_ON, 0},
        {POWER_SLEEP, PRESENCE_AWAY | PRESENCE_REST},
        {POWER_LOW_OFF, PRESENCE_SAVE_OFF},
        {POWER_WAKE, PRESENCE_LOOK | PRESENCE_BACK},
    };

    walk(steps, countof(steps));
}

/* Else it would wake what sleeps. */
TEST(presence_network_changes_count_while_looking_only)
{
    static const struct step steps[] = {
        {POWER_NETWORK_CHANGED, PRESENCE_LOOK},
        {POWER_NETWORK_CHANGED, PRESENCE_LOOK},
        {POWER_LOCK, PRESENCE_AWAY},
        {POWER_NETWORK_CHANGED, PRESENCE_LOOK},
        {POWER_SLEEP, PRESENCE_REST},
        {POWER_NETWORK_CHANGED, 0},
        {POWER_WAKE, PRESENCE_LOOK},
        {POWER_SESSION_LEFT, PRESENCE_REST},
        {POWER_NETWORK_CHANGED, 0},
    };

    walk(steps, countof(steps));
}

TEST(presence_has_a_word_for_each_event)
{
    for (int a = 0; a < POWER_EVENT_COUNT; a++)
        for (int b = 0; b < a; b++)
            assert_string_not_equal(power_event_word((enum power_event)a),
                                    power_event_word((enum power_event)b));
}

TEST(burst_is_told_once_it_is_calm)
{
    struct burst b = {0};

    assert_int_equal(burst_wait(&b, 0), -1);
    burst_hear(&b, 0); /* zero is a time like others */
    assert_int_equal(burst_wait(&b, 0), BURST_CALM_MS);
    burst_hear(&b, 1500);
    assert_int_equal(burst_wait(&b, 2000), 1500);
    assert_int_equal(burst_wait(&b, 3500), 0);
    assert_int_equal(burst_wait(&b, 99999), 0);
    burst_told(&b);
    assert_int_equal(burst_wait(&b, 99999), -1);
    burst_hear(&b, 100000);
    assert_int_equal(burst_wait(&b, 100000), BURST_CALM_MS);
}

TEST(burst_that_never_rests_is_told_too)
{
    struct burst b = {0};
    int64_t now = 5000;

    for (; burst_wait(&b, now) != 0; now += 100)
        burst_hear(&b, now);
    assert_int_equal(now, 5000 + BURST_LATEST_MS);
}

SUITE(presence, T(presence_sleep_rests_and_wake_looks), T(presence_lock_is_away_but_looks_go_on),
      T(presence_user_switching_counts_as_lock_and_rests), T(presence_reasons_overlap),
      T(presence_low_power_saves_whatever_else_is),
      T(presence_network_changes_count_while_looking_only), T(presence_has_a_word_for_each_event),
      T(burst_is_told_once_it_is_calm), T(burst_that_never_rests_is_told_too))
