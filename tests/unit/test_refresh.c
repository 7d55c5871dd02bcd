/* test_refresh.c - the two threads against a fake engine: what reaches the sink, and what does
 * not. Nothing here waits for a time to pass, only for things to come. */
#include "core/base/mem.h"
#include "core/refresh/diff.h"
#include "core/refresh/refresh.h"
#include "tests/unit/fake_engine.h"
#include <pthread.h>

#define SEEN_MAX 64

/* What the sink was given; guarded by lock. */
struct seen {
    pthread_mutex_t lock;
    struct snapshot *snaps[SEEN_MAX];
    unsigned long looks[SEEN_MAX];
    size_t count;
    size_t nothing; /* calls without a snapshot */
};

static void take(void *ctx, struct snapshot *snap, unsigned long look)
{
    struct seen *s = ctx;

    pthread_mutex_lock(&s->lock);
    if (snap == NULL)
        s->nothing++;
    if (snap != NULL && s->count < SEEN_MAX) {
        s->looks[s->count] = look;
        s->snaps[s->count++] = snap;
    } else {
        snapshot_free(snap);
    }
    pthread_mutex_unlock(&s->lock);
}

struct rig {
    struct fake f;
    struct seen seen;
    struct refresh *refresh;
    struct arena arena;
};

/* The engine is set up by the test before rig_start(). */
static void rig_open(struct rig *r, enum engine_kind kind)
{
    memset(r, 0, sizeof *r);
    fake_open(&r->f, kind);
    fake_put(&r->f, "inspect.out", "[]");
    pthread_mutex_init(&r->seen.lock, NULL);
}

static void rig_start(struct rig *r, enum engine_kind kind)
{
    r->refresh = refresh_new(r->f.spawner, &r->f.where, kind, true, take, &r->seen);
}

static void rig_close(struct rig *r)
{
    refresh_free(r->refresh);
    assert_false(fake_any_alive(&r->f));
    for (size_t i = 0; i < r->seen.count; i++)
        snapshot_free(r->seen.snaps[i]);
    pthread_mutex_destroy(&r->seen.lock);
    arena_release(&r->arena);
    fake_close(&r->f);
}

static size_t seen_count(struct rig *r)
{
    size_t n;

    pthread_mutex_lock(&r->seen.lock);
    n = r->seen.count;
    pthread_mutex_unlock(&r->seen.lock);
    return n;
}

static size_t seen_nothing(struct rig *r)
{
    size_t n;

    pthread_mutex_lock(&r->seen.lock);
    n = r->seen.nothing;
    pthread_mutex_unlock(&r->seen.lock);
    return n;
}

/* The n-th snapshot, counted from one. */
static const struct snapshot *wait_seen(struct rig *r, size_t n)
{
    int64_t end = clock_ms() + FAKE_PATIENCE_MS;

    while (seen_count(r) < n) {
        if (clock_ms() > end)
            fail_msg("snapshot %zu did not come", n);
        cancel_wait_ms(NULL, 2);
    }
    return r->seen.snaps[n - 1]; /* nobody changes it any more */
}

/* Asks for a look, and waits for the answer that nothing is new. */
static void wait_nothing_new(struct rig *r)
{
    int64_t end = clock_ms() + FAKE_PATIENCE_MS;
    size_t before = seen_nothing(r), snaps = seen_count(r);

    refresh_tell(r->refresh, SCHEDULE_USER);
    while (seen_nothing(r) == before) {
        if (clock_ms() > end || seen_count(r) != snaps)
            fail_msg("%zu snapshots came instead of nothing", seen_count(r) - snaps);
        cancel_wait_ms(NULL, 2);
    }
    assert_int_equal(seen_count(r), snaps);
}

static void put_list(struct rig *r, const char *name, const char *state)
{
    fake_put(&r->f, "list.out", fake_docker_line(&r->arena, name, state));
}

