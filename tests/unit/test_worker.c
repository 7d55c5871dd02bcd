/* test_worker.c - worker.h and cancel.h: pokes, times, descriptors, stopping. */
#include "core/base/clock.h"
#include "core/base/mem.h"
#include "core/base/sys.h"
#include "core/base/worker.h"
#include "tests/unit/unit.h"
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <unistd.h>

#define PATIENCE_MS 20000 /* generous: a test that needs it has failed */

/* Evaluates cond until it is true; fails the test if it never becomes so. */
#define WAIT(cond)                                                                                 \
    do {                                                                                           \
        int64_t end_ms = clock_ms() + PATIENCE_MS;                                                 \
        while (!(cond) && clock_ms() < end_ms)                                                     \
            (void)poll(NULL, 0, 1);                                                                \
        assert_true(cond);                                                                         \
    } while (0)

/* What the work functions share with a test. Everything that crosses threads is atomic. */
struct state {
    atomic_int rounds;
    atomic_int seen;    /* bytes read, or whatever a test counts */
    atomic_bool inside; /* work() is in progress */
    atomic_bool go;     /* lets a waiting work() return */
    int64_t again_ms;
    struct worker *w;
    int fd;
    char name[SYS_THREAD_NAME_MAX];
};

static int64_t count(void *ctx, struct cancel *stop)
{
    struct state *s = ctx;

    assert_non_null(stop);
    atomic_fetch_add(&s->rounds, 1);
    return s->again_ms;
}

TEST(worker_is_called_at_once_and_then_sleeps)
{
    struct state s = {.again_ms = WORKER_SLEEP};
    struct worker *w = worker_new("test", count, &s);

    WAIT(atomic_load(&s.rounds) == 1);
    worker_poke(w);
    WAIT(atomic_load(&s.rounds) == 2);
    worker_free(w);
    assert_int_equal(atomic_load(&s.rounds), 2);
    worker_free(NULL);
}

TEST(worker_comes_back_when_its_time_has_passed)
{
    struct state s = {.again_ms = 5};
    int64_t start = clock_ms();
    struct worker *w = worker_new("test", count, &s);

    WAIT(atomic_load(&s.rounds) >= 5);
    assert_true(clock_ms() - start >= 4 * 5);
    worker_free(w);
}

TEST(worker_with_a_far_time_can_be_poked_and_stopped)
{
    struct state s = {.again_ms = INT64_C(1) << 32};
    struct worker *w = worker_new("test", count, &s);

    WAIT(atomic_load(&s.rounds) == 1);
    worker_poke(w);
    WAIT(atomic_load(&s.rounds) == 2);
    worker_free(w);
    assert_int_equal(atomic_load(&s.rounds), 2); /* 50 days do not become no time at all */
}

/* Stays inside until told to go, or stopped. */
static int64_t stay(void *ctx, struct cancel *stop)
{
    struct state *s = ctx;

    atomic_fetch_add(&s->rounds, 1);
    atomic_store(&s->inside, true);
    while (!atomic_load(&s->go) && !cancel_wait_ms(stop, 1))
        continue;
    atomic_store(&s->inside, false);
    return WORKER_SLEEP;
}

TEST(worker_pokes_during_the_work_make_one_more_round)
{
    struct state s = {0};
    struct worker *w = worker_new("test", stay, &s);

    WAIT(atomic_load(&s.inside));
    for (int i = 0; i < 100000; i++) /* more than the pipe holds: none may block */
        worker_poke(w);
    assert_int_equal(atomic_load(&s.rounds), 1);
    atomic_store(&s.go, true);
    WAIT(atomic_load(&s.rounds) == 2 && !atomic_load(&s.inside));
    worker_poke(w);
    WAIT(atomic_load(&s.rounds) == 3);
    worker_free(w);
    assert_int_equal(atomic_load(&s.rounds), 3);
}

static int64_t wait_for_stop(void *ctx, struct cancel *stop)
{
    struct state *s = ctx;

    atomic_store(&s->inside, true);
    if (cancel_wait_ms(stop, PATIENCE_MS))
        atomic_fetch_add(&s->seen, 1);
    return 0;
}

TEST(worker_free_ends_a_wait_inside_the_work)
{
    struct state s = {0};
    struct worker *w = worker_new("test", wait_for_stop, &s);

    WAIT(atomic_load(&s.inside));
    worker_free(w);
    assert_int_equal(atomic_load(&s.seen), 1); /* stopped, and not called again */
}

TEST(worker_may_be_freed_at_once)
{
    struct state s = {.again_ms = 0};

    for (int i = 0; i < 200; i++)
        worker_free(worker_new("brief", count, &s));
    assert_true(atomic_load(&s.rounds) <= 200 * 1000);
}

static int64_t read_watched(void *ctx, struct cancel *stop)
{
    struct state *s = ctx;
    char bytes[16];
    ssize_t n = 0;

    (void)stop;
    if (atomic_fetch_add(&s->rounds, 1) == 0) {
        while (!atomic_load(&s->go)) /* until the test has put our worker into *s */
            (void)poll(NULL, 0, 1);
        worker_watch(s->w, s->fd);
    }
    n = read(s->fd, bytes, sizeof bytes);
    if (n > 0)
        atomic_fetch_add(&s->seen, (int)n);
    if (n == 0) {
        worker_watch(s->w, -1); /* the end would be readable for ever */
        atomic_store(&s->inside, true);
    }
    return WORKER_SLEEP;
}

