/* find_window.c - see find_window.h. A button knows the key of its menu row, not the row: what is
 * clicked is looked up in the menu of that moment. The list is made anew only if something in it
 * would look different. */
#include "app/cocoa/find_window.h"
#include "app/cocoa/cocoa.h"
#include "app/cocoa/controls.h"
#include "core/base/buf.h"
#include "core/menu/menu_filter.h"
#include "core/words/words.h"
#include <string.h>

#define WIDTH 560.0
#define LIST_HEIGHT 340.0
#define LIST_WIDTH 500.0 /* beside the scroller */
#define ROWS_MAX 50      /* each has controls of its own, which take their time */
#define ACTIONS 3        /* beside a row; all of them below the one that is opened */
#define ACTIONS_ALL 32
#define ACTIONS_LINE 4
#define LOOKS_MAX ((size_t)1 << 20)

#define KEY_UP "\xef\x9c\x80"   /* U+F700, NSUpArrowFunctionKey */
#define KEY_DOWN "\xef\x9c\x81" /* U+F701, NSDownArrowFunctionKey */
#define KEY_LEFT "\xef\x9c\x82"
#define KEY_RIGHT "\xef\x9c\x83"
#define KEY_RETURN "\r"
#define KEY_ENTER "\x03" /* of the number pad: NSEnterCharacter */

enum { USE_FIELD = 1, USE_ROW };

struct find_window {
    struct window *window;
    struct status_menu *menu;
    struct menu_find find; /* of the menu on screen; empty while `stale` */
    bool stale;
    struct menu_found found; /* the rows in the list */
    bool anew;               /* something else was typed: rows may move */
    size_t chosen;           /* its row */
    bool opened;             /* with all actions of that row */
    char *action;            /* key of the one of them that an arrow chose; NULL: none, so that
                                Return twice does nothing; owned */
    bool moved;              /* chosen by a key: to be seen */
    id field, list;          /* the window's; nil: the whole is to be made anew */
    struct buf looks;        /* of the list, as a text to compare */
    struct arena keys;       /* of the buttons in the list */
    const char **key;        /* that of the button USE_ROW + i; the texts are the arena's */
    size_t key_count, key_size;
};

/* What can be done now, in the menu's order, what is a level deeper too: at most `max`. */
static size_t actions_of(const struct menu_item *it, size_t max, const struct menu_item **out)
{
    size_t count = 0;

    for (size_t i = 0; it != NULL && i < it->child_count && count < max; i++) {
        const struct menu_item *action = &it->children[i];

        if (action->child_count > 0)
            count += actions_of(action, max - count, out + count);
        else if (action->kind == MENU_ROW && action->enabled && action->command != MENU_NOTHING)
            out[count++] = action;
    }
    return count;
}

/* ---- the list ---- */

/* Of the row that is opened all, of others the first ones. */
static size_t shown_actions(const struct find_window *f, size_t row, const struct menu_item **out)
{
    bool all = f->opened && row == f->chosen;

    return actions_of(f->found.rows[row].item, all ? ACTIONS_ALL : ACTIONS, out);
}

/* By its key: its place among the actions changes with the container's state. */
static bool is_chosen(const struct find_window *f, const struct menu_item *action)
{
    return f->action != NULL && strcmp(action->key, f->action) == 0;
}

static struct form_button button_of(struct find_window *f, const struct menu_item *action)
{
    const char *title =
        is_chosen(f, action) ? arena_print(&f->keys, "→ %s", action->title) : action->title;

    if (f->key_count == f->key_size) {
        f->key_size = f->key_size == 0 ? 64 : f->key_size * 2;
        f->key = mem_grow(f->key, f->key_size, sizeof *f->key);
    }
    f->key[f->key_count] = arena_str(&f->keys, action->key);
    return (struct form_button){title, USE_ROW + (long)f->key_count++};
}