static void put_event(struct rig *r, const char *action, int time_ns)
{
    fake_append(&r->f, "events.out",
                arena_print(&r->arena,
                            "{\"Type\":\"container\",\"Action\":\"%s\",\"Actor\":{\"ID\":"
                            "\"web0123456789abcdef\"},\"id\":\"web0123456789abcdef\",\"status\":"
                            "\"%s\",\"time\":1795556400,\"timeNano\":%d}\n",
                            action, action, time_ns));
}

/* A docker with one running container and an open stream. */
static void rig_stream(struct rig *r)
{
    rig_open(r, ENGINE_DOCKER);
    put_list(r, "web", "running");
    fake_put(&r->f, "events.out", "");
    rig_start(r, ENGINE_DOCKER);
    wait_seen(r, 1);
    fake_wait_calls(&r->f, "=", "", 1);
}

TEST(refresh_hands_over_the_first_list)
{
    const struct snapshot *s;
    struct rig r;

    rig_open(&r, ENGINE_DOCKER);
    put_list(&r, "web", "running");
    rig_start(&r, ENGINE_DOCKER);
    s = wait_seen(&r, 1);
    assert_int_equal(s->state, ENGINE_RUNNING);
    assert_int_equal(s->count, 1);
    assert_false(s->stale);
    assert_int_equal(r.seen.looks[0], 1);
    rig_close(&r);
}

TEST(refresh_never_hands_over_the_same_twice)
{
    struct rig r;
    const char *web, *db;

    rig_open(&r, ENGINE_DOCKER);
    web = fake_docker_line(&r.arena, "web", "running");
    db = fake_docker_line(&r.arena, "db", "exited");
    fake_put(&r.f, "list.out", arena_print(&r.arena, "%s%s", web, db));
    rig_start(&r, ENGINE_DOCKER);
    wait_seen(&r, 1);
    wait_nothing_new(&r);
    fake_put(&r.f, "list.out", arena_print(&r.arena, "%s%s", db, web)); /* other bytes, same list */
    wait_nothing_new(&r);
    fake_put(&r.f, "list.out", db);
    refresh_tell(r.refresh, SCHEDULE_USER);
    assert_int_equal(wait_seen(&r, 2)->count, 1);
    rig_close(&r);
}

TEST(refresh_keeps_the_last_good_list_of_a_failing_engine)
{
    const struct snapshot *s;
    struct rig r;

    rig_open(&r, ENGINE_DOCKER);
    put_list(&r, "web", "running");
    rig_start(&r, ENGINE_DOCKER);
    wait_seen(&r, 1);
    fake_put(&r.f, "list.err", "Cannot connect to the Docker daemon\n");
    fake_put(&r.f, "list.exit", "1");
    refresh_tell(r.refresh, SCHEDULE_USER);
    s = wait_seen(&r, 2);
    assert_int_equal(s->state, ENGINE_STOPPED);
    assert_string_equal(s->why, "Docker is not running");
    assert_true(s->stale);
    assert_int_equal(s->count, 1);
    assert_string_equal(s->list[0].name, "web");
    assert_int_equal(s->taken_s != 0, true);
    wait_nothing_new(&r); /* not again while it stays like this */
    fake_put(&r.f, "list.err", "something else\n");
    refresh_tell(r.refresh, SCHEDULE_USER);
    s = wait_seen(&r, 3);
    assert_int_equal(s->state, ENGINE_FAILED);
    assert_true(s->stale);
    fake_drop(&r.f, "list.exit");
    refresh_tell(r.refresh, SCHEDULE_USER);
    s = wait_seen(&r, 4); /* the same list as the first, but fresh again */
    assert_int_equal(s->state, ENGINE_RUNNING);
    assert_false(s->stale);
    assert_string_equal(s->why, "");
    rig_close(&r);
}

TEST(refresh_tells_of_a_missing_engine_once)
{
    const struct snapshot *s;
    struct rig r;

    rig_open(&r, ENGINE_DOCKER);
    fake_drop(&r.f, "docker");
    rig_start(&r, ENGINE_DOCKER);
    s = wait_seen(&r, 1);
    assert_int_equal(s->state, ENGINE_MISSING);
    assert_true(s->why[0] != '\0');
    assert_int_equal(s->count, 0);
    assert_false(s->stale); /* there never was a list */
    assert_int_equal(s->taken_s, 0);
    wait_nothing_new(&r);
    rig_close(&r);
}

