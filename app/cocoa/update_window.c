/* update_window.c - see update_window.h. One way to fill it for each phase; what a button does is
 * asked of the updater, which knows whether it still fits. */
#include "app/cocoa/update_window.h"
#include "app/cocoa/controls.h"
#include "core/base/mem.h"
#include "core/kit/update_row.h"
#include "core/words/words.h"

#define WIDTH 520.0
#define NOTES_HEIGHT 180.0
#define NOTES_WIDTH 460.0 /* beside the scroller */

enum { USE_INSTALL = 1, USE_LATER, USE_SKIP, USE_CANCEL, USE_CHECK, USE_CLOSE };

struct update_window {
    struct window *window;
    struct updater *updater;
};

/* A phase's texts and buttons. */
typedef void fill_fn(struct update_window *w, struct form *f, struct arena *a,
                     const struct update_page *p);

static const char *say(struct arena *a, enum word which, const char *one)
{
    return word_say(a, which, one, NULL);
}

static void buttons(struct form *f, const struct form_button *list, size_t count)
{
    form_gap(f);
    form_focus(form_buttons(f, list, count)); /* else a space would skip the version */
}

static void close_button(struct form *f)
{
    const struct form_button list[] = {{word(WORD_CLOSE), USE_CLOSE}};

    buttons(f, list, countof(list));
}

/* ---- phases ---- */

static void fill_off(struct update_window *w, struct form *f, struct arena *a,
                     const struct update_page *p)
{
    (void)w;
    (void)a;
    form_text(f, FORM_TITLE, word(WORD_UPDATE_HEAD_OFF));
    form_text(f, FORM_PLAIN, p->sentence);
    close_button(f);
}

static void fill_checking(struct update_window *w, struct form *f, struct arena *a,
                          const struct update_page *p)
{
    const struct form_button list[] = {{word(WORD_CANCEL), USE_CANCEL}};

    (void)w;
    (void)a;
    (void)p;
    form_text(f, FORM_TITLE, word(WORD_UPDATE_CHECKING));
    buttons(f, list, countof(list));
}

/* Also at rest: it was opened while a check of its own has not begun yet. */
static void fill_nothing(struct update_window *w, struct form *f, struct arena *a,
                         const struct update_page *p)
{
    (void)w;
    form_text(f, FORM_TITLE, word(WORD_UPDATE_HEAD_NONE));
    form_text(f, FORM_PLAIN,
              p->none == OFFER_SYSTEM ? word(WORD_UPDATE_SYSTEM)
                                      : say(a, WORD_UPDATE_NEWEST, CK_VERSION));
    close_button(f);
}

static void add_notes(struct update_window *w, struct form *f, const char *notes)
{
    struct form list;

    if (notes[0] == '\0')
        return;
    form_begin_list(&list, w->window, form_list(f, NOTES_HEIGHT), NOTES_WIDTH);
    form_gap(&list);
    form_text(&list, FORM_PLAIN, notes);
    form_end(&list);
}

static void fill_offered(struct update_window *w, struct form *f, struct arena *a,
                         const struct update_page *p)
{
    const struct form_button list[] = {{word(WORD_UPDATE_INSTALL), USE_INSTALL},
                                       {word(WORD_UPDATE_LATER), USE_LATER},
                                       {word(WORD_UPDATE_SKIP), USE_SKIP}};

    form_text(f, FORM_TITLE, say(a, WORD_UPDATE_HEAD_NEW, p->version));
    form_text(f, FORM_QUIET, say(a, WORD_UPDATE_YOU_HAVE, CK_VERSION));
    if (p->critical)
        form_text(f, FORM_BOLD, word(WORD_UPDATE_CRITICAL));
    add_notes(w, f, p->notes);
    buttons(f, list, p->critical ? countof(list) - 1 : countof(list));
}

static const char *progress(struct arena *a, const struct update_page *p)
{
    const char *have = word_bytes(a, (int64_t)p->have);

    if (p->whole == 0)
        return have;
    return word_say_3(a, WORD_UPDATE_PROGRESS, have, word_bytes(a, (int64_t)p->whole),
                      word_percent(a, 100.0 * (double)p->have / (double)p->whole, 0));
}

static void fill_downloading(struct update_window *w, struct form *f, struct arena *a,
                             const struct update_page *p)
{
    const struct form_button list[] = {{word(WORD_CANCEL), USE_CANCEL}};

    (void)w;
    form_text(f, FORM_TITLE, say(a, WORD_UPDATE_DOWNLOADING, p->version));
    form_text(f, FORM_PLAIN, progress(a, p));
    buttons(f, list, countof(list));
}

