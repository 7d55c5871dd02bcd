/* test_child.c - child_run() against commands that misbehave in every way we know of. */
#include "core/base/cancel.h"
#include "core/exec/child.h"
#include "tests/unit/fake.h"
#include <pthread.h>
#include <sys/resource.h>

TEST(child_exit_codes_and_signals_come_back)
{
    struct fake f;
    struct fake_ran r;

    fake_open(&f, false);
    fake_run(&f, "exit-0", 0, &r);
    assert_int_equal(r.rc, RC_OK);
    assert_int_equal(r.res.exit_code, 0);
    child_result_release(&r.res);
    fake_run(&f, "exit-125", 0, &r);
    assert_int_equal(r.rc, RC_OK);
    assert_int_equal(r.res.exit_code, 125);
    assert_int_equal(r.res.sig, 0);
    child_result_release(&r.res);
    fake_run(&f, "die-9", 0, &r);
    assert_int_equal(r.rc, RC_OK);
    assert_int_equal(r.res.exit_code, -1);
    assert_int_equal(r.res.sig, SIGKILL);
    child_result_release(&r.res);
    child_result_release(NULL);
    fake_close(&f);
}

TEST(child_gets_exactly_its_words)
{
    struct program prog;
    struct cmd_call call;
    struct valid_id id;
    struct fake f;
    struct fake_ran r;
    char want[SYS_PATH_MAX + 64];

    fake_open(&f, false);
    fake_program(&f, ENGINE_PODMAN, "argv", &prog);
    assert_int_equal(valid_id("web_1.x", 7, &id, NULL), RC_OK);
    assert_int_equal(cmd_call_init(&call, &prog, OP_STOP,
                                   &(struct cmd_args){.ids = &id, .id_count = 1, .seconds = 5},
                                   NULL),
                     RC_OK);
    fake_run_call(&f, &call, NULL, &r);
    snprintf(want, sizeof want, "%s\nstop\n-t\n5\nweb_1.x\n", prog.path);
    assert_string_equal(buf_text(&r.res.out), want);
    child_result_release(&r.res);
    fake_close(&f);
}

TEST(child_environment_is_made_from_nothing)
{
    struct fake f;
    struct fake_ran r;
    char tmpdir[128];

    fake_open(&f, false);
    assert_int_equal(setenv("CK_TEST_LEAK", "1", 1), 0);
    fake_run(&f, "env", 0, &r);
    unsetenv("CK_TEST_LEAK");
    snprintf(tmpdir, sizeof tmpdir, "\nTMPDIR=%s\n", f.folder);
    assert_non_null(strstr(buf_text(&r.res.out), "\nHOME=/nonexistent\n"));
    assert_non_null(strstr(buf_text(&r.res.out), "\nDOCKER_HOST=unix:///d\n"));
    assert_non_null(strstr(buf_text(&r.res.out), tmpdir));
    assert_null(strstr(buf_text(&r.res.out), "SECRET"));
    assert_null(strstr(buf_text(&r.res.out), "CK_TEST_LEAK"));
    child_result_release(&r.res);
    fake_close(&f);
}

/* Also when a library left descriptors open that are not closed on exec, and whatever signals we
 * ignore or block. */
TEST(child_inherits_three_descriptors_and_default_signals)
{
    sigset_t term, before;
    struct fake f;
    struct fake_ran r;
    int leak, high;

    fake_open(&f, true);
    leak = open("/dev/null", O_RDONLY);
    high = fcntl(leak, F_DUPFD, 700);
    assert_true(leak >= 0 && high >= 700);
    signal(SIGHUP, SIG_IGN);
    sigemptyset(&term);
    sigaddset(&term, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &term, &before);
    fake_run(&f, "state", 0, &r);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    signal(SIGHUP, SIG_DFL);
    close(leak);
    close(high);
    assert_string_equal(buf_text(&r.res.out), "fds 0 1 2\nfolder /\nleader yes\nsignals\n");
    child_result_release(&r.res);
    fake_close(&f);
}

static void swap_out(int kept[3])
{
    for (int fd = 0; fd < 3; fd++) {
        kept[fd] = fcntl(fd, F_DUPFD_CLOEXEC, 100);
        close(fd);
    }
}

