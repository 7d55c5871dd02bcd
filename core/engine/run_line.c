/* run_line.c - see run_line.h. Docker and podman tell what was asked for in HostConfig and what
 * became of it beside that; a line is made of the former wherever both are there. The words of the
 * process are Path and Args: podman before 5 has its Entrypoint as one text, joined by spaces,
 * which cannot be taken apart again. */
#include "core/engine/run_line.h"
#include "core/base/mem.h"
#include "core/base/quote.h"
#include <inttypes.h>
#include <string.h>

#define ID_LENGTH 64 /* hexadecimal digits: what engines call a volume without a name */

struct line {
    struct buf *out;
    struct arena arena; /* texts on their way into it */
    enum rc rc;         /* RC_TOO_BIG, and then nothing is added any more */
    bool values;
};

static void word(struct line *l, const char *text)
{
    if (l->rc == RC_OK && l->out->len > 0)
        l->rc = buf_text_add(l->out, " ");
    if (l->rc == RC_OK)
        l->rc = quote_paste(l->out, text);
}

/* Nothing without a value. */
static void option(struct line *l, const char *name, const char *value)
{
    if (value == NULL || value[0] == '\0')
        return;
    word(l, name);
    word(l, value);
}

static void flag(struct line *l, const char *name, bool on)
{
    if (on)
        word(l, name);
}

static void words(struct line *l, const cJSON *list)
{
    const cJSON *m = NULL;

    cJSON_ArrayForEach(m, list)
    {
        if (cJSON_IsString(m))
            word(l, m->valuestring);
    }
}

static bool is_given(const char *name)
{
    static const char *const names[] = {"PATH", "HOME", "HOSTNAME", "TERM", "container"};

    for (size_t i = 0; i < countof(names); i++)
        if (strcmp(name, names[i]) == 0)
            return true;
    return false;
}

static void environment(struct line *l, const cJSON *list)
{
    const cJSON *m = NULL;

    cJSON_ArrayForEach(m, list)
    {
        const char *text = cJSON_IsString(m) ? m->valuestring : "";
        const char *name = arena_dup(&l->arena, text, strcspn(text, "="));

        if (!is_given(name))
            option(l, "--env", l->values ? text : name);
    }
}

/* host:container, or with a first word ip:host:container; TCP is not said. A host's port that is
 * the engine's choice is left out, but not its colon behind an address. */
static void publish(struct line *l, const char *ip, const char *host, const char *inside)
{
    struct arena *a = &l->arena;
    bool one = ip != NULL && ip[0] != '\0' && strcmp(ip, "0.0.0.0") != 0;
    bool known = host != NULL && host[0] != '\0';
    const char *text = known || one ? arena_print(a, "%s:%s", known ? host : "", inside) : inside;

    if (one)
        text = arena_print(a, strchr(ip, ':') != NULL ? "[%s]:%s" : "%s:%s", ip, text);
    option(l, "--publish", text);
}

static void volume(struct line *l, const char *from, const char *to, bool writable)
{
    struct arena *a = &l->arena;

    if (to == NULL || to[0] == '\0')
        return;
    if (from != NULL && from[0] != '\0')
        to = arena_print(a, "%s:%s", from, to);
    option(l, "--volume", writable ? to : arena_print(a, "%s:ro", to));
}

/* ---- docker and podman ---- */

static void docker_ports(struct line *l, const cJSON *bindings)
{
    const cJSON *port = NULL, *host = NULL;

    cJSON_ArrayForEach(port, bindings)
    {
        size_t len = strlen(port->string);
        bool tcp = len > 4 && strcmp(port->string + len - 4, "/tcp") == 0;
        const char *inside = arena_dup(&l->arena, port->string, tcp ? len - 4 : len);

        cJSON_ArrayForEach(host, port)
        {
            publish(l, json_text(host, "HostIp"), json_text(host, "HostPort"), inside);
        }
    }
}

/* Such a one would be another container's data, or an engine would make a new one anyway. */
static bool has_no_name(const char *volume_name)
{
    return volume_name != NULL && strlen(volume_name) == ID_LENGTH &&
           volume_name[strspn(volume_name, "0123456789abcdef")] == '\0';
}

