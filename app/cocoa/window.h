/* window.h - what every window of ours is: Escape and Command-W close it, it comes to the front of
 * everything in the space the user is in, and it stands in the status menu while it is open.
 *
 * A program without Dock icon and menu bar has no other way to show a window, or to find one again
 * (mac-behaviour 13). A struct window lasts until its maker frees it; the NSWindow and all that is
 * in it is made anew each time it is opened. Nothing is modal. Callbacks come from inside AppKit:
 * they must not free the window they are about. Main thread. */
#ifndef APP_COCOA_WINDOW_H
#define APP_COCOA_WINDOW_H
#include "app/cocoa/objc.h"
#include "core/menu/menu_build.h"
#include "core/words/words.h"

struct windows; /* all there are */
struct window;

/* What Command-F, Command-G and Shift-Command-G ask for. */
enum window_find { WINDOW_FIND, WINDOW_FIND_NEXT, WINDOW_FIND_PREVIOUS };

struct window_config {
    enum word name;         /* its title, in the language of the moment; or else: */
    const char *title;      /* copied; cut to what menu_window holds */
    const char *frame_name; /* under which its place is kept; static */
    bool keeps_escape;      /* Escape is not for closing: something in it needs the key */
    bool resizes;           /* not below the size of window_fit(); then also kept as its place is */
    /* Puts the controls into it (controls.h): each time it is opened, and after window_changed().
     * Then also window_fit(). */
    void (*fill)(void *ctx);
    /* A control that was made with `number` (controls.h) was used. May be NULL. */
    void (*used)(void *ctx, long number, id control);
    /* What stands in the field of that number is another text now. May be NULL. */
    void (*typed)(void *ctx, long number);
    /* A key was pressed without Command, in a field too, where this hears of those alone that are
     * no text: arrows, Return, Escape. Its characters, as the event has them; true: it was used,
     * and means nothing else. May be NULL. */
    bool (*key)(void *ctx, const char *characters);
    /* A key of searching. NULL: it has nothing to search in. */
    void (*find)(void *ctx, enum window_find what);
    /* It was closed, by whatever way. May be NULL. */
    void (*closed)(void *ctx);
    void *ctx;
};

/* `changed`: the list of open windows, or a title in it, is another one now. */
struct windows *windows_new(void (*changed)(void *ctx), void *ctx);
/* Those that are open, in the order of their making, at most MENU_WINDOWS_MAX; their count. */
size_t windows_list(const struct windows *all, struct menu_window out[MENU_WINDOWS_MAX]);
/* Brings the open window of that number to the front; nothing if it is not open any more. */
void windows_show(struct windows *all, long number);
/* From now on nothing is told any more. */
void windows_stop(struct windows *all);
/* After the last window was freed. Accepts NULL. */
void windows_free(struct windows *all);

/* Not shown yet. */
struct window *window_new(struct windows *all, const struct window_config *config);
/* Its content while it is open, an NSView whose y goes down; controls.h fills it. */
id window_view(const struct window *w);
/* The class of such a view, for those inside it. */
Class window_view_class(void);
/* What the controls in it are told to call; the window's. */
id window_target(const struct window *w);
/* The content has this size; if it resizes, at least this one. */
void window_fit(struct window *w, NSSize size);
/* In front of everything, with the keyboard; the first time in the middle or where it was once. */
void window_show(struct window *w);
/* As a click on its close button does. */
void window_close(struct window *w);
/* Shown and not closed since; it may be behind others. */
bool window_is_open(const struct window *w);
/* What it shows is old: it is filled anew soon, if it is open. Never while the mouse is held down
 * on one of its controls, which would be gone then. */
void window_changed(struct window *w);
/* What was changed in it, in place, is seen now: GNUstep draws at the next event, which may not
 * come. Only while it is open. */
void window_draw(struct window *w);
/* Accepts NULL. Closes it without telling. */
void window_free(struct window *w);

#endif
