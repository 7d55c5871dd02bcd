/* test_leash.c - what is left of our children when we are killed: nothing, unless it detaches. */
#include "core/exec/child.h"
#include "core/exec/leash.h"
#include "tests/unit/fake.h"

#define NOBODY 65534

/* For what would be a catastrophe if the leash were broken: whom it can signal then. */
static void become_nobody(void)
{
    if (geteuid() == 0 && setuid(NOBODY) != 0)
        _exit(4);
}

/* Runs leash_main() in a process of its own, with a pipe to its stdin. */
static pid_t leash_with(int *in, bool as_nobody)
{
    int ends[2];
    pid_t pid;

    assert_int_equal(sys_pipe(ends), 0);
    pid = fork();
    if (pid == 0) {
        dup2(ends[0], STDIN_FILENO);
        close(ends[0]);
        close(ends[1]);
        if (as_nobody)
            become_nobody();
        _exit(leash_main());
    }
    assert_true(pid > 1);
    close(ends[0]);
    *in = ends[1];
    return pid;
}

static void put(int fd, const char *text)
{
    assert_int_equal(write(fd, text, strlen(text)), strlen(text));
}

static int status_of(pid_t pid)
{
    int status = -1;

    assert_int_equal(waitpid(pid, &status, 0), pid);
    return status;
}

/* A child that leads a group and waits. */
static pid_t group_of(bool nobodys)
{
    int ready[2];
    char byte;
    pid_t pid;

    assert_int_equal(sys_pipe(ready), 0);
    pid = fork();
    if (pid == 0) {
        setpgid(0, 0);
        if (nobodys)
            become_nobody();
        alarm(60);
        if (write(ready[1], "r", 1) == 1)
            for (;;)
                pause();
        _exit(3);
    }
    assert_true(pid > 1);
    assert_int_equal(read(ready[0], &byte, 1), 1);
    close(ready[0]);
    close(ready[1]);
    return pid;
}

static pid_t group(void)
{
    return group_of(false);
}

TEST(leash_ends_listed_groups_and_no_other)
{
    pid_t listed = group(), dropped = group(), leash;
    char text[128];
    int in;

    leash = leash_with(&in, false);
    snprintf(text, sizeof text, "+%ld\n+%ld\n-%ld\n", (long)dropped, (long)listed, (long)dropped);
    put(in, text);
    close(in);
    assert_int_equal(status_of(listed), SIGTERM);
    assert_int_equal(status_of(leash), 0);
    assert_true(fake_lives(dropped));
    kill(dropped, SIGKILL);
    assert_int_equal(status_of(dropped), SIGKILL);
}

TEST(leash_ignores_what_is_no_message)
{
    pid_t other = group(), leash;
    char text[256];
    int in;

    leash = leash_with(&in, false);
    put(in, "+\n\n-\n+ 5\n+99999999999999999999\nhello\n");
    snprintf(text, sizeof text, "+%ldx\n %ld\n%ld\n*%ld\n+%ld", (long)other, (long)other,
             (long)other, (long)other, (long)other); /* the last one is only half a line */
    put(in, text);
    close(in);
    assert_int_equal(status_of(leash), 0);
    assert_true(fake_lives(other));
    kill(other, SIGKILL);
    status_of(other);
}

/* kill(-1) reaches everything that the caller may signal, kill(0) its own group. Only where a
 * leash that does it harms nobody's processes but those of this test: not for a developer's own
 * account. */
TEST(leash_never_signals_everybody)
{
    pid_t other, leash;
    int in;

    if (geteuid() != 0)
        skip();
    other = group_of(true);
    leash = leash_with(&in, true);
    put(in, "+1\n+0\n+-1\n+00001\n+4294967297\n");
    close(in);
    assert_int_equal(status_of(leash), 0);
    assert_true(fake_lives(other));
    kill(other, SIGKILL);
    assert_int_equal(status_of(other), SIGKILL);
}

