/* docker.c - what the docker CLI prints (engines.md 3): one JSON object per line, all values
 * texts.
 *
 * Its words also come from podman's API behind it, which adds a few states. The list tells health,
 * exit code and, before 20.10, even the state only inside the text of `Status`. */
#include "core/engine/event.h"
#include "core/engine/inspect.h"
#include "core/engine/parse.h"
#include "core/engine/parts.h"
#include "core/engine/stats.h"
#include <string.h>

static const struct parse_state states[] = {{"running", STATE_RUNNING},
                                            {"exited", STATE_STOPPED},
                                            {"stopped", STATE_STOPPED},
                                            {"stopping", STATE_STOPPING},
                                            {"created", STATE_CREATED},
                                            {"initialized", STATE_CREATED},
                                            {"paused", STATE_PAUSED},
                                            {"restarting", STATE_RESTARTING},
                                            {"removing", STATE_REMOVING},
                                            {"dead", STATE_DEAD},
                                            {NULL, 0}};

/* For a CLI before 20.10, whose lines have no `State`. */
static enum container_state state_of_status(const char *status)
{
    static const struct parse_state starts[] = {
        {"Up ", STATE_RUNNING},
        {"Exited (", STATE_STOPPED},
        {"Created", STATE_CREATED},
        {"Restarting (", STATE_RESTARTING},
        {"Removal In Progress", STATE_REMOVING},
        {"Dead", STATE_DEAD},
        {NULL, 0},
    };
    struct piece p = piece_of(status);

    if (piece_find(p, "(Paused)") != NULL)
        return STATE_PAUSED;
    for (const struct parse_state *row = starts; row->word != NULL; row++) {
        if (piece_starts(p, row->word))
            return row->state;
    }
    return STATE_UNKNOWN;
}

/* "linked,other/web": names with a slash are links from other containers. */
static struct piece name_of(const char *names)
{
    struct piece rest = piece_of(names);

    while (rest.len > 0) {
        struct piece name = piece_trim(piece_until(&rest, ','));

        if (piece_starts(name, "/"))
            name = (struct piece){name.at + 1, name.len - 1};
        if (name.len > 0 && memchr(name.at, '/', name.len) == NULL)
            return name;
    }
    return piece_of(NULL);
}

/* "9000-9002" or "80" -> first and count. */
static bool range_of(struct piece p, int64_t *first, int64_t *count)
{
    struct piece last = p;
    struct piece start = piece_until(&last, '-');
    int64_t end = 0;

    if (!piece_int(start, first))
        return false;
    end = *first;
    if (last.len > 0 && !piece_int(last, &end))
        return false;
    *count = end - *first + 1;
    return *count >= 1;
}

/* "0.0.0.0:8080->80/tcp", "[::]:9000-9002->9000-9002/udp", ":::80->80/tcp"; "443/tcp" is exposed
 * only. The host's port stands behind the last colon: an IPv6 address has others before it. */
static void read_port(struct piece text, struct parse_ports *ports, struct snapshot *s)
{
    const char *arrow = piece_find(text, "->");
    size_t len = arrow != NULL ? (size_t)(arrow - text.at) : 0, colon = len;
    int64_t host_port = 0, container_port = 0, count = 0, inside_count = 0;
    struct piece ip, proto, inside;

    if (arrow == NULL)
        return;
    proto = (struct piece){arrow + 2, text.len - len - 2};
    inside = piece_until(&proto, '/');
    while (colon > 0 && text.at[colon - 1] != ':')
        colon--;
    ip = (struct piece){text.at, colon > 0 ? colon - 1 : 0};
    if (range_of((struct piece){text.at + colon, len - colon}, &host_port, &count) &&
        range_of(inside, &container_port, &inside_count))
        parse_port_add(ports, s, ip, host_port, container_port, proto,
                       count == inside_count ? count : 1);
}

static void read_ports(const char *text, struct snapshot *s, struct container *c)
{
    struct parse_ports ports;
    struct piece rest = piece_of(text);

    ports.count = 0;
    while (rest.len > 0)
        read_port(piece_trim(piece_until(&rest, ',')), &ports, s);
    parse_ports_give(&ports, s, c);
}

