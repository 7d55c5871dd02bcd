/* window_trace.c - see window_trace.h. */
#include "app/gnustep/window_trace.h"
#include "app/gnustep/gnustep.h"
#include "app/gnustep/replace.h"
#include "app/gnustep/trace.h"

enum { TITLED = 1 };

/* The text of a button or a field; nil for other views. What is secret stays out of the file. */
static id text_of(id view)
{
    if (gs_is_kind_of(view, gnustep_class[CLS_NSSecureTextField]) != NO)
        return gs_string("(secret)");
    if (gs_is_kind_of(view, gnustep_class[CLS_NSButton]) != NO)
        return gs_button_title(view);
    if (gs_is_kind_of(view, gnustep_class[CLS_NSTextField]) != NO)
        return gs_control_text(view);
    return nil;
}

/* Controls below a view, level by level; deeper than a form is no view of ours. */
static void put_controls(id window, id view, int depth)
{
    id list = gs_view_subviews(view);
    unsigned long count = gs_array_count(list);

    for (unsigned long i = 0; i < count && depth > 0; i++) {
        id one = gs_array_at(list, i), text = text_of(one);
        NSRect r = gs_view_to(one, gs_view_bounds(one), nil);

        r.origin = gs_window_to_screen(window, r.origin);
        if (text != nil)
            trace_control(gs_window_title(window), text, r, gs_control_enabled(one) != NO);
        else
            put_controls(window, one, depth - 1);
    }
}

static void display(id self, SEL cmd)
{
    ((void (*)(id, SEL))shim()->old_window_display)(self, cmd);
    if ((gs_window_style(self) & TITLED) != 0 && gs_window_visible(self) != NO)
        put_controls(self, gs_window_content(self), POPUP_DEPTH_MAX);
}

/* A part of it is drawn: a text may be another one now. */
static void display_part(id self, SEL cmd)
{
    bool drawn = gs_window_is_dirty(self) != NO;

    ((void (*)(id, SEL))shim()->old_window_part)(self, cmd);
    if (drawn && (gs_window_style(self) & TITLED) != 0 && gs_window_visible(self) != NO)
        put_controls(self, gs_window_content(self), POPUP_DEPTH_MAX);
}

static void order_out(id self, SEL cmd, id sender)
{
    bool shown = (gs_window_style(self) & TITLED) != 0 && gs_window_visible(self) != NO;

    ((void (*)(id, SEL, id))shim()->old_window_out)(self, cmd, sender);
    if (shown)
        trace_gone(gs_window_title(self));
}

void window_trace_install(void)
{
    struct shim *s = shim();

    if (s->trace == NULL)
        return;
    s->old_window_display = replace_method("NSWindow", "display", (IMP)display, "v@:");
    s->old_window_part = replace_method("NSWindow", "displayIfNeeded", (IMP)display_part, "v@:");
    s->old_window_out = replace_method("NSWindow", "orderOut:", (IMP)order_out, "v@:@");
}
