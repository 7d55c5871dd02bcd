/* test_look.c - one look at a fake engine: what comes of good, bad and unchanged answers. */
#include "core/engine/addresses.h"
#include "core/engine/look.h"
#include "tests/unit/fake_engine.h"

#define DOCKER_VERSION                                                                             \
    "{\"Client\":{\"Version\":\"28.2.2\"},\"Server\":{\"Version\":\"27.1.0\",\"ApiVersion\":"      \
    "\"1\"}}"

struct rig {
    struct fake f;
    enum engine_kind kind;
    struct look_memory memory;
    struct look look;
    struct arena arena; /* for texts of the test */
};

static void rig_open(struct rig *r, enum engine_kind kind)
{
    memset(r, 0, sizeof *r);
    r->kind = kind;
    fake_open(&r->f, kind);
    if (kind == ENGINE_DOCKER)
        fake_put(&r->f, "version.out", DOCKER_VERSION);
}

static void rig_close(struct rig *r)
{
    snapshot_free(r->look.snapshot);
    look_memory_release(&r->memory);
    arena_release(&r->arena);
    fake_close(&r->f);
}

static const struct look *take(struct rig *r)
{
    snapshot_free(r->look.snapshot);
    assert_int_equal(look_take(r->f.spawner, &r->f.where, r->kind, NULL, &r->memory, &r->look),
                     RC_OK);
    return &r->look;
}

static void put_list(struct rig *r, const char *name, const char *state)
{
    fake_put(&r->f, "list.out", fake_docker_line(&r->arena, name, state));
}

TEST(look_gives_a_sealed_list)
{
    struct rig r;
    const struct look *l;

    rig_open(&r, ENGINE_DOCKER);
    fake_put(&r.f, "list.out",
             arena_print(&r.arena, "%s%s", fake_docker_line(&r.arena, "web", "exited"),
                         fake_docker_line(&r.arena, "db", "running")));
    l = take(&r);
    assert_int_equal(l->state, ENGINE_RUNNING);
    assert_string_equal(l->why, "");
    assert_false(l->unchanged);
    assert_int_equal(l->snapshot->count, 2);
    assert_string_equal(l->snapshot->list[0].name, "db"); /* sorted: what runs comes first */
    assert_string_equal(l->snapshot->list[0].arg.text, "db0123456789abcdef");
    assert_int_equal(l->snapshot->state, ENGINE_RUNNING);
    assert_string_equal(l->snapshot->version, "27.1.0");
    assert_true(l->snapshot->taken_s > 0);
    assert_false(l->snapshot->stale);
    rig_close(&r);
}

TEST(look_parses_equal_bytes_once)
{
    struct rig r;
    const struct look *l;
    const char *buffer;
    size_t size;

    rig_open(&r, ENGINE_DOCKER);
    put_list(&r, "web", "running");
    assert_non_null(take(&r)->snapshot);
    take(&r);
    buffer = r.memory.child.out.data;
    size = r.memory.child.out.size;
    for (int i = 0; i < 5; i++) {
        l = take(&r);
        assert_true(l->unchanged);
        assert_null(l->snapshot);
        assert_int_equal(l->state, ENGINE_RUNNING);
    }
    assert_ptr_equal(r.memory.child.out.data, buffer); /* nothing was allocated anew */
    assert_int_equal(r.memory.child.out.size, size);
    put_list(&r, "web", "exited");
    l = take(&r);
    assert_false(l->unchanged);
    assert_int_equal(l->snapshot->list[0].state, STATE_STOPPED);
    rig_close(&r);
}

TEST(look_asks_the_version_once_per_spell_of_running)
{
    struct rig r;

    rig_open(&r, ENGINE_DOCKER);
    put_list(&r, "web", "running");
    take(&r);
    put_list(&r, "web", "exited");
    assert_string_equal(take(&r)->snapshot->version, "27.1.0");
    assert_int_equal(fake_calls(&r.f, "+", " version "), 1);
    fake_put(&r.f, "list.exit", "1");
    take(&r);
    fake_drop(&r.f, "list.exit");
    fake_put(&r.f, "version.out", "{\"Client\":{\"Version\":\"29.0.0\"},\"Server\":null}");
    assert_string_equal(take(&r)->snapshot->version, "29.0.0"); /* the client's, failing another */
    assert_int_equal(fake_calls(&r.f, "+", " version "), 2);
    rig_close(&r);
}

