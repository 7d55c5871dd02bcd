/* The kit moves an engine to another context, and starts and stops what is behind one. */
#include "tests/unit/kit_rig.h"

static void set(struct rig *r, enum setting which, const char *text)
{
    assert_int_equal(kit_set(r->kit, which, text, NULL), RC_OK);
}

TEST(kit_asks_an_engine_where_the_setting_says)
{
    struct contexts *contexts = contexts_new();
    struct rig r;

    rig_prepare(&r, "running");
    r.f.where.contexts = contexts;
    rig_start(&r);
    TURN_UNTIL(&r, web_state(&r) == STATE_RUNNING);
    fake_wait_calls(&r.f, "+", " events --filter", 1);
    assert_int_equal(fake_calls(&r.f, "+", "--context"), 0);

    put_list(&r, "exited"); /* the same name, but another place */
    set(&r, SETTING_DOCKER_CONTEXT, "far");
    assert_null(kit_snapshot(r.kit, ENGINE_DOCKER)); /* at once: it is none of there */
    TURN_UNTIL(&r, web_state(&r) == STATE_STOPPED);
    assert_true(says(&r, "context: far"));
    fake_wait_calls(&r.f, "+", "--context far events", 1);
    assert_string_equal(r.notes, ""); /* nothing ended */

    set(&r, SETTING_DOCKER_CONTEXT, "");
    TURN_UNTIL(&r, kit_snapshot(r.kit, ENGINE_DOCKER) != NULL);
    assert_false(says(&r, "context:"));
    rig_close(&r);
    contexts_free(contexts);
}

/* A look that began before the move ends behind it. */
TEST(kit_drops_a_look_of_the_place_before)
{
    struct contexts *contexts = contexts_new();
    struct rig r;

    rig_prepare(&r, "running");
    r.f.where.contexts = contexts;
    fake_put(&r.f, "list.mode", "hold");
    rig_start(&r);
    fake_wait_calls(&r.f, "~", " ps ", 1);
    set(&r, SETTING_DOCKER_CONTEXT, "far");
    fake_put(&r.f, "list.go", "");
    TURN_UNTIL(&r, kit_snapshot(r.kit, ENGINE_DOCKER) != NULL);
    assert_string_equal(kit_snapshot(r.kit, ENGINE_DOCKER)->context, "far");
    rig_close(&r);
    contexts_free(contexts);
}

static size_t posted(struct rig *r)
{
    size_t count;

    pthread_mutex_lock(&r->lock);
    count = r->count;
    pthread_mutex_unlock(&r->lock);
    return count;
}

/* It had ended, and waits for the home thread. */
TEST(kit_drops_a_list_of_the_place_before_that_arrives_late)
{
    struct contexts *contexts = contexts_new();
    struct rig r;

    rig_prepare(&r, "running");
    r.f.where.contexts = contexts;
    rig_start(&r);
    for (int64_t end = clock_ms() + FAKE_PATIENCE_MS; posted(&r) < ENGINE_COUNT;) {
        cancel_wait_ms(NULL, 2); /* nothing is taken */
        assert_true(clock_ms() < end);
    }
    put_list(&r, "exited");
    set(&r, SETTING_DOCKER_CONTEXT, "far");
    TURN_UNTIL(&r, kit_snapshot(r.kit, ENGINE_DOCKER) != NULL);
    assert_string_equal(kit_snapshot(r.kit, ENGINE_DOCKER)->context, "far");
    rig_close(&r);
    contexts_free(contexts);
}

/* Of another place there is no list until its first look; the own one is there when one is back. */
TEST(kit_keeps_the_list_of_the_own_choice_alone)
{
    struct contexts *contexts = contexts_new();
    struct store *store;
    struct rig r;

    rig_prepare(&r, "running");
    r.f.where.contexts = contexts;
    rig_start(&r);
    rig_next_run(&r);
    rig_remember(&r);
    fake_put(&r.f, "list.out", fake_docker_line(&r.arena, "other", "exited"));
    set(&r, SETTING_DOCKER_CONTEXT, "far");
    TURN_UNTIL(&r, web_state(&r) == STATE_STOPPED);

    rig_next_run(&r);
    fake_put(&r.f, "list.mode", "hold");
    kit_remember(r.kit);
    TURN_UNTIL(&r, kit_settings(r.kit)->text[SETTING_DOCKER_CONTEXT][0] != '\0');
    assert_null(kit_snapshot(r.kit, ENGINE_DOCKER));
    fake_put(&r.f, "list.go", "");
    TURN_UNTIL(&r, web_state(&r) == STATE_STOPPED);

    rig_next_run(&r);
    fake_drop(&r.f, "list.go");
    store = store_new(r.data);
    assert_int_equal(store_setting_put(store, "docker-context", NULL, NULL), RC_OK);
    store_free(store);
    kit_remember(r.kit);
    TURN_UNTIL(&r, kit_snapshot(r.kit, ENGINE_DOCKER) != NULL);
    assert_string_equal(kit_snapshot(r.kit, ENGINE_DOCKER)->list[0].name, "web");
    fake_put(&r.f, "list.go", "");
    rig_close(&r);
    rig_close_data(&r);
    contexts_free(contexts);
}

