/* test_queue.c - actions side by side: eight at once, one per container, in order, and the end. */
#include "core/action/queue.h"
#include "tests/unit/fake_engine.h"
#include <pthread.h>

#define RESULTS_MAX 64

/* What the sink was told, in order; guarded by lock. */
struct results {
    pthread_mutex_t lock;
    struct queue_result list[RESULTS_MAX];
    size_t count;
};

static void take(void *ctx, const struct queue_result *result)
{
    struct results *r = ctx;

    pthread_mutex_lock(&r->lock);
    if (r->count < RESULTS_MAX)
        r->list[r->count++] = *result;
    pthread_mutex_unlock(&r->lock);
}

static size_t count(struct results *r)
{
    size_t n;

    pthread_mutex_lock(&r->lock);
    n = r->count;
    pthread_mutex_unlock(&r->lock);
    return n;
}

static void wait_results(struct results *r, size_t n)
{
    int64_t end = clock_ms() + FAKE_PATIENCE_MS;

    while (count(r) < n) {
        if (clock_ms() > end)
            fail_msg("%zu results instead of %zu", count(r), n);
        cancel_wait_ms(NULL, 2);
    }
}

struct rig {
    struct fake f;
    struct results results;
    struct queue *q;
};

static void rig_open(struct rig *r)
{
    memset(r, 0, sizeof *r);
    fake_open(&r->f, ENGINE_DOCKER);
    pthread_mutex_init(&r->results.lock, NULL);
    r->q = queue_new(r->f.spawner, &r->f.where, take, &r->results);
}

static void rig_close(struct rig *r)
{
    queue_free(r->q);
    pthread_mutex_destroy(&r->results.lock);
    fake_close(&r->f);
}

static enum rc submit(struct rig *r, enum op op, const char *name, struct fault *why)
{
    struct valid_id id;

    assert_int_equal(valid_id(name, strlen(name), &id, NULL), RC_OK);
    return queue_submit(r->q, ENGINE_DOCKER, op, &id, 2, why);
}

TEST(queue_runs_and_tells_the_result)
{
    struct rig r;

    rig_open(&r);
    fake_put(&r.f, "kill.exit", "1");
    fake_put(&r.f, "kill.err", "Error: is not running\n");
    assert_int_equal(submit(&r, OP_STOP, "web", NULL), RC_OK);
    wait_results(&r.results, 1);
    assert_int_equal(r.results.list[0].rc, RC_OK);
    assert_int_equal(r.results.list[0].op, OP_STOP);
    assert_int_equal(r.results.list[0].kind, ENGINE_DOCKER);
    assert_string_equal(r.results.list[0].id.text, "web");
    assert_int_equal(fake_calls(&r.f, "-", " stop -t 2 web"), 1);
    assert_int_equal(submit(&r, OP_KILL, "web", NULL), RC_OK);
    wait_results(&r.results, 2);
    assert_int_equal(r.results.list[1].rc, RC_FAILED);
    assert_string_equal(r.results.list[1].why.text, "Error: is not running");
    rig_close(&r);
}

TEST(queue_has_one_action_per_container)
{
    struct fault why = {0};
    struct rig r;

    rig_open(&r);
    fake_put(&r.f, "stop.mode", "hold");
    assert_int_equal(submit(&r, OP_STOP, "web", NULL), RC_OK);
    assert_int_equal(submit(&r, OP_START, "web", &why), RC_DENIED);
    assert_true(why.text[0] != '\0');
    assert_int_equal(submit(&r, OP_START, "db", NULL), RC_OK);
    wait_results(&r.results, 1); /* db's, while web's still runs */
    assert_string_equal(r.results.list[0].id.text, "db");
    assert_int_equal(submit(&r, OP_KILL, "web", NULL), RC_DENIED);
    fake_put(&r.f, "stop.go", "");
    wait_results(&r.results, 2);
    assert_int_equal(submit(&r, OP_START, "web", NULL), RC_OK); /* free again once told */
    wait_results(&r.results, 3);
    rig_close(&r);
}

struct again {
    struct results results;
    struct queue *q;
    enum rc rc;
};

/* Submits the next action for the container as soon as it hears of the end of the first. */
static void take_and_submit(void *ctx, const struct queue_result *result)
{
    struct again *a = ctx;

    if (result->op == OP_STOP)
        a->rc = queue_submit(a->q, result->kind, OP_START, &result->id, 2, NULL);
    take(&a->results, result);
}

TEST(queue_takes_the_next_action_from_the_sink_of_the_first)
{
    struct valid_id web;
    struct again a = {.rc = RC_DENIED};
    struct fake f;

    fake_open(&f, ENGINE_DOCKER);
    pthread_mutex_init(&a.results.lock, NULL);
    a.q = queue_new(f.spawner, &f.where, take_and_submit, &a);
    assert_int_equal(valid_id("web", 3, &web, NULL), RC_OK);
    assert_int_equal(queue_submit(a.q, ENGINE_DOCKER, OP_STOP, &web, 2, NULL), RC_OK);
    wait_results(&a.results, 1);
    assert_int_equal(a.rc, RC_OK);
    wait_results(&a.results, 2);
    queue_free(a.q);
    pthread_mutex_destroy(&a.results.lock);
    fake_close(&f);
}

