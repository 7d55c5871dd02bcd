/* elevate.c - see elevate.h.
 *
 * pkexec's own failures are told from the command's by their number and text together: 126 and 127
 * are also what a command may end with (pkexec(1), "Return value"). osascript ends with 1 for every
 * failure, and writes its reason as "...: execution error: TEXT (NUMBER)": a negative number is the
 * system's, any other the command's exit code, whose text stands before it. The text may be in any
 * language, so only the number counts. */
#include "core/engine/elevate.h"
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PKEXEC_DISMISSED 126
#define PKEXEC_NOT_AUTHORIZED 127
#define PKEXEC_SAYS "Error executing command as another user: "
#define PKEXEC_NO_AGENT PKEXEC_SAYS "No authentication agent found"
#define EXECUTION_ERROR "execution error: "

/* Of osascript: userCanceledErr, and from Security/Authorization.h the three of a dialog that led
 * nowhere; -60007 also comes for a password that was wrong too often. */
enum {
    SCRIPT_CANCELED = -128,
    AUTHORIZATION_DENIED = -60005,
    AUTHORIZATION_CANCELED = -60006,
    AUTHORIZATION_NO_INTERACTION = -60007
};

const char *elevate_word(enum elevate_end end)
{
    static const char *const words[ELEVATE_COUNT] = {
        [ELEVATE_DONE] = "done",          [ELEVATE_FAILED] = "failed",
        [ELEVATE_RUNS] = "still-running", [ELEVATE_REFUSED] = "refused",
        [ELEVATE_UNASKED] = "unasked",    [ELEVATE_DISMISSED] = "dismissed",
        [ELEVATE_DENIED] = "denied",      [ELEVATE_UNANSWERED] = "unanswered",
    };

    MUST((unsigned)end < ELEVATE_COUNT);
    return words[end];
}

bool elevate_offers_sudo(enum elevate_end end)
{
    return end == ELEVATE_REFUSED || end == ELEVATE_UNASKED || end == ELEVATE_DENIED;
}

void elevate_sudo_line(const struct cmd_call *call, char *out, size_t size)
{
    static const char sudo[] = "sudo ";

    MUST(call->elevated && size > sizeof sudo);
    memcpy(out, sudo, sizeof sudo);
    cmd_call_text(call, out + strlen(sudo), size - strlen(sudo));
}

/* The last word of each row that is elevated. */
static const char *object_of(const struct cmd_call *call)
{
    size_t n = 0;

    while (call->argv[n] != NULL)
        n++;
    MUST(n > 1);
    return call->argv[n - 1];
}

static void make_prompt(const struct cmd_call *call, struct host_prompt *out)
{
    const char *verb = "add",
               *effect = "This Mac then finds containers under names that end in it.";
    int n;

    MUST(call->op == OP_DNS_CREATE || call->op == OP_DNS_DELETE);
    if (call->op == OP_DNS_DELETE) {
        verb = "remove";
        effect = "This Mac then finds no container any more under names that end in it.";
    }
    n = snprintf(out->text, sizeof out->text, "Container Kit wants to %s the DNS domain %s. %s",
                 verb, object_of(call), effect);
    MUST(n > 0 && (size_t)n < sizeof out->text);
}

static enum rc nothing_done(enum elevate_end *end, enum elevate_end is, enum rc rc,
                            struct fault *why, const char *sentence)
{
    *end = is;
    return fault_set(why, rc, "%s; nothing was changed", sentence);
}

static enum rc still_runs(const char *sentence, enum rc rc, enum elevate_end *end,
                          struct fault *why)
{
    *end = ELEVATE_RUNS;
    return fault_set(why, rc, "%s", sentence);
}

/* The question was not answered, or what came behind it takes its time. pkexec becomes the command:
 * ours to end before that, and root's afterwards. Of osascript that cannot be known. */
static enum rc overdue(bool mac, enum rc ran, const struct child_result *res, enum elevate_end *end,
                       struct fault *why)
{
    if (!mac && res->sig == SIGTERM)
        return nothing_done(end, ELEVATE_UNANSWERED, ran, why,
                            "the question for a password was not answered in time");
    if (mac)
        return still_runs("it is not done; if a password was given, it is still running as root",
                          ran, end, why);
    if (ran == RC_CANCELLED)
        return still_runs("the question may still be open, or the command still running as root",
                          ran, end, why);
    return still_runs("it is still running as root, and cannot be ended from here", ran, end, why);
}

static bool says(const struct child_result *res, const char *start)
{
    return strncmp(buf_text(&res->err), start, strlen(start)) == 0;
}

static enum rc verdict_of_pkexec(const struct cmd_call *call, const struct child_result *res,
                                 enum elevate_end *end, struct fault *why)
{
    if (res->exit_code == PKEXEC_DISMISSED && says(res, PKEXEC_SAYS))
        return nothing_done(end, ELEVATE_DISMISSED, RC_DENIED, why,
                            "the question for a password was closed");
    if (res->exit_code == PKEXEC_NOT_AUTHORIZED && says(res, PKEXEC_NO_AGENT))
        return nothing_done(end, ELEVATE_UNASKED, RC_DENIED, why,
                            "no program of this session asks for passwords");
    if (res->exit_code == PKEXEC_NOT_AUTHORIZED && says(res, PKEXEC_SAYS))
        return nothing_done(end, ELEVATE_DENIED, RC_DENIED, why, "the system did not allow it");
    return look_verdict(engine_driver(call->kind), RC_OK, res, why);
}

