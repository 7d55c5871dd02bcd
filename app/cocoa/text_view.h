/* text_view.h - text that is read: in one width of character, selectable, scrolled, not written in.
 *
 * Text comes as UTF-8, with the colours of parts of it; places in it are counted in UTF-16 units,
 * as AppKit counts them, which text_units() tells. The view belongs to the view that it was put
 * into; what is made here must be freed before that one goes, or soon after: it keeps what it uses.
 * A view holds some thousand lines; more take AppKit too long (logs_window.c pages). Main thread.
 */
#ifndef APP_COCOA_TEXT_VIEW_H
#define APP_COCOA_TEXT_VIEW_H
#include "app/cocoa/objc.h"
#include "core/desktop/palette.h"

struct text_view;

/* Bytes of a text that is put in. */
struct text_span {
    size_t at, len;
    enum palette_colour colour;
    bool bold;
};

struct text_view_config {
    id view;           /* an NSView whose y goes down; gets the text */
    NSRect frame;      /* in it; grows with it in both directions */
    const char *label; /* for those who hear the screen */
    bool wraps;
    /* The user, or a change of the window's size, has moved it: from inside AppKit, so the text
     * must not be changed in it. May be NULL. */
    void (*moved)(void *ctx);
    /* The user copies what is selected, with Command-C: puts it into the pasteboard. NULL: that is
     * AppKit's to do. */
    void (*copy)(void *ctx);
    void *ctx;
};

/* Empty. */
struct text_view *text_view_new(const struct text_view_config *config);
/* Accepts NULL. The text stays on screen, and tells nothing any more. */
void text_view_free(struct text_view *t);

/* How many UTF-16 units the first `len` bytes of a text are; broken UTF-8 is not for here. */
size_t text_units(const char *text, size_t len);
/* The other way: the byte at which that unit begins, or the end. */
size_t text_bytes(const char *text, size_t unit);
/* Behind all that is there. Spans lie in order within `text`, do not overlap and end where
 * characters do. Borrowed for the call, as all text here is. */
void text_view_append(struct text_view *t, const char *text, const struct text_span *spans,
                      size_t count);
/* In the place of all that is there; nothing is selected. */
void text_view_set(struct text_view *t, const char *text, const struct text_span *spans,
                   size_t count);
/* Without the first `units`; what is seen may move. */
void text_view_cut(struct text_view *t, size_t units);
/* The mouse is held down in it, to select: the text is better not changed, for AppKit remembers
 * where the selection began, and a place that is gone then is an exception. */
bool text_view_is_held(const struct text_view *t);
/* Of all that is there. */
size_t text_view_length(const struct text_view *t);
/* Selects, and scrolls so that it is seen. */
void text_view_select(struct text_view *t, size_t at, size_t units);
/* What is selected, at most all of the text: length 0 for nothing. */
NSRange text_view_selection(const struct text_view *t);
/* As Command-C does. */
void text_view_copy(struct text_view *t);
/* Scrolls no more than it takes to show that place: coming from below it stands at the top, from
 * above at the bottom. */
void text_view_show(struct text_view *t, size_t at);
void text_view_show_end(struct text_view *t);
/* The last line is seen; the first one. */
bool text_view_is_at_end(const struct text_view *t);
bool text_view_is_at_start(const struct text_view *t);
/* Long lines are broken, or reach out of the window and can be scrolled to. */
void text_view_wrap(struct text_view *t, bool wraps);
/* The keyboard goes to it: arrows and Page Up scroll, Command-C copies. */
void text_view_focus(struct text_view *t);

#endif
