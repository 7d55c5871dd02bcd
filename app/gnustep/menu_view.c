/* menu_view.c - see menu_view.h. The view asks the NSMenu for everything while it draws, so there
 * is no second copy of a row that could be out of date. GNUstep's own menu views stay off screen:
 * they neither scroll nor draw attributed titles, template images or tool tips. */
#include "app/gnustep/menu_view.h"
#include "app/gnustep/image.h"
#include "app/gnustep/menus.h"
#include "app/gnustep/popup.h"
#include "app/gnustep/replace.h"
#include "app/gnustep/theme.h"
#include <math.h>
#include <string.h>

enum {
    ROW_HEIGHT = 22,
    SEPARATOR_HEIGHT = 11,
    LIT_INSET = 5, /* of the highlight, from the panel's edge */
    TEXT_INSET = 14,
    STATE_WIDTH = 17,
    IMAGE_GAP = 6,
    INDENT_WIDTH = 12,
    SHORTCUT_GAP = 26,
    ARROW_WIDTH = 22,
    WIDTH_MIN = 140,
    WIDTH_MAX = 640,
    SHIFT = 1 << 17,
    CONTROL = 1 << 18,
    OPTION = 1 << 19,
    COMMAND = 1 << 20
};

/* ---- measuring ---- */

bool menu_view_row_shown(const struct popup_level *level, long row)
{
    bool option = shim()->popup.option;

    if (gs_item_alternate(gs_menu_at(level->menu, row)))
        return option;
    return !option || row + 1 >= gs_menu_count(level->menu) ||
           !gs_item_alternate(gs_menu_at(level->menu, row + 1));
}

double menu_view_row_height(const struct popup_level *level, long row)
{
    if (!menu_view_row_shown(level, row))
        return 0;
    return gs_item_separator(gs_menu_at(level->menu, row)) ? SEPARATOR_HEIGHT : ROW_HEIGHT;
}

static bool has_states(id menu)
{
    long n = gs_menu_count(menu);

    for (long i = 0; i < n; i++)
        if (gs_item_state(gs_menu_at(menu, i)) != 0)
            return true;
    return false;
}

/* No message to nil for a struct: GCC's runtime answers with what the registers hold. */
static NSSize title_size(id item)
{
    id rich = menus_rich_title(item), plain = gs_item_title(item);
    NSSize none = {0, 0};

    if (rich != nil)
        return gs_rich_size(rich);
    return plain == nil ? none : gs_string_size(plain, theme_menu_attrs(plain, COLOUR_TEXT));
}

static double row_width(id item)
{
    id image = gs_item_image(item), shortcut = menu_view_shortcut(item);
    double w =
        2 * TEXT_INSET + INDENT_WIDTH * (double)gs_item_indent(item) + ceil(title_size(item).width);

    if (image != nil)
        w += gs_image_size(image).width + IMAGE_GAP;
    if (gs_item_submenu(item) != nil)
        w += ARROW_WIDTH;
    else if (shortcut != nil)
        w += SHORTCUT_GAP + ceil(gs_string_size(shortcut, shim()->menu_attrs[COLOUR_TEXT]).width);
    return w;
}

void menu_view_measure(struct popup_level *level)
{
    long n = gs_menu_count(level->menu);
    double width = WIDTH_MIN, height = 0;

    for (long i = 0; i < n; i++) {
        id item = gs_menu_at(level->menu, i);

        height += menu_view_row_height(level, i);
        if (!gs_item_separator(item))
            width = fmax(width, row_width(item));
    }
    if (has_states(level->menu))
        width += STATE_WIDTH;
    level->width = fmax(level->width, fmin(width, WIDTH_MAX));
    level->content = height;
}

/* ---- places ---- */

static double visible_height(const struct popup_level *level)
{
    return gs_window_frame(level->panel).size.height - 2 * MENU_MARGIN;
}

double menu_view_scroll_max(const struct popup_level *level)
{
    return fmax(0, level->content - visible_height(level));
}

NSRect menu_view_row_rect(const struct popup_level *level, long row)
{
    NSRect r = {{0, MENU_MARGIN - level->scrolled}, {level->width, 0}};

    for (long i = 0; i < row; i++)
        r.origin.y += menu_view_row_height(level, i);
    r.size.height = menu_view_row_height(level, row);
    return r;
}

int menu_view_scroll_at(const struct popup_level *level, NSPoint at)
{
    double height = gs_window_frame(level->panel).size.height;

    if (at.x < 0 || at.x >= level->width)
        return 0;
    if (level->scrolled > 0 && at.y < MENU_MARGIN + MENU_SCROLL_ZONE)
        return -1;
    if (level->scrolled < menu_view_scroll_max(level) &&
        at.y >= height - MENU_MARGIN - MENU_SCROLL_ZONE)
        return 1;
    return 0;
}

