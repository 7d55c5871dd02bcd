/* cli_doctor.c - `doctor`: the program itself, then for each engine where its executable was looked
 * for, which one is used and why, its version and its state; then the proxy that our own downloads
 * would take and whether passwords could be kept. Reporting is the job: a missing engine is no
 * failure. */
#include "app/applog.h"
#include "app/cli/words.h"
#include "app/service/proxies.h"
#include "core/base/json.h"
#include "core/base/log_file.h"
#include "core/base/text.h"
#include "core/engine/look.h"
#include "core/store/keychain.h"
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#define CANDIDATES_MAX 16
#define DOCTOR_BYTES_MAX ((size_t)1 << 20)
#define LOG_LINES 500

struct report {
    enum engine_kind kind;
    char candidates[CANDIDATES_MAX][SYS_PATH_MAX];
    size_t candidate_count;
    enum rc located; /* RC_OK: program is set; RC_DENIED: not trusted; else RC_MISSING */
    struct program program;
    struct fault why; /* unless located is RC_OK */
    struct engine_version version;
    const struct snapshot *snap; /* state and sentence; of the view */
};

/* Digits and dots from the first digit on that has a dot behind its number: "Docker version
 * 28.2.2, build e6534b4" -> 28.2.2. */
static void first_version(const char *text, char out[ENGINE_VERSION_MAX])
{
    for (; *text != '\0'; text++) {
        size_t len = strspn(text, "0123456789.");

        if (*text >= '0' && *text <= '9' && memchr(text, '.', len) != NULL &&
            len < ENGINE_VERSION_MAX) {
            memcpy(out, text, len);
            out[len] = '\0';
            return;
        }
    }
}

/* Runs a row without arguments; its standard output in *res whatever its exit code. */
static bool ask(struct setup *setup, const struct program *program, enum op op,
                struct child_result *res)
{
    struct cmd_call call;

    *res = (struct child_result){0};
    return cmd_has(program->kind, op) && cmd_call_init(&call, program, op, NULL, NULL) == RC_OK &&
           child_run(setup->spawner, &call, NULL, res, NULL) == RC_OK;
}

/* Client and server if the engine tells them, else what --version says: an engine that does not
 * run still has a client. */
static void find_version(struct setup *setup, struct report *r)
{
    const struct engine_driver *drv = engine_driver(r->kind);
    struct child_result res;

    if (ask(setup, &r->program, OP_VERSION, &res) && drv->parse_version != NULL &&
        drv->parse_version(buf_text(&res.out), res.out.len, &r->version, NULL) != RC_OK)
        r->version = (struct engine_version){0};
    child_result_release(&res);
    if (r->version.client[0] != '\0')
        return;
    if (ask(setup, &r->program, OP_VERSION_FLAG, &res))
        first_version(buf_text(&res.out), r->version.client);
    child_result_release(&res);
}

static void fill_report(struct setup *setup, const struct snapshot *snap, struct report *r)
{
    *r = (struct report){.kind = snap->kind, .snap = snap};
    r->candidate_count = locate_candidates(&setup->where, r->kind, r->candidates, CANDIDATES_MAX);
    r->located = locate_program(&setup->where, r->kind, &r->program, &r->why);
    /* one that did not answer would make us wait as long again */
    if (r->located == RC_OK && snap->state != ENGINE_NOT_RESPONDING)
        find_version(setup, r);
}

static const char *candidate_text(const struct report *r, const char *path)
{
    struct stat st;

    if (r->located == RC_OK && strcmp(path, r->program.path) == 0)
        return "used: the first there is, and trusted";
    return lstat(path, &st) == 0 ? "there, not used" : "not there";
}

static enum rc person_report(const struct report *r, struct buf *out)
{
    struct arena a = {0};
    const char *why = r->snap->why;
    enum rc rc =
        buf_print(out, "%s\n  state       %s%s%s\n", engine_title(r->kind),
                  engine_state_word(r->snap->state), why[0] ? ": " : "", text_safe(&a, why));

    if (rc == RC_OK)
        rc = buf_print(out, "  executable  %s\n",
                       text_safe(&a, r->located == RC_OK ? r->program.path : r->why.text));
    if (rc == RC_OK && r->version.client[0] != '\0')
        rc = buf_print(out, "  version     %s%s%s\n", text_safe(&a, r->version.client),
                       r->version.server[0] ? ", server " : "", text_safe(&a, r->version.server));
    for (size_t i = 0; i < r->candidate_count && rc == RC_OK; i++)
        rc = buf_print(out, "  %s  %s (%s)\n", i == 0 ? "looked for" : "          ",
                       text_safe(&a, r->candidates[i]), candidate_text(r, r->candidates[i]));
    arena_release(&a);
    return rc;
}

/* Adds "key":"text", or "key":null for "". */
static enum rc json_member(struct buf *out, const char *key, const char *text)
{
    enum rc rc = buf_print(out, ",\"%s\":", key);

    if (rc == RC_OK)
        rc = text[0] == '\0' ? buf_text_add(out, "null") : json_quote(out, text);
    return rc;
}

static enum rc json_candidates(const struct report *r, struct buf *out)
{
    enum rc rc = buf_text_add(out, ",\"candidates\":[");

