/* track.c - see track.h.
 *
 * A menu opens with a press; released at once it stays open, dragged to a row it picks that row
 * at the release. A row with a sub-menu opens it when the pointer rests on it; on the way to an
 * open sub-menu other rows may be crossed. Rows that cannot be chosen ignore clicks. */
#include "app/gnustep/track.h"
#include "app/gnustep/keys.h"
#include "app/gnustep/menu_view.h"
#include "app/gnustep/popup.h"
#include "app/gnustep/tip.h"
#include "core/base/clock.h"
#include <math.h>

enum { /* NSEventType */
       LEFT_DOWN = 1,
       LEFT_UP = 2,
       RIGHT_DOWN = 3,
       RIGHT_UP = 4,
       MOVED = 5,
       LEFT_DRAGGED = 6,
       RIGHT_DRAGGED = 7,
       KEY_DOWN = 10,
       FLAGS = 12,
       APPKIT = 13,
       PERIODIC = 16,
       WHEEL = 22
};

enum {
    CLICK_MS = 350, /* a release later than this was a drag */
    REST_MS = 90,   /* before a sub-menu opens or closes */
    AIM_MS = 350,   /* how long the pointer may be on its way to a sub-menu */
    SCROLL_MS = 30, /* one step while the pointer is on a scroll arrow */
    SCROLL_STEP = 11,
    WHEEL_STEP = 33,
    WAIT_MAX_MS = 50,
    OPTION = 1 << 19 /* NSEventModifierFlagOption */
};

/* ---- where the pointer is ---- */

static bool inside(NSRect r, NSPoint p)
{
    return p.x >= r.origin.x && p.x < r.origin.x + r.size.width && p.y >= r.origin.y &&
           p.y < r.origin.y + r.size.height;
}

/* The deepest level under a point of the screen, -1 if there is none. */
static int level_at(const struct popup *p, NSPoint at)
{
    for (size_t i = p->depth; i > 0; i--)
        if (inside(gs_window_frame(p->level[i - 1].panel), at))
            return (int)(i - 1);
    return -1;
}

/* A point of the screen in the panel, from its top left. */
static NSPoint in_panel(const struct popup_level *level, NSPoint at)
{
    NSRect f = gs_window_frame(level->panel);
    NSPoint p = {at.x - f.origin.x, f.origin.y + f.size.height - at.y};

    return p;
}

/* Does the pointer go sideways towards the open sub-menu rather than down the rows? */
static bool aims_at(const struct popup_level *deeper, NSPoint from, NSPoint to)
{
    NSRect f = gs_window_frame(deeper->panel);
    double gap_before = fabs(f.origin.x + f.size.width / 2 - from.x);
    double gap_now = fabs(f.origin.x + f.size.width / 2 - to.x);

    return gap_before - gap_now > 0.4 * fabs(to.y - from.y);
}

/* ---- following the pointer ---- */

static void open_lit(struct popup *p, size_t at)
{
    struct popup_level *level = &p->level[at];
    id item = popup_lit_item(level);
    id submenu = item == nil ? nil : gs_item_submenu(item);

    if (p->depth > at + 1 && p->level[at + 1].owner == item)
        return;
    popup_pop(at + 1);
    if (submenu != nil && gs_item_enabled(item) && gs_menu_count(submenu) >= 0)
        popup_push(submenu, item);
}

static void light_owner(struct popup *p, size_t at)
{
    struct popup_level *level = &p->level[at];

    popup_light(level, gs_menu_index(level->menu, p->level[at + 1].owner));
}

static void point_at_row(struct popup *p, size_t at, NSPoint to)
{
    struct popup_level *level = &p->level[at];
    long row = menu_view_row_at(level, in_panel(level, to));
    bool deeper = at + 1 < p->depth;

    for (size_t i = 0; i < at; i++)
        light_owner(p, i);
    if (deeper && row >= 0 && gs_menu_at(level->menu, row) == p->level[at + 1].owner) {
        p->settle_ms = 0;
        popup_light(level, row);
        popup_light(&p->level[at + 1], -1);
        return;
    }
    if (deeper && aims_at(&p->level[at + 1], p->pointer, to)) {
        p->settle_ms = clock_ms() + AIM_MS;
        return;
    }
    if (row != level->lit || deeper)
        p->settle_ms = clock_ms() + REST_MS;
    popup_light(level, row);
}

