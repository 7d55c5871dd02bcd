/* test_sys.c - sys.h: what the two systems spell differently, asked of the real one. */
#include "core/base/clock.h"
#include "core/base/sys.h"
#include "tests/unit/unit.h"
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/utsname.h>
#include <unistd.h>

#define PATIENCE_MS 20000 /* generous: a test that needs it has failed */

static bool readable(int fd, int ms)
{
    struct pollfd p = {.fd = fd, .events = POLLIN};

    return poll(&p, 1, ms) == 1;
}

static void touch(const char *path)
{
    int fd = open(path, O_WRONLY | O_CREAT, 0600);

    assert_true(fd >= 0);
    close(fd);
}

TEST(sys_uptime_never_goes_back)
{
    int64_t before = sys_uptime_ms();

    for (int i = 0; i < 10000; i++) {
        int64_t now = sys_uptime_ms();

        assert_true(now >= before);
        before = now;
    }
}

TEST(sys_cpu_time_grows_with_work)
{
    int64_t before = sys_cpu_us();

    assert_true(before > 0);
    while (sys_cpu_us() < before + 2000)
        continue; /* asking is work enough */
    assert_true(sys_cpu_us() > before);
}

TEST(sys_thread_name_is_cut_to_fifteen_bytes)
{
    char name[SYS_THREAD_NAME_MAX], before[SYS_THREAD_NAME_MAX];

    sys_thread_name_get(before);
    sys_thread_name("a name that is longer than it may be");
    sys_thread_name_get(name);
    assert_string_equal(name, "a name that is ");
    sys_thread_name(before);
}

TEST(sys_self_path_is_this_program)
{
    char path[SYS_PATH_MAX], real[4096];
    struct stat st;

    assert_int_equal(sys_self_path(path, NULL), RC_OK);
    assert_int_equal(path[0], '/');
    assert_int_equal(stat(path, &st), 0);
    assert_true(S_ISREG(st.st_mode) && (st.st_mode & 0100) != 0);
    assert_non_null(realpath(path, real));
    assert_string_equal(path, real);
}

TEST(sys_pipe_carries_bytes_and_is_closed_on_exec)
{
    int ends[2];
    char byte = 0;

    assert_int_equal(sys_pipe(ends), 0);
    assert_true((fcntl(ends[0], F_GETFD) & FD_CLOEXEC) != 0);
    assert_true((fcntl(ends[1], F_GETFD) & FD_CLOEXEC) != 0);
    assert_int_equal(write(ends[1], "x", 1), 1);
    assert_int_equal(read(ends[0], &byte, 1), 1);
    assert_int_equal(byte, 'x');
    close(ends[1]);
    assert_int_equal(read(ends[0], &byte, 1), 0);
    close(ends[0]);
}

TEST(sys_watch_sees_entries_come_and_go)
{
    char folder[] = "/tmp/ck-watch-XXXXXX", one[64], two[64], inner[64], out[64];
    struct sys_watch w;

    assert_non_null(mkdtemp(folder));
    snprintf(one, sizeof one, "%s/one", folder);
    snprintf(two, sizeof two, "%s/two", folder);
    snprintf(out, sizeof out, "%s-moved", folder);
    snprintf(inner, sizeof inner, "%s/two/inner", folder);
    assert_int_equal(sys_watch_open(&w, folder), 0);
    assert_true(w.fd >= 0);
    assert_false(readable(w.fd, 0));
    touch(one);
    assert_true(readable(w.fd, PATIENCE_MS));
    sys_watch_drain(&w);
    assert_false(readable(w.fd, 0));
    sys_watch_drain(&w); /* of an empty one: does not block */
    assert_int_equal(rename(one, two), 0);
    assert_true(readable(w.fd, PATIENCE_MS));
    sys_watch_drain(&w);
    assert_int_equal(unlink(two), 0);
    assert_true(readable(w.fd, PATIENCE_MS));
    sys_watch_drain(&w);
    assert_int_equal(mkdir(two, 0700), 0);
    assert_true(readable(w.fd, PATIENCE_MS));
    sys_watch_drain(&w);
    assert_int_equal(rename(two, out), 0);
    assert_true(readable(w.fd, PATIENCE_MS));
    sys_watch_drain(&w);
    assert_int_equal(rename(out, two), 0);
    assert_true(readable(w.fd, PATIENCE_MS));
    sys_watch_drain(&w);
    touch(inner); /* one level further down is not watched */
    assert_false(readable(w.fd, 50));
    assert_int_equal(unlink(inner), 0);
    assert_int_equal(rmdir(two), 0);
    assert_true(readable(w.fd, PATIENCE_MS));
    sys_watch_close(&w);
    assert_int_equal(w.fd, -1);
    sys_watch_close(&w);
    assert_int_equal(rmdir(folder), 0);
}

