/* stand_in.c - see stand_in.h. A button knows the key of its menu row, not the row: what is clicked
 * is looked up in the menu of that moment, and does nothing if it is not in it any more. */
#include "app/cocoa/stand_in.h"
#include "app/cocoa/cocoa.h"
#include "app/cocoa/controls.h"
#include "app/cocoa/system_page.h"
#include "core/base/log.h"
#include "core/base/mem.h"
#include "core/menu/menu_flat.h"
#include "core/words/words.h"
#include <stdio.h>

#define WIDTH 520.0
#define LIST_HEIGHT 300.0
#define LIST_WIDTH 460.0 /* beside the scroller */
#define INDENT "    "    /* of a container below its group */
#define ROWS_MAX 100     /* each has controls of its own, which take their time */

enum { USE_SETTINGS = 1, USE_CLOSE, USE_QUIT, USE_ROW };

struct stand_in {
    struct stand_in_config config;
    struct window *window;
    enum placement placement;
    id list;           /* the window's; nil: the whole is to be made anew */
    struct arena keys; /* of the buttons in the list */
    const char **key;  /* that of the button USE_ROW + i; the arena's */
    size_t key_count;
};

static void add_row(struct stand_in *s, struct form *f, const struct menu_flat_row *row)
{
    struct form_button buttons[MENU_FLAT_ACTIONS];
    enum form_style style = row->item->kind == MENU_HEADER ? FORM_BOLD
                            : row->item->kind == MENU_NOTE ? FORM_QUIET
                                                           : FORM_PLAIN;
    const char *title;

    for (size_t i = 0; i < row->action_count; i++) {
        buttons[i] = (struct form_button){row->actions[i]->title, USE_ROW + (long)s->key_count};
        s->key[s->key_count++] = arena_str(&s->keys, row->actions[i]->key);
    }
    title = arena_print(&s->keys, "%s%s", row->inside ? INDENT : "", row->item->title);
    form_row(f, style, title, buttons, row->action_count);
}

static void fill_list(struct stand_in *s, id list)
{
    struct menu_flat flat;
    struct form f;

    arena_release(&s->keys);
    menu_flat_init(&flat, status_menu_shown(s->config.menu), ROWS_MAX);
    s->key = arena_new_array(&s->keys, flat.count * MENU_FLAT_ACTIONS + 1, sizeof *s->key);
    s->key_count = 0;
    form_begin_list(&f, s->window, list, LIST_WIDTH);
    for (size_t i = 0; i < flat.count; i++)
        add_row(s, &f, &flat.rows[i]);
    if (flat.left_out > 0) {
        form_row(
            &f, FORM_QUIET,
            word_say(&s->keys, WORD_LEFT_OUT, arena_print(&s->keys, "%zu", flat.left_out), NULL),
            NULL, 0);
    }
    form_end(&f);
    menu_flat_release(&flat);
}

static void fill_all(struct stand_in *s)
{
    const struct form_button with[] = {{word(WORD_ICON_SETTINGS), USE_SETTINGS},
                                       {word(WORD_QUIT), USE_QUIT}};
    const struct form_button without[] = {{word(WORD_CLOSE), USE_CLOSE},
                                          {word(WORD_QUIT), USE_QUIT}};
    struct form f;

    form_begin(&f, s->window, WIDTH);
    form_text(&f, FORM_BOLD, word(WORD_ICON_UNSEEN));
    form_text(&f, FORM_PLAIN, placement_sentence(s->placement));
    s->list = form_list(&f, LIST_HEIGHT);
    if (system_page_is_there(PAGE_MENU_BAR))
        form_buttons(&f, with, countof(with));
    else
        form_buttons(&f, without, countof(without));
    window_fit(s->window, form_end(&f));
}

/* A list that is there keeps its place: it may be scrolled. */
static void fill(void *ctx)
{
    struct stand_in *s = ctx;

    if (s->list == nil)
        fill_all(s);
    fill_list(s, s->list);
}

static void closed(void *ctx)
{
    struct stand_in *s = ctx;

    s->list = nil;
}

static void used(void *ctx, long number, id control)
{
    struct stand_in *s = ctx;

    (void)control;
    if (number == USE_SETTINGS)
        system_page_open(PAGE_MENU_BAR);
    else if (number == USE_CLOSE)
        window_close(s->window);
    else if (number == USE_QUIT)
        s->config.quit(s->config.ctx);
    else if (number >= USE_ROW && (size_t)(number - USE_ROW) < s->key_count)
        status_menu_pick(s->config.menu, s->key[number - USE_ROW]);
}

struct stand_in *stand_in_new(const struct stand_in_config *config)
{
    struct stand_in *s = mem_new(sizeof *s);
    struct window_config window = {.title = "Container Kit",
                                   .frame_name = "stand-in",
                                   .fill = fill,
                                   .used = used,
                                   .closed = closed,
                                   .ctx = s};

    s->config = *config;
    s->window = window_new(config->windows, &window);
    return s;
}

void stand_in_show(struct stand_in *s, enum placement placement)
{
    if (placement != s->placement)
        s->list = nil;
    s->placement = placement;
    window_changed(s->window);
    window_show(s->window);
}

void stand_in_changed(struct stand_in *s)
{
    window_changed(s->window);
}

void stand_in_free(struct stand_in *s)
{
    if (s == NULL)
        return;
    window_free(s->window);
    arena_release(&s->keys);
    mem_free(s);
}
