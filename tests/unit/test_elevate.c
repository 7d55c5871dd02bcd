/* test_elevate.c - who may become root and how it is told. The fake engine is also the system's
 * pkexec and osascript: for the file system of these tests these are links to it, and everything is
 * root's unless a test says otherwise. */
#include "core/engine/elevate.h"
#include "tests/unit/fake_engine.h"
#include <sys/wait.h>

#define HIS 501 /* an ordinary user */

static char asker[SYS_PATH_MAX];      /* of the running test; "": the system has none */
static struct stat loose;             /* st_mode: what is added; st_uid, st_gid: whose it is */
static char loose_path[SYS_PATH_MAX]; /* that this is about; "" for none */

static int elevate_lstat(const char *path, struct stat *st)
{
    if (strcmp(path, "/usr/bin/pkexec") == 0 || strcmp(path, "/usr/bin/osascript") == 0) {
        *st = (struct stat){.st_mode = S_IFLNK | 0777};
        errno = ENOENT;
        return asker[0] != '\0' ? 0 : -1;
    }
    if (fake_lstat(path, st) != 0)
        return -1;
    st->st_uid = 0;
    st->st_gid = 0;
    st->st_mode &= ~(mode_t)022;
    if (strcmp(path, loose_path) == 0) {
        st->st_uid = loose.st_uid;
        st->st_gid = loose.st_gid;
        st->st_mode |= loose.st_mode;
    }
    return 0;
}

static ssize_t elevate_readlink(const char *path, char *out, size_t size)
{
    (void)path;
    return (ssize_t)snprintf(out, size, "%s", asker);
}

static const struct locate_fs elevate_fs = {elevate_lstat, elevate_readlink};

struct world {
    struct fake f;
    struct program prog;
    struct valid_domain domain;
    struct cmd_call call;
    enum elevate_end end;
    struct fault why;
};

static void world_open(struct world *w, bool mac)
{
    struct cmd_args args = {.domain = &w->domain};

    memset(w, 0, sizeof *w);
    fake_open(&w->f, ENGINE_APPLE);
    w->f.where.mac = mac;
    w->f.where.apple_silicon = true;
    w->f.where.uid = HIS;
    w->f.where.fs = &elevate_fs;
    snprintf(asker, sizeof asker, "%.900s/asker", w->f.folder);
    fake_install(asker);
    loose_path[0] = '\0';
    loose = (struct stat){0};
    assert_int_equal(locate_program(&w->f.where, ENGINE_APPLE, &w->prog, NULL), RC_OK);
    assert_int_equal(valid_domain("dev.local", 9, &w->domain, NULL), RC_OK);
    assert_int_equal(cmd_call_init(&w->call, &w->prog, OP_DNS_CREATE, &args, NULL), RC_OK);
}

static enum rc run(struct world *w)
{
    return elevate_run(w->f.spawner, &w->f.where, &w->call, NULL, &w->end, &w->why);
}

TEST(elevate_asks_through_pkexec)
{
    struct world w;
    char words[SYS_PATH_MAX + 100];

    world_open(&w, false);
    assert_int_equal(run(&w), RC_OK);
    assert_int_equal(w.end, ELEVATE_DONE);
    snprintf(words, sizeof words, " --disable-internal-agent %s system dns create dev.local",
             w.prog.path);
    assert_int_equal(fake_calls(&w.f, "+", words), 1);
    assert_int_equal(fake_calls(&w.f, "+", ""), 1); /* and the command itself by nobody else */
    fake_close(&w.f);
}

TEST(elevate_asks_through_a_script_whose_words_come_behind_it)
{
    struct world w;
    char words[SYS_PATH_MAX + 300];

    world_open(&w, true);
    assert_int_equal(run(&w), RC_OK);
    snprintf(words, sizeof words,
             " -e end run Container Kit wants to add the DNS domain dev.local. This Mac then finds "
             "containers under names that end in it. %s system dns create dev.local",
             w.prog.path);
    assert_int_equal(fake_calls(&w.f, "+", words), 1);
    fake_close(&w.f);
}

