/* window.c - see window.h. The window is of a class of our own for the sake of its keys; delegate
 * and target of its controls is another object, because AppKit does not expect a window to be its
 * own delegate. */
#include "app/cocoa/window.h"
#include "app/cocoa/cocoa.h"
#include "app/cocoa/target.h"
#include "core/base/mem.h"
#include <stdio.h>
#include <string.h>

#define COMMAND_KEY (1UL << 20) /* NSEventModifierFlagCommand */
#define SHIFT_KEY (1UL << 17)   /* NSEventModifierFlagShift */

enum {
    TITLED = 1,              /* NSWindowStyleMaskTitled */
    CLOSABLE = 2,            /* NSWindowStyleMaskClosable */
    MINIATURIZABLE = 4,      /* NSWindowStyleMaskMiniaturizable */
    RESIZABLE = 8,           /* NSWindowStyleMaskResizable */
    BUFFERED = 2,            /* NSBackingStoreBuffered */
    KEY_DOWN = 10,           /* NSEventTypeKeyDown; others have no characters */
    MOVE_TO_ACTIVE_SPACE = 2 /* NSWindowCollectionBehaviorMoveToActiveSpace */
};

struct window {
    struct windows *all;
    struct window_config config; /* but for its title */
    struct menu_window listed;
    id window, view; /* nil until it is opened first; view: the window's */
    id target;
    id modes; /* of a refill: the default one */
    NSSize size;
    bool open, refill_due;
};

struct windows {
    struct window **list;
    size_t count, size;
    long last;                  /* number given last */
    void (*changed)(void *ctx); /* NULL once stopped */
    void *ctx;
};

/* ---- all of them ---- */

struct windows *windows_new(void (*changed)(void *ctx), void *ctx)
{
    struct windows *all = mem_new(sizeof *all);

    all->changed = changed;
    all->ctx = ctx;
    return all;
}

static void tell(struct windows *all)
{
    if (all->changed != NULL)
        all->changed(all->ctx);
}

size_t windows_list(const struct windows *all, struct menu_window out[MENU_WINDOWS_MAX])
{
    size_t n = 0;

    for (size_t i = 0; i < all->count && n < MENU_WINDOWS_MAX; i++)
        if (all->list[i]->open)
            out[n++] = all->list[i]->listed;
    return n;
}

void windows_show(struct windows *all, long number)
{
    for (size_t i = 0; i < all->count; i++)
        if (all->list[i]->open && all->list[i]->listed.number == number)
            window_show(all->list[i]);
}

void windows_stop(struct windows *all)
{
    if (all != NULL)
        all->changed = NULL;
}

void windows_free(struct windows *all)
{
    if (all == NULL)
        return;
    MUST(all->count == 0);
    mem_free(all->list);
    mem_free(all);
}

static void enlist(struct windows *all, struct window *w)
{
    if (all->count == all->size) {
        all->size = all->size == 0 ? 8 : all->size * 2;
        all->list = mem_grow(all->list, all->size, sizeof(struct window *));
    }
    all->list[all->count++] = w;
    w->listed.number = ++all->last;
}

static void delist(struct windows *all, const struct window *w)
{
    size_t at = 0;

    while (all->list[at] != w)
        at++;
    all->count--;
    memmove(&all->list[at], &all->list[at + 1], (all->count - at) * sizeof(struct window *));
}

/* ---- what AppKit calls ---- */

static bool took_key(const struct window *w, const char *key)
{
    return w->config.key != NULL && w->config.key(w->config.ctx, key);
}

static void on_key_down(id self, SEL cmd, id event)
{
    const struct window *w = target_owner(self);
    const char *key = cocoa_utf8(ns_event_characters(event));
    bool command = (ns_event_modifiers(event) & COMMAND_KEY) != 0;

    if (w == NULL || (!command && took_key(w, key)))
        return;
    if ((strcmp(key, "\033") == 0 && !w->config.keeps_escape) || (command && strcmp(key, "w") == 0))
        ns_window_close_click(self, self);
    else /* Tab, for one */
        ((void (*)(id, SEL, id))target_inherited(cocoa_class[CLS_NSWindow], SEL_key_down))(
            self, cmd, event);
}

