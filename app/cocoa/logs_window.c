/* logs_window.c - see logs_window.h. The controls are made once, each time the window opens, and
 * changed in place: made anew, the text would lose its place.
 *
 * Lines are taken from the reader, and the sentence below is told, in ticks: at most ten a second,
 * also while a menu is open, but not while the mouse selects. What the user scrolls is done in them
 * too, because the text must not be changed while AppKit scrolls it. */
#include "app/cocoa/logs_window.h"
#include "app/cocoa/cocoa.h"
#include "app/cocoa/controls.h"
#include "app/cocoa/logs_pane.h"
#include "app/cocoa/pasteboard.h"
#include "app/cocoa/target.h"
#include "app/service/saver.h"
#include "core/base/log.h"
#include "core/base/mem.h"
#include "core/base/text.h"
#include "core/logs/log_save.h"
#include "core/logs/log_search.h"
#include "core/logs/log_status.h"
#include "core/words/words.h"
#include <string.h>

#define WIDTH 760.0
#define MARGIN 20.0
#define TEXT_HEIGHT 400.0
#define FIELD_WIDTH 380.0 /* of the field to search in, with its label */
#define FOUND_WIDTH 170.0
#define CHECK_WIDTH 180.0
#define ROW_EDGE 12.0 /* what a row of buttons keeps less at the right than other controls */
#define TICK_S 0.1

enum { USE_FIELD = 1, USE_PREVIOUS, USE_NEXT, USE_PAUSE, USE_CLEAR, USE_COPY, USE_SAVE, USE_WRAP };

struct logs_window {
    struct logs_window *next;
    struct logs_windows *all;
    long number;
    enum engine_kind engine;
    struct valid_id id;
    struct window *window;
    id target; /* of the ticks */
    bool due;  /* a tick is under way */
    bool closed, scrolled, paused, wraps;

    struct ring *ring;
    struct log_reader *reader;
    struct log_news news;
    struct log_subject subject;
    struct logs_pane *pane;
    struct log_save *save;
    char *said; /* of what the user did last; NULL: the state is told */

    struct log_search search;
    id field, tally, state; /* the window's; nil before it was opened */
};

struct logs_windows {
    struct logs_windows_config config;
    struct logs_window *newest; /* a list: few are open at once */
    long last;                  /* number given last */
    id modes;                   /* in which ticks come */
};

/* ---- what it says ---- */

static void tell_state(struct logs_window *w)
{
    struct log_view view = {.subject = w->subject,
                            .news = &w->news,
                            .paused = w->paused,
                            .follows = logs_pane_page(w->pane)->follows,
                            .below = ring_end(w->ring) - logs_pane_page(w->pane)->end};
    struct arena a = {0};
    const char *text = w->said != NULL ? w->said : log_status(&a, &view);

    ns_control_set_text(w->state, cocoa_string(text));
    arena_release(&a);
}

/* In the place of the state, until the user does something else or the container does. */
static void say(struct logs_window *w, const char *sentence)
{
    mem_free(w->said);
    w->said = sentence != NULL ? mem_str(sentence) : NULL;
    tell_state(w);
}

/* As it is shown; its id if nobody knows a name. */
static const char *name_of(struct arena *a, const struct logs_window *w)
{
    const struct snapshot *snap = kit_snapshot(w->all->config.kit, w->engine);
    const struct container *c = snap != NULL ? snapshot_find(snap, w->id.text) : NULL;

    return c != NULL ? text_safe(a, c->name) : w->id.text;
}

static void look_up(struct logs_window *w)
{
    struct log_subject now = log_subject(kit_snapshot(w->all->config.kit, w->engine), &w->id);

    if (now.runs != w->subject.runs || now.gone != w->subject.gone) {
        mem_free(w->said);
        w->said = NULL;
    }
    w->subject = now;
    log_reader_runs(w->reader, now.runs);
}

/* ---- ticks ---- */

static void schedule(struct logs_window *w)
{
    if (w->due || w->closed)
        return;
    w->due = true;
    ns_perform_later(w->target, cocoa_sel[SEL_look], nil, TICK_S, w->all->modes);
}

static void tick(struct logs_window *w)
{
    if (text_view_is_held(logs_pane_text(w->pane))) {
        schedule(w); /* what comes can wait */
        return;
    }
    if (w->scrolled)
        logs_pane_scrolled(w->pane);
    w->scrolled = false;
    log_reader_take(w->reader, w->ring, &w->news);
    if (!w->paused)
        logs_pane_grow(w->pane);
    tell_state(w);
}