TEST(worker_is_called_when_its_descriptor_is_readable)
{
    struct state s = {0};
    int ends[2], rounds = 0;

    assert_int_equal(sys_pipe(ends), 0);
    assert_int_equal(fcntl(ends[0], F_SETFL, O_NONBLOCK), 0);
    s.fd = ends[0];
    s.w = worker_new("test", read_watched, &s);
    atomic_store(&s.go, true);
    assert_int_equal(write(ends[1], "abc", 3), 3);
    WAIT(atomic_load(&s.seen) == 3);
    assert_int_equal(write(ends[1], "de", 2), 2);
    WAIT(atomic_load(&s.seen) == 5);
    close(ends[1]);
    WAIT(atomic_load(&s.inside));
    rounds = atomic_load(&s.rounds);
    worker_poke(s.w);
    WAIT(atomic_load(&s.rounds) == rounds + 1);
    worker_free(s.w);
    close(ends[0]);
}

static int64_t look_at_thread(void *ctx, struct cancel *stop)
{
    struct state *s = ctx;
    sigset_t blocked;

    (void)stop;
    sys_thread_name_get(s->name);
    assert_int_equal(pthread_sigmask(SIG_BLOCK, NULL, &blocked), 0);
    atomic_store(&s->seen,
                 sigismember(&blocked, SIGTERM) == 1 && sigismember(&blocked, SIGSEGV) == 0);
    atomic_fetch_add(&s->rounds, 1);
    return WORKER_SLEEP;
}

TEST(worker_thread_has_its_name_and_leaves_signals_to_main)
{
    struct state s = {0};
    struct worker *w = worker_new("refresh-and-more", look_at_thread, &s);
    sigset_t here;

    WAIT(atomic_load(&s.rounds) == 1);
    worker_free(w);
    assert_string_equal(s.name, "refresh-and-mor");
    assert_int_equal(atomic_load(&s.seen), 1);
    assert_int_equal(pthread_sigmask(SIG_BLOCK, NULL, &here), 0);
    assert_int_equal(sigismember(&here, SIGTERM), 0);
}

static void *poke_many(void *w)
{
    for (int i = 0; i < 2000; i++)
        worker_poke(w);
    return NULL;
}

TEST(worker_takes_pokes_from_many_threads)
{
    struct state s = {.again_ms = WORKER_SLEEP};
    struct worker *w = worker_new("test", count, &s);
    pthread_t threads[4];
    int rounds = 0;

    for (size_t i = 0; i < countof(threads); i++)
        assert_int_equal(pthread_create(&threads[i], NULL, poke_many, w), 0);
    for (size_t i = 0; i < countof(threads); i++)
        assert_int_equal(pthread_join(threads[i], NULL), 0);
    rounds = atomic_load(&s.rounds);
    worker_poke(w);
    WAIT(atomic_load(&s.rounds) > rounds);
    worker_free(w);
    assert_true(atomic_load(&s.rounds) <= 2 + 4 * 2000);
}

TEST(cancel_of_nobody_is_never_set)
{
    int64_t start = clock_ms();

    assert_false(cancel_is_set(NULL));
    assert_int_equal(cancel_fd(NULL), -1);
    assert_false(cancel_wait_ms(NULL, 10));
    assert_true(clock_ms() - start >= 10);
    cancel_free(NULL);
}

TEST(cancel_is_readable_for_ever_once_triggered)
{
    struct cancel *c = cancel_new();
    struct pollfd p = {.fd = cancel_fd(c), .events = POLLIN};

    assert_false(cancel_is_set(c));
    assert_int_equal(poll(&p, 1, 0), 0);
    assert_false(cancel_wait_ms(c, 0));
    assert_false(cancel_wait_ms(c, -5));
    assert_true((fcntl(p.fd, F_GETFD) & FD_CLOEXEC) != 0);
    for (int i = 0; i < 100000; i++) /* more than a pipe holds: none may block */
        cancel_trigger(c);
    for (int i = 0; i < 3; i++) {
        assert_int_equal(poll(&p, 1, 0), 1);
        assert_true(cancel_is_set(c));
        assert_true(cancel_wait_ms(c, INT64_MAX / 2));
    }
    cancel_free(c);
}

static void *trigger(void *c)
{
    (void)poll(NULL, 0, 5);
    cancel_trigger(c);
    return NULL;
}

TEST(cancel_ends_a_wait_of_another_thread)
{
    struct cancel *c = cancel_new();
    pthread_t one, two;

    assert_int_equal(pthread_create(&one, NULL, trigger, c), 0);
    assert_int_equal(pthread_create(&two, NULL, trigger, c), 0);
    assert_true(cancel_wait_ms(c, PATIENCE_MS));
    assert_int_equal(pthread_join(one, NULL), 0);
    assert_int_equal(pthread_join(two, NULL), 0);
    cancel_free(c);
}

SUITE(worker, T(worker_is_called_at_once_and_then_sleeps),
      T(worker_comes_back_when_its_time_has_passed),
      T(worker_with_a_far_time_can_be_poked_and_stopped),
      T(worker_pokes_during_the_work_make_one_more_round),
      T(worker_free_ends_a_wait_inside_the_work), T(worker_may_be_freed_at_once),
      T(worker_is_called_when_its_descriptor_is_readable),
      T(worker_thread_has_its_name_and_leaves_signals_to_main),
      T(worker_takes_pokes_from_many_threads), T(cancel_of_nobody_is_never_set),
      T(cancel_is_readable_for_ever_once_triggered), T(cancel_ends_a_wait_of_another_thread))
