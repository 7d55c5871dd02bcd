/* test_launch.c - launch.h: with which words our own program is started again, and as what: in a
 * session of its own, with all of our environment, on no leash, waited for by nobody. */
#include "core/base/buf.h"
#include "core/base/tree.h"
#include "core/exec/host.h"
#include "core/update/launch.h"
#include "tests/unit/fake.h"

static const char plist[] = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                            "<plist version=\"1.0\"><dict>\n"
                            "<key>CFBundleExecutable</key><string>fault-hang</string>\n"
                            "</dict></plist>\n";

struct world {
    struct fake f;
    char app[128];
};

/* An app whose program does nothing for ever. */
static void world_init(struct world *w)
{
    char path[256];

    fake_open(&w->f, true);
    snprintf(w->app, sizeof w->app, "/tmp/ck-launch-%ld.app", (long)getpid());
    snprintf(path, sizeof path, "%s/Contents/MacOS", w->app);
    assert_int_equal(file_make_folder(path, NULL), RC_OK);
    snprintf(path, sizeof path, "%s/Contents/MacOS/fault-hang", w->app);
    assert_int_equal(symlink(w->f.fault, path), 0);
    snprintf(path, sizeof path, "%s/Contents/Info.plist", w->app);
    assert_int_equal(file_replace(path, plist, strlen(plist), NULL), RC_OK);
}

static void world_release(struct world *w)
{
    assert_int_equal(tree_remove(AT_FDCWD, w->app, NULL), RC_OK);
    fake_close(&w->f);
}

/* A file of /proc, with blanks for its NULs. */
static void read_proc(pid_t pid, const char *name, char out[4096])
{
    char path[64];
    struct buf bytes;

    snprintf(path, sizeof path, "/proc/%ld/%s", (long)pid, name);
    buf_init(&bytes, 4095);
    assert_int_equal(file_read(path, &bytes, NULL), RC_OK);
    for (size_t i = 0; i < bytes.len; i++)
        out[i] = bytes.data[i] == '\0' ? ' ' : bytes.data[i];
    out[bytes.len] = '\0';
    buf_release(&bytes);
}

static pid_t find_child(void)
{
    char path[64];
    struct buf text;
    pid_t pid = 0;

    snprintf(path, sizeof path, "/proc/self/task/%ld/children", (long)getpid());
    buf_init(&text, 4096);
    assert_int_equal(file_read(path, &text, NULL), RC_OK);
    pid = (pid_t)strtol(buf_text(&text), NULL, 10);
    buf_release(&text);
    return pid;
}

static bool has_run(pid_t pid, const char *words)
{
    char line[4096];

    read_proc(pid, "cmdline", line);
    return strstr(line, words) != NULL;
}

static void assert_free(pid_t pid)
{
    char line[4096];

    assert_int_equal(getsid(pid), pid);
    assert_int_equal(getpgid(pid), pid);
    read_proc(pid, "environ", line);
    assert_non_null(strstr(line, "SECRET=x ")); /* all of it: it is the same program */
    assert_non_null(strstr(line, "DOCKER_HOST=unix:///d "));
}

static void end_child(pid_t pid)
{
    siginfo_t info;

    assert_true(pid > 1);
    kill(pid, SIGKILL);
    assert_int_equal(waitid(P_PID, (id_t)pid, &info, WEXITED | WNOWAIT), 0);
}

TEST(launch_starts_the_app_itself_and_leaves_it)
{
    struct world w;
    struct launched l = {0};
    pid_t pid = 0;

    world_init(&w);
    assert_int_equal(launch_app(w.f.spawner, false, w.app, "--update-failed", "1.2.0", &l, NULL),
                     RC_OK);
    pid = l.child.pid;
    assert_true(l.is_app);
    FAKE_WAIT(has_run(pid, "/Contents/MacOS/fault-hang --update-failed 1.2.0 "));
    assert_free(pid);
    assert_false(launched_ended(&l));
    end_child(pid);
    assert_true(launched_ended(&l));
    launched_leave(w.f.spawner, &l);
    launched_leave(w.f.spawner, &l); /* of nobody */
    world_release(&w);
}

TEST(launch_of_an_app_without_a_program_fails)
{
    struct world w;
    struct launched l = {0};
    char path[256];

    world_init(&w);
    snprintf(path, sizeof path, "%s/Contents/Info.plist", w.app);
    assert_int_equal(unlink(path), 0);
    assert_int_equal(launch_app(w.f.spawner, false, w.app, "--update-failed", "1.2.0", &l, NULL),
                     RC_MISSING);
    world_release(&w);
}

/* It outlives the spawner and its leash; its stdin is a pipe that this process keeps open. */
TEST(launch_watchdog_waits_for_our_end_and_for_nothing_else)
{
    struct world w;
    char path[256], target[64] = "";
    pid_t pid = 0;

    world_init(&w);
    snprintf(path, sizeof path, "%s/Contents/MacOS/fault-hang", w.app);
    assert_int_equal(launch_watchdog(w.f.spawner, false, path, NULL), RC_OK);
    pid = find_child();
    assert_true(pid > 1);
    FAKE_WAIT(has_run(pid, "fault-hang --update-watchdog "));
    assert_free(pid);
    snprintf(path, sizeof path, "/proc/%ld/fd/0", (long)pid);
    assert_true(readlink(path, target, sizeof target - 1) > 0);
    assert_memory_equal(target, "pipe:", 5);
    spawner_free(w.f.spawner);
    w.f.spawner = spawner_new(NULL, w.f.env);
    assert_true(fake_lives(pid));
    end_child(pid);
    assert_int_equal(waitpid(pid, NULL, 0), pid); /* the spawner that knew it is gone */
    world_release(&w);
}

SUITE(launch, T(launch_starts_the_app_itself_and_leaves_it),
      T(launch_of_an_app_without_a_program_fails),
      T(launch_watchdog_waits_for_our_end_and_for_nothing_else))
