/* settings_window.c - see settings_window.h. The content is made anew after each click, so that it
 * shows what is, and not what was asked for: the system may say no. */
#include "app/cocoa/settings_window.h"
#include "app/cocoa/controls.h"
#include "core/base/mem.h"
#include "core/desktop/terminal.h"
#include <stdio.h>
#include <stdlib.h>

#define WIDTH 440.0

/* Behind these, a control's number is USE_SETTING + its setting. */
enum { USE_LOGIN = 1, USE_LINK, USE_CLOSE, USE_SETTING };

struct settings_window {
    struct window *window;
    struct choices choices;
    struct first_start_choices offer; /* what the system says, as of the last filling */
    struct fault problem;             /* of the last click; its text is "" for none */
};

/* A box for each, under a title; the word of the setting tells what it is. */
struct box {
    enum setting which;
    const char *title;
};

static const struct box engine_boxes[] = {
    {SETTING_APPLE, "Apple container"}, {SETTING_DOCKER, "Docker"}, {SETTING_PODMAN, "Podman"}};
static const struct box menu_boxes[] = {{SETTING_SHOW_COUNT, "Show how many run beside the icon"}};
static const struct box note_boxes[] = {
    {SETTING_NOTE_EXIT, "A container ends with an error"},
    {SETTING_NOTE_UNHEALTHY, "A container becomes unhealthy"},
    {SETTING_NOTE_LOOP, "A container keeps restarting"},
    {SETTING_NOTE_ENGINE, "An engine goes down or comes back"},
    {SETTING_NOTE_FAILED, "Something that I asked for fails"},
};

/* Seconds that a container has to stop by itself. */
static const struct {
    const char *text, *title;
} graces[] = {{"5", "5 seconds"},
              {"10", "10 seconds"},
              {"30", "30 seconds"},
              {"60", "1 minute"},
              {"300", "5 minutes"}};

static const struct settings *now(const struct settings_window *s)
{
    return kit_settings(s->choices.kit);
}

static void add_boxes(const struct settings_window *s, struct form *f, const struct box *boxes,
                      size_t count)
{
    for (size_t i = 0; i < count; i++)
        form_check(f, USE_SETTING + (long)boxes[i].which, boxes[i].title,
                   now(s)->number[boxes[i].which] != 0);
}

static void add_system(const struct settings_window *s, struct form *f)
{
    if (s->offer.set_login != NULL)
        form_check(f, USE_LOGIN, "Open at login", s->offer.login_on);
    if (s->offer.set_link != NULL)
        form_check(f, USE_LINK, "Install the command line tool, container-kit", s->offer.link_on);
    if (s->problem.text[0] != '\0')
        form_text(f, FORM_PLAIN, s->problem.text);
}

/* One that the command line has set to something else stands there as it is. */
static void add_grace(const struct settings_window *s, struct form *f)
{
    const char *titles[countof(graces) + 1];
    char other[48];
    size_t count = countof(graces), chosen = count;

    for (size_t i = 0; i < countof(graces); i++) {
        titles[i] = graces[i].title;
        if (strtoll(graces[i].text, NULL, 10) == now(s)->number[SETTING_GRACE_S])
            chosen = i;
    }
    if (chosen == count) {
        snprintf(other, sizeof other, "%lld seconds", (long long)now(s)->number[SETTING_GRACE_S]);
        titles[count++] = other;
    }
    form_choice(f, USE_SETTING + (long)SETTING_GRACE_S, "Time to stop", titles, count, chosen);
}

/* Elsewhere than on a Mac the system has one terminal, its own. */
static void add_terminal(const struct settings_window *s, struct form *f)
{
    static const char *const titles[TERMINAL_COUNT] = {
        [TERMINAL_SYSTEM] = "What opens .command files",
        [TERMINAL_APPLE] = "Terminal",
        [TERMINAL_ITERM2] = "iTerm2",
        [TERMINAL_GHOSTTY] = "Ghostty",
        [TERMINAL_KITTY] = "kitty",
        [TERMINAL_WEZTERM] = "WezTerm",
    };

    if (s->choices.setup->where.mac)
        form_choice(f, USE_SETTING + (long)SETTING_TERMINAL, "Shells open in", titles,
                    TERMINAL_COUNT, (size_t)now(s)->number[SETTING_TERMINAL]);
}

static void fill(void *ctx)
{
    static const struct form_button close = {"Close", USE_CLOSE};
    struct settings_window *s = ctx;
    struct form f;

    choices_offer(&s->choices, &s->offer);
    form_begin(&f, s->window, WIDTH);
    add_system(s, &f);
    add_boxes(s, &f, menu_boxes, countof(menu_boxes));
    form_gap(&f);
    form_text(&f, FORM_BOLD, "Look at the containers of");
    add_boxes(s, &f, engine_boxes, countof(engine_boxes));
    form_gap(&f);
    add_grace(s, &f);
    add_terminal(s, &f);
    form_gap(&f);
    form_text(&f, FORM_BOLD, "Tell me when");
    add_boxes(s, &f, note_boxes, countof(note_boxes));
    form_buttons(&f, &close, 1);
    window_fit(s->window, form_end(&f));
}

/* Its text as settings_set() takes it. */
static const char *text_of(enum setting which, id control)
{
    switch (which) {
    case SETTING_GRACE_S:
        return form_choice_made(control) < countof(graces) ? graces[form_choice_made(control)].text
                                                           : NULL; /* as it was */
    case SETTING_TERMINAL:
        return setting_row(which)->words[form_choice_made(control)];
    default:
        return form_check_on(control) ? "true" : "false";
    }
}

static void used(void *ctx, long number, id control)
{
    struct settings_window *s = ctx;
    const char *text = NULL;

    s->problem = (struct fault){0};
    if (number == USE_CLOSE) {
        window_close(s->window);
        return;
    }
    if (number == USE_LOGIN)
        s->offer.set_login(s->offer.ctx, form_check_on(control), &s->problem);
    else if (number == USE_LINK)
        s->offer.set_link(s->offer.ctx, form_check_on(control), &s->problem);
    else
        text = text_of((enum setting)(number - USE_SETTING), control);
    if (text != NULL)
        MUST(kit_set(s->choices.kit, (enum setting)(number - USE_SETTING), text, NULL) == RC_OK);
    window_changed(s->window);
}

struct settings_window *settings_window_new(struct windows *windows, const struct choices *choices)
{
    struct settings_window *s = mem_new(sizeof *s);
    struct window_config window = {
        .title = "Settings", .frame_name = "settings", .fill = fill, .used = used, .ctx = s};

    s->choices = *choices;
    s->window = window_new(windows, &window);
    return s;
}

void settings_window_show(struct settings_window *s)
{
    window_show(s->window);
}

void settings_window_free(struct settings_window *s)
{
    if (s == NULL)
        return;
    window_free(s->window);
    mem_free(s);
}
