/* cmd.c - from a row of the table to a call: fills the holes, and nothing else.
 *
 * The rows are in cmd_table.c. A word that came from outside gets here only inside a type that
 * validate.h made; that no such word is empty or looks like an option is checked once more, for a
 * container "named" -a would mean every container there is (engines.md 1.4). */
#include "core/exec/cmd.h"
#include "core/base/clock.h"
#include "core/base/quote.h"
#include "core/exec/cmd_table.h"
#include "core/exec/host.h"
#include <stdio.h>
#include <string.h>

#define SECONDS_MAX 3600
#define LINES_MAX 100000
/* every word at its longest, and every byte of it four when quoted */
#define TEXT_MAX                                                                                   \
    (4 * ((size_t)CMD_WORDS_MAX * VALID_URL_MAX +                                                  \
          (size_t)(CMD_CONTEXT_WORDS + CMD_IDS_MAX) * VALID_ID_MAX))
#define STOP_SPARE_S 20 /* what an engine may need on top of the grace (engines.md 1.1) */

static const char *const kind_word[ENGINE_COUNT] = {"apple", "docker", "podman"};
static const char *const kind_title[ENGINE_COUNT] = {"Apple container", "Docker", "Podman"};

static const char *const word_of_op[OP_COUNT] = {
    [OP_LIST] = "list",
    [OP_INSPECT] = "inspect",
    [OP_START] = "start",
    [OP_STOP] = "stop",
    [OP_RESTART] = "restart",
    [OP_KILL] = "kill",
    [OP_PAUSE] = "pause",
    [OP_UNPAUSE] = "unpause",
    [OP_REMOVE] = "remove",
    [OP_REMOVE_FORCE] = "remove-force",
    [OP_LOGS] = "logs",
    [OP_LOGS_FOLLOW] = "logs-follow",
    [OP_STATS] = "stats",
    [OP_EVENTS] = "events",
    [OP_STATUS] = "status",
    [OP_VERSION] = "version",
    [OP_VERSION_FLAG] = "version-flag",
    [OP_SERVICE_START] = "service-start",
    [OP_SERVICE_STOP] = "service-stop",
    [OP_LIST_OLD] = "list-old",
    [OP_CONTEXTS] = "contexts",
    [OP_IMAGES] = "images",
    [OP_PRUNE] = "prune",
    [OP_LOGIN] = "login",
    [OP_LOGOUT] = "logout",
    [OP_LOGINS] = "logins",
    [OP_DNS_LIST] = "dns-list",
    [OP_DNS_CREATE] = "dns-create",
    [OP_DNS_DELETE] = "dns-delete",
    [OP_SHELL_FIND] = "shell-find",
    [OP_SHELL] = "shell",
    [OP_OPEN] = "open",
    [OP_SERVICE_RESTART] = "service-restart",
};

const char *engine_word(enum engine_kind kind)
{
    MUST((unsigned)kind < ENGINE_COUNT);
    return kind_word[kind];
}

const char *engine_title(enum engine_kind kind)
{
    MUST((unsigned)kind < ENGINE_COUNT);
    return kind_title[kind];
}

bool engine_from_word(const char *word, enum engine_kind *out)
{
    for (int i = 0; i < ENGINE_COUNT; i++) {
        if (strcmp(word, kind_word[i]) == 0) {
            *out = (enum engine_kind)i;
            return true;
        }
    }
    return false;
}

const char *op_word(enum op op)
{
    MUST((unsigned)op < OP_COUNT);
    return word_of_op[op];
}

const char *shell_word(enum shell shell)
{
    static const char *const words[SHELL_COUNT] = {
        [SHELL_BASH] = "bash", [SHELL_ASH] = "ash", [SHELL_SH] = "sh"};

    MUST((unsigned)shell < SHELL_COUNT && words[shell] != NULL);
    return words[shell];
}

bool cmd_has(enum engine_kind kind, enum op op)
{
    MUST((unsigned)kind < ENGINE_COUNT && (unsigned)op < OP_COUNT);
    return cmd_table[kind][op].words[0] != NULL;
}

