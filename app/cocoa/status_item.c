/* status_item.c - see status_item.h. */
#include "app/cocoa/status_item.h"
#include "app/cocoa/cocoa.h"
#include <string.h>

#define LENGTH_VARIABLE (-1.0) /* NSVariableStatusItemLength */
#define WEIGHT_REGULAR 0.0     /* NSFontWeightRegular */

enum {
    IMAGE_ONLY = 1, /* NSImageOnly */
    IMAGE_LEFT = 2  /* NSImageLeft */
};

struct status_item {
    const struct icons *icons;
    id item, button; /* item: retained, else the picture vanishes; button: the item's */
    int icon;        /* enum menu_icon shown */
    char *title, *tip;
};

/* The count changes its digits, not its width. */
static void set_digits_font(id button)
{
    if (can_ns_font_mono_digits())
        ns_control_set_font(button,
                            ns_font_mono_digits(ns_font_size(ns_font_menu_bar(0)), WEIGHT_REGULAR));
}

static void set_icon(struct status_item *s, enum menu_icon icon)
{
    s->icon = icon;
    ns_button_set_image(s->button, s->icons->status[icon]);
}

struct status_item *status_item_new(const struct icons *icons, id menu)
{
    struct status_item *s = mem_new(sizeof *s);

    s->icons = icons;
    s->item = ns_retain(ns_status_bar_item(ns_status_bar_system(), LENGTH_VARIABLE));
    ns_status_item_set_autosave_name(s->item, cocoa_string("container-kit"));
    ns_status_item_set_visible(s->item, YES); /* also when it was dragged out once */
    s->button = ns_status_item_button(s->item);
    s->title = mem_str("");
    s->tip = mem_str("");
    set_digits_font(s->button);
    ns_button_set_image_position(s->button, IMAGE_ONLY);
    set_icon(s, MENU_ICON_BUSY);
    ns_status_item_set_menu(s->item, menu);
    return s;
}

/* True if *kept was another text; then it is a copy of `text`. */
static bool keep(char **kept, const char *text)
{
    if (strcmp(*kept, text) == 0)
        return false;
    mem_free(*kept);
    *kept = mem_str(text);
    return true;
}

void status_item_show(struct status_item *s, const struct menu *m)
{
    if (s->icon != (int)m->icon)
        set_icon(s, m->icon);
    if (keep(&s->title, m->status_title)) {
        ns_button_set_title(s->button, cocoa_string(s->title));
        ns_button_set_image_position(s->button, s->title[0] == '\0' ? IMAGE_ONLY : IMAGE_LEFT);
    }
    if (keep(&s->tip, m->status_tip)) {
        ns_view_set_tip(s->button, cocoa_string(s->tip));
        if (can_ns_view_set_accessibility_label(s->button))
            ns_view_set_accessibility_label(s->button, cocoa_string(s->tip));
    }
}

id status_item_button(const struct status_item *s)
{
    return s->button;
}

void status_item_open(struct status_item *s)
{
    ns_control_click(s->button, nil);
}

void status_item_free(struct status_item *s)
{
    if (s == NULL)
        return;
    mem_free(s->title);
    mem_free(s->tip);
    mem_free(s);
}
