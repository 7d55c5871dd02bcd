/* login_window.c - see login_window.h. What stands in the fields is copied out of them before the
 * window is filled anew; the password never is. */
#include "app/cocoa/login_window.h"
#include "app/cocoa/cocoa.h"
#include "app/cocoa/controls.h"
#include "core/base/mem.h"
#include "core/words/words.h"
#include <stdio.h>
#include <string.h>

#define WIDTH 460.0

enum { USE_ENGINE = 1, USE_HOST, USE_USER, USE_PASSWORD, USE_KEEP, USE_LOG_IN, USE_CANCEL };

struct login_window {
    struct login_window_config config;
    struct window *window;
    enum engine_kind engines[ENGINE_COUNT]; /* to choose from */
    size_t engine_count, chosen;
    char host[VALID_HOST_MAX + 1], user[VALID_USER_MAX + 1]; /* as typed, cut to fit */
    bool keep;
    bool busy; /* a login of ours is under way */
    char problem[FAULT_TEXT_MAX];
    id choice, host_field, user_field, password_field, keep_check; /* the view's; nil while busy */
};

/* The view is about to be emptied, or is already. */
static void forget_controls(struct login_window *w)
{
    if (w->password_field != nil)
        form_field_clear(w->password_field);
    w->choice = w->host_field = w->user_field = w->password_field = w->keep_check = nil;
}

static void add_busy(struct login_window *w, struct form *f)
{
    const struct form_button cancel[] = {{word(WORD_CANCEL), USE_CANCEL}};
    struct arena a = {0};

    form_text(f, FORM_BOLD, word_say(&a, WORD_LOGIN_DOING, w->host, NULL));
    form_text(f, FORM_QUIET, word(WORD_LOGIN_WAIT));
    form_buttons(f, cancel, countof(cancel));
    arena_release(&a);
}

static void add_fields(struct login_window *w, struct form *f)
{
    const char *titles[ENGINE_COUNT];

    for (size_t i = 0; i < w->engine_count; i++)
        titles[i] = engine_title(w->engines[i]);
    w->choice =
        form_choice(f, USE_ENGINE, word(WORD_FIELD_ENGINE), titles, w->engine_count, w->chosen);
    w->host_field = form_field(f, USE_HOST, word(WORD_FIELD_REGISTRY), w->host, false);
    w->user_field = form_field(f, USE_USER, word(WORD_FIELD_USER), w->user, false);
    w->password_field = form_field(f, USE_PASSWORD, word(WORD_FIELD_PASSWORD), "", true);
    if (w->config.keychain)
        w->keep_check = form_check(f, USE_KEEP, word(WORD_LOGIN_KEEP), w->keep);
}

static void add_notes(const struct login_window *w, struct form *f)
{
    if (w->config.keychain)
        form_text(f, FORM_SMALL, word(WORD_LOGIN_KEPT));
    form_text(f, FORM_SMALL, word(WORD_LOGIN_WHERE));
    if (w->problem[0] != '\0')
        form_text(f, FORM_BOLD, w->problem);
}

static void add_all(struct login_window *w, struct form *f)
{
    const struct form_button buttons[] = {{word(WORD_LOG_IN), USE_LOG_IN},
                                          {word(WORD_CANCEL), USE_CANCEL}};

    form_text(f, FORM_BOLD, word(WORD_LOGIN_TITLE));
    add_fields(w, f);
    add_notes(w, f);
    form_buttons(f, buttons, countof(buttons));
    form_focus(w->host[0] == '\0'   ? w->host_field
               : w->user[0] == '\0' ? w->user_field
                                    : w->password_field);
}

static void fill(void *ctx)
{
    struct login_window *w = ctx;
    struct form f;

    forget_controls(w);
    form_begin(&f, w->window, WIDTH);
    if (w->busy)
        add_busy(w, &f);
    else
        add_all(w, &f);
    window_fit(w->window, form_end(&f));
}

static void closed(void *ctx)
{
    struct login_window *w = ctx;

    forget_controls(w);
    if (w->busy)
        w->config.cancel(w->config.ctx);
}

