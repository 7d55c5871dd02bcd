/* dns_window.c - see dns_window.h. The whole content is made anew when the page changes; what was
 * typed is carried over. A button of a row knows the name that it was made for, not its place. */
#include "app/cocoa/dns_window.h"
#include "app/cocoa/cocoa.h"
#include "app/cocoa/controls.h"
#include "app/cocoa/pasteboard.h"
#include "core/base/log.h"
#include "core/base/mem.h"
#include "core/words/words.h"
#include <stdio.h>
#include <string.h>

#define WIDTH 480.0
#define LIST_HEIGHT 140.0
#define LIST_WIDTH 420.0 /* beside the scroller */
#define TYPED_MAX 512    /* more than a domain may have: it is refused, not cut */

enum { USE_FIELD = 1, USE_ADD, USE_CLOSE, USE_COPY, USE_REMOVE, USE_KEEP, USE_ROW };

struct dns_window {
    struct window *window;
    struct dns_book *book;
    id field; /* the window's; nil while there is none */
    char typed[TYPED_MAX];
    bool adding;              /* what was typed goes once it is there */
    bool copied;              /* the line for a terminal */
    struct valid_domain gone; /* to be removed if it is confirmed; "" for none */
    struct arena names;       /* of the buttons in the list */
    const char **name;        /* that of the button USE_ROW + i; the arena's */
    size_t name_count;
};

static void keep_typed(struct dns_window *d)
{
    if (d->field != nil)
        snprintf(d->typed, sizeof d->typed, "%s", form_field_text(d->field));
}

static void add_row(struct dns_window *d, struct form *f, const struct valid_domain *name,
                    bool removable)
{
    struct form_button button = {word(WORD_REMOVE_ASK), USE_ROW + (long)d->name_count};

    d->name[d->name_count++] = arena_str(&d->names, name->text);
    form_row(f, FORM_PLAIN, name->text, &button, removable ? 1 : 0);
}

static void add_list(struct dns_window *d, struct form *whole, const struct dns_page *page)
{
    static const struct dns_list none;
    const struct dns_list *list = page->list != NULL ? page->list : &none;
    struct form f;

    arena_release(&d->names);
    d->name = arena_new_array(&d->names, list->count + 1, sizeof *d->name);
    d->name_count = 0;
    form_begin_list(&f, d->window, form_list(whole, LIST_HEIGHT), LIST_WIDTH);
    for (size_t i = 0; i < list->count; i++)
        add_row(d, &f, &list->names[i], !page->busy);
    if (page->list != NULL && list->count == 0)
        form_row(&f, FORM_QUIET, word(WORD_DNS_NONE), NULL, 0);
    if (list->odd > 0) {
        form_row(&f, FORM_QUIET,
                 word_say(&d->names, WORD_DNS_ODD, arena_print(&d->names, "%zu", list->odd), NULL),
                 NULL, 0);
    }
    form_end(&f);
}

static void add_doing(struct form *f, const struct dns_page *page)
{
    struct arena a = {0};

    if (page->change == NULL)
        form_text(f, FORM_QUIET, word(WORD_DNS_READING));
    else
        form_text(f, FORM_QUIET,
                  word_say(&a,
                           page->change->op == OP_DNS_CREATE ? WORD_DNS_ADDING : WORD_DNS_REMOVING,
                           page->change->name.text, NULL));
    arena_release(&a);
}

/* What came of the last change, and how to get further. */
static void add_news(const struct dns_window *d, struct form *f, const struct dns_page *page)
{
    if (page->news != DNS_NO_NEWS)
        form_text(f, page->news == DNS_BAD_NEWS ? FORM_BOLD : FORM_PLAIN, page->sentence);
    if (page->sudo[0] == '\0')
        return;
    form_text(f, FORM_PLAIN, word(d->copied ? WORD_DNS_COPIED : WORD_DNS_SUDO));
    form_text(f, FORM_SMALL, page->sudo);
}

static void add_field(struct dns_window *d, struct form *f)
{
    d->field = form_field(f, USE_FIELD, word(WORD_DNS_FIELD), d->typed, false);
    /* a field of its own accord also acts when the user clicks elsewhere; one without an action
     * leaves Return to the default button */
    ns_control_set_action(d->field, NULL);
}

static void add_question(const struct dns_window *d, struct form *f)
{
    struct arena a = {0};

    form_text(f, FORM_BOLD, word_say(&a, WORD_DNS_ASK, d->gone.text, NULL));
    arena_release(&a);
}