TEST(leash_outlives_the_signals_that_end_us)
{
    pid_t listed = group(), leash;
    char text[64];
    int in;

    leash = leash_with(&in, false);
    snprintf(text, sizeof text, "+%ld\n", (long)listed);
    put(in, text);
    fake_nap(50); /* its handlers are in place long before */
    kill(leash, SIGINT);
    kill(leash, SIGTERM);
    kill(leash, SIGHUP);
    fake_nap(20);
    assert_true(fake_lives(listed));
    close(in);
    assert_int_equal(status_of(listed), SIGTERM);
    assert_int_equal(status_of(leash), 0);
}

/* Starts children as the program does and never returns: says their pids on `to`. */
static void victim(struct fake *f, int to)
{
    static const char *const names[] = {"hang", "ignore-term", "family"};
    struct program prog;
    struct cmd_call call;
    struct child_result res = {0};
    struct spawned c;

    for (size_t i = 0; i < countof(names); i++) {
        fake_program(f, ENGINE_DOCKER, names[i], &prog);
        if (cmd_call_init(&call, &prog, OP_LIST, NULL, NULL) != RC_OK ||
            spawner_start(f->spawner, &call, &c, NULL) != RC_OK)
            _exit(3);
        dprintf(to, "%ld\n", (long)c.pid);
        if (i == 2) { /* and its grandchild, which ignores TERM */
            char pid[32];
            ssize_t n;

            fcntl(c.out, F_SETFL, 0);
            n = read(c.out, pid, sizeof pid);
            if (n <= 0 || write(to, pid, (size_t)n) != n)
                _exit(3);
        }
    }
    fake_program(f, ENGINE_DOCKER, "daemon-in-group", &prog);
    if (cmd_call_init(&call, &prog, OP_SERVICE_START, NULL, NULL) != RC_OK ||
        child_run(f->spawner, &call, NULL, &res, NULL) != RC_OK)
        _exit(3);
    dprintf(to, "%ld\nend\n", strtol(buf_text(&res.out), NULL, 10));
    for (;;)
        pause();
}

TEST(leash_leaves_no_child_after_kill_9_but_detached_ones)
{
    long pids[5] = {0};
    char said[256] = "", *at = said;
    int ends[2];
    struct fake f;
    size_t len = 0;
    int64_t killed;
    pid_t pid;

    fake_open(&f, true);
    assert_int_equal(sys_pipe(ends), 0);
    pid = fork();
    if (pid == 0) {
        close(ends[0]);
        victim(&f, ends[1]);
    }
    close(ends[1]);
    while (strstr(said, "end") == NULL && len < sizeof said - 1) {
        ssize_t n = read(ends[0], said + len, sizeof said - 1 - len);

        assert_true(n > 0);
        len += (size_t)n;
    }
    close(ends[0]);
    for (size_t i = 0; i < countof(pids); i++) {
        pids[i] = strtol(at, &at, 10);
        assert_true(pids[i] > 1);
        assert_true(fake_lives((pid_t)pids[i]));
    }
    kill(pid, SIGKILL);
    killed = clock_ms();
    assert_int_equal(status_of(pid), SIGKILL);
    for (size_t i = 0; i < 4; i++)
        FAKE_WAIT(!fake_lives((pid_t)pids[i]));
    print_message("    gone %lld ms after kill -9\n", (long long)(clock_ms() - killed));
    assert_true(fake_lives((pid_t)pids[4]));
    kill((pid_t)pids[4], SIGKILL);
    fake_close(&f);
}

/* What our sudden end would do, without one: the leash sees its pipe close. */
static void let_go(struct leash *l)
{
    close(l->fd);
    l->fd = -1;
}

TEST(leash_that_was_killed_is_replaced_and_told_everything)
{
    pid_t one = group(), two = group(), three = group(), first;
    struct leash l;
    struct fake f;

    fake_open(&f, false);
    leash_init(&l, f.self);
    leash_ready(&l);
    first = l.pid;
    assert_true(first > 1);
    leash_add(&l, one);
    leash_add(&l, three);
    kill(first, SIGKILL);
    FAKE_WAIT(!fake_lives(first));
    signal(SIGPIPE, SIG_DFL); /* it must not depend on main() */
    leash_drop(&l, three);
    signal(SIGPIPE, SIG_IGN);
    leash_add(&l, two);
    assert_true(l.pid > 1 && l.pid != first);
    let_go(&l);
    assert_int_equal(status_of(one), SIGTERM);
    assert_int_equal(status_of(two), SIGTERM);
    assert_true(fake_lives(three));
    kill(three, SIGKILL);
    status_of(three);
    leash_drop(&l, one);
    leash_drop(&l, two);
    leash_release(&l);
    fake_close(&f);
}