static void on_tick(id self, SEL cmd, id none)
{
    struct logs_window *w = target_owner(self);
    id pool = cocoa_pool_push();

    (void)cmd;
    (void)none;
    if (w != NULL && !w->closed) {
        w->due = false;
        tick(w);
    }
    cocoa_pool_pop(pool);
}

static void on_moved(void *ctx)
{
    struct logs_window *w = ctx;

    w->scrolled = true;
    schedule(w);
}

/* ---- searching ---- */

static void tell_tally(struct logs_window *w, bool found)
{
    struct arena a = {0};
    const char *text = word(WORD_SEARCH_NOTHING);

    if (found) {
        struct ring_tally t = ring_tally(w->ring, &w->search.needle, &w->search.found);

        text = word_say(&a, WORD_SEARCH_PLACE, arena_print(&a, "%zu", t.upto),
                        arena_print(&a, "%zu", t.all));
    }
    ns_control_set_text(w->tally, cocoa_string(w->search.needle.len > 0 ? text : ""));
    arena_release(&a);
}

static void find(struct logs_window *w, bool back)
{
    bool found = log_search_step(&w->search, w->ring, form_field_text(w->field), back,
                                 logs_pane_page(w->pane)->end);

    if (found)
        logs_pane_select(w->pane, &w->search.found, w->search.needle.len);
    tell_tally(w, found);
}

static void on_find(void *ctx, enum window_find what)
{
    struct logs_window *w = ctx;

    if (what == WINDOW_FIND)
        form_focus(w->field);
    else
        find(w, what == WINDOW_FIND_PREVIOUS);
    say(w, NULL);
}

/* ---- copying and saving ---- */

/* What is selected, or all lines. */
static void copy(struct logs_window *w)
{
    int64_t lines = (int64_t)(ring_end(w->ring) - ring_first(w->ring));
    struct text_view *text = logs_pane_text(w->pane);
    struct arena a = {0};
    struct buf all;

    if (text_view_selection(text).length > 0) {
        text_view_copy(text);
        return;
    }
    ring_text(w->ring, &all);
    if (pasteboard_copy(buf_text(&all)))
        say(w, word_count(&a, WORD_LOGS_COPIED_1, lines));
    else
        log_warn("the pasteboard refused what was copied");
    buf_release(&all);
    arena_release(&a);
}

static void tell_saved(struct logs_window *w, enum rc rc, const char *path, const struct fault *why)
{
    char reason[FAULT_TEXT_MAX];
    struct arena a = {0};

    if (rc == RC_OK)
        say(w, word_say(&a, WORD_LOGS_SAVED, text_safe(&a, path), NULL));
    else
        say(w, word_say(&a, WORD_LOGS_NOT_SAVED, text_safe(&a, fault_text(why, reason)), NULL));
    arena_release(&a);
}

/* The window may be gone since it was asked. */
static void save_as(void *ctx, long number, const char *path)
{
    struct logs_windows *all = ctx;
    struct logs_window *w = all->newest;
    struct buf text;

    while (w != NULL && (w->number != number || w->closed))
        w = w->next;
    if (w == NULL)
        return;
    ring_text(w->ring, &text);
    if (!log_save_begin(w->save, path, &text))
        say(w, word(WORD_WORKING));
    buf_release(&text);
}

static void save(struct logs_window *w)
{
    struct arena a = {0};
    char name[LOG_SAVE_NAME_MAX];

    log_save_name(name_of(&a, w), name);
    arena_release(&a);
    saver_ask(name, w->all->config.setup->where.home, save_as, w->all, w->number);
}

/* ---- the other buttons ---- */

static void set_paused(struct logs_window *w, bool paused)
{
    w->paused = paused;
    if (!paused)
        logs_pane_to_end(w->pane);
}

static void clear(struct logs_window *w)
{
    ring_clear(w->ring);
    logs_pane_to_end(w->pane);
    ns_control_set_text(w->tally, cocoa_string(""));
}

static void wrap(struct logs_window *w, bool wraps)
{
    w->wraps = wraps;
    text_view_wrap(logs_pane_text(w->pane), wraps);
    if (logs_pane_page(w->pane)->follows)
        text_view_show_end(logs_pane_text(w->pane));
}

