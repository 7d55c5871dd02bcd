/* host.c - see host.h: the rows, and how they are filled.
 *
 * On macOS everything goes through /usr/bin/open, that is through LaunchServices: the user's own
 * choice of a browser and a terminal counts, and no terminal is started by its inner executable
 * (mac-behaviour 22). The terminals that take a script as a document get it as one; the others take
 * a command as words behind --args, of a new instance (-n), for a running one reads no words.
 * On Linux xdg-open asks the desktop, and x-terminal-emulator is Debian's link to the terminal that
 * was chosen, whose -e takes a command (Debian Policy 11.8.3).
 *
 * As root (mac-behaviour 20): pkexec asks through the agent of the session, and without one fails
 * at once, for its own would want a terminal. macOS has no such program; there a script does it,
 * which never changes: what comes from us are its arguments, the prompt and the words of the
 * command, and AppleScript's own `quoted form of` makes them safe for the shell that `do shell
 * script` is.
 *
 * Our own program comes back after an update through LaunchServices, so that macOS takes it for an
 * app opened by the user and not for a part of what started it (updates.md 10.5); a running copy
 * keeps open(1) from starting another one, hence -n. */
#include "core/exec/host.h"
#include <string.h>

#define WORDS_MAX 16
#define OPEN "/usr/bin/open"
#define OWN ""       /* in place of a path: our own program, which lies where it lies */
#define ASKING_S 120 /* for a person to read a question and find a password */
/* clang-format off */
#define AS_ROOT_SCRIPT                                                                             \
    "-e", "on run argv",                                                                           \
    "-e", "set theLine to \"\"",                                                                   \
    "-e", "repeat with theWord in rest of argv",                                                   \
    "-e", "set theLine to theLine & quoted form of (contents of theWord) & space",                 \
    "-e", "end repeat",                                                                            \
    "-e", "do shell script theLine with prompt (item 1 of argv) with administrator privileges",    \
    "-e", "end run"
/* clang-format on */

struct host_row {
    const char *path; /* NULL: the system has no such row */
    unsigned wait_s;
    bool stays; /* it is the window itself, or waits for it: past wait_s it has not failed */
    const char *words[WORDS_MAX];
};

/* [0] Linux, [1] macOS */
/* clang-format off */
static const struct host_row rows[HOST_COUNT][2] = {
[HOST_OPEN_URL]     = {{"/usr/bin/xdg-open", 3, true, {"<url>"}},
                       {OPEN, 10, false, {"<url>"}}},
[HOST_TERMINAL]     = {{"/usr/bin/x-terminal-emulator", 3, true, {"-e", "<script>"}},
                       {OPEN, 10, false, {"<script>"}}},
[HOST_TERMINAL_APP] = {{0}, {OPEN, 10, false, {"-a", "Terminal", "<script>"}}},
[HOST_ITERM2]       = {{0}, {OPEN, 10, false, {"-a", "iTerm", "<script>"}}},
[HOST_GHOSTTY]      = {{0}, {OPEN, 10, false, {"-na", "Ghostty", "--args", "-e", "<script>"}}},
[HOST_KITTY]        = {{0}, {OPEN, 10, false, {"-na", "kitty", "--args", "<script>"}}},
[HOST_WEZTERM]      = {{0}, {OPEN, 10, false, {"-na", "WezTerm", "--args", "start", "--", "<script>"}}},
[HOST_AS_ROOT]      = {{"/usr/bin/pkexec", ASKING_S, false, {"--disable-internal-agent", "<call>"}},
                       {"/usr/bin/osascript", ASKING_S, false, {AS_ROOT_SCRIPT, "<prompt>", "<call>"}}},
[HOST_WATCHDOG]     = {{OWN, 3, true, {"--update-watchdog"}}, {OWN, 3, true, {"--update-watchdog"}}},
[HOST_RELAUNCH]     = {{OWN, 3, true, {"<start>"}},
                       {OPEN, 10, false, {"-n", "<app>", "--args", "<start>"}}},
};