TEST(elevate_runs_at_once_what_root_asks_for)
{
    struct world w;

    world_open(&w, false);
    w.f.where.uid = 0;
    fake_put(&w.f, "create.exit", "1");
    fake_put(&w.f, "create.err", "Error: domain dev.local already exists\n");
    assert_int_equal(run(&w), RC_FAILED);
    assert_int_equal(w.end, ELEVATE_FAILED);
    assert_string_equal(w.why.text, "Error: domain dev.local already exists");
    fake_drop(&w.f, "create.exit");
    assert_int_equal(run(&w), RC_OK);
    assert_int_equal(fake_calls(&w.f, "+", " system dns create dev.local"), 2);
    assert_int_equal(fake_calls(&w.f, "+", "--disable-internal-agent"), 0);
    fake_close(&w.f);
}

/* Whoever can change the file, or a folder above it, could have something else run as root. */
TEST(elevate_asks_nobody_for_what_others_could_change)
{
    static const struct {
        int up; /* folders above the file */
        mode_t mode;
        uid_t uid;
        gid_t gid;
        uid_t we;
        const char *what;
    } rows[] = {
        {0, 0, HIS, 20, HIS, "does not belong to root"},  /* Homebrew's own file */
        {1, 0, HIS, 80, HIS, "does not belong to root"},  /* /opt/homebrew/bin */
        {1, 0020, 0, 80, HIS, "is writable by group 80"}, /* /Applications */
        {2, 0020, 0, 0, HIS, "is writable by group 0"},   /* wheel has members */
        {0, 0002, 0, 0, HIS, "is writable by others"},    /* anybody */
        {1, 0020, 0, 0, 0, "is writable by group 0"},     /* also when we are root */
    };
    struct world w;
    char line[ELEVATE_LINE_MAX], expected[ELEVATE_LINE_MAX];

    world_open(&w, true);
    snprintf(expected, sizeof expected, "sudo %.1000s system dns create dev.local", w.prog.path);
    elevate_sudo_line(&w.call, line, sizeof line);
    assert_string_equal(line, expected);
    for (size_t i = 0; i < countof(rows); i++) {
        snprintf(loose_path, sizeof loose_path, "%s", w.prog.path);
        for (int up = 0; up < rows[i].up; up++)
            *strrchr(loose_path, '/') = '\0';
        loose =
            (struct stat){.st_mode = rows[i].mode, .st_uid = rows[i].uid, .st_gid = rows[i].gid};
        w.f.where.uid = rows[i].we;
        assert_int_equal(run(&w), RC_DENIED);
        assert_int_equal(w.end, ELEVATE_REFUSED);
        assert_true(elevate_offers_sudo(w.end));
        assert_non_null(strstr(w.why.text, rows[i].what));
        assert_non_null(strstr(w.why.text, "the command is not run as root"));
    }
    assert_int_equal(fake_calls(&w.f, "+", ""), 0);
    fake_drop(&w.f, "container");
    assert_int_equal(run(&w), RC_MISSING);
    assert_int_equal(w.end, ELEVATE_FAILED); /* no line for sudo would find it either */
    fake_close(&w.f);
}

TEST(elevate_says_that_there_is_nothing_to_ask_with)
{
    struct world w;

    world_open(&w, false);
    asker[0] = '\0';
    assert_int_equal(run(&w), RC_MISSING);
    assert_int_equal(w.end, ELEVATE_UNASKED);
    assert_string_equal(w.why.text, "/usr/bin/pkexec is not there");
    assert_true(elevate_offers_sudo(w.end));
    assert_int_equal(fake_calls(&w.f, "+", ""), 0);
    fake_close(&w.f);
}

/* Quit leaves the question, and what root runs behind it, alone. */
TEST(elevate_never_says_cancelled_for_what_may_run_on)
{
    struct world w;
    struct cancel *stop = cancel_new();

    world_open(&w, false);
    fake_put(&w.f, "--disable-internal-agent.mode", "hang");
    w.call.timeout_ms = 1; /* the question has its own two minutes besides */
    cancel_trigger(stop);
    assert_int_equal(elevate_run(w.f.spawner, &w.f.where, &w.call, stop, &w.end, &w.why),
                     RC_CANCELLED);
    assert_int_equal(w.end, ELEVATE_RUNS);
    assert_null(strstr(w.why.text, "cancel"));
    cancel_free(stop);
    fake_close(&w.f);
}

