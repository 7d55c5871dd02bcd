/* first_start.c - see first_start.h. Engines are told by the menu's own headers and notes, so they
 * cannot say anything else than the menu does. */
#include "app/cocoa/first_start.h"
#include "app/cocoa/cocoa.h"
#include "app/cocoa/controls.h"
#include "app/cocoa/icons.h"
#include "core/base/mem.h"
#include "core/words/words.h"
#include <string.h>

#define WIDTH 480.0
#define PICTURE 64.0
#define LINES_MAX 8 /* of what the menu says */

enum { USE_LOGIN = 1, USE_LINK, USE_NOTIFY, USE_MOVE, USE_DONE };

struct first_start {
    struct window *window;
    struct first_start_choices choices;
    struct fault problem; /* of the last click; its text is "" for none */
    const struct menu *(*menu)(void *menu_ctx);
    void *menu_ctx;
    struct arena told; /* what stands there: lines of the menu */
    const char *line[LINES_MAX];
    enum menu_kind kind[LINES_MAX];
    size_t line_count;
};

static bool is_line(const struct menu_item *it)
{
    return it->kind == MENU_HEADER || it->kind == MENU_NOTE;
}

static bool told_is_new(const struct first_start *s, const struct menu *m)
{
    size_t n = 0;

    for (size_t i = 0; i < m->count && n < LINES_MAX; i++)
        if (is_line(&m->items[i])) {
            if (n >= s->line_count || strcmp(s->line[n], m->items[i].title) != 0)
                return true;
            n++;
        }
    return n != s->line_count;
}

static void tell(struct first_start *s, const struct menu *m)
{
    arena_release(&s->told);
    s->line_count = 0;
    for (size_t i = 0; i < m->count && s->line_count < LINES_MAX; i++)
        if (is_line(&m->items[i])) {
            s->kind[s->line_count] = m->items[i].kind;
            s->line[s->line_count++] = arena_str(&s->told, m->items[i].title);
        }
}

static void add_engines(struct first_start *s, struct form *f)
{
    tell(s, s->menu(s->menu_ctx));
    for (size_t i = 0; i < s->line_count; i++)
        form_text(f, s->kind[i] == MENU_HEADER ? FORM_BOLD : FORM_QUIET, s->line[i]);
}

static void add_choices(const struct first_start *s, struct form *f)
{
    const struct first_start_choices *c = &s->choices;

    if (c->set_login != NULL || c->set_link != NULL || c->set_notify != NULL)
        form_gap(f);
    if (c->set_login != NULL)
        form_check(f, USE_LOGIN, word(WORD_WELCOME_LOGIN), c->login_on);
    if (c->set_link != NULL)
        form_check(f, USE_LINK, word(WORD_WELCOME_LINK), c->link_on);
    if (c->set_notify != NULL)
        form_check(f, USE_NOTIFY, word(WORD_WELCOME_NOTIFY), c->notify_on);
    if (c->place_sentence != NULL) {
        form_gap(f);
        form_text(f, FORM_PLAIN, c->place_sentence);
    }
    if (s->problem.text[0] != '\0')
        form_text(f, FORM_PLAIN, s->problem.text);
}

static void fill(void *ctx)
{
    const struct form_button buttons[] = {{word(WORD_DONE), USE_DONE},
                                          {word(WORD_WELCOME_MOVE), USE_MOVE}};
    struct first_start *s = ctx;
    bool move = s->choices.place_sentence != NULL && s->choices.move != NULL;
    struct form f;
    id image = icons_app();

    form_begin(&f, s->window, WIDTH);
    form_picture(&f, image, (NSSize){PICTURE, PICTURE});
    form_text(&f, FORM_TITLE, word(WORD_WELCOME_TITLE));
    form_text(&f, FORM_PLAIN, word(WORD_WELCOME_WHERE));
    form_gap(&f);
    add_engines(s, &f);
    add_choices(s, &f);
    form_buttons(&f, buttons, move ? 2 : 1);
    window_fit(s->window, form_end(&f));
    ns_release(image);
}

static void used(void *ctx, long number, id control)
{
    struct first_start *s = ctx;
    struct first_start_choices *c = &s->choices;

    switch (number) {
    case USE_LOGIN:
        s->problem = (struct fault){0};
        c->login_on = c->set_login(c->ctx, form_check_on(control), &s->problem);
        window_changed(s->window);
        break;
    case USE_LINK:
        s->problem = (struct fault){0};
        c->link_on = c->set_link(c->ctx, form_check_on(control), &s->problem);
        window_changed(s->window);
        break;
    case USE_NOTIFY:
        c->notify_on = form_check_on(control);
        c->set_notify(c->ctx, c->notify_on);
        break;
    case USE_MOVE:
        s->problem = (struct fault){0};
        c->move(c->ctx, &s->problem);
        window_changed(s->window);
        break;
    case USE_DONE:
        window_close(s->window);
        break;
    default:
        break;
    }
}

struct first_start *first_start_new(struct windows *windows,
                                    const struct first_start_choices *choices,
                                    const struct menu *(*menu)(void *menu_ctx), void *menu_ctx)
{
    struct first_start *s = mem_new(sizeof *s);
    struct window_config window = {
        .name = WORD_WELCOME, .frame_name = "welcome", .fill = fill, .used = used, .ctx = s};

    s->choices = *choices;
    s->menu = menu;
    s->menu_ctx = menu_ctx;
    s->window = window_new(windows, &window);
    return s;
}

void first_start_show(struct first_start *s)
{
    window_show(s->window);
}

void first_start_changed(struct first_start *s)
{
    if (told_is_new(s, s->menu(s->menu_ctx)))
        window_changed(s->window);
}

void first_start_free(struct first_start *s)
{
    if (s == NULL)
        return;
    window_free(s->window);
    arena_release(&s->told);
    mem_free(s);
}
