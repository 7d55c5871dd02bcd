/* about.c - see about.h. Laid out with frames: GNUstep has no Auto Layout. The window is of a class
 * of our own, so that Escape closes it, and Command-W also where there is no main menu. */
#include "app/cocoa/about.h"
#include "app/cocoa/cocoa.h"
#include "app/cocoa/icons.h"
#include "app/cocoa/target.h"
#include "core/base/mem.h"
#include <cjson/cJSON.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

#define WIDTH 460.0
#define HEIGHT 176.0
#define MARGIN 20.0
#define PICTURE 64.0
#define TEXT_LEFT (MARGIN + PICTURE + MARGIN)
#define COMMAND_KEY (1UL << 20) /* NSEventModifierFlagCommand */

enum {
    TITLED = 1,              /* NSWindowStyleMaskTitled */
    CLOSABLE = 2,            /* NSWindowStyleMaskClosable */
    BUFFERED = 2,            /* NSBackingStoreBuffered */
    MOVE_TO_ACTIVE_SPACE = 2 /* NSWindowCollectionBehaviorMoveToActiveSpace */
};

struct about {
    id window; /* retained; nil until it is shown first */
};

static void on_key_down(id self, SEL cmd, id event)
{
    const char *key = cocoa_utf8(ns_event_characters(event));
    bool command = (ns_event_modifiers(event) & COMMAND_KEY) != 0;

    (void)cmd;
    if (strcmp(key, "\033") == 0 || (command && strcmp(key, "w") == 0))
        ns_window_close_click(self, self);
}

/* One block of text beside the picture, its lower edge at y. Text stands at the left: the number
 * for "centre" is not the same on all processors. */
static void add_text(id view, double y, double height, id font, bool quiet, const char *text)
{
    NSRect frame = {{TEXT_LEFT, y}, {WIDTH - TEXT_LEFT - MARGIN, height}};
    id field = ns_view_init(ns_text_field_alloc(), frame);

    ns_text_field_set_editable(field, NO);
    ns_text_field_set_selectable(field, NO); /* else it takes the keys that close the window */
    ns_text_field_set_bezeled(field, NO);
    ns_text_field_set_draws_background(field, NO);
    ns_control_set_font(field, font);
    if (quiet && can_ns_color_secondary_label())
        ns_text_field_set_color(field, ns_color_secondary_label());
    ns_control_set_text(field, cocoa_string(text));
    ns_view_add(view, field);
    ns_release(field);
}

static void add_picture(id view)
{
    NSRect frame = {{MARGIN, HEIGHT - MARGIN - PICTURE}, {PICTURE, PICTURE}};
    id image = icons_app();
    id holder = ns_view_init(ns_image_view_alloc(), frame);

    ns_image_view_set(holder, image);
    ns_view_add(view, holder);
    ns_release(holder);
    ns_release(image);
}

static void fill(id view)
{
    char credits[512];

    snprintf(credits, sizeof credits,
             "Copyright \302\251 2026 Ethercorps. MIT licence.\n"
             "With cJSON %s, \302\251 Dave Gamble and contributors, MIT licence,\n"
             "and libsodium %s, \302\251 Frank Denis, ISC licence.",
             cJSON_Version(), sodium_version_string());
    add_picture(view);
    add_text(view, 130, 26, ns_font_bold(18), false, "Container Kit");
    add_text(view, 108, 20, ns_font_system(0), true, "Version " CK_VERSION);
    add_text(view, 80, 20, ns_font_system(0), false, "Your containers, one click away.");
    add_text(view, MARGIN, 52, ns_font_system(ns_font_small_size()), true, credits);
}

static id make_window(void)
{
    static const struct target_method methods[] = {{SEL_key_down, (IMP)on_key_down, "v@:@"}};
    Class c = target_class("CKWindow", cocoa_class[CLS_NSWindow], methods, countof(methods));
    NSRect content = {{0, 0}, {WIDTH, HEIGHT}};
    id window = ns_window_init(target_alloc(c), content, TITLED | CLOSABLE, BUFFERED, NO);

    ns_window_set_released_when_closed(window, NO);
    ns_window_set_title(window, cocoa_string("About Container Kit"));
    if (can_ns_window_set_collection(window))
        ns_window_set_collection(window, MOVE_TO_ACTIVE_SPACE);
    fill(ns_window_content(window));
    ns_window_center(window);
    ns_window_set_frame_name(window, cocoa_string("about"));
    return window;
}

struct about *about_new(void)
{
    return mem_new(sizeof(struct about));
}

void about_show(struct about *a)
{
    if (a->window == nil)
        a->window = make_window();
    ns_app_activate(NSApp, YES);
    ns_window_show(a->window, nil);
    ns_window_order_front(a->window);
    ns_window_display(a->window); /* GNUstep draws at the next event, which may not come */
}

void about_free(struct about *a)
{
    if (a == NULL)
        return;
    ns_release(a->window);
    mem_free(a);
}