TEST(refresh_looks_when_the_stream_tells)
{
    struct rig r;

    rig_stream(&r);
    put_list(&r, "web", "exited");
    put_event(&r, "die", 1);
    assert_int_equal(wait_seen(&r, 2)->list[0].state, STATE_STOPPED);
    put_list(&r, "web", "running");
    put_event(&r, "start", 2);
    assert_int_equal(wait_seen(&r, 3)->list[0].state, STATE_RUNNING);
    assert_int_equal(fake_calls(&r.f, "+", " events "), 1);
    rig_close(&r);
}

/* A wait here is for what must not come: the window of a burst, twice. */
TEST(refresh_ignores_events_that_tell_nothing)
{
    unsigned long looks;
    struct rig r;

    rig_stream(&r);
    put_list(&r, "web", "exited");
    put_event(&r, "die", 1);
    wait_seen(&r, 2);
    cancel_wait_ms(NULL, 2 * SCHEDULE_BURST_MS); /* nothing is due any more */
    looks = refresh_looks(r.refresh);
    put_event(&r, "die", 1);
    put_event(&r, "exec_create: /bin/sh", 3);
    put_event(&r, "exec_start: /bin/sh", 4);
    cancel_wait_ms(NULL, 2 * SCHEDULE_BURST_MS);
    assert_int_equal(refresh_looks(r.refresh), looks);
    rig_close(&r);
}

TEST(refresh_opens_a_stream_that_ended_again)
{
    struct rig r;

    rig_stream(&r);
    fake_put(&r.f, "events.exit", "1");
    fake_wait_calls(&r.f, "-", " events ", 1);
    fake_drop(&r.f, "events.exit");
    fake_wait_calls(&r.f, "=", "", 2);
    put_list(&r, "web", "exited");
    put_event(&r, "die", 1);
    assert_int_equal(wait_seen(&r, 2)->list[0].state, STATE_STOPPED);
    rig_close(&r);
}

/* A stream of an engine that is down is not even tried, and begins when the engine does. */
TEST(refresh_streams_only_while_the_engine_runs)
{
    struct rig r;

    rig_open(&r, ENGINE_DOCKER);
    fake_put(&r.f, "list.exit", "1");
    rig_start(&r, ENGINE_DOCKER);
    wait_seen(&r, 1);
    wait_nothing_new(&r);
    assert_int_equal(fake_calls(&r.f, "+", " events "), 0);
    fake_drop(&r.f, "list.exit");
    refresh_tell(r.refresh, SCHEDULE_USER);
    fake_wait_calls(&r.f, "=", "", 1);
    rig_close(&r);
}

TEST(refresh_sleeps_without_children_and_wakes_with_a_look)
{
    unsigned long looks;
    int64_t end;
    struct rig r;

    rig_stream(&r);
    refresh_tell(r.refresh, SCHEDULE_SLEEP);
    for (end = clock_ms() + FAKE_PATIENCE_MS; fake_any_alive(&r.f); cancel_wait_ms(NULL, 2))
        assert_true(clock_ms() < end);
    looks = refresh_looks(r.refresh);
    put_list(&r, "web", "exited");
    refresh_tell(r.refresh, SCHEDULE_USER);
    refresh_tell(r.refresh, SCHEDULE_EVENT);
    cancel_wait_ms(NULL, SCHEDULE_RECONNECT_MIN_MS + SCHEDULE_BURST_MS); /* what must not come */
    assert_int_equal(refresh_looks(r.refresh), looks);
    assert_int_equal(fake_calls(&r.f, "+", " events "), 1);
    refresh_tell(r.refresh, SCHEDULE_WAKE);
    assert_int_equal(wait_seen(&r, 2)->list[0].state, STATE_STOPPED);
    fake_wait_calls(&r.f, "=", "", 2);
    rig_close(&r);
}

