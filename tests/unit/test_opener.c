/* test_opener.c - opening with a fake engine, and with the same fake as the terminal and the
 * browser: for the file system of these tests the system's programs are links to it. */
#include "core/base/mem.h"
#include "core/desktop/opener.h"
#include "tests/unit/fake_engine.h"

static char openers_target[SYS_PATH_MAX]; /* of the running test; "" for none */

static int opener_lstat(const char *path, struct stat *st)
{
    if (strncmp(path, "/usr/bin/x", 10) == 0 || strcmp(path, "/usr/bin/open") == 0) {
        if (openers_target[0] == '\0') {
            errno = ENOENT;
            return -1;
        }
        *st = (struct stat){.st_mode = S_IFLNK | 0777};
        return 0;
    }
    if (fake_lstat(path, st) != 0)
        return -1;
    st->st_uid = 0;
    return 0;
}

static ssize_t opener_readlink(const char *path, char *out, size_t size)
{
    (void)path;
    return (ssize_t)snprintf(out, size, "%s", openers_target);
}

static const struct locate_fs opener_fs = {opener_lstat, opener_readlink};

struct world {
    struct fake f;
    char scripts[SYS_PATH_MAX];
    struct valid_id web;
    struct valid_url url;
};

static void world_open(struct world *w)
{
    memset(w, 0, sizeof *w);
    fake_open(&w->f, ENGINE_DOCKER);
    w->f.where.mac = false;
    w->f.where.fs = &opener_fs;
    snprintf(openers_target, sizeof openers_target, "%.900s/docker", w->f.folder);
    assert_int_equal(setenv("XDG_DATA_HOME", w->f.home, 1), 0);
    assert_int_equal(opener_folder(w->scripts, NULL), RC_OK);
    fake_put(&w->f, "exec.out", "/bin/ash\n");
    assert_int_equal(valid_id("web", 3, &w->web, NULL), RC_OK);
    assert_int_equal(valid_url("http://localhost:1/", 19, &w->url, NULL), RC_OK);
}

static int scripts_left(const struct world *w)
{
    DIR *dir = opendir(w->scripts);
    struct dirent *e;
    int n = 0;

    while (dir != NULL && (e = readdir(dir)) != NULL) {
        char path[SYS_PATH_MAX + 300];

        snprintf(path, sizeof path, "%s/%s", w->scripts, e->d_name);
        n += e->d_name[0] != '.';
        assert_true(e->d_name[0] == '.' || unlink(path) == 0);
    }
    if (dir != NULL)
        closedir(dir);
    return n;
}

static void world_close(struct world *w)
{
    scripts_left(w);
    assert_true(rmdir(w->scripts) == 0 || errno == ENOENT);
    *strrchr(w->scripts, '/') = '\0';
    assert_true(rmdir(w->scripts) == 0 || errno == ENOENT);
    unsetenv("XDG_DATA_HOME");
    fake_close(&w->f);
}

static enum rc shell(struct world *w, struct fault *why)
{
    return opener_shell(w->f.spawner, &w->f.where, ENGINE_DOCKER, &w->web, TERMINAL_SYSTEM, NULL,
                        why);
}

TEST(opener_asks_for_the_shell_and_gives_the_terminal_a_script)
{
    struct world w;
    struct buf calls;

    world_open(&w);
    assert_int_equal(shell(&w, NULL), RC_OK);
    assert_int_equal(fake_calls(&w.f, "+", " exec web sh -c "), 1);
    fake_read_calls(&w.f, &calls);
    assert_non_null(strstr(buf_text(&calls), w.scripts));
    assert_non_null(strstr(buf_text(&calls), ".command\n"));
    assert_int_equal(fake_calls(&w.f, "+", " -e "), 1);
    assert_int_equal(scripts_left(&w), 1); /* the fake terminal does not run it */
    buf_release(&calls);
    world_close(&w);
}

