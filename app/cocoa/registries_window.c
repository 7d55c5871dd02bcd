/* registries_window.c - see registries_window.h. A button knows the number of its row; what is
 * clicked is looked up in the list of that moment, and the list is filled anew with each change. */
#include "app/cocoa/registries_window.h"
#include "app/cocoa/controls.h"
#include "app/cocoa/login_window.h"
#include "core/base/mem.h"
#include "core/store/keychain.h"
#include "core/words/words.h"
#include <stdio.h>

#define WIDTH 680.0
#define LIST_HEIGHT 240.0
#define LIST_WIDTH 620.0 /* beside the scroller */
#define ROWS_MAX 100     /* each has controls of its own, which take their time */

enum { USE_ADD = 1, USE_CLOSE, USE_ROW }; /* and from there two numbers a row: */
enum { ROW_LOG, ROW_REMOVE, ROW_USES };

struct registries_window {
    struct registries_window_config config;
    struct store *store; /* the book's; NULL: there is none */
    struct registry_book *book;
    struct window *window;
    struct login_window *login;
    size_t working; /* logouts and removals under way */
    char problem[FAULT_TEXT_MAX];
};

/* ---- what it shows ---- */

static void add_row(struct form *f, const struct registry_row *row, long number)
{
    bool out = row->state == REGISTRY_OUT || row->state == REGISTRY_UNKNOWN;
    const struct form_button buttons[] = {
        {word(out ? WORD_LOG_IN_ASK : WORD_LOG_OUT), USE_ROW + number * ROW_USES + ROW_LOG},
        {word(WORD_REMOVE), USE_ROW + number * ROW_USES + ROW_REMOVE}};
    const struct form_cell cells[] = {{row->at.host.text, 180},
                                      {engine_title(row->at.engine), 110},
                                      {row->at.user.text, 90},
                                      {registry_state_text(row->state), 0}};

    form_cells(f, FORM_PLAIN, cells, countof(cells), buttons, countof(buttons));
}

static void add_rows(struct registries_window *w, struct form *f)
{
    const struct form_cell heads[] = {{word(WORD_FIELD_REGISTRY), 180},
                                      {word(WORD_FIELD_ENGINE), 110},
                                      {word(WORD_FIELD_USER), 90},
                                      {word(WORD_FIELD_STATE), 0}};
    const struct registry_rows *rows = registry_book_rows(w->book);

    if (rows == NULL) {
        form_row(f, FORM_QUIET, word(WORD_REGISTRIES_ASKING), NULL, 0);
        return;
    }
    if (rows->count == 0) {
        form_row(f, FORM_QUIET, word(WORD_REGISTRIES_NONE), NULL, 0);
        return;
    }
    form_cells(f, FORM_BOLD, heads, countof(heads), NULL, 0);
    for (size_t i = 0; i < rows->count && i < ROWS_MAX; i++)
        add_row(f, &rows->list[i], (long)i);
    if (rows->count > ROWS_MAX)
        form_row(f, FORM_QUIET, word(WORD_REGISTRIES_MORE), NULL, 0);
}

/* One line below the list; always there, so that the window keeps its size. */
static const char *sentence(const struct registries_window *w)
{
    const struct registry_rows *rows = registry_book_rows(w->book);

    if (w->working > 0)
        return word(WORD_WORKING);
    if (w->problem[0] != '\0')
        return w->problem;
    if (rows != NULL && rows->problem.text[0] != '\0')
        return rows->problem.text;
    return word(WORD_REGISTRIES_EACH);
}

static void fill(void *ctx)
{
    const struct form_button buttons[] = {{word(WORD_ADD_MORE), USE_ADD},
                                          {word(WORD_CLOSE), USE_CLOSE}};
    struct registries_window *w = ctx;
    struct form f, list;

    form_begin(&f, w->window, WIDTH);
    form_begin_list(&list, w->window, form_list(&f, LIST_HEIGHT), LIST_WIDTH);
    add_rows(w, &list);
    form_end(&list);
    form_text(&f, FORM_PLAIN, sentence(w));
    form_buttons(&f, buttons, countof(buttons));
    window_fit(w->window, form_end(&f));
}

