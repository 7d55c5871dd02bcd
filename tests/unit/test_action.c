/* test_action.c - which actions fit, and what running one really calls. */
#include "core/action/action.h"
#include "tests/unit/fake_engine.h"
#include <pthread.h>

static struct valid_id id_of(const char *text)
{
    struct valid_id id;

    assert_int_equal(valid_id(text, strlen(text), &id, NULL), RC_OK);
    return id;
}

static struct container in_state(enum container_state state)
{
    return (struct container){.id = "web", .name = "web", .arg = id_of("web"), .state = state};
}

TEST(action_is_what_changes_one_container)
{
    static const enum op are[] = {OP_START, OP_STOP,    OP_RESTART, OP_KILL,
                                  OP_PAUSE, OP_UNPAUSE, OP_REMOVE,  OP_REMOVE_FORCE};
    size_t count = 0;

    for (size_t i = 0; i < countof(are); i++)
        assert_true(action_is(are[i]));
    for (int op = 0; op < OP_COUNT; op++)
        count += action_is((enum op)op);
    assert_int_equal(count, countof(are));
}

TEST(action_fits_the_state)
{
    static const struct {
        enum container_state state;
        enum op op;
        bool allowed;
    } rows[] = {
        {STATE_STOPPED, OP_START, true},    {STATE_CREATED, OP_START, true},
        {STATE_RUNNING, OP_START, false},   {STATE_DEAD, OP_START, false},
        {STATE_RUNNING, OP_STOP, true},     {STATE_RESTARTING, OP_STOP, true},
        {STATE_STOPPED, OP_STOP, false},    {STATE_RUNNING, OP_RESTART, true},
        {STATE_CREATED, OP_RESTART, false}, {STATE_RUNNING, OP_KILL, true},
        {STATE_STOPPED, OP_KILL, false},    {STATE_STOPPED, OP_REMOVE, true},
        {STATE_RUNNING, OP_REMOVE, false},  {STATE_RUNNING, OP_REMOVE_FORCE, true},
        {STATE_REMOVING, OP_REMOVE, false}, {STATE_REMOVING, OP_REMOVE_FORCE, false},
    };

    for (int kind = 0; kind < ENGINE_COUNT; kind++) {
        for (size_t i = 0; i < countof(rows); i++) {
            struct container c = in_state(rows[i].state);

            assert_int_equal(action_allowed((enum engine_kind)kind, rows[i].op, &c),
                             rows[i].allowed);
        }
    }
}

TEST(action_knows_what_engines_cannot_do)
{
    struct container running = in_state(STATE_RUNNING), paused = in_state(STATE_PAUSED);

    assert_false(action_allowed(ENGINE_APPLE, OP_PAUSE, &running));
    assert_true(action_allowed(ENGINE_DOCKER, OP_PAUSE, &running));
    assert_true(action_allowed(ENGINE_PODMAN, OP_UNPAUSE, &paused));
    assert_true(action_allowed(ENGINE_DOCKER, OP_STOP, &paused));
    assert_false(action_allowed(ENGINE_PODMAN, OP_STOP, &paused));
    assert_true(action_allowed(ENGINE_PODMAN, OP_KILL, &paused));
}

/* Its stop would remove it, and nothing would be left to start. */
TEST(action_refuses_restart_of_what_vanishes_when_it_stops)
{
    struct container c = in_state(STATE_RUNNING);

    c.auto_remove = true;
    assert_false(action_allowed(ENGINE_APPLE, OP_RESTART, &c));
    assert_false(action_allowed(ENGINE_PODMAN, OP_RESTART, &c));
    assert_true(action_allowed(ENGINE_DOCKER, OP_RESTART, &c));
    assert_true(action_allowed(ENGINE_APPLE, OP_STOP, &c));
}

TEST(action_needs_a_valid_id)
{
    struct container c = in_state(STATE_RUNNING);

    c.arg.text[0] = '\0';
    for (int op = 0; op < OP_COUNT; op++)
        assert_false(action_allowed(ENGINE_DOCKER, (enum op)op, &c));
}