static void used(void *ctx, long number, id control)
{
    struct logs_window *w = ctx;

    if (number == USE_FIELD && !form_field_done())
        return;
    say(w, NULL);
    switch (number) {
    case USE_FIELD:
    case USE_PREVIOUS:
        find(w, true);
        break;
    case USE_NEXT:
        find(w, false);
        break;
    case USE_PAUSE:
        set_paused(w, form_check_on(control));
        break;
    case USE_CLEAR:
        clear(w);
        break;
    case USE_COPY:
        copy(w);
        break;
    case USE_SAVE:
        save(w);
        break;
    case USE_WRAP:
        wrap(w, form_check_on(control));
        break;
    default:
        MUST(false);
    }
    schedule(w);
}

/* ---- the window ---- */

/* A field, what was found, and the way to the next. */
static void add_search(struct logs_window *w, struct form *f)
{
    const struct form_button buttons[] = {{word(WORD_SEARCH_PREVIOUS), USE_PREVIOUS},
                                          {word(WORD_SEARCH_NEXT), USE_NEXT}};
    double y = f->y;

    f->width = FIELD_WIDTH;
    w->field = form_field(f, USE_FIELD, word(WORD_SEARCH), "", false);
    f->y = y;
    f->left = FIELD_WIDTH;
    f->width = WIDTH - FOUND_WIDTH;
    form_row(f, FORM_PLAIN, "", buttons, countof(buttons));
    f->y = y + 5; /* in the middle of the row */
    f->left = WIDTH - FOUND_WIDTH;
    f->width = WIDTH;
    w->tally = form_text(f, FORM_QUIET, " ");
    f->left = MARGIN;
}

static void add_check(struct form *f, long number, enum word title, bool on)
{
    double y = f->y;

    f->y += 3; /* in the middle of the buttons' row */
    form_check(f, number, word(title), on);
    f->y = y;
    f->left += CHECK_WIDTH;
}

static void add_buttons(struct logs_window *w, struct form *f)
{
    const struct form_button buttons[] = {{word(WORD_LOGS_CLEAR), USE_CLEAR},
                                          {word(WORD_LOGS_COPY), USE_COPY},
                                          {word(WORD_LOGS_SAVE), USE_SAVE}};

    f->width = MARGIN + CHECK_WIDTH + MARGIN;
    add_check(f, USE_PAUSE, WORD_LOGS_PAUSE, w->paused);
    f->width += CHECK_WIDTH;
    add_check(f, USE_WRAP, WORD_LOGS_WRAP, w->wraps);
    f->width = WIDTH - ROW_EDGE;
    form_row(f, FORM_PLAIN, "", buttons, countof(buttons));
    f->left = MARGIN;
    f->width = WIDTH;
}

static void add_text(struct logs_window *w, struct form *f)
{
    struct text_view_config config = {
        .view = window_view(w->window),
        .frame = {{MARGIN, f->y}, {WIDTH - 2 * MARGIN, TEXT_HEIGHT}},
        .label = word(WORD_SHOW_LOGS),
        .wraps = w->wraps,
        .moved = on_moved,
        .ctx = w,
    };

    /* it grows with the window: first that has its size */
    window_fit(w->window, (NSSize){WIDTH, f->y + TEXT_HEIGHT + MARGIN});
    logs_pane_open(w->pane, &config);
    text_view_focus(logs_pane_text(w->pane));
}

static void fill(void *ctx)
{
    struct logs_window *w = ctx;
    struct form f;

    form_begin(&f, w->window, WIDTH);
    add_search(w, &f);
    add_buttons(w, &f);
    w->state = form_text(&f, FORM_QUIET, " ");
    add_text(w, &f);
    tell_state(w);
    schedule(w);
}

/* Inside one of its callbacks nothing of it may be freed: free_closed() does when it is over. What
 * is being saved is written to its end meanwhile. */
static void closed(void *ctx)
{
    struct logs_window *w = ctx;

    w->closed = true;
    log_reader_stop(w->reader);
}

/* ---- all of them ---- */

static void unmake(struct logs_window *w)
{
    log_reader_free(w->reader);
    log_save_free(w->save);
    target_drop(w->target);
    logs_pane_free(w->pane);
    window_free(w->window);
    ring_free(w->ring);
    mem_free(w->said);
    mem_free(w);
}

/* Those whose threads need no waiting for. */
static void free_closed(struct logs_windows *all)
{
    struct logs_window **at = &all->newest;

    while (*at != NULL) {
        struct logs_window *w = *at;

        if (!w->closed || !log_reader_is_over(w->reader) || log_save_is_busy(w->save)) {
            at = &w->next;
            continue;
        }
        *at = w->next;
        unmake(w);
    }
}

