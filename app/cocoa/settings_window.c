/* settings_window.c - see settings_window.h. Which settings there are, and what they can be, is
 * said by core/store/settings_look.h; what the system keeps, and what only a click tells, is here.
 * The content is made anew after each click, so that it shows what is, and not what was asked for:
 * the system may say no. */
#include "app/cocoa/settings_window.h"
#include "app/cocoa/cocoa.h"
#include "app/cocoa/controls.h"
#include "app/cocoa/system_page.h"
#include "core/base/log.h"
#include "core/base/mem.h"
#include "core/base/text.h"
#include "core/store/settings_look.h"

#define WIDTH 520.0
#define LIST_WIDTH 460.0 /* within, the scroller left out */
#define NAME_MAX_SHOWN 40
#define LABEL_WIDTH 230.0 /* of the longest one, in any language */

#define MUTED_HEIGHT 96.0

/* Behind these, a control's number is USE_SETTING + its setting, or USE_UNMUTE + the place of a
 * name in the list of muted ones. */
enum {
    USE_TAB = 1,
    USE_LOGIN,
    USE_LINK,
    USE_NOTES,
    USE_LANGUAGE,
    USE_CLOSE,
    USE_SETTING,
    USE_UNMUTE = 1000
};
_Static_assert((int)USE_SETTING + (int)SETTING_COUNT < (int)USE_UNMUTE, "numbers of controls");

struct settings_window {
    struct window *window;
    struct choices choices;
    struct notifier *notifier;
    enum settings_tab tab;
    unsigned contexts;                /* answers about contexts, as of the last filling */
    struct first_start_choices offer; /* what the system says, as of the last filling */
    struct fault problem;             /* of the last click; its text is "" for none */
};

static const struct settings *now(const struct settings_window *s)
{
    return kit_settings(s->choices.kit);
}

static bool is_mac(const struct settings_window *s)
{
    return s->choices.setup->where.mac;
}

static void add_tabs(const struct settings_window *s, struct form *f)
{
    const char *titles[TAB_COUNT];
    size_t count = 0;

    for (int tab = TAB_NONE + 1; tab < TAB_COUNT; tab++)
        titles[count++] = settings_tab_title((enum settings_tab)tab);
    form_choice(f, USE_TAB, word(WORD_SET_SHOW), titles, count, (size_t)s->tab - 1);
    form_gap(f);
}

static void add_system(const struct settings_window *s, struct form *f)
{
    if (s->offer.set_login != NULL)
        form_check(f, USE_LOGIN, word(WORD_WELCOME_LOGIN), s->offer.login_on);
    if (s->offer.set_link != NULL)
        form_check(f, USE_LINK, word(WORD_WELCOME_LINK), s->offer.link_on);
}

/* Where the system chooses the language, it is a page of the system's. */
static void add_language(const struct settings_window *s, struct form *f)
{
    const struct form_button open = {word(WORD_SET_LANGUAGE_OPEN), USE_LANGUAGE};

    if (s->tab == TAB_GENERAL && system_page_is_there(PAGE_LANGUAGE))
        form_row(f, FORM_PLAIN, word(WORD_SET_LANGUAGE), &open, 1);
}

/* May we show notifications at all? On a Mac the user can be taken to where that is said. */
static void add_permission(const struct settings_window *s, struct form *f)
{
    const struct form_button open = {word(WORD_SET_NOTES_OPEN), USE_NOTES};
    enum notifier_status status = notifier_status(s->notifier, NULL);

    if (status == NOTIFIER_UNAVAILABLE)
        form_text(f, FORM_QUIET, word(WORD_SET_NOTES_NONE));
    if (status != NOTIFIER_DENIED)
        return;
    form_text(f, FORM_PLAIN, word(WORD_SET_NOTES_DENIED));
    if (system_page_is_there(PAGE_NOTIFICATIONS))
        form_row(f, FORM_PLAIN, "", &open, 1);
}

/* What stands above the settings of a tab. */
static void add_head(const struct settings_window *s, struct form *f)
{
    if (s->tab == TAB_GENERAL)
        add_system(s, f);
    if (s->tab == TAB_ENGINES)
        form_text(f, FORM_BOLD, word(WORD_SET_LOOK_AT));
    if (s->tab == TAB_NOTES) {
        add_permission(s, f);
        form_text(f, FORM_BOLD, word(WORD_SET_TELL_WHEN));
    }
}

static void find_choices(const struct settings_window *s, enum setting which, struct arena *a,
                         struct setting_choices *out)
{
    const struct context_list *contexts = NULL;
    enum engine_kind kind;

    if (setting_is_context(which, &kind))
        contexts = kit_contexts(s->choices.kit, kind);
    setting_choices(now(s), which, contexts, a, out);
}

static void add_choice(const struct settings_window *s, struct form *f, enum setting which)
{
    struct setting_choices choices;
    const char *titles[SETTING_CHOICES_MAX];
    struct arena a = {0};

    find_choices(s, which, &a, &choices);
    for (size_t i = 0; i < choices.count; i++)
        titles[i] = choices.list[i].title;
    form_choice(f, USE_SETTING + (long)which, setting_title(which), titles, choices.count,
                choices.chosen);
    arena_release(&a);
}