static void add_buttons(const struct dns_window *d, struct form *f, const struct dns_page *page)
{
    /* Return keeps it */
    const struct form_button question[] = {{word(WORD_DNS_KEEP), USE_KEEP},
                                           {word(WORD_DNS_REMOVE), USE_REMOVE}};
    const struct form_button all[] = {{word(WORD_ADD), USE_ADD},
                                      {word(WORD_CLOSE), USE_CLOSE},
                                      {word(WORD_DNS_COPY_SUDO), USE_COPY}};

    if (page->busy)
        form_buttons(f, &all[1], 1);
    else if (d->gone.text[0] != '\0')
        form_buttons(f, question, countof(question));
    else
        form_buttons(f, all, page->sudo[0] != '\0' ? 3 : 2);
}

static void fill(void *ctx)
{
    struct dns_window *d = ctx;
    struct dns_page page;
    struct form f;

    keep_typed(d);
    d->field = nil;
    dns_book_page(d->book, &page);
    form_begin(&f, d->window, WIDTH);
    form_text(&f, FORM_PLAIN, word(WORD_DNS_WHAT));
    add_list(d, &f, &page);
    if (page.busy) {
        add_doing(&f, &page);
    } else if (d->gone.text[0] != '\0') {
        add_question(d, &f);
    } else {
        add_field(d, &f);
        add_news(d, &f, &page);
    }
    add_buttons(d, &f, &page);
    window_fit(d->window, form_end(&f));
}

static void add(struct dns_window *d)
{
    keep_typed(d);
    if (d->typed[0] == '\0')
        return;
    d->adding = true;
    d->copied = false;
    dns_book_do(d->book, OP_DNS_CREATE, d->typed);
}

static void remove_it(struct dns_window *d)
{
    const struct valid_domain gone = d->gone;

    d->gone.text[0] = '\0';
    d->copied = false;
    dns_book_do(d->book, OP_DNS_DELETE, gone.text);
}

static void copy(struct dns_window *d)
{
    struct dns_page page;

    dns_book_page(d->book, &page);
    d->copied = page.sudo[0] != '\0' && pasteboard_copy(page.sudo);
    if (!d->copied)
        log_warn("the pasteboard refused what was copied");
    window_changed(d->window);
}

/* The one to be removed, or "" for none. */
static void ask(struct dns_window *d, const char *name)
{
    snprintf(d->gone.text, sizeof d->gone.text, "%s", name);
    window_changed(d->window);
}

static void used(void *ctx, long number, id control)
{
    struct dns_window *d = ctx;

    (void)control;
    if (number == USE_ADD)
        add(d);
    else if (number == USE_CLOSE)
        window_close(d->window);
    else if (number == USE_COPY)
        copy(d);
    else if (number == USE_REMOVE)
        remove_it(d);
    else if (number == USE_KEEP)
        ask(d, "");
    else if (number >= USE_ROW && (size_t)(number - USE_ROW) < d->name_count)
        ask(d, d->name[number - USE_ROW]);
}

static void forget_typed(struct dns_window *d)
{
    d->field = nil;
    d->typed[0] = '\0';
}

static void closed(void *ctx)
{
    struct dns_window *d = ctx;

    forget_typed(d);
    d->gone.text[0] = '\0';
    d->copied = false;
}

static void changed(void *ctx)
{
    struct dns_window *d = ctx;
    struct dns_page page;

    dns_book_page(d->book, &page);
    if (d->adding && !page.busy) {
        d->adding = false;
        if (page.news == DNS_GOOD_NEWS)
            forget_typed(d);
    }
    window_changed(d->window);
}

struct dns_window *dns_window_new(struct windows *windows, struct dns_book *book)
{
    struct dns_window *d = mem_new(sizeof *d);
    struct window_config window = {.name = WORD_DNS_TITLE,
                                   .frame_name = "dns",
                                   .fill = fill,
                                   .used = used,
                                   .closed = closed,
                                   .ctx = d};

    d->book = book;
    d->window = window_new(windows, &window);
    dns_book_listen(book, changed, d);
    return d;
}

void dns_window_show(struct dns_window *d)
{
    if (!window_is_open(d->window))
        dns_book_read(d->book);
    window_show(d->window);
}

void dns_window_free(struct dns_window *d)
{
    if (d == NULL)
        return;
    dns_book_listen(d->book, NULL, NULL);
    window_free(d->window);
    arena_release(&d->names);
    mem_free(d);
}
