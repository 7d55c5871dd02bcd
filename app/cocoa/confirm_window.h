/* confirm_window.h - asks before something is lost: a window per subject, opened by a click, beside
 * which the menu and all else goes on (mac-behaviour 12).
 *
 * Return and Escape mean no. Asked again about a subject whose window is open, that window comes to
 * the front and asks anew. What is true may change while it waits: whoever is told "yes" looks
 * again. Main thread. Memory: copies what it is given, and owns its windows. */
#ifndef APP_COCOA_CONFIRM_WINDOW_H
#define APP_COCOA_CONFIRM_WINDOW_H
#include "app/cocoa/window.h"

struct confirms; /* all questions that are open */

/* Texts are safe to show; copied. */
struct confirm {
    const char *title;    /* of the window */
    const char *question; /* one sentence */
    const char *lost;     /* what is lost, or what happens; "" for nothing to add */
    const char *verb;     /* title of the button that does it: "Remove" */
    struct menu_call call;
    /* The button was clicked. Must not ask the next question. */
    void (*yes)(void *ctx, const struct menu_call *call);
    void *ctx;
};

/* `windows` is borrowed until confirms_free(). */
struct confirms *confirms_new(struct windows *windows);
/* The subject is q->call: its command, op, engine, id and project. Not from inside a menu. */
void confirms_ask(struct confirms *all, const struct confirm *q);
/* Accepts NULL. Open questions are closed and mean no. */
void confirms_free(struct confirms *all);

#endif
