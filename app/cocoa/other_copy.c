/* other_copy.c - see other_copy.h. First it is waited for in silence: a copy that has just been
 * moved, or replaced, starts its successor and ends. One that was asked to quit may take its time,
 * or not do it at all: then the window says so, and asking again is all that can be done. */
#include "app/cocoa/other_copy.h"
#include "app/cocoa/cocoa.h"
#include "app/cocoa/controls.h"
#include "app/cocoa/target.h"
#include "app/service/copies.h"
#include "core/base/mem.h"
#include "core/words/words.h"

#define WIDTH 460.0
#define ASK_S 0.25 /* between two questions */
#define ASK_MAX 40 /* then it does not quit */
#define SILENT 8   /* questions before the window comes */

enum { USE_QUIT_OTHER = 1, USE_QUIT_THIS };

struct other_copy {
    struct other_copy_config config;
    struct copy other;
    struct window *window;
    id target, modes;
    const char *news; /* what became of it, NULL for nothing yet; static */
    unsigned silent;  /* questions left before the window comes */
    unsigned asked;   /* 0: it was not told to quit */
    bool begun;       /* it has gone */
};

static void fill(void *ctx)
{
    const struct form_button buttons[] = {{word(WORD_COPY_QUIT_OTHER), USE_QUIT_OTHER},
                                          {word(WORD_COPY_QUIT_THIS), USE_QUIT_THIS}};
    struct other_copy *c = ctx;
    char sentence[FAULT_TEXT_MAX];
    struct form f;

    copies_sentence(&c->other, sentence);
    form_begin(&f, c->window, WIDTH);
    form_text(&f, FORM_BOLD, word(WORD_COPY_RUNS));
    form_text(&f, FORM_PLAIN, sentence);
    if (c->news != NULL)
        form_text(&f, FORM_QUIET, c->news);
    form_buttons(&f, buttons, countof(buttons));
    window_fit(c->window, form_end(&f));
}

static void say(struct other_copy *c, const char *news)
{
    c->news = news;
    window_changed(c->window);
}

static void ask_later(struct other_copy *c)
{
    ns_perform_later(c->target, cocoa_sel[SEL_look], nil, ASK_S, c->modes);
}

/* Shall the next question follow by itself? */
static bool ask_on(struct other_copy *c)
{
    if (c->silent > 0)
        return --c->silent > 0;
    return ++c->asked < ASK_MAX;
}

static void ask(struct other_copy *c)
{
    if (c->config.gone(c->config.ctx)) {
        c->begun = true;
        window_close(c->window);
    } else if (ask_on(c)) {
        ask_later(c);
    } else if (!window_is_open(c->window)) {
        window_show(c->window);
    } else {
        c->asked = 0;
        say(c, word(WORD_COPY_STILL));
    }
}

static void on_look(id self, SEL cmd, id none)
{
    struct other_copy *c = target_owner(self);
    id pool = cocoa_pool_push();

    (void)cmd;
    (void)none;
    if (c != NULL)
        ask(c);
    cocoa_pool_pop(pool);
}

static void quit_other(struct other_copy *c)
{
    if (c->asked > 0)
        return;
    c->asked = 1;
    say(c, copies_quit(c->other.pid) ? word(WORD_COPY_WAITING) : NULL);
    ask_later(c); /* it may have gone by itself, too */
}

static void used(void *ctx, long number, id control)
{
    struct other_copy *c = ctx;

    (void)control;
    if (number == USE_QUIT_OTHER)
        quit_other(c);
    else
        window_close(c->window);
}

static void closed(void *ctx)
{
    struct other_copy *c = ctx;

    if (!c->begun)
        c->config.quit(c->config.ctx);
}

struct other_copy *other_copy_new(const struct other_copy_config *config, const struct copy *other)
{
    static const struct target_method methods[] = {{SEL_look, (IMP)on_look, "v@:@"}};
    struct other_copy *c = mem_new(sizeof *c);
    struct window_config window = {.title = "Container Kit",
                                   .frame_name = "other-copy",
                                   .fill = fill,
                                   .used = used,
                                   .closed = closed,
                                   .ctx = c};

    c->config = *config;
    c->other = *other;
    c->modes = ns_retain(ns_array_from((id[]){NSDefaultRunLoopMode}, 1));
    c->target = target_new(
        target_class("CKOtherCopy", cocoa_class[CLS_NSObject], methods, countof(methods)), c);
    c->window = window_new(config->windows, &window);
    return c;
}

void other_copy_begin(struct other_copy *c)
{
    c->silent = SILENT;
    ask_later(c);
}

void other_copy_free(struct other_copy *c)
{
    if (c == NULL)
        return;
    window_free(c->window);
    target_drop(c->target);
    ns_release(c->modes);
    mem_free(c);
}
