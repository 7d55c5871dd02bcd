/* podman.c - what podman prints, 3.x to 5.x (engines.md 4): arrays, with numbers where there are
 * numbers.
 *
 * Times are unix seconds, and one long before 1970 means never. The list has no address. */
#include "core/engine/event.h"
#include "core/engine/inspect.h"
#include "core/engine/parse.h"
#include "core/engine/parts.h"
#include "core/engine/stats.h"
#include <string.h>

static const struct parse_state states[] = {
    {"running", STATE_RUNNING},    {"exited", STATE_STOPPED},
    {"stopped", STATE_STOPPED},    {"stopping", STATE_STOPPING},
    {"created", STATE_CREATED},    {"initialized", STATE_CREATED},
    {"configured", STATE_CREATED}, {"paused", STATE_PAUSED},
    {"removing", STATE_REMOVING},  {NULL, 0}};

/* The member under its name since 4.0, else under the one of 3.x. */
static const cJSON *either(const cJSON *o, const char *now, const char *before)
{
    const cJSON *v = json_get(o, now);

    return v != NULL ? v : json_get(o, before);
}

static struct piece text_of(const cJSON *v)
{
    return piece_of(cJSON_GetStringValue(v));
}

static void read_ports(const cJSON *list, struct snapshot *s, struct container *c)
{
    struct parse_ports ports;
    const cJSON *p = NULL;

    ports.count = 0;
    cJSON_ArrayForEach(p, list)
    {
        int64_t host = 0, inside = 0, count = 1;

        (void)parse_int(either(p, "host_port", "hostPort"), 1, UINT16_MAX, &host);
        (void)parse_int(either(p, "container_port", "containerPort"), 1, UINT16_MAX, &inside);
        (void)parse_int(json_get(p, "range"), 1, UINT16_MAX, &count);
        parse_port_add(&ports, s, text_of(either(p, "host_ip", "hostIP")), host, inside,
                       piece_of(json_text(p, "protocol")), count);
    }
    parse_ports_give(&ports, s, c);
}

static enum rc read_element(const cJSON *e, struct snapshot *s)
{
    const char *status = json_text(e, "Status");
    const cJSON *names = json_array(e, "Names");
    struct parse_labels labels = {.count = 0};
    enum rc rc = RC_OK;
    struct container *c = parse_container(s, json_text(e, "Id"), &rc);

    if (c == NULL)
        return rc;
    c->name = parse_name(s, text_of(names != NULL ? names->child : NULL), c->id);
    c->image = arena_str(&s->arena, piece_of(json_text(e, "Image")).at);
    c->state = parse_state(states, json_text(e, "State"));
    c->health = parse_status_health(status);
    c->has_started = parse_time(json_get(e, "StartedAt"), 0, &c->started_s);
    c->has_finished = parse_time(json_get(e, "ExitedAt"), 0, &c->finished_s);
    if (c->state == STATE_STOPPED) /* it is 0 while the container runs */
        c->has_exit_code = parse_int(json_get(e, "ExitCode"), INT32_MIN, INT32_MAX, &c->exit_code);
    read_ports(json_array(e, "Ports"), s, c);
    parse_labels_object(&labels, s, json_object(e, "Labels"));
    parse_labels_give(&labels, s, c);
    c->infra = json_bool(e, "IsInfra", false);
    c->auto_remove = json_bool(e, "AutoRemove", false);
    return RC_OK;
}

static enum rc parse_list(const char *bytes, size_t len, struct snapshot *s, struct fault *why)
{
    return parse_elements(ENGINE_PODMAN, "a list of containers", bytes, len, read_element, s, why);
}

static enum rc parse_inspect(const char *bytes, size_t len, struct snapshot *s, struct fault *why)
{
    return inspect_parse(ENGINE_PODMAN, states, bytes, len, s, why);
}

/* `machine list`: the default machine is the one that containers run in. */
static enum rc parse_status(const char *bytes, size_t len, struct engine_status *out,
                            struct fault *why)
{
    cJSON *root = NULL;
    const cJSON *m = NULL;
    enum rc rc = parse_array(ENGINE_PODMAN, "a list of machines", bytes, len, &root, why);

