/* desk.c - see desk.h. */
#include "app/cocoa/desk.h"
#include "app/cocoa/about.h"
#include "app/cocoa/confirm_window.h"
#include "app/cocoa/dns_window.h"
#include "app/cocoa/find_window.h"
#include "app/cocoa/icon_watch.h"
#include "app/cocoa/inspect_window.h"
#include "app/cocoa/logs_window.h"
#include "app/cocoa/registries_window.h"
#include "app/cocoa/settings_window.h"
#include "app/cocoa/stand_in.h"
#include "core/base/log.h"
#include "core/base/mem.h"
#include "core/desktop/first_start.h"
#include "core/menu/menu_remove.h"
#include "core/menu/menu_service.h"

struct desk {
    struct desk_config config;
    struct about *about;
    struct dns_window *dns; /* NULL until first asked for */
    struct find_window *find;
    struct stand_in *stand_in;
    struct choices choices;
    struct first_start *first_start; /* NULL: not due */
    struct logs_windows *logs;
    struct icon_watch *watch;
    struct registries_window *registries;
    struct settings_window *settings;
    struct confirms *confirms;
    struct inspect_windows *inspect;
    struct update_desk *update;
};

/* At login nobody is looking for it, and may have switched it off: opened again, it shows itself.
 */
static void icon_missing(void *ctx, enum placement placement)
{
    struct desk *d = ctx;

    log_warn("the icon cannot be seen: %s", placement_word(placement));
    if (!d->config.setup->at_login)
        stand_in_show(d->stand_in, placement);
}

static const struct menu *menu_of(void *ctx)
{
    const struct desk *d = ctx;

    return status_menu_shown(d->config.menu);
}

/* It counts as shown at once: a person who quits before reading it is not asked again. */
static void welcome(struct desk *d)
{
    struct first_start_choices offer;
    char text[FAULT_TEXT_MAX];
    struct fault why;

    if (!first_start_due(d->config.data_folder, d->config.setup->at_login))
        return;
    if (first_start_done(d->config.data_folder, &why) != RC_OK)
        log_warn("first start: %s", fault_text(&why, text));
    choices_offer(&d->choices, &offer);
    d->first_start = first_start_new(d->config.windows, &offer, menu_of, d);
    first_start_show(d->first_start);
}

static struct update_desk *make_update_desk(const struct desk_config *config)
{
    const struct update_desk_config update = {.setup = config->setup,
                                              .here = config->update,
                                              .kit = config->kit,
                                              .windows = config->windows,
                                              .post = config->post,
                                              .quit = config->quit,
                                              .ctx = config->ctx};

    return update_desk_new(&update);
}

struct desk *desk_new(const struct desk_config *config)
{
    struct desk *d = mem_new(sizeof *d);
    struct stand_in_config stand_in = {
        .windows = config->windows, .menu = config->menu, .quit = config->quit, .ctx = config->ctx};
    struct registries_window_config registries = {.windows = config->windows,
                                                  .setup = config->setup,
                                                  .post = config->post,
                                                  .data_folder = config->data_folder};
    struct logs_windows_config logs = {.windows = config->windows,
                                       .setup = config->setup,
                                       .post = config->post,
                                       .kit = config->kit};

    d->config = *config;
    d->about = about_new(config->windows);
    d->find = find_window_new(config->windows, config->menu);
    d->stand_in = stand_in_new(&stand_in);
    d->registries = registries_window_new(&registries);
    choices_init(&d->choices, config->setup, config->kit, config->quit, config->ctx);
    d->settings = settings_window_new(config->windows, &d->choices, config->notifier);
    d->confirms = confirms_new(config->windows);
    d->inspect = inspect_windows_new(config->windows, config->kit);
    d->logs = logs_windows_new(&logs);
    d->update = make_update_desk(config);
    d->watch = icon_watch_new(status_item_button(config->item), icon_missing, d);
    welcome(d);
    return d;
}

static void service_wanted(void *ctx, const struct menu_call *call)
{
    struct desk *d = ctx;
    struct fault why;

    if (kit_service(d->config.kit, call->engine, call->op, &why) != RC_OK)
        log_info("refused: %s", why.text); /* the menu tells it */
}

static void ask_service(struct desk *d, const struct menu_call *call)
{
    struct menu_question q;
    struct arena a = {0};
    struct confirm confirm;

    menu_service_ask(&a, call->engine, call->op, kit_snapshot(d->config.kit, call->engine), &q);
    confirm = (struct confirm){q.title, q.question, q.lost, q.verb, *call, service_wanted, d};
    confirms_ask(d->confirms, &confirm);
    arena_release(&a);
}