static void docker_mounts(struct line *l, const cJSON *mounts)
{
    const cJSON *m = NULL;

    cJSON_ArrayForEach(m, mounts)
    {
        const char *type = json_text(m, "Type"), *name = json_text(m, "Name");
        const char *to = json_text(m, "Destination");
        bool writable = json_bool(m, "RW", true);

        if (type == NULL)
            continue;
        if (strcmp(type, "bind") == 0)
            volume(l, json_text(m, "Source"), to, writable);
        else if (strcmp(type, "volume") == 0)
            volume(l, has_no_name(name) ? NULL : name, to, writable);
    }
}

static void docker_tmpfs(struct line *l, const cJSON *object)
{
    const cJSON *m = NULL;

    cJSON_ArrayForEach(m, object)
    {
        const char *options = cJSON_GetStringValue(m);

        option(l, "--tmpfs",
               options != NULL && options[0] != '\0'
                   ? arena_print(&l->arena, "%s:%s", m->string, options)
                   : m->string);
    }
}

static void docker_restart(struct line *l, const cJSON *policy)
{
    const char *name = json_text(policy, "Name");
    int64_t retries = 0;

    if (name == NULL || strcmp(name, "no") == 0)
        return;
    if (json_int(policy, "MaximumRetryCount", 1, INT32_MAX, &retries))
        name = arena_print(&l->arena, "%s:%" PRId64, name, retries);
    option(l, "--restart", name);
}

/* What it has without being asked for. */
static void docker_network(struct line *l, const char *mode)
{
    static const char *const usual[] = {"default", "bridge", "pasta", "slirp4netns"};

    for (size_t i = 0; mode != NULL && i < countof(usual); i++)
        if (strcmp(mode, usual[i]) == 0)
            return;
    option(l, "--network", mode);
}

static bool has_entrypoint(const cJSON *config)
{
    const cJSON *entry = json_get(config, "Entrypoint");

    if (cJSON_IsString(entry))
        return entry->valuestring[0] != '\0';
    return cJSON_GetArraySize(entry) > 0;
}

static const char *docker_image(const cJSON *one, const cJSON *config)
{
    const char *image = json_text(one, "ImageName"); /* podman's */

    return image != NULL ? image : json_text(config, "Image");
}

static void docker_line(struct line *l, const cJSON *one)
{
    const cJSON *config = json_object(one, "Config"), *host = json_object(one, "HostConfig");
    const char *name = json_text(one, "Name"), *path = json_text(one, "Path");

    option(l, "--name", name != NULL && name[0] == '/' ? name + 1 : name);
    flag(l, "--rm", json_bool(host, "AutoRemove", false));
    flag(l, "--interactive", json_bool(config, "OpenStdin", false));
    flag(l, "--tty", json_bool(config, "Tty", false));
    flag(l, "--privileged", json_bool(host, "Privileged", false));
    option(l, "--user", json_text(config, "User"));
    docker_network(l, json_text(host, "NetworkMode"));
    docker_restart(l, json_object(host, "RestartPolicy"));
    docker_ports(l, json_object(host, "PortBindings"));
    docker_mounts(l, json_array(one, "Mounts"));
    docker_tmpfs(l, json_object(host, "Tmpfs"));
    environment(l, json_array(config, "Env"));
    if (has_entrypoint(config))
        option(l, "--entrypoint", path);
    word(l, docker_image(one, config));
    if (!has_entrypoint(config) && path != NULL && path[0] != '\0')
        word(l, path);
    words(l, json_array(one, "Args"));
}

/* ---- Apple ---- */

static void apple_ports(struct line *l, const cJSON *ports)
{
    struct arena *a = &l->arena;
    const cJSON *p = NULL;

    cJSON_ArrayForEach(p, ports)
    {
        const char *proto = json_text(p, "proto"), *outside = NULL, *inside = NULL;
        int64_t host = 0, port = 0, count = 1;

        if (!json_int(p, "hostPort", 1, UINT16_MAX, &host) ||
            !json_int(p, "containerPort", 1, UINT16_MAX, &port))
            continue;
        (void)json_int(p, "count", 1, UINT16_MAX, &count);
        outside =
            arena_print(a, count > 1 ? "%" PRId64 "-%" PRId64 : "%" PRId64, host, host + count - 1);
        inside =
            arena_print(a, count > 1 ? "%" PRId64 "-%" PRId64 : "%" PRId64, port, port + count - 1);
        if (proto != NULL && strcmp(proto, "tcp") != 0)
            inside = arena_print(a, "%s/%s", inside, proto);
        publish(l, json_text(p, "hostAddress"), outside, inside);
    }
}

