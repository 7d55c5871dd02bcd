/* theme.c - see theme.h. */
#include "app/gnustep/theme.h"
#include "app/gnustep/gnustep.h"
#include "app/gnustep/replace.h"

enum { MENU_FONT_SIZE = 13, BAR_FONT_SIZE = 12 };

static const char *const defaults[][2] = {
    /* no title rows in menus, scrollers at the right */
    {"NSMenuInterfaceStyle", "NSMacintoshInterfaceStyle"},
    {"NSInterfaceStyleDefault", "NSMacintoshInterfaceStyle"},
    {"GSSuppressAppIcon", "YES"},
    {"GSBackHandlesWindowDecorations", "NO"},
    {"NSFont", "Inter-Regular"},
    {"NSBoldFont", "Inter-Bold"},
    {"NSMenuFont", "Inter-Regular"},
    {"NSUserFont", "Inter-Regular"},
    {"NSUserFixedPitchFont", "DejaVuSansMono"},
    {"NSFontSize", "12"},
    {"controlBackgroundColor", "0.96 0.96 0.97"},
    {"controlColor", "0.93 0.93 0.94"},
    {"windowBackgroundColor", "0.93 0.93 0.94"},
    {"controlHighlightColor", "0.97 0.97 0.98"},
    {"controlLightHighlightColor", "1 1 1"},
    {"controlShadowColor", "0.70 0.70 0.72"},
    {"controlDarkShadowColor", "0.55 0.55 0.57"},
    {"selectedMenuItemColor", "0.16 0.42 0.85"},
    {"selectedMenuItemTextColor", "1 1 1"},
    {"selectedTextBackgroundColor", "0.70 0.84 1.0"},
    {"windowFrameColor", "0.86 0.86 0.88"},
    {"windowFrameTextColor", "0.15 0.15 0.15"},
    {"scrollBarColor", "0.92 0.92 0.93"},
    {"knobColor", "0.75 0.75 0.77"},
};

static const double colours[COLOUR_COUNT][3] = {
    [COLOUR_TEXT] = {.10, .10, .11},   [COLOUR_GREY] = {.56, .56, .58},
    [COLOUR_WHITE] = {1, 1, 1},        [COLOUR_MENU] = {.968, .968, .973},
    [COLOUR_BAR] = {.96, .96, .97},    [COLOUR_WINDOW] = {.93, .93, .94},
    [COLOUR_LINE] = {.86, .86, .875},  [COLOUR_EDGE] = {.74, .74, .76},
    [COLOUR_ACCENT] = {.16, .42, .85}, [COLOUR_PRESSED] = {.80, .85, .93},
};

void theme_defaults(void)
{
    id values = gs_dict();

    for (size_t i = 0; i < countof(defaults); i++)
        gs_dict_set(values, gs_string(defaults[i][1]), gs_string(defaults[i][0]));
    gs_defaults_register(gs_defaults(), values);
}

/* +1 */
static id attributes(id font, id colour)
{
    id d = gs_new(shim_class(CLS_NSMutableDictionary));

    gs_dict_set(d, font, NSFontAttributeName);
    gs_dict_set(d, colour, NSForegroundColorAttributeName);
    return d;
}

void theme_load(void)
{
    struct shim *s = shim();

    if (s->colours[0] != nil)
        return;
    for (size_t i = 0; i < COLOUR_COUNT; i++) {
        const double *c = colours[i];

        s->colours[i] = gs_retain(gs_color(c[0], c[1], c[2], 1));
        s->menu_attrs[i] = attributes(gs_font_menu(MENU_FONT_SIZE), s->colours[i]);
        s->bar_attrs[i] = attributes(gs_font_system(BAR_FONT_SIZE), s->colours[i]);
    }
}

void theme_install(void)
{
}
