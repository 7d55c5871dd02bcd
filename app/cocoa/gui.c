/* gui.c - see gui.h.
 *
 * Start: instance lock (without it a window that says so is all there is), AppKit's names, the
 * platform, the application object, its run loop; the rest when it says that launching has
 * finished. End: signals, then everything that talks to the kit, then the kit with its threads and
 * children, then the calls that were still posted. AppKit ends the process itself after that, so
 * the end is inside applicationShouldTerminate:. */
#include "app/cocoa/gui.h"
#include "app/applog.h"
#include "app/cocoa/cocoa.h"
#include "app/cocoa/desk.h"
#include "app/cocoa/icons.h"
#include "app/cocoa/instance.h"
#include "app/cocoa/machine.h"
#include "app/cocoa/mainmenu.h"
#include "app/cocoa/other_copy.h"
#include "app/cocoa/pasteboard.h"
#include "app/cocoa/platform.h"
#include "app/cocoa/signals.h"
#include "app/cocoa/status_item.h"
#include "app/cocoa/status_menu.h"
#include "app/cocoa/target.h"
#include "app/cocoa/ui_post.h"
#include "app/service/languages.h"
#include "app/service/notifier.h"
#include "app/update_here.h"
#include "core/base/clock.h"
#include "core/base/log.h"
#include "core/kit/kit.h"
#include "core/update/prove.h"
#include <string.h>

#define STATUS_NO_DISPLAY 69 /* EX_UNAVAILABLE */
#define POLICY_ACCESSORY 1L  /* NSApplicationActivationPolicyAccessory: no Dock, no menu bar */
#define TERMINATE_NOW 1UL    /* NSTerminateNow */
#define WANTED_MAX KIT_ANSWERS_MAX

struct gui {
    struct setup *setup; /* borrowed */
    struct instance instance;
    struct update_here update;
    struct prove *prove;         /* NULL unless this version has yet to prove that it runs */
    int64_t start_ms, loaded_ms; /* of gui_main(), of the application object; for the log */
    id delegate;
    struct signals *signals;
    struct ui_post *post;
    struct notifier *notifier;
    struct icons icons;
    struct keeper *keeper; /* NULL: nothing is kept */
    struct kit *kit;       /* NULL until launched */
    struct status_menu *menu;
    struct status_item *item;
    struct machine *machine;
    struct windows *windows;
    struct desk *desk;
    struct menu_call wanted[WANTED_MAX]; /* what clicks want to see, the oldest first */
    size_t wanted_count;
    struct other_copy *beside; /* the window about it, NULL if there is none */
    bool ended;
};

static void show(struct gui *g, const struct menu_call *call)
{
    if (!g->ended && g->desk != NULL)
        desk_show(g->desk, call);
}

static void show_wanted(void *arg)
{
    struct gui *g = arg;
    const struct menu_call call = g->wanted[0];

    g->wanted_count--;
    memmove(&g->wanted[0], &g->wanted[1], g->wanted_count * sizeof call);
    show(g, &call);
}

/* One turn later: a menu is still closing. Several come at once where the buttons of notifications
 * have waited for an engine's first look. */
static void window_wanted(void *ctx, const struct menu_call *call)
{
    struct gui *g = ctx;

    if (g->wanted_count == WANTED_MAX)
        return;
    g->wanted[g->wanted_count++] = *call;
    ui_post(g->post, show_wanted, g);
}

static void windows_changed(void *ctx)
{
    struct gui *g = ctx;

    if (g->desk != NULL)
        desk_windows_changed(g->desk);
}

static void quit(void *arg)
{
    struct gui *g = arg;

    if (!g->ended)
        ns_app_terminate(NSApp, nil);
}

/* From inside a click on a window, which is to end before the window does. */
static void quit_soon(void *ctx)
{
    struct gui *g = ctx;

    ui_post(g->post, quit, g);
}

static void quit_by_signal(void *ctx) /* on the signals thread */
{
    struct gui *g = ctx;

    ui_post(g->post, quit, g);
}

