/* tip.c - see tip.h. GNUstep keeps the tool tips of menu items but never shows them, and names
 * that are cut in a row can be read nowhere else. */
#include "app/gnustep/tip.h"
#include "app/gnustep/popup.h"
#include "app/gnustep/replace.h"
#include "app/gnustep/statusbar.h"
#include "app/gnustep/theme.h"
#include "core/base/clock.h"
#include <math.h>

enum { PANEL_LEVEL = 102, REST_MS = 700, PAD_X = 7, PAD_Y = 4, BELOW = 20 };

static id tip_of(const struct popup_level *level)
{
    id item = level == NULL ? nil : popup_lit_item(level);
    id text = item == nil ? nil : gs_item_tip(item);

    return text == nil || gs_string_length(text) == 0 ? nil : text;
}

static void draw(id self, SEL cmd, NSRect dirty)
{
    struct shim *s = shim();
    NSRect all = gs_view_bounds(self), inner = {{1, 1}, {all.size.width - 2, all.size.height - 2}};
    NSPoint at = {PAD_X, PAD_Y};

    (void)cmd;
    (void)dirty;
    gs_color_set(s->colours[COLOUR_EDGE]);
    NSRectFill(all);
    gs_color_set(s->colours[COLOUR_WINDOW]);
    NSRectFill(inner);
    if (s->popup.tip_text != nil)
        gs_string_draw(s->popup.tip_text, at, theme_menu_attrs(s->popup.tip_text, COLOUR_TEXT));
}

static void make_class(Class c)
{
    replace_add(c, "drawRect:", (IMP)draw, "v@:" OBJC_RECT);
}

static void make_panel(struct popup *p)
{
    NSRect r = {{0, 0}, {10, 10}};
    Class c = shim_subclass("CKTipView", CLS_NSView, make_class);

    p->tip_panel = statusbar_panel_new(r, PANEL_LEVEL);
    p->tip_view = gs_view_init(gs_alloc((id)(void *)c), r);
    gs_window_set_view(p->tip_panel, p->tip_view);
}

static void place(const struct popup *p)
{
    NSRect screen = gs_screen_frame(gs_screen_main()), r;
    NSSize size = gs_string_size(p->tip_text, theme_menu_attrs(p->tip_text, COLOUR_TEXT));

    r.size.width = fmin(ceil(size.width) + 2 * PAD_X, screen.size.width);
    r.size.height = ceil(size.height) + 2 * PAD_Y;
    r.origin.x = fmax(0, fmin(p->pointer.x, screen.size.width - r.size.width));
    r.origin.y = fmax(0, p->pointer.y - BELOW - r.size.height);
    gs_window_set_frame(p->tip_panel, r, NO);
}

void tip_hide(void)
{
    struct popup *p = &shim()->popup;

    p->tip_ms = 0;
    if (p->tip_text == nil)
        return;
    gs_window_hide(p->tip_panel, nil);
    gs_release(p->tip_text);
    p->tip_text = nil;
}

void tip_point(const struct popup_level *level)
{
    struct popup *p = &shim()->popup;
    id text = tip_of(level);

    if (text != nil && p->tip_text != nil && gs_string_equal(text, p->tip_text))
        return;
    tip_hide();
    if (text != nil)
        p->tip_ms = clock_ms() + REST_MS;
}

void tip_tick(int64_t now_ms)
{
    struct popup *p = &shim()->popup;
    id text;

    if (p->tip_ms == 0 || now_ms < p->tip_ms)
        return;
    p->tip_ms = 0;
    text = tip_of(&p->level[p->hot]);
    if (text == nil)
        return;
    if (p->tip_panel == nil)
        make_panel(p);
    p->tip_text = gs_copy(text);
    place(p);
    gs_view_dirty(p->tip_view, YES);
    gs_window_show(p->tip_panel);
}
