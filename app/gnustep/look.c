/* look.c - see look.h. GSTheme is asked for each part of a window and each bezel; the answers
 * that matter for what we show are replaced here. Menu bars and pop-up menus follow too, for the
 * day the program has one. */
#include "app/gnustep/look.h"
#include "app/gnustep/gnustep.h"
#include "app/gnustep/replace.h"
#include "app/gnustep/theme.h"
#include <math.h>
#include <string.h>

enum {
    TITLED = 1,
    RESIZABLE = 8,
    TITLE_HEIGHT = 26,
    CLOSE_SIZE = 15,
    BUTTON_RADIUS = 5,
    CHECK_SIZE = 16
};

static void fill(NSRect r, enum colour colour)
{
    gs_color_set(shim()->colours[colour]);
    NSRectFill(r);
}

static void outline(NSRect f, enum colour colour)
{
    double x = f.origin.x, y = f.origin.y, w = f.size.width, h = f.size.height;
    NSRect edge[4] = {
        {{x, y}, {w, 1}}, {{x, y + h - 1}, {w, 1}}, {{x, y}, {1, h}}, {{x + w - 1, y}, {1, h}}};

    for (size_t i = 0; i < countof(edge); i++)
        fill(edge[i], colour);
}

/* ---- windows ---- */

static float title_height(id self, SEL cmd)
{
    (void)self;
    (void)cmd;
    return TITLE_HEIGHT;
}

static void draw_title(NSRect frame, id title, bool key)
{
    id attrs = shim()->title_attrs[key ? COLOUR_TEXT : COLOUR_GREY];
    NSRect bar = {{frame.origin.x, frame.origin.y + frame.size.height - TITLE_HEIGHT - 1},
                  {frame.size.width, TITLE_HEIGHT + 1}};
    NSRect line = {{bar.origin.x, bar.origin.y + 1}, {bar.size.width, 1}};
    NSSize size;
    NSPoint at;

    fill(bar, COLOUR_BAR);
    fill(line, COLOUR_EDGE);
    if (title == nil)
        return;
    size = gs_string_size(title, attrs);
    at.x = floor(bar.origin.x + (bar.size.width - size.width) / 2);
    at.y = floor(bar.origin.y + (bar.size.height - size.height) / 2);
    gs_string_draw(title, at, attrs);
}

/* state: 0 is the key window, 1 the main one, 2 any other */
static void draw_border(id self, SEL cmd, NSRect dirty, NSRect frame, unsigned style, int state,
                        id title)
{
    NSRect all = {{0, 0}, frame.size};

    (void)self;
    (void)cmd;
    (void)dirty;
    theme_load();
    if ((style & (TITLED | RESIZABLE)) == 0)
        return;
    if ((style & RESIZABLE) != 0)
        fill(all, COLOUR_WINDOW); /* the bar at the lower edge; contents come over the rest */
    if ((style & TITLED) != 0)
        draw_title(all, title, state == 0);
    outline(all, COLOUR_EDGE);
}

static float title_padding(id self, SEL cmd)
{
    const int whole = (TITLE_HEIGHT - CLOSE_SIZE + 1) / 2; /* a pixel is not halved */

    (void)self;
    (void)cmd;
    return (float)whole;
}

/* GNUstep's own has a bezel. */
static id window_button(id self, SEL cmd, unsigned long which, unsigned long style)
{
    IMP old = shim()->old_window_button;
    id button = ((id(*)(id, SEL, unsigned long, unsigned long))old)(self, cmd, which, style);

    if (button != nil)
        gs_button_bordered(button, NO);
    return button;
}

/* ---- pictures ---- */