/* Before all else that knows the keys: a field that is written in has a search of its own, which
 * finds nothing. */
static BOOL on_perform_key(id self, SEL cmd, id event)
{
    const struct window *w = target_owner(self);
    const char *key = cocoa_utf8(ns_event_characters(event));
    unsigned long held = ns_event_modifiers(event);
    bool back = (held & SHIFT_KEY) != 0;

    if (w != NULL && w->config.find != NULL && (held & COMMAND_KEY) != 0) {
        if (strcmp(key, "f") == 0) {
            w->config.find(w->config.ctx, WINDOW_FIND);
            return YES;
        }
        if (strcmp(key, "g") == 0 || strcmp(key, "G") == 0) {
            w->config.find(w->config.ctx, back ? WINDOW_FIND_PREVIOUS : WINDOW_FIND_NEXT);
            return YES;
        }
    }
    return ((BOOL(*)(id, SEL, id))target_inherited(cocoa_class[CLS_NSWindow], SEL_perform_key))(
        self, cmd, event);
}

static void on_will_close(id self, SEL cmd, id note)
{
    struct window *w = target_owner(self);

    (void)cmd;
    (void)note;
    if (w == NULL || !w->open)
        return;
    w->open = false;
    if (w->config.closed != NULL)
        w->config.closed(w->config.ctx);
    tell(w->all);
}

static void on_use(id self, SEL cmd, id control)
{
    struct window *w = target_owner(self);
    id pool = cocoa_pool_push();

    (void)cmd;
    if (w != NULL && w->config.used != NULL)
        w->config.used(w->config.ctx, ns_control_tag(control), control);
    cocoa_pool_pop(pool);
}

/* In a field that is written in, keys are the field's before they are the window's. */
static BOOL on_do_command(id self, SEL cmd, id field, id editor, SEL command)
{
    const struct window *w = target_owner(self);
    id event = ns_app_current_event(NSApp);
    const char *key;

    (void)cmd;
    (void)field;
    (void)editor;
    (void)command; /* each system has its own for Escape */
    if (w == NULL || ns_event_type(event) != KEY_DOWN)
        return NO;
    key = cocoa_utf8(ns_event_characters(event));
    if (took_key(w, key))
        return YES;
    if (w->config.keeps_escape || strcmp(key, "\033") != 0)
        return NO;
    ns_window_close_click(w->window, self);
    return YES;
}

static void on_text_changed(id self, SEL cmd, id note)
{
    const struct window *w = target_owner(self);
    id pool = cocoa_pool_push();

    (void)cmd;
    if (w != NULL && w->config.typed != NULL)
        w->config.typed(w->config.ctx, ns_control_tag(ns_note_object(note)));
    cocoa_pool_pop(pool);
}

void window_draw(struct window *w)
{
    ns_window_display(w->window);
}

/* Tab goes from control to control, in the order of their places. */
static void fill(struct window *w)
{
    w->config.fill(w->config.ctx);
    ns_window_make_loop(w->window);
}

static void on_refill(id self, SEL cmd, id none)
{
    struct window *w = target_owner(self);
    id pool = cocoa_pool_push();

    (void)cmd;
    (void)none;
    if (w != NULL)
        w->refill_due = false;
    if (w != NULL && w->open) {
        fill(w);
        window_draw(w);
    }
    cocoa_pool_pop(pool);
}

static BOOL on_is_flipped(id self, SEL cmd)
{
    (void)self;
    (void)cmd;
    return YES;
}

Class window_view_class(void)
{
    static const struct target_method methods[] = {
        {SEL_is_flipped, (IMP)on_is_flipped, OBJC_BOOL "@:"}};

    return target_class("CKView", cocoa_class[CLS_NSView], methods, countof(methods));
}

/* ---- one ---- */

static void set_title(struct window *w, const char *title)
{
    snprintf(w->listed.title, sizeof w->listed.title, "%s", title);
}

