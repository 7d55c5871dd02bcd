/* test_host.c - the programs of the system: exact words on both systems, and that a window of the
 * user's is neither waited for nor ended. */
#include "core/exec/host.h"
#include "tests/unit/fake.h"

static struct valid_url url;
static struct valid_domain domain;
static struct cmd_call elevated;
static const struct program engine = {.kind = ENGINE_APPLE, .path = "/usr/local/bin/container"};
static const struct host_prompt prompt = {"Container Kit's dialog"};
static const struct host_start start = {"/A b/K.app", "--update-launch", "0a"};
static const struct host_script script = {"/data/a b/terminal/x.command"};

static const struct expected {
    enum host_op op;
    bool mac;
    char hole; /* u, s, c, r, or none */
    const char *text;
} expected[] = {
    {HOST_OPEN_URL, false, 'u', "/usr/bin/xdg-open http://localhost:80/"},
    {HOST_OPEN_URL, true, 'u', "/usr/bin/open http://localhost:80/"},
    {HOST_TERMINAL, false, 's', "/usr/bin/x-terminal-emulator -e '/data/a b/terminal/x.command'"},
    {HOST_TERMINAL, true, 's', "/usr/bin/open '/data/a b/terminal/x.command'"},
    {HOST_TERMINAL_APP, true, 's', "/usr/bin/open -a Terminal '/data/a b/terminal/x.command'"},
    {HOST_ITERM2, true, 's', "/usr/bin/open -a iTerm '/data/a b/terminal/x.command'"},
    {HOST_GHOSTTY, true, 's', "/usr/bin/open -na Ghostty --args -e '/data/a b/terminal/x.command'"},
    {HOST_KITTY, true, 's', "/usr/bin/open -na kitty --args '/data/a b/terminal/x.command'"},
    {HOST_WEZTERM, true, 's',
     "/usr/bin/open -na WezTerm --args start -- '/data/a b/terminal/x.command'"},
    {HOST_AS_ROOT, false, 'c',
     "/usr/bin/pkexec --disable-internal-agent /usr/local/bin/container system dns create a.b"},
    /* every byte of the script: what comes from us stands behind it, as words of its own */
    {HOST_AS_ROOT, true, 'c',
     "/usr/bin/osascript -e 'on run argv' -e 'set theLine to \"\"'"
     " -e 'repeat with theWord in rest of argv'"
     " -e 'set theLine to theLine & quoted form of (contents of theWord) & space'"
     " -e 'end repeat'"
     " -e 'do shell script theLine with prompt (item 1 of argv) with administrator privileges'"
     " -e 'end run' 'Container Kit'\\''s dialog'"
     " /usr/local/bin/container system dns create a.b"},
    {HOST_RELAUNCH, true, 'r', "/usr/bin/open -n '/A b/K.app' --args --update-launch 0a"},
};

static void call_of(struct cmd_call *call, struct host_program *prog, const struct expected *e)
{
    struct cmd_args words = {.domain = &domain};
    struct host_args args = {0};

    assert_int_equal(valid_domain("a.b", 3, &domain, NULL), RC_OK);
    assert_int_equal(cmd_call_init(&elevated, &engine, OP_DNS_CREATE, &words, NULL), RC_OK);
    assert_int_equal(valid_url("http://localhost:80/", 20, &url, NULL), RC_OK);
    if (e->hole == 'u')
        args.url = &url;
    if (e->hole == 's')
        args.script = &script;
    if (e->hole == 'r')
        args.start = &start;
    if (e->hole == 'c') {
        args.elevated = &elevated;
        args.prompt = &prompt;
    }
    *prog = (struct host_program){.op = e->op, .mac = e->mac};
    snprintf(prog->path, sizeof prog->path, "%s", host_path(e->op, e->mac));
    host_call_init(call, prog, &args);
}

TEST(host_rows_have_these_words_and_no_other)
{
    size_t rows = 0;

    for (size_t i = 0; i < countof(expected); i++) {
        struct host_program prog;
        struct cmd_call call;
        char text[1024];

        call_of(&call, &prog, &expected[i]);
        cmd_call_text(&call, text, sizeof text);
        assert_string_equal(text, expected[i].text);
        assert_true(call.detaches && !call.stream && !call.elevated);
        /* /usr/bin/open hands over and ends */
        assert_int_equal(call.stays, !expected[i].mac && expected[i].hole != 'c');
        assert_true(call.timeout_ms > 0);
        assert_string_equal(cmd_call_title(&call), prog.path);
        assert_string_equal(cmd_call_word(&call), host_word(expected[i].op));
    }
    for (int op = 0; op < HOST_COUNT; op++) {
        rows += host_path((enum host_op)op, false) != NULL;
        rows += host_path((enum host_op)op, true) != NULL;
        assert_true(host_word((enum host_op)op)[0] != '\0');
    }
    assert_int_equal(rows, countof(expected));
}