static const struct verdict {
    bool mac;
    enum rc ran;
    int exit_code, sig;
    const char *err;
    enum rc rc;
    enum elevate_end end;
    const char *text; /* a part of the sentence */
} verdicts[] = {
    {false, RC_OK, 0, 0, "", RC_OK, ELEVATE_DONE, ""},
    {false, RC_OK, 126, 0, "Error executing command as another user: Request dismissed\n",
     RC_DENIED, ELEVATE_DISMISSED, "was closed; nothing was changed"},
    {false, RC_OK, 127, 0,
     "Error executing command as another user: Not authorized\n\nThis incident has been "
     "reported.\n",
     RC_DENIED, ELEVATE_DENIED, "did not allow it; nothing was changed"},
    {false, RC_OK, 127, 0,
     "Error executing command as another user: No authentication agent found.\n", RC_DENIED,
     ELEVATE_UNASKED, "asks for passwords; nothing was changed"},
    /* the command's own */
    {false, RC_OK, 126, 0, "Error: no\n", RC_FAILED, ELEVATE_FAILED, "no"},
    {false, RC_OK, 127, 0, "", RC_FAILED, ELEVATE_FAILED, "exit code 127"},
    {false, RC_OK, 1, 0, "Error: domain a already exists\n", RC_FAILED, ELEVATE_FAILED,
     "domain a already exists"},
    {false, RC_TIMEOUT, -1, SIGTERM, "", RC_TIMEOUT, ELEVATE_UNANSWERED,
     "not answered in time; nothing was changed"},
    {false, RC_TIMEOUT, -1, 0, "", RC_TIMEOUT, ELEVATE_RUNS, "still running as root"},
    {false, RC_CANCELLED, -1, 0, "", RC_CANCELLED, ELEVATE_RUNS, "still running as root"},
    {false, RC_IO, -1, 0, "", RC_IO, ELEVATE_FAILED, ""},
    {true, RC_OK, 0, 0, "", RC_OK, ELEVATE_DONE, ""},
    {true, RC_OK, 1, 0, "0:61: execution error: User canceled. (-128)\n", RC_DENIED,
     ELEVATE_DISMISSED, "was closed; nothing was changed"},
    {true, RC_OK, 1, 0, "0:61: execution error: Vom Benutzer abgebrochen (Test). (-128)\n",
     RC_DENIED, ELEVATE_DISMISSED, "was closed"},
    {true, RC_OK, 1, 0,
     "198:312: execution error: The administrator user name or password was incorrect. (-60007)\n",
     RC_DENIED, ELEVATE_DENIED, "password was wrong, or macOS could not ask"},
    {true, RC_OK, 1, 0, "0:1: execution error: x (-60005)\n", RC_DENIED, ELEVATE_DENIED,
     "macOS did not allow it; nothing was changed"},
    {true, RC_OK, 1, 0, "0:1: execution error: x (-60006)\n", RC_DENIED, ELEVATE_DISMISSED,
     "was closed"},
    {true, RC_OK, 1, 0, "198:312: execution error: Error: domain a (b) already exists (1)\n",
     RC_FAILED, ELEVATE_FAILED, "domain a (b) already exists"},
    {true, RC_OK, 1, 0, "0:9: execution error: The command exited with a non-zero status. (3)\n",
     RC_FAILED, ELEVATE_FAILED, "The command exited with a non-zero status."},
    {true, RC_OK, 1, 0, "(", RC_FAILED, ELEVATE_FAILED, "exit code 1"},
    {true, RC_OK, 1, 0, "( )", RC_FAILED, ELEVATE_FAILED, "exit code 1"},
    {true, RC_OK, 1, 0, "", RC_FAILED, ELEVATE_FAILED, "exit code 1"},
    {true, RC_OK, -1, SIGKILL, "x (-128)", RC_FAILED, ELEVATE_FAILED, "x (-128)"},
    {true, RC_TIMEOUT, -1, SIGTERM, "", RC_TIMEOUT, ELEVATE_RUNS, "still running as root"},
    {true, RC_TIMEOUT, -1, 0, "", RC_TIMEOUT, ELEVATE_RUNS, "still running as root"},
};

