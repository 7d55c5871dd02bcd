/* menu_build.c - the whole menu: a section per engine in use, the fixed rows below, the icon.
 *
 * Everything is decided from the input alone, so that the same input always gives the same menu:
 * golden tests compare it, and an unchanged menu has no changes. */
#include "core/menu/menu_build.h"
#include "core/menu/menu_container.h"
#include "core/menu/menu_history.h"
#include "core/menu/menu_list.h"
#include "core/menu/menu_section.h"
#include "core/menu/menu_shown.h"
#include "core/menu/menu_update.h"
#include "core/menu/menu_words.h"

static bool all_seen(const struct menu_input *in)
{
    for (int k = 0; k < ENGINE_COUNT; k++)
        if (!in->off[k] && (in->snaps[k] == NULL || in->snaps[k]->state == ENGINE_UNSEEN))
            return false;
    return true;
}

static bool all_off(const struct menu_input *in)
{
    for (int k = 0; k < ENGINE_COUNT; k++)
        if (!in->off[k])
            return false;
    return true;
}

/* The user switched them off, and may have forgotten: then nothing needs to be installed. True if
 * there is one. */
static bool off_add(const struct menu_input *in, struct arena *a, struct menu_list *into)
{
    bool any = false;

    for (int k = 0; k < ENGINE_COUNT; k++) {
        if (!in->off[k])
            continue;
        any = true;
        menu_list_add(into, MENU_NOTE, arena_print(a, "off/%s", engine_word((enum engine_kind)k)),
                      word_say(a, WORD_OFF, engine_title((enum engine_kind)k), NULL));
    }
    return any;
}

/* What stands there when there is no engine to show. */
static void nothing_add(const struct menu_input *in, struct arena *a, struct menu_list *into)
{
    if (!all_seen(in)) {
        menu_list_add(into, MENU_NOTE, "looking", word(WORD_LOOKING));
        return;
    }
    if (all_off(in)) {
        menu_list_add(into, MENU_NOTE, "all-off", word(WORD_ALL_OFF));
        return;
    }
    menu_list_add(into, MENU_HEADER, "no-engine", word(WORD_NO_ENGINE));
    if (off_add(in, a, into))
        return;
    menu_list_add(into, MENU_NOTE, "no-engine/install",
                  word(in->mac ? WORD_INSTALL_MAC : WORD_INSTALL_LINUX));
    menu_list_add(into, MENU_NOTE, "no-engine/then", word(WORD_INSTALL_THEN));
}

static void command_add(struct menu_list *into, const char *key, enum word title,
                        enum menu_command command, const char *shortcut)
{
    struct menu_item *it = menu_list_add(into, MENU_ROW, key, word(title));

    it->command = command;
    it->shortcut = shortcut;
}

static void windows_add(struct arena *a, const struct menu_input *in, struct menu_list *into)
{
    for (size_t i = 0; i < in->window_count; i++) {
        const struct menu_window *w = &in->windows[i];
        struct menu_shown title = menu_show(a, w->title, MENU_TITLE_MAX);
        struct menu_item *it =
            menu_list_add(into, MENU_ROW, arena_print(a, "window/%ld", w->number), title.text);

        it->tip = title.full;
        it->command = MENU_WINDOW;
        it->window = w->number;
    }
}

static void bottom_add(const struct menu_input *in, struct arena *a, struct menu_list *into)
{
    if (in->trouble != NULL && in->trouble[0] != '\0')
        menu_sentence_add(a, into, "trouble", word_say(a, WORD_WARNING, in->trouble, NULL));
    menu_update_add(&in->update, a, into);
    menu_history_add(in, a, into);
    command_add(into, "find", WORD_FIND, MENU_FIND, "f");
    command_add(into, "refresh", WORD_REFRESH, MENU_REFRESH, "r");
    command_add(into, "registries", WORD_REGISTRIES, MENU_REGISTRIES, "");
    command_add(into, "settings", WORD_SETTINGS, MENU_SETTINGS, ",");
    menu_update_add_check(&in->update, into);
    command_add(into, "about", WORD_ABOUT, MENU_ABOUT, "");
    for (int k = 0; k < ENGINE_COUNT; k++)
        if (in->may_end[k])
            menu_list_add(
                into, MENU_NOTE, arena_print(a, "may-end/%s", engine_word((enum engine_kind)k)),
                word_say(a, WORD_SERVICE_MAY_END, engine_title((enum engine_kind)k), NULL));
    command_add(into, "quit", WORD_QUIT, MENU_QUIT, "q");
}

