/* launch.c - see launch.h. */
#include "core/update/launch.h"
#include "core/exec/host.h"
#include "core/update/bundle.h"
#include <sodium.h>
#include <stdio.h>
#include <string.h>

void launch_token(char out[LAUNCH_TOKEN + 1])
{
    unsigned char random[LAUNCH_TOKEN / 2];

    MUST(sodium_init() >= 0);
    randombytes_buf(random, sizeof random);
    MUST(sodium_bin2hex(out, LAUNCH_TOKEN + 1, random, sizeof random) != NULL);
}

bool launch_is_token(const char *text)
{
    return strlen(text) == LAUNCH_TOKEN && strspn(text, "0123456789abcdef") == LAUNCH_TOKEN;
}

enum rc launch_watchdog(struct spawner *s, bool mac, const char *self, struct fault *why)
{
    struct host_program program = {.op = HOST_WATCHDOG, .mac = mac};
    struct cmd_call call;
    struct spawned child;
    enum rc rc = RC_OK;

    snprintf(program.path, sizeof program.path, "%s", self);
    host_call_init(&call, &program, NULL);
    rc = spawner_start(s, &call, &child, why);
    if (rc != RC_OK)
        return rc;
    child.in = -1; /* never closed: the end of this process is what closes it */
    spawner_leave(s, &child);
    return RC_OK;
}

/* What the row starts: the system's program for opening apps where there is one, else the app. */
static enum rc find_program(const char *path, struct host_program *out, struct fault *why)
{
    const char *opener = host_path(out->op, out->mac);
    char program[FILE_PATH_MAX] = "";

    if (opener == NULL && !bundle_program(path, program))
        return fault_set(why, RC_MISSING, "%s has no program", path);
    snprintf(out->path, sizeof out->path, "%s", opener != NULL ? opener : program);
    return RC_OK;
}

enum rc launch_app(struct spawner *s, bool mac, const char *path, const char *word,
                   const char *value, struct launched *out, struct fault *why)
{
    const struct host_start start = {path, word, value};
    const struct host_args args = {.start = &start};
    struct host_program program = {.op = HOST_RELAUNCH, .mac = mac};
    struct cmd_call call;
    enum rc rc = find_program(path, &program, why);

    if (rc != RC_OK)
        return rc;
    host_call_init(&call, &program, &args);
    out->is_app = call.stays;
    return spawner_start(s, &call, &out->child, why);
}

bool launched_ended(const struct launched *l)
{
    return l->is_app && spawner_exited(&l->child);
}

void launched_leave(struct spawner *s, struct launched *l)
{
    if (l->child.pid > 1)
        spawner_leave(s, &l->child);
}
