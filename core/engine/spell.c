/* spell.c - see spell.h.
 *
 * Apple's tool has a service, always (engines.md 2.5). Docker has one if Docker Desktop's part of
 * the tool is there, which says how it is, and on a Mac alone: elsewhere the daemon is the
 * system's. Podman has one if a machine was made. With a context chosen, the engine may be anywhere
 * and what runs here is not behind it; but the two names that Docker Desktop gives its own. */
#include "core/engine/spell.h"
#include <stdio.h>
#include <string.h>

enum rc asking_run(const struct asking *a, enum op op, struct fault *why)
{
    struct cmd_call call;
    enum rc rc = cmd_call_init(&call, a->prog, op, NULL, why);

    return rc == RC_OK ? child_run(a->spawner, &call, a->stop, a->child, why) : rc;
}

enum engine_error asking_error(const struct asking *a)
{
    const struct child_result *res = a->child;

    return a->drv->classify(res->exit_code, buf_text(&res->err), res->err.len);
}

/* *remote: a server told its version besides the tool. */
static enum rc ask_versions(const struct asking *a, struct spell *out, bool *remote)
{
    struct engine_version v = {0};
    enum rc rc = RC_OK;

    if (!cmd_has(a->drv->kind, OP_VERSION))
        return RC_OK;
    rc = asking_run(a, OP_VERSION, NULL);
    if (rc != RC_OK ||
        a->drv->parse_version(buf_text(&a->child->out), a->child->out.len, &v, NULL) != RC_OK)
        return rc;
    *remote = v.server[0] != '\0';
    snprintf(out->version, sizeof out->version, "%s", v.server[0] != '\0' ? v.server : v.client);
    if (v.has_mismatch && v.mismatch)
        snprintf(out->client, sizeof out->client, "%s", v.client);
    return RC_OK;
}

/* Does the engine's own service stand behind the chosen context? */
static bool is_here(const struct asking *a)
{
    const char *context = a->prog->context.text;

    return context[0] == '\0' ||
           (a->drv->kind == ENGINE_DOCKER &&
            (strcmp(context, "default") == 0 || strcmp(context, "desktop-linux") == 0));
}

static enum rc ask_docker(const struct asking *a, bool up, enum engine_service *out)
{
    enum rc rc = RC_OK;

    if (!a->where->mac)
        return RC_OK;
    rc = asking_run(a, OP_STATUS, NULL);
    if (rc == RC_OK && (a->child->exit_code == 0 || asking_error(a) != ENGINE_ERROR_USAGE))
        *out = up ? SERVICE_RUNNING : SERVICE_STOPPED;
    return rc;
}

/* A podman that runs while its machine does not is not in it. */
static enum rc ask_podman(const struct asking *a, bool up, enum engine_service *out)
{
    struct engine_status st = {0};
    enum rc rc = asking_run(a, OP_STATUS, NULL);

    if (rc != RC_OK || a->child->exit_code != 0 ||
        a->drv->parse_status(buf_text(&a->child->out), a->child->out.len, &st, NULL) != RC_OK)
        return rc;
    if (st.registered && st.running)
        *out = SERVICE_RUNNING;
    else if (st.registered && !up)
        *out = SERVICE_STOPPED;
    return RC_OK;
}

/* Both are folders; one may end in a slash. */
static bool is_beside(const char *root, const char *ours)
{
    const char *slash = strrchr(ours, '/');
    size_t len = slash != NULL ? (size_t)(slash - ours) + 1 : 0;

    return len > 1 && strncmp(root, ours, len) == 0;
}

/* The root is compared by what it leads to: Homebrew's folder and its cellar are one installation.
 * Copies of the engine that came with the program lie side by side (sidecar.h). */
static enum engine_origin origin_of(const struct asking *a, const char *root)
{
    char path[SYS_PATH_MAX];

    if (root[0] == '\0' ||
        snprintf(path, sizeof path, "%s/bin/container", root) >= (int)sizeof path ||
        locate_leads_to(a->where, path, a->prog))
        return ORIGIN_OURS;
    return a->where->bundle[0] != '\0' && is_beside(root, a->where->bundle) ? ORIGIN_OLDER
                                                                            : ORIGIN_OTHER;
}

void spell_origin(const struct asking *a, const char *root, struct spell *out)
{
    out->origin = origin_of(a, root);
    snprintf(out->root, sizeof out->root, "%s", out->origin != ORIGIN_OURS ? root : "");
}

static enum rc ask_apple(const struct asking *a, struct spell *out)
{
    struct engine_status st = {0};
    enum rc rc = asking_run(a, OP_STATUS, NULL);

    out->service = SERVICE_RUNNING;
    if (rc != RC_OK ||
        a->drv->parse_status(buf_text(&a->child->out), a->child->out.len, &st, NULL) != RC_OK)
        return rc;
    spell_origin(a, st.install_root, out);
    return RC_OK;
}

static enum rc ask_service(const struct asking *a, bool remote, struct spell *out)
{
    if (!is_here(a))
        return RC_OK;
    switch (a->drv->kind) {
    case ENGINE_APPLE:
        return ask_apple(a, out);
    case ENGINE_DOCKER:
        return ask_docker(a, true, &out->service);
    default: /* a podman without a server runs here, in no machine */
        return remote ? ask_podman(a, true, &out->service) : RC_OK;
    }
}

enum rc spell_ask(const struct asking *a, struct spell *out)
{
    bool remote = false;

    if (out->asked)
        return RC_OK;
    *out = (struct spell){0};
    if (ask_versions(a, out, &remote) == RC_CANCELLED ||
        ask_service(a, remote, out) == RC_CANCELLED)
        return RC_CANCELLED;
    out->asked = true;
    return RC_OK;
}

enum engine_service spell_service_down(const struct asking *a)
{
    enum engine_service service = SERVICE_NONE;
    enum rc rc = RC_OK;

    MUST(a->drv->kind != ENGINE_APPLE); /* its list and its status say it together */
    if (is_here(a))
        rc = a->drv->kind == ENGINE_DOCKER ? ask_docker(a, false, &service)
                                           : ask_podman(a, false, &service);
    return rc == RC_OK ? service : SERVICE_NONE;
}
