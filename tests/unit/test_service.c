/* The service behind an engine: whether there is one, whose it is, and that what a tool says of a
 * start or a stop is not believed. */
#include "core/action/service.h"
#include "core/engine/state.h"
#include "tests/unit/fake_engine.h"
#include <pthread.h>

#define DOWN "{\"status\":\"unregistered\"}"

struct rig {
    struct fake f;
    enum engine_kind kind;
    struct look_memory memory;
    struct look look;
    struct fault why;
    struct arena arena;
};

static void rig_open(struct rig *r, enum engine_kind kind)
{
    memset(r, 0, sizeof *r);
    r->kind = kind;
    fake_open(&r->f, kind);
    if (kind == ENGINE_APPLE)
        fake_put(&r->f, "list.out", "[]");
}

static void rig_close(struct rig *r)
{
    snapshot_free(r->look.snapshot);
    look_memory_release(&r->memory);
    arena_release(&r->arena);
    fake_close(&r->f);
}

/* Apple's service runs, from this root; NULL: it does not. */
static void put_status(struct rig *r, const char *root)
{
    const char *text = root == NULL ? DOWN
                                    : arena_print(&r->arena,
                                                  "{\"status\":\"running\",\"appRoot\":\"/a/\","
                                                  "\"installRoot\":\"%s\"}",
                                                  root);

    fake_put(&r->f, "status.out", text);
    fake_put(&r->f, "status.exit", root == NULL ? "1" : "0");
}

static enum rc run(struct rig *r, enum op op)
{
    r->why.text[0] = '\0';
    return service_run(r->f.spawner, &r->f.where, r->kind, op, NULL, &r->why);
}

static const struct snapshot *take(struct rig *r)
{
    snapshot_free(r->look.snapshot);
    look_memory_renew(&r->memory);
    assert_int_equal(look_take(r->f.spawner, &r->f.where, r->kind, NULL, &r->memory, &r->look),
                     RC_OK);
    return r->look.snapshot;
}

TEST(service_of_this_installation_is_ours)
{
    struct rig r;

    rig_open(&r, ENGINE_APPLE);
    put_status(&r, arena_print(&r.arena, "%s/", r.f.home));
    assert_int_equal(take(&r)->origin, ORIGIN_OURS);
    assert_string_equal(r.look.snapshot->root, "");
    assert_int_equal(r.look.snapshot->service, SERVICE_RUNNING);
    put_status(&r, ""); /* an old one names none */
    assert_int_equal(take(&r)->origin, ORIGIN_OURS);
    rig_close(&r);
}

TEST(service_of_another_installation_is_told_apart)
{
    struct rig r;

    rig_open(&r, ENGINE_APPLE);
    put_status(&r, "/opt/elsewhere");
    assert_int_equal(take(&r)->origin, ORIGIN_OTHER);
    assert_string_equal(r.look.snapshot->root, "/opt/elsewhere");
    put_status(&r, arena_print(&r.arena, "%s-older", r.f.home)); /* beside the copy that is run */
    assert_int_equal(take(&r)->origin, ORIGIN_OLDER);
    rig_close(&r);
}

TEST(service_that_does_not_run_can_be_started)
{
    struct rig r;

    rig_open(&r, ENGINE_APPLE);
    put_status(&r, NULL);
    fake_put(&r.f, "list.err", "XPC connection error: Connection invalid");
    fake_put(&r.f, "list.exit", "1");
    assert_null(take(&r));
    assert_int_equal(r.look.state, ENGINE_STOPPED);
    assert_int_equal(r.look.service, SERVICE_STOPPED);
    fake_put(&r.f, "status.out", "{\"status\":\"not running\"}"); /* registered: it hangs */
    take(&r);
    assert_int_equal(r.look.state, ENGINE_NOT_RESPONDING);
    assert_int_equal(r.look.service, SERVICE_RUNNING);
    rig_close(&r);
}

/* Docker Desktop's part of the tool says how it is; without it there is nothing to start. */
TEST(service_of_docker_is_its_desktop_on_a_mac)
{
    struct rig r;

    rig_open(&r, ENGINE_DOCKER);
    fake_put(&r.f, "list.out", "");
    assert_int_equal(take(&r)->service, SERVICE_RUNNING);
    fake_put(&r.f, "desktop.err", "unknown command: docker desktop");
    fake_put(&r.f, "desktop.exit", "1");
    assert_int_equal(take(&r)->service, SERVICE_NONE);
    fake_drop(&r.f, "desktop.err");
    fake_put(&r.f, "list.err", "Cannot connect to the Docker daemon at unix:///x.");
    fake_put(&r.f, "list.exit", "1");
    take(&r);
    assert_int_equal(r.look.state, ENGINE_STOPPED);
    assert_int_equal(r.look.service, SERVICE_STOPPED);
    rig_close(&r);
}

TEST(service_is_none_of_an_engine_elsewhere)
{
    struct contexts *chosen = contexts_new();
    struct rig r;

    rig_open(&r, ENGINE_DOCKER);
    r.f.where.contexts = chosen;
    fake_put(&r.f, "list.out", "");
    contexts_set(chosen, ENGINE_DOCKER, "build-server");
    assert_int_equal(take(&r)->service, SERVICE_NONE);
    assert_string_equal(r.look.snapshot->context, "build-server");
    assert_int_equal(fake_calls(&r.f, "+", " desktop "), 0);
    assert_int_equal(fake_calls(&r.f, "+", " --context build-server ps "), 1);
    contexts_set(chosen, ENGINE_DOCKER, "desktop-linux"); /* Docker Desktop's own */
    assert_int_equal(take(&r)->service, SERVICE_RUNNING);
    rig_close(&r);
    contexts_free(chosen);
}

