/* platform.c - see app/cocoa/platform.h and gnustep.h: finds out whether there is a display, then
 * puts the parts of this folder in place. */
#include "app/cocoa/platform.h"
#include "app/gnustep/exceptions.h"
#include "app/gnustep/gnustep.h"
#include "app/gnustep/image.h"
#include "app/gnustep/look.h"
#include "app/gnustep/menus.h"
#include "app/gnustep/spoken.h"
#include "app/gnustep/statusbar.h"
#include "app/gnustep/theme.h"
#include "app/gnustep/trace.h"
#include "app/gnustep/window_trace.h"
#include <dlfcn.h>
#include <signal.h>
#include <stdlib.h>

#define ROWS_DEF "app/gnustep/gnustep.def"
#define ROWS_NAME gnustep
#include "app/cocoa/rows_list.h"
#include "app/cocoa/rows_load.h"

/* The one mutable static of app/: GNUstep calls the replaced methods without a context of ours. */
static struct shim the_shim;

struct shim *shim(void)
{
    return &the_shim;
}

id shim_class(int cls)
{
    return (id)(void *)gnustep_class[cls];
}

Class shim_subclass(const char *name, int super, void (*make)(Class c))
{
    Class c = objc_getClass(name);

    if (c != NULL)
        return c;
    c = objc_allocateClassPair(gnustep_class[super], name, 0);
    MUST(c != NULL);
    make(c);
    objc_registerClassPair(c);
    return c;
}

void shim_main_thread(SEL what)
{
    if (gs_is_main_thread())
        return;
    fprintf(stderr, "AppKit off the main thread: %s\n", sel_getName(what));
    abort();
}

/* AppKit ends the program if it finds no display, so we look first, and in the same way: Xlib
 * knows about host names, sockets and permissions. It is loaded by GNUstep anyway. */
static bool display_answers(void)
{
    void *xlib = dlopen("libX11.so.6", RTLD_NOW | RTLD_LOCAL);
    void *(*open_display)(const char *) = NULL;
    int (*close_display)(void *) = NULL;
    void *display;

    if (xlib == NULL)
        return false;
    *(void **)&open_display = dlsym(xlib, "XOpenDisplay");
    *(void **)&close_display = dlsym(xlib, "XCloseDisplay");
    display = open_display == NULL ? NULL : open_display(NULL);
    if (display != NULL && close_display != NULL)
        close_display(display);
    dlclose(xlib);
    return display != NULL;
}

static enum rc need_display(struct fault *why)
{
    const char *name = getenv("DISPLAY");

    if (name == NULL || name[0] == '\0')
        return fault_set(why, RC_MISSING, "no display: DISPLAY is not set");
    if (!display_answers())
        return fault_set(why, RC_MISSING, "no display: %s does not answer", name);
    return RC_OK;
}

/* GNUstep starts helpers of its own with NSTask. When that is first used it takes SIGCHLD and from
 * then on reaps every child of the process, and the exit codes of ours would be lost. It does that
 * once, so we let it and put the default back. */
static void keep_our_children(void)
{
    (void)gs_task_class();
    MUST(signal(SIGCHLD, SIG_DFL) != SIG_ERR);
}

static void install(void)
{
    id pool;

    gnustep_load();
    pool = gs_new(shim_class(CLS_NSAutoreleasePool));
    keep_our_children();
    exceptions_install();
    theme_defaults();
    trace_open();
    window_trace_install();
    spoken_install();
    image_install();
    menus_install();
    statusbar_install();
    look_install();
    gs_drain(pool);
}

enum rc platform_init(struct fault *why)
{
    enum rc rc = need_display(why);

    if (rc == RC_OK)
        install();
    return rc;
}

const struct selfcheck_table *platform_table(void)
{
    static const struct selfcheck_table table = {"gnustep.def", gnustep_rows,
                                                 countof(gnustep_rows)};

    install();
    return &table;
}

void platform_icon_facts(id button, struct placement_facts *out)
{
    id window = gs_view_window(button);
    NSRect f = gs_window_frame(window), screen = gs_screen_frame(gs_screen_main());

    *out = (struct placement_facts){.screen_count = 1};
    out->drawn = out->has_window = window != nil && gs_window_visible(window) != NO;
    out->icon = (struct placement_rect){f.origin.x, f.origin.y, f.size.width, f.size.height};
    out->screens[0].frame = (struct placement_rect){screen.origin.x, screen.origin.y,
                                                    screen.size.width, screen.size.height};
    out->screens[0].visible = out->screens[0].frame; /* below the bar of statusbar.c */
    out->screens[0].visible.height -= BAR_HEIGHT;
}

const char *platform_libraries(void)
{
    return "SQLite (public domain), curl (curl), zlib (zlib), GNUstep (LGPL), libsecret (LGPL), "
           "libsystemd (LGPL)";
}

const char *platform_page(enum system_page page)
{
    (void)page;
    return NULL; /* each desktop has its own */
}

static double channel(uint32_t byte)
{
    return (double)(byte & 0xff) / 255;
}

/* theme.c knows a light look alone. */
id platform_colour(uint32_t light, uint32_t dark)
{
    (void)dark;
    return gs_color(channel(light >> 16), channel(light >> 8), channel(light), 1);
}

struct platform_scroll platform_scroll(id scroll_view)
{
    NSRect seen = gs_scroll_seen(scroll_view);
    NSRect all = gs_view_bounds(gs_scroll_document(scroll_view));

    return (struct platform_scroll){seen.origin.y, seen.size.width, seen.size.height,
                                    all.size.height};
}
