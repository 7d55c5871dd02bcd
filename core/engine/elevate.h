/* elevate.h - runs the few rows that need root, once the user has said so to the system.
 *
 * Only rows marked `elevated` (cmd.h), whose words are checked values, and only an executable that
 * root alone can change, looked at immediately before: another one could be swapped between the
 * question and the password (mac-behaviour 20). Where it is not, nobody is asked, and the line for
 * `sudo` is there to be copied. We that are root already run the row as it is. Else the system
 * asks: the agent of the session through pkexec, or the dialog of macOS (host.h). What root runs
 * cannot be ended by us: past the deadline, or when we quit, it is told that it still runs, never
 * that it was ended. Threads: any but the main one; each call stands alone and blocks for as long
 * as the user thinks about it, at most two minutes and the row's own time. */
#ifndef CORE_ENGINE_ELEVATE_H
#define CORE_ENGINE_ELEVATE_H
#include "core/engine/look.h"

#define ELEVATE_LINE_MAX 2048

enum elevate_end {
    ELEVATE_DONE,      /* root ran it, and it said yes */
    ELEVATE_FAILED,    /* root ran it, and it said no; or it could not be started at all */
    ELEVATE_RUNS,      /* root may still be running it */
    ELEVATE_REFUSED,   /* from here on nothing was run: not asked, others than root can change it */
    ELEVATE_UNASKED,   /* the system has nothing to ask with */
    ELEVATE_DISMISSED, /* the user closed the question */
    ELEVATE_DENIED,    /* a wrong password, or one of somebody who may not */
    ELEVATE_UNANSWERED, /* nobody answered in time */
    ELEVATE_COUNT
};

/* "done", "failed", ...: for logs. Static. */
const char *elevate_word(enum elevate_end end);
/* Would the line for `sudo` get further? */
bool elevate_offers_sudo(enum elevate_end end);
/* "sudo /opt/.../container system dns create dev.local": what to type. Cut to size. Pure. */
void elevate_sudo_line(const struct cmd_call *call, char *out, size_t size);

/* Runs `call`, which must be marked (a bug else). RC_OK only for ELEVATE_DONE; else a sentence that
 * also says what did not happen. `end` is always set. */
NODISCARD enum rc elevate_run(struct spawner *s, const struct locate_where *where,
                              const struct cmd_call *call, const struct cancel *stop,
                              enum elevate_end *end, struct fault *why);

/* What a pkexec, or an osascript, that ran for `call` means. Pure. */
enum rc elevate_verdict(bool mac, const struct cmd_call *call, enum rc ran,
                        const struct child_result *res, enum elevate_end *end, struct fault *why);

#endif