TEST(look_does_without_a_version)
{
    struct rig r;
    const struct look *l;

    rig_open(&r, ENGINE_DOCKER);
    put_list(&r, "web", "running");
    fake_put(&r.f, "version.out", "rubbish");
    fake_put(&r.f, "version.exit", "1");
    l = take(&r);
    assert_int_equal(l->state, ENGINE_RUNNING);
    assert_string_equal(l->snapshot->version, "");
    rig_close(&r);
}

/* The caller's list is stale by then, so the next good look must give one, equal bytes or not. */
TEST(look_gives_the_list_again_after_a_failure)
{
    struct rig r;

    rig_open(&r, ENGINE_DOCKER);
    put_list(&r, "web", "running");
    take(&r);
    fake_put(&r.f, "list.exit", "1");
    assert_int_equal(take(&r)->state, ENGINE_FAILED);
    assert_null(r.look.snapshot);
    fake_drop(&r.f, "list.exit");
    assert_non_null(take(&r)->snapshot);
    rig_close(&r);
}

TEST(look_tells_failures_apart)
{
    static const struct {
        const char *err;
        enum engine_state state;
        const char *why;
    } rows[] = {
        {"Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon "
         "running?\n",
         ENGINE_STOPPED, "Docker is not running"},
        {"permission denied while trying to connect to the Docker daemon socket\n",
         ENGINE_PERMISSION, "Docker runs, but this user may not use it"},
        {"unable to resolve docker endpoint: context \"x\" not found\nmore\n", ENGINE_FAILED,
         "unable to resolve docker endpoint: context \"x\" not found"},
        {"", ENGINE_FAILED, "Docker failed with exit code 1 and no message"},
    };
    struct rig r;

    rig_open(&r, ENGINE_DOCKER);
    fake_put(&r.f, "list.exit", "1");
    for (size_t i = 0; i < countof(rows); i++) {
        fake_put(&r.f, "list.err", rows[i].err);
        take(&r);
        assert_int_equal(r.look.state, rows[i].state);
        assert_string_equal(r.look.why, rows[i].why);
    }
    rig_close(&r);
}

/* The fake docker lies where a Mac has it. */
TEST(look_hints_at_the_local_network_on_a_mac)
{
    struct rig r;

    rig_open(&r, ENGINE_DOCKER);
    fake_put(&r.f, "list.exit", "1");
    fake_put(
        &r.f, "list.err",
        "error during connect: Get \"http://192.168.1.5:2375/v1.47/containers/json\": dial tcp "
        "192.168.1.5:2375: connect: no route to host\n");
    assert_int_equal(take(&r)->state, ENGINE_NOT_RESPONDING);
    assert_non_null(strstr(r.look.why, "Docker is on the local network"));
    assert_non_null(strstr(r.look.why, "Privacy & Security"));
    fake_put(&r.f, "list.err", "error during connect: dial tcp 8.8.8.8:1: no route to host\n");
    assert_int_equal(take(&r)->state, ENGINE_STOPPED);
    rig_close(&r);
}

TEST(look_takes_no_garbage_for_a_list)
{
    struct rig r;

    rig_open(&r, ENGINE_DOCKER);
    fake_put(&r.f, "list.out", "{\"ID\":\"we");
    assert_int_equal(take(&r)->state, ENGINE_FAILED);
    assert_true(r.look.why[0] != '\0');
    assert_null(r.look.snapshot);
    assert_int_equal(take(&r)->state, ENGINE_FAILED); /* and is not "unchanged" the second time */
    rig_close(&r);
}

TEST(look_survives_a_flood_and_gives_its_memory_back)
{
    struct rig r;

    rig_open(&r, ENGINE_DOCKER);
    fake_put(&r.f, "list.mode", "flood");
    assert_int_equal(take(&r)->state, ENGINE_FAILED);
    assert_int_equal(r.memory.child.out.size, 0);
    fake_drop(&r.f, "list.mode");
    put_list(&r, "web", "running");
    assert_int_equal(take(&r)->state, ENGINE_RUNNING);
    rig_close(&r);
}

