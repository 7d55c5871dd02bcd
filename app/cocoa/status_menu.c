/* status_menu.c - see status_menu.h. AppKit says "needs update", "will open", "did close" to one
 * delegate for all levels. Order does not matter to a click: AppKit may send the action before or
 * after "did close", and a row keeps its meaning (its key) for as long as its NSMenuItem lives. */
#include "app/cocoa/status_menu.h"
#include "app/cocoa/cocoa.h"
#include "app/cocoa/pasteboard.h"
#include "app/cocoa/status_level.h"
#include "app/cocoa/target.h"
#include "core/base/clock.h"
#include "core/base/log.h"
#include "core/menu/menu_diff.h"

struct status_menu {
    struct status_menu_config config;
    struct status_row_look look;
    id target; /* delegate of the menus, target of the rows */
    struct status_level *root;
    struct menu shown;
    bool open;
    id watched;       /* the open sub-menu of a container, nil for none; only compared */
    double opening_s; /* when AppKit asked for the menu's rows */
};

static void rebuild(struct status_menu *v)
{
    struct menu built = {0}, next = {0};

    if (v->config.kit == NULL)
        return;
    kit_menu(v->config.kit, clock_wall_s(), &built);
    if (v->open) {
        menu_settle(&v->shown, &built, &next);
        menu_release(&built);
    } else {
        next = built;
    }
    status_level_apply(v->root, v->shown.items, v->shown.count, next.items, next.count, v->open);
    menu_release(&v->shown);
    v->shown = next;
    v->config.shown(v->config.ctx, &v->shown);
}

void status_menu_changed(struct status_menu *v)
{
    rebuild(v);
}

/* Ages are as of this moment; levels that were opened before are filled again when they are shown.
 * Nothing moves under the pointer: this is before the menu is on screen. */
static void root_needs_update(struct status_menu *v)
{
    v->opening_s = ns_date_now();
    if (v->open)
        return;
    status_level_sleep(v->root);
    rebuild(v);
}

static void on_needs_update(id self, SEL cmd, id menu)
{
    struct status_menu *v = target_owner(self);
    struct status_level *l = v == NULL ? NULL : status_level_find(v->root, menu);
    id pool = cocoa_pool_push();

    (void)cmd;
    if (l != NULL && l == v->root)
        root_needs_update(v);
    else if (l != NULL)
        status_level_wake(l, &v->shown);
    cocoa_pool_pop(pool);
}

static void log_drawn(void *arg)
{
    struct status_menu *v = arg;

    log_info("menu: on screen %.1f ms after it was asked for",
             (ns_date_now() - v->opening_s) * 1e3);
}

/* What a container uses is measured as long as its sub-menu is open. */
static void sub_will_open(struct status_menu *v, id menu)
{
    const struct status_level *l = status_level_find(v->root, menu);
    const struct menu_item *it = l == NULL ? NULL : status_level_owner(l, &v->shown);

    if (it == NULL || it->id == NULL)
        return;
    v->watched = menu;
    kit_watch(v->config.kit, it->engine, it->id);
}

static void sub_did_close(struct status_menu *v, id menu)
{
    if (menu != v->watched)
        return; /* the next one may be open before this one closes */
    v->watched = nil;
    kit_unwatch(v->config.kit);
}

static void root_will_open(struct status_menu *v)
{
    v->open = true;
    kit_tell(v->config.kit, SCHEDULE_MENU_OPENED);
    log_info("menu: ready %.1f ms after it was asked for, %zu rows",
             (ns_date_now() - v->opening_s) * 1e3, v->shown.count);
    if (log_wants(LOG_INFO))
        ui_post(v->config.post, log_drawn, v);
}

static void on_will_open(id self, SEL cmd, id menu)
{
    struct status_menu *v = target_owner(self);

    (void)cmd;
    if (v == NULL)
        return;
    if (menu == status_level_menu(v->root))
        root_will_open(v);
    else
        sub_will_open(v, menu);
}

/* One turn later, for the structure must not change inside menuDidClose:. */
static void after_close(void *arg)
{
    struct status_menu *v = arg;

    if (!v->open)
        rebuild(v);
}

static void root_did_close(struct status_menu *v)
{
    v->open = false;
    v->watched = nil;
    kit_tell(v->config.kit, SCHEDULE_MENU_CLOSED);
    ui_post(v->config.post, after_close, v);
}

static void on_did_close(id self, SEL cmd, id menu)
{
    struct status_menu *v = target_owner(self);

    (void)cmd;
    if (v == NULL)
        return;
    if (menu == status_level_menu(v->root))
        root_did_close(v);
    else
        sub_did_close(v, menu);
}

/* A refusal shows itself: the kit makes it a failure in the menu. The id is copied, for the kit
 * may change the menu, and with it the item, before it is done. */
static void act(struct status_menu *v, const struct menu_item *it)
{
    struct valid_id container = *it->id;
    struct fault why;

    if (kit_do(v->config.kit, it->engine, it->op, &container, &why) != RC_OK)
        log_info("refused" LOG_PRIVATE ": %s", why.text);
}

static void act_for_many(struct status_menu *v, const struct menu_call *call)
{
    struct fault why;

    if (kit_do_many(v->config.kit, call, &why) != RC_OK)
        log_info("refused" LOG_PRIVATE ": %s", why.text);
}

/* What would end containers is asked about first. */
static void serve(struct status_menu *v, const struct menu_call *call)
{
    struct fault why;

    if (call->op != OP_SERVICE_START)
        v->config.show(v->config.ctx, call);
    else if (kit_service(v->config.kit, call->engine, call->op, &why) != RC_OK)
        log_info("refused: %s", why.text);
}

