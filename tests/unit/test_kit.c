/* test_kit.c - clicks, what the menu shows of them, notes, the end. */
#include "core/kit/marks.h"
#include "tests/unit/kit_rig.h"

TEST(kit_shows_every_engine)
{
    struct rig r;

    rig_open(&r, "running");
    assert_int_equal(kit_snapshot(r.kit, ENGINE_PODMAN)->state, ENGINE_MISSING);
    assert_int_equal(kit_snapshot(r.kit, ENGINE_DOCKER)->state, ENGINE_RUNNING);
    assert_true(says(&r, "web"));
    assert_true(r.changes >= 3);
    rig_close(&r);
}

TEST(kit_lists_the_windows_it_was_told_last)
{
    struct rig r;
    struct menu_window windows[MENU_WINDOWS_MAX + 1];
    int changes;

    for (size_t i = 0; i < countof(windows); i++) {
        windows[i].number = (long)i + 1;
        snprintf(windows[i].title, sizeof windows[i].title, "Window %zu.", i + 1);
    }
    rig_open(&r, "running");
    changes = r.changes;
    kit_windows(r.kit, windows, countof(windows));
    assert_int_equal(r.changes, changes + 1);
    windows[0].title[0] = '\0'; /* it has a copy */
    assert_true(says(&r, "Window 1."));
    assert_true(says(&r, "Window 16."));
    assert_false(says(&r, "Window 17."));
    kit_windows(r.kit, NULL, 0);
    assert_false(says(&r, "Window 1."));
    rig_close(&r);
}

TEST(kit_shows_a_click_at_once_and_never_flickers_back)
{
    struct rig r;

    rig_open(&r, "running");
    fake_put(&r.f, "stop.mode", "hold");
    assert_int_equal(click(&r, OP_STOP, WEB, NULL), RC_OK);
    assert_true(is_busy(&r));
    fake_wait_calls(&r.f, "+", " stop ", 1);
    fake_put(&r.f, "list.mode", "hold"); /* the look after the end is late */
    fake_put(&r.f, "stop.go", "");
    fake_wait_calls(&r.f, "-", " stop ", 1);
    fake_wait_calls(&r.f, "+", " ps ", 2);
    turn(&r);
    assert_true(is_busy(&r)); /* the result has come, the list has not */
    put_list(&r, "exited");
    fake_put(&r.f, "list.go", "");
    TURN_UNTIL(&r, !is_busy(&r));
    assert_int_equal(web_state(&r), STATE_STOPPED);
    assert_false(r.running_shown);
    rig_close(&r);
}

/* A look that finds nothing new ends the mark as well. Sooner than the bell, which ends what no
 * look has: that bound is what the time is compared with. */
TEST(kit_ends_a_mark_when_nothing_has_changed)
{
    int64_t start;
    struct rig r;

    rig_open(&r, "exited");
    start = clock_ms();
    assert_int_equal(click(&r, OP_START, WEB, NULL), RC_OK);
    TURN_UNTIL(&r, !is_busy(&r));
    assert_true(clock_ms() - start < MARKS_PENDING_MS);
    assert_int_equal(web_state(&r), STATE_STOPPED);
    assert_int_equal(fake_calls(&r.f, "-", " start " WEB), 1);
    rig_close(&r);
}

/* A look that began before the action's end does not count, however late it ends; and when the
 * next one does not come, the bell ends the mark, before that look's own deadline. */