TEST(look_locates_the_engine_each_time)
{
    struct rig r;
    char path[SYS_PATH_MAX + 16];

    rig_open(&r, ENGINE_DOCKER);
    put_list(&r, "web", "running");
    assert_int_equal(take(&r)->state, ENGINE_RUNNING);
    snprintf(path, sizeof path, "%s/docker", r.f.folder);
    assert_int_equal(chmod(path, 0777), 0);
    assert_int_equal(take(&r)->state, ENGINE_NOT_TRUSTED);
    assert_true(r.look.why[0] != '\0');
    assert_int_equal(unlink(path), 0);
    assert_int_equal(take(&r)->state, ENGINE_MISSING);
    assert_true(r.look.why[0] != '\0');
    fake_install(path);
    assert_int_equal(take(&r)->state, ENGINE_RUNNING);
    assert_non_null(r.look.snapshot);
    rig_close(&r);
}

TEST(look_falls_back_for_an_old_docker)
{
    struct rig r;

    rig_open(&r, ENGINE_DOCKER);
    fake_put(&r.f, "list.out", "json\njson\n");
    fake_put(&r.f, "list-old.out", fake_docker_line(&r.arena, "web", "running"));
    take(&r);
    assert_int_equal(r.look.state, ENGINE_RUNNING);
    assert_int_equal(r.look.snapshot->count, 1);
    assert_true(take(&r)->unchanged);
    assert_int_equal(fake_calls(&r.f, "+", " --no-trunc --format json"), 1);
    assert_int_equal(fake_calls(&r.f, "+", " ps --all --no-trunc --format {{json .}}"), 2);
    rig_close(&r);
}

TEST(look_is_cancelled)
{
    struct cancel *stop = cancel_new();
    struct rig r;

    rig_open(&r, ENGINE_DOCKER);
    put_list(&r, "web", "running");
    cancel_trigger(stop);
    assert_int_equal(look_take(r.f.spawner, &r.f.where, r.kind, stop, &r.memory, &r.look),
                     RC_CANCELLED);
    assert_null(r.look.snapshot);
    assert_string_equal(r.look.why, "");
    cancel_free(stop);
    rig_close(&r);
}

#define APPLE_LIST                                                                                 \
    "[{\"id\":\"web\",\"configuration\":{\"id\":\"web\",\"image\":{\"reference\":\"img\"}},"       \
    "\"status\":{\"state\":\"running\",\"networks\":[]}}]"
#define APPLE_DOWN                                                                                 \
    "Error: internalError: \"failed to list containers\" (cause: \"interrupted: \"XPC connection " \
    "error: Connection invalid\"\")\n"

TEST(look_knows_an_apple_service_that_was_not_started)
{
    struct rig r;

    rig_open(&r, ENGINE_APPLE);
    fake_put(&r.f, "list.exit", "1");
    fake_put(&r.f, "list.err", APPLE_DOWN);
    fake_put(&r.f, "status.exit", "1");
    fake_put(&r.f, "status.out", "{\"status\":\"unregistered\"}");
    assert_int_equal(take(&r)->state, ENGINE_STOPPED);
    assert_string_equal(r.look.why, "Apple container is not running");
    fake_put(&r.f, "status.out", "{\"status\":\"not running\"}");
    assert_int_equal(take(&r)->state, ENGINE_NOT_RESPONDING);
    assert_string_equal(r.look.why,
                        "the service of Apple container is registered, but does not answer");
    fake_put(&r.f, "status.out", "rubbish");
    assert_int_equal(take(&r)->state, ENGINE_STOPPED);
    rig_close(&r);
}

TEST(look_keeps_the_list_of_a_mismatched_service)
{
    struct rig r;

    rig_open(&r, ENGINE_APPLE);
    fake_put(&r.f, "list.out", APPLE_LIST);
    fake_put(&r.f, "version.out",
             "[{\"appName\":\"container\",\"version\":\"1.2.2\"},{\"appName\":\"container-"
             "apiserver\",\"version\":\"container-apiserver version 0.12.3 (build: release)\"}]");
    take(&r);
    assert_int_equal(r.look.state, ENGINE_MISMATCH);
    assert_int_equal(r.look.snapshot->count, 1);
    assert_int_equal(r.look.snapshot->state, ENGINE_MISMATCH);
    assert_string_equal(r.look.snapshot->why, r.look.why);
    assert_non_null(strstr(r.look.why, "1.2.2"));
    assert_non_null(strstr(r.look.why, "0.12.3"));
    take(&r);
    assert_true(r.look.unchanged);
    assert_int_equal(r.look.state, ENGINE_MISMATCH);
    rig_close(&r);
}