static void add_row(struct find_window *f, struct form *form, size_t row)
{
    const struct menu_found_row *r = &f->found.rows[row];
    const struct menu_item *actions[ACTIONS_ALL];
    struct form_button buttons[ACTIONS_ALL] = {{NULL, 0}};
    size_t count = shown_actions(f, row, actions), beside = count <= ACTIONS ? count : 0;
    enum form_style style = row == f->chosen  ? FORM_CHOSEN
                            : r->item == NULL ? FORM_QUIET
                                              : FORM_PLAIN;

    for (size_t i = 0; i < count; i++)
        buttons[i] = button_of(f, actions[i]);
    form_row(form, style, r->title, buttons, beside);
    for (size_t at = beside; at < count; at += ACTIONS_LINE)
        form_row(form, FORM_PLAIN, "", buttons + at,
                 count - at < ACTIONS_LINE ? count - at : ACTIONS_LINE);
}

static void add_rest(struct find_window *f, struct form *form)
{
    if (f->found.count == 0)
        form_row(form, FORM_QUIET, word(WORD_FIND_NOTHING), NULL, 0);
    if (f->found.left_out > 0)
        form_row(form, FORM_QUIET,
                 word_say(&f->keys, WORD_LEFT_OUT, arena_print(&f->keys, "%zu", f->found.left_out),
                          NULL),
                 NULL, 0);
}

static void draw_list(struct find_window *f)
{
    struct form form;
    double from = 0, to = 0;

    arena_release(&f->keys);
    f->key_count = 0;
    form_begin_list(&form, f->window, f->list, LIST_WIDTH);
    for (size_t i = 0; i < f->found.count; i++) {
        double top = form.y;

        add_row(f, &form, i);
        if (i == f->chosen) {
            from = top;
            to = form.y;
        }
    }
    add_rest(f, &form);
    form_end(&form);
    if (f->moved)
        form_reveal(f->list, from, to);
    f->moved = false;
}

/* Everything that the list shows. RC_TOO_BIG never comes: rows are few, and titles are cut. */
static enum rc describe(const struct find_window *f, struct buf *out)
{
    enum rc rc = buf_print(out, "%zu %d %s %zu\n", f->chosen, f->opened,
                           f->action != NULL ? f->action : "", f->found.left_out);

    for (size_t i = 0; i < f->found.count && rc == RC_OK; i++) {
        const struct menu_item *actions[ACTIONS_ALL];
        size_t count = shown_actions(f, i, actions);

        rc = buf_print(out, "%s\t%d\n", f->found.rows[i].title, f->found.rows[i].item != NULL);
        for (size_t k = 0; k < count && rc == RC_OK; k++)
            rc = buf_print(out, "\t%s\t%s\n", actions[k]->key, actions[k]->title);
    }
    return rc;
}

/* True if the list would look different now. */
static bool looks_new(struct find_window *f)
{
    struct buf now;
    bool same;

    buf_init(&now, LOOKS_MAX);
    MUST(describe(f, &now) == RC_OK);
    same = strcmp(buf_text(&now), buf_text(&f->looks)) == 0;
    buf_release(&f->looks);
    f->looks = now;
    return !same;
}

static void find(struct find_window *f)
{
    struct menu_found next = {0};

    if (f->stale)
        menu_find_init(&f->find, status_menu_shown(f->menu));
    f->stale = false;
    menu_find_rows(&f->find, form_field_text(f->field), f->anew ? NULL : &f->found, ROWS_MAX,
                   &next);
    menu_found_release(&f->found);
    f->found = next;
    f->anew = false;
    if (f->chosen >= f->found.count)
        f->chosen = f->found.count > 0 ? f->found.count - 1 : 0;
}

/* ---- the window ---- */

static void fill_all(struct find_window *f)
{
    struct form form;

    form_begin(&form, f->window, WIDTH);
    f->field = form_field(&form, USE_FIELD, word(WORD_FIND_FIELD), "", false);
    ns_control_set_action(f->field, NULL); /* it acts at each key already */
    form_text(&form, FORM_SMALL, word(WORD_FIND_HINT));
    f->list = form_list(&form, LIST_HEIGHT);
    window_fit(f->window, form_end(&form));
    form_focus(f->field);
}

static void fill(void *ctx)
{
    struct find_window *f = ctx;
    bool opens = f->list == nil;

    if (opens)
        fill_all(f);
    find(f);
    if (looks_new(f) || opens)
        draw_list(f);
}

static void choose_action(struct find_window *f, const struct menu_item *action)
{
    mem_free(f->action);
    f->action = action != NULL ? mem_str(action->key) : NULL;
}