static const char *const words[HOST_COUNT] = {
    [HOST_NONE] = "none",
    [HOST_OPEN_URL] = "open-url",
    [HOST_TERMINAL] = "terminal",
    [HOST_TERMINAL_APP] = "terminal-app",
    [HOST_ITERM2] = "iterm2",
    [HOST_GHOSTTY] = "ghostty",
    [HOST_KITTY] = "kitty",
    [HOST_WEZTERM] = "wezterm",
    [HOST_AS_ROOT] = "as-root",
    [HOST_WATCHDOG] = "update-watchdog",
    [HOST_RELAUNCH] = "relaunch",
};
/* clang-format on */

const char *host_word(enum host_op op)
{
    MUST((unsigned)op < HOST_COUNT);
    return words[op];
}

static bool is_own(const struct host_row *row)
{
    return row->path != NULL && row->path[0] == '\0';
}

const char *host_path(enum host_op op, bool mac)
{
    MUST((unsigned)op < HOST_COUNT);
    return is_own(&rows[op][mac]) ? NULL : rows[op][mac].path;
}

/* A call being filled. */
struct filling {
    struct cmd_call *call;
    const struct host_args *args;
    size_t argc;
    bool url, script, elevated, start; /* holes that there were */
};

static void put(struct filling *f, const char *word)
{
    MUST(f->argc < countof(f->call->argv) - 1); /* the last one stays NULL */
    f->call->argv[f->argc++] = word;
}

/* The one way to root: nothing but a row that is marked for it. */
static void put_call(struct filling *f)
{
    const struct cmd_call *call = f->args->elevated;

    MUST(call != NULL && call->elevated && call->host == HOST_NONE && call->program[0] == '/');
    for (size_t i = 0; call->argv[i] != NULL; i++)
        put(f, call->argv[i]);
    f->call->timeout_ms += call->timeout_ms;
    f->elevated = true;
}

/* The word itself, or what fills it. None of the fillings can be an option: a URL, an absolute
 * path, a sentence. */
static void fill(struct filling *f, const char *word)
{
    const struct host_args *args = f->args;

    if (strcmp(word, "<url>") == 0) {
        MUST(args->url != NULL && args->url->text[0] == 'h');
        f->url = true;
        put(f, args->url->text);
    } else if (strcmp(word, "<script>") == 0) {
        MUST(args->script != NULL && args->script->path[0] == '/');
        f->script = true;
        put(f, args->script->path);
    } else if (strcmp(word, "<prompt>") == 0) {
        MUST(args->prompt != NULL && args->prompt->text[0] == 'C');
        put(f, args->prompt->text);
    } else if (strcmp(word, "<call>") == 0) {
        put_call(f);
    } else if (strcmp(word, "<app>") == 0) {
        MUST(args->start != NULL && args->start->app[0] == '/');
        put(f, args->start->app);
    } else if (strcmp(word, "<start>") == 0) {
        MUST(args->start != NULL && args->start->word[0] == '-' && args->start->value[0] != '-');
        f->start = true;
        put(f, args->start->word);
        put(f, args->start->value);
    } else {
        MUST(word[0] != '<');
        put(f, word);
    }
}

void host_call_init(struct cmd_call *call, const struct host_program *prog,
                    const struct host_args *args)
{
    static const struct host_args none;
    const struct host_row *row = &rows[prog->op][prog->mac];
    struct filling f = {.call = call, .args = args != NULL ? args : &none};

    MUST(row->path != NULL && prog->path[0] == '/');
    *call = (struct cmd_call){.host = prog->op,
                              .program = prog->path,
                              .timeout_ms = (int64_t)row->wait_s * 1000,
                              .output_max = CMD_LINE_MAX,
                              .detaches = true,
                              .stays = row->stays,
                              .own = prog->op == HOST_WATCHDOG || prog->op == HOST_RELAUNCH,
                              .lifeline = prog->op == HOST_WATCHDOG};
    put(&f, prog->path);
    for (size_t i = 0; i < WORDS_MAX && row->words[i] != NULL; i++)
        fill(&f, row->words[i]);
    MUST(f.url == (f.args->url != NULL) && f.script == (f.args->script != NULL));
    MUST(f.start == (f.args->start != NULL));
    MUST(f.elevated == (f.args->elevated != NULL) && f.elevated == (f.args->prompt != NULL));
}
