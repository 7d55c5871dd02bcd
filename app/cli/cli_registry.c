/* cli_registry.c - `registry`: which registries there are, and logging in and out.
 *
 * A password comes on standard input and from nowhere else, and never from a terminal, which would
 * show it. A registry that was logged in to is remembered, as it is by the window of the menu bar.
 */
#include "app/cli/words.h"
#include "core/action/login.h"
#include "core/action/registry_rows.h"
#include "core/base/file.h"
#include "core/base/json.h"
#include "core/base/text.h"
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define LIST_BYTES_MAX ((size_t)32 << 20)
#define STATE_WIDTH 19 /* the longest text of a state, and two */

/* NULL if there is no folder for it. */
static struct store *open_store(void)
{
    char folder[FILE_PATH_MAX];

    if (file_data_folder(folder, NULL) != RC_OK)
        return NULL;
    return store_new(folder);
}

static enum cli_status tell(const struct cli *c, enum rc rc, const struct fault *why)
{
    char text[FAULT_TEXT_MAX];

    if (why->text[0] != '\0')
        cli_say("%s: %s", c->word->name, fault_text(why, text));
    return cli_status_of_rc(rc);
}

static enum rc json_member(struct buf *out, const char *before, const char *text)
{
    enum rc rc = buf_text_add(out, before);

    return rc == RC_OK ? json_quote(out, text) : rc;
}

static enum rc list_json(const struct registry_rows *rows, struct buf *out)
{
    enum rc rc = buf_text_add(out, "[");

    for (size_t i = 0; i < rows->count && rc == RC_OK; i++) {
        const struct registry_row *row = &rows->list[i];

        rc = json_member(out, i > 0 ? ",{\"registry\":" : "{\"registry\":", row->at.host.text);
        if (rc == RC_OK)
            rc = json_member(out, ",\"engine\":", engine_word(row->at.engine));
        if (rc == RC_OK)
            rc = json_member(out, ",\"user\":", row->at.user.text);
        if (rc == RC_OK)
            rc = json_member(out, ",\"state\":", registry_state_word(row->state));
        if (rc == RC_OK)
            rc = buf_text_add(out, "}");
    }
    return rc == RC_OK ? buf_text_add(out, "]\n") : rc;
}

static enum rc list_people(const struct registry_rows *rows, struct buf *out)
{
    size_t width = strlen("REGISTRY");
    enum rc rc;

    for (size_t i = 0; i < rows->count; i++)
        if (strlen(rows->list[i].at.host.text) > width)
            width = strlen(rows->list[i].at.host.text);
    if (rows->count == 0)
        return buf_text_add(out, rows->problem.text[0] == '\0' ? "No registries.\n" : "");
    rc = buf_print(out, "%-*s  ENGINE  %-*sUSER\n", (int)width, "REGISTRY", STATE_WIDTH, "STATE");
    for (size_t i = 0; i < rows->count && rc == RC_OK; i++) {
        const struct registry_row *row = &rows->list[i];
        const char *user = row->at.user.text;

        rc = buf_print(out, "%-*s  %-6s  %-*s%s\n", (int)width, row->at.host.text,
                       engine_word(row->at.engine), user[0] != '\0' ? STATE_WIDTH : 0,
                       registry_state_text(row->state), user);
    }
    return rc;
}

static enum cli_status list(const struct cli *c, struct store *store)
{
    struct registry_rows rows = {0};
    enum cli_status status;
    struct buf out;
    enum rc rc;

    buf_init(&out, LIST_BYTES_MAX);
    registry_rows_take(c->setup->spawner, &c->setup->where, store,
                       c->has_engine ? &c->engine : NULL, NULL, &rows);
    rc = c->json ? list_json(&rows, &out) : list_people(&rows, &out);
    MUST(rc == RC_OK); /* the store and each engine have a cap of their own */
    status = cli_put(buf_text(&out), out.len) ? CLI_DONE : CLI_FAILED;
    if (rows.problem.text[0] != '\0')
        status = cli_worse(status, tell(c, rows.problem.rc, &rows.problem));
    registry_rows_release(&rows);
    buf_release(&out);
    return status;
}

static enum rc log_in(const struct cli *c, struct store *store, const struct store_registry *at,
                      struct fault *why)
{
    struct secret *password = NULL;
    enum rc rc;

    if (isatty(STDIN_FILENO))
        return fault_set(why, RC_USAGE,
                         "a terminal would show the password: pipe it in from another program");
    rc = secret_read(STDIN_FILENO, &password, why);
    if (rc == RC_OK)
        rc = login_run(c->setup->spawner, &c->setup->where, at, password, NULL, why);
    secret_free(password);
    if (rc == RC_OK && store != NULL && store_registry_put(store, at, why) != RC_OK)
        fault_context(why, "Logged in, but not remembered");
    return rc;
}

int cli_registry(const struct cli *c)
{
    struct store_registry at = {.engine = c->engine, .host = c->host, .user = c->user};
    struct store *store = open_store();
    enum cli_status status = CLI_DONE;
    struct fault why = {0};

    switch (c->registry) {
    case CLI_REGISTRY_LOGIN:
        status = tell(c, log_in(c, store, &at, &why), &why);
        break;
    case CLI_REGISTRY_LOGOUT:
        status = tell(c, login_end(c->setup->spawner, &c->setup->where, &at, NULL, &why), &why);
        break;
    case CLI_REGISTRY_ASKED:
    case CLI_REGISTRY_LIST:
        status = list(c, store);
        break;
    }
    if (status == CLI_DONE && c->registry == CLI_REGISTRY_LOGIN)
        printf("logged in to %s\n", c->host.text);
    if (status == CLI_DONE && c->registry == CLI_REGISTRY_LOGOUT)
        printf("logged out of %s\n", c->host.text);
    store_free(store);
    return (int)status;
}