static void reader_changed(void *ctx)
{
    struct logs_window *w = ctx;

    if (w->closed)
        free_closed(w->all);
    else
        schedule(w);
}

static void on_saved(void *ctx, enum rc rc, const char *path, const struct fault *why)
{
    struct logs_window *w = ctx;
    char reason[FAULT_TEXT_MAX];

    if (!w->closed) {
        tell_saved(w, rc, path, why);
        return;
    }
    if (rc != RC_OK)
        log_warn("a log was not saved: %s", fault_text(why, reason));
    free_closed(w->all);
}

static struct logs_window *find_open(const struct logs_windows *all, enum engine_kind engine,
                                     const struct valid_id *container)
{
    struct logs_window *w = all->newest;

    while (w != NULL &&
           (w->closed || w->engine != engine || strcmp(w->id.text, container->text) != 0))
        w = w->next;
    return w;
}

static struct window *make_window(struct logs_window *w)
{
    struct arena a = {0};
    const struct window_config config = {.title =
                                             word_say(&a, WORD_LOGS_TITLE, name_of(&a, w), NULL),
                                         .frame_name = "logs",
                                         .resizes = true,
                                         .fill = fill,
                                         .used = used,
                                         .find = on_find,
                                         .closed = closed,
                                         .ctx = w};
    struct window *window = window_new(w->all->config.windows, &config);

    arena_release(&a);
    return window;
}

static void make_parts(struct logs_window *w)
{
    static const struct target_method methods[] = {{SEL_look, (IMP)on_tick, "v@:@"}};
    const struct logs_windows_config *c = &w->all->config;
    const struct log_reader_config reader = {.spawner = c->setup->spawner,
                                             .where = &c->setup->where,
                                             .engine = w->engine,
                                             .id = w->id,
                                             .post = ui_post,
                                             .post_ctx = c->post,
                                             .changed = reader_changed,
                                             .ctx = w};
    const struct log_save_config save_config = {
        .post = ui_post, .post_ctx = c->post, .done = on_saved, .ctx = w};

    w->target =
        target_new(target_class("CKLogs", cocoa_class[CLS_NSObject], methods, countof(methods)), w);
    w->ring = ring_new(RING_LINES, RING_BYTES);
    w->pane = logs_pane_new(w->ring);
    w->save = log_save_new(&save_config);
    w->window = make_window(w);
    w->news.reading = true;
    w->reader = log_reader_new(&reader);
}

static struct logs_window *make(struct logs_windows *all, enum engine_kind engine,
                                const struct valid_id *container)
{
    struct logs_window *w = mem_new(sizeof *w);

    w->all = all;
    w->number = ++all->last;
    w->engine = engine;
    w->id = *container;
    make_parts(w);
    look_up(w);
    w->next = all->newest;
    all->newest = w;
    return w;
}

struct logs_windows *logs_windows_new(const struct logs_windows_config *config)
{
    struct logs_windows *all = mem_new(sizeof *all);
    id modes[] = {NSDefaultRunLoopMode, NSEventTrackingRunLoopMode, NSModalPanelRunLoopMode};

    all->config = *config;
    all->modes = ns_retain(ns_array_from(modes, countof(modes)));
    return all;
}

void logs_windows_show(struct logs_windows *all, enum engine_kind engine,
                       const struct valid_id *container)
{
    struct logs_window *w = find_open(all, engine, container);

    if (w == NULL)
        w = make(all, engine, container);
    window_show(w->window);
}

void logs_windows_changed(struct logs_windows *all)
{
    for (struct logs_window *w = all->newest; w != NULL; w = w->next) {
        if (w->closed)
            continue;
        look_up(w);
        schedule(w);
    }
}

void logs_windows_woke(struct logs_windows *all)
{
    for (struct logs_window *w = all->newest; w != NULL; w = w->next)
        if (!w->closed)
            log_reader_restart(w->reader);
}

/* All commands are ended before the first is waited for. */
void logs_windows_free(struct logs_windows *all)
{
    if (all == NULL)
        return;
    for (struct logs_window *w = all->newest; w != NULL; w = w->next)
        log_reader_stop(w->reader);
    while (all->newest != NULL) {
        struct logs_window *w = all->newest;

        all->newest = w->next;
        unmake(w);
    }
    ns_release(all->modes);
    mem_free(all);
}