TEST(kit_holds_a_mark_for_a_look_that_began_later_but_not_for_ever)
{
    int changes, looks;
    struct rig r;

    rig_open(&r, "exited");
    fake_put(&r.f, "start.mode", "hold");
    assert_int_equal(click(&r, OP_START, WEB, NULL), RC_OK);
    fake_wait_calls(&r.f, "~", " start ", 1);
    fake_put(&r.f, "list.mode", "hold");
    kit_tell(r.kit, SCHEDULE_USER);
    fake_wait_calls(&r.f, "~", " ps ", 1);
    looks = fake_calls(&r.f, "+", " ps ");
    changes = r.changes;
    fake_put(&r.f, "start.go", "");
    TURN_UNTIL(&r, r.changes > changes); /* the result has come */
    fake_put(&r.f, "list.mode", "hang"); /* for the next look */
    fake_put(&r.f, "list.go", "");       /* for this one */
    fake_wait_calls(&r.f, "+", " ps ", looks + 1);
    while (has_posted(&r))
        turn(&r); /* what this one gave was posted before the next one began */
    assert_true(is_busy(&r));
    TURN_UNTIL(&r, !is_busy(&r));
    assert_int_equal(kit_snapshot(r.kit, ENGINE_DOCKER)->state, ENGINE_RUNNING);
    rig_close(&r);
}

TEST(kit_refuses_what_does_not_fit)
{
    struct fault why = {0};
    struct rig r;

    rig_open(&r, "running");
    assert_int_equal(click(&r, OP_START, WEB, &why), RC_DENIED);
    assert_string_equal(why.text, "cannot start web: it is running");
    assert_true(says(&r, why.text));
    assert_false(is_busy(&r));
    assert_int_equal(click(&r, OP_STOP, "gone0123456789", &why), RC_MISSING);
    assert_true(says(&r, why.text));
    assert_int_equal(fake_calls(&r.f, "+", " start ") + fake_calls(&r.f, "+", " stop "), 0);
    rig_close(&r);
}

TEST(kit_has_one_action_per_container)
{
    struct fault why = {0};
    struct rig r;

    rig_open(&r, "running");
    fake_put(&r.f, "stop.mode", "hold");
    assert_int_equal(click(&r, OP_STOP, WEB, NULL), RC_OK);
    assert_int_equal(click(&r, OP_KILL, WEB, &why), RC_DENIED);
    assert_string_equal(why.text, "an action for web is under way");
    fake_put(&r.f, "stop.go", "");
    TURN_UNTIL(&r, !is_busy(&r));
    assert_int_equal(fake_calls(&r.f, "+", " kill "), 0);
    rig_close(&r);
}

TEST(kit_shows_a_failure_until_the_next_action)
{
    struct rig r;

    rig_open(&r, "running");
    fake_put(&r.f, "stop.exit", "1");
    fake_put(&r.f, "stop.err", "Error: the disk is on fire\n");
    assert_int_equal(click(&r, OP_STOP, WEB, NULL), RC_OK);
    TURN_UNTIL(&r, says(&r, "the disk is on fire"));
    TURN_UNTIL(&r, !is_busy(&r));
    assert_true(says(&r, "the disk is on fire"));
    fake_drop(&r.f, "stop.exit");
    assert_int_equal(click(&r, OP_STOP, WEB, NULL), RC_OK);
    assert_false(says(&r, "the disk is on fire"));
    TURN_UNTIL(&r, !is_busy(&r));
    rig_close(&r);
}

/* This world has neither a terminal nor a browser, which is told when it is known; what does not
 * fit is refused at once. */
