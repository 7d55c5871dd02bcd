/* snapshot_json.c - a snapshot as JSON and back: the form of `parse` in the probe and of
 * `container-kit list --json`.
 *
 * Members come in a fixed order, so that two outputs can be compared as text. Writing stops at the
 * first failure, which can only be the buffer's cap. */
#include "core/engine/parse.h"
#include "core/engine/parts.h"
#include <inttypes.h>

/* `"name":"text"`, or null. */
static enum rc member(struct buf *b, const char *name, const char *text)
{
    enum rc rc = buf_print(b, ",\"%s\":", name);

    if (rc != RC_OK)
        return rc;
    return text != NULL ? json_quote(b, text) : buf_text_add(b, "null");
}

static enum rc number(struct buf *b, const char *name, bool has, int64_t n)
{
    if (!has)
        return member(b, name, NULL);
    return buf_print(b, ",\"%s\":%" PRId64, name, n);
}

static enum rc write_ports(struct buf *b, const struct container *c)
{
    enum rc rc = buf_text_add(b, ",\"ports\":[");

    for (size_t i = 0; i < c->port_count && rc == RC_OK; i++) {
        const struct port *p = &c->ports[i];

        rc = buf_text_add(b, i > 0 ? ",{\"host_ip\":" : "{\"host_ip\":");
        if (rc == RC_OK)
            rc = json_quote(b, p->host_ip);
        if (rc == RC_OK)
            rc = buf_print(b, ",\"host_port\":%u,\"container_port\":%u", (unsigned)p->host_port,
                           (unsigned)p->container_port);
        if (rc == RC_OK)
            rc = member(b, "proto", p->proto);
        if (rc == RC_OK)
            rc = buf_print(b, ",\"count\":%u}", p->count);
    }
    return rc == RC_OK ? buf_text_add(b, "]") : rc;
}

static enum rc write_labels(struct buf *b, const struct container *c)
{
    enum rc rc = buf_text_add(b, ",\"labels\":{");

    for (size_t i = 0; i < c->label_count && rc == RC_OK; i++) {
        if (i > 0)
            rc = buf_text_add(b, ",");
        if (rc == RC_OK)
            rc = json_quote(b, c->labels[i].key);
        if (rc == RC_OK)
            rc = buf_text_add(b, ":");
        if (rc == RC_OK)
            rc = json_quote(b, c->labels[i].value);
    }
    return rc == RC_OK ? buf_text_add(b, "}") : rc;
}

static enum rc write_container(struct buf *b, const struct container *c)
{
    enum rc rc = buf_text_add(b, "{\"id\":");

    if (rc == RC_OK)
        rc = json_quote(b, c->id);
    if (rc == RC_OK)
        rc = member(b, "name", c->name);
    if (rc == RC_OK)
        rc = member(b, "image", c->image);
    if (rc == RC_OK)
        rc = member(b, "state", state_word(c->state));
    if (rc == RC_OK)
        rc = write_ports(b, c);
    if (rc == RC_OK)
        rc = member(b, "address", c->address);
    if (rc == RC_OK)
        rc = number(b, "started", c->has_started, c->started_s);
    if (rc == RC_OK)
        rc = write_labels(b, c);
    if (rc == RC_OK)
        rc = member(b, "health", health_word(c->health));
    if (rc == RC_OK)
        rc = number(b, "exit_code", c->has_exit_code, c->exit_code);
    if (rc == RC_OK)
        rc = member(b, "project", c->project);
    return rc;
}

enum rc snapshot_json(const struct snapshot *s, bool with_engine, struct buf *out)
{
    enum rc rc = buf_text_add(out, "[");

    for (size_t i = 0; i < s->count && rc == RC_OK; i++) {
        if (i > 0)
            rc = buf_text_add(out, ",");
        if (rc == RC_OK)
            rc = write_container(out, &s->list[i]);
        if (rc == RC_OK && with_engine)
            rc = member(out, "engine", engine_word(s->kind));
        if (rc == RC_OK)
            rc = buf_text_add(out, "}");
    }
    return rc == RC_OK ? buf_text_add(out, "]") : rc;
}

static void read_ports(const cJSON *element, struct snapshot *s, struct container *c)
{
    struct parse_ports ports;
    const cJSON *p = NULL;

    ports.count = 0;
    cJSON_ArrayForEach(p, json_array(element, "ports"))
    {
        int64_t host = 0, inside = 0, count = 1;

        (void)parse_int(json_get(p, "host_port"), 1, UINT16_MAX, &host);
        (void)parse_int(json_get(p, "container_port"), 1, UINT16_MAX, &inside);
        (void)parse_int(json_get(p, "count"), 1, UINT16_MAX, &count);
        parse_port_add(&ports, s, piece_of(json_text(p, "host_ip")), host, inside,
                       piece_of(json_text(p, "proto")), count);
    }
    parse_ports_give(&ports, s, c);
}

static enum rc read_element(const cJSON *e, struct snapshot *s)
{
    struct parse_labels labels = {.count = 0};
    enum rc rc = RC_OK;
    struct container *c = parse_container(s, json_text(e, "id"), &rc);

    if (c == NULL)
        return rc;
    c->name = parse_name(s, piece_of(json_text(e, "name")), c->id);
    c->image = arena_str(&s->arena, piece_of(json_text(e, "image")).at);
    c->state = state_from_word(json_text(e, "state"));
    read_ports(e, s, c);
    c->address = parse_address(s, json_text(e, "address"));
    c->has_started = parse_time(json_get(e, "started"), 0, &c->started_s);
    parse_labels_object(&labels, s, json_object(e, "labels"));
    parse_labels_give(&labels, s, c);
    c->health = parse_health(json_text(e, "health"));
    c->has_exit_code = parse_int(json_get(e, "exit_code"), INT32_MIN, INT32_MAX, &c->exit_code);
    if (json_text(e, "project") != NULL)
        c->project = arena_str(&s->arena, json_text(e, "project"));
    return RC_OK;
}

enum rc snapshot_from_json(const char *bytes, size_t len, enum engine_kind kind,
                           struct snapshot **out, struct fault *why)
{
    struct snapshot *s = snapshot_new(kind);
    enum rc rc = parse_elements(kind, "a list of containers", bytes, len, read_element, s, why);

    *out = NULL;
    if (rc != RC_OK) {
        snapshot_free(s);
        return rc;
    }
    s->state = ENGINE_RUNNING;
    snapshot_seal(s);
    *out = s;
    return RC_OK;
}