/* The number at the very end, in brackets; false if there is none. *text_end is where it begins. */
static bool number_at_end(const char *text, long *number, const char **text_end)
{
    const char *open = strrchr(text, '(');
    char *behind = NULL;

    if (open == NULL)
        return false;
    *number = strtol(open + 1, &behind, 10);
    *text_end = open;
    return behind != open + 1 && behind[0] == ')' &&
           behind[1 + strspn(behind + 1, " \r\n")] == '\0';
}

/* As if the command had been run by us: its words without those of osascript around them. */
static enum rc unwrap(const struct cmd_call *call, const char *text, size_t len, long code,
                      struct fault *why)
{
    struct child_result inner = {.exit_code = code > 0 && code < 256 ? (int)code : 1};
    const char *start = strstr(text, EXECUTION_ERROR);
    enum rc rc;

    start = start != NULL && start < text + len ? start + strlen(EXECUTION_ERROR) : text;
    buf_init(&inner.err, CMD_LINE_MAX);
    MUST(buf_add(&inner.err, start, (size_t)(text + len - start)) == RC_OK);
    rc = look_verdict(engine_driver(call->kind), RC_OK, &inner, why);
    child_result_release(&inner);
    return rc;
}

static enum rc verdict_of_script(const struct cmd_call *call, const struct child_result *res,
                                 enum elevate_end *end, struct fault *why)
{
    const char *text = buf_text(&res->err), *behind = text + res->err.len;
    long number = 0;

    if (res->exit_code <= 0 || !number_at_end(text, &number, &behind))
        return look_verdict(engine_driver(call->kind), RC_OK, res, why);
    switch (number) {
    case SCRIPT_CANCELED:
    case AUTHORIZATION_CANCELED:
        return nothing_done(end, ELEVATE_DISMISSED, RC_DENIED, why,
                            "the question for a password was closed");
    case AUTHORIZATION_DENIED:
        return nothing_done(end, ELEVATE_DENIED, RC_DENIED, why, "macOS did not allow it");
    case AUTHORIZATION_NO_INTERACTION:
        return nothing_done(end, ELEVATE_DENIED, RC_DENIED, why,
                            "the password was wrong, or macOS could not ask for it");
    default:
        return unwrap(call, text, (size_t)(behind - text), number, why);
    }
}

enum rc elevate_verdict(bool mac, const struct cmd_call *call, enum rc ran,
                        const struct child_result *res, enum elevate_end *end, struct fault *why)
{
    enum rc rc;

    *end = ELEVATE_FAILED;
    if (ran == RC_TIMEOUT || ran == RC_CANCELLED)
        return overdue(mac, ran, res, end, why);
    if (ran != RC_OK)
        return ran; /* child.h has said why */
    rc = (mac ? verdict_of_script : verdict_of_pkexec)(call, res, end, why);
    if (rc == RC_OK)
        *end = ELEVATE_DONE;
    return rc;
}

/* Root can be made to run it by nobody but root. */
static enum rc check_program(const struct locate_where *where, const struct cmd_call *call,
                             struct fault *why)
{
    char path[SYS_PATH_MAX];
    enum rc rc = locate_root_path(where, call->program, path, why);

    if (rc == RC_OK && strcmp(path, call->program) != 0)
        rc = fault_set(why, RC_DENIED, "%s has become a link", call->program);
    if (rc == RC_DENIED)
        fault_context(why, "the command is not run as root, because others could change it");
    return rc;
}

static enum rc run_directly(struct spawner *s, const struct cmd_call *call,
                            const struct cancel *stop, enum elevate_end *end, struct fault *why)
{
    struct child_result res = {0};
    enum rc rc = child_run(s, call, stop, &res, why);

    rc = look_verdict(engine_driver(call->kind), rc, &res, why);
    *end = rc == RC_OK ? ELEVATE_DONE : ELEVATE_FAILED;
    child_result_release(&res);
    return rc;
}

static enum rc ask(struct spawner *s, const struct locate_where *where, const struct cmd_call *call,
                   const struct cancel *stop, enum elevate_end *end, struct fault *why)
{
    struct host_prompt prompt;
    struct host_args args = {.elevated = call, .prompt = &prompt};
    struct child_result res = {0};
    struct host_program host;
    struct cmd_call asking;
    enum rc rc = locate_host(where, HOST_AS_ROOT, &host, why);

    if (rc != RC_OK) {
        *end = ELEVATE_UNASKED;
        return rc;
    }
    make_prompt(call, &prompt);
    host_call_init(&asking, &host, &args);
    rc = child_run(s, &asking, stop, &res, why);
    rc = elevate_verdict(where->mac, call, rc, &res, end, why);
    child_result_release(&res);
    return rc;
}

enum rc elevate_run(struct spawner *s, const struct locate_where *where,
                    const struct cmd_call *call, const struct cancel *stop, enum elevate_end *end,
                    struct fault *why)
{
    enum rc rc;

    MUST(call->elevated && call->host == HOST_NONE);
    rc = check_program(where, call, why);
    *end = rc == RC_DENIED ? ELEVATE_REFUSED : ELEVATE_FAILED;
    if (rc != RC_OK)
        return rc;
    if (where->uid == 0)
        return run_directly(s, call, stop, end, why);
    return ask(s, where, call, stop, end, why);
}
