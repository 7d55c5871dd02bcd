/* statusbar.c - see statusbar.h. GNUstep 0.29 has the classes but shows nothing: systemStatusBar
 * is nil, an item has no button, and nothing is drawn. The first item is the rightmost one, as on
 * a Mac. Buttons are NSStatusBarButtons with a drawing of our own. */
#include "app/gnustep/statusbar.h"
#include "app/gnustep/image.h"
#include "app/gnustep/replace.h"
#include "app/gnustep/theme.h"
#include "app/gnustep/trace.h"
#include "app/gnustep/track.h"
#include <math.h>
#include <string.h>

enum { BAR_LEVEL = 25, PADDING = 8, IMAGE_GAP = 5, BUFFERED = 2 };
enum { NO_IMAGE = 0, IMAGE_ONLY = 1, IMAGE_LEFT = 2 }; /* NSCellImagePosition */

static struct bar_item *find(id item_or_button)
{
    struct shim *s = shim();

    for (size_t i = 0; i < s->item_count; i++)
        if (s->items[i].item == item_or_button || s->items[i].button == item_or_button)
            return &s->items[i];
    return NULL;
}

/* ---- the window ---- */

static BOOL no(id self, SEL cmd)
{
    (void)self;
    (void)cmd;
    return NO;
}

static BOOL yes_event(id self, SEL cmd, id event)
{
    (void)self;
    (void)cmd;
    (void)event;
    return YES;
}

static void make_panel_class(Class c)
{
    replace_add(c, "canBecomeKeyWindow", (IMP)no, OBJC_BOOL "@:");
    replace_add(c, "canBecomeMainWindow", (IMP)no, OBJC_BOOL "@:");
}

id statusbar_panel_new(NSRect frame, long level)
{
    Class c = shim_subclass("CKBarPanel", CLS_NSPanel, make_panel_class);
    id panel = gs_panel_init(gs_alloc((id)(void *)c), frame, 0, BUFFERED, NO);

    gs_window_level(panel, level);
    gs_window_hides(panel, NO);
    gs_window_can_hide(panel, NO);
    gs_window_keep(panel, NO);
    gs_window_not_listed(panel, YES);
    gs_panel_lazy_key(panel, YES);
    return panel;
}

static void draw_bar(id self, SEL cmd, NSRect dirty)
{
    NSRect all = gs_view_bounds(self);
    NSRect below = {{0, 0}, {all.size.width, 1}}, left = {{0, 0}, {1, all.size.height}};

    (void)cmd;
    (void)dirty;
    gs_color_set(shim()->colours[COLOUR_BAR]);
    NSRectFill(all);
    gs_color_set(shim()->colours[COLOUR_EDGE]);
    NSRectFill(below);
    NSRectFill(left);
}

static void make_bar_class(Class c)
{
    replace_add(c, "drawRect:", (IMP)draw_bar, "v@:" OBJC_RECT);
    replace_add(c, "acceptsFirstMouse:", (IMP)yes_event, OBJC_BOOL "@:@");
}

/* ---- layout ---- */

static bool shows_image(id button)
{
    return gs_button_image(button) != nil && gs_button_position(button) != NO_IMAGE;
}

static bool shows_title(id button)
{
    id title = gs_button_title(button);

    return title != nil && gs_string_length(title) > 0 && gs_button_position(button) != IMAGE_ONLY;
}

static double button_width(const struct bar_item *it)
{
    double w = 2 * PADDING, set = gs_status_length(it->item);
    id attrs = shim()->bar_attrs[COLOUR_TEXT];

    if (it->hidden)
        return 0;
    if (set >= 0)
        return set;
    if (shows_image(it->button))
        w += gs_image_size(gs_button_image(it->button)).width;
    if (shows_title(it->button))
        w += ceil(gs_string_size(gs_button_title(it->button), attrs).width);
    if (shows_image(it->button) && shows_title(it->button))
        w += IMAGE_GAP;
    return w;
}

static NSRect rect_on_screen(id button)
{
    NSRect r = gs_view_to(button, gs_view_bounds(button), nil);

    r.origin = gs_window_to_screen(gs_view_window(button), r.origin);
    return r;
}

static void place_panel(double width)
{
    NSRect screen = gs_screen_frame(gs_screen_main());
    NSRect was = gs_window_frame(shim()->bar_panel), f;

    f.size = (NSSize){width, BAR_HEIGHT};
    f.origin.x = screen.origin.x + screen.size.width - width;
    f.origin.y = screen.origin.y + screen.size.height - BAR_HEIGHT;
    if (was.origin.x != f.origin.x || was.origin.y != f.origin.y ||
        was.size.width != f.size.width || was.size.height != f.size.height)
        gs_window_set_frame(shim()->bar_panel, f, YES);
}