/* ---- what happens ---- */

static void changed(void *ctx)
{
    struct registries_window *w = ctx;

    window_changed(w->window);
}

static void ended(void *ctx, const struct registry_end *end)
{
    struct registries_window *w = ctx;
    char text[FAULT_TEXT_MAX];

    if (end->what == REGISTRY_LOGIN)
        login_window_ended(w->login, end);
    else
        w->working--;
    if (end->what != REGISTRY_LOGIN || end->rc == RC_OK) /* else the other window says it */
        snprintf(w->problem, sizeof w->problem, "%s", fault_text(&end->why, text));
    window_changed(w->window);
}

static enum rc log_in(void *ctx, const struct store_registry *at, struct secret *password,
                      bool keep, struct fault *why)
{
    struct registries_window *w = ctx;

    return registry_book_login(w->book, at, password, keep, why);
}

static void cancel(void *ctx)
{
    struct registries_window *w = ctx;

    registry_book_cancel(w->book);
}

static void show_login(struct registries_window *w, const struct store_registry *at)
{
    static const bool none[ENGINE_COUNT];
    const struct registry_rows *rows = registry_book_rows(w->book);

    login_window_show(w->login, at, rows != NULL ? rows->here : none);
}

static void use_row(struct registries_window *w, const struct registry_row *row, long use)
{
    struct fault why = {0};
    enum rc rc;

    if (use == ROW_LOG && (row->state == REGISTRY_OUT || row->state == REGISTRY_UNKNOWN)) {
        show_login(w, &row->at);
        return;
    }
    rc = use == ROW_LOG ? registry_book_logout(w->book, &row->at, &why)
                        : registry_book_remove(w->book, &row->at, &why);
    w->working += rc == RC_OK;
    snprintf(w->problem, sizeof w->problem, "%s", why.text);
    window_changed(w->window);
}

static void used(void *ctx, long number, id control)
{
    struct registries_window *w = ctx;
    const struct registry_rows *rows = registry_book_rows(w->book);
    long row = (number - USE_ROW) / ROW_USES;

    (void)control;
    if (number == USE_ADD)
        show_login(w, NULL);
    else if (number == USE_CLOSE)
        window_close(w->window);
    else if (number >= USE_ROW && rows != NULL && (size_t)row < rows->count)
        use_row(w, &rows->list[row], (number - USE_ROW) % ROW_USES);
}

/* ---- its life ---- */

static struct registry_book *make_book(struct registries_window *w)
{
    const struct registry_book_config book = {
        .spawner = w->config.setup->spawner,
        .where = &w->config.setup->where,
        .store = w->store,
        .keychain = keychain_offered(CK_BUNDLE_ID, w->config.setup->where.mac),
        .post = ui_post,
        .post_ctx = w->config.post,
        .changed = changed,
        .ended = ended,
        .ctx = w};

    return registry_book_new(&book);
}

struct registries_window *registries_window_new(const struct registries_window_config *config)
{
    struct registries_window *w = mem_new(sizeof *w);
    const struct login_window_config login = {
        .windows = config->windows,
        .keychain = keychain_offered(CK_BUNDLE_ID, config->setup->where.mac),
        .log_in = log_in,
        .cancel = cancel,
        .ctx = w};
    const struct window_config window = {.name = WORD_REGISTRIES_TITLE,
                                         .frame_name = "registries",
                                         .fill = fill,
                                         .used = used,
                                         .ctx = w};

    w->config = *config;
    w->store = config->data_folder[0] == '\0' ? NULL : store_new(config->data_folder);
    w->book = make_book(w);
    w->window = window_new(config->windows, &window);
    w->login = login_window_new(&login);
    return w;
}

void registries_window_show(struct registries_window *w)
{
    registry_book_look(w->book);
    window_changed(w->window);
    window_show(w->window);
}

void registries_window_free(struct registries_window *w)
{
    if (w == NULL)
        return;
    registry_book_free(w->book);
    store_free(w->store);
    login_window_free(w->login);
    window_free(w->window);
    mem_free(w);
}
