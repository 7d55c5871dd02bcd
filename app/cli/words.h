/* words.h - what the words of the command line share: options, looks at engines, how a word names
 * a container, how things are told. Private to app/cli.
 *
 * A word is a row of the table in cli.c: a function, the options it takes, its help. It gets its
 * arguments already read and every id already checked.
 * Threads: main, but for what says otherwise. Memory: a cli borrows its setup, owns its ids. */
#ifndef APP_CLI_WORDS_H
#define APP_CLI_WORDS_H
#include "app/cli/cli.h"
#include "core/action/action.h"
#include "core/desktop/terminal.h"
#include "core/menu/menu.h"
#include "core/store/settings.h"

/* Exit status (probe.md, "Program"). A worse one has a higher number. */
enum cli_status { CLI_DONE, CLI_FAILED, CLI_USAGE, CLI_UNAVAILABLE, CLI_TIMEOUT };

/* Options that a word may take. */
enum cli_option {
    CLI_ENGINE = 1,      /* --engine E */
    CLI_JSON = 2,        /* --json */
    CLI_FOLLOW = 4,      /* -f, --follow */
    CLI_LINES = 8,       /* -n, --lines N */
    CLI_SECONDS = 16,    /* -t, --time N */
    CLI_LOG = 32,        /* --log */
    CLI_SELFCHECK = 64,  /* --self-check */
    CLI_REMOVE = 128,    /* --remove */
    CLI_DEFAULT = 256,   /* --default */
    CLI_USER = 512,      /* -u, --user U */
    CLI_PASSWORD = 1024, /* --password-stdin */
    CLI_GROUP = 2048,    /* --project P */
    CLI_ALL = 4096,      /* --all */
    CLI_YES = 8192,      /* --yes */
    CLI_ALONE = 16384,   /* none: the word asks no engine, and what is kept is not read for it */
    CLI_FORCE = 32768,   /* --force */
    CLI_VALUES = 65536   /* --values */
};
/* What may stand behind a word: containers, a port of one, "on" or "off", a setting and its value,
 * what to do to a domain, what to do about a registry and which, what to do to an engine's service
 * and which engine, a shell, what to do about updates. */
enum cli_takes {
    CLI_NO_ID,
    CLI_ONE_ID,
    CLI_ID_AND_PORT,
    CLI_MANY_IDS,
    CLI_ANY_IDS, /* or none */
    CLI_SWITCH,
    CLI_SETTING,
    CLI_DOMAIN,
    CLI_REGISTRY,
    CLI_COMPLETION,
    CLI_SERVICE,
    CLI_UPDATE
};
enum cli_switch { CLI_ASKED, CLI_ON, CLI_OFF };
enum cli_registry {
    CLI_REGISTRY_ASKED,
    CLI_REGISTRY_LIST,
    CLI_REGISTRY_LOGIN,
    CLI_REGISTRY_LOGOUT
};
enum cli_update { CLI_UPDATE_ASKED, CLI_UPDATE_CHECK, CLI_UPDATE_INSTALL, CLI_UPDATE_STATUS };

#define CLI_LINES_DEFAULT 200
#define CLI_LINES_MAX 100000
#define CLI_SECONDS_MAX 3600

struct cli;

struct cli_word {
    const char *name;
    int (*run)(const struct cli *c);
    unsigned options; /* of enum cli_option */
    enum cli_takes takes;
    enum op op;        /* of the words that act */
    const char *usage; /* what follows the name */
    const char *what;  /* one line */
    const char *more;  /* the rest of --help */
};

/* An option as it is written. */
struct cli_option_row {
    enum cli_option bit;
    const char *name; /* behind "--" */
    char letter;      /* behind "-", or 0 */
    bool has_value;
};

/* All words and all options, in the order in which they are told: what help, completions and the
 * manual are made from. Static. */
const struct cli_word *cli_words(size_t *count);
const struct cli_option_row *cli_options(size_t *count);

struct cli {
    struct setup *setup;
    const struct cli_word *word;
    bool help; /* --help: nothing else was read */
    bool has_engine, json, follow, log, selfcheck, remove, by_default;
    enum cli_switch wanted; /* CLI_ASKED: neither was said */
    enum engine_kind engine;
    unsigned lines, seconds;
    unsigned port; /* 0: none was named */
    bool verb;     /* of CLI_DOMAIN and CLI_SERVICE: it was said what to do */
    enum op dns;   /* OP_DNS_LIST if it was not */
    struct valid_domain domain;
    struct valid_id *ids;
    size_t id_count;
    const char *setting, *value; /* of CLI_SETTING: borrowed; NULL: not given */
    enum cli_registry registry;  /* CLI_REGISTRY_ASKED: nothing was said, which means list */
    struct valid_host host;      /* "": none was named */
    struct valid_user user;      /* the same */
    bool password_stdin;
    const char *project; /* borrowed; NULL: none was named */
    bool all, yes;
    const char *completes; /* of CLI_COMPLETION: borrowed; NULL: not given */
    enum op service;       /* of CLI_SERVICE: OP_STATUS, OP_SERVICE_START ... */
    bool force, values;
    enum cli_update update;
    enum terminal_kind terminal; /* that the user wants shells in */
};

/* Reads the words behind the name into *c, whose setup and word are set. False when they are
 * wrong; that was then told. *c is always fit for cli_args_release(). */
