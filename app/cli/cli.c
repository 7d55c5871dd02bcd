/* cli.c - the words of the command line as one table, and their help.
 *
 * cli_main() finds the word, has its options read (args.c) and runs it. No word draws anything or
 * needs a display; each is in a file of its own. */
#include "app/cli/cli.h"
#include "app/cli/words.h"
#include "core/desktop/autostart.h"
#include "core/update/install.h"
#include <stdio.h>
#include <string.h>

#define PROGRAM "container-kit"

#define HELP_ENGINE "  --engine E   only this engine: apple, docker or podman\n"
#define HELP_GROUP                                                                                 \
    "  --project P  all containers of this compose project\n"                                      \
    "  --all        all containers, but for what an engine runs for itself\n"
#define HELP_YES                                                                                   \
    HELP_GROUP                                                                                     \
    "  --yes        do it, also on a terminal and for more than a handful of containers\n"
#define HELP_GRACE                                                                                 \
    "  -t, --time N seconds to wait before it is killed, 0 to 3600; without it those of\n"         \
    "               `settings grace-seconds`\n"
#define HELP_ID                                                                                    \
    "\nID is a container's id, its name, or the start of its id if only one container has it.\n"
#define HELP_KEEP                                                                                  \
    "\nKept is the name: a container made anew under it is treated as it was. A menu bar "         \
    "that\n"                                                                                       \
    "runs takes this at its next start.\n"

