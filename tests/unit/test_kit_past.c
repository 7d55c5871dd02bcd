/* test_kit_past.c - what the kit keeps from run to run: settings, lists, history. */
#include "tests/unit/kit_rig.h"

TEST(kit_looks_at_nothing_before_it_knows_what_the_user_wants)
{
    struct fault why;
    struct rig r;

    rig_open(&r, "running");
    rig_next_run(&r);
    assert_int_equal(fake_calls(&r.f, "+", " ps "), 1); /* of the first run */
    rig_remember(&r);
    assert_int_equal(kit_settings(r.kit)->number[SETTING_GRACE_S], 10);
    assert_int_equal(kit_set(r.kit, SETTING_GRACE_S, "-1", &why), RC_DENIED);
    assert_int_equal(kit_set(r.kit, SETTING_GRACE_S, "77", &why), RC_OK);
    assert_int_equal(kit_set(r.kit, SETTING_NOTE_EXIT, "false", &why), RC_OK);
    assert_int_equal(kit_set(r.kit, SETTING_SHOW_COUNT, "false", &why), RC_OK);
    rig_next_run(&r);
    rig_remember(&r);
    assert_int_equal(click(&r, OP_STOP, WEB, NULL), RC_OK);
    fake_wait_calls(&r.f, "-", " 77 " WEB, 1);
    assert_true(says(&r, "running |  | 1 container running") || says(&r, "busy |  |"));
    TURN_UNTIL(&r, !is_busy(&r));
    put_ended(&r, 3);
    kit_tell(r.kit, SCHEDULE_USER);
    TURN_UNTIL(&r, web_state(&r) == STATE_STOPPED);
    assert_string_equal(r.notes, "");
    rig_close(&r);
    rig_close_data(&r);
}

TEST(kit_shows_the_list_of_the_last_run_until_the_first_look)
{
    struct rig r;

    rig_open(&r, "running");
    rig_next_run(&r);
    rig_remember(&r);
    rig_next_run(&r);
    fake_put(&r.f, "list.mode", "hold");
    kit_remember(r.kit);
    TURN_UNTIL(&r, says(&r, "web"));
    assert_true(says(&r, "List from less than a minute ago"));
    assert_false(has_looked(&r));
    fake_drop(&r.f, "list.mode");
    fake_put(&r.f, "list.exit", "1"); /* it cannot be listed: the old list stays */
    fake_put(&r.f, "list.err", "the disk is on fire\n");
    fake_put(&r.f, "list.out", "");
    fake_put(&r.f, "list.go", "");
    TURN_UNTIL(&r, has_looked(&r));
    rig_next_run(&r);
    rig_remember(&r);
    assert_true(says(&r, "the disk is on fire"));
    assert_true(says(&r, "web"));
    rig_close(&r);
    rig_close_data(&r);
}

TEST(kit_remembers_what_happened_and_counts_on_from_there)
{
    struct rig r;

    rig_open(&r, "running");
    rig_next_run(&r);
    rig_remember(&r);
    assert_false(says(&r, "History"));
    for (int i = 0; i < 2; i++) {
        put_ended(&r, 3);
        kit_tell(r.kit, SCHEDULE_USER);
        TURN_UNTIL(&r, web_state(&r) == STATE_STOPPED);
        put_list(&r, "running");
        kit_tell(r.kit, SCHEDULE_USER);
        TURN_UNTIL(&r, web_state(&r) == STATE_RUNNING);
    }
    rig_next_run(&r);
    rig_remember(&r);
    assert_true(says(&r, "web started, less than a minute ago"));
    put_ended(&r, 3);
    kit_tell(r.kit, SCHEDULE_USER);
    TURN_UNTIL(&r, web_state(&r) == STATE_STOPPED);
    assert_string_equal(r.notes, "+docker/" WEB "/loop ");
    assert_true(says(&r, "web ended with an error (exit code 3), less than a minute ago"));
    rig_close(&r);
    rig_close_data(&r);
}

TEST(kit_calls_what_the_user_stopped_stopped)
{
    struct rig r;

    rig_open(&r, "running");
    rig_next_run(&r);
    rig_remember(&r);
    fake_put(&r.f, "stop.mode", "hold");
    assert_int_equal(click(&r, OP_STOP, WEB, NULL), RC_OK);
    put_ended(&r, 137);
    fake_put(&r.f, "stop.go", "");
    TURN_UNTIL(&r, web_state(&r) == STATE_STOPPED && !is_busy(&r));
    assert_true(says(&r, "web stopped (exit code 137)"));
    rig_close(&r);
    rig_close_data(&r);
}