static void choose(struct find_window *f, size_t row)
{
    f->chosen = row;
    f->opened = false;
    choose_action(f, NULL);
}

static void typed(void *ctx, long number)
{
    struct find_window *f = ctx;

    (void)number;
    f->anew = f->moved = true;
    choose(f, 0);
    window_changed(f->window);
}

/* The actions of the row that is opened, and which of them is chosen: *count if none is. */
static size_t opened_actions(const struct find_window *f, const struct menu_item **out,
                             size_t *count)
{
    size_t at = 0;

    *count = f->opened && f->chosen < f->found.count ? shown_actions(f, f->chosen, out) : 0;
    while (at < *count && !is_chosen(f, out[at]))
        at++;
    return at;
}

/* Along the actions; false if no row is opened. */
static bool walk(struct find_window *f, bool right)
{
    const struct menu_item *actions[ACTIONS_ALL];
    size_t count, at = opened_actions(f, actions, &count);

    if (count == 0)
        return f->opened;
    if (at == count)
        at = right ? 0 : count - 1;
    else
        at = (at + (right ? 1 : count - 1)) % count;
    choose_action(f, actions[at]);
    return true;
}

/* Opens and closes the row, or does what is chosen in it, unless that does not fit any more. */
static void enter(struct find_window *f)
{
    const struct menu_item *actions[ACTIONS_ALL];
    size_t count, at = opened_actions(f, actions, &count);

    if (at < count)
        status_menu_pick(f->menu, actions[at]->key);
    else if (f->action == NULL)
        f->opened = !f->opened;
    choose_action(f, NULL);
}

static bool is_return(const char *key)
{
    return strcmp(key, KEY_RETURN) == 0 || strcmp(key, KEY_ENTER) == 0;
}

/* False for keys that are the field's own. */
static bool take_key(struct find_window *f, const char *key)
{
    bool right = strcmp(key, KEY_RIGHT) == 0;

    if (right || strcmp(key, KEY_LEFT) == 0)
        return walk(f, right);
    if (strcmp(key, KEY_UP) == 0)
        choose(f, f->chosen > 0 ? f->chosen - 1 : 0);
    else if (strcmp(key, KEY_DOWN) == 0)
        choose(f, f->chosen + 1);
    else if (is_return(key))
        enter(f);
    else
        return false;
    return true;
}

static bool key(void *ctx, const char *characters)
{
    struct find_window *f = ctx;

    find(f); /* the menu may be another one since the list was drawn */
    if (!take_key(f, characters))
        return false;
    f->moved = true;
    window_changed(f->window);
    return true;
}

static void used(void *ctx, long number, id control)
{
    struct find_window *f = ctx;

    (void)control;
    if (number >= USE_ROW && (size_t)(number - USE_ROW) < f->key_count)
        status_menu_pick(f->menu, f->key[number - USE_ROW]);
}

static void closed(void *ctx)
{
    struct find_window *f = ctx;

    f->field = f->list = nil;
    menu_find_release(&f->find);
    f->stale = true;
}

struct find_window *find_window_new(struct windows *windows, struct status_menu *menu)
{
    struct find_window *f = mem_new(sizeof *f);
    struct window_config window = {.name = WORD_FIND_TITLE,
                                   .frame_name = "find",
                                   .fill = fill,
                                   .used = used,
                                   .typed = typed,
                                   .key = key,
                                   .closed = closed,
                                   .ctx = f};

    f->menu = menu;
    f->stale = true;
    buf_init(&f->looks, LOOKS_MAX);
    f->window = window_new(windows, &window);
    return f;
}

void find_window_show(struct find_window *f)
{
    if (!window_is_open(f->window)) {
        choose(f, 0);
        f->anew = true;
    }
    window_show(f->window);
}

void find_window_changed(struct find_window *f)
{
    menu_find_release(&f->find);
    f->stale = true;
    window_changed(f->window);
}

void find_window_free(struct find_window *f)
{
    if (f == NULL)
        return;
    window_free(f->window);
    menu_find_release(&f->find);
    menu_found_release(&f->found);
    buf_release(&f->looks);
    arena_release(&f->keys);
    mem_free(f->key);
    mem_free(f->action);
    mem_free(f);
}
