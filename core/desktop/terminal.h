/* terminal.h - a file that a terminal runs: a shell in a container, in a window of the user's.
 *
 * A terminal takes no words from us, so the words are put into a script: it removes itself, makes
 * the engine the one that the menu shows, and becomes the engine's own `exec`. It is one of the two
 * places where a shell runs at all (docs/decisions/026); every word in it is quoted by
 * core/base/quote.h. Facts: mac-behaviour 22, engines.md 2.1, 3, 4 ("shell").
 * Threads: any. Memory: the caller's. */
#ifndef CORE_DESKTOP_TERMINAL_H
#define CORE_DESKTOP_TERMINAL_H
#include "core/base/buf.h"
#include "core/exec/env.h"
#include "core/exec/host.h"

#define TERMINAL_STRAY_S 3600 /* a script that was not run by then never will be */

enum terminal_kind {
    TERMINAL_SYSTEM, /* what the system gives scripts to; on Linux the only one */
    TERMINAL_APPLE,  /* Terminal */
    TERMINAL_ITERM2,
    TERMINAL_GHOSTTY,
    TERMINAL_KITTY,
    TERMINAL_WEZTERM,
    TERMINAL_COUNT
};

/* "system", "terminal", "iterm2", ...: for settings and the command line. Static. */
const char *terminal_word(enum terminal_kind kind);
/* False if `word` names none. */
bool terminal_from_word(const char *word, enum terminal_kind *out);
/* The row that opens a script in it. On Linux HOST_TERMINAL for every kind. */
enum host_op terminal_host(enum terminal_kind kind, bool mac);

/* The text of a script at `path` that becomes `call`, which needs a terminal (a bug else), with the
 * engine's own variables of `env`. Pure. RC_TOO_BIG over out->max. */
NODISCARD enum rc terminal_text(const char *path, const struct cmd_call *call,
                                const struct env *env, struct buf *out);
/* Writes it with mode 0700 into `folder`, which is made if it is not there; RC_DENIED if others
 * than the user can get into that. */
NODISCARD enum rc terminal_write(const char *folder, const struct cmd_call *call,
                                 const struct env *env, struct host_script *out, struct fault *why);
/* Removes scripts older than TERMINAL_STRAY_S at `now_s`, and nothing else. A folder that is not
 * there has none. */
void terminal_sweep(const char *folder, int64_t now_s);

#endif
