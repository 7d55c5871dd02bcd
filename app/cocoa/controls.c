/* controls.c - see controls.h. Heights are those of a Mac's regular and small controls. A text's
 * lines are counted word by word with the width of its font: neither system can be asked for a
 * height in a way that the other one has. */
#include "app/cocoa/controls.h"
#include "app/cocoa/cocoa.h"
#include "app/cocoa/target.h"
#include "core/base/text.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

#define MARGIN 20.0
#define GAP 8.0        /* between controls */
#define GROUP_GAP 10.0 /* in addition, between groups */
#define CHECK_HEIGHT 20.0
#define FIELD_HEIGHT 24.0
#define BUTTON_HEIGHT 28.0
#define BUTTON_MIN 84.0
#define BUTTON_PADDING 36.0
#define ROW_HEIGHT 26.0
#define ROW_BUTTON_PADDING 22.0
#define LABEL_WIDTH 120.0
#define TEXT_INSET 8.0 /* what a text field keeps free at its sides, and a little more */
#define TITLE_SIZE 18.0
#define ENTER_KEY "\x03" /* of the number pad: NSEnterCharacter */
#define WORD_MAX 512     /* bytes of a word that are measured */

enum {
    KEY_DOWN = 10,  /* NSEventTypeKeyDown; others have no characters */
    SWITCH = 3,     /* NSButtonTypeSwitch */
    PUSH = 1,       /* NSBezelStylePush */
    STATE_ON = 1,   /* NSControlStateValueOn */
    CUT_AT_END = 4, /* NSLineBreakByTruncatingTail */
    LINE_BORDER = 1 /* NSLineBorder */
};

/* ---- texts ---- */

static id font_of(enum form_style style)
{
    switch (style) {
    case FORM_SMALL:
        return ns_font_system(ns_font_small_size());
    case FORM_BOLD:
        return ns_font_bold(0);
    case FORM_TITLE:
        return ns_font_bold(TITLE_SIZE);
    case FORM_PLAIN:
    case FORM_QUIET:
    case FORM_CHOSEN:
        break;
    }
    return ns_font_system(0);
}

/* A font as what texts are measured with. */
static id measure_of(id font)
{
    return ns_dictionary_of(font, NSFontAttributeName);
}

static NSSize size_of(const char *text, id measure)
{
    return ns_string_size(cocoa_string(text), measure);
}

static double line_of(id measure)
{
    return ceil(size_of("Ag", measure).height) + 2;
}

/* How many lines one paragraph of `len` bytes takes: what is not broken is put into lines as AppKit
 * does. */
static size_t lines_of(const char *text, size_t len, id measure, double width)
{
    double space = size_of(" ", measure).width, used = 0, gap = 0;
    size_t lines = 1, at = 0;

    while (at < len) {
        size_t word = text_unbroken(text + at, len - at);
        char copy[WORD_MAX];
        double w;

        snprintf(copy, sizeof copy, "%.*s", (int)word, text + at);
        w = size_of(copy, measure).width;
        if (used > 0 && used + gap + w > width) {
            lines++;
            used = 0;
        }
        used += (used > 0 ? gap : 0) + w;
        if (used > width) { /* one word that is longer than a line */
            size_t full = (size_t)(used / width);

            lines += full;
            used -= (double)full * width;
        }
        at += word;
        gap = at < len && text[at] == ' ' ? space : 0;
        at += gap > 0;
    }
    return lines;
}

static double height_of(const char *text, id font, double width)
{
    id measure = measure_of(font);
    size_t lines = 0;

    for (;;) {
        size_t len = strcspn(text, "\n");

        lines += lines_of(text, len, measure, width - TEXT_INSET);
        if (text[len] == '\0')
            return (double)lines * (line_of(measure) - 2) + 2;
        text += len + 1;
    }
}

/* Text stands at the left: the number for "centre" is not the same on all processors. */
static id make_label(struct form *f, enum form_style style, const char *text, NSRect frame)
{
    id field = ns_view_init(ns_text_field_alloc(), frame);

    ns_text_field_set_editable(field, NO);
    ns_text_field_set_selectable(field, NO); /* else it takes the keys that close the window */
    ns_text_field_set_bezeled(field, NO);
    ns_text_field_set_draws_background(field, style == FORM_CHOSEN ? YES : NO);
    if (style == FORM_CHOSEN)
        ns_text_field_set_background(field, ns_color_chosen());
    ns_control_set_font(field, font_of(style));
    if ((style == FORM_QUIET || style == FORM_SMALL) && can_ns_color_secondary_label())
        ns_text_field_set_color(field, ns_color_secondary_label());
    ns_control_set_text(field, cocoa_string(text));
    ns_view_add(f->view, field);
    ns_release(field);
    return field;
}

