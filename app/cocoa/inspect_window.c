/* inspect_window.c - see inspect_window.h. The controls are made once each time the window opens
 * and changed in place afterwards: made anew, the text would lose its place. */
#include "app/cocoa/inspect_window.h"
#include "app/cocoa/cocoa.h"
#include "app/cocoa/controls.h"
#include "app/cocoa/pasteboard.h"
#include "app/cocoa/text_view.h"
#include "core/base/log.h"
#include "core/base/mem.h"
#include "core/base/search.h"
#include "core/base/text.h"
#include "core/words/words.h"
#include <inttypes.h>
#include <string.h>

#define WIDTH 640.0
#define TEXT_HEIGHT 420.0
#define MARGIN 20.0
#define LIST_EDGE 12.0 /* a row of a list ends nearer to the edge than other controls */

enum { USE_FIELD = 1, USE_PREVIOUS, USE_NEXT, USE_VALUES, USE_COPY, USE_REFRESH };

struct inspect_window {
    struct inspect_window *next;
    struct inspect_windows *all;
    struct window *window;
    enum engine_kind kind;
    struct valid_id id;
    bool values;     /* asked for; those in `text` may be of before */
    struct buf text; /* as it is shown, UTF-8; empty before the first answer */
    bool concealed;  /* values are in it */
    size_t found;    /* byte behind the last hit, where the next search begins */
    struct text_view *view;
    id field, label; /* the window's, while it is open */
};

struct inspect_windows {
    struct windows *windows;       /* borrowed */
    struct kit *kit;               /* borrowed */
    struct inspect_window *newest; /* a list: few are open at once */
};

/* A long one is cut by the buttons; its tip has it whole. */
static void say(struct inspect_window *w, const char *sentence)
{
    ns_control_set_text(w->label, cocoa_string(sentence));
    ns_view_set_tip(w->label, cocoa_string(sentence));
    window_draw(w->window);
}

/* ---- asking ---- */

static void ask(struct inspect_window *w)
{
    const struct inspection what = {
        .kind = w->kind, .id = w->id, .text = INSPECTION_ALL, .values = w->values};
    struct arena a = {0};
    struct fault why;

    if (kit_inspect(w->all->kit, &what, &why) == RC_OK)
        say(w, word_say(&a, WORD_INSPECT_ASKING, engine_title(w->kind), NULL));
    else
        say(w, text_safe(&a, why.text));
    arena_release(&a);
}

/* What is too long for a window ends with a sentence that tells where the rest is. */
static void keep_text(struct inspect_window *w, const struct buf *text)
{
    size_t shown = inspection_shown(buf_text(text));
    struct arena a = {0};
    const char *size = arena_print(&a, "%zu", text->len);
    enum rc rc;

    buf_clear(&w->text);
    rc = buf_add(&w->text, buf_text(text), shown);
    size = arena_print(&a, "%s %s", size, word(WORD_BYTES));
    if (rc == RC_OK && shown < text->len)
        rc = buf_text_add(&w->text, word_say(&a, WORD_INSPECT_CUT, size, w->id.text));
    MUST(rc == RC_OK);
    arena_release(&a);
}

static void take(struct inspect_window *w, const struct inspected *answer)
{
    struct arena a = {0};
    char text[FAULT_TEXT_MAX];

    if (answer->what.values != w->values)
        return; /* the box was clicked since: another answer is on its way */
    if (answer->rc != RC_OK) {
        say(w, text_safe(&a, fault_text(&answer->why, text)));
        arena_release(&a);
        return;
    }
    keep_text(w, &answer->text);
    w->concealed = w->values;
    w->found = 0;
    text_view_set(w->view, buf_text(&w->text), NULL, 0);
    say(w, "");
}

/* ---- searching and copying ---- */

static void find(struct inspect_window *w, bool back)
{
    const char *text = buf_text(&w->text);
    struct search_hit hit;
    struct arena a = {0};
    size_t from = w->found;
    struct needle n;

    needle_init(&n, form_field_text(w->field));
    if (back) /* before the hit that is shown, not before its end */
        from = from >= n.len ? from - n.len : 0;
    if (search_find(text, &n, from, back, &hit)) {
        w->found = hit.at + n.len;
        text_view_select(w->view, text_units(text, hit.at), text_units(text + hit.at, n.len));
        say(w, word_say(&a, WORD_SEARCH_PLACE, arena_print(&a, "%zu", hit.number),
                        arena_print(&a, "%zu", hit.count)));
    } else {
        say(w, n.len > 0 ? word(WORD_SEARCH_NOTHING) : "");
    }
    arena_release(&a);
}

static void on_find(void *ctx, enum window_find what)
{
    struct inspect_window *w = ctx;

    if (what == WINDOW_FIND)
        form_focus(w->field);
    else
        find(w, what == WINDOW_FIND_PREVIOUS);
}

/* What is selected, or all; marked if values are in it, by whatever way it is copied. */
static void copy(void *ctx)
{
    const struct inspect_window *w = ctx;
    NSRange selected = text_view_selection(w->view);
    const char *text = buf_text(&w->text);
    size_t from = text_bytes(text, selected.location);
    size_t to = text_bytes(text, selected.location + selected.length);
    char *part = selected.length > 0 ? mem_dup(text + from, to - from) : mem_str(text);

    if (!(w->concealed ? pasteboard_conceal(part) : pasteboard_copy(part)))
        log_warn("the pasteboard refused what was copied");
    mem_free(part);
}

