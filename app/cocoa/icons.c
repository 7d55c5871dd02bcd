/* icons.c - see icons.h. icons.inc is made from the SVG files in assets/ by icons.sh. */
#include "app/cocoa/icons.h"
#include "app/cocoa/cocoa.h"
#include "core/menu/menu_graph.h"
#include <stdio.h>
#include <string.h>

struct png {
    const unsigned char *bytes;
    size_t len;
};

struct picture {
    const char *name;
    double points;
    struct png one, two; /* 1x and 2x */
};

#include "icons.inc"

static const char *const mark_words[MENU_MARK_COUNT] = {
    [MENU_MARK_RUNNING] = "running", [MENU_MARK_UNHEALTHY] = "unhealthy",
    [MENU_MARK_BUSY] = "busy",       [MENU_MARK_PAUSED] = "paused",
    [MENU_MARK_CREATED] = "created", [MENU_MARK_STOPPED] = "stopped",
    [MENU_MARK_FAILED] = "failed",   [MENU_MARK_UNKNOWN] = "unknown",
};

static const struct picture *find(const char *kind, const char *word)
{
    char name[32];

    snprintf(name, sizeof name, "%s%s", kind, word);
    for (size_t i = 0; i < countof(pictures); i++)
        if (strcmp(pictures[i].name, name) == 0)
            return &pictures[i];
    return NULL;
}

static void add(id image, const void *bytes, size_t len, NSSize size)
{
    id rep = ns_bitmap_from_data(ns_data_from_bytes(bytes, len));

    MUST(rep != nil);
    ns_rep_set_size(rep, size); /* points: what makes the larger one the 2x picture */
    ns_image_add(image, rep);
}

static id make(const char *kind, const char *word)
{
    const struct picture *p = find(kind, word);
    NSSize size;
    id image;

    MUST(p != NULL);
    size = (NSSize){p->points, p->points};
    image = ns_image_init(ns_image_alloc(), size);
    add(image, p->one.bytes, p->one.len, size);
    add(image, p->two.bytes, p->two.len, size);
    return image;
}

void icons_init(struct icons *icons)
{
    for (int i = 0; i < MENU_ICON_COUNT; i++) {
        icons->status[i] = make("status-", menu_icon_word((enum menu_icon)i));
        ns_image_set_template(icons->status[i], YES);
    }
    icons->mark[MENU_MARK_NONE] = nil;
    for (int i = MENU_MARK_NONE + 1; i < MENU_MARK_COUNT; i++) {
        icons->mark[i] = make("mark-", mark_words[i]);
        if (can_ns_image_set_words(icons->mark[i]))
            ns_image_set_words(icons->mark[i], cocoa_string(mark_words[i]));
    }
}

void icons_release(struct icons *icons)
{
    for (int i = 0; i < MENU_ICON_COUNT; i++)
        ns_release(icons->status[i]);
    for (int i = 0; i < MENU_MARK_COUNT; i++)
        ns_release(icons->mark[i]);
    *icons = (struct icons){0};
}

id icons_graph(const struct menu_graph *g)
{
    const NSSize size = {MENU_GRAPH_WIDE, MENU_GRAPH_HIGH};
    id image = ns_image_init(ns_image_alloc(), size);

    for (unsigned scale = 1; scale <= 2; scale++) {
        struct buf bytes;

        menu_graph_tiff(g, scale, &bytes);
        add(image, bytes.data, bytes.len, size);
        buf_release(&bytes);
    }
    ns_image_set_template(image, YES);
    if (can_ns_image_set_words(image))
        ns_image_set_words(image, cocoa_string(g->label));
    return image;
}

id icons_app(void)
{
    return make("app", "");
}