TEST(kit_tells_what_did_not_open)
{
    const struct menu_port port = {"0.0.0.0", 80};
    struct valid_id web, gone;
    struct fault why;
    struct rig r;

    assert_int_equal(valid_id(WEB, strlen(WEB), &web, NULL), RC_OK);
    assert_int_equal(valid_id("gone", 4, &gone, NULL), RC_OK);
    rig_open(&r, "running");
    assert_int_equal(kit_shell(r.kit, ENGINE_DOCKER, &web, &why), RC_OK);
    assert_false(is_busy(&r));
    TURN_UNTIL(&r, says(&r, "Could not open a shell: /usr/bin/open is not there"));
    assert_int_equal(kit_open_port(r.kit, ENGINE_DOCKER, &web, &port, &why), RC_MISSING);
    assert_true(says(&r, "Could not open the browser: web does not publish TCP port 80"));
    assert_int_equal(kit_shell(r.kit, ENGINE_DOCKER, &web, &why), RC_OK);
    assert_false(says(&r, "Could not open the browser")); /* a new try */
    TURN_UNTIL(&r, says(&r, "Could not open a shell"));
    assert_int_equal(kit_shell(r.kit, ENGINE_DOCKER, &gone, &why), RC_MISSING);
    put_list(&r, "exited");
    kit_tell(r.kit, SCHEDULE_USER);
    TURN_UNTIL(&r, web_state(&r) == STATE_STOPPED);
    assert_int_equal(kit_shell(r.kit, ENGINE_DOCKER, &web, &why), RC_DENIED);
    assert_string_equal(why.text, "web is stopped");
    assert_int_equal(fake_calls(&r.f, "+", " exec "), 0);
    rig_close(&r);
}

TEST(kit_forgets_the_failure_of_a_container_that_is_gone)
{
    struct rig r;

    rig_open(&r, "running");
    assert_int_equal(click(&r, OP_START, WEB, NULL), RC_DENIED);
    assert_true(says(&r, "cannot start web"));
    fake_put(&r.f, "list.out", "");
    kit_tell(r.kit, SCHEDULE_USER);
    TURN_UNTIL(&r, kit_snapshot(r.kit, ENGINE_DOCKER)->count == 0);
    assert_false(says(&r, "cannot start web"));
    rig_close(&r);
}

TEST(kit_tells_an_end_and_does_what_its_button_says)
{
    const struct valid_id web = {WEB};
    struct rig r;

    rig_open(&r, "running");
    put_ended(&r, 3);
    kit_tell(r.kit, SCHEDULE_USER);
    TURN_UNTIL(&r, web_state(&r) == STATE_STOPPED);
    assert_string_equal(r.notes, "+docker/" WEB "/exit ");
    kit_answer(r.kit, ENGINE_DOCKER, &web, NOTE_RESTART);
    fake_wait_calls(&r.f, "-", " start " WEB, 1); /* what has ended is started */
    put_list(&r, "running");
    TURN_UNTIL(&r, web_state(&r) == STATE_RUNNING && !is_busy(&r));
    assert_string_equal(r.notes, "+docker/" WEB "/exit -docker/" WEB "/exit ");
    kit_answer(r.kit, ENGINE_DOCKER, &web, NOTE_RESTART);
    fake_wait_calls(&r.f, "-", " restart ", 1);
    TURN_UNTIL(&r, !is_busy(&r));
    rig_close(&r);
}

TEST(kit_tells_no_end_of_its_own_making_but_a_failure)
{
    struct rig r;

    rig_open(&r, "running");
    fake_put(&r.f, "stop.mode", "hold");
    assert_int_equal(click(&r, OP_STOP, WEB, NULL), RC_OK);
    put_ended(&r, 137);
    kit_tell(r.kit, SCHEDULE_USER);
    fake_put(&r.f, "stop.go", "");
    TURN_UNTIL(&r, web_state(&r) == STATE_STOPPED && !is_busy(&r));
    assert_string_equal(r.notes, "");
    put_list(&r, "running"); /* by somebody else; from here on it is on its own */
    kit_tell(r.kit, SCHEDULE_USER);
    TURN_UNTIL(&r, web_state(&r) == STATE_RUNNING);
    put_ended(&r, 137);
    kit_tell(r.kit, SCHEDULE_USER);
    TURN_UNTIL(&r, web_state(&r) == STATE_STOPPED);
    assert_string_equal(r.notes, "+docker/" WEB "/exit ");
    r.notes[0] = '\0';
    fake_put(&r.f, "start.exit", "1");
    fake_put(&r.f, "start.err", "Error: the disk is on fire\n");
    assert_int_equal(click(&r, OP_START, WEB, NULL), RC_OK);
    TURN_UNTIL(&r, says(&r, "the disk is on fire"));
    assert_string_equal(r.notes, "+docker/" WEB "/action ");
    rig_close(&r);
}