/* "k=v,k=v" without escapes: a part with no "=" belongs to the value before it. */
static void read_labels(const char *text, struct snapshot *s, struct container *c)
{
    struct parse_labels labels = {.count = 0};
    struct piece rest = piece_of(text);

    while (rest.len > 0) {
        struct piece value = piece_until(&rest, ',');
        struct piece key = {value.at, 0};
        struct piece ahead = rest;

        while (rest.len > 0) {
            struct piece next = piece_until(&ahead, ',');

            if (memchr(next.at, '=', next.len) != NULL)
                break;
            value.len = (size_t)(next.at + next.len - value.at);
            rest = ahead;
        }
        if (memchr(value.at, '=', value.len) != NULL)
            key = piece_until(&value, '=');
        parse_label_add(&labels, s, key, value);
    }
    parse_labels_give(&labels, s, c);
}

/* 29.x: IPAddresses [{Network, IP}]; before it the list has no address. */
static const char *address_of(struct snapshot *s, const cJSON *list)
{
    const cJSON *e = NULL;

    cJSON_ArrayForEach(e, list)
    {
        const char *address = parse_address(s, json_text(e, "IP"));

        if (address != NULL)
            return address;
    }
    return NULL;
}

/* A builder of buildx, whose containers have no label of it: its docker-container driver names all
 * of them so. */
static bool is_infra(const struct container *c)
{
    static const char builder[] = "buildx_buildkit_";

    return strncmp(c->name, builder, sizeof builder - 1) == 0;
}

static enum rc read_element(const cJSON *e, struct snapshot *s)
{
    const char *status = json_text(e, "Status"), *state = json_text(e, "State");
    enum rc rc = RC_OK;
    struct container *c = parse_container(s, json_text(e, "ID"), &rc);

    if (c == NULL)
        return rc;
    c->name = parse_name(s, name_of(json_text(e, "Names")), c->id);
    c->image = arena_str(&s->arena, piece_of(json_text(e, "Image")).at);
    c->state =
        state != NULL && state[0] != '\0' ? parse_state(states, state) : state_of_status(status);
    c->health = parse_health(json_text(e, "HealthStatus"));
    if (c->health == HEALTH_NONE)
        c->health = parse_status_health(status);
    if (c->state == STATE_STOPPED)
        c->has_exit_code = parse_status_exit(status, &c->exit_code);
    read_ports(json_text(e, "Ports"), s, c);
    read_labels(json_text(e, "Labels"), s, c);
    c->address = address_of(s, json_array(e, "IPAddresses"));
    c->infra = is_infra(c);
    return RC_OK;
}

bool docker_is_old_list(const char *bytes, size_t len)
{
    struct piece rest = piece_trim((struct piece){bytes, len});

    return piece_is(piece_trim(piece_until(&rest, '\n')), "json");
}

/* Calls each() with every line's object. */
static enum rc each_line(const char *what, const char *bytes, size_t len,
                         enum rc (*each)(const cJSON *object, void *ctx), void *ctx,
                         struct fault *why)
{
    struct piece rest = {bytes, len};
    enum rc rc = RC_OK;

    while (rest.len > 0 && rc == RC_OK) {
        struct piece line = piece_trim(piece_until(&rest, '\n'));
        cJSON *object = NULL;

        if (line.len == 0)
            continue;
        rc = parse_object(ENGINE_DOCKER, what, line.at, line.len, &object, why);
        if (rc == RC_OK && each(object, ctx) != RC_OK)
            rc = parse_too_many(ENGINE_DOCKER, why);
        cJSON_Delete(object);
    }
    return rc;
}

static enum rc add_container(const cJSON *object, void *ctx)
{
    return read_element(object, ctx);
}

static enum rc parse_list(const char *bytes, size_t len, struct snapshot *s, struct fault *why)
{
    if (docker_is_old_list(bytes, len))
        return fault_set(why, RC_PARSE, "this Docker is older than 23.0 and printed no list");
    return each_line("a list of containers", bytes, len, add_container, s, why);
}

static enum rc parse_inspect(const char *bytes, size_t len, struct snapshot *s, struct fault *why)
{
    return inspect_parse(ENGINE_DOCKER, states, bytes, len, s, why);
}

static enum rc parse_version(const char *bytes, size_t len, struct engine_version *out,
                             struct fault *why)
{
    return inspect_version(ENGINE_DOCKER, "Docker version ", bytes, len, out, why);
}

/* Through podman's API `Name` has lost its first letter, so the id is what counts. */
static enum rc add_stat(const cJSON *e, void *ctx)
{
    const char *id = json_text(e, "ID");
    struct engine_stat *row = stat_add(ctx, id != NULL ? id : json_text(e, "Container"));

