/* parts.c - the lists inside a container, collected on the stack and then given to the snapshot in
 * one piece: how many there are is only known at the end. */
#include "core/engine/parts.h"
#include <string.h>

void parse_port_add(struct parse_ports *ports, struct snapshot *s, struct piece host_ip,
                    int64_t host_port, int64_t container_port, struct piece proto, int64_t count)
{
    int64_t last = host_port > container_port ? host_port : container_port;
    struct port *p = NULL;

    if (host_port < 1 || container_port < 1 || last > UINT16_MAX)
        return;
    if (ports->count == SNAPSHOT_PORTS_MAX)
        return;
    if (host_ip.len >= 2 && host_ip.at[0] == '[' && host_ip.at[host_ip.len - 1] == ']')
        host_ip = (struct piece){host_ip.at + 1, host_ip.len - 2};
    if (count > UINT16_MAX - last + 1)
        count = UINT16_MAX - last + 1; /* a range ends with the last port there is */
    p = &ports->list[ports->count++];
    p->host_ip = host_ip.len > 0 ? arena_dup(&s->arena, host_ip.at, host_ip.len) : "0.0.0.0";
    p->host_port = (uint16_t)host_port;
    p->container_port = (uint16_t)container_port;
    p->proto = proto.len > 0 ? arena_dup(&s->arena, proto.at, proto.len) : "tcp";
    p->count = count > 1 ? (unsigned)count : 1;
}

void parse_ports_give(const struct parse_ports *ports, struct snapshot *s, struct container *c)
{
    struct port *list = NULL;

    if (ports->count == 0)
        return;
    list = arena_new_array(&s->arena, ports->count, sizeof *list);
    memcpy(list, ports->list, ports->count * sizeof *list);
    c->ports = list;
    c->port_count = ports->count;
}

void parse_label_add(struct parse_labels *labels, struct snapshot *s, struct piece key,
                     struct piece value)
{
    struct label label = {0};

    if (key.len == 0)
        return;
    label.key = arena_dup(&s->arena, key.at, key.len);
    label.value = arena_dup(&s->arena, value.at, value.len);
    if (value.len > 0 && labels->project == NULL && piece_is(key, "com.docker.compose.project"))
        labels->project = label.value;
    if (value.len > 0 && labels->podman_project == NULL &&
        piece_is(key, "io.podman.compose.project"))
        labels->podman_project = label.value;
    if (labels->count < SNAPSHOT_LABELS_MAX)
        labels->list[labels->count++] = label;
}

void parse_labels_object(struct parse_labels *labels, struct snapshot *s, const cJSON *object)
{
    const cJSON *member = NULL;

    if (!cJSON_IsObject(object))
        return;
    cJSON_ArrayForEach(member, object)
    {
        if (cJSON_IsString(member))
            parse_label_add(labels, s, piece_of(member->string), piece_of(member->valuestring));
    }
}

void parse_labels_give(const struct parse_labels *labels, struct snapshot *s, struct container *c)
{
    struct label *list = NULL;

    c->project = labels->project != NULL ? labels->project : labels->podman_project;
    if (labels->count == 0)
        return;
    list = arena_new_array(&s->arena, labels->count, sizeof *list);
    memcpy(list, labels->list, labels->count * sizeof *list);
    c->labels = list;
    c->label_count = labels->count;
}

const char *parse_label(const struct container *c, const char *key)
{
    for (size_t i = 0; i < c->label_count; i++) {
        if (strcmp(c->labels[i].key, key) == 0)
            return c->labels[i].value;
    }
    return NULL;
}