static void fill_staging(struct update_window *w, struct form *f, struct arena *a,
                         const struct update_page *p)
{
    const struct form_button list[] = {{word(WORD_CANCEL), USE_CANCEL}};

    (void)w;
    form_text(f, FORM_TITLE, say(a, WORD_UPDATE_STAGING, p->version));
    form_text(f, FORM_PLAIN, " ");
    buttons(f, list, countof(list));
}

static void fill_ready(struct update_window *w, struct form *f, struct arena *a,
                       const struct update_page *p)
{
    const struct form_button list[] = {{word(WORD_UPDATE_RESTART), USE_INSTALL},
                                       {word(WORD_UPDATE_LATER), USE_LATER}};

    (void)w;
    form_text(f, FORM_TITLE, say(a, WORD_UPDATE_HEAD_READY, p->version));
    form_text(f, FORM_PLAIN, word(WORD_UPDATE_READY));
    buttons(f, list, countof(list));
}

static void fill_handed_over(struct update_window *w, struct form *f, struct arena *a,
                             const struct update_page *p)
{
    (void)w;
    (void)a;
    (void)p;
    form_text(f, FORM_TITLE, word(WORD_UPDATE_RESTARTING));
}

/* What a person can do about it, and small what the log says: for whoever is asked for help. */
static void fill_failed(struct update_window *w, struct form *f, struct arena *a,
                        const struct update_page *p)
{
    bool offered = p->version[0] != '\0';
    const struct form_button list[] = {{word(WORD_UPDATE_AGAIN), offered ? USE_INSTALL : USE_CHECK},
                                       {word(WORD_CLOSE), USE_CLOSE}};

    (void)w;
    (void)a;
    form_text(f, FORM_TITLE, word(offered ? WORD_UPDATE_HEAD_FAILED : WORD_UPDATE_HEAD_NO_CHECK));
    form_text(f, FORM_PLAIN, word(update_failure_word(p->class)));
    form_text(f, FORM_SMALL, p->sentence);
    buttons(f, list, countof(list));
}

static fill_fn *const fills[UPDATE_PHASE_COUNT] = {
    [UPDATE_IDLE] = fill_nothing,
    [UPDATE_OFF] = fill_off,
    [UPDATE_CHECKING] = fill_checking,
    [UPDATE_NOTHING] = fill_nothing,
    [UPDATE_OFFERED] = fill_offered,
    [UPDATE_DOWNLOADING] = fill_downloading,
    [UPDATE_STAGING] = fill_staging,
    [UPDATE_READY] = fill_ready,
    [UPDATE_HANDED_OVER] = fill_handed_over,
    [UPDATE_FAILED] = fill_failed,
};

static void fill(void *ctx)
{
    struct update_window *w = ctx;
    const struct update_page *page = updater_page(w->updater);
    struct arena a = {0};
    struct form f;

    form_begin(&f, w->window, WIDTH);
    fills[page->phase](w, &f, &a, page);
    window_fit(w->window, form_end(&f));
    arena_release(&a);
}

/* ---- what happens ---- */

static void used(void *ctx, long number, id control)
{
    struct update_window *w = ctx;
    bool checks = updater_page(w->updater)->phase == UPDATE_CHECKING;

    (void)control;
    switch (number) {
    case USE_INSTALL:
        updater_install(w->updater);
        break;
    case USE_CHECK:
        updater_check(w->updater);
        break;
    case USE_CANCEL:
        updater_cancel(w->updater);
        if (checks) /* nothing came of it, so there is nothing to show */
            window_close(w->window);
        break;
    case USE_SKIP:
        updater_skip(w->updater);
        window_close(w->window);
        break;
    default:
        window_close(w->window);
    }
}

/* Nobody looks any more: a restart would come out of nowhere. */
static void closed(void *ctx)
{
    struct update_window *w = ctx;

    updater_later(w->updater);
    updater_seen(w->updater);
}

struct update_window *update_window_new(struct windows *windows, struct updater *updater)
{
    struct update_window *w = mem_new(sizeof *w);
    const struct window_config config = {.name = WORD_UPDATE_TITLE,
                                         .frame_name = "update",
                                         .fill = fill,
                                         .used = used,
                                         .closed = closed,
                                         .ctx = w};

    w->updater = updater;
    w->window = window_new(windows, &config);
    return w;
}

void update_window_show(struct update_window *w)
{
    enum update_phase phase = updater_page(w->updater)->phase;

    if (phase == UPDATE_IDLE || phase == UPDATE_NOTHING)
        updater_check(w->updater);
    window_show(w->window);
}

void update_window_changed(struct update_window *w)
{
    window_changed(w->window);
}

void update_window_free(struct update_window *w)
{
    if (w == NULL)
        return;
    window_free(w->window);
    mem_free(w);
}
