/* opener.h - opens things in the user's own programs: a page in the browser, a shell of a container
 * in a terminal.
 *
 * On both systems through rows of host.h and the one spawner: /usr/bin/open does what a message to
 * NSWorkspace would, says why it failed, and serves the command line too, which loads nothing of a
 * user interface (docs/decisions/026). Each call blocks: until the program has ended, or for the
 * seconds in which it would have failed; never on the main thread of a user interface. Threads:
 * any; each call stands alone. On cancel what was started is left alone. */
#ifndef CORE_DESKTOP_OPENER_H
#define CORE_DESKTOP_OPENER_H
#include "core/base/cancel.h"
#include "core/base/file.h"
#include "core/desktop/terminal.h"
#include "core/engine/locate.h"
#include "core/exec/spawner.h"

/* RC_MISSING, RC_DENIED if there is no program for it that is root's alone; RC_FAILED if it says
 * that it could not. */
NODISCARD enum rc opener_url(struct spawner *s, const struct locate_where *where,
                             const struct valid_url *url, const struct cancel *stop,
                             struct fault *why);
/* Asks the container which shell it has, and opens that in a terminal. RC_MISSING if it has none;
 * what the engine says if it cannot be asked; else as opener_url(). */
NODISCARD enum rc opener_shell(struct spawner *s, const struct locate_where *where,
                               enum engine_kind kind, const struct valid_id *id,
                               enum terminal_kind terminal, const struct cancel *stop,
                               struct fault *why);
/* The folder of the scripts, not made: <data>/terminal. */
NODISCARD enum rc opener_folder(char out[FILE_PATH_MAX], struct fault *why);
/* Which shell the answer to OP_SHELL_FIND names, SHELL_NONE if none that we know. Pure. */
enum shell opener_shell_of(const char *answer);

#endif
