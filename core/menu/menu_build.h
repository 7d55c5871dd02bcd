/* menu_build.h - snapshots, pending actions and failures in, a menu out. Pure: no clock, no I/O.
 *
 * Cost is linear in the number of containers. */
#ifndef CORE_MENU_MENU_BUILD_H
#define CORE_MENU_MENU_BUILD_H
#include "core/engine/life.h"
#include "core/engine/usage.h"
#include "core/menu/menu.h"

#define MENU_TITLE_MAX 44 /* characters of a name before it is cut in the middle */
#define MENU_IMAGE_MAX 36
#define MENU_FOLD 20 /* containers of a section shown before the rest folds into More... */

/* An action of ours under way: shown as the state at once. */
struct menu_pending {
    enum engine_kind engine;
    enum op op;
    struct valid_id id;
};

/* The last thing that went wrong with a container (id "") or its engine. */
struct menu_failure {
    enum engine_kind engine;
    enum op op;
    struct valid_id id;
    char name[128]; /* of the container, as it was */
    char text[FAULT_TEXT_MAX];
};

/* An action for a whole group, under way. */
struct menu_many {
    enum engine_kind engine;
    enum op op;
    const char *project; /* NULL: all that the engine has */
    size_t done, total;  /* containers */
};

#define MENU_ASK_ABOVE 5 /* of more containers a stop or restart is asked about first */

/* A container by its name, for a new one of the same name is the same to the user. */
struct menu_name {
    enum engine_kind engine;
    const char *name;
};

#define MENU_WINDOWS_MAX 16 /* open windows that the menu lists */

/* A window of ours that is open: there is no Dock to find it by (mac-behaviour 13). */
struct menu_window {
    long number;     /* of all windows, never used twice */
    char title[128]; /* as its title bar has it */
};

#define MENU_RECENT_MAX 10 /* of a folded list that come first in it */

#define MENU_RECENT_NAME 128

/* A container that the user did something with. */
struct menu_recent {
    enum engine_kind engine;
    char name[MENU_RECENT_NAME];
};

#define MENU_PAST_MAX 15 /* events of the history that are shown */

/* Something that happened to a container. */
struct menu_past {
    int64_t at_s;
    enum engine_kind engine;
    enum life_event what;
    char name[128]; /* of the container, as it was */
    bool has_exit_code;
    int64_t exit_code;
};

enum menu_update_kind {
    MENU_UPDATE_NONE,
    MENU_UPDATE_OFFERED,
    MENU_UPDATE_READY /* a restart installs it */
};

/* An update of this program. Zeroed: there is none. Borrowed. */
struct menu_update {
    enum menu_update_kind kind;
    const char *version; /* NULL for none */
    bool critical;
    const char *came_back; /* a version that did not run; NULL or "" for none */
    bool stale;            /* nobody could look for a long time */
};

/* Zeroed, it shows everything that is worth showing and has no past. */
struct menu_input {
    /* NULL: that engine was not looked at yet. All borrowed. */
    const struct snapshot *snaps[ENGINE_COUNT];
    const struct menu_pending *pending;
    size_t pending_count;
    const struct menu_failure *failures;
    size_t failure_count;
    const struct menu_many *many; /* the newest last */
    size_t many_count;
    const struct menu_name *pins; /* the first one on top */
    size_t pin_count;
    const struct menu_name *hidden;
    size_t hidden_count;
    const struct menu_name *muted;
    size_t muted_count;
    const struct menu_window *windows;
    size_t window_count;
    const struct menu_past *past; /* newest first */
    size_t past_count;
    const struct menu_recent *recent; /* the last one first */
    size_t recent_count;              /* at most MENU_RECENT_MAX */
    const char *trouble; /* a sentence about what the program keeps; NULL or "" for none */
    struct menu_update update;
    int64_t now_s;
    bool mac;                   /* sentences that say what to do differ */
    bool off[ENGINE_COUNT];     /* the user does not want to see it */
    bool hide_count;            /* beside the icon */
    bool flat;                  /* compose projects are not grouped */
    bool helpers;               /* what an engine runs for itself is shown */
    bool may_end[ENGINE_COUNT]; /* its service was started here and may not outlive the program */
    /* What containers use; NULL: it is not measured, and nothing is said of it. */
    const struct usage_book *usage[ENGINE_COUNT];
    int64_t now_ms;   /* for them */
    bool cpu_in_rows; /* and say it in the rows themselves */
};

/* Fills *out, which is empty. */
void menu_build(struct menu *out, const struct menu_input *in);

#endif
