/* inspection.h - one container asked about, and the answer as a text for a person.
 *
 * Values of the environment are in the text only if they were asked for (mac-behaviour 23); else
 * they are not kept here beyond the call.
 * Threads: any; each call stands alone and blocks until the engine has answered. */
#ifndef CORE_ENGINE_INSPECTION_H
#define CORE_ENGINE_INSPECTION_H
#include "core/engine/locate.h"
#include "core/exec/child.h"

enum inspection_text {
    INSPECTION_ALL,     /* all that the engine knows, as JSON (json.h); ends with a newline */
    INSPECTION_RUN_LINE /* the command line (run_line.h) */
};

struct inspection {
    enum engine_kind kind;
    struct valid_id id;
    enum inspection_text text;
    bool values; /* those of the environment too */
};

#define INSPECTION_MAX ((size_t)16 << 20)        /* bytes of a text */
#define INSPECTION_SHOWN_MAX ((size_t)512 << 10) /* of what a window shows */
#define INSPECTION_LINES_MAX 5000                /* the same: a text view takes too long for more */

/* Fills *out, which is empty; at most INSPECTION_MAX bytes or its own cap. RC_MISSING if there is
 * no such container, RC_PARSE, RC_TOO_BIG, or as a look (look.h); a sentence for each. */
NODISCARD enum rc inspection_run(struct spawner *s, const struct locate_where *where,
                                 const struct inspection *what, const struct cancel *stop,
                                 struct buf *out, struct fault *why);
/* The part of it that asks nobody: `bytes` are what the engine printed. Pure. */
NODISCARD enum rc inspection_read(const struct inspection *what, const char *bytes, size_t len,
                                  struct buf *out, struct fault *why);
/* Bytes of the whole lines that a window shows of a text: all of them unless it is too long. Pure.
 */
size_t inspection_shown(const char *text);

#endif