/* Runs tests/fake/fault.c as a browser. */
static void run_as_browser(const struct fake *f, const char *name, int64_t wait_ms,
                           struct fake_ran *r)
{
    struct host_program prog;
    struct program fault;
    struct cmd_call call;

    call_of(&call, &prog, &expected[0]);
    fake_program(f, ENGINE_DOCKER, name, &fault);
    snprintf(prog.path, sizeof prog.path, "%s", fault.path);
    call.timeout_ms = wait_ms;
    fake_run_call(f, &call, NULL, r);
}

TEST(host_tells_how_a_program_ended)
{
    struct fake f;
    struct fake_ran r;

    fake_open(&f, true);
    run_as_browser(&f, "exit-4", FAKE_PATIENCE_MS, &r);
    assert_int_equal(r.rc, RC_OK);
    assert_int_equal(r.res.exit_code, 4);
    child_result_release(&r.res);
    fake_close(&f);
}

/* A pid that a program which is never told to write anything has left. */
static pid_t find_child(void)
{
    char path[64], text[32] = "";
    FILE *in;

    snprintf(path, sizeof path, "/proc/self/task/%ld/children", (long)getpid());
    in = fopen(path, "r");
    assert_non_null(in);
    if (fgets(text, sizeof text, in) == NULL)
        text[0] = '\0';
    fclose(in);
    return (pid_t)strtol(text, NULL, 10);
}

TEST(host_leaves_a_window_open)
{
    struct fake f;
    struct fake_ran r;
    siginfo_t info;
    pid_t pid;

    fake_open(&f, false);
    run_as_browser(&f, "hang", 30, &r);
    assert_int_equal(r.rc, RC_OK);
    assert_int_equal(r.res.exit_code, 0);
    assert_int_equal(r.res.out.len + r.res.err.len, 0);
    child_result_release(&r.res);
    pid = find_child();
    assert_true(pid > 1);
    fake_nap(30);
    assert_true(fake_lives(pid)); /* neither TERM nor KILL */
    kill(pid, SIGKILL);
    assert_int_equal(waitid(P_PID, (id_t)pid, &info, WEXITED | WNOWAIT), 0);
    fake_close(&f); /* reaps it */
}

TEST(host_programs_get_the_session_and_nothing_else)
{
    static const char *const from[] = {
        "DISPLAY=:1", "LC_ALL=de_DE.UTF-8", "HOME=/h",    "XMODIFIERS=@im=ibus",  "DOCKER_HOST=x",
        "BROWSER=sh", "LD_PRELOAD=/evil",   "PATH=/evil", "https_proxy=http://p", NULL};
    struct env *e = env_new(from);
    const char *const *words = env_for_host(e);

    assert_string_equal(words[0], env_for(e, ENGINE_DOCKER)[0]); /* PATH */
    assert_string_equal(words[1], "HOME=/h");
    assert_string_equal(words[2], "LC_ALL=de_DE.UTF-8");
    assert_string_equal(words[3], "DISPLAY=:1");
    assert_string_equal(words[4], "XMODIFIERS=@im=ibus");
    assert_null(words[5]);
    env_free(e);
}

TEST(host_knows_what_makes_an_engine_the_one_that_it_is)
{
    assert_string_equal(env_own_name(ENGINE_DOCKER, 0), "DOCKER_HOST");
    for (int kind = 0; kind < ENGINE_COUNT; kind++) {
        size_t n = 0;

        while (env_own_name((enum engine_kind)kind, n) != NULL)
            n++;
        assert_true(n > 0);
        assert_null(env_own_name((enum engine_kind)kind, n + 100));
    }
}

SUITE(host, T(host_rows_have_these_words_and_no_other), T(host_tells_how_a_program_ended),
      T(host_leaves_a_window_open), T(host_programs_get_the_session_and_nothing_else),
      T(host_knows_what_makes_an_engine_the_one_that_it_is))
