/* text_view.c - see text_view.h: an NSTextView in an NSScrollView, both of classes of our own. The
 * scroll view's tells when it was scrolled, for which there is no other message that both systems
 * have; the text's tells when the mouse is held down in it and what is copied, and hands the window
 * the keys that a text that is not written in has no use for. */
#include "app/cocoa/text_view.h"
#include "app/cocoa/cocoa.h"
#include "app/cocoa/platform.h"
#include "app/cocoa/target.h"
#include "core/base/mem.h"
#include <string.h>

#define FONT_SIZE 11.0
#define HUGE_SIZE 1e7 /* "as large as it has to be" to a text container */
#define NEAR_END 4.0  /* rounding, and the space below the last line */

enum {
    LINE_BORDER = 1,      /* NSLineBorder */
    WIDTH_SIZABLE = 2,    /* NSViewWidthSizable */
    HEIGHT_SIZABLE = 16,  /* NSViewHeightSizable */
    COMMAND_KEY = 1 << 20 /* NSEventModifierFlagCommand */
};
#define WEIGHT_REGULAR 0.0 /* NSFontWeightRegular */
#define WEIGHT_BOLD 0.4    /* NSFontWeightBold */

struct text_view {
    id scroll, text; /* both retained */
    id attributes;   /* of plain text: font and colour */
    id bold;         /* nil: it has no other font */
    id colours[PALETTE_COUNT];
    void (*moved)(void *ctx);
    void (*copy)(void *ctx);
    void *ctx;
    bool busy;  /* what is moved now, we move */
    bool held;  /* AppKit follows the mouse */
    double top; /* where it was last: layout tells of a scroll too, and moves nothing */
};

/* True if it is another one than before. */
static bool note_place(struct text_view *t)
{
    double before = t->top;

    t->top = platform_scroll(t->scroll).top;
    return t->top < before || t->top > before;
}

static void settle(struct text_view *t)
{
    (void)note_place(t);
    t->busy = false;
}

/* ---- what AppKit calls ---- */

static void on_scrolled(id self, SEL cmd, id clip)
{
    struct text_view *t = target_owner(self);
    id pool = cocoa_pool_push();

    ((void (*)(id, SEL, id))target_inherited(cocoa_class[CLS_NSScrollView], SEL_reflect_scrolled))(
        self, cmd, clip);
    if (t != NULL && !t->busy && note_place(t) && t->moved != NULL)
        t->moved(t->ctx);
    cocoa_pool_pop(pool);
}

/* Escape closes the window, and so does Command-W. */
static void on_key_down(id self, SEL cmd, id event)
{
    const char *key = cocoa_utf8(ns_event_characters(event));
    id window = ns_view_window(self);

    if (strcmp(key, "\033") == 0 || (ns_event_modifiers(event) & COMMAND_KEY) != 0)
        ns_key_down(window, event);
    else
        ((void (*)(id, SEL, id))target_inherited(cocoa_class[CLS_NSTextView], SEL_key_down))(
            self, cmd, event);
}

static void on_copy(id self, SEL cmd, id sender)
{
    const struct text_view *t = target_owner(self);

    if (t != NULL && t->copy != NULL && text_view_selection(t).length > 0)
        t->copy(t->ctx);
    else
        ((void (*)(id, SEL, id))target_inherited(cocoa_class[CLS_NSTextView], SEL_copy))(self, cmd,
                                                                                         sender);
}

/* Returns when the button is let go; until then AppKit remembers places in the text. The view may
 * have been freed meanwhile. */
static void on_mouse_down(id self, SEL cmd, id event)
{
    struct text_view *t = target_owner(ns_retain(self));

    if (t != NULL)
        t->held = true;
    ((void (*)(id, SEL, id))target_inherited(cocoa_class[CLS_NSTextView], SEL_mouse_down))(
        self, cmd, event);
    t = target_owner(self);
    if (t != NULL)
        t->held = false;
    ns_release(self);
}

/* ---- its life ---- */