static void swap_in(const int kept[3])
{
    for (int fd = 0; fd < 3; fd++) {
        if (kept[fd] >= 0) {
            dup2(kept[fd], fd);
            close(kept[fd]);
        }
    }
}

/* None of our ends may become our own 1 or 2: what we log would go down to the child. */
TEST(child_works_when_our_own_0_1_and_2_are_closed)
{
    struct program prog;
    struct cmd_call call;
    struct spawned c;
    struct fake f;
    struct fake_ran r;
    int kept[3], code, sig;
    enum rc rc;

    fake_open(&f, false);
    fake_call(&f, OP_LIST, "both-5", &prog, &call);
    call.stdin_bytes = "";
    swap_out(kept);
    fake_run_call(&f, &call, NULL, &r);
    rc = spawner_start(f.spawner, &call, &c, NULL);
    swap_in(kept);
    assert_int_equal(r.rc, RC_OK);
    assert_string_equal(buf_text(&r.res.out), "ooooo");
    assert_string_equal(buf_text(&r.res.err), "eeeee");
    child_result_release(&r.res);
    assert_int_equal(rc, RC_OK);
    assert_true(c.in > 2 && c.out > 2 && c.err > 2);
    FAKE_WAIT(spawner_exited(&c));
    spawner_reap(f.spawner, &c, &code, &sig);
    assert_int_equal(code, 0);
    fake_close(&f);
}

/* Far more than two pipes hold: a reader that waits for one of them would wait for ever. */
TEST(child_both_outputs_are_drained_at_once)
{
    struct fake f;
    struct fake_ran r;

    fake_open(&f, false);
    fake_run(&f, "both-1000000", FAKE_PATIENCE_MS, &r);
    assert_int_equal(r.rc, RC_OK);
    assert_int_equal(r.res.out.len, 1000000);
    assert_int_equal(r.res.err.len, 1000000);
    child_result_release(&r.res);
    fake_close(&f);
}

static void login(const struct fake *f, const char *name, const void *secret, size_t len,
                  struct fake_ran *r)
{
    struct program prog;
    struct cmd_call call;
    struct valid_host host;
    struct valid_user user;
    struct cmd_args args = {.host = &host, .user = &user, .secret = secret, .secret_len = len};

    fake_program(f, ENGINE_DOCKER, name, &prog);
    assert_int_equal(valid_host("r.io", 4, &host, NULL), RC_OK);
    assert_int_equal(valid_user("u", 1, &user, NULL), RC_OK);
    assert_int_equal(cmd_call_init(&call, &prog, OP_LOGIN, &args, NULL), RC_OK);
    call.timeout_ms = FAKE_PATIENCE_MS;
    fake_run_call(f, &call, NULL, r);
}

TEST(child_stdin_gets_the_bytes_and_ends)
{
    size_t len = 300000; /* more than a pipe holds, echoed: both ways at once */
    char *secret = malloc(len);
    struct fake f;
    struct fake_ran r;

    assert_non_null(secret);
    memset(secret, 's', len);
    fake_open(&f, false);
    login(&f, "echo-stdin", secret, len, &r);
    assert_int_equal(r.rc, RC_OK);
    assert_int_equal(r.res.out.len, len);
    assert_memory_equal(r.res.out.data, secret, len);
    child_result_release(&r.res);
    free(secret);
    fake_close(&f);
}

TEST(child_that_does_not_read_stdin_raises_no_sigpipe)
{
    size_t len = 300000;
    char *secret = calloc(1, len);
    struct fake f;
    struct fake_ran r;

    assert_non_null(secret);
    signal(SIGPIPE, SIG_DFL); /* it must not depend on main() */
    fake_open(&f, false);
    login(&f, "exit-3", secret, len, &r);
    signal(SIGPIPE, SIG_IGN);
    assert_int_equal(r.rc, RC_OK);
    assert_int_equal(r.res.exit_code, 3);
    child_result_release(&r.res);
    free(secret);
    fake_close(&f);
}

