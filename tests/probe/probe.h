/* probe.h - the words of the probe: each calls the program's functions on one file. Tests only. */
#ifndef TESTS_PROBE_PROBE_H
#define TESTS_PROBE_PROBE_H
#include "core/base/buf.h"
#include "core/base/fault.h"
#include "core/exec/cmd.h"

/* What stood on the command line; what was not given is NULL. */
struct probe_words {
    const char *engine, *kind, *file, *exit_code, *what, *lang;
    enum engine_kind engine_kind; /* of `engine` */
};

/* Adds the JSON value or text to *out, or says in *why what was refused. `in` is the file. */
typedef enum rc probe_fn(const struct probe_words *w, const struct buf *in, struct buf *out,
                         struct fault *why);

/* probe_menu.c: a snapshot given as JSON -> the menu as text. */
probe_fn probe_menu;

/* probe_update.c: the words about updates, which decide instead of printing JSON: "accept",
 * "reject CLASS" or "none REASON" on standard output and status 0, 1 or 2. False if argv[1] is none
 * of them. */
bool probe_update(int argc, char **argv, int *status);

#endif