bool cli_args_read(struct cli *c, int argc, char **argv);
void cli_args_release(struct cli *c);

/* One plain sentence on standard error, escaped: "container-kit: ...". Any thread. */
void cli_say(const char *fmt, ...) PRINTF(1, 2);
/* Writes the bytes to standard output; false when nobody reads it any more. */
bool cli_put(const char *bytes, size_t len);
enum cli_status cli_status_of_rc(enum rc rc);
enum cli_status cli_status_of_engine(enum engine_state state);
static inline enum cli_status cli_worse(enum cli_status a, enum cli_status b)
{
    return a > b ? a : b;
}

/* One look at each engine that the options name, all at once on threads of their own; blocks until
 * the slowest is done. */
struct cli_view {
    struct snapshot *snaps[ENGINE_COUNT]; /* NULL: not asked for; owned */
};
/* `addresses`: also asks running containers for theirs, where the list has none. */
void cli_view_take(const struct cli *c, bool addresses, struct cli_view *out);
void cli_view_release(struct cli_view *v);
/* What the menu bar keeps; the defaults where it cannot be read. Makes no file, and tells of one
 * that is damaged. */
struct cli_kept {
    struct settings settings;
    struct store_names pins, hidden, muted;
    struct arena arena;
};
void cli_kept_read(struct cli_kept *out);
/* Accepts a zeroed struct. */
void cli_kept_release(struct cli_kept *k);
/* The menu that these looks make; without `kept` nothing is grouped, pinned or hidden. Fills *out,
 * which is zeroed. */
void cli_view_menu(const struct cli *c, const struct cli_view *v, const struct cli_kept *kept,
                   struct menu *out);
/* Tells what kept an engine from giving its list: of all engines, one that is not installed or
 * does not run is nothing to tell as long as another one does. */
enum cli_status cli_view_tell(const struct cli *c, const struct cli_view *v);

struct cli_target {
    enum engine_kind kind;
    const struct container *container; /* of the view */
    enum op op;                        /* what is to be done to it */
};
/* Those that --project or --all mean and that the word has something to do for; `out` has room for
 * all of the view. */
enum cli_status cli_group(const struct cli *c, const struct cli_view *v, struct cli_target *out,
                          size_t *count);
/* The container that `id` means: by id, by name, or, unless `exact`, by a unique start of its id.
 * Anything else is told. */
enum cli_status cli_find(const struct cli *c, const struct cli_view *v, const struct valid_id *id,
                         bool exact, struct cli_target *out);

/* The marks that the menu gives to the containers of a view; one rule for both. */
struct cli_marks {
    struct menu menu;              /* owns the keys */
    const struct menu_item **rows; /* by key */
    size_t count;
};
/* Fills *out; the view is borrowed during the call. */
void cli_marks_make(const struct cli *c, const struct cli_view *v, struct cli_marks *out);
/* MENU_MARK_UNKNOWN for one that the menu has not. */
enum menu_mark cli_mark(const struct cli_marks *m, enum engine_kind kind,
                        const struct container *container);
/* Accepts a zeroed struct. */
void cli_marks_release(struct cli_marks *m);

/* Adds what there is to say about this program itself: version, system, where it lies, how it is
 * signed. RC_TOO_BIG if `out` is full. */
NODISCARD enum rc cli_here(const struct cli *c, struct buf *out);

/* The store in the data folder, for store_free(); nothing is touched yet. NULL when there can be
 * none, which was told. */
struct store *cli_store(void);
/* Tells what stands in the way of a question to the store that ended with `rc`, or what the user is
 * to know of it all the same. */
enum cli_status cli_store_tell(struct store *s, enum rc rc, const struct fault *why);

/* The words themselves, each in the file of its name. They block until they are done, and return
 * the exit status. */
int cli_list(const struct cli *c);    /* a table, or JSON */
int cli_menu(const struct cli *c);    /* needs setup alone */
int cli_act(const struct cli *c);     /* does word->op to each id, or to none if one is not there */
int cli_keep(const struct cli *c);    /* pins or hides each, or takes that back */
int cli_logs(const struct cli *c);    /* of one id */
int cli_inspect(const struct cli *c); /* the same; as JSON */
int cli_open(const struct cli *c);    /* of one id: a shell, or a port in the browser */
int cli_stats(const struct cli *c);   /* a table, or JSON; of some or of all that run */
int cli_watch(const struct cli *c);   /* until a signal; blocks SIGINT, SIGTERM and SIGHUP */
int cli_history(const struct cli *c); /* needs no engine */
int cli_settings(const struct cli *c);
int cli_doctor(const struct cli *c);  /* text, or JSON, or the log of the menu bar */
int cli_version(const struct cli *c); /* c may be NULL */
int cli_dns(const struct cli *c);     /* lists, adds or removes; may ask for a password */
int cli_login_item(const struct cli *c);
int cli_registry(const struct cli *c); /* list, login or logout */
int cli_link(const struct cli *c);
int cli_update(const struct cli *c);     /* check, install or status */
int cli_completion(const struct cli *c); /* a script for a shell, or the names of containers */
int cli_manual(const struct cli *c);     /* roff */
int cli_engine(const struct cli *c);     /* the service behind an engine: how it is, start, stop */

/* What `doctor` tells about the program itself. */
NODISCARD enum rc cli_desktop_report(const struct setup *setup, struct buf *out);

#endif
