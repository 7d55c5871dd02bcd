/* opener.c - see opener.h. */
#include "core/desktop/opener.h"
#include "core/base/text.h"
#include "core/engine/look.h"
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define EXIT_CANNOT_RUN 126 /* of podman's and docker's exec: not executable (engines.md 3, 4) */
#define EXIT_NOT_FOUND 127
#define SENTENCE_MAX 300
#define XDG_NO_TOOL 3 /* xdg-open(1), "Exit codes" */

/* What a Debian without it has to install; NULL where nothing is missing from a whole system. */
static const char *hint(enum host_op op, bool mac)
{
    if (mac)
        return NULL;
    return op == HOST_OPEN_URL ? "it comes with the package xdg-utils"
                               : "any package with a terminal brings it, such as xterm";
}

static enum rc find_program(const struct locate_where *where, enum host_op op,
                            struct host_program *out, struct fault *why)
{
    enum rc rc = locate_host(where, op, out, why);

    if (rc == RC_MISSING && hint(op, where->mac) != NULL)
        return fault_set(why, rc, "%s is not there; %s", host_path(op, where->mac),
                         hint(op, where->mac));
    return rc;
}

/* Its own sentence, if it has one: /usr/bin/open tells which application it did not find. */
static enum rc verdict(const struct host_program *prog, const struct child_result *res,
                       struct fault *why)
{
    struct arena a = {0};
    const char *line = text_first_line(&a, buf_text(&res->err), res->err.len, SENTENCE_MAX);
    enum rc rc = RC_OK;

    if (res->sig != 0)
        rc = fault_set(why, RC_FAILED, "%s was ended by signal %d", prog->path, res->sig);
    else if (res->exit_code == XDG_NO_TOOL && prog->op == HOST_OPEN_URL && !prog->mac)
        rc = fault_set(why, RC_FAILED, "there is no browser");
    else if (res->exit_code != 0 && line[0] != '\0')
        rc = fault_set(why, RC_FAILED, "%s", line);
    else if (res->exit_code != 0)
        rc = fault_set(why, RC_FAILED, "%s ended with status %d", prog->path, res->exit_code);
    arena_release(&a);
    return rc;
}

static enum rc run_host(struct spawner *s, const struct host_program *prog,
                        const struct host_args *args, const struct cancel *stop, struct fault *why)
{
    struct child_result res = {0};
    struct cmd_call call;
    enum rc rc;

    host_call_init(&call, prog, args);
    rc = child_run(s, &call, stop, &res, why);
    if (rc == RC_OK)
        rc = verdict(prog, &res, why);
    child_result_release(&res);
    return rc;
}

enum rc opener_url(struct spawner *s, const struct locate_where *where, const struct valid_url *url,
                   const struct cancel *stop, struct fault *why)
{
    struct host_args args = {.url = url};
    struct host_program prog;
    enum rc rc = find_program(where, HOST_OPEN_URL, &prog, why);

    return rc == RC_OK ? run_host(s, &prog, &args, stop, why) : rc;
}

enum rc opener_folder(char out[FILE_PATH_MAX], struct fault *why)
{
    char data[FILE_PATH_MAX];
    enum rc rc = file_data_folder(data, why);

    if (rc == RC_OK && snprintf(out, FILE_PATH_MAX, "%s/terminal", data) >= FILE_PATH_MAX)
        rc = fault_set(why, RC_TOO_BIG, "the path of the data folder is too long");
    return rc;
}

enum shell opener_shell_of(const char *answer)
{
    size_t len = strcspn(answer, "\r\n");
    const char *name = answer + len;

    while (name > answer && name[-1] != '/')
        name--;
    for (int i = SHELL_NONE + 1; i < SHELL_COUNT; i++) {
        const char *word = shell_word((enum shell)i);

        if (strlen(word) == (size_t)(answer + len - name) && memcmp(word, name, strlen(word)) == 0)
            return (enum shell)i;
    }
    return SHELL_NONE;
}

/* Only what the answer names is taken from it: it comes from inside the container. */
static enum rc find_shell(struct spawner *s, const struct program *engine,
                          const struct valid_id *id, const struct cancel *stop, enum shell *out,
                          struct fault *why)
{
    struct cmd_args args = {.ids = id, .id_count = 1};
    struct child_result res = {0};
    struct cmd_call call;
    enum rc rc = cmd_call_init(&call, engine, OP_SHELL_FIND, &args, why);

    if (rc == RC_OK)
        rc = child_run(s, &call, stop, &res, why);
    *out = rc == RC_OK && res.exit_code == 0 ? opener_shell_of(buf_text(&res.out)) : SHELL_NONE;
    if (rc == RC_OK && *out == SHELL_NONE &&
        (res.exit_code == 0 || res.exit_code == EXIT_NOT_FOUND || res.exit_code == EXIT_CANNOT_RUN))
        rc = fault_set(why, RC_MISSING, "there is no shell in this container");
    else if (*out == SHELL_NONE)
        rc = look_verdict(engine_driver(engine->kind), rc, &res, why);
    child_result_release(&res);
    return rc;
}

/* Takes the script. A terminal that ends badly after it has run that may pass on how its shell
 * ended, which is nobody's failure: the script is gone then. */
static enum rc open_script(struct spawner *s, const struct host_program *terminal,
                           const struct host_script *script, const struct cancel *stop,
                           struct fault *why)
{
    struct host_args args = {.script = script};
    enum rc rc = run_host(s, terminal, &args, stop, why);

    if (rc != RC_OK && rc != RC_CANCELLED && unlink(script->path) != 0 && rc == RC_FAILED)
        return RC_OK;
    return rc;
}

enum rc opener_shell(struct spawner *s, const struct locate_where *where, enum engine_kind kind,
                     const struct valid_id *id, enum terminal_kind terminal,
                     const struct cancel *stop, struct fault *why)
{
    struct cmd_args args = {.ids = id, .id_count = 1};
    struct host_program host;
    struct host_script script;
    struct program engine;
    struct cmd_call call;
    char folder[FILE_PATH_MAX];
    enum rc rc = find_program(where, terminal_host(terminal, where->mac), &host, why);

    if (rc == RC_OK)
        rc = locate_program(where, kind, &engine, why);
    if (rc == RC_OK)
        rc = find_shell(s, &engine, id, stop, &args.shell, why);
    if (rc == RC_OK)
        rc = cmd_call_init(&call, &engine, OP_SHELL, &args, why);
    if (rc == RC_OK)
        rc = opener_folder(folder, why);
    if (rc == RC_OK)
        rc = terminal_write(folder, &call, spawner_env(s), &script, why);
    return rc == RC_OK ? open_script(s, &host, &script, stop, why) : rc;
}
