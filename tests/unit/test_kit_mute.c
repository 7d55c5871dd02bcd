/* A container of which nothing is to be notified: by name, in this run and the next. */
#include "tests/unit/kit_rig.h"

static struct valid_id web(void)
{
    struct valid_id id;

    assert_int_equal(valid_id(WEB, strlen(WEB), &id, NULL), RC_OK);
    return id;
}

static void mute(struct rig *r, bool on)
{
    struct valid_id id = web();

    kit_keep(r->kit, STORE_MUTED, ENGINE_DOCKER, &id, on);
}

/* It runs, then ends with this code, and both were seen. */
static void end_badly(struct rig *r, int code)
{
    put_list(r, "running");
    kit_tell(r->kit, SCHEDULE_USER);
    TURN_UNTIL(r, web_state(r) == STATE_RUNNING);
    put_ended(r, code);
    kit_tell(r->kit, SCHEDULE_USER);
    TURN_UNTIL(r, web_state(r) == STATE_STOPPED);
}

TEST(a_muted_container_ends_without_a_note)
{
    struct rig r;

    rig_open(&r, "running");
    mute(&r, true);
    assert_true(says(&r, "Unmute Notifications"));
    end_badly(&r, 3);
    assert_string_equal(r.notes, "");
    mute(&r, false);
    assert_true(says(&r, "Mute Notifications"));
    end_badly(&r, 4);
    assert_non_null(strstr(r.notes, "+docker/" WEB "/exit"));
    mute(&r, true); /* takes back what is shown */
    assert_non_null(strstr(r.notes, "-docker/" WEB "/exit"));
    rig_close(&r);
}

TEST(what_is_muted_is_so_in_the_next_run)
{
    struct rig r;
    size_t count = 0;
    const struct menu_name *names;

    rig_begin(&r, "running");
    rig_next_run(&r);
    rig_remember(&r);
    mute(&r, true);
    rig_next_run(&r);
    rig_remember(&r);
    names = kit_muted(r.kit, &count);
    assert_int_equal(count, 1);
    assert_string_equal(names[0].name, "web");
    assert_int_equal(names[0].engine, ENGINE_DOCKER);
    end_badly(&r, 3);
    assert_string_equal(r.notes, "");
    kit_keep_name(r.kit, STORE_MUTED, ENGINE_DOCKER, "web", false); /* as the window does */
    (void)kit_muted(r.kit, &count);
    assert_int_equal(count, 0);
    rig_close(&r);
    rig_close_data(&r);
}

TEST(to_mute_neither_pins_nor_hides)
{
    struct valid_id id = web();
    struct rig r;
    size_t count = 0;

    rig_open(&r, "running");
    kit_keep(r.kit, STORE_PINNED, ENGINE_DOCKER, &id, true);
    mute(&r, true);
    assert_true(says(&r, "Unpin"));
    kit_keep(r.kit, STORE_HIDDEN, ENGINE_DOCKER, &id, true);
    (void)kit_muted(r.kit, &count);
    assert_int_equal(count, 1);
    rig_close(&r);
}

SUITE(kit_mute, T(a_muted_container_ends_without_a_note), T(what_is_muted_is_so_in_the_next_run),
      T(to_mute_neither_pins_nor_hides))
