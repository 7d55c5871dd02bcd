/* controls.h - controls in a window, one below the other, with the distances that a Mac has.
 *
 * Laid out with frames, for GNUstep has no Auto Layout. A form is a pencil: it makes a control at
 * its place in the view and moves down; the view owns what was made. A control that the user can
 * use has a number, which window_config.used() gets (window.h). Main thread. */
#ifndef APP_COCOA_CONTROLS_H
#define APP_COCOA_CONTROLS_H
#include "app/cocoa/window.h"
#include "core/base/secret.h"

struct form {
    id view, target;    /* borrowed */
    double left, width; /* where controls begin, and the width of the whole */
    double y;           /* of the next one */
    double label;       /* width of the labels before fields and choices; may be set */
};

enum form_style {
    FORM_PLAIN,
    FORM_QUIET,
    FORM_SMALL,
    FORM_BOLD,
    FORM_TITLE,
    FORM_CHOSEN /* a row that was chosen among others */
};

struct form_button {
    const char *title;
    long number;
};

struct form_cell {
    const char *text;
    double width;
};

/* Begins at the top of the window's view, which is emptied. */
void form_begin(struct form *f, struct window *w, double width);
/* The same in a view that form_list() made; without margins. */
void form_begin_list(struct form *f, const struct window *w, id list, double width);
/* Text that breaks into as many lines as it needs; its NSTextField. */
id form_text(struct form *f, enum form_style style, const char *text);
/* A picture of that size (+0) at the left; what comes next stands at its right. */
void form_picture(struct form *f, id image, NSSize size);
/* An NSButton with a box in front of its title. */
id form_check(struct form *f, long number, const char *title, bool on);
/* Is it checked? */
bool form_check_on(id check);
/* A label, and behind it a field to write in, an NSTextField; `secret` shows dots. */
id form_field(struct form *f, long number, const char *label, const char *value, bool secret);
/* What was written into a secret one: taken out of it, whatever comes of it. RC_DENIED if nothing
 * was, RC_TOO_BIG. AppKit's own copies of what was typed are freed by it and not wiped. */
NODISCARD enum rc form_field_take(id field, struct secret **out, struct fault *why);
/* Nothing is in it any more. */
void form_field_clear(id field);
/* The keyboard goes to this one. */
void form_focus(id field);
/* It acts because of Return: it also does when the keyboard leaves it. Inside used() alone. */
bool form_field_done(void);
/* What was written, UTF-8, until the pool is popped. */
const char *form_field_text(id field);
/* A label, and behind it an NSPopUpButton with these titles. */
id form_choice(struct form *f, long number, const char *label, const char *const *titles,
               size_t count, size_t chosen);
/* Index of what is chosen. */
size_t form_choice_made(id choice);
/* One line of text, cut at its end, with small buttons at its right end; its NSTextField. */
id form_row(struct form *f, enum form_style style, const char *text,
            const struct form_button *buttons, size_t count);
/* The same with texts in columns; the last cell, whose NSTextField it is, takes what is left. */
id form_cells(struct form *f, enum form_style style, const struct form_cell *cells, size_t count,
              const struct form_button *buttons, size_t button_count);
/* A place of this height whose content, the view that it gives, can be scrolled. */
id form_list(struct form *f, double height);
/* Scrolls a list so that what lies between these heights of it is seen. */
void form_reveal(id list, double from, double to);
/* A distance between groups. */
void form_gap(struct form *f);
/* The last row of a dialog: at the right, the first of them being the default (Return) and
 * standing rightmost, as on a Mac. Gives the default one. */
id form_buttons(struct form *f, const struct form_button *buttons, size_t count);
/* The last row of a question: `lose` cannot be undone and is drawn so where the system can; Return
 * means `keep`, which stands rightmost. */
void form_question(struct form *f, const struct form_button *keep, const struct form_button *lose);
/* The size of all that was made, for window_fit(); of a list: its view gets it. */
NSSize form_end(struct form *f);

#endif