TEST(opener_says_that_there_is_no_shell)
{
    static const char *const codes[] = {"127", "126"};
    struct world w;
    struct fault why;

    world_open(&w);
    for (size_t i = 0; i < countof(codes); i++) {
        fake_put(&w.f, "exec.exit", codes[i]);
        assert_int_equal(shell(&w, &why), RC_MISSING);
        assert_string_equal(why.text, "there is no shell in this container");
    }
    fake_put(&w.f, "exec.exit", "0");
    fake_put(&w.f, "exec.out", "/bin/zsh; rm -rf /\n");
    assert_int_equal(shell(&w, &why), RC_MISSING);
    fake_put(&w.f, "exec.exit", "1");
    fake_put(&w.f, "exec.err", "Error response from daemon: container web is not running\n");
    assert_int_equal(shell(&w, &why), RC_FAILED);
    assert_non_null(strstr(why.text, "not running"));
    assert_int_equal(fake_calls(&w.f, "+", " -e "), 0);
    world_close(&w);
}

TEST(opener_tells_why_a_window_did_not_open)
{
    struct world w;
    struct fault why;

    world_open(&w);
    fake_put(&w.f, "-e.exit", "5");
    assert_int_equal(shell(&w, &why), RC_FAILED);
    assert_non_null(strstr(why.text, "ended with status 5"));
    assert_int_equal(scripts_left(&w), 0);
    fake_put(&w.f, "http:.exit", "3");
    openers_target[0] = '\0';
    assert_int_equal(shell(&w, &why), RC_MISSING);
    assert_non_null(strstr(why.text, "/usr/bin/x-terminal-emulator is not there; "));
    assert_int_equal(opener_url(w.f.spawner, &w.f.where, &w.url, NULL, &why), RC_MISSING);
    assert_string_equal(why.text,
                        "/usr/bin/xdg-open is not there; it comes with the package xdg-utils");
    world_close(&w);
}

TEST(opener_passes_on_what_a_macs_open_says)
{
    struct world w;
    struct fault why;

    world_open(&w);
    w.f.where.mac = true;
    fake_put(&w.f, "-a.exit", "1");
    fake_put(&w.f, "-a.err", "Unable to find application named 'iTerm'\n");
    assert_int_equal(
        opener_shell(w.f.spawner, &w.f.where, ENGINE_DOCKER, &w.web, TERMINAL_ITERM2, NULL, &why),
        RC_FAILED);
    assert_string_equal(why.text, "Unable to find application named 'iTerm'");
    assert_int_equal(scripts_left(&w), 0);
    world_close(&w);
}

TEST(opener_hands_a_url_to_the_browser)
{
    struct world w;

    world_open(&w);
    assert_int_equal(opener_url(w.f.spawner, &w.f.where, &w.url, NULL, NULL), RC_OK);
    assert_int_equal(fake_calls(&w.f, "-", " http://localhost:1/"), 1);
    world_close(&w);
}

TEST(opener_reads_no_more_than_a_name_from_a_container)
{
    static const struct {
        const char *answer;
        enum shell want;
    } rows[] = {
        {"/bin/bash\n", SHELL_BASH},   {"/usr/bin/bash\r\n", SHELL_BASH},
        {"ash\n", SHELL_ASH},          {"/bin/sh", SHELL_SH},
        {"/bin/bash\nx", SHELL_BASH},  {"", SHELL_NONE},
        {"\n/bin/sh\n", SHELL_NONE},   {"/bin/dash\n", SHELL_NONE},
        {"/bin/sh -c id", SHELL_NONE}, {"sh/", SHELL_NONE},
        {"alias sh=x", SHELL_NONE},    {"/bin/bash2", SHELL_NONE},
    };

    for (size_t i = 0; i < countof(rows); i++)
        assert_int_equal(opener_shell_of(rows[i].answer), rows[i].want);
}

SUITE(opener, T(opener_asks_for_the_shell_and_gives_the_terminal_a_script),
      T(opener_says_that_there_is_no_shell), T(opener_tells_why_a_window_did_not_open),
      T(opener_passes_on_what_a_macs_open_says), T(opener_hands_a_url_to_the_browser),
      T(opener_reads_no_more_than_a_name_from_a_container))
