/* host.c - see host.h: the rows, and how they are filled.
 *
 * On macOS everything goes through /usr/bin/open, that is through LaunchServices: the user's own
 * choice of a browser and a terminal counts, and no terminal is started by its inner executable
 * (mac-behaviour 22). The terminals that take a script as a document get it as one; the others take
 * a command as words behind --args, of a new instance (-n), for a running one reads no words.
 * On Linux xdg-open asks the desktop, and x-terminal-emulator is Debian's link to the terminal that
 * was chosen, whose -e takes a command (Debian Policy 11.8.3). */
#include "core/exec/host.h"
#include <string.h>

#define WORDS_MAX 8
#define OPEN "/usr/bin/open"
#define SETTINGS "x-apple.systempreferences:com.apple."

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
[HOST_SETTINGS_MENU_BAR]      = {{0}, {OPEN, 10, false, {SETTINGS "MenuBarSettings"}}},
[HOST_SETTINGS_NOTIFICATIONS] = {{0}, {OPEN, 10, false, {SETTINGS "Notifications-Settings.extension"}}},
[HOST_SETTINGS_LOGIN_ITEMS]   = {{0}, {OPEN, 10, false, {SETTINGS "LoginItems-Settings.extension"}}},
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
    [HOST_SETTINGS_MENU_BAR] = "settings-menu-bar",
    [HOST_SETTINGS_NOTIFICATIONS] = "settings-notifications",
    [HOST_SETTINGS_LOGIN_ITEMS] = "settings-login-items",
};
/* clang-format on */

const char *host_word(enum host_op op)
{
    MUST((unsigned)op < HOST_COUNT);
    return words[op];
}

const char *host_path(enum host_op op, bool mac)
{
    MUST((unsigned)op < HOST_COUNT);
    return rows[op][mac].path;
}

/* The word itself, or what fills it. Neither a URL nor an absolute path can be an option. */
static const char *fill(const char *word, const struct host_args *args, unsigned *used)
{
    if (strcmp(word, "<url>") == 0) {
        MUST(args->url != NULL && args->url->text[0] == 'h');
        *used |= 1;
        return args->url->text;
    }
    if (strcmp(word, "<script>") == 0) {
        MUST(args->script != NULL && args->script->path[0] == '/');
        *used |= 2;
        return args->script->path;
    }
    MUST(word[0] != '<');
    return word;
}

void host_call_init(struct cmd_call *call, const struct host_program *prog,
                    const struct host_args *args)
{
    static const struct host_args none;
    const struct host_row *row = &rows[prog->op][prog->mac];
    unsigned used = 0;
    size_t argc = 0;

    MUST(row->path != NULL && prog->path[0] == '/');
    args = args != NULL ? args : &none;
    *call = (struct cmd_call){.host = prog->op,
                              .program = prog->path,
                              .timeout_ms = (int64_t)row->wait_s * 1000,
                              .output_max = CMD_LINE_MAX,
                              .detaches = true,
                              .stays = row->stays};
    call->argv[argc++] = prog->path;
    for (size_t i = 0; i < WORDS_MAX && row->words[i] != NULL; i++)
        call->argv[argc++] = fill(row->words[i], args, &used);
    MUST(((used & 1) != 0) == (args->url != NULL) && ((used & 2) != 0) == (args->script != NULL));
}