    for (size_t i = 0; i < r->candidate_count && rc == RC_OK; i++) {
        if (i > 0)
            rc = buf_text_add(out, ",");
        if (rc == RC_OK)
            rc = json_quote(out, r->candidates[i]);
    }
    return rc == RC_OK ? buf_text_add(out, "]}") : rc;
}

static enum rc json_report(const struct report *r, struct buf *out)
{
    const char *trusted = r->located == RC_OK ? "true" : r->located == RC_DENIED ? "false" : "null";
    enum rc rc = buf_print(out, "{\"engine\":\"%s\",\"state\":\"%s\",\"trusted\":%s",
                           engine_word(r->kind), engine_state_word(r->snap->state), trusted);

    if (rc == RC_OK)
        rc = json_member(out, "program", r->located == RC_OK ? r->program.path : "");
    if (rc == RC_OK)
        rc = json_member(out, "reason", r->located == RC_OK ? r->snap->why : r->why.text);
    if (rc == RC_OK)
        rc = json_member(out, "version", r->version.client);
    if (rc == RC_OK)
        rc = json_member(out, "server", r->version.server);
    return rc == RC_OK ? json_candidates(r, out) : rc;
}

static enum rc report_proxy(struct buf *out)
{
    struct arena a = {0};
    struct proxy proxy;
    struct fault why;
    enum rc rc = RC_OK;

    if (proxies_read(&proxy, &why) != RC_OK)
        rc = buf_print(out, "\nNetwork\n  proxy       none: %s\n", text_safe(&a, why.text));
    else
        rc = buf_print(out, "\nNetwork\n  proxy       %s\n",
                       proxy.url[0] != '\0' ? text_safe(&a, proxy.shown) : "none");
    if (rc == RC_OK && proxy.noproxy[0] != '\0')
        rc = buf_print(out, "  not for     %s\n", text_safe(&a, proxy.noproxy));
    arena_release(&a);
    return rc;
}

static enum rc report_all(const struct cli *c, const struct cli_view *v, struct buf *out)
{
    enum rc rc = c->json ? buf_text_add(out, "[") : cli_here(c, out);

    if (rc == RC_OK && !c->json)
        rc = cli_desktop_report(c->setup, out);
    for (int kind = 0; kind < ENGINE_COUNT && rc == RC_OK; kind++) {
        struct report r;

        fill_report(c->setup, v->snaps[kind], &r);
        if (!c->json || kind > 0)
            rc = buf_text_add(out, c->json ? ",\n " : "\n");
        if (rc == RC_OK)
            rc = c->json ? json_report(&r, out) : person_report(&r, out);
    }
    if (rc == RC_OK)
        rc = c->json ? buf_text_add(out, "]\n") : report_proxy(out);
    return rc;
}

/* There being no log yet is nothing that failed, and is said beside an empty output. */
static int print_log(void)
{
    char path[FILE_PATH_MAX], text[FAULT_TEXT_MAX];
    struct fault why = {0};
    struct buf out;
    enum rc rc = applog_path(path, &why);
    int status = CLI_DONE;

    buf_init(&out, 2 * LOG_FILE_MAX);
    if (rc == RC_OK)
        rc = log_file_tail(path, LOG_LINES, &out, &why);
    if (rc != RC_OK)
        cli_say("%s", fault_text(&why, text));
    if ((rc != RC_OK && rc != RC_MISSING) || !cli_put(buf_text(&out), out.len))
        status = CLI_FAILED;
    buf_release(&out);
    return status;
}

static int check_self(const struct cli *c)
{
    struct buf out;
    enum rc rc;
    bool told;

    buf_init(&out, DOCTOR_BYTES_MAX);
    rc = cli_here(c, &out);
    if (rc == RC_OK)
        rc = buf_text_add(&out, "\nClasses and methods of this system\n");
    if (rc == RC_OK)
        rc = c->setup->selfcheck(&out);
    told = cli_put(buf_text(&out), out.len);
    buf_release(&out);
    return rc == RC_OK && told ? CLI_DONE : CLI_FAILED;
}

/* Shows no dialog, and waits no longer than KEYCHAIN_STATUS_MS. */
static enum rc report_keychain(struct buf *out)
{
    struct fault why = {0};
    bool locked = false;
    enum rc rc = keychain_status(NULL, &locked, &why);
    const char *state = rc != RC_OK ? why.text : locked ? "locked" : "unlocked";
    struct arena a = {0};

    rc = buf_print(out, "\nPasswords\n  keychain    %s\n", text_safe(&a, state));
    arena_release(&a);
    return rc;
}

int cli_doctor(const struct cli *c)
{
    struct cli_view v;
    struct buf out;
    int status = CLI_DONE;

    if (c->log)
        return print_log();
    if (c->selfcheck)
        return check_self(c);
    buf_init(&out, DOCTOR_BYTES_MAX);
    cli_view_take(c, false, &v);
    if (report_all(c, &v, &out) != RC_OK || (!c->json && report_keychain(&out) != RC_OK) ||
        !cli_put(buf_text(&out), out.len))
        status = CLI_FAILED;
    cli_view_release(&v);
    buf_release(&out);
    return status;
}
