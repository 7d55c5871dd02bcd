/* status_row.c - see status_row.h. */
#include "app/cocoa/status_row.h"
#include "app/cocoa/cocoa.h"
#include "core/menu/menu_words.h"
#include <ctype.h>
#include <string.h>

#define OPTION_KEY (1UL << 19)  /* NSEventModifierFlagOption */
#define COMMAND_KEY (1UL << 20) /* NSEventModifierFlagCommand */
#define IMAGE_VISIBLE 1L        /* NSMenuItemImageVisibilityVisible */

static bool same_text(id string, const char *utf8)
{
    return strcmp(cocoa_utf8(string), utf8) == 0;
}

static id grey(void)
{
    return can_ns_color_secondary_label() ? ns_color_secondary_label() : ns_color_gray();
}

/* A section's name: small, bold and grey, so that rows below it stand out. */
static void set_header_title(id item, const char *title)
{
    id attributes = ns_dictionary_new();
    id text;

    ns_dictionary_set(attributes, ns_font_bold(ns_font_small_size()), NSFontAttributeName);
    ns_dictionary_set(attributes, grey(), NSForegroundColorAttributeName);
    text = ns_attributed_init(ns_attributed_alloc(), cocoa_string(title), attributes);
    ns_item_set_attributed_title(item, text);
    ns_release(text);
    ns_release(attributes);
}

static void set_title(id item, const struct menu_item *it)
{
    if (same_text(ns_item_title(item), it->title))
        return;
    ns_item_set_title(item, cocoa_string(it->title));
    if (it->kind == MENU_HEADER)
        set_header_title(item, it->title);
    if (can_ns_item_set_accessibility_label(item)) {
        /* the shape in front of a name says nothing to a screen reader */
        const char *mark = menu_mark_text(it->mark);
        size_t skip = strncmp(it->title, mark, strlen(mark)) == 0 ? strlen(mark) : 0;

        skip += skip > 0 && it->title[skip] == ' ';
        ns_item_set_accessibility_label(item, cocoa_string(it->title + skip));
    }
}

static void put_image(id item, id image)
{
    ns_item_set_image(item, image);
    if (can_ns_item_set_image_visibility(item)) /* macOS 27 hides images unless told otherwise */
        ns_item_set_image_visibility(item, IMAGE_VISIBLE);
}

static void set_image(const struct status_row_look *look, id item, enum menu_mark mark)
{
    const char *spoken = menu_mark_spoken(mark);
    id image = look->icons->mark[mark];

    if (ns_item_image(item) == image)
        return;
    put_image(item, image);
    if (can_ns_item_set_accessibility_value(item)) /* what a graph said goes with it */
        ns_item_set_accessibility_value(item, spoken != NULL ? cocoa_string(spoken) : nil);
}

/* Only called when something in the row has changed: it is drawn anew. */
static void set_graph(id item, const struct menu_graph *g)
{
    id image = icons_graph(g);

    put_image(item, image);
    ns_release(image); /* the item has it */
    if (can_ns_item_set_accessibility_label(item))
        ns_item_set_accessibility_label(item, cocoa_string(g->label));
    if (can_ns_item_set_accessibility_value(item))
        ns_item_set_accessibility_value(item, cocoa_string(g->value));
}

static void set_tip(id item, const char *tip)
{
    if (!same_text(ns_item_tip(item), tip == NULL ? "" : tip))
        ns_item_set_tip(item, tip == NULL ? nil : cocoa_string(tip));
}

/* A key equivalent in upper case would mean Shift as well. */
static void set_shortcut(id item, const char *shortcut)
{
    char key[] = {(char)tolower((unsigned char)shortcut[0]), '\0'};

    if (same_text(ns_item_key(item), key))
        return;
    ns_item_set_key(item, cocoa_string(key));
    ns_item_set_key_modifiers(item, COMMAND_KEY);
}

/* AppKit shows it in place of the item before it while these keys, of which that one has others,
 * are held; neither needs a key equivalent for that. */
static void set_alternate(id item, bool alternate)
{
    if ((ns_item_is_alternate(item) == YES) == alternate)
        return;
    ns_item_set_key_modifiers(item, alternate ? OPTION_KEY : COMMAND_KEY);
    ns_item_set_alternate(item, alternate ? YES : NO);
}

static void set_action(const struct status_row_look *look, id item, const struct menu_item *it)
{
    SEL now = ns_item_action(item);

    if (it->command == MENU_NOTHING || it->child_count > 0)
        return; /* a submenu's item has an action of AppKit's own */
    if (now != (SEL)0 && sel_isEqual(now, cocoa_sel[SEL_pick]))
        return;
    ns_item_set_target(item, look->target);
    ns_item_set_action(item, cocoa_sel[SEL_pick]);
}

void status_row_update(const struct status_row_look *look, id item, const struct menu_item *it)
{
    BOOL enabled = it->kind == MENU_ROW && it->enabled && !it->gone ? YES : NO;

    if (it->kind == MENU_SEPARATOR)
        return;
    set_title(item, it);
    if (it->graph != NULL)
        set_graph(item, it->graph);
    else
        set_image(look, item, it->mark);
    set_tip(item, it->tip);
    set_shortcut(item, it->shortcut);
    set_alternate(item, it->alternate);
    set_action(look, item, it);
    if (ns_item_is_enabled(item) != enabled)
        ns_item_set_enabled(item, enabled);
}

static bool special(enum menu_kind kind)
{
    return kind == MENU_SEPARATOR || kind == MENU_HEADER;
}

bool status_row_fits(enum menu_kind a, enum menu_kind b)
{
    return a == b || (!special(a) && !special(b));
}

id status_row_new(const struct status_row_look *look, const struct menu_item *it)
{
    id item;

    if (it->kind == MENU_SEPARATOR)
        return ns_retain(ns_item_separator());
    item = ns_item_init(ns_item_alloc(), cocoa_string(""), (SEL)0, cocoa_string(""));
    status_row_update(look, item, it);
    return item;
}