static void layout(void)
{
    struct shim *s = shim();
    double width = 0, x;

    if (s->bar_panel == nil)
        return;
    for (size_t i = 0; i < s->item_count; i++)
        width += button_width(&s->items[i]);
    if (width == 0) {
        gs_window_hide(s->bar_panel, nil);
        return;
    }
    place_panel(width);
    x = width;
    for (size_t i = 0; i < s->item_count; i++) {
        NSRect r = {{0, 0}, {button_width(&s->items[i]), BAR_HEIGHT}};

        x -= r.size.width;
        r.origin.x = x;
        gs_view_set_frame(s->items[i].button, r);
        gs_view_dirty(s->items[i].button, YES);
        if (!s->items[i].hidden)
            trace_button(s->items[i].button, rect_on_screen(s->items[i].button));
    }
    gs_window_show(s->bar_panel);
}

/* ---- buttons ---- */

static void draw_button(id self, SEL cmd, NSRect dirty)
{
    NSRect all = gs_view_bounds(self);
    bool lit = gs_cell_lit(gs_button_cell(self)), flipped = gs_view_flipped(self);
    enum colour colour = lit ? COLOUR_WHITE : COLOUR_TEXT;
    NSPoint at = {PADDING, 0};

    (void)cmd;
    (void)dirty;
    if (lit) {
        NSRect r = {{1, 2}, {all.size.width - 2, all.size.height - 4}};

        gs_color_set(shim()->colours[COLOUR_ACCENT]);
        gs_path_fill(gs_path_round(r, 5, 5));
    }
    if (shows_image(self)) {
        id image = gs_button_image(self);
        NSSize size = gs_image_size(image);

        at.y = floor((all.size.height - size.height) / 2);
        image_draw(image_for(image, colour), at, flipped, 1);
        at.x += size.width + IMAGE_GAP;
    }
    if (shows_title(self)) {
        id title = gs_button_title(self), attrs = shim()->bar_attrs[colour];

        at.y = floor((all.size.height - gs_string_size(title, attrs).height) / 2);
        gs_string_draw(title, at, attrs);
    }
}

static void show_menu(struct bar_item *it, id event)
{
    id button = gs_retain(it->button), cell = gs_button_cell(button);

    gs_cell_light(cell, YES);
    gs_view_display(button);
    track_menu(gs_status_menu(it->item), rect_on_screen(button), event, button);
    gs_release(button);
}

static void button_down(id self, SEL cmd, id event)
{
    struct bar_item *it = find(self);

    if (it != NULL && gs_status_menu(it->item) != nil)
        show_menu(it, event);
    else
        ((void (*)(id, SEL, id))shim()->old_button_down)(self, cmd, event);
}

static void button_click(id self, SEL cmd, id sender)
{
    struct bar_item *it = find(self);

    if (it != NULL && gs_status_menu(it->item) != nil)
        show_menu(it, nil);
    else
        ((void (*)(id, SEL, id))shim()->old_button_click)(self, cmd, sender);
}

static void button_set_title(id self, SEL cmd, id title)
{
    shim_main_thread(cmd);
    ((void (*)(id, SEL, id))shim()->old_button_set_title)(self, cmd, title);
    layout();
}

static void button_set_rich_title(id self, SEL cmd, id title)
{
    (void)cmd;
    gs_button_set_title(self, gs_rich_string(title));
}

static void button_set_image(id self, SEL cmd, id image)
{
    shim_main_thread(cmd);
    ((void (*)(id, SEL, id))shim()->old_button_set_image)(self, cmd, image);
    layout();
}

static void button_set_position(id self, SEL cmd, unsigned long position)
{
    ((void (*)(id, SEL, unsigned long))shim()->old_button_set_position)(self, cmd, position);
    layout();
}

/* ---- NSStatusBar ---- */

static id system_bar(id self, SEL cmd)
{
    struct shim *s = shim();
    NSRect r = {{0, 0}, {10, BAR_HEIGHT}};
    Class view = shim_subclass("CKBarView", CLS_NSView, make_bar_class);
    id content;

    (void)cmd;
    shim_main_thread(cmd);
    if (s->bar != nil)
        return s->bar;
    theme_load();
    s->bar = gs_init(gs_alloc(self));
    s->bar_panel = statusbar_panel_new(r, BAR_LEVEL);
    gs_window_set_title(s->bar_panel, gs_string("Status bar"));
    content = gs_view_init(gs_alloc((id)(void *)view), r);
    gs_window_set_view(s->bar_panel, content);
    gs_release(content);
    return s->bar;
}

static double thickness(id self, SEL cmd)
{
    (void)self;
    (void)cmd;
    return BAR_HEIGHT;
}