TEST(kit_lets_an_answer_wait_for_the_first_look_and_refuses_it_if_the_container_is_gone)
{
    const struct valid_id web = {WEB}, gone = {"gone0123456789"};
    struct rig r;

    rig_begin(&r, "exited");
    kit_answer(r.kit, ENGINE_DOCKER, &web, NOTE_RESTART);
    kit_answer(r.kit, ENGINE_DOCKER, &gone, NOTE_RESTART);
    kit_answer(r.kit, ENGINE_DOCKER, &gone, NOTE_LOGS); /* nobody shows logs */
    assert_int_equal(fake_calls(&r.f, "+", " start "), 0);
    TURN_UNTIL(&r, kit_snapshot(r.kit, ENGINE_DOCKER) != NULL);
    assert_true(says(&r, "gone0123456"));
    fake_wait_calls(&r.f, "-", " start " WEB, 1);
    TURN_UNTIL(&r, !is_busy(&r));
    assert_int_equal(fake_calls(&r.f, "+", " restart "), 0);
    rig_close(&r);
}

TEST(kit_tells_after_a_sleep_what_happened_in_it)
{
    struct rig r;

    rig_open(&r, "running");
    kit_tell(r.kit, SCHEDULE_SLEEP);
    put_ended(&r, 3);
    kit_tell(r.kit, SCHEDULE_WAKE);
    TURN_UNTIL(&r, r.notes[0] != '\0'); /* though two of the engines have nothing new to tell */
    assert_string_equal(r.notes, "+docker/" WEB "/exit ");
    rig_close(&r);
}

TEST(kit_keeps_notes_while_the_screen_is_locked)
{
    struct rig r;

    rig_open(&r, "running");
    kit_locked(r.kit, true);
    kit_tell(r.kit, SCHEDULE_SLEEP);
    put_ended(&r, 3);
    kit_tell(r.kit, SCHEDULE_WAKE);
    TURN_UNTIL(&r, web_state(&r) == STATE_STOPPED); /* the looks go on */
    assert_string_equal(r.notes, "");
    kit_locked(r.kit, false);
    TURN_UNTIL(&r, r.notes[0] != '\0');
    assert_string_equal(r.notes, "+docker/" WEB "/exit ");
    rig_close(&r);
}

/* rig_close() runs what was posted by then; rig_open() needs one parcel to be taken. */
TEST(kit_free_ends_a_deaf_engine_and_late_parcels_are_harmless)
{
    struct rig r;

    rig_open(&r, "running");
    fake_put(&r.f, "stop.mode", "deaf");
    fake_put(&r.f, "list.mode", "deaf");
    fake_put(&r.f, "events.mode", "deaf");
    assert_int_equal(click(&r, OP_STOP, WEB, NULL), RC_OK);
    kit_tell(r.kit, SCHEDULE_WAKE);
    fake_wait_calls(&r.f, "+", " stop ", 1);
    fake_wait_calls(&r.f, "+", " ps ", 2);
    rig_close(&r);
    kit_free(NULL);
}

static struct valid_id id_of(const char *text)
{
    struct valid_id id;

    assert_int_equal(valid_id(text, strlen(text), &id, NULL), RC_OK);
    return id;
}

TEST(marks_wait_for_a_look_that_began_after_the_end)
{
    struct valid_id web = id_of("web");
    struct marks m = {0};
    struct mark *mark;

    marks_begin(&m, ENGINE_DOCKER, OP_STOP, &web, "web");
    assert_false(marks_looked(&m, ENGINE_DOCKER, 100)); /* it has not ended */
    mark = marks_find(&m, ENGINE_DOCKER, &web);
    mark->ended = true;
    mark->look = 7;
    mark->until_ms = 1000;
    assert_false(marks_looked(&m, ENGINE_DOCKER, 7));
    assert_false(marks_looked(&m, ENGINE_PODMAN, 8));
    assert_true(marks_looked(&m, ENGINE_DOCKER, 8));
    assert_null(marks_find(&m, ENGINE_DOCKER, &web));
    marks_release(&m);
}

