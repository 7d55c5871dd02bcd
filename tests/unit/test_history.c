/* test_history.c - which events come out of two lists. */
#include "core/store/history.h"
#include "tests/unit/unit.h"
#include <stdio.h>
#include <string.h>

#define BEFORE_S 1795556400
#define NOW_S (BEFORE_S + 60)

struct rig {
    struct snapshot *before, *now;
    const char *wanted; /* the user ended it; NULL: nothing */
    struct arena a;
    struct store_events events;
    char text[1024]; /* "web died; db removed" */
};

static void rig_open(struct rig *r)
{
    *r = (struct rig){.before = snapshot_new(ENGINE_PODMAN), .now = snapshot_new(ENGINE_PODMAN)};
    r->before->taken_s = BEFORE_S;
    r->now->taken_s = NOW_S;
}

static struct container *has(struct snapshot *s, const char *name, enum container_state state)
{
    struct container *c = snapshot_add(s);

    c->id = c->name = arena_str(&s->arena, name);
    c->state = state;
    return c;
}

static struct container *ran(struct container *c, int64_t started_s)
{
    c->has_started = true;
    c->started_s = started_s;
    return c;
}

static struct container *ended(struct container *c, int64_t finished_s, int64_t code)
{
    c->has_finished = c->has_exit_code = true;
    c->finished_s = finished_s;
    c->exit_code = code;
    return c;
}

static bool is_wanted(void *ctx, enum engine_kind engine, const char *id)
{
    const struct rig *r = ctx;

    assert_int_equal(engine, ENGINE_PODMAN);
    return r->wanted != NULL && strcmp(r->wanted, id) == 0;
}

/* Compares, and ends the lists. */
static const char *happened(struct rig *r)
{
    const struct history_lists lists = {r->before, r->now, NOW_S, is_wanted, r};
    size_t len = 0;

    snapshot_seal(r->before);
    snapshot_seal(r->now);
    history_compare(&lists, &r->a, &r->events);
    snapshot_free(r->before);
    snapshot_free(r->now); /* the events borrow nothing */
    r->text[0] = '\0';
    for (size_t i = 0; i < r->events.count; i++)
        len += (size_t)snprintf(r->text + len, sizeof r->text - len, "%s%s %s", i > 0 ? "; " : "",
                                r->events.list[i].name, r->events.list[i].what);
    return r->text;
}

static void rig_close(struct rig *r)
{
    arena_release(&r->a);
}

TEST(history_has_nothing_of_equal_lists)
{
    struct rig r;

    rig_open(&r);
    for (int i = 0; i < 2; i++) {
        struct snapshot *s = i == 0 ? r.before : r.now;

        ended(has(s, "db", STATE_STOPPED), BEFORE_S - 60, 1);
        ran(has(s, "web", STATE_RUNNING), BEFORE_S - 60)->health = HEALTH_UNHEALTHY;
        has(s, "new", STATE_CREATED);
    }
    assert_string_equal(happened(&r), "");
    assert_null(r.events.list);
    rig_close(&r);
}

TEST(history_tells_how_a_container_ended_and_how_long_it_ran)
{
    const struct store_event *e;
    struct rig r;

    rig_open(&r);
    ran(has(r.before, "bad", STATE_RUNNING), BEFORE_S - 100);
    ran(has(r.before, "good", STATE_RUNNING), BEFORE_S - 100);
    ended(ran(has(r.now, "bad", STATE_STOPPED), BEFORE_S - 100), BEFORE_S + 20, 3);
    has(r.now, "good", STATE_STOPPED); /* an engine that tells nothing */
    assert_string_equal(happened(&r), "bad died; good stopped");
    e = &r.events.list[0];
    assert_int_equal(e->at_s, BEFORE_S + 20);
    assert_true(e->has_exit_code && e->exit_code == 3);
    assert_int_equal(e->ran_s, 120);
    assert_int_equal(e->engine, ENGINE_PODMAN);
    assert_string_equal(e->container, "bad");
    assert_true(history_is_bad_end(e));
    e = &r.events.list[1];
    assert_int_equal(e->at_s, NOW_S);
    assert_false(e->has_exit_code);
    assert_int_equal(e->ran_s, NOW_S - BEFORE_S + 100);
    assert_false(history_is_bad_end(e));
    rig_close(&r);
}