id form_text(struct form *f, enum form_style style, const char *text)
{
    double width = f->width - f->left - MARGIN;
    NSRect frame = {{f->left, f->y}, {width, height_of(text, font_of(style), width)}};

    f->y += frame.size.height + GAP;
    return make_label(f, style, text, frame);
}

/* ---- the pencil ---- */

static void empty(id view)
{
    id last;

    while ((last = ns_array_last(ns_view_subviews(view))) != nil)
        ns_view_remove(last);
}

void form_begin(struct form *f, struct window *w, double width)
{
    *f = (struct form){.view = window_view(w),
                       .target = window_target(w),
                       .left = MARGIN,
                       .width = width,
                       .y = MARGIN,
                       .label = LABEL_WIDTH};
    empty(f->view);
}

void form_begin_list(struct form *f, const struct window *w, id list, double width)
{
    /* the margin that form_row() keeps at the right */
    *f = (struct form){.view = list,
                       .target = window_target(w),
                       .left = GAP,
                       .width = width,
                       .label = LABEL_WIDTH};
    empty(list);
}

void form_gap(struct form *f)
{
    f->y += GROUP_GAP;
}

NSSize form_end(struct form *f)
{
    NSSize size = {f->width, f->y - GAP + MARGIN};

    ns_view_set_frame_size(f->view, size);
    return size;
}

void form_picture(struct form *f, id image, NSSize size)
{
    NSRect frame = {{f->left, f->y}, size};
    id holder = ns_view_init(ns_image_view_alloc(), frame);

    ns_image_view_set(holder, image);
    ns_view_add(f->view, holder);
    ns_release(holder);
    f->left += size.width + MARGIN;
}

/* ---- buttons ---- */

static id add_control(struct form *f, id control, long number)
{
    ns_control_set_tag(control, number);
    ns_control_set_target(control, f->target);
    ns_control_set_action(control, cocoa_sel[SEL_use]);
    ns_view_add(f->view, control);
    ns_release(control);
    return control;
}

static id make_button(struct form *f, const struct form_button *b, NSRect frame, id font)
{
    id button = ns_view_init(ns_button_alloc(), frame);

    ns_button_set_title(button, cocoa_string(b->title));
    ns_button_set_bezel(button, PUSH);
    ns_control_set_font(button, font);
    return add_control(f, button, b->number);
}

/* A button of a dialog's last row, which ends at *right. */
static id dialog_button(struct form *f, const struct form_button *b, double *right)
{
    id font = font_of(FORM_PLAIN);
    double text = ceil(size_of(b->title, measure_of(font)).width);
    double w = text + BUTTON_PADDING > BUTTON_MIN ? text + BUTTON_PADDING : BUTTON_MIN;
    NSRect frame = {{*right - w, f->y}, {w, BUTTON_HEIGHT}};

    *right -= w + GAP;
    return make_button(f, b, frame, font);
}

id form_buttons(struct form *f, const struct form_button *buttons, size_t count)
{
    double right = f->width - MARGIN;
    id first = nil;

    f->y += GROUP_GAP;
    for (size_t i = 0; i < count; i++) {
        id button = dialog_button(f, &buttons[i], &right);

        if (i > 0)
            continue;
        first = button;
        ns_button_set_key(first, cocoa_string("\r"));
    }
    f->y += BUTTON_HEIGHT + GAP;
    return first;
}

void form_question(struct form *f, const struct form_button *keep, const struct form_button *lose)
{
    double right = f->width - MARGIN;
    id button;

    f->y += GROUP_GAP;
    button = dialog_button(f, keep, &right);
    ns_button_set_key(button, cocoa_string("\r"));
    form_focus(button); /* else a space would press the other one */
    button = dialog_button(f, lose, &right);
    if (can_ns_button_set_destructive(button))
        ns_button_set_destructive(button, YES);
    f->y += BUTTON_HEIGHT + GAP;
}

/* At the right end of a line; returns where they begin. */
static double row_buttons(struct form *f, const struct form_button *buttons, size_t count)
{
    double right = f->width - GAP;

    for (size_t i = count; i-- > 0;) {
        id font = font_of(FORM_SMALL);
        double w = ceil(size_of(buttons[i].title, measure_of(font)).width) + ROW_BUTTON_PADDING;
        NSRect frame = {{right - w, f->y + 1}, {w, ROW_HEIGHT - 2}};

        make_button(f, &buttons[i], frame, font);
        right -= w + GAP / 2;
    }
    return right;
}

id form_cells(struct form *f, enum form_style style, const struct form_cell *cells, size_t count,
              const struct form_button *buttons, size_t button_count)
{
    double right = row_buttons(f, buttons, button_count), left = f->left;
    double line = line_of(measure_of(font_of(style)));
    id label = nil;

    for (size_t i = 0; i < count; i++) {
        double width = i + 1 < count ? cells[i].width - GAP : right - left;
        NSRect frame = {{left, f->y + floor((ROW_HEIGHT - line) / 2)}, {width, line}};

        label = make_label(f, style, cells[i].text, frame);
        ns_cell_set_break(ns_control_cell(label), CUT_AT_END);
        left += cells[i].width;
    }
    f->y += ROW_HEIGHT;
    return label;
}