TEST(kit_leaves_out_an_engine_that_is_switched_off)
{
    struct rig r;
    int looks;

    rig_open(&r, "running");
    rig_next_run(&r);
    rig_remember(&r);
    assert_int_equal(kit_set(r.kit, SETTING_DOCKER, "false", NULL), RC_OK);
    assert_false(says(&r, "web"));
    rig_next_run(&r);
    looks = fake_calls(&r.f, "+", " ps ");
    kit_remember(r.kit);
    TURN_UNTIL(&r, kit_snapshot(r.kit, ENGINE_PODMAN) != NULL &&
                       kit_snapshot(r.kit, ENGINE_APPLE) != NULL);
    kit_tell(r.kit, SCHEDULE_USER);
    assert_false(says(&r, "web"));
    assert_false(says(&r, "Looking"));
    assert_int_equal(fake_calls(&r.f, "+", " ps "), looks);
    assert_int_equal(kit_set(r.kit, SETTING_DOCKER, "true", NULL), RC_OK);
    TURN_UNTIL(&r, has_looked(&r));
    assert_true(says(&r, "web"));
    rig_close(&r);
    rig_close_data(&r);
}

/* It runs, and that was seen since the engine is looked at again. */
static void switch_on(struct rig *r)
{
    const struct snapshot *before = kit_snapshot(r->kit, ENGINE_DOCKER);

    assert_int_equal(kit_set(r->kit, SETTING_DOCKER, "true", NULL), RC_OK);
    TURN_UNTIL(r, kit_snapshot(r->kit, ENGINE_DOCKER) != before);
    assert_int_equal(web_state(r), STATE_RUNNING);
}

static void see_it_end(struct rig *r)
{
    put_ended(r, 3);
    kit_tell(r->kit, SCHEDULE_USER);
    TURN_UNTIL(r, web_state(r) == STATE_STOPPED);
}

/* What is as it was before is the first list all the same. */
TEST(kit_tells_of_an_engine_that_was_off_for_a_while)
{
    struct rig r;

    rig_open(&r, "running");
    rig_next_run(&r);
    rig_remember(&r);
    assert_int_equal(kit_set(r.kit, SETTING_DOCKER, "false", NULL), RC_OK);
    switch_on(&r);
    see_it_end(&r);
    assert_string_equal(r.notes, "+docker/" WEB "/exit ");
    assert_true(says(&r, "web ended with an error (exit code 3)"));
    rig_close(&r);
    rig_close_data(&r);
}

/* A look that began before ends after it. */
TEST(kit_drops_a_look_of_an_engine_that_is_off)
{
    struct rig r;

    rig_open(&r, "running");
    rig_next_run(&r);
    rig_remember(&r);
    put_ended(&r, 3);
    fake_put(&r.f, "list.mode", "hold");
    kit_tell(r.kit, SCHEDULE_USER);
    fake_wait_calls(&r.f, "~", " ps ", 1);
    assert_int_equal(kit_set(r.kit, SETTING_DOCKER, "false", NULL), RC_OK);
    fake_put(&r.f, "list.go", "");
    TURN_UNTIL(&r, !fake_any_alive(&r.f));
    while (has_posted(&r))
        turn(&r);
    assert_int_equal(web_state(&r), STATE_RUNNING);
    put_list(&r, "running");
    switch_on(&r);
    assert_string_equal(r.notes, "");
    assert_false(says(&r, "History"));
    rig_close(&r);
    rig_close_data(&r);
}

SUITE(kit_past, T(kit_looks_at_nothing_before_it_knows_what_the_user_wants),
      T(kit_shows_the_list_of_the_last_run_until_the_first_look),
      T(kit_remembers_what_happened_and_counts_on_from_there),
      T(kit_calls_what_the_user_stopped_stopped), T(kit_leaves_out_an_engine_that_is_switched_off),
      T(kit_tells_of_an_engine_that_was_off_for_a_while),
      T(kit_drops_a_look_of_an_engine_that_is_off))
