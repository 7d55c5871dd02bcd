/* test_kit_many.c - actions for several containers, pins, what is hidden: from the click to the
 * end, with a fake docker. */
#include "core/kit/many.h"
#include "core/kit/names.h"
#include "tests/unit/kit_rig.h"

/* Containers c1 ... of the list; the first `members` of them are of the project shop. */
static void put_many(struct rig *r, int count, int members, const char *state)
{
    const char *all = "";

    for (int i = 1; i <= count; i++)
        all = arena_print(&r->arena,
                          "%s{\"ID\":\"c%d0123456789abcdef\",\"Names\":\"c%d\",\"Image\":\"img\","
                          "\"State\":\"%s\",\"Status\":\"%s\",\"Ports\":\"\",\"Labels\":\"%s\"}\n",
                          all, i, i, state,
                          strcmp(state, "running") == 0 ? "Up 2 minutes" : "Exited (0) 1 hour ago",
                          i <= members ? "com.docker.compose.project=shop" : "");
    fake_put(&r->f, "list.out", all);
}

static void open_many(struct rig *r, int count, int members, const char *state)
{
    rig_begin(r, "running");
    put_many(r, count, members, state);
    kit_tell(r->kit, SCHEDULE_USER);
    TURN_UNTIL(r, says(r, "c1 — img"));
}

/* `project` "": all of them. */
static struct menu_call call_for(enum op op, const char *project)
{
    struct menu_call call = {.command = MENU_MANY, .op = op, .engine = ENGINE_DOCKER};

    snprintf(call.project, sizeof call.project, "%s", project);
    return call;
}

static enum rc do_many(struct rig *r, enum op op, const char *project, struct fault *why)
{
    const struct menu_call call = call_for(op, project);

    return kit_do_many(r->kit, &call, why);
}

static bool asks(struct rig *r, const char *project, struct menu_question *q)
{
    const struct menu_call call = call_for(OP_STOP, project);

    return kit_ask_many(r->kit, &call, &r->arena, q);
}

TEST(kit_stops_a_project_and_nothing_else)
{
    struct rig r;

    open_many(&r, 4, 3, "running");
    fake_put(&r.f, "stop.mode", "hold");
    assert_int_equal(do_many(&r, OP_STOP, "shop", NULL), RC_OK);
    assert_true(says(&r, "shop — stopping 0 of 3…"));
    assert_true(says(&r, "c3 — stopping…"));
    fake_wait_calls(&r.f, "~", " stop ", 3);
    put_many(&r, 4, 3, "exited");
    fake_put(&r.f, "stop.go", "");
    TURN_UNTIL(&r, says(&r, "shop — stopping 3 of 3…") || !is_busy(&r));
    TURN_UNTIL(&r, says(&r, "shop — none of 3 running"));
    assert_int_equal(fake_calls(&r.f, "+", " stop "), 3);
    assert_string_equal(r.notes, "");
    rig_close(&r);
}

TEST(kit_does_eight_of_many_at_once_and_the_rest_in_turn)
{
    struct rig r;

    open_many(&r, 20, 0, "running");
    fake_put(&r.f, "stop.mode", "hold");
    assert_int_equal(do_many(&r, OP_STOP, "", NULL), RC_OK);
    assert_true(says(&r, "All Containers — stopping 0 of 20…"));
    fake_wait_calls(&r.f, "~", " stop ", QUEUE_RUNNING_MAX);
    assert_int_equal(fake_calls(&r.f, "+", " stop "), QUEUE_RUNNING_MAX);
    put_many(&r, 20, 0, "exited");
    fake_put(&r.f, "stop.go", "");
    TURN_UNTIL(&r, !is_busy(&r));
    assert_int_equal(fake_calls(&r.f, "-", " stop "), 20);
    rig_close(&r);
}

TEST(kit_names_each_that_failed_and_notifies_once)
{
    struct rig r;

    open_many(&r, 3, 3, "running");
    fake_put(&r.f, "stop.exit", "1");
    fake_put(&r.f, "stop.err", "Error response from daemon: it is stuck\n");
    assert_int_equal(do_many(&r, OP_STOP, "shop", NULL), RC_OK);
    TURN_UNTIL(&r, !is_busy(&r));
    assert_true(says(&r, "⚠ c1: could not stop"));
    assert_true(says(&r, "⚠ c2: could not stop"));
    assert_true(says(&r, "⚠ c3: could not stop"));
    assert_true(says(&r, "shop — ⚠ 3 running"));
    assert_string_equal(r.notes, "+docker//action ");
    fake_drop(&r.f, "stop.exit");
    put_many(&r, 3, 3, "exited");
    assert_int_equal(do_many(&r, OP_STOP, "shop", NULL), RC_OK);
    assert_false(says(&r, "could not stop")); /* a new try */
    TURN_UNTIL(&r, !is_busy(&r));
    rig_close(&r);
}

TEST(kit_tells_one_failure_of_many_as_any_other)
{
    struct rig r;

    open_many(&r, 1, 1, "running");
    fake_put(&r.f, "stop.exit", "1");
    assert_int_equal(do_many(&r, OP_STOP, "shop", NULL), RC_OK);
    TURN_UNTIL(&r, !is_busy(&r));
    assert_string_equal(r.notes, "+docker/c10123456789abcdef/action ");
    rig_close(&r);
}