/* Copies what stands in the fields, but for the password. */
static void read_fields(struct login_window *w)
{
    w->chosen = form_choice_made(w->choice);
    snprintf(w->host, sizeof w->host, "%s", form_field_text(w->host_field));
    snprintf(w->user, sizeof w->user, "%s", form_field_text(w->user_field));
    w->keep = w->keep_check != nil && form_check_on(w->keep_check);
}

/* The whole of what was typed is judged, not what was cut to fit. */
static enum rc check_fields(const struct login_window *w, struct store_registry *at,
                            struct fault *why)
{
    const char *host = form_field_text(w->host_field), *user = form_field_text(w->user_field);
    enum rc rc = valid_host(host, strlen(host), &at->host, why);

    at->engine = w->engines[w->chosen];
    return rc == RC_OK ? valid_user(user, strlen(user), &at->user, why) : rc;
}

/* NULL and RC_OK for an empty field that stands for the kept one. */
static enum rc take_password(const struct login_window *w, struct secret **out, struct fault *why)
{
    enum rc rc = form_field_take(w->password_field, out, why);

    return rc == RC_DENIED && w->config.keychain ? RC_OK : rc;
}

static void log_in(struct login_window *w)
{
    struct store_registry at = {0};
    struct secret *password = NULL;
    struct fault why = {0};
    enum rc rc;

    read_fields(w);
    rc = check_fields(w, &at, &why);
    if (rc == RC_OK)
        rc = take_password(w, &password, &why);
    if (rc == RC_OK)
        rc = w->config.log_in(w->config.ctx, &at, password, w->keep, &why);
    w->busy = rc == RC_OK;
    snprintf(w->problem, sizeof w->problem, "%s", rc == RC_OK ? "" : why.text);
    window_changed(w->window);
}

static void used(void *ctx, long number, id control)
{
    struct login_window *w = ctx;

    (void)control;
    if (number == USE_CANCEL)
        window_close(w->window);
    else if ((number == USE_LOG_IN || number == USE_PASSWORD) && w->password_field != nil)
        log_in(w);
}

struct login_window *login_window_new(const struct login_window_config *config)
{
    struct login_window *w = mem_new(sizeof *w);
    struct window_config window = {.name = WORD_LOG_IN,
                                   .frame_name = "log-in",
                                   .fill = fill,
                                   .used = used,
                                   .closed = closed,
                                   .ctx = w};

    w->config = *config;
    w->window = window_new(config->windows, &window);
    return w;
}

static void set_engines(struct login_window *w, const bool here[ENGINE_COUNT],
                        const struct store_registry *at)
{
    bool any = false;

    for (int k = 0; k < ENGINE_COUNT; k++)
        any = any || here[k];
    w->engine_count = w->chosen = 0;
    for (int k = 0; k < ENGINE_COUNT; k++) {
        bool is_it = at != NULL && at->engine == (enum engine_kind)k;

        if (any && !here[k] && !is_it)
            continue;
        if (is_it)
            w->chosen = w->engine_count;
        w->engines[w->engine_count++] = (enum engine_kind)k;
    }
}

void login_window_show(struct login_window *w, const struct store_registry *at,
                       const bool here[ENGINE_COUNT])
{
    if (!w->busy) {
        set_engines(w, here, at);
        snprintf(w->host, sizeof w->host, "%s", at != NULL ? at->host.text : "");
        snprintf(w->user, sizeof w->user, "%s", at != NULL ? at->user.text : "");
        w->keep = false;
        w->problem[0] = '\0';
        window_changed(w->window);
    }
    window_show(w->window);
}

void login_window_ended(struct login_window *w, const struct registry_end *end)
{
    char text[FAULT_TEXT_MAX];

    w->busy = false;
    if (end->rc == RC_OK) {
        window_close(w->window);
        return;
    }
    snprintf(w->problem, sizeof w->problem, "%s",
             end->rc == RC_CANCELLED ? "" : fault_text(&end->why, text));
    window_changed(w->window);
}

void login_window_free(struct login_window *w)
{
    if (w == NULL)
        return;
    forget_controls(w);
    window_free(w->window);
    mem_free(w);
}
