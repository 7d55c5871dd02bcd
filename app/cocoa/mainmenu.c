/* mainmenu.c - see mainmenu.h. Each menu is a table; a row without a target goes to the first
 * responder that knows its action. */
#include "app/cocoa/mainmenu.h"
#include "app/cocoa/cocoa.h"
#include "core/words/words.h"

struct entry {
    enum word title; /* WORD_NONE for a separator */
    int sel;
    const char *key; /* with Command; upper case adds Shift */
    bool ours;       /* goes to our own target */
    long tag;        /* which of the things that the action can do, 0 for an action with one */
};

/* What performFindPanelAction: does goes by the item's tag. */
enum {
    FIND = 1,         /* NSTextFinderActionShowFindInterface */
    FIND_NEXT = 2,    /* NSTextFinderActionNextMatch */
    FIND_PREVIOUS = 3 /* NSTextFinderActionPreviousMatch */
};

static const struct entry app_entries[] = {
    {WORD_ABOUT, SEL_show_about, "", true, 0},
    {WORD_UPDATE_CHECK, SEL_show_update, "", true, 0},
    {WORD_NONE, 0, "", false, 0},
    {WORD_SETTINGS, SEL_show_settings, ",", true, 0},
    {WORD_FIND, SEL_show_find, "F", true, 0},
    {WORD_NONE, 0, "", false, 0},
    {WORD_BAR_HIDE, SEL_hide, "h", false, 0},
    {WORD_NONE, 0, "", false, 0},
    {WORD_QUIT, SEL_terminate, "q", false, 0},
};
static const struct entry edit_entries[] = {
    {WORD_BAR_UNDO, SEL_undo, "z", false, 0},
    {WORD_BAR_REDO, SEL_redo, "Z", false, 0},
    {WORD_NONE, 0, "", false, 0},
    {WORD_BAR_CUT, SEL_cut, "x", false, 0},
    {WORD_BAR_COPY, SEL_copy, "c", false, 0},
    {WORD_BAR_PASTE, SEL_paste, "v", false, 0},
    {WORD_BAR_SELECT_ALL, SEL_select_all, "a", false, 0},
    {WORD_NONE, 0, "", false, 0},
    {WORD_BAR_FIND, SEL_find, "f", false, FIND},
    {WORD_BAR_FIND_NEXT, SEL_find, "g", false, FIND_NEXT},
    {WORD_BAR_FIND_PREVIOUS, SEL_find, "G", false, FIND_PREVIOUS},
};
static const struct entry window_entries[] = {
    {WORD_CLOSE, SEL_perform_close, "w", false, 0},
    {WORD_BAR_MINIMISE, SEL_minimise, "m", false, 0},
};

static id new_item(const char *title, SEL action, const char *key)
{
    return ns_item_init(ns_item_alloc(), cocoa_string(title), action, cocoa_string(key));
}

static void add_entry(id menu, const struct entry *e, id target)
{
    id item;

    if (e->title == WORD_NONE) {
        ns_menu_add(menu, ns_item_separator());
        return;
    }
    item = new_item(word(e->title), cocoa_sel[e->sel], e->key);
    if (e->ours)
        ns_item_set_target(item, target);
    if (e->tag != 0)
        ns_item_set_tag(item, e->tag);
    ns_menu_add(menu, item);
    ns_release(item);
}

static void add_menu(id bar, const char *title, const struct entry *entries, size_t count,
                     id target)
{
    id menu = ns_menu_init(ns_menu_alloc(), cocoa_string(title));
    id item = new_item(title, (SEL)0, "");

    for (size_t i = 0; i < count; i++)
        add_entry(menu, &entries[i], target);
    ns_item_set_submenu(item, menu);
    ns_menu_add(bar, item);
    ns_release(item);
    ns_release(menu);
}

void mainmenu_install(id target)
{
    id bar = ns_menu_init(ns_menu_alloc(), cocoa_string("Container Kit"));

    add_menu(bar, "Container Kit", app_entries, countof(app_entries), target);
    add_menu(bar, word(WORD_BAR_EDIT), edit_entries, countof(edit_entries), target);
    add_menu(bar, word(WORD_BAR_WINDOW), window_entries, countof(window_entries), target);
    ns_app_set_main_menu(NSApp, bar);
    ns_release(bar);
}