TEST(child_without_a_secret_reads_nothing)
{
    struct fake f;
    struct fake_ran r;

    fake_open(&f, false);
    fake_run(&f, "echo-stdin", FAKE_PATIENCE_MS, &r);
    assert_int_equal(r.rc, RC_OK);
    assert_int_equal(r.res.out.len, 0);
    child_result_release(&r.res);
    fake_close(&f);
}

TEST(child_past_its_deadline_gets_term)
{
    struct fake f;
    struct fake_ran r;

    fake_open(&f, false);
    fake_run_until_said(&f, OP_LIST, "hang", &r);
    assert_int_equal(r.rc, RC_TIMEOUT);
    assert_int_equal(r.res.sig, SIGTERM);
    assert_string_equal(buf_text(&r.res.out), "ready\n"); /* what had come is kept */
    assert_true(strncmp(r.why.text, "Docker did not answer", 21) == 0);
    child_result_release(&r.res);
    fake_close(&f);
}

TEST(child_that_stopped_itself_still_ends_on_term)
{
    struct fake f;
    struct fake_ran r;

    fake_open(&f, false);
    fake_run_until_said(&f, OP_LIST, "stopped", &r);
    assert_int_equal(r.rc, RC_TIMEOUT);
    assert_int_equal(r.res.sig, SIGTERM);
    child_result_release(&r.res);
    fake_close(&f);
}

TEST(child_that_ignores_term_is_killed)
{
    struct fake f;
    struct fake_ran r;

    fake_open(&f, false);
    fake_run_until_said(&f, OP_LIST, "ignore-term", &r);
    assert_int_equal(r.rc, RC_TIMEOUT);
    assert_int_equal(r.res.sig, SIGKILL);
    child_result_release(&r.res);
    fake_close(&f);
}

TEST(child_ends_when_cancelled_from_another_thread)
{
    struct cancel *stop = cancel_new();
    struct program prog;
    struct cmd_call call;
    pthread_t thread;
    struct fake f;
    struct fake_ran r;

    fake_open(&f, false);
    fake_call(&f, OP_LIST, "hang", &prog, &call);
    assert_int_equal(pthread_create(&thread, NULL, fake_pull, stop), 0);
    fake_run_call(&f, &call, stop, &r);
    assert_int_equal(pthread_join(thread, NULL), 0);
    assert_int_equal(r.rc, RC_CANCELLED);
    assert_int_equal(r.res.sig, SIGTERM);
    child_result_release(&r.res);
    cancel_free(stop);
    fake_close(&f);
}

/* There is nothing to start, and it does not get as far as to notice. */
TEST(child_is_not_started_when_already_cancelled)
{
    struct cancel *stop = cancel_new();
    struct program prog;
    struct cmd_call call;
    struct fake f;
    struct fake_ran r;

    fake_open(&f, false);
    fake_call(&f, OP_LIST, "gone", &prog, &call);
    unlink(prog.path);
    cancel_trigger(stop);
    fake_run_call(&f, &call, stop, &r);
    assert_int_equal(r.rc, RC_CANCELLED);
    child_result_release(&r.res);
    cancel_free(stop);
    fake_close(&f);
}

TEST(child_that_floods_is_ended_and_memory_stays_bounded)
{
    struct program prog;
    struct cmd_call call;
    struct fake f;
    struct fake_ran r;

    fake_open(&f, false);
    fake_call(&f, OP_LIST, "flood", &prog, &call);
    call.output_max = 1000000;
    fake_run_call(&f, &call, NULL, &r);
    assert_int_equal(r.rc, RC_TOO_BIG);
    assert_int_equal(r.res.out.len, 1000000);
    assert_true(r.res.out.size <= 2 * 1000000);
    assert_non_null(strstr(r.why.text, "too much"));
    child_result_release(&r.res);
    fake_close(&f);
}

/* Its end is seen in the same moment as its last words, which are over the cap. */
TEST(child_over_its_cap_is_too_big_even_if_it_ended_already)
{
    struct program prog;
    struct cmd_call call;
    struct fake f;
    struct fake_ran r;

    fake_open(&f, false);
    fake_call(&f, OP_LIST, "bytes-1001", &prog, &call);
    call.output_max = 1000;
    fake_run_call(&f, &call, NULL, &r);
    assert_int_equal(r.rc, RC_TOO_BIG);
    assert_int_equal(r.res.out.len, 1000);
    child_result_release(&r.res);
    call.output_max = 1001;
    fake_run_call(&f, &call, NULL, &r);
    assert_int_equal(r.rc, RC_OK);
    assert_int_equal(r.res.out.len, 1001);
    child_result_release(&r.res);
    fake_close(&f);
}

