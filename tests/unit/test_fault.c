/* test_fault.c - fault.h, base.h and log.h: sentences, what they keep, where they are cut. */
#include "core/base/fault.h"
#include "core/base/log.h"
#include "core/base/sys.h"
#include "tests/unit/unit.h"
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

TEST(fault_set_returns_its_code_and_keeps_the_sentence)
{
    struct fault f;

    errno = EACCES;
    assert_int_equal(fault_set(&f, RC_PARSE, "line %d", 7), RC_PARSE);
    assert_int_equal(f.rc, RC_PARSE);
    assert_int_equal(f.sys, 0);
    assert_string_equal(f.text, "line 7");
    assert_int_equal(fault_set(NULL, RC_DOWN, "nobody asks"), RC_DOWN);
}

TEST(fault_of_io_tells_the_reason_of_the_system)
{
    struct fault f;
    char text[FAULT_TEXT_MAX], expected[FAULT_TEXT_MAX];

    errno = ENOSPC;
    assert_int_equal(fault_set(&f, RC_IO, "cannot write %s", "x.db"), RC_IO);
    errno = 0;
    assert_int_equal(f.sys, ENOSPC);
    snprintf(expected, sizeof expected, "cannot write x.db: %s", strerror(ENOSPC));
    assert_string_equal(fault_text(&f, text), expected);
    (void)fault_set(&f, RC_DENIED, "no");
    assert_string_equal(fault_text(&f, text), "no");
}

TEST(fault_context_goes_in_front)
{
    struct fault f;

    (void)fault_set(&f, RC_TIMEOUT, "no answer within %d s", 15);
    fault_context(&f, "docker: %s", "list");
    assert_string_equal(f.text, "docker: list: no answer within 15 s");
    assert_int_equal(f.rc, RC_TIMEOUT);
    fault_context(NULL, "nobody asks");
}

TEST(fault_may_be_made_from_its_own_sentence)
{
    struct fault f;

    (void)fault_set(&f, RC_FAILED, "inner");
    (void)fault_set(&f, RC_DOWN, "outer (%s)", f.text);
    assert_string_equal(f.text, "outer (inner)");
    fault_context(&f, "%s", f.text);
    assert_string_equal(f.text, "outer (inner): outer (inner)");
}

TEST(fault_cuts_what_is_too_long)
{
    struct fault f;
    char longer[3 * FAULT_TEXT_MAX], text[FAULT_TEXT_MAX];

    memset(longer, 'x', sizeof longer);
    longer[sizeof longer - 1] = '\0';
    errno = EIO;
    (void)fault_set(&f, RC_IO, "%s", longer);
    assert_int_equal(strlen(f.text), FAULT_TEXT_MAX - 1);
    assert_int_equal(strlen(fault_text(&f, text)), FAULT_TEXT_MAX - 1);
    fault_context(&f, "%s", longer);
    assert_int_equal(strlen(f.text), FAULT_TEXT_MAX - 1);
}

TEST(rc_has_a_name_for_each_code)
{
    for (int i = 0; i < RC_COUNT; i++) {
        const char *name = rc_name((enum rc)i);

        assert_non_null(name);
        assert_true(name[0] >= 'a' && name[0] <= 'z');
        for (int k = 0; k < i; k++)
            assert_string_not_equal(name, rc_name((enum rc)k));
    }
    assert_string_equal(rc_name(RC_TIMEOUT), "timeout");
}

/* Runs `what` in a child whose standard error is a pipe; gives what it wrote and its status. */
static int run_apart(void (*what)(void), char *text, size_t size)
{
    int ends[2], status = 0;
    size_t len = 0;
    ssize_t n = 0;
    pid_t pid = 0;

    assert_int_equal(sys_pipe(ends), 0);
    pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        dup2(ends[1], STDERR_FILENO);
        signal(SIGABRT, SIG_DFL);
        what();
        _exit(0);
    }
    close(ends[1]);
    while (len < size - 1 && (n = read(ends[0], text + len, size - 1 - len)) > 0)
        len += (size_t)n;
    text[len] = '\0';
    close(ends[0]);
    assert_int_equal(waitpid(pid, &status, 0), pid);
    return status;
}

static void break_a_promise(void)
{
    MUST(1 + 1 == 3);
}

TEST(must_names_the_place_and_aborts)
{
    char text[1024];
    int status = run_apart(break_a_promise, text, sizeof text);

    assert_true(WIFSIGNALED(status));
    assert_int_equal(WTERMSIG(status), SIGABRT);
    assert_non_null(strstr(text, "test_fault.c"));
    assert_non_null(strstr(text, "1 + 1 == 3"));
}

static void log_at_info(void)
{
    setenv("LOG", "info", 1);
    log_init();
    sys_thread_name("checker");
    log_debug("%s", "hidden");
    errno = EINTR;
    log_info("two\nlines\x1b[31m of %d", 1);
    if (errno == EINTR)
        log_warn("errno kept");
}

TEST(log_writes_one_line_each_and_hides_control_characters)
{
    char text[1024];
    char *second = NULL;

    assert_int_equal(run_apart(log_at_info, text, sizeof text), 0);
    assert_null(strstr(text, "hidden"));
    assert_non_null(strstr(text, " info [checker] two lines [31m of 1\n"));
    second = strchr(text, '\n');
    assert_non_null(second);
    assert_non_null(strstr(second, " warn [checker] errno kept\n"));
    assert_int_equal(text[2], ':');
    assert_int_equal(text[8], '.');
}

static void log_when_off(void)
{
    setenv("LOG", "off", 1);
    log_init();
    log_warn("x");
    MUST(!log_wants(LOG_OFF));
    setenv("LOG", "nonsense", 1);
    log_init();
    log_info("x");
    unsetenv("LOG");
    log_init();
    log_info("x");
}

TEST(log_is_silent_below_its_level)
{
    char text[64];

    assert_int_equal(run_apart(log_when_off, text, sizeof text), 0);
    assert_string_equal(text, "");
}

static void log_a_lot(void)
{
    char longer[5000];

    memset(longer, 'y', sizeof longer);
    longer[sizeof longer - 1] = '\0';
    unsetenv("LOG");
    log_init();
    log_warn("%s", longer);
}

TEST(log_cuts_a_long_line_and_still_ends_it)
{
    char text[8192];

    assert_int_equal(run_apart(log_a_lot, text, sizeof text), 0);
    assert_true(strlen(text) <= 1024);
    assert_int_equal(text[strlen(text) - 1], '\n');
}

SUITE(fault, T(fault_set_returns_its_code_and_keeps_the_sentence),
      T(fault_of_io_tells_the_reason_of_the_system), T(fault_context_goes_in_front),
      T(fault_may_be_made_from_its_own_sentence), T(fault_cuts_what_is_too_long),
      T(rc_has_a_name_for_each_code), T(must_names_the_place_and_aborts),
      T(log_writes_one_line_each_and_hides_control_characters), T(log_is_silent_below_its_level),
      T(log_cuts_a_long_line_and_still_ends_it))
