/* test_kit_watch.c - statistics are asked for while somebody looks, and their figures reach the
 * menu. */
#include "tests/unit/kit_rig.h"

#define USES "{\"ID\":\"" WEB "\",\"CPUPerc\":\"12.5%\",\"MemUsage\":\"1MB / 2GB\"}\n"

#define SOON_MS 10000
#define SOON(r, condition)                                                                         \
    for (int64_t soon_ = clock_ms() + SOON_MS; !(condition); turn(r))                              \
        if (clock_ms() > soon_)                                                                    \
    fail_msg("not soon: %s", #condition)

static void watch(struct rig *r)
{
    struct valid_id id;

    assert_int_equal(valid_id(WEB, strlen(WEB), &id, NULL), RC_OK);
    kit_watch(r->kit, ENGINE_DOCKER, &id);
}

static void open_rig(struct rig *r, const char *state)
{
    rig_open(r, state);
    fake_put(&r->f, "stats.out", USES);
}

/* No process that was asked for statistics is left. To be waited for with SOON: a question that
 * nobody ends is ended by its own limit of 20 s. */
static bool nobody_asks(const struct rig *r)
{
    struct buf all;
    bool asks = false;

    fake_read_calls(&r->f, &all);
    for (const char *at = all.data; at != NULL && *at != '\0'; at = strchr(at, '\n') + 1) {
        long pid = strtol(at + 2, NULL, 10);
        size_t len = strcspn(at, "\n");
        const char *word = strstr(at, " stats ");

        asks = asks || (word != NULL && word < at + len && kill((pid_t)pid, 0) == 0);
    }
    buf_release(&all);
    return !asks;
}

TEST(an_open_sub_menu_has_figures)
{
    struct rig r;

    open_rig(&r, "running");
    assert_true(says(&r, "Measuring"));
    watch(&r);
    TURN_UNTIL(&r, says(&r, "CPU 12.5% · Memory 1.0\u00a0MB of 2.0\u00a0GB"));
    assert_false(says(&r, "img · 12%")); /* not in the row: nobody wants it there */
    assert_true(fake_calls(&r.f, "+", "json " WEB) > 0);
    rig_close(&r);
}

TEST(closed_nothing_is_asked_any_more)
{
    struct rig r;

    open_rig(&r, "running");
    fake_put(&r.f, "stats.mode", "hang");
    watch(&r);
    fake_wait_calls(&r.f, "+", "stats", 1);
    kit_unwatch(r.kit);
    SOON(&r, nobody_asks(&r));

    watch(&r);
    fake_wait_calls(&r.f, "+", "stats", 2);
    kit_tell(r.kit, SCHEDULE_MENU_CLOSED);
    SOON(&r, nobody_asks(&r));
    rig_close(&r);
}

TEST(of_one_that_does_not_run_nothing_is_asked_until_it_does)
{
    struct rig r;

    open_rig(&r, "exited");
    watch(&r);
    kit_tell(r.kit, SCHEDULE_USER); /* a look ends with nothing new */
    fake_wait_calls(&r.f, "-", "ps ", 2);
    assert_int_equal(fake_calls(&r.f, "+", "stats"), 0);
    put_list(&r, "running");
    kit_tell(r.kit, SCHEDULE_USER);
    TURN_UNTIL(&r, says(&r, "CPU 12.5%"));
    rig_close(&r);
}

TEST(the_open_menu_asks_for_all_if_rows_are_to_say_it)
{
    struct rig r;
    struct fault why;

    open_rig(&r, "running");
    assert_int_equal(kit_set(r.kit, SETTING_SHOW_STATS, "true", &why), RC_OK);
    kit_tell(r.kit, SCHEDULE_USER); /* a whole look while the menu is closed */
    fake_wait_calls(&r.f, "-", "ps ", 2);
    assert_int_equal(fake_calls(&r.f, "+", "stats"), 0);
    kit_tell(r.kit, SCHEDULE_MENU_OPENED);
    TURN_UNTIL(&r, says(&r, "img · 12%"));
    assert_int_equal(fake_calls(&r.f, "+", "json " WEB), 0);
    kit_tell(r.kit, SCHEDULE_SLEEP);
    SOON(&r, nobody_asks(&r));
    rig_close(&r);
}

TEST(that_the_engine_gives_none_is_told)
{
    struct rig r;

    open_rig(&r, "running");
    fake_put(&r.f, "stats.exit", "1");
    watch(&r);
    TURN_UNTIL(&r, says(&r, "Docker gives no figures"));
    rig_close(&r);
}

SUITE(kit_watch, T(an_open_sub_menu_has_figures), T(closed_nothing_is_asked_any_more),
      T(of_one_that_does_not_run_nothing_is_asked_until_it_does),
      T(the_open_menu_asks_for_all_if_rows_are_to_say_it), T(that_the_engine_gives_none_is_told))