TEST(kit_leaves_out_whom_it_does_not_fit)
{
    struct menu_question q;
    struct fault why = {0};
    struct rig r;

    open_many(&r, 3, 2, "running");
    assert_int_equal(do_many(&r, OP_START, "shop", &why), RC_DENIED);
    assert_string_equal(why.text, "there is nothing to start any more");
    assert_true(says(&r, why.text));
    assert_int_equal(do_many(&r, OP_STOP, "nobody", &why), RC_DENIED);
    assert_false(asks(&r, "nobody", &q));
    fake_put(&r.f, "stop.mode", "hold");
    assert_int_equal(do_many(&r, OP_STOP, "shop", &why), RC_OK);
    assert_int_equal(do_many(&r, OP_STOP, "shop", &why), RC_DENIED); /* all are under way */
    assert_true(asks(&r, "", &q));
    assert_string_equal(q.question, "Stop 1 container?");
    put_many(&r, 3, 2, "exited");
    fake_put(&r.f, "stop.go", "");
    TURN_UNTIL(&r, !is_busy(&r));
    rig_close(&r);
}

TEST(kit_refuses_more_than_it_can_show)
{
    struct fault why = {0};
    struct rig r;

    open_many(&r, KIT_MANY_MAX + 1, 0, "running");
    assert_int_equal(do_many(&r, OP_STOP, "", &why), RC_DENIED);
    assert_non_null(strstr(why.text, "1001 containers"));
    assert_false(is_busy(&r));
    assert_int_equal(fake_calls(&r.f, "+", " stop "), 0);
    rig_close(&r);
}

/* Set before the end of the run, kept by name: a container made anew is pinned too. */
TEST(kit_keeps_pins_and_hidden_ones_by_name)
{
    struct valid_id id;
    struct rig r;

    open_many(&r, 3, 0, "running");
    rig_next_run(&r);
    rig_remember(&r);
    assert_int_equal(valid_id("c30123456789abcdef", 18, &id, NULL), RC_OK);
    kit_keep(r.kit, STORE_PINNED, ENGINE_DOCKER, &id, true);
    assert_true(says(&r, "Unpin"));
    assert_int_equal(valid_id("c10123456789abcdef", 18, &id, NULL), RC_OK);
    kit_keep(r.kit, STORE_PINNED, ENGINE_DOCKER, &id, true);
    kit_keep(r.kit, STORE_HIDDEN, ENGINE_DOCKER, &id, true); /* and so not pinned any more */
    assert_true(says(&r, "Hidden… (1)"));
    rig_next_run(&r);
    rig_remember(&r);
    assert_true(says(&r, "Unpin"));
    assert_true(says(&r, "Hidden… (1)"));
    kit_keep(r.kit, STORE_HIDDEN, ENGINE_DOCKER, &id, false);
    assert_false(says(&r, "Hidden…"));
    assert_false(says(&r, "Show Again"));
    rig_close(&r);
    rig_close_data(&r);
}

TEST(names_are_a_set_in_the_order_of_their_coming)
{
    struct names n = {0};

    assert_true(names_set(&n, STORE_PINNED, ENGINE_DOCKER, "web", true));
    assert_false(names_set(&n, STORE_PINNED, ENGINE_DOCKER, "web", true));
    assert_true(names_set(&n, STORE_PINNED, ENGINE_PODMAN, "api", true));
    assert_false(names_set(&n, STORE_HIDDEN, ENGINE_DOCKER, "web", false));
    assert_true(names_has(&n, STORE_PINNED, ENGINE_PODMAN, "api"));
    assert_false(names_has(&n, STORE_PINNED, ENGINE_DOCKER, "api"));
    assert_string_equal(n.of[STORE_PINNED].list[0].name, "web");
    assert_true(names_set(&n, STORE_PINNED, ENGINE_DOCKER, "web", false));
    assert_string_equal(n.of[STORE_PINNED].list[0].name, "api");
    names_release(&n);
}

TEST(many_are_forgotten_with_their_last_mark)
{
    struct manies m = {0};
    struct marks marks = {0};
    struct menu_many shown[MANY_MAX];
    struct valid_id id;
    struct many *one = manies_begin(&m, ENGINE_DOCKER, OP_STOP, "shop");

    assert_int_equal(valid_id("c1", 2, &id, NULL), RC_OK);
    marks_begin(&marks, ENGINE_DOCKER, OP_STOP, &id, "c1")->many = one->number;
    one->shown.total = 1;
    manies_sweep(&m, &marks);
    assert_int_equal(manies_show(&m, &marks, shown), 1);
    assert_int_equal(shown[0].done, 0);
    marks_find(&marks, ENGINE_DOCKER, &id)->ended = true;
    assert_int_equal(manies_show(&m, &marks, shown), 1); /* until it is seen */
    assert_int_equal(shown[0].done, 1);
    assert_string_equal(shown[0].project, "shop");
    marks_drop(&marks, marks_find(&marks, ENGINE_DOCKER, &id));
    manies_sweep(&m, &marks);
    assert_int_equal(m.count, 0);
    for (int i = 0; i < MANY_MAX; i++)
        assert_non_null(manies_begin(&m, ENGINE_DOCKER, OP_STOP, NULL));
    assert_null(manies_begin(&m, ENGINE_DOCKER, OP_STOP, NULL));
    manies_release(&m);
    marks_release(&marks);
}

SUITE(kit_many, T(kit_stops_a_project_and_nothing_else),
      T(kit_does_eight_of_many_at_once_and_the_rest_in_turn),
      T(kit_names_each_that_failed_and_notifies_once),
      T(kit_tells_one_failure_of_many_as_any_other), T(kit_leaves_out_whom_it_does_not_fit),
      T(kit_refuses_more_than_it_can_show), T(kit_keeps_pins_and_hidden_ones_by_name),
      T(names_are_a_set_in_the_order_of_their_coming), T(many_are_forgotten_with_their_last_mark))