/* A refusal shows itself, as of act(); the kit has copied all of the item by then. */
static void open_window(struct status_menu *v, const struct menu_item *it)
{
    struct fault why;
    enum rc rc = it->command == MENU_SHELL
                     ? kit_shell(v->config.kit, it->engine, it->id, &why)
                     : kit_open_port(v->config.kit, it->engine, it->id, it->port, &why);

    if (rc != RC_OK)
        log_info("refused" LOG_PRIVATE ": %s", why.text);
}

/* The text is copied first: under GNUstep the first use of the pasteboard starts its server and
 * runs the run loop meanwhile, and a newer menu may take the item's place. */
static void copy(const struct menu_item *it)
{
    char *text = mem_str(it->copy);

    if (!pasteboard_copy(text))
        log_warn("the pasteboard refused what was copied");
    mem_free(text);
}

/* A refusal shows itself, as of act(). */
static void copy_run_line(struct status_menu *v, const struct menu_call *call)
{
    const struct inspection what = {.kind = call->engine,
                                    .id = call->id,
                                    .text = INSPECTION_RUN_LINE,
                                    .values = call->command == MENU_COPY_RUN_VALUES};
    struct fault why;

    if (kit_inspect(v->config.kit, &what, &why) != RC_OK)
        log_info("refused" LOG_PRIVATE ": %s", why.text);
}

static void pick(struct status_menu *v, const struct menu_item *it)
{
    const struct menu_call call = menu_call_of(it);

    switch (it->command) {
    case MENU_NOTHING:
        break;
    case MENU_ACTION:
        act(v, it);
        break;
    case MENU_MANY:
        act_for_many(v, &call);
        break;
    case MENU_PIN:
    case MENU_UNPIN:
        kit_keep(v->config.kit, STORE_PINNED, call.engine, &call.id, call.command == MENU_PIN);
        break;
    case MENU_HIDE:
    case MENU_UNHIDE:
        kit_keep(v->config.kit, STORE_HIDDEN, call.engine, &call.id, call.command == MENU_HIDE);
        break;
    case MENU_MUTE:
    case MENU_UNMUTE:
        kit_keep(v->config.kit, STORE_MUTED, call.engine, &call.id, call.command == MENU_MUTE);
        break;
    case MENU_COPY:
        copy(it);
        break;
    case MENU_COPY_RUN:
    case MENU_COPY_RUN_VALUES:
        copy_run_line(v, &call);
        break;
    case MENU_SHELL:
    case MENU_OPEN_PORT:
        open_window(v, it);
        break;
    case MENU_SERVICE:
        serve(v, &call);
        break;
    case MENU_REFRESH:
        kit_tell(v->config.kit, SCHEDULE_USER);
        break;
    case MENU_INSPECT:
    case MENU_ASK_REMOVE:
    case MENU_SETTINGS:
    case MENU_REGISTRIES:
    case MENU_ABOUT:
    case MENU_DNS:
    case MENU_FIND:
    case MENU_LOGS:
    case MENU_UPDATE_SHOW:
    case MENU_UPDATE_CHECK:
    case MENU_WINDOW:
    case MENU_ASK_MANY:
        v->config.show(v->config.ctx, &call);
        break;
    case MENU_QUIT:
        ui_post(v->config.post, v->config.quit, v->config.ctx);
        break;
    }
}

static void on_pick(id self, SEL cmd, id item)
{
    struct status_menu *v = target_owner(self);
    struct status_level *l = v == NULL ? NULL : status_level_find(v->root, ns_item_menu(item));
    const struct menu_item *it =
        l == NULL ? NULL : status_level_item(l, &v->shown, ns_item_tag(item));
    id pool = cocoa_pool_push();

    (void)cmd;
    if (it != NULL && it->enabled && !it->gone)
        pick(v, it);
    cocoa_pool_pop(pool);
}

void status_menu_pick(struct status_menu *v, const char *key)
{
    const struct menu_item *it = menu_find_below(v->shown.items, v->shown.count, key);

    if (v->config.kit != NULL && it != NULL && it->enabled && !it->gone)
        pick(v, it);
}

const struct menu *status_menu_shown(const struct status_menu *v)
{
    return &v->shown;
}

struct status_menu *status_menu_new(const struct status_menu_config *config)
{
    static const struct target_method methods[] = {
        {SEL_menu_needs_update, (IMP)on_needs_update, "v@:@"},
        {SEL_menu_will_open, (IMP)on_will_open, "v@:@"},
        {SEL_menu_did_close, (IMP)on_did_close, "v@:@"},
        {SEL_pick, (IMP)on_pick, "v@:@"},
    };
    struct status_menu *v = mem_new(sizeof *v);

    v->config = *config;
    v->target =
        target_new(target_class("CKMenu", cocoa_class[CLS_NSObject], methods, countof(methods)), v);
    v->look = (struct status_row_look){config->icons, v->target};
    v->root = status_level_new(&v->look, v->target);
    rebuild(v);
    return v;
}

id status_menu_menu(const struct status_menu *v)
{
    return status_level_menu(v->root);
}

void status_menu_stop(struct status_menu *v)
{
    if (v == NULL)
        return;
    v->config.kit = NULL;
    /* rows on screen do not retain their target: it is never released */
    target_own(v->target, NULL);
}

void status_menu_free(struct status_menu *v)
{
    if (v == NULL)
        return;
    status_level_free(v->root);
    menu_release(&v->shown);
    mem_free(v);
}
