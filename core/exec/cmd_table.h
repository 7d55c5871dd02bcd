/* cmd_table.h - what a row of the command table is made of. For cmd.c and its table alone.
 *
 * A row is words. A word in <angles> is a hole; every other word goes to the engine as it stands.
 * Threads: any; all of it is constant. */
#ifndef CORE_EXEC_CMD_TABLE_H
#define CORE_EXEC_CMD_TABLE_H
#include "core/exec/cmd.h"

enum cmd_hole {
    HOLE_NONE,
    HOLE_ID,          /* <id>      exactly one container */
    HOLE_IDS,         /* <ids>     one or more */
    HOLE_IDS_OR_NONE, /* <ids?>    any number; none means all */
    HOLE_SECONDS,     /* <seconds> of grace; also sets the row's time limit */
    HOLE_LINES,       /* <lines>   of a log */
    HOLE_FROM,        /* <from>    becomes --tail LINES, or --since MOMENT */
    HOLE_STAMPS,      /* <stamps?> becomes --timestamps, or no word at all */
    HOLE_HOST,        /* <host>    a registry */
    HOLE_USER,        /* <user>    becomes --username=USER, one word */
    HOLE_DOMAIN,      /* <domain>  */
    HOLE_SHELL        /* <shell>   one of enum shell */
};

/* The hole that a word of a row stands for. A bug if it is in angles and no hole. */
enum cmd_hole cmd_hole(const char *word);

enum cmd_flag {
    CMD_STREAM = 1,    /* no time limit: it runs until it is stopped */
    CMD_DETACHES = 2,  /* leaves daemons in its process group */
    CMD_ELEVATED = 4,  /* needs root */
    CMD_SECRET = 8,    /* takes a secret on stdin */
    CMD_TERMINAL = 16, /* needs a terminal: a line of a script */
    CMD_ANYWHERE = 32  /* about the tool itself: works in no context, whichever is chosen */
};

struct cmd_row {
    unsigned limit_s;
    unsigned flags;
    const char *words[CMD_WORDS_MAX]; /* none: the engine has no such command */
};

extern const struct cmd_row cmd_table[ENGINE_COUNT][OP_COUNT];
/* The option that names a context, NULL for an engine that has none. */
extern const char *const cmd_context_option[ENGINE_COUNT];

#endif
