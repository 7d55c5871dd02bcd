/* login.c - see login.h. What engines print when a registry cannot be reached is long and about
 * their own inside, so the known cases are told in our words. */
#include "core/action/login.h"
#include "core/base/text.h"
#include "core/engine/auth_file.h"
#include <string.h>

#define CAUSE_MAX 120  /* characters of an engine's own words */
#define SHORT_SECRET 4 /* a shorter one may be in any sentence by chance */

/* The first place of `text` in b, or NULL; both may hold any bytes. */
static const char *find(const struct buf *b, const void *text, size_t len)
{
    for (size_t i = 0; i + len <= b->len; i++)
        if (memcmp(b->data + i, text, len) == 0)
            return b->data + i;
    return NULL;
}

static bool holds(const struct buf *b, const struct secret *password)
{
    size_t len = password == NULL ? 0 : secret_len(password);

    return len >= SHORT_SECRET && find(b, secret_bytes(password), len) != NULL;
}

/* Words of Go's libraries, which the clients of docker and podman are made with: podman 4.3.1 and
 * docker 20.10.24 were seen to print them. A certificate's is followed by what is wrong with it. */
#define CERTIFICATE "x509: "
static const struct {
    const char *text, *meaning;
} causes[] = {
    {CERTIFICATE, "shows a certificate that is not trusted here"},
    {"server gave HTTP response to HTTPS client", "does not encrypt"},
    {"connection refused", "cannot be reached"},
    {"connection reset", "cannot be reached"},
    {"no such host", "cannot be reached"},
    {"no route to host", "cannot be reached"},
    {"network is unreachable", "cannot be reached"},
    {"i/o timeout", "does not answer"},
    {"Client.Timeout exceeded", "does not answer"},
    {"context deadline exceeded", "does not answer"},
};

/* True if it is one of the known causes, and then *why says so. */
static bool known_cause(const struct store_registry *at, const struct buf *err, struct fault *why)
{
    for (size_t i = 0; i < countof(causes); i++) {
        const char *from = find(err, causes[i].text, strlen(causes[i].text));
        const char *cause = causes[i].text;
        struct arena a = {0};

        if (from == NULL)
            continue;
        if (strcmp(cause, CERTIFICATE) == 0)
            cause = text_first_line(&a, from, (size_t)(err->data + err->len - from), CAUSE_MAX);
        fault_set(why, RC_FAILED, "%s %s (%s).", at->host.text, causes[i].meaning, cause);
        arena_release(&a);
        return true;
    }
    return false;
}

static bool is_not_logged_in(const struct child_result *res)
{
    static const char podman[] = "not logged into"; /* engines.md 4: exit code 125 */

    return find(&res->err, podman, sizeof podman - 1) != NULL;
}

enum rc login_verdict(const struct store_registry *at, const struct child_result *res,
                      const struct secret *password, struct fault *why)
{
    const struct engine_driver *drv = engine_driver(at->engine);

    if (res->exit_code == 0 || (password == NULL && is_not_logged_in(res)))
        return RC_OK;
    if (holds(&res->err, password))
        return fault_set(why, RC_FAILED, "%s failed, and its words hold the password.",
                         engine_title(at->engine));
    if (known_cause(at, &res->err, why))
        return RC_FAILED;
    if (drv->classify(res->exit_code, buf_text(&res->err), res->err.len) == ENGINE_ERROR_AUTH)
        return fault_set(why, RC_DENIED, "%s did not accept this user name and password.",
                         at->host.text);
    return look_verdict(drv, RC_OK, res, why);
}

/* Runs the row `op` for *at. */
static enum rc run_row(struct spawner *s, const struct program *prog, const struct cmd_args *args,
                       enum op op, const struct cancel *stop, struct child_result *res,
                       struct fault *why)
{
    struct cmd_call call;
    enum rc rc = cmd_call_init(&call, prog, op, args, why);

    return rc == RC_OK ? child_run(s, &call, stop, res, why) : rc;
}

/* What an engine printed about a login is not ours to leave in memory. */
static void drop_result(struct child_result *res)
{
    secret_wipe(res->out.data, res->out.len);
    secret_wipe(res->err.data, res->err.len);
    child_result_release(res);
}

enum rc login_run(struct spawner *s, const struct locate_where *where,
                  const struct store_registry *at, const struct secret *password,
                  const struct cancel *stop, struct fault *why)
{
    struct cmd_args args = {.host = &at->host,
                            .user = &at->user,
                            .secret = secret_bytes(password),
                            .secret_len = secret_len(password)};
    struct child_result res = {0};
    struct program prog;
    enum rc rc = locate_program(where, at->engine, &prog, why);

    MUST(at->user.text[0] != '\0');
    if (rc == RC_OK)
        rc = run_row(s, &prog, &args, OP_LOGIN, stop, &res, why);
    if (rc == RC_OK)
        rc = login_verdict(at, &res, password, why);
    drop_result(&res);
    return rc;
}

enum rc login_end(struct spawner *s, const struct locate_where *where,
                  const struct store_registry *at, const struct cancel *stop, struct fault *why)
{
    struct cmd_args args = {.host = &at->host};
    struct child_result res = {0};
    struct program prog;
    enum rc rc = locate_program(where, at->engine, &prog, why);

    if (rc == RC_OK)
        rc = run_row(s, &prog, &args, OP_LOGOUT, stop, &res, why);
    if (rc == RC_OK)
        rc = login_verdict(at, &res, NULL, why);
    drop_result(&res);
    return rc;
}

static enum rc list_apple(struct spawner *s, const struct program *prog, const struct cancel *stop,
                          struct registry_logins *out, struct fault *why)
{
    struct child_result res = {0};
    enum rc rc = run_row(s, prog, NULL, OP_LOGINS, stop, &res, why);

    rc = look_verdict(engine_driver(ENGINE_APPLE), rc, &res, why);
    if (rc == RC_OK)
        rc = registry_parse_apple(buf_text(&res.out), res.out.len, out, why);
    child_result_release(&res);
    return rc;
}

static enum rc list_files(struct spawner *s, const struct locate_where *where,
                          enum engine_kind kind, struct registry_logins *out, struct fault *why)
{
    char path[FILE_PATH_MAX];
    enum rc rc = RC_OK;

    for (size_t i = 0;
         rc == RC_OK && auth_file_path(spawner_env(s), kind, where->mac, where->uid, i, path);
         i++) {
        rc = auth_file_read(path, out, why);
        if (rc == RC_MISSING)
            rc = RC_OK; /* it never logged in, or out of all */
    }
    if (rc != RC_OK)
        fault_context(why, "%s", engine_title(kind));
    return rc;
}

enum rc login_list(struct spawner *s, const struct locate_where *where, enum engine_kind kind,
                   const struct cancel *stop, struct registry_logins *out, struct fault *why)
{
    struct program prog;
    enum rc rc = locate_program(where, kind, &prog, why);

    if (rc != RC_OK)
        return rc;
    return kind == ENGINE_APPLE ? list_apple(s, &prog, stop, out, why)
                                : list_files(s, where, kind, out, why);
}
