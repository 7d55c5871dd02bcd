/* test_detach.c - rows that leave daemons in their process group: these are never signalled, not
 * after an exit, not past a deadline, not at Quit, and nothing that we close kills them. */
#include "core/base/cancel.h"
#include "tests/unit/fake.h"
#include <pthread.h>

/* A detaching command: its daemon, in the same group and writing to what it inherited, lives on. */
TEST(detach_leaves_its_daemon_alone)
{
    struct program prog;
    struct cmd_call call;
    struct fake f;
    struct fake_ran r;
    pid_t pid;

    fake_open(&f, true);
    fake_call(&f, OP_SERVICE_START, "daemon-in-group", &prog, &call);
    fake_run_call(&f, &call, NULL, &r);
    assert_int_equal(r.rc, RC_OK);
    assert_int_equal(r.res.exit_code, 0);
    pid = (pid_t)strtol(buf_text(&r.res.out), NULL, 10);
    assert_true(pid > 1);
    child_result_release(&r.res);
    fake_nap(60); /* several of its lines */
    assert_true(fake_lives(pid));
    fake_close(&f); /* the leash ends, and it must not have known it */
    fake_nap(30);
    assert_true(fake_lives(pid));
    kill(pid, SIGKILL);
}

TEST(detach_and_fails_tells_its_words)
{
    struct program prog;
    struct cmd_call call;
    struct fake f;
    struct fake_ran r;

    fake_open(&f, false);
    fake_call(&f, OP_SERVICE_START, "both-5000", &prog, &call);
    fake_run_call(&f, &call, NULL, &r);
    assert_int_equal(r.rc, RC_OK);
    assert_int_equal(r.res.out.len, 5000);
    assert_int_equal(r.res.err.len, 5000);
    child_result_release(&r.res);
    call.output_max = 100;
    fake_run_call(&f, &call, NULL, &r);
    assert_int_equal(r.rc, RC_TOO_BIG);
    child_result_release(&r.res);
    fake_close(&f);
}

/* Past its deadline a detaching command gets TERM, its family nothing. */
TEST(detach_is_ended_alone)
{
    struct fake f;
    struct fake_ran r;
    pid_t pid;

    fake_open(&f, false);
    fake_run_until_said(&f, OP_SERVICE_START, "family-1", &r);
    assert_int_equal(r.rc, RC_TIMEOUT);
    assert_int_equal(r.res.sig, SIGTERM);
    pid = (pid_t)strtol(buf_text(&r.res.out), NULL, 10);
    assert_true(pid > 1);
    fake_nap(30);
    assert_true(fake_lives(pid));
    kill(pid, SIGKILL);
    child_result_release(&r.res);
    fake_close(&f);
}

static bool nobody_left(const struct fake *f)
{
    struct fake_ran r;
    siginfo_t info;

    fake_run(f, "exit-0", 0, &r); /* any later start reaps what was left and has ended */
    child_result_release(&r.res);
    return waitid(P_ALL, 0, &info, WEXITED | WNOHANG | WNOWAIT) < 0;
}

/* Quit in the middle of a start: it is let finish, though nobody is left to read what it says. */
TEST(detach_finishes_after_cancel)
{
    char go[SYS_PATH_MAX + 8], done[SYS_PATH_MAX + 8];
    struct cancel *stop = cancel_new();
    struct program prog;
    struct cmd_call call;
    pthread_t thread;
    struct fake f;
    struct fake_ran r;
    int fd;

    fake_open(&f, false);
    fake_call(&f, OP_SERVICE_START, "work", &prog, &call);
    snprintf(go, sizeof go, "%s.go", prog.path);
    snprintf(done, sizeof done, "%s.done", prog.path);
    assert_int_equal(pthread_create(&thread, NULL, fake_pull, stop), 0);
    fake_run_call(&f, &call, stop, &r);
    assert_int_equal(pthread_join(thread, NULL), 0);
    assert_int_equal(r.rc, RC_CANCELLED);
    child_result_release(&r.res);
    fd = open(go, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    assert_true(fd >= 0);
    close(fd);
    FAKE_WAIT(access(done, F_OK) == 0);
    FAKE_WAIT(nobody_left(&f));
    cancel_free(stop);
    fake_close(&f);
}

SUITE(detach, T(detach_leaves_its_daemon_alone), T(detach_and_fails_tells_its_words),
      T(detach_is_ended_alone), T(detach_finishes_after_cancel))
