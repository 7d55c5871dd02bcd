/* colour.c - platform_colour() of app/cocoa/platform.h: a colour that asks, each time it is drawn
 * with, which appearance it is drawn in. Looks with more contrast count as the plain ones. */
#include "app/cocoa/cocoa.h"
#include "app/cocoa/platform.h"
#include "app/macos/block.h"

/* A colour provider, and what it captures. */
struct provider {
    struct block block;
    uint32_t light, dark;
    id names[2]; /* of the appearances, constants of AppKit's */
};

static double channel(uint32_t byte)
{
    return (double)(byte & 0xff) / 255;
}

static id provide(struct block *b, id appearance)
{
    const struct provider *p = (const struct provider *)(const void *)b;
    id name = ns_appearance_match(appearance, ns_array_from(p->names, countof(p->names)));
    uint32_t rgb = name != nil && ns_string_equal(name, p->names[1]) ? p->dark : p->light;

    return ns_color_srgb(channel(rgb >> 16), channel(rgb >> 8), channel(rgb), 1);
}

id platform_colour(uint32_t light, uint32_t dark)
{
    static const struct block_descriptor descriptor = {0, sizeof(struct provider), "@16@?0@8"};
    struct provider p = {
        .block = block_make((IMP)provide, &descriptor),
        .light = light,
        .dark = dark,
        .names = {cocoa_constant("NSAppearanceNameAqua"),
                  cocoa_constant("NSAppearanceNameDarkAqua")},
    };

    return ns_color_provided(nil, &p.block);
}
