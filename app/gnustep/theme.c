/* theme.c - see theme.h. */
#include "app/gnustep/theme.h"
#include "app/gnustep/gnustep.h"
#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>

enum { MENU_FONT_SIZE = 13, BAR_FONT_SIZE = 12 };

static const char *const defaults[][2] = {
    /* no title rows in menus, scrollers at the right */
    {"NSMenuInterfaceStyle", "NSMacintoshInterfaceStyle"},
    {"NSInterfaceStyleDefault", "NSMacintoshInterfaceStyle"},
    {"GSSuppressAppIcon", "YES"},
    {"GSBackHandlesWindowDecorations", "NO"},
    /* beside the right Alt: the key that stands there on a keyboard that has AltGr */
    {"GSSecondAlternateKey", "ISO_Level3_Shift"},
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

/* Only what is installed: GNUstep finds another font by itself, but complains at each use. */
static const struct {
    const char *family, *key, *font;
} fonts[] = {
    {"Inter", "NSFont", "Inter-Regular"},
    {"Inter", "NSMenuFont", "Inter-Regular"},
    {"Inter", "NSUserFont", "Inter-Regular"},
    {"Inter", "NSBoldFont", "Inter-Bold"},
    {"DejaVu Sans Mono", "NSUserFixedPitchFont", "DejaVuSansMono"},
};

static const double colours[COLOUR_COUNT][3] = {
    [COLOUR_TEXT] = {.10, .10, .11},   [COLOUR_GREY] = {.56, .56, .58},
    [COLOUR_WHITE] = {1, 1, 1},        [COLOUR_MENU] = {.968, .968, .973},
    [COLOUR_BAR] = {.96, .96, .97},    [COLOUR_WINDOW] = {.93, .93, .94},
    [COLOUR_LINE] = {.86, .86, .875},  [COLOUR_EDGE] = {.74, .74, .76},
    [COLOUR_ACCENT] = {.16, .42, .85}, [COLOUR_PRESSED] = {.80, .85, .93},
};

/* ---- fonts ---- */

/* What we need of fontconfig, which GNUstep loads itself: not linked, so that no header of it is
 * needed to build. */
struct fontconfig {
    void *lib;
    void *(*parse)(const unsigned char *name);
    int (*substitute)(void *config, void *pattern, int kind);
    void (*defaults)(void *pattern);
    void *(*match)(void *config, void *pattern, int *result);
    int (*text)(void *pattern, const char *object, int n, unsigned char **out);
    void (*destroy)(void *pattern);
};

static bool fontconfig_open(struct fontconfig *fc)
{
    fc->lib = dlopen("libfontconfig.so.1", RTLD_NOW | RTLD_LOCAL);
    if (fc->lib == NULL)
        return false;
    *(void **)&fc->parse = dlsym(fc->lib, "FcNameParse");
    *(void **)&fc->substitute = dlsym(fc->lib, "FcConfigSubstitute");
    *(void **)&fc->defaults = dlsym(fc->lib, "FcDefaultSubstitute");
    *(void **)&fc->match = dlsym(fc->lib, "FcFontMatch");
    *(void **)&fc->text = dlsym(fc->lib, "FcPatternGetString");
    *(void **)&fc->destroy = dlsym(fc->lib, "FcPatternDestroy");
    return fc->parse != NULL && fc->substitute != NULL && fc->defaults != NULL &&
           fc->match != NULL && fc->text != NULL && fc->destroy != NULL;
}

/* Does the best match for a family have its name? */
static bool font_is_there(const struct fontconfig *fc, const char *family)
{
    void *wanted = fc->parse((const unsigned char *)family), *best;
    unsigned char *name = NULL;
    bool same;
    int result = 0;

    if (wanted == NULL)
        return false;
    fc->substitute(NULL, wanted, 0);
    fc->defaults(wanted);
    best = fc->match(NULL, wanted, &result);
    same = best != NULL && fc->text(best, "family", 0, &name) == 0 &&
           strcmp((const char *)name, family) == 0;
    if (best != NULL)
        fc->destroy(best);
    fc->destroy(wanted);
    return same;
}

static void add_fonts(id values)
{
    struct fontconfig fc = {0};

    if (!fontconfig_open(&fc))
        return;
    for (size_t i = 0; i < countof(fonts); i++)
        if (font_is_there(&fc, fonts[i].family))
            gs_dict_set(values, gs_string(fonts[i].font), gs_string(fonts[i].key));
}

/* ---- defaults, colours ---- */

void theme_defaults(void)
{
    id values = gs_dict();

    for (size_t i = 0; i < countof(defaults); i++)
        gs_dict_set(values, gs_string(defaults[i][1]), gs_string(defaults[i][0]));
    add_fonts(values);
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

/* For scripts that the menu font has not: GNUstep draws "?" instead of asking another font. */
static id other_font(void)
{
    id font = gs_font_named(gs_string("DejaVuSans"), MENU_FONT_SIZE);

    return font == nil ? gs_font_menu(MENU_FONT_SIZE) : font;
}

void theme_load(void)
{
    struct shim *s = shim();
    id other;

    if (s->colours[0] != nil)
        return;
    other = other_font();
    s->menu_covers = gs_retain(gs_font_covers(gs_font_menu(MENU_FONT_SIZE)));
    for (size_t i = 0; i < COLOUR_COUNT; i++) {
        const double *c = colours[i];

        s->colours[i] = gs_retain(gs_color(c[0], c[1], c[2], 1));
        s->menu_attrs[i] = attributes(gs_font_menu(MENU_FONT_SIZE), s->colours[i]);
        s->other_attrs[i] = attributes(other, s->colours[i]);
        s->bar_attrs[i] = attributes(gs_font_system(BAR_FONT_SIZE), s->colours[i]);
        s->title_attrs[i] = attributes(gs_font_bold(BAR_FONT_SIZE), s->colours[i]);
    }
}

static bool menu_font_has(id text)
{
    unsigned long n = gs_string_length(text);

    for (unsigned long i = 0; i < n; i++) {
        unsigned c = gs_string_char(text, i);

        if (c >= 0x80 && !gs_set_has(shim()->menu_covers, c))
            return false;
    }
    return true;
}

id theme_menu_attrs(id text, enum colour colour)
{
    struct shim *s = shim();

    if (s->menu_covers == nil || menu_font_has(text))
        return s->menu_attrs[colour];
    return s->other_attrs[colour];
}
