/* spoken.c - see spoken.h. A method that this GNUstep brings itself is left alone. */
#include "app/gnustep/spoken.h"
#include "app/gnustep/gnustep.h"
#include "app/gnustep/replace.h"
#include "app/gnustep/trace.h"

static void set_row_label(id self, SEL cmd, id text)
{
    (void)self;
    (void)cmd;
    trace_spoken("row-label", text);
}

static void set_row_value(id self, SEL cmd, id text)
{
    (void)self;
    (void)cmd;
    trace_spoken("row-value", text);
}

static void set_view_label(id self, SEL cmd, id text)
{
    (void)self;
    (void)cmd;
    trace_spoken("view-label", text);
}

void spoken_install(void)
{
    replace_missing("NSMenuItem", "setAccessibilityLabel:", (IMP)set_row_label, "v@:@");
    replace_missing("NSMenuItem", "setAccessibilityValue:", (IMP)set_row_value, "v@:@");
    replace_missing("NSView", "setAccessibilityLabel:", (IMP)set_view_label, "v@:@");
}
