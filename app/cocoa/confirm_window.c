/* confirm_window.c - see confirm_window.h. A window must not be freed inside its own callbacks:
 * one that was answered is freed when the next question is asked. */
#include "app/cocoa/confirm_window.h"
#include "app/cocoa/controls.h"
#include "core/base/mem.h"
#include "core/words/words.h"
#include <string.h>

#define WIDTH 420.0

enum { USE_CANCEL = 1, USE_VERB };

struct confirm_window {
    struct confirm_window *next;
    struct window *window;
    struct confirm asked; /* its texts are copies */
};

struct confirms {
    struct windows *windows;       /* borrowed */
    struct confirm_window *newest; /* a list: few are open at once */
};

static void fill(void *ctx)
{
    const struct form_button cancel = {word(WORD_CANCEL), USE_CANCEL};
    const struct confirm_window *w = ctx;
    const struct form_button verb = {w->asked.verb, USE_VERB};
    struct form f;

    form_begin(&f, w->window, WIDTH);
    form_text(&f, FORM_BOLD, w->asked.question);
    if (w->asked.lost[0] != '\0')
        form_text(&f, FORM_PLAIN, w->asked.lost);
    form_question(&f, &cancel, &verb);
    window_fit(w->window, form_end(&f));
}

/* Closed first, so that a second click finds nothing to answer. */
static void used(void *ctx, long number, id control)
{
    struct confirm_window *w = ctx;

    (void)control;
    window_close(w->window);
    if (number == USE_VERB)
        w->asked.yes(w->asked.ctx, &w->asked.call);
}

static void forget(struct confirm_window *w)
{
    mem_free((char *)w->asked.question);
    mem_free((char *)w->asked.lost);
    mem_free((char *)w->asked.verb);
}

static void keep(struct confirm_window *w, const struct confirm *q)
{
    forget(w);
    w->asked = *q;
    w->asked.title = NULL; /* the window's */
    w->asked.question = mem_str(q->question);
    w->asked.lost = mem_str(q->lost);
    w->asked.verb = mem_str(q->verb);
}

static struct confirm_window *confirm_new(struct windows *windows, const struct confirm *q)
{
    struct confirm_window *w = mem_new(sizeof *w);
    struct window_config config = {
        .title = q->title, .frame_name = "confirm", .fill = fill, .used = used, .ctx = w};

    keep(w, q);
    w->window = window_new(windows, &config);
    return w;
}

static void confirm_free(struct confirm_window *w)
{
    window_free(w->window);
    forget(w);
    mem_free(w);
}

/* Those that were answered. */
static void free_closed(struct confirms *all)
{
    struct confirm_window **at = &all->newest;

    while (*at != NULL) {
        struct confirm_window *w = *at;

        if (window_is_open(w->window)) {
            at = &w->next;
            continue;
        }
        *at = w->next;
        confirm_free(w);
    }
}

static bool same_subject(const struct menu_call *a, const struct menu_call *b)
{
    return a->command == b->command && a->op == b->op && a->engine == b->engine &&
           strcmp(a->id.text, b->id.text) == 0 && strcmp(a->project, b->project) == 0;
}

struct confirms *confirms_new(struct windows *windows)
{
    struct confirms *all = mem_new(sizeof *all);

    all->windows = windows;
    return all;
}

void confirms_ask(struct confirms *all, const struct confirm *q)
{
    struct confirm_window *w;

    free_closed(all);
    w = all->newest;
    while (w != NULL && !same_subject(&w->asked.call, &q->call))
        w = w->next;
    if (w == NULL) {
        w = confirm_new(all->windows, q);
        w->next = all->newest;
        all->newest = w;
    } else { /* it may be about others by now */
        keep(w, q);
        window_changed(w->window);
    }
    window_show(w->window);
}

void confirms_free(struct confirms *all)
{
    if (all == NULL)
        return;
    while (all->newest != NULL) {
        struct confirm_window *w = all->newest;

        all->newest = w->next;
        confirm_free(w);
    }
    mem_free(all);
}