static void point_at(struct popup *p, NSPoint to)
{
    int at = level_at(p, to);

    if (at >= 0) {
        p->hot = (size_t)at;
        point_at_row(p, p->hot, to);
    } else if (p->depth > 0) {
        popup_light(&p->level[p->depth - 1], -1);
        p->settle_ms = 0;
    }
    p->pointer = to;
    tip_point(at < 0 ? NULL : &p->level[at]);
}

/* The pointer has rested: what is lit counts. */
static void settle(struct popup *p)
{
    struct popup_level *level = &p->level[p->hot];
    long row = menu_view_row_at(level, in_panel(level, p->pointer));

    p->settle_ms = 0;
    if (level_at(p, p->pointer) == (int)p->hot)
        popup_light(level, row);
    open_lit(p, p->hot);
}

/* ---- clicks ---- */

static void pick(struct popup *p, id item)
{
    p->picked = gs_retain(item);
    p->done = true;
}

static void press(struct popup *p, NSPoint at)
{
    p->armed = true;
    if (level_at(p, at) < 0) {
        p->done = true;
        return;
    }
    point_at(p, at);
    if (p->settle_ms != 0)
        settle(p);
}

static void let_go(struct popup *p, NSPoint at)
{
    bool first = !p->armed;
    id item;

    p->armed = true;
    point_at(p, at);
    if (level_at(p, at) < 0) {
        if (!first || (!inside(p->anchor, at) && clock_ms() - p->opened_ms > CLICK_MS))
            p->done = true;
        return;
    }
    if (first && clock_ms() - p->opened_ms < CLICK_MS)
        return;
    if (p->settle_ms != 0)
        settle(p);
    item = popup_lit_item(&p->level[p->hot]);
    if (item != nil && gs_item_enabled(item) && gs_item_submenu(item) == nil &&
        !gs_item_separator(item))
        pick(p, item);
}

static void wheel(struct popup *p, NSPoint at, double delta)
{
    int level = level_at(p, at);

    if (level < 0 || !menu_view_scroll(&p->level[level], -delta * WHEEL_STEP))
        return;
    popup_pop((size_t)level + 1);
    point_at(p, at);
}

/* ---- the loop ---- */

static NSPoint point_of(id event)
{
    id window = gs_event_window(event);
    NSPoint at = gs_event_point(event);

    return window == nil ? at : gs_window_to_screen(window, at);
}

/* Each event of the user's tells which modifiers are held. */
static void take(struct popup *p, id event)
{
    if (gs_event_type(event) != APPKIT && gs_event_type(event) != PERIODIC)
        popup_option((gs_event_flags(event) & OPTION) != 0);
    switch (gs_event_type(event)) {
    case LEFT_DOWN:
    case RIGHT_DOWN:
        press(p, point_of(event));
        break;
    case LEFT_UP:
    case RIGHT_UP:
        let_go(p, point_of(event));
        break;
    case MOVED:
    case LEFT_DRAGGED:
    case RIGHT_DRAGGED:
        point_at(p, point_of(event));
        break;
    case WHEEL:
        wheel(p, point_of(event), gs_event_delta_y(event));
        break;
    case KEY_DOWN:
        keys_take(p, event);
        break;
    case APPKIT: /* a window manager moved a panel */
        gs_window_send(gs_event_window(event), event);
        break;
    default:
        break;
    }
}

static void scroll_step(struct popup *p)
{
    struct popup_level *level = &p->level[p->hot];
    int way = level_at(p, p->pointer) == (int)p->hot
                  ? menu_view_scroll_at(level, in_panel(level, p->pointer))
                  : 0;

    p->scroll_ms = 0;
    if (way == 0 || !menu_view_scroll(level, way * SCROLL_STEP))
        return;
    popup_pop(p->hot + 1);
    p->scroll_ms = clock_ms() + SCROLL_MS;
}

