/* tool_link.h - "Install Command Line Tool": a link to this executable where shells look for
 * commands (mac-behaviour 29).
 *
 * In /usr/local/bin if that is a folder we may write to, else in ~/.local/bin, which is made. Only
 * a link to an executable named container-kit is ever replaced or removed; a file or somebody
 * else's link never is. Nothing is asked of root. Threads: any, but for a moment they wait for the
 * disk. Memory: none of its own. */
#ifndef CORE_DESKTOP_TOOL_LINK_H
#define CORE_DESKTOP_TOOL_LINK_H
#include "core/base/fault.h"
#include "core/desktop/place.h"

#define TOOL_LINK_NAME "container-kit"
#define TOOL_LINK_SYSTEM "/usr/local/bin"

struct tool_link_where {
    const char *system; /* TOOL_LINK_SYSTEM; tests have another */
    const char *home;   /* the user's home folder, "" if unknown */
    const char *search; /* PATH, NULL if there is none */
    const char *self;   /* the executable, absolute, without links */
};

enum tool_link_state {
    TOOL_LINK_NONE,   /* neither folder has the name */
    TOOL_LINK_OTHER,  /* something that is not ours has it */
    TOOL_LINK_OLD,    /* a link to another container-kit, or to where one was */
    TOOL_LINK_CURRENT /* it leads to this executable */
};

struct tool_link {
    enum tool_link_state state;
    char path[SYS_PATH_MAX];   /* of the link; for NONE, where it would be made; "" for nowhere */
    char target[SYS_PATH_MAX]; /* what it says, "" if it is no link */
    bool in_search;            /* its folder is in PATH, as far as this process has the user's */
};

/* Fills *out with the better of what the two folders have. */
void tool_link_read(const struct tool_link_where *where, struct tool_link *out);
/* Makes the link, or leads an old one here; *out is as after tool_link_read(). RC_DENIED when the
 * program lies where it will not stay, or something else has the name; RC_MISSING when there is no
 * folder for it. */
NODISCARD enum rc tool_link_install(const struct tool_link_where *where, const struct place *place,
                                    struct tool_link *out, struct fault *why);
/* Removes the link, also an old one; RC_OK if there is none. RC_DENIED for what is not ours. */
NODISCARD enum rc tool_link_remove(const struct tool_link_where *where, struct fault *why);
/* The state as a sentence for a person, written to out[FAULT_TEXT_MAX]. */
const char *tool_link_text(const struct tool_link *link, char out[FAULT_TEXT_MAX]);

#endif