static void draw_close(void)
{
    double m = CLOSE_SIZE / 2.0, r = CLOSE_SIZE / 4.0 - 0.5;
    NSRect disc = {{0.5, 0.5}, {CLOSE_SIZE - 1, CLOSE_SIZE - 1}};
    NSPoint from[2] = {{m - r, m - r}, {m - r, m + r}}, to[2] = {{m + r, m + r}, {m + r, m - r}};
    id path = gs_path();

    gs_color_set(shim()->colours[COLOUR_LINE]);
    gs_path_fill(gs_path_oval(disc));
    for (size_t i = 0; i < countof(from); i++) {
        gs_path_move(path, from[i]);
        gs_path_line(path, to[i]);
    }
    gs_path_width(path, 1.4);
    gs_color_set(shim()->colours[COLOUR_TEXT]);
    gs_path_stroke(path);
}

static id close_picture(void)
{
    struct shim *s = shim();
    NSSize size = {CLOSE_SIZE, CLOSE_SIZE};

    if (s->close_picture == nil) {
        theme_load();
        s->close_picture = gs_image_init(gs_alloc(shim_class(CLS_NSImage)), size);
        gs_image_lock(s->close_picture);
        draw_close();
        gs_image_unlock(s->close_picture);
    }
    return s->close_picture;
}

/* The box of a check box. */
static void draw_check(bool on)
{
    NSRect box = {{1.5, 1.5}, {CHECK_SIZE - 3, CHECK_SIZE - 3}};
    id path = gs_path_round(box, 3, 3);

    gs_color_set(shim()->colours[on ? COLOUR_ACCENT : COLOUR_WHITE]);
    gs_path_fill(path);
    gs_color_set(shim()->colours[on ? COLOUR_ACCENT : COLOUR_EDGE]);
    gs_path_width(path, 1);
    gs_path_stroke(path);
    if (!on)
        return;
    path = gs_path();
    gs_path_move(path, (NSPoint){4.5, 8});
    gs_path_line(path, (NSPoint){7, 5});
    gs_path_line(path, (NSPoint){11.5, 11});
    gs_color_set(shim()->colours[COLOUR_WHITE]);
    gs_path_width(path, 1.8);
    gs_path_stroke(path);
}

static id check_picture(bool on)
{
    id *kept = &shim()->check_picture[on];
    NSSize size = {CHECK_SIZE, CHECK_SIZE};

    if (*kept == nil) {
        theme_load();
        *kept = gs_image_init(gs_alloc(shim_class(CLS_NSImage)), size);
        gs_image_lock(*kept);
        draw_check(on);
        gs_image_unlock(*kept);
    }
    return *kept;
}

/* Each new menu item asks for its two state marks, which GNUstep looks for in thousands of places:
 * 40 ms at the first one. They are never drawn, menu_view.c has marks of its own. The close button
 * asks for its picture again whenever the window's state changes. */
static id image_named(id self, SEL cmd, id name)
{
    struct shim *s = shim();
    const char *text = name == nil ? NULL : gs_string_utf8(name);

    if (text != NULL &&
        (strcmp(text, "NSMenuCheckmark") == 0 || strcmp(text, "NSMenuMixedState") == 0))
        return s->no_picture;
    if (text != NULL && (strcmp(text, "common_Close") == 0 || strcmp(text, "common_CloseH") == 0))
        return close_picture();
    if (text != NULL && strcmp(text, "NSSwitch") == 0)
        return check_picture(false);
    if (text != NULL && strcmp(text, "NSHighlightedSwitch") == 0)
        return check_picture(true);
    if (text != NULL && (strcmp(text, "common_ret") == 0 || strcmp(text, "common_retH") == 0))
        return nil; /* a default button has a frame in the accent colour instead */
    return ((id(*)(id, SEL, id))s->old_image_named)(self, cmd, name);
}

/* ---- buttons ---- */

static bool is_default(id cell)
{
    id key = can_gs_cell_key(cell) ? gs_cell_key(cell) : nil;
    const char *text = key == nil ? NULL : gs_string_utf8(key);

    return text != NULL && text[0] == '\r';
}