static void reopen_soon(void *arg)
{
    struct gui *g = arg;
    id modes = ns_array_from((id[]){NSDefaultRunLoopMode}, 1); /* an open menu needs no opening */

    if (!g->ended)
        ns_perform_later(g->delegate, cocoa_sel[SEL_knocked], nil, 0, modes);
}

static void menu_shown(void *ctx, const struct menu *m)
{
    struct gui *g = ctx;

    if (g->item != NULL)
        status_item_show(g->item, m);
    if (g->desk != NULL)
        desk_menu_changed(g->desk);
}

static void kit_changed(void *ctx)
{
    struct gui *g = ctx;

    if (g->menu != NULL)
        status_menu_changed(g->menu);
}

static void kit_note(void *ctx, const struct note *note)
{
    struct gui *g = ctx;

    notifier_post(g->notifier, note);
}

/* Where it was asked for decides where it goes: the pasteboard, or a window. */
static void kit_inspected(void *ctx, const struct inspected *answer)
{
    struct gui *g = ctx;
    const char *text = buf_text(&answer->text);

    if (answer->what.text == INSPECTION_ALL)
        desk_inspected(g->desk, answer);
    else if (!(answer->what.values ? pasteboard_conceal(text) : pasteboard_copy(text)))
        log_warn("the pasteboard refused what was copied");
}

/* A posted call: the window comes one turn later, as after a click in the menu. */
static void kit_logs(void *ctx, enum engine_kind engine, const struct valid_id *container)
{
    struct menu_call call = {.command = MENU_LOGS, .engine = engine, .id = *container};

    window_wanted(ctx, &call);
}

static void kit_woke(void *ctx)
{
    struct gui *g = ctx;

    if (g->desk != NULL)
        desk_woke(g->desk);
}

static void note_answered(void *ctx, enum engine_kind engine, const struct valid_id *container,
                          enum note_button button)
{
    struct gui *g = ctx;

    if (g->kit != NULL && !g->ended)
        kit_answer(g->kit, engine, container, button);
}

/* Without a data folder nothing is kept, and the menu works all the same. */
static struct keeper *make_keeper(const struct gui *g)
{
    return g->instance.folder[0] != '\0' ? keeper_new(g->instance.folder) : NULL;
}

static void make_desk(struct gui *g)
{
    struct desk_config desk = {
        .setup = g->setup,
        .windows = g->windows,
        .kit = g->kit,
        .menu = g->menu,
        .item = g->item,
        .post = g->post,
        .notifier = g->notifier,
        .quit = quit_soon,
        .ctx = g,
        .data_folder = g->instance.folder,
        .update = &g->update,
    };

    g->desk = desk_new(&desk);
    desk_windows_changed(g->desk); /* those that opened while it was made */
}

static void make_menu(struct gui *g)
{
    struct kit_config kit = {
        .spawner = g->setup->spawner,
        .where = &g->setup->where,
        .post = ui_post,
        .post_ctx = g->post,
        .changed = kit_changed,
        .changed_ctx = g,
        .note = kit_note,
        .note_ctx = g,
        .inspected = kit_inspected,
        .inspected_ctx = g,
        .logs = kit_logs,
        .logs_ctx = g,
        .woke = kit_woke,
        .woke_ctx = g,
        .keeper = g->keeper = make_keeper(g),
        .language = words_spoken(),
        .own_language = !languages_are_the_systems(),
    };
    struct status_menu_config menu = {
        .icons = &g->icons,
        .post = g->post,
        .quit = quit,
        .show = window_wanted,
        .shown = menu_shown,
        .ctx = g,
    };

    icons_init(&g->icons);
    menu.kit = g->kit = kit_new(&kit);
    g->menu = status_menu_new(&menu);
    g->item = status_item_new(&g->icons, status_menu_menu(g->menu));
    status_menu_changed(g->menu);
}

static void woke(void *ctx)
{
    struct gui *g = ctx;

    if (g->desk != NULL)
        desk_woke(g->desk);
}

/* On the knock's thread. A posted call must not open a menu, so one more turn is taken. */
static void knocked(void *ctx)
{
    struct gui *g = ctx;

    ui_post(g->post, reopen_soon, g);
}

