/* inspect.c - what docker and podman print alike: `inspect` and `version` (engines.md 3 and 4). */
#include "core/engine/inspect.h"
#include "core/engine/parts.h"
#include <string.h>

/* "443/tcp" -> the ports it is published on; null means exposed only. */
static void read_binding(const cJSON *binding, struct parse_ports *ports, struct snapshot *s)
{
    struct piece proto = piece_of(binding->string);
    struct piece inside = piece_until(&proto, '/');
    const cJSON *host = NULL;
    int64_t container_port = 0;

    if (!cJSON_IsArray(binding) || !piece_int(inside, &container_port))
        return;
    cJSON_ArrayForEach(host, binding)
    {
        int64_t host_port = 0;

        (void)parse_int(json_get(host, "HostPort"), 1, UINT16_MAX, &host_port);
        parse_port_add(ports, s, piece_of(json_text(host, "HostIp")), host_port, container_port,
                       proto, 1);
    }
}

static void read_ports(const cJSON *object, struct snapshot *s, struct container *c)
{
    struct parse_ports ports;
    const cJSON *binding = NULL;

    ports.count = 0;
    cJSON_ArrayForEach(binding, object)
    {
        read_binding(binding, &ports, s);
    }
    parse_ports_give(&ports, s, c);
}

/* The member `key` of the first network that has one, else of the settings themselves. */
static const char *address_of(struct snapshot *s, const cJSON *settings, const char *key)
{
    const cJSON *network = NULL;

    cJSON_ArrayForEach(network, json_object(settings, "Networks"))
    {
        const char *address = parse_address(s, json_text(network, key));

        if (address != NULL)
            return address;
    }
    return parse_address(s, json_text(settings, key));
}

static void read_state(const cJSON *state, const struct parse_state *words, struct container *c)
{
    const cJSON *health = json_object(state, "Health");

    if (health == NULL)
        health = json_object(state, "Healthcheck"); /* podman before 4 */
    c->state = parse_state(words, json_text(state, "Status"));
    c->health = parse_health(json_text(health, "Status"));
    c->has_started = parse_time(json_get(state, "StartedAt"), 0, &c->started_s);
    c->has_finished = parse_time(json_get(state, "FinishedAt"), 0, &c->finished_s);
    if (c->state == STATE_STOPPED || c->state == STATE_DEAD) /* else it is a 0 that says nothing */
        c->has_exit_code =
            parse_int(json_get(state, "ExitCode"), INT32_MIN, INT32_MAX, &c->exit_code);
}

static const char *image_of(const cJSON *e)
{
    const char *image = json_text(e, "ImageName"); /* podman's */

    if (image == NULL)
        image = json_text(json_object(e, "Config"), "Image");
    return image != NULL ? image : "";
}

static void read_container(const cJSON *e, const struct parse_state *words, struct snapshot *s,
                           struct container *c)
{
    const cJSON *settings = json_object(e, "NetworkSettings");
    struct piece name = piece_of(json_text(e, "Name"));
    struct parse_labels labels = {.count = 0};

    if (piece_starts(name, "/"))
        name = (struct piece){name.at + 1, name.len - 1};
    c->name = parse_name(s, name, c->id);
    c->image = arena_str(&s->arena, image_of(e));
    read_state(json_object(e, "State"), words, c);
    read_ports(json_object(settings, "Ports"), s, c);
    c->address = address_of(s, settings, "IPAddress");
    if (c->address == NULL)
        c->address = address_of(s, settings, "GlobalIPv6Address");
    parse_labels_object(&labels, s, json_object(json_object(e, "Config"), "Labels"));
    parse_labels_give(&labels, s, c);
    c->auto_remove = json_bool(json_object(e, "HostConfig"), "AutoRemove", false);
    c->infra = json_bool(e, "IsInfra", false);
}

enum rc inspect_parse(enum engine_kind kind, const struct parse_state *states, const char *bytes,
                      size_t len, struct snapshot *s, struct fault *why)
{
    cJSON *root = NULL;
    const cJSON *e = NULL;
    enum rc rc = parse_array(kind, "what inspect tells", bytes, len, &root, why);

    cJSON_ArrayForEach(e, root)
    {
        enum rc added = RC_OK;
        struct container *c = parse_container(s, json_text(e, "Id"), &added);

        if (c != NULL)
            read_container(e, states, s, c);
        if (added != RC_OK) {
            rc = parse_too_many(kind, why);
            break;
        }
    }
    cJSON_Delete(root);
    return rc;
}

enum rc inspect_version(enum engine_kind kind, const char *line_start, const char *bytes,
                        size_t len, struct engine_version *out, struct fault *why)
{
    const char *client = NULL;
    cJSON *root = NULL;
    enum rc rc = RC_OK;

    memset(out, 0, sizeof *out);
    if (parse_version_line(bytes, len, line_start, out))
        return RC_OK;
    rc = parse_object(kind, "its version", bytes, len, &root, why);
    if (rc != RC_OK)
        return rc;
    client = json_text(json_object(root, "Client"), "Version");
    if (client == NULL)
        rc = fault_set(why, RC_PARSE, "%s did not tell its version", engine_title(kind));
    (void)parse_version_number(client, out->client);
    (void)parse_version_number(json_text(json_object(root, "Server"), "Version"), out->server);
    cJSON_Delete(root);
    return rc;
}