/* Its pipe fills up; nothing may wait for it, and closing the pipe would end what it knows. */
TEST(leash_that_stopped_reading_is_replaced_without_harm)
{
    pid_t one = group(), two = group(), first;
    struct leash l;
    struct fake f;

    fake_open(&f, false);
    leash_init(&l, f.self);
    leash_add(&l, one);
    first = l.pid; /* a first message that nobody was ready for starts it too */
    assert_true(first > 1);
    kill(first, SIGSTOP);
    for (int i = 0; i < 100000 && l.pid == first; i++) {
        leash_add(&l, two);
        leash_drop(&l, two);
    }
    assert_true(l.pid > 1 && l.pid != first);
    assert_false(fake_lives(first));
    assert_true(fake_lives(one));
    assert_true(fake_lives(two));
    let_go(&l);
    assert_int_equal(status_of(one), SIGTERM);
    leash_drop(&l, one);
    leash_release(&l);
    kill(two, SIGKILL);
    status_of(two);
    fake_close(&f);
}

TEST(leash_that_ends_every_time_is_given_up)
{
    pid_t one = group();
    struct leash l;
    struct fake f;

    fake_open(&f, false);
    leash_init(&l, "/bin/false");
    for (int i = 0; i < 1000 && !l.given_up; i++) {
        leash_add(&l, one);
        fake_nap(2);
        leash_drop(&l, one);
    }
    assert_true(l.given_up);
    assert_in_range(l.starts, 1, 8);
    assert_int_equal(l.pid, 0);
    leash_add(&l, one);
    assert_int_equal(l.pid, 0);
    leash_drop(&l, one);
    leash_release(&l);
    kill(one, SIGKILL);
    status_of(one);
    fake_close(&f);
}

TEST(leash_that_cannot_start_stops_no_child)
{
    struct child_result res = {0};
    struct program prog;
    struct cmd_call call;
    struct spawner *s;
    struct fake f;

    fake_open(&f, false);
    s = spawner_new("/nonexistent/container-kit", f.env);
    fake_program(&f, ENGINE_APPLE, "lines-1", &prog);
    assert_int_equal(cmd_call_init(&call, &prog, OP_LIST, NULL, NULL), RC_OK);
    assert_int_equal(child_run(s, &call, NULL, &res, NULL), RC_OK);
    assert_string_equal(buf_text(&res.out), "line 0\n");
    child_result_release(&res);
    spawner_free(s);
    fake_close(&f);
}

/* Everything it was told is taken back: a leash that outlives the last child has an empty list. */
TEST(leash_forgets_children_that_were_reaped)
{
    struct child_result res = {0};
    struct program prog;
    struct cmd_call call;
    struct fake f;

    fake_open(&f, true);
    fake_program(&f, ENGINE_APPLE, "exit-0", &prog);
    assert_int_equal(cmd_call_init(&call, &prog, OP_LIST, NULL, NULL), RC_OK);
    for (int i = 0; i < 20; i++)
        assert_int_equal(child_run(f.spawner, &call, NULL, &res, NULL), RC_OK);
    child_result_release(&res);
    fake_close(&f); /* spawner_free() insists on an empty table */
}

SUITE(leash, T(leash_ends_listed_groups_and_no_other), T(leash_ignores_what_is_no_message),
      T(leash_never_signals_everybody), T(leash_outlives_the_signals_that_end_us),
      T(leash_leaves_no_child_after_kill_9_but_detached_ones),
      T(leash_that_was_killed_is_replaced_and_told_everything),
      T(leash_that_stopped_reading_is_replaced_without_harm),
      T(leash_that_ends_every_time_is_given_up), T(leash_that_cannot_start_stops_no_child),
      T(leash_forgets_children_that_were_reaped))