/* A call being filled. */
struct filling {
    struct cmd_call *call;
    const struct cmd_args *args;
    size_t argc;
    size_t stored; /* bytes of call->store in use */
    unsigned holes;
};

static void put(struct filling *f, const char *word)
{
    MUST(f->argc < countof(f->call->argv) - 1); /* the last one stays NULL */
    f->call->argv[f->argc++] = word;
}

/* A word that came from outside: validate.h let it through, or it was never validated. */
static void put_outside(struct filling *f, const char *word)
{
    MUST(word[0] != '\0' && word[0] != '-');
    put(f, word);
}

/* Makes a word in the call's own store. */
static void put_made(struct filling *f, const char *prefix, const char *text)
{
    char *at = f->call->store + f->stored;
    size_t room = sizeof f->call->store - f->stored;
    int n = snprintf(at, room, "%s%s", prefix, text);

    MUST(n > 0 && (size_t)n < room);
    f->stored += (size_t)n + 1;
    put(f, at);
}

static void put_number(struct filling *f, unsigned number)
{
    char text[16];

    MUST(snprintf(text, sizeof text, "%u", number) > 0);
    put_made(f, "", text);
}

static void put_from(struct filling *f)
{
    char text[CLOCK_TEXT_MAX];

    if (f->args->since_ns == 0) {
        put(f, "--tail");
        put_number(f, f->args->lines);
        return;
    }
    put(f, "--since");
    clock_print_rfc3339(f->args->since_ns, text);
    put_made(f, "", text);
}

static void put_ids(struct filling *f, size_t min, size_t max)
{
    MUST(f->args->id_count >= min && f->args->id_count <= max);
    for (size_t i = 0; i < f->args->id_count; i++)
        put_outside(f, f->args->ids[i].text);
}

static void fill_hole(struct filling *f, enum cmd_hole hole)
{
    const struct cmd_args *a = f->args;

    f->holes |= 1u << hole;
    switch (hole) {
    case HOLE_ID:
        put_ids(f, 1, 1);
        break;
    case HOLE_IDS:
        put_ids(f, 1, CMD_IDS_MAX);
        break;
    case HOLE_IDS_OR_NONE:
        put_ids(f, 0, CMD_IDS_MAX);
        break;
    case HOLE_SECONDS:
        put_number(f, a->seconds);
        break;
    case HOLE_LINES:
        put_number(f, a->lines);
        break;
    case HOLE_FROM:
        put_from(f);
        break;
    case HOLE_STAMPS:
        if (a->stamps)
            put(f, "--timestamps");
        break;
    case HOLE_HOST:
        MUST(a->host != NULL);
        put_outside(f, a->host->text);
        break;
    case HOLE_USER: /* one word: a name that starts with a dash cannot become an option */
        MUST(a->user != NULL && a->user->text[0] != '\0');
        put_made(f, "--username=", a->user->text);
        break;
    case HOLE_DOMAIN:
        MUST(a->domain != NULL);
        put_outside(f, a->domain->text);
        break;
    case HOLE_SHELL:
        put(f, shell_word(a->shell));
        break;
    case HOLE_NONE:
        MUST(false);
    }
}

static bool has_hole(const struct filling *f, enum cmd_hole hole)
{
    return (f->holes & 1u << hole) != 0;
}

/* What the caller gave but the row has no hole for would be lost silently: a bug. */
static void check_all_used(const struct filling *f, const struct cmd_row *row)
{
    const struct cmd_args *a = f->args;
    bool ids = has_hole(f, HOLE_ID) || has_hole(f, HOLE_IDS) || has_hole(f, HOLE_IDS_OR_NONE);

    MUST(ids || a->id_count == 0);
    MUST(has_hole(f, HOLE_SECONDS) || a->seconds == 0);
    MUST(has_hole(f, HOLE_LINES) || has_hole(f, HOLE_FROM) || a->lines == 0);
    MUST(has_hole(f, HOLE_FROM) || a->since_ns == 0);
    MUST(a->since_ns == 0 || a->lines == 0);
    MUST(has_hole(f, HOLE_STAMPS) || !a->stamps);
    MUST(has_hole(f, HOLE_HOST) || a->host == NULL);
    MUST(has_hole(f, HOLE_USER) || a->user == NULL);
    MUST(has_hole(f, HOLE_DOMAIN) || a->domain == NULL);
    MUST(has_hole(f, HOLE_SHELL) || a->shell == SHELL_NONE);
    MUST(((row->flags & CMD_SECRET) != 0) == (a->secret != NULL));
}

