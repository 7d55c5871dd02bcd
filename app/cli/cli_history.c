/* cli_history.c - `history`: what the menu bar saw happen, the newest first; a line each, or one
 * JSON array. Names are escaped and never cut. */
#include "app/cli/words.h"
#include "core/base/json.h"
#include "core/base/text.h"
#include "core/menu/menu_words.h"
#include <inttypes.h>
#include <time.h>

#define HISTORY_BYTES_MAX ((size_t)64 << 20)

static const char *ending(struct arena *a, const struct store_event *e)
{
    const char *code = e->has_exit_code && e->exit_code != 0
                           ? arena_print(a, " (exit code %" PRId64 ")", e->exit_code)
                           : "";

    if (e->ran_s < 0)
        return code;
    return arena_print(a, "%s after %s", code, menu_say_span(a, e->ran_s));
}

static enum rc put_line(const struct store_event *e, struct buf *out)
{
    struct arena a = {0};
    time_t at = (time_t)e->at_s;
    struct tm local;
    char stamp[32] = "-";
    enum rc rc;

    if (localtime_r(&at, &local) != NULL)
        strftime(stamp, sizeof stamp, "%Y-%m-%d %H:%M:%S", &local);
    rc = buf_print(out, "%s  %-6s  %s  %s%s\n", stamp, engine_word(e->engine),
                   text_safe(&a, e->name), text_safe(&a, e->what), ending(&a, e));
    arena_release(&a);
    return rc;
}

static enum rc put_member(const char *name, const char *text, struct buf *out)
{
    enum rc rc = buf_print(out, ",\"%s\":", name);

    return rc == RC_OK ? json_quote(out, text) : rc;
}

static enum rc put_number(const char *name, bool known, int64_t number, struct buf *out)
{
    if (!known)
        return buf_print(out, ",\"%s\":null", name);
    return buf_print(out, ",\"%s\":%" PRId64, name, number);
}

static enum rc put_object(const struct store_event *e, bool first, struct buf *out)
{
    enum rc rc = buf_print(out, "%s{\"time\":%" PRId64, first ? "" : ",", e->at_s);

    if (rc == RC_OK)
        rc = put_member("engine", engine_word(e->engine), out);
    if (rc == RC_OK)
        rc = put_member("id", e->container, out);
    if (rc == RC_OK)
        rc = put_member("name", e->name, out);
    if (rc == RC_OK)
        rc = put_member("what", e->what, out);
    if (rc == RC_OK)
        rc = put_number("exit_code", e->has_exit_code, e->exit_code, out);
    if (rc == RC_OK)
        rc = put_number("ran", e->ran_s >= 0, e->ran_s, out);
    return rc == RC_OK ? buf_text_add(out, "}") : rc;
}

static enum rc put_all(const struct store_events *events, bool json, struct buf *out)
{
    enum rc rc = json ? buf_text_add(out, "[") : RC_OK;

    if (events->count == 0 && !json)
        return buf_text_add(out, "Nothing has happened yet.\n");
    for (size_t i = 0; i < events->count && rc == RC_OK; i++)
        rc = json ? put_object(&events->list[i], i == 0, out) : put_line(&events->list[i], out);
    return rc == RC_OK && json ? buf_text_add(out, "]\n") : rc;
}

static enum cli_status print(const struct store_events *events, bool json)
{
    enum cli_status status = CLI_DONE;
    struct buf out;

    buf_init(&out, HISTORY_BYTES_MAX);
    if (put_all(events, json, &out) != RC_OK) {
        cli_say("the history is too long");
        status = CLI_FAILED;
    } else if (!cli_put(buf_text(&out), out.len)) {
        status = CLI_FAILED;
    }
    buf_release(&out);
    return status;
}

int cli_history(const struct cli *c)
{
    struct store *s = cli_store();
    size_t max = c->lines < STORE_ROWS_MAX ? c->lines : STORE_ROWS_MAX;
    struct store_events events;
    enum cli_status status;
    struct arena a = {0};
    struct fault why;
    enum rc rc;

    if (s == NULL)
        return CLI_FAILED;
    rc = store_events(s, max, &a, &events, &why);
    status = cli_store_tell(s, rc, &why);
    if (rc == RC_OK)
        status = cli_worse(status, print(&events, c->json));
    arena_release(&a);
    store_free(s);
    return (int)status;
}
