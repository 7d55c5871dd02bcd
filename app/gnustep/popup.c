/* popup.c - see popup.h. Each level has a panel and a view that are made once and kept, because
 * a new window costs more than all rows of a menu together. */
#include "app/gnustep/popup.h"
#include "app/gnustep/menu_view.h"
#include "app/gnustep/menus.h"
#include "app/gnustep/statusbar.h"
#include "app/gnustep/trace.h"
#include <math.h>

enum { PANEL_LEVEL = 101, EDGE_GAP = 4, OVERLAP = 3 };

struct popup_level *popup_level_of_menu(id menu)
{
    struct popup *p = &shim()->popup;

    for (size_t i = 0; i < p->depth; i++)
        if (p->level[i].menu == menu)
            return &p->level[i];
    return NULL;
}

struct popup_level *popup_level_of_view(id view)
{
    struct popup *p = &shim()->popup;

    for (size_t i = 0; i < p->depth; i++)
        if (p->level[i].view == view)
            return &p->level[i];
    return NULL;
}

/* ---- place ---- */

static double clamp(double v, double low, double high)
{
    return fmax(low, fmin(v, high));
}

/* Below the button, moved left if the right edge of the screen comes first. */
static NSRect place_first(const struct popup_level *level, NSRect anchor, NSRect screen)
{
    double top = anchor.origin.y, height = level->content + 2 * MENU_MARGIN;
    NSRect r = {{0, 0}, {level->width, fmin(height, top - screen.origin.y - EDGE_GAP)}};

    r.origin.x =
        clamp(anchor.origin.x, screen.origin.x, screen.origin.x + screen.size.width - level->width);
    r.origin.y = top - r.size.height;
    return r;
}

/* Beside its row, to the left if there is no room at the right; first rows on one line. */
static NSRect place_beside(const struct popup_level *level, const struct popup_level *above,
                           NSRect screen)
{
    NSRect f = gs_window_frame(above->panel);
    double room = screen.size.height - BAR_HEIGHT - EDGE_GAP;
    double height = fmin(level->content + 2 * MENU_MARGIN, room);
    long row = gs_menu_index(above->menu, level->owner);
    double top = f.origin.y + f.size.height;
    NSRect r = {{f.origin.x + f.size.width - OVERLAP, 0}, {level->width, height}};

    if (row >= 0)
        top -= menu_view_row_rect(above, row).origin.y - MENU_MARGIN;
    if (r.origin.x + r.size.width > screen.origin.x + screen.size.width)
        r.origin.x = fmax(screen.origin.x, f.origin.x - level->width + OVERLAP);
    r.origin.y = clamp(top - height, screen.origin.y + EDGE_GAP, screen.origin.y + room - height);
    return r;
}

static void place(size_t at)
{
    struct popup *p = &shim()->popup;
    struct popup_level *level = &p->level[at];
    NSRect screen = gs_screen_frame(gs_screen_main());

    gs_window_set_frame(level->panel,
                        at == 0 ? place_first(level, p->anchor, screen)
                                : place_beside(level, level - 1, screen),
                        NO);
    menu_view_scroll(level, 0);
    gs_view_dirty(level->view, YES);
}

/* ---- levels ---- */

static void ask_delegate(id menu)
{
    id delegate = gs_menu_delegate(menu);

    if (can_gs_menu_needs_update(delegate))
        gs_menu_needs_update(delegate, menu);
    menus_validate(menu);
    if (can_gs_menu_will_open(delegate))
        gs_menu_will_open(delegate, menu);
}

static void make_panel(struct popup_level *level)
{
    NSRect r = {{0, 0}, {10, 10}};

    level->panel = statusbar_panel_new(r, PANEL_LEVEL);
    level->view = menu_view_new(r);
    gs_window_set_view(level->panel, level->view);
    gs_window_moved(level->panel, YES);
}

void popup_push(id menu, id owner)
{
    struct popup *p = &shim()->popup;
    struct popup_level *level = &p->level[p->depth];

    if (p->depth == POPUP_DEPTH_MAX || popup_level_of_menu(menu) != NULL)
        return;
    if (level->panel == nil)
        make_panel(level);
    level->menu = gs_retain(menu);
    level->owner = gs_retain(owner);
    level->lit = -1;
    level->width = level->scrolled = 0;
    ask_delegate(menu);
    p->depth++; /* now, so that no change made by the delegate counts as one of an open menu */
    menu_view_measure(level);
    place(p->depth - 1);
    gs_window_show(level->panel);
    gs_window_display(level->panel);
    trace_menu(level);
}