TEST(sys_watch_tells_when_the_folder_itself_goes)
{
    char folder[] = "/tmp/ck-watch-XXXXXX";
    struct sys_watch w;

    assert_non_null(mkdtemp(folder));
    assert_int_equal(sys_watch_open(&w, folder), 0);
    assert_int_equal(rmdir(folder), 0);
    assert_true(readable(w.fd, PATIENCE_MS));
    sys_watch_close(&w);
}

TEST(sys_watch_sees_many_changes_as_one_after_draining)
{
    char folder[] = "/tmp/ck-watch-XXXXXX", path[64];
    struct sys_watch w;

    assert_non_null(mkdtemp(folder));
    assert_int_equal(sys_watch_open(&w, folder), 0);
    for (int i = 0; i < 600; i++) { /* more events than one read takes */
        snprintf(path, sizeof path, "%s/entry-with-a-name-%d", folder, i % 7);
        touch(path);
        assert_int_equal(unlink(path), 0);
    }
    assert_true(readable(w.fd, PATIENCE_MS));
    sys_watch_drain(&w);
    assert_false(readable(w.fd, 0));
    sys_watch_close(&w);
    assert_int_equal(rmdir(folder), 0);
}

TEST(sys_watch_of_no_folder_fails_and_leaks_nothing)
{
    char path[] = "/tmp/ck-watch-XXXXXX";
    struct sys_watch w;
    int fd = mkstemp(path), lowest = -1;

    assert_true(fd >= 0);
    lowest = dup(fd);
    close(lowest);
    errno = 0;
    assert_int_equal(sys_watch_open(&w, "/no/such/folder"), -1);
    assert_int_equal(errno, ENOENT);
    assert_int_equal(w.fd, -1);
    assert_int_equal(sys_watch_open(&w, path), -1); /* a file */
    assert_int_equal(errno, ENOTDIR);
    close(fd);
    fd = open(path, O_RDONLY);
    assert_true(fd < lowest);
    assert_int_equal(dup(fd), lowest); /* the next free number is what it was */
    close(lowest);
    close(fd);
    unlink(path);
}

TEST(sys_name_is_the_system_its_version_and_the_processor)
{
    char name[SYS_NAME_MAX], *comma;
    struct utsname u = {0};

    assert_int_equal(uname(&u), 0);
    sys_name(name);
    comma = strstr(name, ", ");
    assert_non_null(comma);
    assert_string_equal(comma + 2, u.machine);
    assert_true(strcspn(name, "0123456789") < (size_t)(comma - name));
#ifdef __APPLE__
    assert_memory_equal(name, "macOS ", strlen("macOS "));
    assert_non_null(sys_signature());
#else
    assert_memory_equal(name, "Linux ", strlen("Linux "));
    assert_null(sys_signature());
#endif
}

static bool is_self(void *ctx, const char *path)
{
    return strcmp(path, ctx) == 0;
}

static bool count_one(void *ctx, const char *path)
{
    assert_int_equal(path[0], '/');
    ++*(int *)ctx;
    return false;
}

TEST(sys_any_program_knows_us_and_asks_about_all)
{
    char self[SYS_PATH_MAX], other[] = "/no/such/program";
    int count = 0;

    assert_int_equal(sys_self_path(self, NULL), RC_OK);
    assert_true(sys_any_program(is_self, self));
    assert_false(sys_any_program(is_self, other));
    assert_false(sys_any_program(count_one, &count));
    assert_true(count > 0);
}

SUITE(sys, T(sys_any_program_knows_us_and_asks_about_all), T(sys_uptime_never_goes_back),
      T(sys_cpu_time_grows_with_work), T(sys_thread_name_is_cut_to_fifteen_bytes),
      T(sys_self_path_is_this_program), T(sys_pipe_carries_bytes_and_is_closed_on_exec),
      T(sys_watch_sees_entries_come_and_go), T(sys_watch_tells_when_the_folder_itself_goes),
      T(sys_watch_sees_many_changes_as_one_after_draining),
      T(sys_watch_of_no_folder_fails_and_leaks_nothing),
      T(sys_name_is_the_system_its_version_and_the_processor))