static bool has_option(const cJSON *mount, const char *name)
{
    const cJSON *m = NULL;

    cJSON_ArrayForEach(m, json_array(mount, "options"))
    {
        if (cJSON_IsString(m) && strcmp(m->valuestring, name) == 0)
            return true;
    }
    return false;
}

static void apple_mounts(struct line *l, const cJSON *mounts)
{
    const cJSON *m = NULL;

    cJSON_ArrayForEach(m, mounts)
    {
        const cJSON *type = json_object(m, "type");
        const char *to = json_text(m, "destination");

        if (json_object(type, "tmpfs") != NULL)
            option(l, "--tmpfs", to);
        else if (json_object(type, "virtiofs") != NULL)
            volume(l, json_text(m, "source"), to, !has_option(m, "ro"));
        else if (json_object(type, "volume") != NULL)
            volume(l, json_text(json_object(type, "volume"), "name"), to, !has_option(m, "ro"));
    }
}

/* Texts up to 0.3, objects since. */
static void apple_networks(struct line *l, const cJSON *networks)
{
    const cJSON *m = NULL;

    cJSON_ArrayForEach(m, networks)
    {
        const char *name = cJSON_IsString(m) ? m->valuestring : json_text(m, "network");

        if (name != NULL && strcmp(name, "default") != 0)
            option(l, "--network", name);
    }
}

static void apple_user(struct line *l, const cJSON *user)
{
    const cJSON *id = json_object(user, "id");
    int64_t uid = 0, gid = 0;

    option(l, "--user", json_text(json_object(user, "raw"), "userString"));
    if (json_int(id, "uid", 0, UINT32_MAX, &uid) && json_int(id, "gid", 0, UINT32_MAX, &gid) &&
        (uid != 0 || gid != 0))
        option(l, "--user", arena_print(&l->arena, "%" PRId64 ":%" PRId64, uid, gid));
}

static void apple_line(struct line *l, const cJSON *one)
{
    const cJSON *config = json_object(one, "configuration");
    const cJSON *process = json_object(config, "initProcess");

    option(l, "--name", json_text(config, "id"));
    flag(l, "--tty", json_bool(process, "terminal", false));
    apple_user(l, json_object(process, "user"));
    apple_networks(l, json_array(config, "networks"));
    apple_ports(l, json_array(config, "publishedPorts"));
    apple_mounts(l, json_array(config, "mounts"));
    environment(l, json_array(process, "environment"));
    option(l, "--entrypoint", json_text(process, "executable"));
    word(l, json_text(json_object(config, "image"), "reference"));
    words(l, json_array(process, "arguments"));
}

/* ---- */

static const char *image_of(enum engine_kind kind, const cJSON *one)
{
    const cJSON *config = json_object(one, kind == ENGINE_APPLE ? "configuration" : "Config");

    return kind == ENGINE_APPLE ? json_text(json_object(config, "image"), "reference")
                                : docker_image(one, config);
}

enum rc run_line(enum engine_kind kind, const cJSON *one, bool values, struct buf *out,
                 struct fault *why)
{
    static const char *const programs[] = {
        [ENGINE_APPLE] = "container", [ENGINE_DOCKER] = "docker", [ENGINE_PODMAN] = "podman"};
    const char *image = image_of(kind, one);
    struct line l = {.out = out, .rc = RC_OK, .values = values};

    if (image == NULL || image[0] == '\0')
        return fault_set(why, RC_PARSE, "%s does not tell its image", engine_title(kind));
    word(&l, programs[kind]);
    word(&l, "run");
    word(&l, "--detach");
    (kind == ENGINE_APPLE ? apple_line : docker_line)(&l, one);
    arena_release(&l.arena);
    return l.rc == RC_OK ? RC_OK : fault_set(why, l.rc, "its command line is too long");
}