/* An exit with a pipe still held by a grandchild: the command's result, soon, and the grandchild
 * goes with its group although it ignores TERM. */
TEST(child_result_comes_though_a_grandchild_holds_the_pipe)
{
    struct fake f;
    struct fake_ran r;
    pid_t pid;

    fake_open(&f, false);
    fake_run(&f, "grandchild-holds-pipe", FAKE_PATIENCE_MS, &r);
    assert_int_equal(r.rc, RC_OK);
    assert_int_equal(r.res.exit_code, 0);
    assert_true(r.res.took_ms < FAKE_PATIENCE_MS); /* the grandchild would take a minute */
    pid = (pid_t)strtol(buf_text(&r.res.out), NULL, 10);
    assert_true(pid > 1);
    FAKE_WAIT(!fake_lives(pid));
    child_result_release(&r.res);
    fake_close(&f);
}

TEST(child_that_closed_its_pipes_and_lives_is_waited_for)
{
    struct fake f;
    struct fake_ran r;

    fake_open(&f, false);
    fake_run_until_said(&f, OP_LIST, "close-and-live", &r);
    assert_int_equal(r.rc, RC_TIMEOUT);
    assert_int_equal(r.res.sig, SIGTERM);
    assert_string_equal(buf_text(&r.res.out), "last words\n");
    child_result_release(&r.res);
    fake_close(&f);
}

TEST(child_that_cannot_be_started_says_why)
{
    struct program prog;
    struct cmd_call call;
    struct fake f;
    struct fake_ran r;
    int fd;

    fake_open(&f, true);
    fake_call(&f, OP_LIST, "gone", &prog, &call);
    unlink(prog.path);
    fake_run_call(&f, &call, NULL, &r);
    assert_int_equal(r.rc, RC_MISSING);
    assert_non_null(strstr(r.why.text, prog.path));
    child_result_release(&r.res);
    fd = open(prog.path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600); /* may not be executed */
    assert_true(fd >= 0);
    fake_run_call(&f, &call, NULL, &r);
    assert_int_equal(r.rc, RC_DENIED);
    child_result_release(&r.res);
    assert_int_equal(fchmod(fd, 0700), 0);
    assert_int_equal(write(fd, "no program", 10), 10);
    close(fd);
    fake_run_call(&f, &call, NULL, &r);
    assert_int_equal(r.rc, RC_DENIED);
    child_result_release(&r.res);
    fake_close(&f);
}

TEST(child_results_use_their_memory_again)
{
    struct child_result res = {0};
    struct program prog;
    struct cmd_call call;
    struct fake f;
    char *first;

    fake_open(&f, false);
    fake_call(&f, OP_LIST, "both-5000", &prog, &call);
    assert_int_equal(child_run(f.spawner, &call, NULL, &res, NULL), RC_OK);
    assert_int_equal(res.out.len, 5000);
    first = res.out.data;
    fake_call(&f, OP_LIST, "exit-0", &prog, &call);
    assert_int_equal(child_run(f.spawner, &call, NULL, &res, NULL), RC_OK);
    assert_ptr_equal(res.out.data, first);
    assert_int_equal(res.out.len, 0);
    child_result_release(&res);
    fake_close(&f);
}

#define THREADS 16
#define ROUNDS 6

static void *many(void *arg)
{
    static const char *const names[] = {"both-70000", "exit-7", "die-9", "lines-50", "flood"};
    const struct fake *f = arg;
    size_t wrong = 0;

    for (int i = 0; i < ROUNDS; i++) {
        const char *name = names[i % countof(names)];
        struct program prog = {.kind = ENGINE_PODMAN};
        struct child_result res = {0};
        struct cmd_call call;
        enum rc rc;

        snprintf(prog.path, sizeof prog.path, "%s/fault-%s", f->folder, name);
        if (cmd_call_init(&call, &prog, OP_LIST, NULL, NULL) != RC_OK)
            return (void *)1;
        call.output_max = 100000;
        rc = child_run(f->spawner, &call, NULL, &res, NULL);
        wrong += rc != (strcmp(name, "flood") == 0 ? RC_TOO_BIG : RC_OK);
        wrong += strcmp(name, "exit-7") == 0 && res.exit_code != 7;
        wrong += strcmp(name, "die-9") == 0 && res.sig != SIGKILL;
        wrong += strcmp(name, "both-70000") == 0 && res.err.len != 70000;
        child_result_release(&res);
    }
    return (void *)wrong;
}