/* Where the engine is asked. Apple's has no other place than this machine. */
static void put_context(struct filling *f, const struct program *prog, const struct cmd_row *row)
{
    if (prog->context.text[0] == '\0' || (row->flags & CMD_ANYWHERE) != 0)
        return;
    MUST(cmd_context_option[prog->kind] != NULL);
    put(f, cmd_context_option[prog->kind]);
    put_outside(f, prog->context.text);
}

static enum rc check_ranges(const struct cmd_args *a, struct fault *why)
{
    if (a->seconds > SECONDS_MAX)
        return fault_set(why, RC_DENIED, "A grace of %u seconds is too long; at most %d.",
                         a->seconds, SECONDS_MAX);
    if (a->lines > LINES_MAX)
        return fault_set(why, RC_DENIED, "%u lines are too many; at most %d.", a->lines, LINES_MAX);
    if (a->secret != NULL && a->secret_len == 0) /* Apple's would ask on a terminal for it */
        return fault_set(why, RC_DENIED, "The password is empty.");
    return RC_OK;
}

enum rc cmd_call_init(struct cmd_call *call, const struct program *prog, enum op op,
                      const struct cmd_args *args, struct fault *why)
{
    static const struct cmd_args none;
    struct filling f = {.call = call, .args = args != NULL ? args : &none};
    const struct cmd_row *row;
    enum rc rc;

    MUST(cmd_has(prog->kind, op) && prog->path[0] == '/');
    row = &cmd_table[prog->kind][op];
    *call = (struct cmd_call){.kind = prog->kind, .op = op, .program = prog->path};
    rc = check_ranges(f.args, why);
    if (rc != RC_OK)
        return rc;
    put(&f, prog->path);
    put_context(&f, prog, row);
    for (size_t i = 0; i < CMD_WORDS_MAX && row->words[i] != NULL; i++) {
        enum cmd_hole hole = cmd_hole(row->words[i]);

        if (hole == HOLE_NONE)
            put(&f, row->words[i]);
        else
            fill_hole(&f, hole);
    }
    check_all_used(&f, row);
    call->stream = (row->flags & CMD_STREAM) != 0;
    call->detaches = (row->flags & CMD_DETACHES) != 0;
    call->elevated = (row->flags & CMD_ELEVATED) != 0;
    call->terminal = (row->flags & CMD_TERMINAL) != 0;
    call->timeout_ms = (int64_t)row->limit_s * 1000;
    if (has_hole(&f, HOLE_SECONDS))
        call->timeout_ms = ((int64_t)f.args->seconds + STOP_SPARE_S) * 1000;
    call->output_max = call->stream ? CMD_LINE_MAX : CMD_OUTPUT_MAX;
    call->stdin_bytes = f.args->secret;
    call->stdin_len = f.args->secret_len;
    return RC_OK;
}

const char *cmd_call_title(const struct cmd_call *call)
{
    return call->host != HOST_NONE ? call->program : engine_title(call->kind);
}

const char *cmd_call_word(const struct cmd_call *call)
{
    return call->host != HOST_NONE ? host_word(call->host) : op_word(call->op);
}

void cmd_call_text(const struct cmd_call *call, char *out, size_t size)
{
    struct buf text;

    MUST(size > 0);
    buf_init(&text, TEXT_MAX);
    for (size_t i = 0; call->argv[i] != NULL; i++) {
        if (i > 0)
            MUST(buf_text_add(&text, " ") == RC_OK);
        MUST(quote_word(&text, call->argv[i]) == RC_OK);
    }
    snprintf(out, size, "%s", buf_text(&text));
    buf_release(&text);
}