static id item_with_length(id self, SEL cmd, double length)
{
    struct shim *s = shim();
    NSRect r = {{0, 0}, {10, BAR_HEIGHT}};
    struct bar_item *it = &s->items[s->item_count];
    id item = ((id(*)(id, SEL, double))s->old_item_with_length)(self, cmd, length);

    if (self != s->bar || s->item_count == BAR_ITEMS_MAX)
        return item;
    it->item = gs_retain(item);
    it->button = gs_view_init(gs_alloc(shim_class(CLS_NSStatusBarButton)), r);
    it->hidden = false;
    ((void (*)(id, SEL, id))s->old_button_set_title)(
        it->button, gnustep_sel[SEL_gs_button_set_title], gs_string("")); /* it was "Button" */
    gs_button_bordered(it->button, NO);
    gs_view_add(gs_window_content(s->bar_panel), it->button);
    s->item_count++;
    gs_button_set_position(it->button, IMAGE_LEFT); /* lays the bar out */
    return item;
}

static void remove_item(id self, SEL cmd, id item)
{
    struct shim *s = shim();
    struct bar_item *it = find(item), gone;

    if (it != NULL) {
        gone = *it;
        s->item_count--;
        memmove(it, it + 1, (size_t)(&s->items[s->item_count] - it) * sizeof *it);
        gs_view_remove(gone.button);
        gs_release(gone.button);
        layout();
    }
    ((void (*)(id, SEL, id))s->old_remove_item)(self, cmd, item);
    if (it != NULL)
        gs_release(gone.item);
}

/* ---- NSStatusItem ---- */

static id item_button(id self, SEL cmd)
{
    struct bar_item *it = find(self);

    (void)cmd;
    return it == NULL ? nil : it->button;
}

static BOOL item_visible(id self, SEL cmd)
{
    struct bar_item *it = find(self);

    (void)cmd;
    return it != NULL && !it->hidden;
}

static void item_set_visible(id self, SEL cmd, BOOL visible)
{
    struct bar_item *it = find(self);

    (void)cmd;
    if (it == NULL || it->hidden == !visible)
        return;
    it->hidden = !visible;
    layout();
}

static void item_set_length(id self, SEL cmd, double length)
{
    ((void (*)(id, SEL, double))shim()->old_set_length)(self, cmd, length);
    layout();
}

/* On a Mac the place is saved under this name; here the place is always the same. */
static void item_set_autosave(id self, SEL cmd, id name)
{
    (void)self;
    (void)cmd;
    (void)name;
}

/* GNUstep makes it a sub-menu of a hidden item, which renames it to "?". */
static void item_set_menu(id self, SEL cmd, id menu)
{
    id title = gs_retain(gs_menu_title(menu));

    ((void (*)(id, SEL, id))shim()->old_set_menu)(self, cmd, menu);
    gs_menu_set_super(menu, nil);
    gs_menu_set_title(menu, title);
    gs_release(title);
}

static void install_items(struct shim *s)
{
    replace_missing("NSStatusItem", "button", (IMP)item_button, "@@:");
    replace_missing("NSStatusItem", "isVisible", (IMP)item_visible, OBJC_BOOL "@:");
    replace_missing("NSStatusItem", "setVisible:", (IMP)item_set_visible, "v@:" OBJC_BOOL);
    replace_missing("NSStatusItem", "setAutosaveName:", (IMP)item_set_autosave, "v@:@");
    s->old_set_menu = replace_method("NSStatusItem", "setMenu:", (IMP)item_set_menu, "v@:@");
    s->old_set_length = replace_method("NSStatusItem", "setLength:", (IMP)item_set_length, "v@:d");
}

static void install_buttons(struct shim *s)
{
    static const char cls[] = "NSStatusBarButton";

    replace_method(cls, "drawRect:", (IMP)draw_button, "v@:" OBJC_RECT);
    replace_method(cls, "acceptsFirstMouse:", (IMP)yes_event, OBJC_BOOL "@:@");
    replace_method(cls, "setAttributedTitle:", (IMP)button_set_rich_title, "v@:@");
    s->old_button_down = replace_method(cls, "mouseDown:", (IMP)button_down, "v@:@");
    replace_method(cls, "rightMouseDown:", (IMP)button_down, "v@:@");
    s->old_button_click = replace_method(cls, "performClick:", (IMP)button_click, "v@:@");
    s->old_button_set_title = replace_method(cls, "setTitle:", (IMP)button_set_title, "v@:@");
    s->old_button_set_image = replace_method(cls, "setImage:", (IMP)button_set_image, "v@:@");
    s->old_button_set_position =
        replace_method(cls, "setImagePosition:", (IMP)button_set_position, "v@:Q");
}

void statusbar_install(void)
{
    struct shim *s = shim();

    replace_class_method("NSStatusBar", "systemStatusBar", (IMP)system_bar, "@@:");
    replace_method("NSStatusBar", "thickness", (IMP)thickness, "d@:");
    s->old_item_with_length =
        replace_method("NSStatusBar", "statusItemWithLength:", (IMP)item_with_length, "@@:d");
    s->old_remove_item =
        replace_method("NSStatusBar", "removeStatusItem:", (IMP)remove_item, "v@:@");
    install_items(s);
    install_buttons(s);
}