TEST(kit_tells_which_contexts_there_are)
{
    struct rig r;

    rig_open(&r, "running");
    assert_null(kit_contexts(r.kit, ENGINE_DOCKER));
    fake_put(&r.f, "context.out", "{\"Name\":\"default\"}\n{\"Name\":\"far\"}\n");
    kit_ask_contexts(r.kit);
    TURN_UNTIL(&r, kit_contexts(r.kit, ENGINE_DOCKER) != NULL);
    assert_int_equal(kit_contexts(r.kit, ENGINE_DOCKER)->count, 2);
    assert_null(kit_contexts(r.kit, ENGINE_PODMAN)); /* is not installed */
    kit_ask_contexts(r.kit);                         /* what comes late frees itself */
    rig_close(&r);
}

TEST(kit_stops_a_service_and_tells_that_it_is_under_way)
{
    struct fault why;
    struct rig r;

    rig_open(&r, "running");
    TURN_UNTIL(&r, says(&r, "Stop Docker…"));
    fake_put(&r.f, "desktop.mode", "hold");
    assert_int_equal(kit_service(r.kit, ENGINE_DOCKER, OP_SERVICE_STOP, &why), RC_OK);
    assert_true(says(&r, "stopping…"));
    assert_true(is_busy(&r));
    assert_int_equal(kit_service(r.kit, ENGINE_DOCKER, OP_SERVICE_STOP, &why), RC_DENIED);
    fake_wait_calls(&r.f, "~", " desktop stop", 1);
    fake_put(&r.f, "list.err", "Cannot connect to the Docker daemon at unix:///x.");
    fake_put(&r.f, "list.exit", "1");
    fake_put(&r.f, "desktop.go", "");
    TURN_UNTIL(&r, says(&r, "Start Docker") && !is_busy(&r));
    assert_null(strstr(r.notes, "engine")); /* who stops it knows that it stopped */
    rig_close(&r);
}

TEST(kit_tells_that_a_service_could_not_be_started)
{
    struct rig r;

    rig_prepare(&r, "running");
    fake_put(&r.f, "list.err", "Cannot connect to the Docker daemon at unix:///x.");
    fake_put(&r.f, "list.exit", "1");
    rig_start(&r);
    TURN_UNTIL(&r, says(&r, "Start Docker"));
    fake_put(&r.f, "desktop.err", "no room on the disk");
    fake_put(&r.f, "desktop.exit", "1");
    assert_int_equal(kit_service(r.kit, ENGINE_DOCKER, OP_SERVICE_START, NULL), RC_OK);
    TURN_UNTIL(&r, says(&r, "no room on the disk"));
    TURN_UNTIL(&r, !is_busy(&r));
    assert_true(says(&r, "could not start"));
    fake_drop(&r.f, "list.exit"); /* somebody else starts it: that is over */
    fake_drop(&r.f, "list.err");
    kit_tell(r.kit, SCHEDULE_USER);
    TURN_UNTIL(&r, !says(&r, "could not start"));
    rig_close(&r);
}

TEST(kit_refuses_to_start_what_is_not_there)
{
    struct fault why;
    struct rig r;

    rig_open(&r, "running");
    assert_int_equal(kit_service(r.kit, ENGINE_PODMAN, OP_SERVICE_START, &why), RC_DENIED);
    assert_int_equal(kit_service(r.kit, ENGINE_DOCKER, OP_SERVICE_START, &why), RC_DENIED);
    rig_close(&r);
}

SUITE(kit_place, T(kit_asks_an_engine_where_the_setting_says),
      T(kit_drops_a_look_of_the_place_before),
      T(kit_drops_a_list_of_the_place_before_that_arrives_late),
      T(kit_keeps_the_list_of_the_own_choice_alone), T(kit_tells_which_contexts_there_are),
      T(kit_stops_a_service_and_tells_that_it_is_under_way),
      T(kit_tells_that_a_service_could_not_be_started), T(kit_refuses_to_start_what_is_not_there))
