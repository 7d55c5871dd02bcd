/* gui.c - see gui.h.
 *
 * Start: instance lock, AppKit's names, the platform, the application object, its run loop; the
 * rest when it says that launching has finished. End: signals, then everything that talks to the
 * kit, then the kit with its threads and children, then the calls that were still posted. AppKit
 * ends the process itself after that, so the end is inside applicationShouldTerminate:. */
#include "app/cocoa/gui.h"
#include "app/applog.h"
#include "app/cocoa/about.h"
#include "app/cocoa/cocoa.h"
#include "app/cocoa/icons.h"
#include "app/cocoa/machine.h"
#include "app/cocoa/mainmenu.h"
#include "app/cocoa/platform.h"
#include "app/cocoa/signals.h"
#include "app/cocoa/status_item.h"
#include "app/cocoa/status_menu.h"
#include "app/cocoa/target.h"
#include "app/cocoa/ui_post.h"
#include "app/service/notifier.h"
#include "core/base/clock.h"
#include "core/base/file.h"
#include "core/base/log.h"
#include "core/kit/kit.h"
#include <stdio.h>
#include <unistd.h>

#define STATUS_NO_DISPLAY 69 /* EX_UNAVAILABLE */
#define POLICY_ACCESSORY 1L  /* NSApplicationActivationPolicyAccessory: no Dock, no menu bar */
#define TERMINATE_NOW 1UL    /* NSTerminateNow */

struct gui {
    struct setup *setup;         /* borrowed */
    int lock_fd;                 /* -1: none */
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
    struct about *about;
    bool ended;
};

static void show_about(void *arg)
{
    struct gui *g = arg;

    if (!g->ended)
        about_show(g->about);
}

static void quit(void *arg)
{
    struct gui *g = arg;

    if (!g->ended)
        ns_app_terminate(NSApp, nil);
}

static void quit_by_signal(void *ctx) /* on the signals thread */
{
    struct gui *g = ctx;

    ui_post(g->post, quit, g);
}

static void menu_shown(void *ctx, const struct menu *m)
{
    struct gui *g = ctx;

    if (g->item != NULL)
        status_item_show(g->item, m);
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

static void note_answered(void *ctx, enum engine_kind engine, const struct valid_id *container,
                          enum note_button button)
{
    struct gui *g = ctx;

    if (g->kit != NULL && !g->ended)
        kit_answer(g->kit, engine, container, button);
}

/* Without a data folder nothing is kept, and the menu works all the same. */
static struct keeper *make_keeper(void)
{
    char folder[FILE_PATH_MAX], text[FAULT_TEXT_MAX];
    struct fault why;

    if (file_data_folder(folder, &why) == RC_OK)
        return keeper_new(folder);
    log_warn("nothing is kept" LOG_PRIVATE ": %s", fault_text(&why, text));
    return NULL;
}

/* The icon comes first; what was kept and what the engines say arrives later through the kit. */
static void launched(struct gui *g)
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
        .keeper = g->keeper = make_keeper(),
    };
    struct status_menu_config menu = {
        .icons = &g->icons,
        .post = g->post,
        .about = show_about,
        .quit = quit,
        .shown = menu_shown,
        .ctx = g,
    };

    icons_init(&g->icons);
    menu.kit = g->kit = kit_new(&kit);
    g->menu = status_menu_new(&menu);
    g->item = status_item_new(&g->icons, status_menu_menu(g->menu));
    status_menu_changed(g->menu);
    log_info("start: the icon is there after %lld ms, %lld of them for AppKit itself",
             (long long)(clock_ms() - g->start_ms), (long long)(g->loaded_ms - g->start_ms));
    kit_remember(g->kit);
    g->machine = machine_new(g->kit, g->post);
    g->about = about_new();
    signals_start(g->signals, quit_by_signal, g);
}

static void end(struct gui *g)
{
    if (g->ended)
        return;
    g->ended = true;
    signals_free(g->signals);
    machine_stop(g->machine);
    notifier_stop(g->notifier);
    status_menu_stop(g->menu);
    kit_free(g->kit);
    keeper_free(g->keeper);
    ui_post_free(g->post);
    notifier_free(g->notifier);
    machine_free(g->machine);
    status_menu_free(g->menu);
    status_item_free(g->item);
    about_free(g->about);
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
static BOOL on_reopen(id self, SEL cmd, id app, BOOL has_windows)
{
    struct gui *g = target_owner(self);

    (void)cmd;
    (void)app;
    (void)has_windows;
    if (g->item != NULL && !g->ended)
        status_item_open(g->item);
    return NO;
}

static void on_about(id self, SEL cmd, id sender)
{
    (void)cmd;
    (void)sender;
    show_about(target_owner(self));
}

static id make_delegate(struct gui *g)
{
    static const struct target_method methods[] = {
        {SEL_app_did_finish, (IMP)on_did_finish, "v@:@"},
        {SEL_app_should_end, (IMP)on_should_end, "Q@:@"},
        {SEL_app_should_end_after_window, (IMP)on_should_end_after_window, OBJC_BOOL "@:@"},
        {SEL_app_reopen, (IMP)on_reopen, OBJC_BOOL "@:@" OBJC_BOOL},
        {SEL_show_about, (IMP)on_about, "v@:@"},
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

/* RC_DENIED: another one of this user runs. A data folder that cannot be used does not keep the
 * menu away. */
static enum rc lock_instance(struct gui *g, struct fault *why)
{
    char folder[FILE_PATH_MAX], path[FILE_PATH_MAX + 16], text[FAULT_TEXT_MAX];
    enum rc rc = file_data_folder(folder, why);

    if (rc == RC_OK)
        rc = file_make_folder(folder, why);
    if (rc == RC_OK) {
        snprintf(path, sizeof path, "%s/instance.lock", folder);
        rc = file_lock(path, &g->lock_fd, why);
    }
    if (rc == RC_OK || rc == RC_DENIED)
        return rc;
    log_warn("no instance lock" LOG_PRIVATE ": %s", fault_text(why, text));
    return RC_OK;
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

int gui_main(struct setup *setup, struct fault *why)
{
    struct gui g = {.setup = setup, .lock_fd = -1, .start_ms = clock_ms()};
    enum rc rc = lock_instance(&g, why);
    id pool;

    if (rc == RC_DENIED) {
        fprintf(stderr, "container-kit: it runs already: look for its icon in the menu bar\n");
        return 0;
    }
    applog_start();
    g.signals = signals_new();
    cocoa_load();
    pool = cocoa_pool_push();
    rc = run(&g, why);
    cocoa_pool_pop(pool);
    if (rc != RC_OK)
        signals_free(g.signals);
    if (g.lock_fd >= 0)
        close(g.lock_fd);
    return rc == RC_OK ? 0 : STATUS_NO_DISPLAY;
}