/* What docker's inspect tells of one running container. */
static const char *inspected(struct rig *r, const char *name, const char *address)
{
    return arena_print(&r->arena,
                       "{\"Id\":\"%s0123456789abcdef\",\"Name\":\"/%s\",\"State\":{\"Status\":"
                       "\"running\"},\"NetworkSettings\":{\"Networks\":{\"bridge\":{\"IPAddress\":"
                       "\"%s\"}}}}",
                       name, name, address);
}

static struct snapshot *addresses(struct rig *r, const struct snapshot *s)
{
    return look_addresses(r->f.spawner, &r->f.where, s, NULL, &r->memory);
}

TEST(look_addresses_asks_for_running_ones_once_per_list)
{
    struct snapshot *more;
    struct rig r;

    rig_open(&r, ENGINE_DOCKER);
    fake_put(&r.f, "list.out",
             arena_print(&r.arena, "%s%s", fake_docker_line(&r.arena, "web", "running"),
                         fake_docker_line(&r.arena, "old", "exited")));
    fake_put(&r.f, "inspect.out",
             arena_print(&r.arena, "[%s]", inspected(&r, "web", "172.17.0.2")));
    take(&r);
    assert_null(r.look.snapshot->list[0].address);
    more = addresses(&r, r.look.snapshot);
    assert_non_null(more);
    assert_string_equal(more->list[0].name, "web");
    assert_string_equal(more->list[0].address, "172.17.0.2");
    assert_null(more->list[1].address);
    assert_null(r.look.snapshot->list[0].address); /* a copy: the first was handed away */
    assert_null(addresses(&r, more));
    assert_int_equal(fake_calls(&r.f, "+", " inspect --type container web0123456789abcdef"), 1);
    assert_int_equal(fake_calls(&r.f, "+", "old0123456789abcdef"), 0);
    snapshot_free(more);
    rig_close(&r);
}

/* Docker's list does not tell the start: the address may be of an earlier one, so it is shown and
 * asked for again. */
TEST(look_addresses_are_known_in_the_next_list)
{
    struct snapshot *more;
    struct rig r;

    rig_open(&r, ENGINE_DOCKER);
    put_list(&r, "web", "running");
    fake_put(&r.f, "inspect.out",
             arena_print(&r.arena, "[%s]", inspected(&r, "web", "172.17.0.2")));
    take(&r);
    snapshot_free(addresses(&r, r.look.snapshot));
    fake_put(&r.f, "list.out",
             arena_print(&r.arena, "%s%s", fake_docker_line(&r.arena, "web", "running"),
                         fake_docker_line(&r.arena, "old", "exited")));
    take(&r);
    assert_string_equal(r.look.snapshot->list[0].address, "172.17.0.2");
    assert_null(addresses(&r, r.look.snapshot)); /* the same again */
    assert_int_equal(fake_calls(&r.f, "+", " inspect "), 2);
    put_list(&r, "web", "running");
    fake_put(&r.f, "inspect.out",
             arena_print(&r.arena, "[%s]", inspected(&r, "web", "172.17.0.9")));
    take(&r);
    more = addresses(&r, r.look.snapshot);
    assert_non_null(more);
    assert_string_equal(more->list[0].address, "172.17.0.9");
    snapshot_free(more);
    rig_close(&r);
}