/* What is due by now, without an event. */
static void tick(struct popup *p)
{
    int64_t now = clock_ms();

    if (p->layout_due)
        popup_layout();
    if (p->depth == 0)
        return;
    tip_point(p->hot < p->depth && level_at(p, p->pointer) == (int)p->hot ? &p->level[p->hot]
                                                                          : NULL);
    if (p->settle_ms != 0 && now >= p->settle_ms)
        settle(p);
    if (now >= p->scroll_ms)
        scroll_step(p);
    tip_tick(now);
}

/* At most WAIT_MAX_MS. What GNUstep (gui 0.29) asks the X server while it handles one event can
 * read the next one into Xlib's own queue; it then sleeps on an empty socket, and a key pressed
 * right behind another was seen seconds later. Asking again looks into that queue. */
static double wait_s(const struct popup *p)
{
    const int64_t due[] = {p->settle_ms, p->scroll_ms, p->tip_ms};
    int64_t now = clock_ms(), wait = WAIT_MAX_MS;

    for (size_t i = 0; i < countof(due); i++)
        if (due[i] != 0 && due[i] - now < wait)
            wait = due[i] - now < 0 ? 0 : due[i] - now;
    return (double)wait / 1000;
}

static unsigned long event_mask(void)
{
    static const unsigned types[] = {LEFT_DOWN, LEFT_UP,      RIGHT_DOWN,    RIGHT_UP,
                                     MOVED,     LEFT_DRAGGED, RIGHT_DRAGGED, KEY_DOWN,
                                     FLAGS,     APPKIT,       PERIODIC,      WHEEL};
    unsigned long mask = 0;

    for (size_t i = 0; i < countof(types); i++)
        mask |= 1UL << types[i];
    return mask;
}

static void run(struct popup *p)
{
    while (!p->done && p->depth > 0) {
        id pool = gs_new(shim_class(CLS_NSAutoreleasePool));
        id event = gs_app_next_event(NSApp, event_mask(), gs_date_in(wait_s(p)),
                                     NSEventTrackingRunLoopMode, YES);

        tick(p); /* first: the program may have changed the menus meanwhile */
        if (event != nil && !p->done && p->depth > 0)
            take(p, event);
        gs_drain(pool);
    }
}

static void start(struct popup *p, id menu, NSRect anchor, id event)
{
    p->anchor = anchor;
    p->pointer = gs_event_mouse();
    p->running = true;
    p->done = p->ticking = false;
    p->armed = event == nil;
    p->option = event != nil && (gs_event_flags(event) & OPTION) != 0;
    p->settle_ms = p->scroll_ms = p->tip_ms = 0;
    p->hot = 0;
    p->opened_ms = clock_ms();
    popup_push(menu, nil);
}

static void end(struct popup *p)
{
    tip_hide();
    if (p->ticking)
        gs_event_ticks_end(shim_class(CLS_NSEvent));
    popup_pop(0);
    p->running = false;
}

/* An item that was removed or greyed when the menus closed is not for the user any more. */
static void send_picked(struct popup *p)
{
    id item = p->picked;

    p->picked = nil;
    if (item != nil && gs_item_enabled(item) && gs_item_action(item) != NULL)
        gs_app_send_action(NSApp, gs_item_action(item), gs_item_target(item), item);
    gs_release(item);
}

void track_menu(id menu, NSRect anchor, id event, id button)
{
    struct popup *p = &shim()->popup;
    id panel;

    if (p->running)
        return;
    start(p, menu, anchor, event);
    panel = p->level[0].panel;
    gs_window_capture(panel, p->level[0].view); /* clicks elsewhere close the menu */
    run(p);
    gs_window_uncapture(panel, p->level[0].view);
    end(p);
    gs_cell_light(gs_button_cell(button), NO);
    gs_view_display(button);
    send_picked(p);
}

void track_cancel(void)
{
    struct popup *p = &shim()->popup;

    if (!p->running || p->done)
        return;
    p->done = true;
    p->ticking = true; /* an event, so that the loop looks at `done` */
    gs_event_ticks(shim_class(CLS_NSEvent), 0, 0.05);
}