static void close_last(void)
{
    struct popup *p = &shim()->popup;
    struct popup_level *level = &p->level[--p->depth];
    id menu = level->menu, owner = level->owner, delegate = gs_menu_delegate(menu);

    gs_window_hide(level->panel, nil);
    level->menu = level->owner = nil;
    trace_closed(menu);
    if (can_gs_menu_did_close(delegate))
        gs_menu_did_close(delegate, menu);
    gs_release(menu);
    gs_release(owner);
}

void popup_pop(size_t depth)
{
    struct popup *p = &shim()->popup;

    while (p->depth > depth)
        close_last();
    if (p->hot >= p->depth)
        p->hot = p->depth > 0 ? p->depth - 1 : 0;
}

id popup_lit_item(const struct popup_level *level)
{
    if (level->lit < 0 || level->lit >= gs_menu_count(level->menu))
        return nil;
    return gs_menu_at(level->menu, level->lit);
}

void popup_light(struct popup_level *level, long row)
{
    id delegate = gs_menu_delegate(level->menu);

    if (level->lit == row)
        return;
    level->lit = row;
    gs_view_dirty(level->view, YES);
    if (can_gs_menu_will_light(delegate))
        gs_menu_will_light(delegate, level->menu, popup_lit_item(level));
}

/* The chosen row stays the chosen one, whichever of the two is there. */
static void turn_over(struct popup_level *level)
{
    long lit = level->lit;

    if (lit >= 0 && lit < gs_menu_count(level->menu) && !menu_view_row_shown(level, lit))
        popup_light(level, gs_item_alternate(gs_menu_at(level->menu, lit)) ? lit - 1 : lit + 1);
    gs_view_dirty(level->view, YES);
    trace_menu(level);
}

void popup_option(bool held)
{
    struct popup *p = &shim()->popup;

    if (p->option == held)
        return;
    p->option = held;
    for (size_t i = 0; i < p->depth; i++)
        turn_over(&p->level[i]);
}

/* ---- changes while open ---- */

/* Levels whose item is gone, or shows another menu now, are closed. Not at once: the program may
 * be in the middle of changing its rows, and closing calls its delegate. */
static void drop_orphans(void)
{
    struct popup *p = &shim()->popup;

    for (size_t i = 1; i < p->depth; i++) {
        struct popup_level *level = &p->level[i];

        if (gs_menu_index(p->level[i - 1].menu, level->owner) < 0 ||
            gs_item_submenu(level->owner) != level->menu) {
            popup_pop(i);
            return;
        }
    }
}

void popup_layout(void)
{
    struct popup *p = &shim()->popup;

    p->layout_due = false;
    drop_orphans();
    for (size_t i = 0; i < p->depth; i++) {
        menu_view_measure(&p->level[i]);
        place(i);
        trace_menu(&p->level[i]);
    }
}

/* Once for all changes of one turn of the run loop. */
static void want_layout(void)
{
    struct popup *p = &shim()->popup;

    if (p->layout_due)
        return;
    p->layout_due = true;
    gs_loop_perform(gs_loop(), gnustep_sel[SEL_ck_layout], p->level[0].view, nil, 0,
                    gs_array_of(NSEventTrackingRunLoopMode));
}

void popup_row_changed(id menu, long row)
{
    struct popup_level *level = popup_level_of_menu(menu);

    if (level == NULL)
        return;
    trace_change(level, row);
    want_layout();
}

void popup_row_added(id menu, long row)
{
    struct popup_level *level = popup_level_of_menu(menu);

    if (level == NULL)
        return;
    if (level->lit >= row)
        level->lit++;
    trace_change(level, row);
    want_layout();
}

void popup_row_removed(id menu, long row)
{
    struct popup_level *level = popup_level_of_menu(menu);

    if (level == NULL)
        return;
    if (level->lit == row)
        level->lit = -1;
    else if (level->lit > row)
        level->lit--;
    want_layout();
}
