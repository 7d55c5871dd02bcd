/* The core limit: ours is lowered, every child's is what we were started with. */
#include "core/exec/cores.h"
#include "tests/unit/fake.h"
#include <pthread.h>
#include <sys/resource.h>

/* Small enough to be allowed anywhere, and nobody's default. */
#define GIVEN 12288

static struct rlimit limit_now(void)
{
    struct rlimit limit;

    assert_int_equal(getrlimit(RLIMIT_CORE, &limit), 0);
    return limit;
}

/* What this process had before, for give_back(). */
static struct rlimit start_with(rlim_t soft)
{
    struct rlimit before = limit_now(), limit = before;

    limit.rlim_cur = soft;
    if (setrlimit(RLIMIT_CORE, &limit) < 0)
        skip(); /* the hard limit is 0 here */
    return before;
}

static void give_back(struct rlimit before)
{
    assert_int_equal(setrlimit(RLIMIT_CORE, &before), 0);
}

static void child_has(const struct fake *f, struct rlimit want)
{
    struct fake_ran r;
    char line[64];

    fake_run(f, "cores", 0, &r);
    assert_int_equal(r.rc, RC_OK);
    snprintf(line, sizeof line, "%llu %llu\n", (unsigned long long)want.rlim_cur,
             (unsigned long long)want.rlim_max);
    assert_string_equal(buf_text(&r.res.out), line);
    child_result_release(&r.res);
}

TEST(cores_are_ours_until_they_are_hidden)
{
    struct rlimit before = start_with(GIVEN);
    struct fake f;

    fake_open(&f, false);
    assert_int_equal(limit_now().rlim_cur, GIVEN);
    child_has(&f, limit_now());
    fake_close(&f);
    assert_int_equal(limit_now().rlim_cur, GIVEN);
    give_back(before);
}

TEST(cores_of_a_child_are_as_the_user_set_them)
{
    struct rlimit before = start_with(GIVEN), given = limit_now();
    struct fake f;

    fake_open(&f, true);
    spawner_hide_cores(f.spawner);
    assert_int_equal(limit_now().rlim_cur, 0);
    assert_int_equal(limit_now().rlim_max, given.rlim_max);
    child_has(&f, given);
    assert_int_equal(limit_now().rlim_cur, 0);
    child_has(&f, given);
    fake_close(&f);
    assert_int_equal(limit_now().rlim_cur, 0);
    give_back(before);
}

TEST(cores_stay_off_for_a_child_if_the_user_has_none)
{
    struct rlimit before = start_with(0);
    struct fake f;

    fake_open(&f, false);
    spawner_hide_cores(f.spawner);
    child_has(&f, limit_now());
    assert_int_equal(limit_now().rlim_cur, 0);
    fake_close(&f);
    give_back(before);
}

TEST(cores_are_off_again_when_a_child_cannot_be_started)
{
    struct rlimit before = start_with(GIVEN);
    struct program prog = {.kind = ENGINE_DOCKER, .path = "/nonexistent/docker"};
    struct cmd_call call;
    struct fake_ran r;
    struct fake f;

    fake_open(&f, false);
    spawner_hide_cores(f.spawner);
    assert_int_equal(cmd_call_init(&call, &prog, OP_LIST, NULL, NULL), RC_OK);
    fake_run_call(&f, &call, NULL, &r);
    assert_int_equal(r.rc, RC_MISSING);
    child_result_release(&r.res);
    assert_int_equal(limit_now().rlim_cur, 0);
    fake_close(&f);
    give_back(before);
}

TEST(cores_are_lent_until_the_last_of_several_starts)
{
    struct rlimit before = start_with(GIVEN);
    struct cores c;

    cores_init(&c);
    cores_hide(&c);
    cores_lend(&c);
    cores_lend(&c);
    assert_int_equal(limit_now().rlim_cur, GIVEN);
    cores_take_back(&c);
    assert_int_equal(limit_now().rlim_cur, GIVEN);
    cores_take_back(&c);
    assert_int_equal(limit_now().rlim_cur, 0);
    cores_release(&c);
    give_back(before);
}

#define THREADS 8
#define ROUNDS 10

static void *start_many(void *arg)
{
    const struct fake *f = arg;
    size_t wrong = 0;

    for (int i = 0; i < ROUNDS; i++) {
        struct program prog = {.kind = ENGINE_DOCKER};
        struct child_result res = {0};
        struct cmd_call call;

        snprintf(prog.path, sizeof prog.path, "%s/fault-cores", f->folder);
        wrong += cmd_call_init(&call, &prog, OP_LIST, NULL, NULL) != RC_OK ||
                 child_run(f->spawner, &call, NULL, &res, NULL) != RC_OK ||
                 strncmp(buf_text(&res.out), "12288 ", 6) != 0;
        child_result_release(&res);
    }
    return (void *)wrong;
}

TEST(cores_are_right_for_each_of_many_children_started_at_once)
{
    struct rlimit before = start_with(GIVEN);
    pthread_t threads[THREADS];
    struct program prog;
    struct fake f;

    fake_open(&f, false);
    fake_program(&f, ENGINE_DOCKER, "cores", &prog);
    spawner_hide_cores(f.spawner);
    for (size_t i = 0; i < THREADS; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, start_many, &f), 0);
    for (size_t i = 0; i < THREADS; i++) {
        void *wrong = NULL;

        assert_int_equal(pthread_join(threads[i], &wrong), 0);
        assert_null(wrong);
    }
    assert_int_equal(limit_now().rlim_cur, 0);
    fake_close(&f);
    give_back(before);
}

SUITE(cores, T(cores_are_ours_until_they_are_hidden), T(cores_of_a_child_are_as_the_user_set_them),
      T(cores_stay_off_for_a_child_if_the_user_has_none),
      T(cores_are_off_again_when_a_child_cannot_be_started),
      T(cores_are_lent_until_the_last_of_several_starts),
      T(cores_are_right_for_each_of_many_children_started_at_once))