/* The icon comes first; what the engines say arrives later through the kit. */
static void begin(struct gui *g)
{
    make_menu(g);
    log_info("start%s: the icon is there after %lld ms, %lld of them for AppKit itself",
             g->setup->at_login ? " at login" : "", (long long)(clock_ms() - g->start_ms),
             (long long)(g->loaded_ms - g->start_ms));
    kit_remember(g->kit);
    if (g->update.found.news == INSTALL_NEW)
        g->prove = prove_new(&g->update.config, g->setup->update_token, ui_post, g->post);
    g->machine = machine_new(g->kit, g->post, woke, g);
    make_desk(g);
    instance_listen(&g->instance, knocked, g);
}

static bool other_is_gone(void *ctx)
{
    struct gui *g = ctx;
    struct fault why;

    if (instance_take(&g->instance, &why) != RC_OK)
        return false;
    begin(g);
    return true;
}

static void stand_beside(struct gui *g)
{
    struct other_copy_config config = {
        .windows = g->windows, .gone = other_is_gone, .quit = quit_soon, .ctx = g};

    g->beside = other_copy_new(&config, &g->instance.other);
    other_copy_begin(g->beside);
}

static void launched(struct gui *g)
{
    g->windows = windows_new(windows_changed, g);
    if (g->instance.other.pid != 0)
        stand_beside(g);
    else
        begin(g);
    signals_start(g->signals, quit_by_signal, g);
}

/* What is ready takes our place, and is not started: the user has quit, or the machine goes down.
 */
static void install_at_end(const struct gui *g)
{
    struct refusal why;
    char text[FAULT_TEXT_MAX];

    if (g->kit != NULL && install_at_quit(&g->update.config, &why) != RC_OK)
        log_warn("update: %s", fault_text(&why.fault, text));
}

static void end(struct gui *g)
{
    bool handed_over;

    if (g->ended)
        return;
    g->ended = true;
    signals_free(g->signals);
    instance_deafen(&g->instance);
    prove_free(g->prove);
    machine_stop(g->machine);
    notifier_stop(g->notifier);
    windows_stop(g->windows);
    status_menu_stop(g->menu);
    handed_over = desk_free(g->desk);
    g->desk = NULL;
    other_copy_free(g->beside);
    windows_free(g->windows);
    kit_free(g->kit);
    keeper_free(g->keeper);
    ui_post_free(g->post);
    notifier_free(g->notifier);
    machine_free(g->machine);
    status_menu_free(g->menu);
    status_item_free(g->item);
    if (!handed_over)
        install_at_end(g);
    log_info("end: everything of ours has ended");
}

static void on_did_finish(id self, SEL cmd, id note)
{
    id pool = cocoa_pool_push();

    (void)cmd;
    (void)note;
    launched(target_owner(self));
    cocoa_pool_pop(pool);
}

static unsigned long on_should_end(id self, SEL cmd, id app)
{
    id pool = cocoa_pool_push();

    (void)cmd;
    (void)app;
    end(target_owner(self));
    cocoa_pool_pop(pool);
    return TERMINATE_NOW;
}

static BOOL on_should_end_after_window(id self, SEL cmd, id app)
{
    (void)self;
    (void)cmd;
    (void)app;
    return NO;
}

/* Opened again while it runs: the user looks for it. */
static void reopen(struct gui *g)
{
    if (g->ended)
        return;
    if (g->desk != NULL)
        desk_reopened(g->desk);
    else if (g->beside != NULL)
        other_copy_begin(g->beside);
}

static BOOL on_reopen(id self, SEL cmd, id app, BOOL has_windows)
{
    (void)cmd;
    (void)app;
    (void)has_windows;
    reopen(target_owner(self));
    return NO;
}

static void on_knocked(id self, SEL cmd, id none)
{
    id pool = cocoa_pool_push();

    (void)cmd;
    (void)none;
    reopen(target_owner(self));
    cocoa_pool_pop(pool);
}

static void on_about(id self, SEL cmd, id sender)
{
    (void)cmd;
    (void)sender;
    show(target_owner(self), &(struct menu_call){.command = MENU_ABOUT});
}

