/* test_events.c - repeats of podman's rotating event file are dropped, news are not. */
#include "core/refresh/events.h"
#include "tests/unit/unit.h"
#include <stdio.h>
#include <string.h>

static struct engine_event event(const char *id, const char *status, int64_t time_ns)
{
    struct engine_event e = {.time_ns = time_ns, .is_container = true, .changes = true};

    snprintf(e.id, sizeof e.id, "%s", id);
    snprintf(e.status, sizeof e.status, "%s", status);
    return e;
}

static bool is_new(struct events_seen *seen, const char *id, const char *status, int64_t time_ns)
{
    struct engine_event e = event(id, status, time_ns);

    return events_is_new(seen, &e);
}

TEST(events_drops_the_same_event)
{
    struct events_seen seen = {0};

    assert_true(is_new(&seen, "a", "died", 1));
    assert_false(is_new(&seen, "a", "died", 1));
}

TEST(events_tells_id_status_and_time_apart)
{
    struct events_seen seen = {0};

    assert_true(is_new(&seen, "a", "died", 1));
    assert_true(is_new(&seen, "b", "died", 1));
    assert_true(is_new(&seen, "a", "start", 1));
    assert_true(is_new(&seen, "a", "died", 2));
    assert_true(is_new(&seen, "ad", "ied", 1)); /* the same letters, cut elsewhere */
    assert_false(is_new(&seen, "ad", "ied", 1));
}

TEST(events_without_a_time_are_always_new)
{
    struct events_seen seen = {0};

    assert_true(is_new(&seen, "a", "died", 0));
    assert_true(is_new(&seen, "a", "died", 0));
}

/* A rotation repeats up to 30 events; the ring must hold more, and forget only the oldest. */
TEST(events_ring_forgets_the_oldest_only)
{
    struct events_seen seen = {0};

    for (int64_t t = 1; t <= EVENTS_SEEN_MAX + 1; t++)
        assert_true(is_new(&seen, "a", "died", t));
    assert_true(is_new(&seen, "a", "died", 1)); /* pushed out, and pushes out 2 */
    for (int64_t t = 3; t <= EVENTS_SEEN_MAX + 1; t++)
        assert_false(is_new(&seen, "a", "died", t));
}

SUITE(events, T(events_drops_the_same_event), T(events_tells_id_status_and_time_apart),
      T(events_without_a_time_are_always_new), T(events_ring_forgets_the_oldest_only))