static enum rc run(const struct fake *f, enum engine_kind kind, enum op op, struct fault *why)
{
    struct valid_id id = id_of("web");

    *why = (struct fault){0};
    return action_run(f->spawner, &f->where, kind, op, &id, 3, NULL, why);
}

TEST(action_calls_one_row)
{
    static const struct {
        enum op op;
        const char *words;
    } rows[] = {{OP_START, " start web"},
                {OP_STOP, " stop -t 3 web"},
                {OP_RESTART, " restart -t 3 web"},
                {OP_KILL, " kill -s KILL web"},
                {OP_PAUSE, " pause web"},
                {OP_UNPAUSE, " unpause web"},
                {OP_REMOVE, " rm web"},
                {OP_REMOVE_FORCE, " rm -f web"}};
    struct fault why;
    struct fake f;

    fake_open(&f, ENGINE_DOCKER);
    for (size_t i = 0; i < countof(rows); i++) {
        assert_int_equal(run(&f, ENGINE_DOCKER, rows[i].op, &why), RC_OK);
        assert_int_equal(fake_calls(&f, "-", rows[i].words), 1);
    }
    assert_int_equal(fake_calls(&f, "+", ""), countof(rows));
    fake_close(&f);
}

/* Exit 0 is yes, whatever stands on stderr. */
TEST(action_goes_by_the_exit_code)
{
    struct fault why;
    struct fake f;

    fake_open(&f, ENGINE_DOCKER);
    fake_put(&f, "stop.err", "Error: this is a warning\n");
    assert_int_equal(run(&f, ENGINE_DOCKER, OP_STOP, &why), RC_OK);
    fake_put(&f, "stop.exit", "1");
    assert_int_equal(run(&f, ENGINE_DOCKER, OP_STOP, &why), RC_FAILED);
    fake_close(&f);
}

TEST(action_keeps_the_engines_own_sentence)
{
    struct fault why;
    struct fake f;

    fake_open(&f, ENGINE_DOCKER);
    fake_put(&f, "start.exit", "1");
    fake_put(&f, "start.err", "Error response from daemon: No such container: web\nmore\n");
    assert_int_equal(run(&f, ENGINE_DOCKER, OP_START, &why), RC_FAILED);
    assert_string_equal(why.text, "Error response from daemon: No such container: web");
    fake_put(&f, "start.err",
             "time=\"2026-01-01T00:00:00Z\" level=error msg=\"a remark\"\n"
             "Error: the reason\n");
    assert_int_equal(run(&f, ENGINE_DOCKER, OP_START, &why), RC_FAILED);
    assert_string_equal(why.text, "Error: the reason");
    fake_put(&f, "start.err", "");
    assert_int_equal(run(&f, ENGINE_DOCKER, OP_START, &why), RC_FAILED);
    assert_string_equal(why.text, "Docker failed with exit code 1 and no message");
    fake_close(&f);
}

TEST(action_says_when_the_engine_is_down_or_missing)
{
    struct fault why;
    struct fake f;

    fake_open(&f, ENGINE_DOCKER);
    fake_put(&f, "stop.exit", "1");
    fake_put(&f, "stop.err",
             "Cannot connect to the Docker daemon at unix:///x. Is the docker "
             "daemon running?\n");
    assert_int_equal(run(&f, ENGINE_DOCKER, OP_STOP, &why), RC_DOWN);
    assert_string_equal(why.text, "Docker is not running");
    fake_drop(&f, "docker");
    assert_int_equal(run(&f, ENGINE_DOCKER, OP_STOP, &why), RC_MISSING);
    assert_true(why.text[0] != '\0');
    fake_close(&f);
}

TEST(action_never_calls_what_the_table_does_not_have)
{
    struct fault why;
    struct fake f;

    fake_open(&f, ENGINE_APPLE);
    assert_int_equal(run(&f, ENGINE_APPLE, OP_PAUSE, &why), RC_DENIED);
    assert_int_equal(fake_calls(&f, "+", ""), 0);
    fake_close(&f);
}

