/* image.c - see image.h. A tint is a copy of the image whose bitmaps keep their alpha and get one
 * grey level. Only 8-bit bitmaps with alpha can be tinted, which is what icons are; anything else
 * is drawn as it is. */
#include "app/gnustep/image.h"
#include "app/gnustep/replace.h"

enum { SOURCE_OVER = 2, ALPHA_FIRST = 1, ALPHA_NOT_MULTIPLIED = 2 };

static uint8_t grey_level(enum colour colour)
{
    switch (colour) {
    case COLOUR_WHITE:
        return 255;
    case COLOUR_GREY:
        return 150;
    default:
        return 26;
    }
}

static bool can_tint(id rep)
{
    long samples;

    if (!gs_is_kind_of(rep, gnustep_class[CLS_NSBitmapImageRep]))
        return false;
    samples = gs_rep_samples(rep);
    return gs_rep_bits(rep) == 8 && (samples == 2 || samples == 4) && gs_rep_alpha(rep) &&
           !gs_rep_planar(rep) && gs_rep_data(rep) != NULL;
}

static void tint_bitmap(id rep, uint8_t level)
{
    size_t wide = (size_t)gs_rep_wide(rep), high = (size_t)gs_rep_high(rep);
    size_t samples = (size_t)gs_rep_samples(rep), row_bytes = (size_t)gs_rep_row_bytes(rep);
    unsigned long format = gs_rep_format(rep);
    size_t alpha_at = (format & ALPHA_FIRST) != 0 ? 0 : samples - 1;
    uint8_t *bytes = gs_rep_data(rep);

    for (size_t y = 0; y < high; y++)
        for (size_t x = 0; x < wide; x++) {
            uint8_t *p = bytes + y * row_bytes + x * samples;
            unsigned alpha = p[alpha_at];
            unsigned grey = (format & ALPHA_NOT_MULTIPLIED) != 0 ? level : level * alpha / 255;

            for (size_t i = 0; i < samples; i++)
                if (i != alpha_at)
                    p[i] = (uint8_t)grey;
        }
}

/* +1; nil if nothing in it can be tinted. */
static id tinted_copy(id image, enum colour colour)
{
    id reps = gs_image_reps(image), copy;
    unsigned long n = gs_array_count(reps), made = 0;

    copy = gs_image_init(gs_alloc(shim_class(CLS_NSImage)), gs_image_size(image));
    for (unsigned long i = 0; i < n; i++) {
        id rep = gs_array_at(reps, i);

        if (!can_tint(rep))
            continue;
        rep = gs_copy(rep);
        tint_bitmap(rep, grey_level(colour));
        gs_image_add_rep(copy, rep);
        gs_release(rep);
        made++;
    }
    if (made > 0)
        return copy;
    gs_release(copy);
    return nil;
}

id image_for(id image, enum colour colour)
{
    id tints = image == nil ? nil : gs_dict_get(shim()->templates, gs_key(image));
    id key, tint;

    if (tints == nil)
        return image;
    key = gs_number((int)colour);
    tint = gs_dict_get(tints, key);
    if (tint != nil)
        return tint;
    tint = tinted_copy(image, colour);
    if (tint == nil)
        return image;
    gs_dict_set(tints, tint, key);
    gs_release(tint);
    return tint;
}

void image_draw(id image, NSPoint at, bool flipped, double fraction)
{
    if (flipped)
        at.y += gs_image_size(image).height;
    gs_image_draw(image, at, SOURCE_OVER, fraction);
}

static void set_template(id self, SEL cmd, BOOL on)
{
    id all = shim()->templates, key = gs_key(self);

    shim_main_thread(cmd);
    if (!on)
        gs_dict_remove(all, key);
    else if (gs_dict_get(all, key) == nil)
        gs_dict_set(all, gs_dict(), key);
}

static BOOL is_template(id self, SEL cmd)
{
    (void)cmd;
    return gs_dict_get(shim()->templates, gs_key(self)) != nil;
}

/* Else the next image at this address would be taken for a template. */
static void dealloc(id self, SEL cmd)
{
    if (gs_is_main_thread())
        gs_dict_remove(shim()->templates, gs_key(self));
    ((void (*)(id, SEL))shim()->old_image_dealloc)(self, cmd);
}

void image_install(void)
{
    struct shim *s = shim();

    s->templates = gs_new(shim_class(CLS_NSMutableDictionary));
    replace_method("NSImage", "setTemplate:", (IMP)set_template, "v@:" OBJC_BOOL);
    replace_method("NSImage", "isTemplate", (IMP)is_template, OBJC_BOOL "@:");
    s->old_image_dealloc = replace_method("NSImage", "dealloc", (IMP)dealloc, "v@:");
}