static void draw_button(id self, SEL cmd, NSRect frame, id cell, id view, int style, int state)
{
    NSRect r = {{frame.origin.x + 1.5, frame.origin.y + 1.5},
                {frame.size.width - 3, frame.size.height - 3}};
    bool chosen = is_default(cell);
    id path;

    (void)self;
    (void)cmd;
    (void)view;
    (void)style;
    (void)state;
    if (!gs_cell_bordered(cell))
        return;
    theme_load();
    path = gs_path_round(r, BUTTON_RADIUS, BUTTON_RADIUS);
    gs_color_set(shim()->colours[gs_cell_lit(cell) ? COLOUR_PRESSED : COLOUR_WHITE]);
    gs_path_fill(path);
    gs_color_set(shim()->colours[chosen ? COLOUR_ACCENT : COLOUR_EDGE]);
    gs_path_width(path, chosen ? 2 : 1);
    gs_path_stroke(path);
}

static void draw_focus(id self, SEL cmd, NSRect frame, id view)
{
    NSRect r = {{frame.origin.x + 1, frame.origin.y + 1},
                {frame.size.width - 2, frame.size.height - 2}};
    id path = gs_path_round(r, BUTTON_RADIUS, BUTTON_RADIUS);

    (void)self;
    (void)cmd;
    (void)view;
    theme_load();
    gs_color_set(shim()->colours[COLOUR_ACCENT]);
    gs_path_width(path, 1);
    gs_path_stroke(path);
}

/* ---- menus that GNUstep draws ---- */

static void draw_menu_item(id self, SEL cmd, id cell, NSRect frame, id view, int state,
                           BOOL horizontal)
{
    (void)self;
    (void)cmd;
    (void)view;
    (void)state;
    (void)horizontal;
    theme_load();
    fill(frame, gs_cell_lit(cell) && gs_item_enabled(gs_cell_menu_item(cell)) ? COLOUR_ACCENT
                                                                              : COLOUR_MENU);
}

static void draw_menu_back(id self, SEL cmd, id view, NSRect frame, NSRect dirty, BOOL horizontal)
{
    (void)self;
    (void)cmd;
    (void)view;
    (void)dirty;
    theme_load();
    fill(frame, COLOUR_MENU);
    if (!horizontal)
        outline(frame, COLOUR_EDGE);
}

static void install_pictures(struct shim *s)
{
    NSSize size = {10, 10};

    s->no_picture = gs_image_init(gs_alloc(shim_class(CLS_NSImage)), size);
    s->old_image_named = replace_class_method("NSImage", "imageNamed:", (IMP)image_named, "@@:@");
}

void look_install(void)
{
    static const char cls[] = "GSTheme";

    install_pictures(shim());
    replace_method(cls, "titlebarHeight", (IMP)title_height, "f@:");
    replace_method(cls, "titlebarPaddingTop", (IMP)title_padding, "f@:");
    replace_method(cls, "drawWindowBorder:withFrame:forStyleMask:state:andTitle:", (IMP)draw_border,
                   "v@:" OBJC_RECT OBJC_RECT "Ii@");
    shim()->old_window_button =
        replace_method(cls, "standardWindowButton:forStyleMask:", (IMP)window_button, "@@:QQ");
    replace_method(cls, "drawButton:in:view:style:state:", (IMP)draw_button,
                   "v@:" OBJC_RECT "@@ii");
    replace_method(cls, "drawFocusFrame:view:", (IMP)draw_focus, "v@:" OBJC_RECT "@");
    replace_method(cls,
                   "drawBorderAndBackgroundForMenuItemCell:withFrame:inView:state:isHorizontal:",
                   (IMP)draw_menu_item, "v@:@" OBJC_RECT "@i" OBJC_BOOL);
    replace_method(cls,
                   "drawBackgroundForMenuView:withFrame:dirtyRect:horizontal:", (IMP)draw_menu_back,
                   "v@:@" OBJC_RECT OBJC_RECT OBJC_BOOL);
}