/* clang-format off */
static const struct cli_word words[] = {
    {"list", cli_list, CLI_ENGINE | CLI_JSON, CLI_NO_ID, OP_LIST, "[--engine E] [--json]",
     "list the containers of every engine",
     HELP_ENGINE
     "  --json       print a JSON array, for programs\n"},
    {"menu", cli_menu, 0, CLI_NO_ID, OP_LIST, "",
     "print the menu as text",
     "It is the menu that the menu bar shows, with everything that opens to the side, but with\n"
     "every engine and without the history; `container-kit history` prints that.\n"},
    {"start", cli_act, CLI_ENGINE | CLI_GROUP | CLI_ALL, CLI_MANY_IDS, OP_START,
     "[--engine E] ID... | --project P | --all", "start containers",
     HELP_ENGINE HELP_GROUP HELP_ID},
    {"stop", cli_act, CLI_ENGINE | CLI_SECONDS | CLI_GROUP | CLI_ALL | CLI_YES, CLI_MANY_IDS, OP_STOP,
     "[--engine E] [--time N] [--yes] ID... | --project P | --all", "stop containers",
     HELP_ENGINE
     HELP_GRACE
     HELP_YES HELP_ID},
    {"restart", cli_act, CLI_ENGINE | CLI_SECONDS | CLI_GROUP | CLI_ALL | CLI_YES, CLI_MANY_IDS, OP_RESTART,
     "[--engine E] [--time N] [--yes] ID... | --project P | --all", "stop containers and start them again",
     HELP_ENGINE
     HELP_GRACE
     HELP_YES HELP_ID},
    {"kill", cli_act, CLI_ENGINE, CLI_MANY_IDS, OP_KILL, "[--engine E] ID...",
     "end containers at once", HELP_ENGINE HELP_ID},
    {"pause", cli_act, CLI_ENGINE, CLI_MANY_IDS, OP_PAUSE, "[--engine E] ID...",
     "freeze containers (docker and podman)", HELP_ENGINE HELP_ID},
    {"unpause", cli_act, CLI_ENGINE, CLI_MANY_IDS, OP_UNPAUSE, "[--engine E] ID...",
     "let frozen containers go on", HELP_ENGINE HELP_ID},
    {"remove", cli_act, CLI_ENGINE | CLI_FORCE, CLI_MANY_IDS, OP_REMOVE,
     "[--engine E] [--force] ID...", "remove stopped containers",
     "Nothing is asked. So the whole id or the name is needed, not the start of an id. Volumes stay,\n"
     "also those without a name, unless the container was started with --rm.\n\n"
     HELP_ENGINE
     "  -f, --force  end those that run, at once\n"},
    {"inspect", cli_inspect, CLI_ENGINE | CLI_VALUES, CLI_ONE_ID, OP_INSPECT,
     "[--engine E] [--values] ID", "print all that the engine knows of a container, as JSON",
     HELP_ENGINE
     "  --values     with the values of environment variables, which may be passwords\n" HELP_ID},
    {"pin", cli_keep, CLI_ENGINE, CLI_MANY_IDS, OP_LIST, "[--engine E] ID...",
     "pin containers to the top of the menu", HELP_ENGINE HELP_ID HELP_KEEP},
    {"unpin", cli_keep, CLI_ENGINE, CLI_MANY_IDS, OP_LIST, "[--engine E] ID...",
     "do not pin containers any more", HELP_ENGINE HELP_ID HELP_KEEP},
    {"hide", cli_keep, CLI_ENGINE, CLI_MANY_IDS, OP_LIST, "[--engine E] ID...",
     "hide containers in the menu", HELP_ENGINE HELP_ID HELP_KEEP},
    {"unhide", cli_keep, CLI_ENGINE, CLI_MANY_IDS, OP_LIST, "[--engine E] ID...",
     "show hidden containers again", HELP_ENGINE HELP_ID HELP_KEEP},
    {"mute", cli_keep, CLI_ENGINE, CLI_MANY_IDS, OP_LIST, "[--engine E] ID...",
     "show no notifications about containers", HELP_ENGINE HELP_ID HELP_KEEP},
    {"unmute", cli_keep, CLI_ENGINE, CLI_MANY_IDS, OP_LIST, "[--engine E] ID...",
     "show notifications about containers again", HELP_ENGINE HELP_ID HELP_KEEP},
    {"logs", cli_logs, CLI_ENGINE | CLI_FOLLOW | CLI_LINES, CLI_ONE_ID, OP_LOGS,
     "[--engine E] [-f] [-n N] ID", "print what a container wrote",
     HELP_ENGINE
     "  -f, --follow stay and print what comes, until interrupted\n"
     "  -n, --lines N  the last N lines, 200 without it\n"
     HELP_ID
     "\nOn a terminal, control characters are shown as escapes; elsewhere bytes are kept.\n"},
    {"stats", cli_stats, CLI_ENGINE | CLI_JSON, CLI_ANY_IDS, OP_STATS, "[--engine E] [--json] [ID...]",
     "print what running containers use",
     "CPU is in percent of one processor; network and disk are what was read and written since the\n"
     "start. Without an ID all that run are printed.\n\n"
     HELP_ENGINE
     "  --json       print a JSON array, for programs; sizes are bytes\n" HELP_ID},
    {"shell", cli_open, CLI_ENGINE, CLI_ONE_ID, OP_SHELL, "[--engine E] ID",
     "open a shell of a running container in a terminal", HELP_ENGINE HELP_ID},
    {"open", cli_open, CLI_ENGINE, CLI_ID_AND_PORT, OP_OPEN, "[--engine E] ID [PORT]",
     "open a published port of a running container in the browser",
     HELP_ENGINE
     "\nPORT is the port on this machine; without it the one that looks most like a web server.\n"
     HELP_ID},
    {"engine", cli_engine, CLI_JSON, CLI_SERVICE, OP_LIST, "[status | start | stop | restart] [apple | docker | podman] [--json]",
     "tell how engines are, start or stop one",
     "What is started is Apple's service, Docker Desktop or\n"
     "podman's machine; nothing is asked before a stop, which stops every container of it.\n"
     "The first start of Apple's may take minutes.\n\n"
     "  --json       print a JSON array of how they are, for programs\n"},
    {"dns", cli_dns, CLI_JSON, CLI_DOMAIN, OP_DNS_LIST, "[list | add DOMAIN | remove DOMAIN] [--json]",
     "list or change the DNS domains of Apple's container",
     "A container is found under its name and such a domain. To add or remove one takes root: if\n"
     "you are not, the system asks for a password, but only if nobody else could change the\n"
     "command meanwhile; if that cannot be, the line for sudo is printed.\n\n"
     "  --json       print the list as a JSON array, for programs\n"},
    {"watch", cli_watch, 0, CLI_NO_ID, OP_LIST, "",
     "print a line for each change, until interrupted",
     "A line is: time, engine, container, old state -> new state. A \"-\" in place of the\n"
     "container means the engine itself.\n"},
    {"history", cli_history, CLI_JSON | CLI_LINES | CLI_ALONE, CLI_NO_ID, OP_LIST, "[--json] [-n N]",
     "print what happened to containers while the menu bar ran",
     "The newest comes first.\n\n"
     "  --json       print a JSON array, for programs; times are seconds, since 1970 or in length\n"
     "  -n, --lines N  the newest N, 200 without it\n"},
    {"settings", cli_settings, CLI_JSON | CLI_DEFAULT | CLI_ALONE, CLI_SETTING, OP_LIST,
     "[--json] [NAME [VALUE | --default]]", "print what is set, or set it",
     "Without a NAME all settings are printed, with what they are for.\n\n"
     "  --default    set it back to what it is without you\n"
     "  --json       print JSON, for programs\n\n"
     "A menu bar that runs takes a new value at its next start.\n"},
    {"doctor", cli_doctor, CLI_JSON | CLI_LOG | CLI_SELFCHECK, CLI_NO_ID, OP_LIST,
     "[--json | --log | --self-check]", "tell which engines are used, and why",
     "  --json       print a JSON array of the engines, for programs\n"
     "  --log        print the last lines that the menu bar logged; they hold names and ids\n"
     "  --self-check in place of the engines: does this system have every class and method that\n"
     "               the program names? Status 1 if one is missing that it cannot do without.\n"},
    {"login-item", cli_login_item, CLI_ALONE, CLI_SWITCH, OP_LIST, "[on|off]",
     "tell or set whether the menu-bar item is opened at login",
     "Without on or off it prints the state: off, on, needs-approval or unavailable.\n"},
    {"link", cli_link, CLI_REMOVE | CLI_ALONE, CLI_NO_ID, OP_LIST, "[--remove]",
     "make this program a command of your shell",
     "It makes a link named container-kit in /usr/local/bin if you may write there, else in\n"
     "~/.local/bin, and never replaces what is not such a link.\n\n"
     "  --remove     remove the link again\n"},
    {"registry", cli_registry, CLI_ENGINE | CLI_JSON | CLI_USER | CLI_PASSWORD, CLI_REGISTRY, OP_LIST,
     "[list | login --user U --password-stdin HOST | logout HOST] [--engine E] [--json]",
     "list the registries of every engine, log in or out",
     HELP_ENGINE
     "  --json       print the list as a JSON array, for programs\n"
     "  -u, --user U the name to log in with\n"
     "  --password-stdin  read the password from standard input; there is no other way\n"
     "\nTo log in or out an engine must be named: each has its own logins. Docker and Podman keep\n"
     "the password base64-coded in a file of their own, which is not encryption, unless a\n"
     "credential helper is set up; Apple container keeps it in the login keychain.\n"},
    {"update", cli_update, CLI_JSON | CLI_ALONE, CLI_UPDATE, OP_LIST, "check | install | status [--json]",
     "look for a new version of this program, and install it",
     "  check        ask whether there is one\n"
     "  install      fetch and install it; a menu bar that runs goes on as it is, and the new\n"
     "               version takes its place when it ends\n"
     "  status       tell what is remembered of earlier checks; asks nobody\n"
     "  --json       print a JSON object, for programs; not for install\n\n"
     "Exit status: 0 also if there is nothing new, 3 if nobody answers or this program cannot be\n"
     "updated where it is.\n"},
    {"completion", cli_completion, 0, CLI_COMPLETION, OP_LIST, "bash | zsh | fish | containers",
     "print what lets a shell complete the words of this program",
     "For bash, in ~/.bashrc:  eval \"$(container-kit completion bash)\"\n"
     "For zsh, in ~/.zshrc:    eval \"$(container-kit completion zsh)\"\n"
     "For fish, once:          container-kit completion fish >\\\n"
     "                           ~/.config/fish/completions/container-kit.fish\n\n"
     "With `containers` it prints the names of all containers, a line each: the scripts ask that.\n"},
    {"manual", cli_manual, CLI_ALONE, CLI_NO_ID, OP_LIST, "", "print the manual page, for man",
     "To read it: container-kit manual | man -l -    (on macOS: mandoc)\n"},
    {"version", cli_version, CLI_ALONE, CLI_NO_ID, OP_LIST, "", "print the version", ""},
};
/* clang-format on */