static id make_scroll(struct text_view *t, const struct text_view_config *config)
{
    static const struct target_method methods[] = {
        {SEL_reflect_scrolled, (IMP)on_scrolled, "v@:@"}};
    Class c =
        target_class("CKScrollView", cocoa_class[CLS_NSScrollView], methods, countof(methods));
    id scroll = ns_view_init(target_alloc(c), config->frame);

    target_own(scroll, t);
    ns_scroll_set_vertical(scroll, YES);
    ns_scroll_set_border(scroll, LINE_BORDER);
    ns_view_set_autoresizing(scroll, WIDTH_SIZABLE | HEIGHT_SIZABLE);
    return scroll;
}

/* A layout manager that was asked for is the older, exact kind: the newer one guesses the height of
 * what is not seen, and the text jumps when it finds out. */
static id make_text(struct text_view *t, const struct text_view_config *config)
{
    static const struct target_method methods[] = {{SEL_key_down, (IMP)on_key_down, "v@:@"},
                                                   {SEL_copy, (IMP)on_copy, "v@:@"},
                                                   {SEL_mouse_down, (IMP)on_mouse_down, "v@:@"}};
    Class c = target_class("CKTextView", cocoa_class[CLS_NSTextView], methods, countof(methods));
    NSRect inside = {{0, 0}, config->frame.size};
    id text = ns_view_init(target_alloc(c), inside);

    target_own(text, t);
    (void)ns_text_layout(text);
    ns_text_set_editable(text, NO);
    ns_text_set_rich(text, NO);
    ns_text_set_grows_down(text, YES);
    ns_text_set_max(text, (NSSize){HUGE_SIZE, HUGE_SIZE});
    if (can_ns_view_set_accessibility_label(text))
        ns_view_set_accessibility_label(text, cocoa_string(config->label));
    return text;
}

static void make_looks(struct text_view *t)
{
    bool mono = can_ns_font_mono();
    id font = mono ? ns_font_mono(FONT_SIZE, WEIGHT_REGULAR) : ns_font_fixed(FONT_SIZE);

    for (int i = 0; i < PALETTE_COUNT; i++) {
        struct palette_pair p = palette_pair((enum palette_colour)i);

        t->colours[i] =
            ns_retain(i == PALETTE_TEXT ? ns_color_text() : platform_colour(p.light, p.dark));
    }
    t->bold = mono ? ns_retain(ns_font_mono(FONT_SIZE, WEIGHT_BOLD)) : nil;
    t->attributes = ns_dictionary_new();
    ns_dictionary_set(t->attributes, font, NSFontAttributeName);
    ns_dictionary_set(t->attributes, t->colours[PALETTE_TEXT], NSForegroundColorAttributeName);
}

struct text_view *text_view_new(const struct text_view_config *config)
{
    struct text_view *t = mem_new(sizeof *t);

    t->moved = config->moved;
    t->copy = config->copy;
    t->ctx = config->ctx;
    t->busy = true;
    make_looks(t);
    t->scroll = make_scroll(t, config);
    t->text = make_text(t, config);
    ns_scroll_set_document(t->scroll, t->text);
    text_view_wrap(t, config->wraps);
    ns_view_add(config->view, t->scroll);
    t->busy = false;
    return t;
}

void text_view_free(struct text_view *t)
{
    if (t == NULL)
        return;
    target_own(t->scroll, NULL);
    target_own(t->text, NULL);
    ns_release(t->scroll);
    ns_release(t->text);
    ns_release(t->attributes);
    ns_release(t->bold);
    for (int i = 0; i < PALETTE_COUNT; i++)
        ns_release(t->colours[i]);
    mem_free(t);
}

/* ---- the text ---- */

/* Each character has one byte that does not continue another; those of four bytes are two units. */
size_t text_units(const char *text, size_t len)
{
    size_t units = 0;

    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)text[i];

        units += (c & 0xc0) != 0x80;
        units += c >= 0xf0;
    }
    return units;
}

size_t text_bytes(const char *text, size_t unit)
{
    size_t units = 0, i = 0;

    while (text[i] != '\0' && units < unit) {
        unsigned char c = (unsigned char)text[i];

        units += 1 + (c >= 0xf0);
        do
            i++;
        while (((unsigned char)text[i] & 0xc0) == 0x80);
    }
    return i;
}