    if (row == NULL)
        return RC_OK;
    row->cpu_percent = stat_percent(json_text(e, "CPUPerc"));
    stat_pair(json_text(e, "MemUsage"), &row->mem, &row->mem_limit);
    stat_pair(json_text(e, "NetIO"), &row->net_rx, &row->net_tx);
    stat_pair(json_text(e, "BlockIO"), &row->blk_read, &row->blk_write);
    (void)parse_int(json_get(e, "PIDs"), 0, INT64_MAX, &row->pids);
    return RC_OK;
}

static enum rc parse_stats(const char *bytes, size_t len, struct engine_stat **out, size_t *count,
                           struct fault *why)
{
    struct stat_list stats = {0};
    enum rc rc = each_line("a list of statistics", bytes, len, add_stat, &stats, why);

    if (rc != RC_OK) {
        mem_free(stats.list);
        stats = (struct stat_list){0};
    }
    *out = stats.list;
    *count = stats.count;
    return rc;
}

static enum rc parse_event(const char *line, size_t len, struct engine_event *out,
                           struct fault *why)
{
    /* What happens inside or beside a container and leaves the list as it was. */
    static const char *const quiet[] = {
        "exec_create", "exec_start",   "exec_detach",   "exec_die", "top",
        "attach",      "detach",       "resize",        "commit",   "copy",
        "export",      "archive-path", "extract-to-dir"};
    const cJSON *actor = NULL;
    const char *id = NULL, *action = NULL;
    cJSON *root = NULL;
    enum rc rc = parse_object(ENGINE_DOCKER, "an event", line, len, &root, why);

    memset(out, 0, sizeof *out);
    if (rc != RC_OK)
        return rc;
    actor = json_object(root, "Actor");
    id = json_text(actor, "ID");
    action = json_text(root, "Action");
    event_fill(out, json_text(root, "Type"), id != NULL ? id : json_text(root, "id"),
               action != NULL ? action : json_text(root, "status"), quiet, countof(quiet));
    out->time_ns = event_time(root, "timeNano", "time");
    cJSON_Delete(root);
    return RC_OK;
}

static const struct parse_error errors[] = {
    {ENGINE_ERROR_DOWN, 0, "Cannot connect to the Docker daemon", NULL},
    {ENGINE_ERROR_DOWN, 0, "error during connect", NULL},
    {ENGINE_ERROR_PERMISSION, 0, "permission denied while trying to connect", NULL},
    {ENGINE_ERROR_CONFIG, 0, "unable to resolve docker endpoint", NULL},
    {ENGINE_ERROR_NOT_FOUND, 0, "No such container", NULL},
    {ENGINE_ERROR_NOT_FOUND, 0, "No such object", NULL},
    {ENGINE_ERROR_NOT_FOUND, 0, "no such container", NULL},
    {ENGINE_ERROR_INVALID_STATE, 0, "is not running", NULL},
    {ENGINE_ERROR_INVALID_STATE, 0, "container is running", NULL},
    {ENGINE_ERROR_INVALID_STATE, 0, "container is paused", NULL},
    {ENGINE_ERROR_INVALID_STATE, 0, "is not paused", NULL},
    {ENGINE_ERROR_INVALID_STATE, 0, "cannot start a paused container", NULL},
    {ENGINE_ERROR_INVALID_STATE, 0, "container state improper", NULL},
    {ENGINE_ERROR_AUTH, 0, "unauthorized", NULL},
    {ENGINE_ERROR_AUTH, 0, "incorrect username or password", NULL},
    {ENGINE_ERROR_AUTH, 0, "401 Unauthorized", NULL},
    {ENGINE_ERROR_USAGE, 125, "unknown flag", NULL},
    {ENGINE_ERROR_USAGE, 1, "unknown command", NULL},
    {ENGINE_ERROR_USAGE, 1, "is not a docker command", NULL},
    {ENGINE_ERROR_OTHER, 0, NULL, NULL},
};

static enum engine_error classify(int exit_code, const char *err, size_t len)
{
    return parse_error(errors, exit_code, err, len);
}

const struct engine_driver docker_driver = {
    .kind = ENGINE_DOCKER,
    .parse_list = parse_list,
    .parse_inspect = parse_inspect,
    .parse_version = parse_version,
    .parse_stats = parse_stats,
    .parse_event = parse_event,
    .classify = classify,
    .has_events = true,
    .list_has_address = false,
};