id form_row(struct form *f, enum form_style style, const char *text,
            const struct form_button *buttons, size_t count)
{
    return form_cells(f, style, &(struct form_cell){text, 0}, 1, buttons, count);
}

id form_check(struct form *f, long number, const char *title, bool on)
{
    NSRect frame = {{f->left, f->y}, {f->width - f->left - MARGIN, CHECK_HEIGHT}};
    id check = ns_view_init(ns_button_alloc(), frame);

    ns_button_set_type(check, SWITCH);
    ns_button_set_title(check, cocoa_string(title));
    ns_control_set_font(check, font_of(FORM_PLAIN));
    ns_button_set_state(check, on ? STATE_ON : 0);
    f->y += CHECK_HEIGHT + GAP;
    return add_control(f, check, number);
}

bool form_check_on(id check)
{
    return ns_button_state(check) == STATE_ON;
}

/* ---- fields ---- */

/* The label before a control, and the frame of that control. */
static NSRect labelled(struct form *f, const char *label)
{
    double line = line_of(measure_of(font_of(FORM_PLAIN)));
    NSRect at = {{f->left, f->y + floor((FIELD_HEIGHT - line) / 2)}, {f->label, line}};
    NSRect rest = {{f->left + f->label + GAP, f->y},
                   {f->width - f->left - f->label - GAP - MARGIN, FIELD_HEIGHT}};

    make_label(f, FORM_PLAIN, label, at);
    f->y += FIELD_HEIGHT + GAP;
    return rest;
}

id form_field(struct form *f, long number, const char *label, const char *value, bool secret)
{
    NSRect frame = labelled(f, label);
    id field = ns_view_init(secret ? ns_secret_field_alloc() : ns_text_field_alloc(), frame);

    ns_control_set_font(field, font_of(FORM_PLAIN));
    ns_control_set_text(field, cocoa_string(value));
    ns_text_field_set_delegate(field, f->target); /* for Escape (window.c) */
    return add_control(f, field, number);
}

/* NSUTF8StringEncoding. The copy is made here, because UTF8String would leave another one behind.
 */
enum rc form_field_take(id field, struct secret **out, struct fault *why)
{
    enum { UTF8 = 4 };
    char bytes[SECRET_MAX + 1];
    enum rc rc;

    *out = NULL;
    if (ns_string_copy_utf8(ns_control_text(field), bytes, sizeof bytes, UTF8) == NO)
        rc = fault_set(why, RC_TOO_BIG, "A password has at most %zu bytes.", SECRET_MAX);
    else
        rc = secret_new(bytes, strlen(bytes), out, why);
    secret_wipe(bytes, sizeof bytes);
    form_field_clear(field);
    return rc;
}

void form_field_clear(id field)
{
    ns_control_set_text(field, cocoa_string(""));
}

void form_focus(id field)
{
    id window = ns_view_window(field);

    if (window != nil)
        (void)ns_window_make_first(window, field);
}

bool form_field_done(void)
{
    id event = ns_app_current_event(NSApp);
    const char *key;

    if (ns_event_type(event) != KEY_DOWN)
        return false;
    key = cocoa_utf8(ns_event_characters(event));
    return strcmp(key, "\r") == 0 || strcmp(key, ENTER_KEY) == 0;
}

const char *form_field_text(id field)
{
    return cocoa_utf8(ns_control_text(field));
}

id form_choice(struct form *f, long number, const char *label, const char *const *titles,
               size_t count, size_t chosen)
{
    NSRect frame = labelled(f, label);
    id choice = ns_popup_init(ns_popup_alloc(), frame, NO);

    for (size_t i = 0; i < count; i++)
        ns_popup_add(choice, cocoa_string(titles[i]));
    ns_popup_select(choice, (long)chosen);
    return add_control(f, choice, number);
}

size_t form_choice_made(id choice)
{
    long at = ns_popup_selected(choice);

    return at < 0 ? 0 : (size_t)at;
}

/* ---- lists ---- */

id form_list(struct form *f, double height)
{
    NSRect frame = {{f->left, f->y}, {f->width - f->left - MARGIN, height}};
    id scroll = ns_view_init(ns_scroll_alloc(), frame);
    id list = ns_view_init(target_alloc(window_view_class()), frame);

    ns_scroll_set_vertical(scroll, YES);
    ns_scroll_set_border(scroll, LINE_BORDER);
    ns_scroll_set_document(scroll, list);
    ns_release(list);
    ns_view_add(f->view, scroll);
    ns_release(scroll);
    f->y += height + GAP;
    return list;
}

void form_reveal(id list, double from, double to)
{
    NSRect part = {{0, from}, {1, to - from}};

    (void)ns_view_reveal(list, part);
}