TEST(history_calls_an_end_that_was_wanted_a_stop)
{
    struct rig r;

    rig_open(&r);
    r.wanted = "killed";
    has(r.before, "killed", STATE_RUNNING);
    has(r.before, "stopping", STATE_STOPPING);
    ended(has(r.now, "killed", STATE_STOPPED), NOW_S, 137);
    ended(has(r.now, "stopping", STATE_STOPPED), NOW_S, 137);
    assert_string_equal(happened(&r), "killed stopped; stopping stopped");
    assert_int_equal(r.events.list[0].exit_code, 137);
    rig_close(&r);
}

TEST(history_sees_what_was_over_between_two_lists)
{
    struct rig r;

    rig_open(&r);
    r.wanted = "ours";
    ran(has(r.before, "again", STATE_RUNNING), BEFORE_S - 100);
    ran(has(r.before, "ours", STATE_RUNNING), BEFORE_S - 100);
    ran(has(r.now, "again", STATE_RUNNING), BEFORE_S + 10);
    ran(has(r.now, "ours", STATE_RUNNING), BEFORE_S + 10);
    ended(ran(has(r.now, "short", STATE_STOPPED), BEFORE_S + 30), BEFORE_S + 31, 1);
    assert_string_equal(happened(&r), "again restarted; ours stopped; ours started; short died");
    assert_int_equal(r.events.list[0].at_s, BEFORE_S + 10);
    assert_int_equal(r.events.list[0].ran_s, 110);
    assert_true(history_is_bad_end(&r.events.list[0]));
    assert_false(history_is_bad_end(&r.events.list[1]));
    assert_int_equal(r.events.list[3].ran_s, 1);
    rig_close(&r);
}

TEST(history_tells_what_came_what_went_and_what_is_ill)
{
    struct rig r;

    rig_open(&r);
    has(r.before, "gone", STATE_RUNNING);
    has(r.before, "ill", STATE_RUNNING);
    has(r.before, "up", STATE_STOPPED);
    has(r.now, "fresh", STATE_CREATED);
    has(r.now, "ill", STATE_RUNNING)->health = HEALTH_UNHEALTHY;
    has(r.now, "young", STATE_RUNNING);
    has(r.now, "up", STATE_RUNNING);
    ended(has(r.now, "foreign", STATE_STOPPED), BEFORE_S - 86400, 1); /* another machine's list */
    assert_string_equal(happened(&r), "fresh created; gone removed; ill unhealthy; up started; "
                                      "young started");
    rig_close(&r);
}

TEST(history_has_no_helpers_and_nothing_without_an_id)
{
    struct rig r;

    rig_open(&r);
    has(r.before, "builder", STATE_RUNNING)->infra = true;
    has(r.before, "a/b", STATE_RUNNING);
    ended(has(r.now, "builder", STATE_STOPPED), NOW_S, 1)->infra = true;
    assert_string_equal(happened(&r), "");
    rig_close(&r);
}

/* A time that cannot be one of between the two looks is not believed. */
TEST(history_takes_the_moment_of_the_look_for_an_impossible_time)
{
    struct rig r;

    rig_open(&r);
    has(r.before, "future", STATE_RUNNING);
    has(r.before, "long-ago", STATE_RUNNING);
    ended(has(r.now, "future", STATE_STOPPED), NOW_S + 9999, 1);
    ended(has(r.now, "long-ago", STATE_STOPPED), BEFORE_S - 9999, 1);
    assert_string_equal(happened(&r), "future died; long-ago died");
    assert_int_equal(r.events.list[0].at_s, NOW_S);
    assert_int_equal(r.events.list[1].at_s, NOW_S);
    assert_int_equal(r.events.list[0].ran_s, -1);
    rig_close(&r);
}

SUITE(history, T(history_has_nothing_of_equal_lists),
      T(history_tells_how_a_container_ended_and_how_long_it_ran),
      T(history_calls_an_end_that_was_wanted_a_stop),
      T(history_sees_what_was_over_between_two_lists),
      T(history_tells_what_came_what_went_and_what_is_ill),
      T(history_has_no_helpers_and_nothing_without_an_id),
      T(history_takes_the_moment_of_the_look_for_an_impossible_time))