/* The world changes while the start runs. */
static void *start_works(void *arg)
{
    struct rig *r = arg;

    fake_wait_calls(&r->f, "~", " system start", 1);
    put_status(r, r->f.home);
    fake_put(&r->f, "start.go", "");
    return NULL;
}

TEST(service_start_is_checked_before_and_after)
{
    pthread_t thread;
    struct rig r;

    rig_open(&r, ENGINE_APPLE);
    put_status(&r, NULL);
    fake_put(&r.f, "start.mode", "hold");
    assert_int_equal(pthread_create(&thread, NULL, start_works, &r), 0);
    assert_int_equal(run(&r, OP_SERVICE_START), RC_OK);
    assert_int_equal(pthread_join(thread, NULL), 0);
    assert_int_equal(fake_calls(&r.f, "+", " system start --enable-kernel-install"), 1);
    assert_int_equal(run(&r, OP_SERVICE_START), RC_OK); /* it runs: nothing to do */
    assert_int_equal(fake_calls(&r.f, "+", " system start"), 1);
    rig_close(&r);
}

TEST(service_start_is_refused_beside_another_installation)
{
    struct rig r;

    rig_open(&r, ENGINE_APPLE);
    put_status(&r, "/opt/elsewhere");
    assert_int_equal(run(&r, OP_SERVICE_START), RC_DENIED);
    assert_non_null(strstr(r.why.text, "/opt/elsewhere"));
    assert_int_equal(fake_calls(&r.f, "+", " system start"), 0);
    rig_close(&r);
}

TEST(service_start_that_did_not_help_is_a_failure)
{
    struct rig r;

    rig_open(&r, ENGINE_APPLE);
    put_status(&r, NULL);
    assert_int_equal(run(&r, OP_SERVICE_START), RC_FAILED);
    assert_non_null(strstr(r.why.text, "does not answer"));
    fake_put(&r.f, "start.exit", "1");
    fake_put(&r.f, "start.err", "Error: no network here\n");
    assert_int_equal(run(&r, OP_SERVICE_START), RC_FAILED);
    assert_non_null(strstr(r.why.text, "no network here"));
    rig_close(&r);
}

TEST(service_stop_is_not_believed)
{
    struct rig r;

    rig_open(&r, ENGINE_APPLE);
    put_status(&r, r.f.home);
    assert_int_equal(run(&r, OP_SERVICE_STOP), RC_FAILED);
    assert_non_null(strstr(r.why.text, "still answers"));
    put_status(&r, NULL);
    assert_int_equal(run(&r, OP_SERVICE_STOP), RC_OK);
    rig_close(&r);
}

TEST(service_restart_says_where_it_ended)
{
    struct rig r;

    rig_open(&r, ENGINE_APPLE);
    put_status(&r, NULL);
    assert_int_equal(run(&r, OP_SERVICE_RESTART), RC_FAILED);
    assert_non_null(strstr(r.why.text, "not started again"));
    assert_int_equal(fake_calls(&r.f, "+", " system stop"), 1);
    assert_int_equal(fake_calls(&r.f, "+", " system start"), 1);
    rig_close(&r);
}

TEST(service_without_a_command_is_told_in_words)
{
    struct rig r;

    rig_open(&r, ENGINE_DOCKER);
    fake_put(&r.f, "desktop.err", "docker: 'desktop' is not a docker command.");
    fake_put(&r.f, "desktop.exit", "1");
    assert_int_equal(run(&r, OP_SERVICE_START), RC_FAILED);
    assert_non_null(strstr(r.why.text, "no command for it"));
    rig_close(&r);
}

TEST(service_operations_fit_its_state)
{
    struct snapshot s = {.service = SERVICE_NONE};
    const struct {
        enum engine_service service;
        bool start, stop;
    } rows[] = {{SERVICE_NONE, false, false},
                {SERVICE_STOPPED, true, false},
                {SERVICE_RUNNING, false, true}};

    for (size_t i = 0; i < countof(rows); i++) {
        s.service = rows[i].service;
        assert_int_equal(state_service_allows(OP_SERVICE_START, &s), rows[i].start);
        assert_int_equal(state_service_allows(OP_SERVICE_STOP, &s), rows[i].stop);
        assert_int_equal(state_service_allows(OP_SERVICE_RESTART, &s), rows[i].stop);
        assert_false(state_service_allows(OP_STOP, &s));
    }
}

SUITE(service, T(service_of_this_installation_is_ours),
      T(service_of_another_installation_is_told_apart), T(service_that_does_not_run_can_be_started),
      T(service_of_docker_is_its_desktop_on_a_mac), T(service_is_none_of_an_engine_elsewhere),
      T(service_start_is_checked_before_and_after),
      T(service_start_is_refused_beside_another_installation),
      T(service_start_that_did_not_help_is_a_failure), T(service_stop_is_not_believed),
      T(service_restart_says_where_it_ended), T(service_without_a_command_is_told_in_words),
      T(service_operations_fit_its_state))