TEST(marks_expire_when_no_look_comes)
{
    struct valid_id a = id_of("a"), b = id_of("b"), c = id_of("c");
    struct marks m = {0};

    marks_begin(&m, ENGINE_DOCKER, OP_STOP, &a, "a");
    marks_begin(&m, ENGINE_DOCKER, OP_STOP, &b, "b");
    marks_begin(&m, ENGINE_DOCKER, OP_STOP, &c, "c");
    assert_int_equal(marks_next(&m), 0);
    marks_find(&m, ENGINE_DOCKER, &a)->ended = true;
    marks_find(&m, ENGINE_DOCKER, &a)->until_ms = 2000;
    marks_find(&m, ENGINE_DOCKER, &b)->ended = true;
    marks_find(&m, ENGINE_DOCKER, &b)->until_ms = 1000;
    assert_int_equal(marks_next(&m), 1000);
    assert_false(marks_expire(&m, 999));
    assert_true(marks_expire(&m, 1000));
    assert_int_equal(marks_next(&m), 2000);
    assert_true(marks_expire(&m, 5000));
    assert_non_null(marks_find(&m, ENGINE_DOCKER, &c)); /* it runs still */
    marks_release(&m);
}

TEST(marks_keep_one_failure_per_container_and_64_at_most)
{
    struct valid_id web = id_of("web");
    struct marks m = {0};
    char name[16];

    marks_fail(&m, ENGINE_DOCKER, OP_STOP, &web, "web", "first");
    marks_fail(&m, ENGINE_DOCKER, OP_KILL, &web, "web", "second");
    marks_fail(&m, ENGINE_PODMAN, OP_KILL, &web, "web", "of another engine");
    assert_int_equal(m.failure_count, 2);
    assert_string_equal(m.failures[0].text, "second");
    for (int i = 0; i < MARKS_FAILURES_MAX; i++) {
        struct valid_id id;

        snprintf(name, sizeof name, "c%d", i);
        id = id_of(name);
        marks_fail(&m, ENGINE_DOCKER, OP_STOP, &id, name, "x");
    }
    assert_int_equal(m.failure_count, MARKS_FAILURES_MAX);
    assert_string_equal(m.failures[0].name, "c0"); /* the two oldest went */
    assert_string_equal(m.failures[MARKS_FAILURES_MAX - 1].name, "c63");
    marks_release(&m);
}

SUITE(kit, T(kit_shows_every_engine), T(kit_lists_the_windows_it_was_told_last),
      T(kit_shows_a_click_at_once_and_never_flickers_back),
      T(kit_ends_a_mark_when_nothing_has_changed),
      T(kit_holds_a_mark_for_a_look_that_began_later_but_not_for_ever),
      T(kit_refuses_what_does_not_fit), T(kit_has_one_action_per_container),
      T(kit_shows_a_failure_until_the_next_action), T(kit_tells_what_did_not_open),
      T(kit_forgets_the_failure_of_a_container_that_is_gone),
      T(kit_tells_an_end_and_does_what_its_button_says),
      T(kit_tells_no_end_of_its_own_making_but_a_failure),
      T(kit_lets_an_answer_wait_for_the_first_look_and_refuses_it_if_the_container_is_gone),
      T(kit_tells_after_a_sleep_what_happened_in_it), T(kit_keeps_notes_while_the_screen_is_locked),
      T(kit_free_ends_a_deaf_engine_and_late_parcels_are_harmless),
      T(marks_wait_for_a_look_that_began_after_the_end), T(marks_expire_when_no_look_comes),
      T(marks_keep_one_failure_per_container_and_64_at_most))