TEST(action_restart_of_apples_is_stop_then_start)
{
    struct fault why;
    struct fake f;
    struct buf calls;

    fake_open(&f, ENGINE_APPLE);
    assert_int_equal(run(&f, ENGINE_APPLE, OP_RESTART, &why), RC_OK);
    assert_int_equal(fake_calls(&f, "+", ""), 2);
    fake_read_calls(&f, &calls);
    assert_true(strstr(calls.data, "- ") < strstr(calls.data, "start web")); /* one at a time */
    assert_true(strstr(calls.data, "stop --time 3 web") < strstr(calls.data, "start web"));
    buf_release(&calls);
    fake_close(&f);
}

TEST(action_restart_of_apples_says_which_half_failed)
{
    struct fault why;
    struct fake f;

    fake_open(&f, ENGINE_APPLE);
    fake_put(&f, "start.exit", "1");
    fake_put(&f, "start.err", "Error: no kernel\n");
    assert_int_equal(run(&f, ENGINE_APPLE, OP_RESTART, &why), RC_FAILED);
    assert_string_equal(why.text, "stopped, but not started again: Error: no kernel");
    fake_put(&f, "stop.exit", "1");
    fake_put(&f, "stop.err", "Error: container not found: web\n");
    assert_int_equal(run(&f, ENGINE_APPLE, OP_RESTART, &why), RC_FAILED);
    assert_string_equal(why.text, "Error: container not found: web");
    assert_int_equal(fake_calls(&f, "+", " start "), 1); /* not a second time */
    fake_close(&f);
}

TEST(action_ends_at_once_when_cancelled)
{
    struct valid_id id = id_of("web");
    struct cancel *stop = cancel_new();
    struct fault why = {0};
    struct fake f;

    fake_open(&f, ENGINE_APPLE);
    fake_put(&f, "stop.mode", "hang");
    cancel_trigger(stop);
    assert_int_equal(action_run(f.spawner, &f.where, ENGINE_APPLE, OP_RESTART, &id, 3, stop, &why),
                     RC_CANCELLED);
    assert_int_equal(fake_calls(&f, "+", " start "), 0);
    cancel_free(stop);
    fake_close(&f);
}

struct quitter {
    const struct fake *f;
    struct cancel *stop;
};

static void *quit_when_it_starts(void *arg)
{
    struct quitter *q = arg;

    fake_wait_calls(q->f, "+", " start ", 1);
    cancel_trigger(q->stop);
    return NULL;
}

TEST(action_restart_that_has_begun_to_start_outlives_quit)
{
    struct valid_id id = id_of("web");
    struct fault why = {0};
    struct quitter q;
    pthread_t thread;
    struct fake f;

    fake_open(&f, ENGINE_APPLE);
    fake_put(&f, "start.mode", "hold");
    q = (struct quitter){&f, cancel_new()};
    assert_int_equal(pthread_create(&thread, NULL, quit_when_it_starts, &q), 0);
    assert_int_equal(
        action_run(f.spawner, &f.where, ENGINE_APPLE, OP_RESTART, &id, 3, q.stop, &why),
        RC_CANCELLED);
    assert_int_equal(pthread_join(thread, NULL), 0);
    assert_int_equal(fake_calls(&f, "-", " start "), 0); /* it is still at it */
    fake_put(&f, "start.go", "");
    fake_wait_calls(&f, "-", " start ", 1); /* and ends by itself */
    cancel_free(q.stop);
    fake_close(&f);
}

SUITE(action, T(action_is_what_changes_one_container), T(action_fits_the_state),
      T(action_knows_what_engines_cannot_do),
      T(action_refuses_restart_of_what_vanishes_when_it_stops), T(action_needs_a_valid_id),
      T(action_calls_one_row), T(action_goes_by_the_exit_code),
      T(action_keeps_the_engines_own_sentence), T(action_says_when_the_engine_is_down_or_missing),
      T(action_never_calls_what_the_table_does_not_have),
      T(action_restart_of_apples_is_stop_then_start),
      T(action_restart_of_apples_says_which_half_failed), T(action_ends_at_once_when_cancelled),
      T(action_restart_that_has_begun_to_start_outlives_quit))
