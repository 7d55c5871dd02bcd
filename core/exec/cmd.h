/* cmd.h - the allow-list: every command this program can ever run, as one table.
 *
 * engine x operation -> words with typed holes. A hole takes a value type that only validate.h
 * makes, or a number with a range: no shell, no free text, no options from outside. Adding an
 * operation is adding a row. Facts: engines.md sections 2.1, 3, 4.
 * Threads: any. Memory: a call owns nothing; what it borrows is said below. It points into itself,
 * so it is never copied. */
#ifndef CORE_EXEC_CMD_H
#define CORE_EXEC_CMD_H
#include "core/base/sys.h"
#include "core/base/validate.h"

#define CMD_WORDS_MAX 12
#define CMD_CONTEXT_WORDS 2 /* "--context NAME" in front of a row */
#define CMD_STORE_MAX 2048
#define CMD_OUTPUT_MAX ((size_t)32 << 20) /* each of stdout and stderr, engines.md 1.1 */
#define CMD_LINE_MAX ((size_t)256 << 10)  /* one line of a stream */

enum engine_kind { ENGINE_APPLE, ENGINE_DOCKER, ENGINE_PODMAN, ENGINE_COUNT };

/* "apple", "docker", "podman": for the command line, JSON and logs. Static. */
const char *engine_word(enum engine_kind kind);
/* What a person reads: "Apple container", "Docker", "Podman". Static. */
const char *engine_title(enum engine_kind kind);
/* False if `word` names no engine. */
bool engine_from_word(const char *word, enum engine_kind *out);

enum op {
    OP_LIST,          /* all containers */
    OP_INSPECT,       /* ID... */
    OP_START,         /* ID */
    OP_STOP,          /* ID, seconds of grace */
    OP_RESTART,       /* ID, seconds; Apple has none: the action stops, then starts */
    OP_KILL,          /* ID */
    OP_PAUSE,         /* ID */
    OP_UNPAUSE,       /* ID */
    OP_REMOVE,        /* ID */
    OP_REMOVE_FORCE,  /* ID */
    OP_LOGS,          /* ID, lines */
    OP_LOGS_FOLLOW,   /* ID, lines or since_ns, stamps; a stream. Apple's has lines alone */
    OP_STATS,         /* one shot; ID... or none for all */
    OP_EVENTS,        /* a stream; docker and podman */
    OP_STATUS,        /* Apple: system status; docker: desktop status; podman: machine list */
    OP_VERSION,       /* client and server */
    OP_VERSION_FLAG,  /* --version: no server needed */
    OP_SERVICE_START, /* detaches */
    OP_SERVICE_STOP,
    OP_LIST_OLD, /* docker before 23.0: ps with {{json .}} (engines.md 3) */
    OP_CONTEXTS, /* docker: context ls; podman: system connection list */
    OP_IMAGES,
    OP_PRUNE,
    OP_LOGIN,           /* host, user; the password on stdin */
    OP_LOGOUT,          /* host */
    OP_LOGINS,          /* Apple: registry list */
    OP_DNS_LIST,        /* Apple */
    OP_DNS_CREATE,      /* Apple, domain; elevated */
    OP_DNS_DELETE,      /* Apple, domain; elevated */
    OP_SHELL_FIND,      /* ID: prints which shell the container has */
    OP_SHELL,           /* ID, shell; needs a terminal: only as the last line of a script */
    OP_OPEN,            /* a published port in the browser: a name, no engine has a row */
    OP_SERVICE_RESTART, /* a stop and a start: a name, no engine has a row */
    OP_COUNT
};

/* "list", "start", ...: for logs and faults. Static. */
const char *op_word(enum op op);

/* The shells that are asked for, the most comfortable one first. */
enum shell { SHELL_NONE, SHELL_BASH, SHELL_ASH, SHELL_SH, SHELL_COUNT };

/* "bash", "ash", "sh"; a bug for SHELL_NONE. Static. */
const char *shell_word(enum shell shell);