static void used(void *ctx, long number, id control)
{
    struct inspect_window *w = ctx;

    if (number == USE_NEXT || (number == USE_FIELD && form_field_done())) {
        find(w, false);
    } else if (number == USE_PREVIOUS) {
        find(w, true);
    } else if (number == USE_COPY) {
        copy(w);
    } else if (number == USE_REFRESH) {
        ask(w);
    } else if (number == USE_VALUES) {
        w->values = form_check_on(control);
        ask(w);
    }
}

/* ---- the window ---- */

static void add_text(struct inspect_window *w, struct form *f)
{
    struct arena a = {0};
    struct text_view_config config = {
        .view = window_view(w->window),
        .frame = {{MARGIN, f->y}, {WIDTH - 2 * MARGIN, TEXT_HEIGHT}},
        .label = word_say(&a, WORD_INSPECT_LABEL, engine_title(w->kind), NULL),
        .copy = copy,
        .ctx = w,
    };

    /* it grows with the window: first that has its size */
    window_fit(w->window, (NSSize){WIDTH, f->y + TEXT_HEIGHT + MARGIN});
    w->view = text_view_new(&config);
    arena_release(&a);
}

static void fill(void *ctx)
{
    struct inspect_window *w = ctx;
    const struct form_button buttons[] = {{word(WORD_SEARCH_PREVIOUS), USE_PREVIOUS},
                                          {word(WORD_SEARCH_NEXT), USE_NEXT},
                                          {word(WORD_COPY), USE_COPY},
                                          {word(WORD_REFRESH), USE_REFRESH}};
    struct form f;

    form_begin(&f, w->window, WIDTH);
    w->field = form_field(&f, USE_FIELD, word(WORD_SEARCH), "", false);
    f.width -= LIST_EDGE;
    w->label = form_row(&f, FORM_QUIET, "", buttons, countof(buttons));
    f.width += LIST_EDGE;
    form_check(&f, USE_VALUES, word(WORD_INSPECT_VALUES), w->values);
    add_text(w, &f);
    ask(w);
}

static void closed(void *ctx)
{
    struct inspect_window *w = ctx;

    text_view_free(w->view);
    w->view = NULL;
    w->field = w->label = nil;
    w->values = w->concealed = false;
    buf_release(&w->text);
}

/* ---- all of them ---- */

static const char *title_of(struct arena *a, const struct inspect_windows *all,
                            enum engine_kind kind, const struct valid_id *container)
{
    const struct container *c = kit_container(all->kit, kind, container);
    const char *name = c != NULL ? text_safe(a, c->name) : container->text;

    return word_say(a, WORD_INSPECT_TITLE, name, NULL);
}

static struct inspect_window *make(struct inspect_windows *all, enum engine_kind kind,
                                   const struct valid_id *container)
{
    struct inspect_window *w = mem_new(sizeof *w);
    struct arena a = {0};
    struct window_config config = {.title = title_of(&a, all, kind, container),
                                   .frame_name = "inspect",
                                   .resizes = true,
                                   .fill = fill,
                                   .used = used,
                                   .find = on_find,
                                   .closed = closed,
                                   .ctx = w};

    w->all = all;
    w->kind = kind;
    w->id = *container;
    buf_init(&w->text, INSPECTION_MAX);
    w->window = window_new(all->windows, &config);
    w->next = all->newest;
    all->newest = w;
    arena_release(&a);
    return w;
}

static void unmake(struct inspect_window *w)
{
    text_view_free(w->view);
    window_free(w->window);
    buf_release(&w->text);
    mem_free(w);
}

/* A window must not be freed inside its own callbacks: those that were closed go here. */
static void free_closed(struct inspect_windows *all)
{
    struct inspect_window **at = &all->newest;

    while (*at != NULL) {
        struct inspect_window *w = *at;

        if (window_is_open(w->window)) {
            at = &w->next;
            continue;
        }
        *at = w->next;
        unmake(w);
    }
}

static struct inspect_window *find_open(struct inspect_windows *all, enum engine_kind kind,
                                        const struct valid_id *container)
{
    struct inspect_window *w = all->newest;

    while (w != NULL && (w->kind != kind || strcmp(w->id.text, container->text) != 0 ||
                         !window_is_open(w->window)))
        w = w->next;
    return w;
}

struct inspect_windows *inspect_windows_new(struct windows *windows, struct kit *kit)
{
    struct inspect_windows *all = mem_new(sizeof *all);

    all->windows = windows;
    all->kit = kit;
    return all;
}

void inspect_windows_show(struct inspect_windows *all, enum engine_kind kind,
                          const struct valid_id *container)
{
    struct inspect_window *w;

    free_closed(all);
    w = find_open(all, kind, container);
    window_show(w != NULL ? w->window : make(all, kind, container)->window);
}

void inspect_windows_take(struct inspect_windows *all, const struct inspected *answer)
{
    struct inspect_window *w = find_open(all, answer->what.kind, &answer->what.id);

    if (w != NULL)
        take(w, answer);
}

void inspect_windows_free(struct inspect_windows *all)
{
    if (all == NULL)
        return;
    while (all->newest != NULL) {
        struct inspect_window *w = all->newest;

        all->newest = w->next;
        unmake(w);
    }
    mem_free(all);
}