static id make_window(struct window *w)
{
    static const struct target_method methods[] = {
        {SEL_key_down, (IMP)on_key_down, "v@:@"},
        {SEL_perform_key, (IMP)on_perform_key, OBJC_BOOL "@:@"}};
    Class c = target_class("CKWindow", cocoa_class[CLS_NSWindow], methods, countof(methods));
    NSRect content = {{0, 0}, {200, 100}};
    unsigned long style = TITLED | CLOSABLE | (w->config.resizes ? RESIZABLE | MINIATURIZABLE : 0);
    id window = ns_window_init(target_alloc(c), content, style, BUFFERED, NO);

    target_own(window, w);
    if (w->config.name != WORD_NONE)
        set_title(w, word(w->config.name));
    ns_window_set_released_when_closed(window, NO);
    ns_window_set_title(window, cocoa_string(w->listed.title));
    if (can_ns_window_set_collection(window))
        ns_window_set_collection(window, MOVE_TO_ACTIVE_SPACE);
    ns_window_set_delegate(window, w->target);
    w->view = ns_view_init(target_alloc(window_view_class()), content);
    ns_window_set_content(window, w->view);
    ns_release(w->view);
    return window;
}

struct window *window_new(struct windows *all, const struct window_config *config)
{
    static const struct target_method methods[] = {
        {SEL_window_will_close, (IMP)on_will_close, "v@:@"},
        {SEL_use, (IMP)on_use, "v@:@"},
        {SEL_do_command, (IMP)on_do_command, OBJC_BOOL "@:@@:"},
        {SEL_refill, (IMP)on_refill, "v@:@"},
        {SEL_text_changed, (IMP)on_text_changed, "v@:@"},
    };
    struct window *w = mem_new(sizeof *w);

    w->all = all;
    w->config = *config;
    w->config.title = NULL; /* the caller's */
    if (config->name == WORD_NONE)
        set_title(w, config->title);
    w->target = target_new(
        target_class("CKWindowTarget", cocoa_class[CLS_NSObject], methods, countof(methods)), w);
    w->modes = ns_retain(ns_array_from((id[]){NSDefaultRunLoopMode}, 1));
    enlist(all, w);
    return w;
}

id window_view(const struct window *w)
{
    return w->view;
}

id window_target(const struct window *w)
{
    return w->target;
}

void window_fit(struct window *w, NSSize size)
{
    w->size = size;
    if (w->config.resizes)
        ns_window_set_content_min(w->window, size);
    ns_window_set_content_size(w->window, size);
}

static void drop(struct window *w)
{
    if (w->window == nil)
        return;
    ns_window_set_delegate(w->window, nil);
    ns_window_hide(w->window, nil);
    target_own(w->window, NULL);
    ns_release(w->window);
    w->window = w->view = nil;
}

/* Made anew each time: under GNUstep no key reaches a window that was hidden and comes again. The
 * place that was kept comes with a size, which may be that of an older version, unless the user
 * gave it. */
static void open_anew(struct window *w)
{
    drop(w);
    w->window = make_window(w);
    w->open = true;
    fill(w);
    ns_window_center(w->window);
    ns_window_set_frame_name(w->window, cocoa_string(w->config.frame_name));
    if (!w->config.resizes)
        ns_window_set_content_size(w->window, w->size);
}

void window_show(struct window *w)
{
    bool opens = !w->open;

    if (opens)
        open_anew(w);
    ns_app_activate(NSApp, YES);
    ns_window_show(w->window, nil);
    ns_window_order_front(w->window);
    window_draw(w);
    if (opens)
        tell(w->all);
}

void window_close(struct window *w)
{
    if (w->open)
        ns_window_close_click(w->window, nil);
}

bool window_is_open(const struct window *w)
{
    return w->open;
}

void window_changed(struct window *w)
{
    if (!w->open || w->refill_due)
        return;
    w->refill_due = true;
    ns_perform_later(w->target, cocoa_sel[SEL_refill], nil, 0, w->modes);
}

void window_free(struct window *w)
{
    if (w == NULL)
        return;
    drop(w);
    ns_release(w->modes);
    target_drop(w->target);
    delist(w->all, w);
    mem_free(w);
}
