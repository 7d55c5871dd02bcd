/* test_sampler.c - asks while it is wanted, and not once more. Against a fake docker; nothing waits
 * for a time to pass but the sampler itself. */
#include "core/refresh/sampler.h"
#include "tests/unit/fake_engine.h"
#include <pthread.h>

#define ID_A "a0123456789"
#define ID_B "b0123456789"
#define ROW_A "{\"ID\":\"" ID_A "\",\"CPUPerc\":\"12.5%\",\"MemUsage\":\"1MiB / 2MiB\"}\n"

struct rig {
    struct fake f;
    pthread_mutex_t lock; /* guards the next three */
    int answers, failures;
    size_t rows; /* of the last answer */
    struct sampler *sampler;
};

static void take(void *ctx, enum engine_kind kind, struct sample *answer)
{
    struct rig *r = ctx;

    assert_int_equal(kind, ENGINE_DOCKER);
    pthread_mutex_lock(&r->lock);
    if (answer == NULL) {
        r->failures++;
    } else {
        r->answers++;
        r->rows = answer->count;
        mem_free(answer->list);
    }
    pthread_mutex_unlock(&r->lock);
}

static int answers(struct rig *r)
{
    int n;

    pthread_mutex_lock(&r->lock);
    n = r->answers;
    pthread_mutex_unlock(&r->lock);
    return n;
}

static int failures(struct rig *r)
{
    int n;

    pthread_mutex_lock(&r->lock);
    n = r->failures;
    pthread_mutex_unlock(&r->lock);
    return n;
}

#define UNTIL(condition)                                                                           \
    for (int64_t end_ = clock_ms() + FAKE_PATIENCE_MS; !(condition); cancel_wait_ms(NULL, 2))      \
        if (clock_ms() > end_)                                                                     \
    fail_msg("never came: %s", #condition)

static void rig_open(struct rig *r)
{
    memset(r, 0, sizeof *r);
    fake_open(&r->f, ENGINE_DOCKER);
    fake_put(&r->f, "stats.out", ROW_A);
    pthread_mutex_init(&r->lock, NULL);
    r->sampler = sampler_new(r->f.spawner, &r->f.where, ENGINE_DOCKER, take, r);
}

static void rig_close(struct rig *r)
{
    sampler_free(r->sampler);
    assert_false(fake_any_alive(&r->f));
    pthread_mutex_destroy(&r->lock);
    fake_close(&r->f);
}

static void want(struct rig *r, bool all, const char *id)
{
    struct sampler_want w = {.all = all, .one = id != NULL};

    if (id != NULL)
        assert_int_equal(valid_id(id, strlen(id), &w.id, NULL), RC_OK);
    sampler_want(r->sampler, &w);
}

TEST(asks_again_and_again_for_the_one_that_is_looked_at)
{
    struct rig r;

    rig_open(&r);
    want(&r, false, ID_A);
    UNTIL(answers(&r) >= 2);
    assert_true(fake_calls(&r.f, "+", "stats --no-stream --no-trunc --format json " ID_A) >= 2);
    assert_int_equal(r.rows, 1);
    rig_close(&r);
}

TEST(asks_for_all_without_a_name)
{
    struct rig r;

    rig_open(&r);
    want(&r, true, ID_A);
    UNTIL(answers(&r) >= 1);
    assert_int_equal(fake_calls(&r.f, "+", ID_A), 0);
    rig_close(&r);
}

TEST(a_want_that_ends_ends_the_child)
{
    struct rig r;

    rig_open(&r);
    fake_put(&r.f, "stats.mode", "hang");
    want(&r, false, ID_A);
    fake_wait_calls(&r.f, "+", "stats", 1);
    want(&r, false, NULL);
    UNTIL(!fake_any_alive(&r.f));
    assert_int_equal(answers(&r) + failures(&r), 0);
    rig_close(&r);
}

TEST(another_want_is_asked_at_once)
{
    struct rig r;

    rig_open(&r);
    fake_put(&r.f, "stats.mode", "hang");
    want(&r, false, ID_A);
    fake_wait_calls(&r.f, "+", ID_A, 1);
    want(&r, false, ID_A); /* the same one: no second question */
    fake_drop(&r.f, "stats.mode");
    want(&r, false, ID_B);
    fake_wait_calls(&r.f, "+", ID_B, 1);
    assert_int_equal(fake_calls(&r.f, "+", ID_A), 1);
    rig_close(&r);
}

TEST(an_engine_that_refuses_is_told_and_asked_again)
{
    struct rig r;

    rig_open(&r);
    fake_put(&r.f, "stats.exit", "1");
    want(&r, true, NULL);
    UNTIL(failures(&r) == 1);
    fake_drop(&r.f, "stats.exit");
    UNTIL(answers(&r) == 1);
    rig_close(&r);
}

TEST(ends_while_the_engine_hangs)
{
    struct rig r;

    rig_open(&r);
    fake_put(&r.f, "stats.mode", "hang");
    want(&r, true, NULL);
    fake_wait_calls(&r.f, "+", "stats", 1);
    rig_close(&r);
}

SUITE(sampler, T(asks_again_and_again_for_the_one_that_is_looked_at),
      T(asks_for_all_without_a_name), T(a_want_that_ends_ends_the_child),
      T(another_want_is_asked_at_once), T(an_engine_that_refuses_is_told_and_asked_again),
      T(ends_while_the_engine_hangs))
