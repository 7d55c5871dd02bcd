/* gnustep.h - what the files of this folder share: the message table, the state, the parts.
 *
 * GNUstep 0.29 has NSStatusBar, NSStatusItem and NSMenu, but shows no status bar and tracks menus
 * in a way that loses clicks and crashes when an open menu changes. Here methods of those classes
 * are replaced at run time, so that app/cocoa says the same on both systems:
 *
 *   statusbar.c   the bar at the top right of the screen, its buttons
 *   menus.c       NSMenu and NSMenuItem: what GNUstep lacks or must not do by itself
 *   popup.c       the menus that are open: opening, closing, changes while open
 *   track.c       the pointer while a menu is open
 *   menu_view.c   how an open menu is measured and drawn
 *   image.c       template images and their tints
 *   theme.c       colours and fonts
 *   look.c        looks of GNUstep's windows and buttons
 *   tip.c         the tool tip of a row
 *   keys.c        the keyboard in an open menu
 *   trace.c       the log that tests click by
 *   window_trace.c  the same for windows
 *   exceptions.c  no exception is swallowed
 *   replace.c     one way to add or replace a method
 *   platform.c    app/cocoa/platform.h: puts all that in place
 *
 * Main thread only. Names of other folders' tables (cocoa.h) cannot be used here. */
#ifndef APP_GNUSTEP_GNUSTEP_H
#define APP_GNUSTEP_GNUSTEP_H
#include "app/cocoa/objc.h"
#include "core/base/base.h"
#include <stdio.h>

extern id NSApp;
extern id NSDefaultRunLoopMode, NSEventTrackingRunLoopMode, NSModalPanelRunLoopMode;
extern id NSFontAttributeName, NSForegroundColorAttributeName;
/* Fills with the colour that was set last. */
extern void NSRectFill(NSRect r);

#define ROWS_DEF "app/gnustep/gnustep.def"
#define ROWS_NAME gnustep
#include "app/cocoa/rows.h"
#undef ROWS_DEF
#undef ROWS_NAME

/* @encode() of what methods take here. */
#define OBJC_RECT "{_NSRect={_NSPoint=dd}{_NSSize=dd}}"

enum { BAR_HEIGHT = 24, BAR_ITEMS_MAX = 16, POPUP_DEPTH_MAX = 8 };

enum colour {
    COLOUR_TEXT,
    COLOUR_GREY, /* text that cannot be clicked */
    COLOUR_WHITE,
    COLOUR_MENU,
    COLOUR_BAR,
    COLOUR_WINDOW,
    COLOUR_LINE,
    COLOUR_EDGE,
    COLOUR_ACCENT,
    COLOUR_PRESSED,
    COLOUR_COUNT
};

struct bar_item {
    id item, button; /* both retained */
    bool hidden;
};

/* One menu on the screen; 0 is the one below the bar. */
struct popup_level {
    id menu;         /* retained while shown, nil if not */
    id owner;        /* the item of the level above, retained; nil at level 0 */
    id panel, view;  /* made once, kept */
    long lit;        /* row under the pointer, or -1 */
    double width;    /* of the panel; never shrinks while shown */
    double content;  /* height of all rows */
    double scrolled; /* points of the rows above the visible part */
};

struct popup {
    struct popup_level level[POPUP_DEPTH_MAX];
    size_t depth; /* levels shown */
    size_t hot;   /* level that the pointer was in last */
    NSRect anchor;
    NSPoint pointer;
    bool running, done, armed; /* armed: the click that opened it is over */
    bool layout_due, ticking;
    bool option; /* held down: alternates are shown */
    int64_t opened_ms;
    int64_t settle_ms; /* when sub-menus follow the pointer; 0: nothing due */
    int64_t scroll_ms;
    int64_t tip_ms;
    id picked; /* item that was clicked, retained */
    id tip_panel, tip_view, tip_text;
};

/* All state of this folder. Replaced methods get no context from GNUstep, so it lives in one
 * struct that platform.c holds; nothing else here is static and changes. */
struct shim {
    id bar, bar_panel;
    struct bar_item items[BAR_ITEMS_MAX];
    size_t item_count;
    struct popup popup;
    id rich_titles; /* NSMenuItem -> NSAttributedString */
    id templates;   /* NSImage -> { colour -> NSImage } */
    id colours[COLOUR_COUNT];
    id menu_covers;               /* characters that the menu font has */
    id other_attrs[COLOUR_COUNT]; /* for texts with other characters */
    id menu_attrs[COLOUR_COUNT], bar_attrs[COLOUR_COUNT], title_attrs[COLOUR_COUNT];
    id no_picture, close_picture;
    id check_picture[2]; /* off, on */
    FILE *trace;         /* NULL: not asked for */
    bool regular_app;    /* setActivationPolicy: 0, so the main menu is shown */
    /* what was there before the replacement */
    IMP old_item_with_length, old_remove_item, old_set_length, old_set_menu;
    IMP old_button_down, old_button_click, old_button_set_title, old_button_set_image;
    IMP old_button_set_position;
    IMP old_menu_update, old_menu_ask, old_menu_size, old_menu_display;
    IMP old_item_set_title, old_item_set_rich, old_item_set_enabled, old_item_dealloc;
    IMP old_menu_insert, old_image_dealloc, old_finish;
    IMP old_window_button, old_image_named;
    IMP old_window_display, old_window_part, old_window_out;
};

/* Never NULL. */
struct shim *shim(void);
/* The class itself as a receiver, e.g. shim_class(CLS_NSPanel). */
id shim_class(int cls);
/* A class of our own, made on first use by `make`, which adds its methods. */
Class shim_subclass(const char *name, int super, void (*make)(Class c));
/* Ends the program if called on another thread: GNUstep has no Main Thread Checker. */
void shim_main_thread(SEL what);

#endif