/* Engines that are shown, and how they are. */
struct summary {
    size_t shown, down, unseen, running; /* engines but for the last: containers */
    enum engine_kind some_down;
};

static struct summary summarize(const struct menu_input *in)
{
    struct summary sum = {0};

    for (int k = 0; k < ENGINE_COUNT; k++) {
        const struct snapshot *snap = in->snaps[k];

        if (!menu_section_wanted(in, (enum engine_kind)k))
            continue;
        sum.shown++;
        if (menu_answers(snap)) {
            sum.running += snapshot_running(snap);
        } else if (snap->state == ENGINE_UNSEEN) {
            sum.unseen++;
        } else {
            sum.down++;
            sum.some_down = (enum engine_kind)k;
        }
    }
    return sum;
}

static bool is_down(const struct menu_input *in, const struct summary *sum)
{
    return sum->shown > 0 ? sum->down == sum->shown : all_seen(in) && !all_off(in);
}

static const char *state_tip(struct arena *a, const struct menu_input *in,
                             const struct summary *sum)
{
    if (all_off(in))
        return word(WORD_ALL_OFF);
    if (sum->shown == 0)
        return word(all_seen(in) ? WORD_NO_ENGINE : WORD_LOOKING);
    if (sum->down == sum->shown && sum->shown > 1)
        return word(WORD_STATUS_DOWN);
    if (sum->down == sum->shown)
        return menu_engine_sentence(a, sum->some_down, in->snaps[sum->some_down]->state);
    if (sum->running == 0)
        return word(sum->unseen > 0 ? WORD_LOOKING : WORD_STATUS_NONE);
    return word_count(a, WORD_STATUS_RUNNING_1, (int64_t)sum->running);
}

/* `doing` tells of a pending container, NULL if none of them was met. */
static void status(struct menu *out, const struct menu_input *in, const char *doing)
{
    struct arena *a = &out->arena;
    struct summary sum = summarize(in);

    out->icon = in->pending_count > 0 ? MENU_ICON_BUSY
                : sum.running > 0     ? MENU_ICON_RUNNING
                : is_down(in, &sum)   ? MENU_ICON_DOWN
                                      : MENU_ICON_IDLE;
    out->status_title =
        sum.running > 0 && !in->hide_count ? arena_print(a, "%zu", sum.running) : "";
    out->status_title = menu_update_title(&in->update, a, out->status_title);
    out->status_tip = menu_update_tip(&in->update, a, state_tip(a, in, &sum));
    if (in->pending_count == 0)
        return;
    if (in->pending_count > 1 || doing == NULL)
        doing = word_count(a, WORD_STATUS_BUSY_1, (int64_t)in->pending_count);
    out->status_tip = word_say(a, WORD_STATUS_AND, out->status_tip, doing);
}

static void part(struct arena *a, struct menu_list *into, const char *what)
{
    if (into->count > 0)
        menu_list_add(into, MENU_SEPARATOR, arena_print(a, "sep/%s", what), "");
}

void menu_build(struct menu *out, const struct menu_input *in)
{
    struct menu_section section;
    struct menu_list top = {0};
    size_t wanted = 0;

    MUST(out->arena.blocks == NULL);
    menu_section_init(&section, &out->arena, in);
    menu_update_add_top(&in->update, &out->arena, &top);
    for (int k = 0; k < ENGINE_COUNT; k++) {
        enum engine_kind kind = (enum engine_kind)k;
        bool wants = menu_section_wanted(in, kind);

        if (!wants && !menu_section_unfit(in, kind))
            continue;
        part(&out->arena, &top, engine_word(kind));
        menu_section_add(&section, kind, &top);
        wanted += wants;
    }
    if (wanted == 0) {
        part(&out->arena, &top, "nothing");
        nothing_add(in, &out->arena, &top);
    }
    if (in->window_count > 0)
        part(&out->arena, &top, "windows");
    windows_add(&out->arena, in, &top);
    part(&out->arena, &top, "bottom");
    bottom_add(in, &out->arena, &top);
    out->items = menu_list_move(&top, &out->arena, &out->count);
    status(out, in, section.doing);
    menu_list_release(&top);
    menu_section_release(&section);
}
