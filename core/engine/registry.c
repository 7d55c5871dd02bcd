/* registry.c - see registry.h. */
#include "core/engine/registry.h"
#include "core/base/mem.h"
#include "core/engine/parse.h"
#include <string.h>

#define DOCKER_HUB "docker.io"

void registry_logins_release(struct registry_logins *l)
{
    mem_free(l->list);
    *l = (struct registry_logins){0};
}

static struct registry_login *find(const struct registry_logins *l, const struct valid_host *host)
{
    for (size_t i = 0; i < l->count; i++)
        if (strcmp(l->list[i].host.text, host->text) == 0)
            return &l->list[i];
    return NULL;
}

const struct registry_login *registry_login_find(const struct registry_logins *l,
                                                 const struct valid_host *host)
{
    return find(l, host);
}

/* Takes `start` away from the front of a piece that has it. */
static void drop_start(struct piece *p, const char *start)
{
    if (piece_starts(*p, start))
        *p = (struct piece){p->at + strlen(start), p->len - strlen(start)};
}

bool registry_host(const char *name, size_t len, struct valid_host *out)
{
    static const char *const hub[] = {"index.docker.io", "registry-1.docker.io"};
    struct piece rest = {name, len}, host;

    drop_start(&rest, "https://");
    drop_start(&rest, "http://");
    host = piece_until(&rest, '/');
    for (size_t i = 0; i < countof(hub); i++)
        if (piece_is(host, hub[i]))
            host = piece_of(DOCKER_HUB);
    return valid_host(host.at, host.len, out, NULL) == RC_OK;
}

/* A new row, or NULL if there is no room. */
static struct registry_login *grow(struct registry_logins *l)
{
    if (l->count == REGISTRY_LOGINS_MAX)
        return NULL;
    if (l->count == l->size) {
        l->size = l->size == 0 ? 8 : l->size * 2;
        l->list = mem_grow(l->list, l->size, sizeof *l->list);
    }
    l->list[l->count] = (struct registry_login){0};
    return &l->list[l->count++];
}

enum rc registry_login_add(struct registry_logins *l, const char *name, size_t len,
                           const char *user, bool helper, struct fault *why)
{
    struct valid_host host;
    struct registry_login *row;

    if (!registry_host(name, len, &host))
        return RC_OK;
    row = find(l, &host);
    if (row == NULL) {
        row = grow(l);
        if (row == NULL)
            return fault_set(why, RC_TOO_BIG, "There are more than %d registries.",
                             REGISTRY_LOGINS_MAX);
        row->host = host;
        row->helper = helper;
    }
    row->helper = row->helper && helper;
    if (user != NULL && valid_user(user, strlen(user), &row->user, NULL) != RC_OK)
        row->user.text[0] = '\0'; /* not one that we could give back to an engine */
    return RC_OK;
}

enum rc registry_parse_apple(const char *bytes, size_t len, struct registry_logins *l,
                             struct fault *why)
{
    cJSON *root = NULL;
    const cJSON *e = NULL;
    enum rc rc = parse_array(ENGINE_APPLE, "its registries", bytes, len, &root, why);

    cJSON_ArrayForEach(e, root)
    {
        const char *name = json_text(e, "name");

        if (name == NULL)
            name = json_text(e, "hostname"); /* 0.10 */
        if (name != NULL)
            rc = registry_login_add(l, name, strlen(name), json_text(e, "username"), false, why);
        if (rc != RC_OK)
            break;
    }
    cJSON_Delete(root);
    return rc;
}