/* The most calls that ran at the same moment, by the order of their lines. */
static int most_at_once(const struct fake *f)
{
    struct buf all;
    int now = 0, most = 0;

    fake_read_calls(f, &all);
    for (const char *at = all.data; at != NULL && *at != '\0';) {
        now += (*at == '+') - (*at == '-');
        most = now > most ? now : most;
        at = strchr(at, '\n');
        at = at != NULL ? at + 1 : NULL;
    }
    buf_release(&all);
    return most;
}

TEST(queue_runs_eight_at_once_and_the_rest_in_order)
{
    struct rig r;
    char name[32];

    rig_open(&r);
    fake_put(&r.f, "stop.mode", "hold");
    for (int i = 0; i < 12; i++) {
        snprintf(name, sizeof name, "c%d", i);
        assert_int_equal(submit(&r, i < 8 ? OP_STOP : OP_START, name, NULL), RC_OK);
    }
    assert_int_equal(submit(&r, OP_START, "c11", NULL), RC_DENIED); /* it waits */
    fake_wait_calls(&r.f, "+", " stop ", QUEUE_RUNNING_MAX);
    assert_int_equal(fake_calls(&r.f, "+", " start "), 0);
    fake_put(&r.f, "stop.go", "");
    wait_results(&r.results, 12);
    assert_int_equal(most_at_once(&r.f), QUEUE_RUNNING_MAX);
    rig_close(&r);
}

/* With one place free at a time, the waiting ones must come in the order they were submitted. */
TEST(queue_line_is_first_in_first_out)
{
    struct rig r;
    char name[32];
    struct buf calls;
    const char *at;

    rig_open(&r);
    fake_put(&r.f, "kill.mode", "hold"); /* seven places for good, */
    for (int i = 0; i < 7; i++) {
        snprintf(name, sizeof name, "k%d", i);
        assert_int_equal(submit(&r, OP_KILL, name, NULL), RC_OK);
    }
    fake_put(&r.f, "stop.mode", "hold"); /* and the eighth until all others stand in line */
    assert_int_equal(submit(&r, OP_STOP, "s", NULL), RC_OK);
    for (int i = 0; i < 10; i++) {
        snprintf(name, sizeof name, "w%d", i);
        assert_int_equal(submit(&r, OP_START, name, NULL), RC_OK);
    }
    fake_put(&r.f, "stop.go", "");
    wait_results(&r.results, 11);
    fake_read_calls(&r.f, &calls);
    at = calls.data;
    for (int i = 0; i < 10; i++) {
        snprintf(name, sizeof name, " start w%d\n", i);
        at = strstr(at, name);
        assert_non_null(at);
    }
    buf_release(&calls);
    fake_put(&r.f, "kill.go", "");
    wait_results(&r.results, 18);
    rig_close(&r);
}

TEST(queue_is_bounded)
{
    struct rig r;
    char name[32];
    int accepted = 0;

    rig_open(&r);
    fake_put(&r.f, "stop.mode", "hang");
    for (int i = 0; i < QUEUE_RUNNING_MAX + QUEUE_WAITING_MAX + 5; i++) {
        snprintf(name, sizeof name, "c%d", i);
        accepted += submit(&r, OP_STOP, name, NULL) == RC_OK;
    }
    assert_int_equal(accepted, QUEUE_RUNNING_MAX + QUEUE_WAITING_MAX);
    rig_close(&r);
}

/* Free ends what runs, even what ignores TERM, and drops what waits. */
TEST(queue_free_ends_everything)
{
    struct rig r;
    char name[32];

    rig_open(&r);
    fake_put(&r.f, "stop.mode", "deaf");
    for (int i = 0; i < 12; i++) {
        snprintf(name, sizeof name, "c%d", i);
        assert_int_equal(submit(&r, OP_STOP, name, NULL), RC_OK);
    }
    fake_wait_calls(&r.f, "+", " stop ", QUEUE_RUNNING_MAX);
    queue_free(r.q);
    r.q = NULL;
    assert_false(fake_any_alive(&r.f));
    assert_int_equal(fake_calls(&r.f, "+", " stop "), QUEUE_RUNNING_MAX);
    for (size_t i = 0; i < count(&r.results); i++)
        assert_int_equal(r.results.list[i].rc, RC_CANCELLED);
    rig_close(&r);
}

TEST(queue_refuses_once_it_is_stopped)
{
    struct rig r;

    rig_open(&r);
    queue_stop(r.q);
    assert_int_equal(submit(&r, OP_STOP, "web", NULL), RC_CANCELLED);
    rig_close(&r);
    queue_free(NULL);
}

SUITE(queue, T(queue_runs_and_tells_the_result), T(queue_has_one_action_per_container),
      T(queue_takes_the_next_action_from_the_sink_of_the_first),
      T(queue_runs_eight_at_once_and_the_rest_in_order), T(queue_line_is_first_in_first_out),
      T(queue_is_bounded), T(queue_free_ends_everything), T(queue_refuses_once_it_is_stopped))