/* Boxes first: what is chosen from a list stands below them. */
static void add_settings(const struct settings_window *s, struct form *f, bool boxes)
{
    for (int i = 0; i < SETTING_COUNT; i++) {
        enum setting which = (enum setting)i;
        bool box = setting_row(which)->kind == SETTING_BOOL;

        if (setting_tab(which, is_mac(s)) != s->tab || box != boxes)
            continue;
        if (box)
            form_check(f, USE_SETTING + (long)which, setting_title(which),
                       now(s)->number[which] != 0);
        else
            add_choice(s, f, which);
    }
}

/* The menu mutes; here is seen what is, also of containers that are not there any more. */
static void add_muted(const struct settings_window *s, struct form *f)
{
    struct arena a = {0};
    struct form list;
    size_t count = 0;
    const struct menu_name *names = kit_muted(s->choices.kit, &count);

    if (s->tab != TAB_NOTES || count == 0)
        return;
    form_gap(f);
    form_text(f, FORM_BOLD, word(WORD_SET_MUTED));
    form_begin_list(&list, s->window, form_list(f, MUTED_HEIGHT), LIST_WIDTH);
    for (size_t i = 0; i < count; i++) {
        const struct form_button unmute = {word(WORD_SET_UNMUTE), USE_UNMUTE + (long)i};

        form_row(&list, FORM_PLAIN,
                 word_say(&a, WORD_SET_OF_ENGINE, text_short(&a, names[i].name, NAME_MAX_SHOWN),
                          engine_title(names[i].engine)),
                 &unmute, 1);
    }
    form_end(&list);
    arena_release(&a);
}

static void fill(void *ctx)
{
    struct settings_window *s = ctx;
    const struct form_button close = {word(WORD_CLOSE), USE_CLOSE};
    struct form f;

    choices_offer(&s->choices, &s->offer);
    s->contexts = kit_contexts_told(s->choices.kit);
    form_begin(&f, s->window, WIDTH);
    f.label = LABEL_WIDTH;
    add_tabs(s, &f);
    add_head(s, &f);
    add_settings(s, &f, true);
    form_gap(&f);
    add_settings(s, &f, false);
    add_language(s, &f);
    add_muted(s, &f);
    if (s->problem.text[0] != '\0')
        form_text(&f, FORM_PLAIN, s->problem.text);
    form_buttons(&f, &close, 1);
    window_fit(s->window, form_end(&f));
}

/* The contexts may have become others while a list of them was open: what was chosen is none of
 * these then, and the list is shown anew. */
static bool is_stale(const struct settings_window *s, enum setting which)
{
    enum engine_kind kind;

    return setting_is_context(which, &kind) && s->contexts != kit_contexts_told(s->choices.kit);
}

static void set(struct settings_window *s, enum setting which, id control)
{
    struct setting_choices choices;
    struct arena a = {0};
    size_t made;

    if (setting_row(which)->kind == SETTING_BOOL) {
        MUST(kit_set(s->choices.kit, which, form_check_on(control) ? "true" : "false", NULL) ==
             RC_OK);
        return;
    }
    find_choices(s, which, &a, &choices);
    made = form_choice_made(control);
    if (made < choices.count && !is_stale(s, which))
        MUST(kit_set(s->choices.kit, which, choices.list[made].text, NULL) == RC_OK);
    arena_release(&a);
}

/* Nothing if the list has become shorter meanwhile. */
static void unmute(struct settings_window *s, size_t at)
{
    size_t count = 0;
    const struct menu_name *names = kit_muted(s->choices.kit, &count);
    char *name;

    if (at >= count)
        return;
    name = mem_str(names[at].name); /* the list changes inside */
    kit_keep_name(s->choices.kit, STORE_MUTED, names[at].engine, name, false);
    mem_free(name);
}

static void used(void *ctx, long number, id control)
{
    struct settings_window *s = ctx;

    s->problem = (struct fault){0};
    switch (number) {
    case USE_CLOSE:
        window_close(s->window);
        return;
    case USE_TAB:
        s->tab = (enum settings_tab)(form_choice_made(control) + 1);
        break;
    case USE_LOGIN:
        s->offer.set_login(s->offer.ctx, form_check_on(control), &s->problem);
        break;
    case USE_LINK:
        s->offer.set_link(s->offer.ctx, form_check_on(control), &s->problem);
        break;
    case USE_NOTES:
        system_page_open(PAGE_NOTIFICATIONS);
        break;
    case USE_LANGUAGE:
        system_page_open(PAGE_LANGUAGE);
        break;
    default:
        if (number >= USE_UNMUTE)
            unmute(s, (size_t)(number - USE_UNMUTE));
        else
            set(s, (enum setting)(number - USE_SETTING), control);
    }
    window_changed(s->window);
}

struct settings_window *settings_window_new(struct windows *windows, const struct choices *choices,
                                            struct notifier *notifier)
{
    struct settings_window *s = mem_new(sizeof *s);
    struct window_config window = {
        .name = WORD_SET_TITLE, .frame_name = "settings", .fill = fill, .used = used, .ctx = s};

    s->choices = *choices;
    s->notifier = notifier;
    s->tab = TAB_GENERAL;
    s->window = window_new(windows, &window);
    return s;
}

void settings_window_show(struct settings_window *s)
{
    kit_ask_contexts(s->choices.kit);
    window_show(s->window);
}

void settings_window_kit_changed(struct settings_window *s)
{
    if (s->contexts != kit_contexts_told(s->choices.kit))
        window_changed(s->window);
}

void settings_window_free(struct settings_window *s)
{
    if (s == NULL)
        return;
    window_free(s->window);
    mem_free(s);
}
