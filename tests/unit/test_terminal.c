/* test_terminal.c - the script that a terminal runs: its words, its mode, that a real shell reads
 * it as it was meant, and that strays are swept. */
#include "core/desktop/terminal.h"
#include "tests/unit/fake.h"
#include <utime.h>

static struct valid_id id;

static void shell_call(struct cmd_call *call, const struct program *prog)
{
    struct cmd_args args = {.ids = &id, .id_count = 1, .shell = SHELL_BASH};

    assert_int_equal(valid_id("web", 3, &id, NULL), RC_OK);
    assert_int_equal(cmd_call_init(call, prog, OP_SHELL, &args, NULL), RC_OK);
}

TEST(terminal_text_removes_itself_and_becomes_the_engine)
{
    static const struct program docker = {.kind = ENGINE_DOCKER,
                                          .path = "/Users/o'x/.docker/bin/docker"};
    static const char *const from[] = {"DOCKER_HOST=unix:///a b", "HOME=/h",
                                       "DOCKER_CONTEXT=", "CONTAINERS_CONF=/c", NULL};
    struct env *env = env_new(from);
    struct cmd_call call;
    struct buf text;

    buf_init(&text, 4096);
    shell_call(&call, &docker);
    assert_int_equal(terminal_text("/Lib rary/x.command", &call, env, &text), RC_OK);
    assert_string_equal(buf_text(&text), "#!/bin/sh\n"
                                         "/bin/rm -f -- '/Lib rary/x.command'\n"
                                         "export DOCKER_HOST='unix:///a b'\n"
                                         "export DOCKER_CONTEXT=''\n"
                                         "unset DOCKER_CONFIG\n"
                                         "unset DOCKER_TLS_VERIFY\n"
                                         "unset DOCKER_CERT_PATH\n"
                                         "unset DOCKER_API_VERSION\n"
                                         "exec '/Users/o'\\''x/.docker/bin/docker' exec -it web "
                                         "bash\n");
    buf_clear(&text);
    text.max = 60;
    assert_int_equal(terminal_text("/Lib rary/x.command", &call, env, &text), RC_TOO_BIG);
    buf_release(&text);
    env_free(env);
}

static mode_t mode_of(const char *path)
{
    struct stat st;

    assert_int_equal(lstat(path, &st), 0);
    return st.st_mode & 07777;
}

/* As a terminal does: starts the file. The engine prints its words. */
TEST(terminal_script_runs_and_is_gone)
{
    char folder[sizeof((struct fake *)NULL)->folder + 16], want[2 * SYS_PATH_MAX];
    struct host_script script;
    struct program prog;
    struct cmd_call call, run;
    struct fake f;
    struct fake_ran r;
    mode_t umask_was = umask(0177); /* it takes the right to run from what we make */

    fake_open(&f, false);
    snprintf(folder, sizeof folder, "%s/terminal", f.folder);
    assert_int_equal(mkdir(folder, 0700), 0);
    assert_int_equal(chmod(folder, 0700), 0);
    fake_program(&f, ENGINE_DOCKER, "argv", &prog);
    shell_call(&call, &prog);
    assert_int_equal(terminal_write(folder, &call, f.env, &script, NULL), RC_OK);
    umask(umask_was);
    assert_int_equal(mode_of(script.path), 0700);
    run = (struct cmd_call){.program = script.path,
                            .argv = {script.path},
                            .timeout_ms = FAKE_PATIENCE_MS,
                            .output_max = 4096};
    fake_run_call(&f, &run, NULL, &r);
    assert_int_equal(r.rc, RC_OK);
    snprintf(want, sizeof want, "%s\nexec\n-it\nweb\nbash\n", prog.path);
    assert_string_equal(buf_text(&r.res.out), want);
    assert_int_equal(r.res.err.len, 0);
    assert_int_equal(access(script.path, F_OK), -1);
    child_result_release(&r.res);
    assert_int_equal(rmdir(folder), 0); /* nothing else was left in it */
    fake_close(&f);
}

TEST(terminal_makes_its_folder_and_refuses_one_that_others_can_use)
{
    char folder[128];
    struct host_script a, b;
    struct program prog;
    struct cmd_call call;
    struct fake f;
    struct fault why;

    fake_open(&f, false);
    snprintf(folder, sizeof folder, "%s/terminal", f.folder);
    fake_program(&f, ENGINE_DOCKER, "argv", &prog);
    shell_call(&call, &prog);
    assert_int_equal(terminal_write(folder, &call, f.env, &a, NULL), RC_OK);
    assert_int_equal(mode_of(folder), 0700);
    assert_int_equal(terminal_write(folder, &call, f.env, &b, NULL), RC_OK);
    assert_string_not_equal(a.path, b.path);
    assert_int_equal(unlink(a.path) + unlink(b.path), 0);
    assert_int_equal(chmod(folder, 0720), 0);
    assert_int_equal(terminal_write(folder, &call, f.env, &a, &why), RC_DENIED);
    assert_non_null(strstr(why.text, "can be used by others"));
    assert_int_equal(rmdir(folder), 0);
    assert_int_equal(symlink("/tmp", folder), 0);
    assert_int_equal(terminal_write(folder, &call, f.env, &a, &why), RC_DENIED);
    assert_int_equal(unlink(folder), 0);
    fake_close(&f);
}

static void touch(const char *folder, const char *name, time_t when)
{
    char path[SYS_PATH_MAX];
    int fd;

    snprintf(path, sizeof path, "%s/%s", folder, name);
    fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0700);
    assert_true(fd >= 0);
    close(fd);
    assert_int_equal(utime(path, &(struct utimbuf){when, when}), 0);
}

static bool is_there(const char *folder, const char *name)
{
    char path[SYS_PATH_MAX];

    snprintf(path, sizeof path, "%s/%s", folder, name);
    return access(path, F_OK) == 0;
}

TEST(terminal_sweeps_old_scripts_and_nothing_else)
{
    enum { NOW = 1000000 };
    struct fake f;

    fake_open(&f, false);
    touch(f.folder, "old.command", NOW - TERMINAL_STRAY_S - 1);
    touch(f.folder, "young.command", NOW - TERMINAL_STRAY_S);
    touch(f.folder, "old.txt", 1);
    touch(f.folder, "x.command~", 1);
    terminal_sweep(f.folder, NOW);
    assert_false(is_there(f.folder, "old.command"));
    assert_true(is_there(f.folder, "young.command"));
    assert_true(is_there(f.folder, "old.txt") && is_there(f.folder, "x.command~"));
    terminal_sweep("/nonexistent", NOW);
    fake_close(&f);
}

TEST(terminal_kinds_have_words_and_rows)
{
    enum terminal_kind kind;

    for (int i = 0; i < TERMINAL_COUNT; i++) {
        assert_true(terminal_from_word(terminal_word((enum terminal_kind)i), &kind));
        assert_int_equal(kind, i);
        assert_non_null(host_path(terminal_host(kind, true), true));
        assert_int_equal(terminal_host(kind, false), HOST_TERMINAL);
        for (int k = 0; k < i; k++)
            assert_int_not_equal(terminal_host(kind, true),
                                 terminal_host((enum terminal_kind)k, true));
    }
    assert_false(terminal_from_word("xterm", &kind));
}

SUITE(terminal, T(terminal_text_removes_itself_and_becomes_the_engine),
      T(terminal_script_runs_and_is_gone),
      T(terminal_makes_its_folder_and_refuses_one_that_others_can_use),
      T(terminal_sweeps_old_scripts_and_nothing_else), T(terminal_kinds_have_words_and_rows))
