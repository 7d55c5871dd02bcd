/* menus.c - see menus.h. GNUstep 0.29 measures, validates and asks the delegate again at every
 * change of an item, also for menus that are not on the screen; a delegate that sets a title in
 * menuNeedsUpdate: is called without end. Menus that we draw need none of that: popup.c asks when
 * a menu opens. Only the main menu and the menus of pop-up buttons stay GNUstep's. */
#include "app/gnustep/menus.h"
#include "app/gnustep/popup.h"
#include "app/gnustep/replace.h"
#include "app/gnustep/track.h"

extern id NSMenuDidAddItemNotification;
extern id NSMenuDidRemoveItemNotification;
extern id NSMenuDidChangeItemNotification;

static bool gnustep_draws(id menu)
{
    id above;

    if (gs_menu_of_popup(menu))
        return true;
    while ((above = gs_menu_super(menu)) != nil)
        menu = above;
    return shim()->regular_app && NSApp != nil && menu == gs_app_main_menu(NSApp);
}

/* ---- held back ---- */

static void menu_update(id self, SEL cmd)
{
    if (gnustep_draws(self))
        ((void (*)(id, SEL))shim()->old_menu_update)(self, cmd);
}

static void menu_ask(id self, SEL cmd)
{
    if (gnustep_draws(self))
        ((void (*)(id, SEL))shim()->old_menu_ask)(self, cmd);
}

static void menu_size(id self, SEL cmd)
{
    if (gnustep_draws(self))
        ((void (*)(id, SEL))shim()->old_menu_size)(self, cmd);
}

/* A program that lives in the status bar has no menu bar of its own; its shortcuts still work. If
 * it has one, that comes up over the status bar. */
static void menu_display(id self, SEL cmd)
{
    if (!gnustep_draws(self))
        return;
    ((void (*)(id, SEL))shim()->old_menu_display)(self, cmd);
    if (shim()->bar_panel != nil)
        gs_window_show(shim()->bar_panel);
}

void menus_validate(id menu)
{
    ((void (*)(id, SEL))shim()->old_menu_update)(menu, gnustep_sel[SEL_gs_menu_update]);
}

/* ---- attributed titles: GNUstep keeps the plain text only ---- */

id menus_rich_title(id item)
{
    return gs_dict_get(shim()->rich_titles, gs_key(item));
}

static id item_rich(id self, SEL cmd)
{
    (void)cmd;
    return menus_rich_title(self);
}

static void item_set_rich(id self, SEL cmd, id rich)
{
    id copy = rich == nil ? nil : gs_copy(rich);

    shim_main_thread(cmd);
    if (copy == nil)
        gs_dict_remove(shim()->rich_titles, gs_key(self));
    else
        gs_dict_set(shim()->rich_titles, copy, gs_key(self));
    gs_release(copy);
    ((void (*)(id, SEL, id))shim()->old_item_set_rich)(self, cmd, rich);
}

static void item_set_title(id self, SEL cmd, id title)
{
    id rich = menus_rich_title(self);

    shim_main_thread(cmd);
    if (rich != nil && !gs_string_equal(gs_rich_string(rich), title))
        gs_dict_remove(shim()->rich_titles, gs_key(self));
    ((void (*)(id, SEL, id))shim()->old_item_set_title)(self, cmd, title);
}

static void item_set_enabled(id self, SEL cmd, BOOL on)
{
    shim_main_thread(cmd);
    ((void (*)(id, SEL, BOOL))shim()->old_item_set_enabled)(self, cmd, on);
}

static void item_dealloc(id self, SEL cmd)
{
    gs_dict_remove(shim()->rich_titles, gs_key(self));
    ((void (*)(id, SEL))shim()->old_item_dealloc)(self, cmd);
}

/* ---- changes ---- */

static void menu_insert(id self, SEL cmd, id item, long at)
{
    shim_main_thread(cmd);
    ((void (*)(id, SEL, id, long))shim()->old_menu_insert)(self, cmd, item, at);
}

static long row_of(id note)
{
    id row = gs_dict_get(gs_note_info(note), gs_string("NSMenuItemIndex"));

    return row == nil ? -1 : gs_number_int(row);
}

static void note_changed(id self, SEL cmd, id note)
{
    (void)self;
    (void)cmd;
    popup_row_changed(gs_note_object(note), row_of(note));
}