static void paint(const struct text_view *t, id storage, size_t begin, const char *text,
                  const struct text_span *spans, size_t count)
{
    size_t byte = 0, unit = begin;

    for (size_t i = 0; i < count; i++) {
        const struct text_span *s = &spans[i];
        NSRange range;

        unit += text_units(text + byte, s->at - byte);
        byte = s->at;
        range = (NSRange){unit, text_units(text + byte, s->len)};
        ns_rich_add(storage, NSForegroundColorAttributeName, t->colours[s->colour], range);
        if (s->bold && t->bold != nil)
            ns_rich_add(storage, NSFontAttributeName, t->bold, range);
    }
}

static void put(struct text_view *t, NSRange where, const char *text, const struct text_span *spans,
                size_t count)
{
    id storage = ns_text_storage(t->text);
    NSRange whole = {where.location, text_units(text, strlen(text))};

    t->busy = true;
    ns_rich_begin(storage);
    ns_rich_replace(storage, where, cocoa_string(text));
    if (whole.length > 0) /* GNUstep complains of nothing */
        ns_rich_set(storage, t->attributes, whole);
    paint(t, storage, where.location, text, spans, count);
    ns_rich_end(storage);
    settle(t);
}

void text_view_append(struct text_view *t, const char *text, const struct text_span *spans,
                      size_t count)
{
    put(t, (NSRange){text_view_length(t), 0}, text, spans, count);
}

void text_view_set(struct text_view *t, const char *text, const struct text_span *spans,
                   size_t count)
{
    t->busy = true;
    ns_text_set_selection(t->text, (NSRange){0, 0}); /* it must not lie outside, not even for now */
    put(t, (NSRange){0, text_view_length(t)}, text, spans, count);
}

void text_view_cut(struct text_view *t, size_t units)
{
    put(t, (NSRange){0, units}, "", NULL, 0);
}

bool text_view_is_held(const struct text_view *t)
{
    return t->held;
}

size_t text_view_length(const struct text_view *t)
{
    return ns_attributed_length(ns_text_storage(t->text));
}

/* ---- where it is ---- */

static void scroll_to(struct text_view *t, NSRange range)
{
    t->busy = true;
    ns_text_scroll_to(t->text, range);
    settle(t);
}

void text_view_select(struct text_view *t, size_t at, size_t units)
{
    NSRange range = {at, units};

    MUST(at + units <= text_view_length(t));
    ns_text_set_selection(t->text, range);
    scroll_to(t, range);
}

NSRange text_view_selection(const struct text_view *t)
{
    return ns_text_selection(t->text);
}

void text_view_show(struct text_view *t, size_t at)
{
    MUST(at <= text_view_length(t));
    scroll_to(t, (NSRange){at, 0});
}

void text_view_show_end(struct text_view *t)
{
    text_view_show(t, text_view_length(t));
}

bool text_view_is_at_end(const struct text_view *t)
{
    struct platform_scroll s = platform_scroll(t->scroll);

    return s.top + s.height >= s.whole - NEAR_END;
}

bool text_view_is_at_start(const struct text_view *t)
{
    return platform_scroll(t->scroll).top <= NEAR_END;
}

void text_view_wrap(struct text_view *t, bool wraps)
{
    struct platform_scroll s = platform_scroll(t->scroll);
    id container = ns_text_container(t->text);
    NSSize size = {wraps ? s.width : HUGE_SIZE, HUGE_SIZE};

    t->busy = true;
    ns_scroll_set_horizontal(t->scroll, wraps ? NO : YES);
    ns_text_set_grows_right(t->text, wraps ? NO : YES);
    ns_view_set_autoresizing(t->text, wraps ? WIDTH_SIZABLE : 0);
    ns_container_set_tracks(container, wraps ? YES : NO);
    ns_container_set_size(container, size);
    if (wraps)
        ns_view_set_frame_size(t->text, (NSSize){s.width, s.whole});
    settle(t);
}

void text_view_copy(struct text_view *t)
{
    ns_text_copy(t->text, nil);
}

void text_view_focus(struct text_view *t)
{
    (void)ns_window_make_first(ns_view_window(t->text), t->text);
}