    memset(out, 0, sizeof *out);
    cJSON_ArrayForEach(m, root)
    {
        if (!cJSON_IsObject(m))
            continue;
        if (!out->registered || json_bool(m, "Default", false))
            out->running = json_bool(m, "Running", false);
        out->registered = true;
    }
    cJSON_Delete(root);
    return rc;
}

static enum rc parse_version(const char *bytes, size_t len, struct engine_version *out,
                             struct fault *why)
{
    return inspect_version(ENGINE_PODMAN, "podman version ", bytes, len, out, why);
}

static enum rc parse_stats(const char *bytes, size_t len, struct engine_stat **out, size_t *count,
                           struct fault *why)
{
    struct stat_list stats = {0};
    cJSON *root = NULL;
    const cJSON *e = NULL;
    enum rc rc = parse_array(ENGINE_PODMAN, "a list of statistics", bytes, len, &root, why);

    cJSON_ArrayForEach(e, root)
    {
        struct engine_stat *row = stat_add(&stats, json_text(e, "id"));

        if (row == NULL)
            continue;
        row->cpu_percent = stat_percent(json_text(e, "cpu_percent"));
        stat_span(json_text(e, "cpu_time"), &row->cpu_usec);
        stat_pair(json_text(e, "mem_usage"), &row->mem, &row->mem_limit);
        stat_pair(json_text(e, "net_io"), &row->net_rx, &row->net_tx);
        stat_pair(json_text(e, "block_io"), &row->blk_read, &row->blk_write);
        (void)parse_int(json_get(e, "pids"), 0, INT64_MAX, &row->pids);
    }
    cJSON_Delete(root);
    *out = stats.list;
    *count = stats.count;
    return rc;
}

static enum rc parse_event(const char *line, size_t len, struct engine_event *out,
                           struct fault *why)
{
    static const char *const quiet[] = {"exec",   "exec_died", "attach", "commit",
                                        "export", "mount",     "unmount"};
    cJSON *root = NULL;
    enum rc rc = parse_object(ENGINE_PODMAN, "an event", line, len, &root, why);

    memset(out, 0, sizeof *out);
    if (rc != RC_OK)
        return rc;
    event_fill(out, json_text(root, "Type"), json_text(root, "ID"), json_text(root, "Status"),
               quiet, countof(quiet));
    out->time_ns = event_text_time(json_text(root, "Time"));
    if (out->time_ns == 0)
        out->time_ns = event_time(root, "timeNano", "time");
    cJSON_Delete(root);
    return RC_OK;
}

static const struct parse_error errors[] = {
    {ENGINE_ERROR_DOWN, 0, "Cannot connect to Podman", NULL},
    {ENGINE_ERROR_DOWN, 0, "unable to connect to Podman", NULL},
    {ENGINE_ERROR_DOWN, 0, "Error: failed to connect:", NULL},
    {ENGINE_ERROR_PERMISSION, 0, "permission denied", "connect:"},
    {ENGINE_ERROR_NOT_FOUND, 0, "no such container", NULL},
    {ENGINE_ERROR_INVALID_STATE, 0, "container state improper", NULL},
    {ENGINE_ERROR_AUTH, 0, "invalid username/password", NULL},
    {ENGINE_ERROR_USAGE, 125, "unknown flag", NULL},
    {ENGINE_ERROR_USAGE, 125, "unrecognized command", NULL},
    {ENGINE_ERROR_OTHER, 0, NULL, NULL},
};

static enum engine_error classify(int exit_code, const char *err, size_t len)
{
    return parse_error(errors, exit_code, err, len);
}

const struct engine_driver podman_driver = {
    .kind = ENGINE_PODMAN,
    .parse_list = parse_list,
    .parse_inspect = parse_inspect,
    .parse_status = parse_status,
    .parse_version = parse_version,
    .parse_stats = parse_stats,
    .parse_event = parse_event,
    .classify = classify,
    .has_events = true,
    .list_has_address = false,
};
