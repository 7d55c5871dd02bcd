/* placement.h - is the status icon really in a menu bar (mac-behaviour 7)?
 *
 * The system takes the icon and may still not show it: it is switched off under "Allow in the Menu
 * Bar" (macOS 26), the bar is full up to the camera, its saved place is damaged. Nothing tells us;
 * only the frame of its window does. Pure; any thread. */
#ifndef CORE_DESKTOP_PLACEMENT_H
#define CORE_DESKTOP_PLACEMENT_H
#include <stdbool.h>
#include <stddef.h>

#define PLACEMENT_SCREENS_MAX 8 /* more are not looked at */

/* In points, y going up. */
struct placement_rect {
    double x, y, width, height;
};

struct placement_screen {
    struct placement_rect frame;   /* all of it */
    struct placement_rect visible; /* without menu bar and Dock */
};

struct placement_facts {
    bool has_window; /* the icon has a window at all */
    bool drawn;      /* the system says that something of the window can be seen */
    struct placement_rect icon;
    struct placement_screen screens[PLACEMENT_SCREENS_MAX];
    size_t screen_count;
};

enum placement {
    PLACEMENT_OK,
    PLACEMENT_HIDDEN,        /* no window */
    PLACEMENT_EMPTY,         /* a window without a size */
    PLACEMENT_OFF_SCREEN,    /* in no screen's menu bar */
    PLACEMENT_BEHIND_CAMERA, /* where the camera housing is, and nothing of it can be seen */
    PLACEMENT_COUNT
};

/* PLACEMENT_OK also without a screen: displays that sleep say nothing about the icon. */
enum placement placement_of(const struct placement_facts *facts);
/* Which one it is, for the log: "off screen". Static. */
const char *placement_word(enum placement placement);
/* What is wrong, and what helps, for a person; "" for PLACEMENT_OK. Static. */
const char *placement_sentence(enum placement placement);

#endif
