/* about.c - see about.h. */
#include "app/cocoa/about.h"
#include "app/cocoa/cocoa.h"
#include "app/cocoa/controls.h"
#include "app/cocoa/icons.h"
#include "app/cocoa/platform.h"
#include "core/base/mem.h"
#include "core/words/words.h"
#include <cjson/cJSON.h>
#include <sodium.h>

#define WIDTH 460.0
#define PICTURE 64.0

struct about {
    struct window *window;
    struct arena texts; /* of the fields */
};

static void fill(void *ctx)
{
    struct about *a = ctx;
    struct form f;
    id image = icons_app();

    arena_release(&a->texts);
    form_begin(&f, a->window, WIDTH);
    form_picture(&f, image, (NSSize){PICTURE, PICTURE});
    form_text(&f, FORM_TITLE, "Container Kit");
    form_text(&f, FORM_QUIET, word_say(&a->texts, WORD_ABOUT_VERSION, CK_VERSION, NULL));
    form_text(&f, FORM_PLAIN, word(WORD_ABOUT_LINE));
    form_text(&f, FORM_SMALL, word(WORD_ABOUT_RIGHTS));
    form_text(&f, FORM_SMALL,
              word_say(&a->texts, WORD_ABOUT_WITH, cJSON_Version(), sodium_version_string()));
    form_text(&f, FORM_SMALL, word_say(&a->texts, WORD_ABOUT_SYSTEM, platform_libraries(), NULL));
    window_fit(a->window, form_end(&f));
    ns_release(image);
}

struct about *about_new(struct windows *windows)
{
    struct about *a = mem_new(sizeof *a);
    struct window_config config = {
        .name = WORD_ABOUT, .frame_name = "about", .fill = fill, .ctx = a};

    a->window = window_new(windows, &config);
    return a;
}

void about_show(struct about *a)
{
    window_show(a->window);
}

void about_free(struct about *a)
{
    if (a == NULL)
        return;
    window_free(a->window);
    arena_release(&a->texts);
    mem_free(a);
}
