/* host.h - the rest of the allow-list: the few programs of the system that we may start.
 *
 * operation x system -> an absolute path and words with typed holes; as in cmd.h no shell, no free
 * text. They show the user a window: a browser, a terminal, a page of the settings, a question for
 * a password. So they get the session's environment (env.h) and detach, and those that are the
 * window stay: nobody waits for it to be closed. Facts: mac-behaviour 22, design.md 6. Threads:
 * any. Memory: a call borrows, as in cmd.h. */
#ifndef CORE_EXEC_HOST_H
#define CORE_EXEC_HOST_H
#include "core/exec/cmd.h"

/* "open-url", "terminal", ...: for logs and faults. Static. */
const char *host_word(enum host_op op);

/* Where the system keeps the program of a row; NULL if this system has no such row, or it is our
 * own. Static. */
const char *host_path(enum host_op op, bool mac);

/* A program that was found and is root's alone; made by engine/locate.h alone. For a row of our own
 * program: that one, or what opens it; made by update/launch.h alone. */
struct host_program {
    enum host_op op;
    bool mac;
    char path[SYS_PATH_MAX]; /* absolute, without links */
};

/* A file of ours that a terminal runs; made by desktop/terminal.h alone. */
struct host_script {
    char path[SYS_PATH_MAX]; /* absolute */
};

/* What a dialog says above its field for a password; made by engine/elevate.h alone. */
#define HOST_PROMPT_MAX 512
struct host_prompt {
    char text[HOST_PROMPT_MAX];
};

/* How our own program is started after an update; made by update/launch.h alone. */
struct host_start {
    const char *app;          /* absolute path of the app */
    const char *word, *value; /* of its command line, e.g. "--update-launch" and what it takes */
};

/* What fills the holes; what the row has no hole for stays NULL. Borrowed until the call has run.
 */
struct host_args {
    const struct valid_url *url;
    const struct host_script *script;
    const struct cmd_call *elevated; /* of a row that is marked so (a bug else); for HOST_AS_ROOT */
    const struct host_prompt *prompt; /* beside it; not every system shows it */
    const struct host_start *start;
};

/* Fills *call from the row. The arguments must match its holes (a bug else). A row with a command
 * in it has that one's time besides its own. */
void host_call_init(struct cmd_call *call, const struct host_program *prog,
                    const struct host_args *args);

#endif