/* Its connection may be dead without knowing it: wake ends even a stream that says nothing. */
TEST(refresh_wake_restarts_a_silent_stream)
{
    struct rig r;

    rig_stream(&r);
    refresh_tell(r.refresh, SCHEDULE_WAKE);
    fake_wait_calls(&r.f, "=", "", 2);
    rig_close(&r);
}

TEST(refresh_follows_up_with_addresses)
{
    const struct snapshot *s;
    struct rig r;

    rig_open(&r, ENGINE_DOCKER);
    put_list(&r, "web", "running");
    fake_put(&r.f, "inspect.out",
             "[{\"Id\":\"web0123456789abcdef\",\"Name\":\"/web\",\"State\":{\"Status\":"
             "\"running\"},\"NetworkSettings\":{\"IPAddress\":\"172.17.0.2\"}}]");
    rig_start(&r, ENGINE_DOCKER);
    assert_null(wait_seen(&r, 1)->list[0].address); /* it does not wait for them */
    s = wait_seen(&r, 2);
    assert_string_equal(s->list[0].address, "172.17.0.2");
    wait_nothing_new(&r);
    rig_close(&r);
}

/* Each look is one call of the fake's; a poke during one makes one more, however many there are. */
TEST(refresh_takes_one_look_at_a_time)
{
    int64_t end;
    struct rig r;

    rig_open(&r, ENGINE_APPLE);
    fake_put(&r.f, "list.out", "[]");
    fake_put(&r.f, "list.mode", "hold");
    rig_start(&r, ENGINE_APPLE);
    fake_wait_calls(&r.f, "+", " list ", 1);
    for (int i = 0; i < 10; i++)
        refresh_tell(r.refresh, SCHEDULE_USER);
    assert_int_equal(refresh_looks(r.refresh), 1);
    fake_put(&r.f, "list.go", "");
    wait_seen(&r, 1);
    for (end = clock_ms() + FAKE_PATIENCE_MS; seen_nothing(&r) == 0; cancel_wait_ms(NULL, 2))
        assert_true(clock_ms() < end); /* the second look, which all ten asked for */
    assert_int_equal(refresh_looks(r.refresh), 2);
    assert_int_equal(fake_calls(&r.f, "+", " list "), 2);
    rig_close(&r);
}

/* In low-power mode nothing polls for five minutes: what comes, comes from the folder. */
TEST(refresh_watches_apples_container_folder)
{
    char path[2 * SYS_PATH_MAX];
    unsigned long looks;
    int64_t end;
    struct rig r;

    rig_open(&r, ENGINE_APPLE);
    fake_put(&r.f, "list.out", "[]");
    snprintf(path, sizeof path, "%s/containers", r.f.home);
    assert_int_equal(mkdir(path, 0700), 0);
    fake_put(&r.f, "status.out",
             arena_print(&r.arena, "{\"status\":\"running\",\"appRoot\":\"%s/\"}", r.f.home));
    rig_start(&r, ENGINE_APPLE);
    refresh_tell(r.refresh, SCHEDULE_LOW_POWER_ON);
    wait_seen(&r, 1);
    fake_wait_calls(&r.f, "-", " list ", 2); /* the look that a fresh watch asks for */
    looks = refresh_looks(r.refresh);
    snprintf(path, sizeof path, "%s/containers/web", r.f.home);
    assert_int_equal(mkdir(path, 0700), 0);
    for (end = clock_ms() + FAKE_PATIENCE_MS; refresh_looks(r.refresh) == looks;
         cancel_wait_ms(NULL, 2))
        assert_true(clock_ms() < end);
    assert_int_equal(rmdir(path), 0);
    *strrchr(path, '/') = '\0';
    assert_int_equal(rmdir(path), 0);
    rig_close(&r);
}