TEST(child_many_threads_at_once_leak_nothing)
{
    static const char *const names[] = {"both-70000", "exit-7", "die-9", "lines-50", "flood"};
    pthread_t threads[THREADS];
    struct program prog;
    struct fake f;
    int fds;

    fds = fake_fds();
    fake_open(&f, true);
    for (size_t i = 0; i < countof(names); i++)
        fake_program(&f, ENGINE_PODMAN, names[i], &prog);
    for (size_t i = 0; i < THREADS; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, many, &f), 0);
    for (size_t i = 0; i < THREADS; i++) {
        void *wrong = NULL;

        assert_int_equal(pthread_join(threads[i], &wrong), 0);
        assert_null(wrong);
    }
    fake_close(&f);
    assert_int_equal(fake_fds(), fds);
}

#define FEW_FDS 64

/* One after the other, each descriptor that a start needs cannot be had. */
static void start_without_fds(const struct fake *f, enum op op)
{
    int taken[FEW_FDS], count = 0;
    struct program prog;
    struct cmd_call call;
    struct fake_ran r;

    fake_call(f, op, "exit-0", &prog, &call);
    while (count < FEW_FDS && (taken[count] = fcntl(0, F_DUPFD_CLOEXEC, 0)) >= 0)
        count++;
    for (int spare = 0; spare < 4; spare++) {
        int fds = fake_fds();

        fake_run_call(f, &call, NULL, &r);
        assert_int_equal(r.rc, RC_IO);
        assert_int_equal(r.why.sys, EMFILE);
        child_result_release(&r.res);
        assert_int_equal(fake_fds(), fds);
        close(taken[--count]);
    }
    fake_run_call(f, &call, NULL, &r);
    assert_int_equal(r.rc, RC_OK);
    child_result_release(&r.res);
    while (count > 0)
        close(taken[--count]);
}

TEST(child_without_descriptors_left_fails_and_leaks_nothing)
{
    struct rlimit limit, few;
    struct fake f;

    fake_open(&f, false);
    assert_int_equal(getrlimit(RLIMIT_NOFILE, &limit), 0);
    few = limit;
    few.rlim_cur = FEW_FDS;
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &few), 0);
    start_without_fds(&f, OP_LIST);
    start_without_fds(&f, OP_SERVICE_START);
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &limit), 0);
    fake_close(&f);
}

SUITE(child, T(child_exit_codes_and_signals_come_back), T(child_gets_exactly_its_words),
      T(child_environment_is_made_from_nothing),
      T(child_inherits_three_descriptors_and_default_signals),
      T(child_works_when_our_own_0_1_and_2_are_closed), T(child_both_outputs_are_drained_at_once),
      T(child_stdin_gets_the_bytes_and_ends), T(child_that_does_not_read_stdin_raises_no_sigpipe),
      T(child_without_a_secret_reads_nothing), T(child_past_its_deadline_gets_term),
      T(child_that_stopped_itself_still_ends_on_term), T(child_that_ignores_term_is_killed),
      T(child_ends_when_cancelled_from_another_thread),
      T(child_is_not_started_when_already_cancelled),
      T(child_that_floods_is_ended_and_memory_stays_bounded),
      T(child_over_its_cap_is_too_big_even_if_it_ended_already),
      T(child_result_comes_though_a_grandchild_holds_the_pipe),
      T(child_that_closed_its_pipes_and_lives_is_waited_for),
      T(child_that_cannot_be_started_says_why), T(child_results_use_their_memory_again),
      T(child_many_threads_at_once_leak_nothing),
      T(child_without_descriptors_left_fails_and_leaks_nothing))