const struct cli_word *cli_words(size_t *count)
{
    *count = countof(words);
    return words;
}

bool cli_wants(int argc, char **argv)
{
    static const char *const apps[] = {
        "-NS", "-Apple", "-psn", AUTOSTART_WORD, INSTALL_LAUNCH_WORD, INSTALL_FAILED_WORD};

    if (argc < 2)
        return false;
    for (size_t i = 0; i < countof(apps); i++)
        if (strncmp(argv[1], apps[i], strlen(apps[i])) == 0)
            return false;
    return true;
}

static void print_usage(FILE *to)
{
    fprintf(to, "Usage: %s [WORD]\n\n", PROGRAM);
    fprintf(to, "Without a word the menu-bar item is shown. The words are:\n\n");
    for (size_t i = 0; i < countof(words); i++)
        fprintf(to, "  %-10s %s\n", words[i].name, words[i].what);
    fprintf(to, "\n`%s WORD --help` tells more about one.\n", PROGRAM);
    fprintf(to, "Exit status: 0 done, 1 the engine refused or failed, 2 wrong usage, 3 engine not\n"
                "available, 4 timed out.\n");
}

static void print_help(const struct cli_word *word)
{
    printf("Usage: %s %s%s%s\n\n%c%s.\n", PROGRAM, word->name, word->usage[0] ? " " : "",
           word->usage, word->what[0] - 'a' + 'A', word->what + 1);
    if (word->more[0])
        printf("\n%s", word->more);
}