static void show_dns(struct desk *d)
{
    if (d->dns == NULL)
        d->dns = dns_window_new(d->config.windows, kit_dns(d->config.kit));
    dns_window_show(d->dns);
}

/* A refusal shows itself: the kit makes it a failure in the menu. */
static void do_many(void *ctx, const struct menu_call *call)
{
    struct desk *d = ctx;
    struct fault why;

    if (kit_do_many(d->config.kit, call, &why) != RC_OK)
        log_info("refused" LOG_PRIVATE ": %s", why.text);
}

static void ask_many(struct desk *d, const struct menu_call *call)
{
    struct menu_question q;
    struct arena a = {0};

    if (kit_ask_many(d->config.kit, call, &a, &q)) {
        const struct confirm confirm = {q.title, q.question, q.lost, q.verb, *call, do_many, d};

        confirms_ask(d->confirms, &confirm);
    } else {
        do_many(d, call); /* which says why not */
    }
    arena_release(&a);
}

/* Looked up again, and refused if that does not fit any more: then it is a failure in the menu. */
static void remove_it(void *ctx, const struct menu_call *call)
{
    struct desk *d = ctx;

    if (kit_do(d->config.kit, call->engine, call->op, &call->id, NULL) != RC_OK)
        log_info("refused: %s", op_word(call->op));
}

/* One that is gone by now is told as any other click on it would be. */
static void ask_remove(struct desk *d, const struct menu_call *call)
{
    const struct container *c = kit_container(d->config.kit, call->engine, &call->id);
    struct menu_call asked = *call;
    struct menu_question q;
    struct arena a = {0};

    if (c == NULL) {
        remove_it(d, call);
        return;
    }
    asked.op = menu_ask_remove(&a, call->engine, c, &q);
    confirms_ask(d->confirms,
                 &(struct confirm){q.title, q.question, q.lost, q.verb, asked, remove_it, d});
    arena_release(&a);
}

void desk_show(struct desk *d, const struct menu_call *call)
{
    switch (call->command) {
    case MENU_ABOUT:
        about_show(d->about);
        break;
    case MENU_ASK_REMOVE:
        ask_remove(d, call);
        break;
    case MENU_INSPECT:
        inspect_windows_show(d->inspect, call->engine, &call->id);
        break;
    case MENU_DNS:
        show_dns(d);
        break;
    case MENU_FIND:
        find_window_show(d->find);
        break;
    case MENU_LOGS:
        kit_used(d->config.kit, call->engine, &call->id);
        logs_windows_show(d->logs, call->engine, &call->id);
        break;
    case MENU_REGISTRIES:
        registries_window_show(d->registries);
        break;
    case MENU_SETTINGS:
        settings_window_show(d->settings);
        break;
    case MENU_ASK_MANY:
        ask_many(d, call);
        break;
    case MENU_SERVICE:
        ask_service(d, call);
        break;
    case MENU_UPDATE_SHOW:
    case MENU_UPDATE_CHECK:
        update_desk_show(d->update);
        break;
    case MENU_WINDOW:
        windows_show(d->config.windows, call->window);
        break;
    default:
        MUST(false);
    }
}

void desk_reopened(struct desk *d)
{
    enum placement placement = icon_watch_look(d->watch);

    if (placement == PLACEMENT_OK)
        status_item_open(d->config.item);
    else
        stand_in_show(d->stand_in, placement);
}

void desk_menu_changed(struct desk *d)
{
    find_window_changed(d->find);
    update_desk_follow(d->update);
    stand_in_changed(d->stand_in);
    settings_window_kit_changed(d->settings);
    logs_windows_changed(d->logs);
    if (d->first_start != NULL)
        first_start_changed(d->first_start);
}

void desk_inspected(struct desk *d, const struct inspected *answer)
{
    inspect_windows_take(d->inspect, answer);
}

void desk_woke(struct desk *d)
{
    logs_windows_woke(d->logs);
    update_desk_woke(d->update);
}

void desk_windows_changed(struct desk *d)
{
    struct menu_window open[MENU_WINDOWS_MAX];

    kit_windows(d->config.kit, open, windows_list(d->config.windows, open));
}

bool desk_free(struct desk *d)
{
    bool handed_over;

    if (d == NULL)
        return false;
    handed_over = update_desk_free(d->update);
    icon_watch_free(d->watch);
    logs_windows_free(d->logs);
    confirms_free(d->confirms);
    inspect_windows_free(d->inspect);
    settings_window_free(d->settings);
    registries_window_free(d->registries);
    first_start_free(d->first_start);
    stand_in_free(d->stand_in);
    find_window_free(d->find);
    dns_window_free(d->dns);
    about_free(d->about);
    mem_free(d);
    return handed_over;
}