TEST(look_addresses_go_by_the_start_where_it_is_known)
{
    struct snapshot *s = NULL;
    struct rig r;

    rig_open(&r, ENGINE_DOCKER);
    for (int64_t start = 1; start <= 2; start++) {
        for (int again = 0; again < 2; again++) {
            struct container *c;

            snapshot_free(s);
            s = snapshot_new(ENGINE_DOCKER);
            c = snapshot_add(s);
            c->id = c->name = "web0123456789abcdef";
            c->state = STATE_RUNNING;
            c->has_started = true;
            c->started_s = start;
            addresses_renew(&r.memory.addresses, s);
            snapshot_seal(s);
            fake_put(&r.f, "inspect.out",
                     arena_print(&r.arena, "[%s]", inspected(&r, "web", "172.17.0.2")));
            if (again == 0)
                assert_null(s->list[0].address); /* a new start has a new address */
            else
                assert_string_equal(s->list[0].address, "172.17.0.2");
            snapshot_free(addresses(&r, s));
        }
        assert_int_equal(fake_calls(&r.f, "+", " inspect "), start);
    }
    snapshot_free(s);
    rig_close(&r);
}

TEST(look_addresses_asks_for_at_most_64_a_call)
{
    struct rig r;
    struct buf list;
    char name[32];

    rig_open(&r, ENGINE_DOCKER);
    buf_init(&list, (size_t)1 << 20);
    for (int i = 0; i < 100; i++) {
        snprintf(name, sizeof name, "c%d-", i);
        assert_int_equal(buf_text_add(&list, fake_docker_line(&r.arena, name, "running")), RC_OK);
    }
    fake_put(&r.f, "list.out", buf_text(&list));
    buf_release(&list);
    fake_put(&r.f, "inspect.out", "[]"); /* nobody has an address */
    take(&r);
    for (int i = 0; i < 4; i++)
        assert_null(addresses(&r, r.look.snapshot));
    assert_int_equal(fake_calls(&r.f, "+", " inspect "), 2);
    rig_close(&r);
}

/* A container without a network is asked for once, one that got no answer again. */
TEST(look_addresses_takes_none_for_an_answer_and_silence_for_none)
{
    struct rig r;

    rig_open(&r, ENGINE_DOCKER);
    put_list(&r, "web", "running");
    fake_put(&r.f, "inspect.out", "rubbish");
    take(&r);
    assert_null(addresses(&r, r.look.snapshot));
    assert_null(addresses(&r, r.look.snapshot)); /* not until the list differs */
    assert_int_equal(fake_calls(&r.f, "+", " inspect "), 1);
    rig_close(&r);
}

TEST(look_verdict_keeps_the_childs_own_fault)
{
    struct child_result res = {0};
    struct fault why = {.rc = RC_TIMEOUT, .text = "too late"};

    assert_int_equal(look_verdict(engine_driver(ENGINE_PODMAN), RC_TIMEOUT, &res, &why),
                     RC_TIMEOUT);
    assert_string_equal(why.text, "too late");
    res.exit_code = -1;
    res.sig = 9;
    assert_int_equal(look_verdict(engine_driver(ENGINE_PODMAN), RC_OK, &res, &why), RC_FAILED);
    assert_string_equal(why.text, "Podman was ended by signal 9");
    res.exit_code = 0;
    assert_int_equal(look_verdict(engine_driver(ENGINE_PODMAN), RC_OK, &res, &why), RC_OK);
    assert_int_equal(look_verdict(engine_driver(ENGINE_PODMAN), RC_OK, &res, NULL), RC_OK);
}

SUITE(look, T(look_gives_a_sealed_list), T(look_parses_equal_bytes_once),
      T(look_asks_the_version_once_per_spell_of_running), T(look_does_without_a_version),
      T(look_gives_the_list_again_after_a_failure), T(look_tells_failures_apart),
      T(look_hints_at_the_local_network_on_a_mac), T(look_takes_no_garbage_for_a_list),
      T(look_survives_a_flood_and_gives_its_memory_back), T(look_locates_the_engine_each_time),
      T(look_falls_back_for_an_old_docker), T(look_is_cancelled),
      T(look_knows_an_apple_service_that_was_not_started),
      T(look_keeps_the_list_of_a_mismatched_service),
      T(look_addresses_asks_for_running_ones_once_per_list),
      T(look_addresses_are_known_in_the_next_list),
      T(look_addresses_go_by_the_start_where_it_is_known),
      T(look_addresses_asks_for_at_most_64_a_call),
      T(look_addresses_takes_none_for_an_answer_and_silence_for_none),
      T(look_verdict_keeps_the_childs_own_fault))