static void note_added(id self, SEL cmd, id note)
{
    (void)self;
    (void)cmd;
    popup_row_added(gs_note_object(note), row_of(note));
}

static void note_removed(id self, SEL cmd, id note)
{
    (void)self;
    (void)cmd;
    popup_row_removed(gs_note_object(note), row_of(note));
}

static void make_observer_class(Class c)
{
    MUST(class_addMethod(c, gnustep_sel[SEL_ck_menu_changed], (IMP)note_changed, "v@:@"));
    MUST(class_addMethod(c, gnustep_sel[SEL_ck_menu_grown], (IMP)note_added, "v@:@"));
    MUST(class_addMethod(c, gnustep_sel[SEL_ck_menu_shrunk], (IMP)note_removed, "v@:@"));
}

/* The observer lives as long as the program. */
static void observe(void)
{
    Class c = shim_subclass("CKMenuObserver", CLS_NSObject, make_observer_class);
    id me = gs_new((id)(void *)c), center = gs_center();

    gs_center_observe(center, me, gnustep_sel[SEL_ck_menu_changed], NSMenuDidChangeItemNotification,
                      nil);
    gs_center_observe(center, me, gnustep_sel[SEL_ck_menu_grown], NSMenuDidAddItemNotification,
                      nil);
    gs_center_observe(center, me, gnustep_sel[SEL_ck_menu_shrunk], NSMenuDidRemoveItemNotification,
                      nil);
}

/* ---- missing in 0.29 ---- */

static void remove_all(id self, SEL cmd)
{
    (void)cmd;
    for (long n = gs_menu_count(self); n > 0; n--)
        gs_menu_remove_at(self, n - 1);
}

static void cancel_tracking(id self, SEL cmd)
{
    (void)self;
    (void)cmd;
    track_cancel();
}

static id lit_item(id self, SEL cmd)
{
    struct popup_level *level = popup_level_of_menu(self);

    (void)cmd;
    return level == NULL ? nil : popup_lit_item(level);
}

/* 0 is an app with a menu bar, 1 and 2 are apps without. */
static BOOL set_policy(id self, SEL cmd, long policy)
{
    (void)self;
    (void)cmd;
    shim()->regular_app = policy == 0;
    return YES;
}

static void hold_back(struct shim *s)
{
    s->old_menu_update = replace_method("NSMenu", "update", (IMP)menu_update, "v@:");
    s->old_menu_ask = replace_method("NSMenu", "_updateMenuWithDelegate", (IMP)menu_ask, "v@:");
    s->old_menu_size = replace_method("NSMenu", "sizeToFit", (IMP)menu_size, "v@:");
    s->old_menu_display = replace_method("NSMenu", "display", (IMP)menu_display, "v@:");
}

void menus_install(void)
{
    struct shim *s = shim();

    s->rich_titles = gs_new(shim_class(CLS_NSMutableDictionary));
    hold_back(s);
    s->old_menu_insert = replace_method("NSMenu", "insertItem:atIndex:", (IMP)menu_insert, "v@:@q");
    s->old_item_set_title = replace_method("NSMenuItem", "setTitle:", (IMP)item_set_title, "v@:@");
    s->old_item_set_enabled =
        replace_method("NSMenuItem", "setEnabled:", (IMP)item_set_enabled, "v@:" OBJC_BOOL);
    s->old_item_set_rich =
        replace_method("NSMenuItem", "setAttributedTitle:", (IMP)item_set_rich, "v@:@");
    replace_method("NSMenuItem", "attributedTitle", (IMP)item_rich, "@@:");
    s->old_item_dealloc = replace_method("NSMenuItem", "dealloc", (IMP)item_dealloc, "v@:");
    replace_missing("NSMenu", "removeAllItems", (IMP)remove_all, "v@:");
    replace_missing("NSMenu", "cancelTracking", (IMP)cancel_tracking, "v@:");
    replace_missing("NSMenu", "cancelTrackingWithoutAnimation", (IMP)cancel_tracking, "v@:");
    replace_missing("NSMenu", "highlightedItem", (IMP)lit_item, "@@:");
    replace_missing("NSApplication", "setActivationPolicy:", (IMP)set_policy, OBJC_BOOL "@:q");
    observe();
}
