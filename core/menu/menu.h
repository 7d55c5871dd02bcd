/* menu.h - a menu as plain data: what the screen shows, `container-kit menu` prints, golden
 * tests compare.
 *
 * An item is known by its key, which stays the same as long as it means the same thing: that is
 * what the diff goes by, and what keeps a selection. Ids travel by value: a click resolves to an
 * item of the menu on screen, and a newer snapshot cannot redirect it.
 * Memory: a menu owns one arena with all its items and texts. Threads: one at a time. */
#ifndef CORE_MENU_MENU_H
#define CORE_MENU_MENU_H
#include "core/engine/group.h"

enum menu_kind {
    MENU_ROW, /* can be chosen, or opens its children */
    MENU_SEPARATOR,
    MENU_HEADER, /* names a section; cannot be chosen */
    MENU_NOTE    /* a fact or a sentence; cannot be chosen */
};

enum menu_command {
    MENU_NOTHING,
    MENU_ACTION,   /* op, engine, id */
    MENU_MANY,     /* op, engine, project: done to all of them */
    MENU_ASK_MANY, /* the same, when the user was asked first */
    MENU_PIN,      /* engine, id, as of the next five */
    MENU_UNPIN,
    MENU_HIDE,
    MENU_UNHIDE,
    MENU_MUTE,
    MENU_UNMUTE,
    MENU_COPY,            /* copies `copy` */
    MENU_COPY_RUN,        /* engine, id: the command that would make such a container */
    MENU_COPY_RUN_VALUES, /* the same with the values of its environment */
    MENU_INSPECT,         /* engine, id: a window with all that the engine knows of it */
    MENU_ASK_REMOVE,      /* engine, id: asks in a window, and then removes it */
    MENU_SHELL,           /* engine, id: a shell in a terminal */
    MENU_LOGS,            /* engine, id: the window of its log */
    MENU_OPEN_PORT,       /* engine, id, port: in the browser */
    MENU_SERVICE, /* op, engine: what runs behind it is started or, when asked about, stopped */
    MENU_DNS,     /* the window of DNS domains */
    MENU_FIND,
    MENU_REFRESH,
    MENU_REGISTRIES,
    MENU_SETTINGS,
    MENU_ABOUT,
    MENU_UPDATE_SHOW,  /* the window of what is offered */
    MENU_UPDATE_CHECK, /* looks for updates, in that window */
    MENU_WINDOW,       /* brings the open window `window` to the front */
    MENU_QUIT
};

/* The mark of a row: a shape and a colour; the shape's character also starts the title. */
enum menu_mark {
    MENU_MARK_NONE,
    MENU_MARK_RUNNING,   /* filled circle, green */
    MENU_MARK_UNHEALTHY, /* filled triangle, orange */
    MENU_MARK_BUSY,      /* circling arrow, blue: on the way to another state */
    MENU_MARK_PAUSED,    /* two bars, yellow */
    MENU_MARK_CREATED,   /* small hollow circle, grey */
    MENU_MARK_STOPPED,   /* hollow circle, grey */
    MENU_MARK_FAILED,    /* cross, red: dead, or stopped with a bad exit code */
    MENU_MARK_UNKNOWN,   /* question mark, grey */
    MENU_MARK_COUNT
};
/* The character, UTF-8, e.g. U+25CF. "" for none. Static. */
const char *menu_mark_text(enum menu_mark mark);

/* A port as the host has it; what it is called in a browser is made at the click, from the newest
 * list. */
struct menu_port {
    const char *host_ip;
    uint16_t number;
};

#define MENU_GRAPH_POINTS 60 /* one for each second, the newest last */
#define MENU_GRAPH_FULL 100  /* as high as it gets */
#define MENU_GRAPH_GAP 255   /* nothing is known of that second */

/* A line of figures. */
struct menu_graph {
    unsigned char height[MENU_GRAPH_POINTS]; /* 0 to MENU_GRAPH_FULL, or MENU_GRAPH_GAP */
    const char *label, *value;               /* for those who cannot see it */
};

struct menu_item {
    const char *key; /* unique in the whole menu, e.g. "podman/6093.../stop" */
    enum menu_kind kind;
    const char *title; /* safe to show, cut to fit */
    const char *tip;   /* the full text when the title was cut, else NULL */
    enum menu_mark mark;
    bool enabled;
    const char *shortcut; /* one character with Command, "" for none */
    enum menu_command command;
    enum op op;
    enum engine_kind engine;
    const struct valid_id *id;    /* of what is done to a container and of a container's row itself,
                                     else NULL; the arena's */
    const char *project;          /* of MENU_MANY; NULL: all that the engine has */
    const char *copy;             /* for MENU_COPY */
    long window;                  /* for MENU_WINDOW: its number, else 0 */
    const struct menu_port *port; /* for MENU_OPEN_PORT; the arena's */
    const struct menu_graph *graph; /* drawn in front of the title; NULL for none; the arena's */
    const char *found_by;           /* of a container's row: texts to search, else NULL */
    struct menu_item *children;     /* NULL for none */
    size_t child_count;
    bool alternate; /* shown in place of the item before it while Option is held */
    bool gone;      /* vanished while the menu was open: greyed until it closes */
};

/* What a click on a row asks for, by value: the row may be gone before it is done. */
struct menu_call {
    enum menu_command command;
    enum op op;
    enum engine_kind engine;
    struct valid_id id;                  /* "": of no container */
    char project[GROUP_PROJECT_MAX + 1]; /* "": all that the engine has */
    long window;
};
struct menu_call menu_call_of(const struct menu_item *it);

/* The picture of the status item. */
enum menu_icon {
    MENU_ICON_RUNNING,
    MENU_ICON_IDLE,
    MENU_ICON_DOWN,
    MENU_ICON_BUSY,
    MENU_ICON_COUNT
};
/* "running", "idle", "down", "busy". Static. */
const char *menu_icon_word(enum menu_icon icon);

struct menu {
    struct menu_item *items;
    size_t count;
    enum menu_icon icon;
    const char *status_title; /* beside the icon: the running count, "" for none */
    const char *status_tip;   /* tool tip and accessibility label: a whole sentence */
    struct arena arena;
};

/* Accepts a zeroed struct; afterwards zeroed. */
void menu_release(struct menu *m);
/* NULL if there is none on this level. */
const struct menu_item *menu_find(const struct menu_item *items, size_t count, const char *key);
/* The same on this level and all below it. */
const struct menu_item *menu_find_below(const struct menu_item *items, size_t count,
                                        const char *key);

#endif