/* An executable that was found and is trusted; made by engine/locate.h alone. */
struct program {
    enum engine_kind kind;
    char path[SYS_PATH_MAX]; /* absolute */
    struct valid_id context; /* docker's context or podman's connection; "": its own choice */
};

/* What fills the holes of a row. Members that the row has no hole for stay zero. */
struct cmd_args {
    const struct valid_id *ids; /* `id_count` of them, borrowed until the call has run */
    size_t id_count;
    unsigned seconds; /* grace, 0..3600 */
    unsigned lines;   /* 0..100000 */
    int64_t since_ns; /* of a log: not the last lines but those since then; 0: the last lines */
    bool stamps;      /* each line begins with its time (core/logs/stamp.h); not Apple's */
    const struct valid_host *host;
    const struct valid_user *user;
    const struct valid_domain *domain;
    enum shell shell;
    const void *secret; /* bytes for stdin, borrowed; only for rows that say so */
    size_t secret_len;
};

/* Programs of the system that we may start; their rows are in host.c. */
enum host_op {
    HOST_NONE,
    HOST_OPEN_URL,     /* URL, in the browser */
    HOST_TERMINAL,     /* SCRIPT, in the terminal that the system gives scripts to */
    HOST_TERMINAL_APP, /* SCRIPT, in the named one; macOS, as are those below */
    HOST_ITERM2,
    HOST_GHOSTTY,
    HOST_KITTY,
    HOST_WEZTERM,
    HOST_AS_ROOT,  /* a row of an engine, once the user has given a password for it */
    HOST_WATCHDOG, /* our own program, which waits for our end (core/update/watchdog.h) */
    HOST_RELAUNCH, /* APP, WORD, VALUE: our own program, after an update */
    HOST_COUNT
};

/* Ids that one call may carry: bounds argv. */
#define CMD_IDS_MAX 64

/* A filled row, ready for child.h or stream.h. Only cmd_call_init() and host_call_init() make
 * one. */
struct cmd_call {
    enum engine_kind kind;
    enum op op;
    enum host_op host;   /* HOST_NONE: a row of an engine; else kind and op mean nothing */
    const char *program; /* borrowed from struct program or host_program */
    const char *argv[CMD_CONTEXT_WORDS + CMD_WORDS_MAX + CMD_IDS_MAX + 1];
    char store[CMD_STORE_MAX]; /* words made here: numbers, --username=... */
    int64_t timeout_ms;        /* wall limit; streams: 0, none */
    size_t output_max;         /* cap for each of stdout and stderr */
    const void *stdin_bytes;   /* NULL: /dev/null */
    size_t stdin_len;
    bool detaches; /* leaves daemons in its group: never signal the group (mac-behaviour 2) */
    bool elevated; /* needs root; only through the elevation module */
    bool stream;   /* runs until it ends or is stopped */
    bool stays;    /* a window of the user's, which also detaches: its output goes nowhere, and past
                      its limit it is left alone, which is no failure */
    bool terminal; /* needs a terminal: a line of a script, never run from here */
    bool own;      /* our own program: in a session of its own, with all of our environment */
    bool lifeline; /* its stdin is a pipe that ends when we do */
};

/* True if the table has the row. */
bool cmd_has(enum engine_kind kind, enum op op);

/* Fills *call from the row. The row must exist (a bug else) and `args` must match its holes (a
 * bug else; NULL for none). RC_DENIED if a number is out of range. `prog` and what args points
 * to are borrowed until the call has run. The program's context, if it has one, goes in front of
 * the row's words, so that every command of an engine is about the same place. */
NODISCARD enum rc cmd_call_init(struct cmd_call *call, const struct program *prog, enum op op,
                                const struct cmd_args *args, struct fault *why);

/* Who is called, for a person ("Podman", "/usr/bin/open"), and for what ("list"). Borrowed. */
const char *cmd_call_title(const struct cmd_call *call);
const char *cmd_call_word(const struct cmd_call *call);

/* The words of a call, quoted where needed, for logs and "copy command"; NULs nothing secret:
 * secrets are never words. Cut to size. */
void cmd_call_text(const struct cmd_call *call, char *out, size_t size);

#endif