long menu_view_row_at(const struct popup_level *level, NSPoint at)
{
    double height = gs_window_frame(level->panel).size.height;
    double y = MENU_MARGIN - level->scrolled;
    long n = gs_menu_count(level->menu);

    if (at.x < 0 || at.x >= level->width || at.y < MENU_MARGIN || at.y >= height - MENU_MARGIN)
        return -1;
    if (menu_view_scroll_at(level, at) != 0)
        return -1;
    for (long i = 0; i < n; i++) {
        y += menu_view_row_height(level, i);
        if (at.y < y)
            return i;
    }
    return -1;
}

bool menu_view_scroll(struct popup_level *level, double by)
{
    double to = fmax(0, fmin(level->scrolled + by, menu_view_scroll_max(level)));
    bool moved = to != level->scrolled;

    level->scrolled = to;
    if (moved)
        gs_view_dirty(level->view, YES);
    return moved;
}

/* ---- text ---- */

id menu_view_shortcut(id item)
{
    id key = gs_item_key(item);
    unsigned long mask = gs_item_key_mask(item);
    const char *plain = key == nil ? "" : gs_string_utf8(key);
    bool upper = plain[0] >= 'A' && plain[0] <= 'Z' && plain[1] == '\0';
    const char *shown;
    char out[48];

    if (plain[0] == '\0')
        return nil;
    shown = strcmp(plain, "\r") == 0   ? "\xe2\x86\xa9"
            : strcmp(plain, "\b") == 0 ? "\xe2\x8c\xab"
                                       : gs_string_utf8(gs_string_upper(key));
    snprintf(out, sizeof out, "%s%s%s%s%s", (mask & CONTROL) != 0 ? "\xe2\x8c\x83" : "",
             (mask & OPTION) != 0 ? "\xe2\x8c\xa5" : "",
             (mask & SHIFT) != 0 || upper ? "\xe2\x87\xa7" : "",
             (mask & COMMAND) != 0 ? "\xe2\x8c\x98" : "", shown);
    return gs_string(out);
}

static void draw_rich(id rich, NSPoint at, bool white)
{
    id copy;
    NSRange all = {0, 0};

    if (!white) {
        gs_rich_draw(rich, at);
        return;
    }
    copy = gs_rich_mutable(rich);
    all.length = gs_string_length(gs_rich_string(rich));
    gs_rich_set(copy, NSForegroundColorAttributeName, shim()->colours[COLOUR_WHITE], all);
    gs_rich_draw(copy, at);
    gs_release(copy);
}

/* ---- marks ---- */

static void stroke(const NSPoint *points, size_t n, enum colour colour, double width)
{
    id path = gs_path();

    gs_path_move(path, points[0]);
    for (size_t i = 1; i < n; i++)
        gs_path_line(path, points[i]);
    gs_path_width(path, width);
    gs_color_set(shim()->colours[colour]);
    gs_path_stroke(path);
}

static void draw_state(long state, NSRect row, enum colour colour)
{
    double x = row.origin.x + TEXT_INSET - 1, y = row.origin.y + row.size.height / 2;
    NSPoint tick[3] = {{x, y}, {x + 3, y + 3.5}, {x + 8.5, y - 4}};
    NSPoint dash[2] = {{x, y}, {x + 8, y}};

    if (state == 1)
        stroke(tick, 3, colour, 1.6);
    else if (state == -1)
        stroke(dash, 2, colour, 1.6);
}

static void draw_arrow(NSRect row, enum colour colour)
{
    double x = row.origin.x + row.size.width - TEXT_INSET, y = row.origin.y + row.size.height / 2;
    NSPoint p[3] = {{x - 4.5, y - 4}, {x - 0.5, y}, {x - 4.5, y + 4}};

    stroke(p, 3, colour, 1.4);
}

/* Over the rows that are cut off there. */
static void draw_scroll_arrow(const struct popup_level *level, double top, double tip)
{
    double x = level->width / 2, y = top + (MENU_MARGIN + MENU_SCROLL_ZONE) / 2.0;
    NSRect zone = {{0, top}, {level->width, MENU_MARGIN + MENU_SCROLL_ZONE}};
    NSPoint p[3] = {{x - 5, y - tip / 2}, {x, y + tip / 2}, {x + 5, y - tip / 2}};

    gs_color_set(shim()->colours[COLOUR_MENU]);
    NSRectFill(zone);
    stroke(p, 3, COLOUR_TEXT, 1.5);
}

/* ---- rows ---- */

static enum colour row_colour(id item, bool lit)
{
    if (!gs_item_enabled(item))
        return COLOUR_GREY;
    return lit ? COLOUR_WHITE : COLOUR_TEXT;
}

static void draw_separator(NSRect row)
{
    NSRect line = {{row.origin.x + TEXT_INSET, row.origin.y + floor(row.size.height / 2)},
                   {row.size.width - 2 * TEXT_INSET, 1}};

    gs_color_set(shim()->colours[COLOUR_LINE]);
    NSRectFill(line);
}