TEST(elevate_tells_plainly_what_became_of_it)
{
    struct world w;

    world_open(&w, false);
    for (size_t i = 0; i < countof(verdicts); i++) {
        const struct verdict *v = &verdicts[i];
        struct child_result res = {.exit_code = v->exit_code, .sig = v->sig};

        buf_init(&res.err, CMD_LINE_MAX);
        assert_int_equal(buf_text_add(&res.err, v->err), RC_OK);
        w.why = (struct fault){0};
        assert_int_equal(elevate_verdict(v->mac, &w.call, v->ran, &res, &w.end, &w.why), v->rc);
        assert_string_equal(elevate_word(w.end), elevate_word(v->end));
        if (strstr(w.why.text, v->text) == NULL)
            fail_msg("row %zu: \"%s\" is not in \"%s\"", i, v->text, w.why.text);
        assert_null(strstr(w.why.text, "cancelled"));
        child_result_release(&res);
    }
    fake_close(&w.f);
}

/* A domain is the only word of these rows that comes from outside. */
TEST(elevate_has_no_word_for_a_hostile_name)
{
    static const char *const names[] = {
        "",
        "-a",
        "--help",
        "a'b",
        "a\"b",
        "a`id`",
        "$(id)",
        "a;id",
        "a b",
        "a\nb",
        "a\n",
        "\ta",
        "a|b",
        "a&b",
        "a>b",
        "a\\b",
        "a/b",
        "../etc/a",
        ".",
        "a..b",
        ".a",
        "a.",
        "a-",
        "-.a",
        "*",
        "a{b,c}",
        "~",
        "%s",
        "b\303\274cher.de",
        "a\342\200\256b",
        "a\177b",
        "\360\237\220\263",
        "<domain>",
    };
    struct valid_domain out;
    char longest[302];

    for (size_t i = 0; i < countof(names); i++)
        assert_int_equal(valid_domain(names[i], strlen(names[i]), &out, NULL), RC_DENIED);
    assert_int_equal(valid_domain("a\0b", 3, &out, NULL), RC_DENIED);
    for (size_t i = 0; i < 300; i++)
        longest[i] = i % 2 == 0 ? 'a' : '.';
    longest[299] = 'a';
    assert_int_equal(valid_domain(longest, 300, &out, NULL), RC_DENIED);
}

static int run_apart(void (*what)(struct world *), struct world *w)
{
    int status = 0;
    pid_t pid = fork();

    assert_true(pid >= 0);
    if (pid == 0) {
        close(STDERR_FILENO);
        signal(SIGABRT, SIG_DFL);
        what(w);
        _exit(0);
    }
    assert_int_equal(waitpid(pid, &status, 0), pid);
    return status;
}

static void run_in_vain(struct world *w)
{
    if (run(w) == RC_OK)
        _exit(1);
}

static void wrap_in_vain(struct world *w)
{
    struct host_program host = {HOST_AS_ROOT, false, "/usr/bin/pkexec"};
    struct host_prompt prompt = {"Container Kit"};
    struct host_args args = {.elevated = &w->call, .prompt = &prompt};
    struct cmd_call out;

    host_call_init(&out, &host, &args);
}

/* Only the mark of its row lets a call become root's, in both places that could make it so. */
TEST(elevate_takes_no_other_row)
{
    struct world w;
    int status;

    world_open(&w, false);
    for (int op = 0; op < OP_COUNT; op++) {
        if (op == OP_DNS_CREATE || op == OP_DNS_DELETE || !cmd_has(ENGINE_APPLE, (enum op)op))
            continue;
        w.call.op = (enum op)op;
        w.call.elevated = false;
        for (uid_t uid = 0; uid <= HIS; uid += HIS) {
            w.f.where.uid = uid;
            status = run_apart(run_in_vain, &w);
            assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
        }
        status = run_apart(wrap_in_vain, &w);
        assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
    }
    assert_int_equal(fake_calls(&w.f, "+", ""), 0);
    fake_close(&w.f);
}

SUITE(elevate, T(elevate_asks_through_pkexec),
      T(elevate_asks_through_a_script_whose_words_come_behind_it),
      T(elevate_runs_at_once_what_root_asks_for),
      T(elevate_asks_nobody_for_what_others_could_change),
      T(elevate_says_that_there_is_nothing_to_ask_with),
      T(elevate_never_says_cancelled_for_what_may_run_on),
      T(elevate_tells_plainly_what_became_of_it), T(elevate_has_no_word_for_a_hostile_name),
      T(elevate_takes_no_other_row))