/* rig_close() sees that no child is left. */
TEST(refresh_free_ends_a_deaf_engine)
{
    struct rig r;

    rig_stream(&r);
    fake_put(&r.f, "list.mode", "deaf");
    fake_put(&r.f, "events.mode", "deaf");
    refresh_tell(r.refresh, SCHEDULE_WAKE);
    fake_wait_calls(&r.f, "+", " events ", 2);
    fake_wait_calls(&r.f, "+", " ps ", 2);
    rig_close(&r);
    refresh_free(NULL);
}

static struct snapshot *one_container(void)
{
    static const struct port ports[] = {{"0.0.0.0", 80, 8080, "tcp", 1}};
    static const struct label labels[] = {{"a", "1"}, {"b", "2"}};
    struct snapshot *s = snapshot_new(ENGINE_DOCKER);
    struct container *c = snapshot_add(s);

    c->id = "id";
    c->name = "web";
    c->ports = ports;
    c->port_count = 1;
    c->labels = labels;
    c->label_count = 2;
    s->why = s->version = "";
    return s;
}

TEST(diff_sees_each_field)
{
    static const struct port ports[] = {{"0.0.0.0", 81, 8080, "tcp", 1},
                                        {"0.0.0.0", 80, 8081, "tcp", 1},
                                        {"0.0.0.0", 80, 8080, "tcp", 2},
                                        {"127.0.0.1", 80, 8080, "tcp", 1},
                                        {"0.0.0.0", 80, 8080, "udp", 1}};
    static const struct label labels[] = {{"a", "1"}, {"b", "3"}};
    struct snapshot *a = one_container();

    for (int field = 0; field < 22; field++) {
        struct snapshot *b = one_container();
        struct container *c = &b->list[0];

        assert_true(diff_same(a, b));
        switch (field) {
        case 0:
            c->state = STATE_STOPPED;
            break;
        case 1:
            c->health = HEALTH_HEALTHY;
            break;
        case 2:
            c->name = "db";
            break;
        case 3:
            c->image = "other";
            break;
        case 4:
            c->address = "10.0.0.1";
            break;
        case 5:
            c->project = "p";
            break;
        case 6:
            c->started_s = 5;
            break;
        case 7:
            c->exit_code = 1;
            break;
        case 8:
            c->infra = true;
            break;
        case 9:
            c->auto_remove = true;
            break;
        case 10:
            c->finished_s = 5;
            break;
        case 11:
            c->labels = labels;
            break;
        case 12:
            b->state = ENGINE_STOPPED;
            break;
        case 13:
            b->stale = true;
            break;
        case 14:
            b->version = "1";
            break;
        case 15:
            b->why = "because";
            break;
        case 16:
            c->id = "other";
            break;
        default:
            c->ports = &ports[field - 17];
            break;
        }
        assert_false(diff_same(a, b));
        assert_false(diff_same(b, a));
        snapshot_free(b);
    }
    snapshot_free(a);
}

TEST(diff_takes_no_notice_of_order_and_time)
{
    static const struct label turned[] = {{"b", "2"}, {"a", "1"}};
    struct snapshot *a = one_container(), *b = one_container();

    b->list[0].labels = turned;
    b->taken_s = 77;
    assert_true(diff_same(a, b));
    snapshot_free(a);
    snapshot_free(b);
}

SUITE(refresh, T(refresh_hands_over_the_first_list), T(refresh_never_hands_over_the_same_twice),
      T(refresh_keeps_the_last_good_list_of_a_failing_engine),
      T(refresh_tells_of_a_missing_engine_once), T(refresh_looks_when_the_stream_tells),
      T(refresh_ignores_events_that_tell_nothing), T(refresh_opens_a_stream_that_ended_again),
      T(refresh_streams_only_while_the_engine_runs),
      T(refresh_sleeps_without_children_and_wakes_with_a_look),
      T(refresh_wake_restarts_a_silent_stream), T(refresh_follows_up_with_addresses),
      T(refresh_takes_one_look_at_a_time), T(refresh_watches_apples_container_folder),
      T(refresh_free_ends_a_deaf_engine), T(diff_sees_each_field),
      T(diff_takes_no_notice_of_order_and_time))