static void draw_light(NSRect row)
{
    NSRect r = {{row.origin.x + LIT_INSET, row.origin.y}, row.size};

    r.size.width -= 2 * LIT_INSET;
    gs_color_set(shim()->colours[COLOUR_ACCENT]);
    gs_path_fill(gs_path_round(r, 5, 5));
}

static void draw_title(id item, NSRect row, double x, bool lit)
{
    enum colour colour = row_colour(item, lit);
    id rich = menus_rich_title(item), image = gs_item_image(item);
    NSPoint at = {x, row.origin.y + floor((row.size.height - title_size(item).height) / 2)};

    if (image != nil) {
        NSSize size = gs_image_size(image);
        NSPoint corner = {x, row.origin.y + floor((row.size.height - size.height) / 2)};

        image_draw(image_for(image, colour), corner, true, colour == COLOUR_GREY ? 0.55 : 1);
        at.x += size.width + IMAGE_GAP;
    }
    if (rich != nil)
        draw_rich(rich, at, colour == COLOUR_WHITE);
    else
        gs_string_draw(gs_item_title(item), at, theme_menu_attrs(gs_item_title(item), colour));
}

static void draw_shortcut(id item, NSRect row, enum colour colour)
{
    id text = menu_view_shortcut(item), attrs = shim()->menu_attrs[colour];
    NSSize size;
    NSPoint at;

    if (text == nil)
        return;
    size = gs_string_size(text, attrs);
    at.x = row.origin.x + row.size.width - TEXT_INSET - size.width;
    at.y = row.origin.y + floor((row.size.height - size.height) / 2);
    gs_string_draw(text, at, attrs);
}

static void draw_row(id item, NSRect row, bool states, bool lit)
{
    double x = row.origin.x + TEXT_INSET + INDENT_WIDTH * (double)gs_item_indent(item);
    enum colour colour;

    if (gs_item_separator(item)) {
        draw_separator(row);
        return;
    }
    lit = lit && gs_item_enabled(item);
    colour = row_colour(item, lit);
    if (lit)
        draw_light(row);
    if (states) {
        draw_state(gs_item_state(item), row, colour);
        x += STATE_WIDTH;
    }
    draw_title(item, row, x, lit);
    if (gs_item_submenu(item) != nil)
        draw_arrow(row, colour);
    else
        draw_shortcut(item, row, colour == COLOUR_TEXT ? COLOUR_GREY : colour);
}

/* ---- the view ---- */

static void draw_edges(NSRect all)
{
    double w = all.size.width, h = all.size.height;
    NSRect edge[4] = {
        {{0, 0}, {w, 1}}, {{0, h - 1}, {w, 1}}, {{0, 0}, {1, h}}, {{w - 1, 0}, {1, h}}};

    gs_color_set(shim()->colours[COLOUR_EDGE]);
    for (size_t i = 0; i < countof(edge); i++)
        NSRectFill(edge[i]);
}

static void draw_rows(const struct popup_level *level, NSRect dirty)
{
    bool states = has_states(level->menu);
    long n = gs_menu_count(level->menu);
    NSRect row = {{0, MENU_MARGIN - level->scrolled}, {level->width, 0}};

    for (long i = 0; i < n; i++) {
        id item = gs_menu_at(level->menu, i);

        row.size.height = menu_view_row_height(level, i);
        if (row.size.height > 0 && row.origin.y + row.size.height > dirty.origin.y &&
            row.origin.y < dirty.origin.y + dirty.size.height)
            draw_row(item, row, states, i == level->lit);
        row.origin.y += row.size.height;
    }
}

static void draw_view(id self, SEL cmd, NSRect dirty)
{
    const struct popup_level *level = popup_level_of_view(self);
    NSRect all = gs_view_bounds(self);

    (void)cmd;
    gs_color_set(shim()->colours[COLOUR_MENU]);
    NSRectFill(all);
    if (level != NULL) {
        draw_rows(level, dirty);
        if (level->scrolled > 0)
            draw_scroll_arrow(level, 0, -5);
        if (level->scrolled < menu_view_scroll_max(level))
            draw_scroll_arrow(level, all.size.height - MENU_MARGIN - MENU_SCROLL_ZONE, 5);
    }
    draw_edges(all); /* last: a row that is cut off may reach over an edge */
}

static BOOL flipped(id self, SEL cmd)
{
    (void)self;
    (void)cmd;
    return YES;
}

static void layout(id self, SEL cmd, id arg)
{
    (void)self;
    (void)cmd;
    (void)arg;
    popup_layout();
}

static void make_class(Class c)
{
    replace_add(c, "drawRect:", (IMP)draw_view, "v@:" OBJC_RECT);
    replace_add(c, "isFlipped", (IMP)flipped, OBJC_BOOL "@:");
    MUST(class_addMethod(c, gnustep_sel[SEL_ck_layout], (IMP)layout, "v@:@"));
}

id menu_view_new(NSRect frame)
{
    Class c = shim_subclass("CKMenuView", CLS_NSView, make_class);

    return gs_view_init(gs_alloc((id)(void *)c), frame);
}