static void on_settings(id self, SEL cmd, id sender)
{
    (void)cmd;
    (void)sender;
    show(target_owner(self), &(struct menu_call){.command = MENU_SETTINGS});
}

static void on_find(id self, SEL cmd, id sender)
{
    (void)cmd;
    (void)sender;
    show(target_owner(self), &(struct menu_call){.command = MENU_FIND});
}

static void on_update(id self, SEL cmd, id sender)
{
    (void)cmd;
    (void)sender;
    show(target_owner(self), &(struct menu_call){.command = MENU_UPDATE_CHECK});
}

static id make_delegate(struct gui *g)
{
    static const struct target_method methods[] = {
        {SEL_app_did_finish, (IMP)on_did_finish, "v@:@"},
        {SEL_app_should_end, (IMP)on_should_end, "Q@:@"},
        {SEL_app_should_end_after_window, (IMP)on_should_end_after_window, OBJC_BOOL "@:@"},
        {SEL_app_reopen, (IMP)on_reopen, OBJC_BOOL "@:@" OBJC_BOOL},
        {SEL_show_about, (IMP)on_about, "v@:@"},
        {SEL_show_settings, (IMP)on_settings, "v@:@"},
        {SEL_show_find, (IMP)on_find, "v@:@"},
        {SEL_show_update, (IMP)on_update, "v@:@"},
        {SEL_knocked, (IMP)on_knocked, "v@:@"},
    };

    return target_new(
        target_class("CKDelegate", cocoa_class[CLS_NSObject], methods, countof(methods)), g);
}

/* An exception must end the program, not half a click: AppKit would go on behind it. */
static void crash_on_exceptions(void)
{
    id yes = ns_dictionary_of(ns_number_bool(YES), cocoa_string("NSApplicationCrashOnExceptions"));

    ns_defaults_register(ns_defaults_standard(), yes);
}

static enum rc run(struct gui *g, struct fault *why)
{
    struct notifier_config notes;
    enum rc rc;
    id app;

    rc = platform_init(why);
    if (rc != RC_OK)
        return rc;
    app = ns_app_shared();
    g->loaded_ms = clock_ms();
    ns_app_set_activation_policy(app, POLICY_ACCESSORY);
    crash_on_exceptions();
    g->post = ui_post_new();
    notes = (struct notifier_config){ui_post, g->post, note_answered, g};
    g->notifier = notifier_new(&notes);
    g->delegate = make_delegate(g);
    ns_app_set_delegate(app, g->delegate);
    mainmenu_install(g->delegate);
    ns_app_run(app);
    end(g); /* for the case that something stops the run loop */
    return RC_OK;
}

/* Inside a pool. */
static int start(struct gui *g, bool locked, struct fault *why)
{
    enum rc rc;

    if (!locked && !instance_find_other(&g->instance, g->setup->self)) {
        instance_give_way(&g->instance);
        signals_free(g->signals);
        return 0;
    }
    applog_start();
    rc = run(g, why);
    if (rc != RC_OK)
        signals_free(g->signals);
    return rc == RC_OK ? 0 : STATUS_NO_DISPLAY;
}

/* The version that we are did not run well, and the old one is in our place again. */
static int give_way(struct gui *g)
{
    instance_release(&g->instance);
    install_give_way(&g->update.config, g->setup->spawner, &g->update.found);
    return 0;
}

int gui_main(struct setup *setup, struct fault *why)
{
    struct gui g = {.setup = setup, .start_ms = clock_ms()};
    bool locked = instance_init(&g.instance, why) == RC_OK;
    char wanted[LANGUAGES_MAX];
    int status;
    id pool;

    update_here_init(&g.update, setup, g.instance.folder);
    if (locked && !update_here_recover(&g.update, setup))
        return give_way(&g);
    g.signals = signals_new(); /* before anything makes a thread */
    cocoa_load();
    pool = cocoa_pool_push();
    languages_wanted(wanted);
    words_speak(language_from_list(wanted));
    status = start(&g, locked, why);
    cocoa_pool_pop(pool);
    instance_release(&g.instance);
    return status;
}