static const struct cli_word *find_word(const char *name)
{
    for (size_t i = 0; i < countof(words); i++)
        if (strcmp(words[i].name, name) == 0)
            return &words[i];
    return NULL;
}

/* What the user has chosen counts here too: the grace of a stop, the terminal of a shell, and where
 * engines are asked. */
static void choose(struct cli *c)
{
    struct cli_kept kept;

    cli_kept_read(&kept);
    c->seconds = (unsigned)kept.settings.number[SETTING_GRACE_S];
    c->terminal = (enum terminal_kind)kept.settings.number[SETTING_TERMINAL];
    for (int kind = 0; kind < ENGINE_COUNT; kind++)
        contexts_set(c->setup->contexts, (enum engine_kind)kind,
                     settings_context(&kept.settings, (enum engine_kind)kind));
    cli_kept_release(&kept);
}

static int run_word(struct setup *setup, const struct cli_word *word, int argc, char **argv)
{
    struct cli c = {.setup = setup, .word = word};
    int status = CLI_USAGE;

    if ((word->options & CLI_ALONE) == 0)
        choose(&c);
    if (!cli_args_read(&c, argc, argv)) {
        fprintf(stderr, "Usage: %s %s%s%s\n", PROGRAM, word->name, word->usage[0] ? " " : "",
                word->usage);
    } else if (c.help) {
        print_help(word);
        status = CLI_DONE;
    } else {
        status = word->run(&c);
    }
    cli_args_release(&c);
    /* a full disk behind standard output is a failure, not a success */
    if (fflush(stdout) != 0 && status == CLI_DONE)
        status = CLI_FAILED;
    return status;
}

int cli_main(struct setup *setup, int argc, char **argv)
{
    const char *name = argc > 1 ? argv[1] : "";
    const struct cli_word *word = find_word(name);

    if (word != NULL)
        return run_word(setup, word, argc - 2, argv + 2);
    if (strcmp(name, "--version") == 0)
        return cli_version(NULL);
    if (strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0 || strcmp(name, "help") == 0) {
        print_usage(stdout);
        return CLI_DONE;
    }
    cli_say("there is no word \"%s\"", name);
    print_usage(stderr);
    return CLI_USAGE;
}

int cli_print_menu(struct setup *setup)
{
    struct cli c = {.setup = setup, .word = find_word("menu")};

    choose(&c);
    return cli_menu(&c);
}

int cli_version(const struct cli *c)
{
    (void)c;
    printf("%s %s\n", PROGRAM, CK_VERSION);
    return CLI_DONE;
}
