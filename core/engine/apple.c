/* apple.c - what Apple's `container` prints, releases 0.1 to 1.4 (engines.md 2).
 *
 * A container has two shapes, told apart by the type of `status`: a text beside `networks` and
 * `startedDate` before 1.0, an object that holds all three since. Dates are a number of seconds
 * since 2001 or a text. The service's status has three shapes: lines of text before 0.10, a flat
 * object, and from 1.4.1 on an object of objects. */
#include "core/engine/parse.h"
#include "core/engine/parts.h"
#include "core/engine/stats.h"
#include <string.h>

#define SECONDS_1970_TO_2001 978307200

static const struct parse_state states[] = {{"running", STATE_RUNNING},
                                            {"stopped", STATE_STOPPED},
                                            {"stopping", STATE_STOPPING},
                                            {NULL, 0}};

/* First IPv4 address of the networks, else the first IPv6 one. */
static const char *address_of(struct snapshot *s, const cJSON *networks)
{
    static const char *const keys[] = {"ipv4Address", "address", "ipv6Address"};
    const char *found[countof(keys)] = {NULL};
    const char *v4 = NULL;
    const cJSON *n = NULL;

    cJSON_ArrayForEach(n, networks)
    {
        for (size_t i = 0; i < countof(keys); i++) {
            const char *text = json_text(n, keys[i]);

            if (found[i] == NULL && text != NULL && text[0] != '\0' && text[0] != '/')
                found[i] = text;
        }
    }
    v4 = found[0] != NULL ? found[0] : found[1];
    return parse_address(s, v4 != NULL ? v4 : found[2]);
}

static void read_ports(const cJSON *list, struct snapshot *s, struct container *c)
{
    struct parse_ports ports;
    const cJSON *p = NULL;

    ports.count = 0;
    cJSON_ArrayForEach(p, list)
    {
        int64_t host = 0, inside = 0, count = 1;

        (void)parse_int(json_get(p, "hostPort"), 1, UINT16_MAX, &host);
        (void)parse_int(json_get(p, "containerPort"), 1, UINT16_MAX, &inside);
        (void)parse_int(json_get(p, "count"), 1, UINT16_MAX, &count);
        parse_port_add(&ports, s, piece_of(json_text(p, "hostAddress")), host, inside,
                       piece_of(json_text(p, "proto")), count);
    }
    parse_ports_give(&ports, s, c);
}

/* The builder and what plugins made. Releases before 1.0 label nothing, but the builder's name is
 * fixed. */
static bool is_infra(const struct container *c)
{
    const char *role = parse_label(c, "com.apple.container.resource.role");
    const char *plugin = parse_label(c, "com.apple.container.plugin");

    return strcmp(c->id, "buildkit") == 0 || (role != NULL && role[0] != '\0') ||
           (plugin != NULL && plugin[0] != '\0');
}

static enum rc read_element(const cJSON *e, struct snapshot *s)
{
    const cJSON *config = json_object(e, "configuration");
    const cJSON *status = json_object(e, "status");
    const cJSON *run = status != NULL ? status : e;
    const char *image = json_text(json_object(config, "image"), "reference");
    const char *id = json_text(e, "id");
    struct parse_labels labels = {.count = 0};
    enum rc rc = RC_OK;
    struct container *c = NULL;

    c = parse_container(s, id != NULL && id[0] != '\0' ? id : json_text(config, "id"), &rc);
    if (c == NULL)
        return rc;
    c->name = c->id;
    c->image = arena_str(&s->arena, piece_of(image).at);
    c->state = parse_state(states, json_text(run, status != NULL ? "state" : "status"));
    c->address = address_of(s, json_array(run, "networks"));
    c->has_started = parse_time(json_get(run, "startedDate"), SECONDS_1970_TO_2001, &c->started_s);
    read_ports(json_array(config, "publishedPorts"), s, c);
    parse_labels_object(&labels, s, json_object(config, "labels"));
    parse_labels_give(&labels, s, c);
    c->infra = is_infra(c);
    return RC_OK;
}

/* `inspect` prints the same elements. */
static enum rc parse_list(const char *bytes, size_t len, struct snapshot *s, struct fault *why)
{
    return parse_elements(ENGINE_APPLE, "a list of containers", bytes, len, read_element, s, why);
}

/* A path that does not fit is not reported: a cut one would name something else. */
static void copy_path(char out[SYS_PATH_MAX], struct piece path)
{
    if (path.len < SYS_PATH_MAX) {
        memcpy(out, path.at, path.len);
        out[path.len] = '\0';
    }
}

/* Releases before 0.10: `label: value` lines behind the one that says it all. */
static enum rc status_lines(struct piece rest, struct engine_status *out, struct fault *why)
{
    static const char root[] = "application data root:", install[] = "application install root:";
    static const char version[] = "container-apiserver version:";
    struct piece line = piece_trim(piece_until(&rest, '\n'));

    if (!piece_starts(line, "apiserver is "))
        return fault_set(why, RC_PARSE, "Apple container printed no status of its service");
    out->running = piece_is(line, "apiserver is running");
    out->registered = out->running || piece_find(line, "not registered") == NULL;
    while (rest.len > 0) {
        line = piece_trim(piece_until(&rest, '\n'));
        if (piece_starts(line, root)) {
            copy_path(out->app_root, piece_trim((struct piece){line.at + sizeof root - 1,
                                                               line.len - (sizeof root - 1)}));
        } else if (piece_starts(line, install)) {
            copy_path(out->install_root,
                      piece_trim((struct piece){line.at + sizeof install - 1,
                                                line.len - (sizeof install - 1)}));
        } else if (piece_starts(line, version)) {
            struct engine_version v = {0};

            if (parse_version_line(line.at, line.len, version, &v))
                memcpy(out->api_version, v.client, sizeof v.client);
        }
    }
    return RC_OK;
}

static enum rc parse_status(const char *bytes, size_t len, struct engine_status *out,
                            struct fault *why)
{
    struct piece all = piece_trim((struct piece){bytes, len});
    const cJSON *paths = NULL;
    const char *word = NULL, *version = NULL;
    cJSON *root = NULL;
    enum rc rc = RC_OK;

    memset(out, 0, sizeof *out);
    if (piece_starts(all, "apiserver"))
        return status_lines(all, out, why);
    rc = parse_object(ENGINE_APPLE, "the status of its service", bytes, len, &root, why);
    if (rc != RC_OK)
        return rc;
    word = json_text(root, "status");
    if (word == NULL) {
        rc = fault_set(why, RC_PARSE, "Apple container printed no status of its service");
        goto out;
    }
    out->running = strcmp(word, "running") == 0;
    out->registered = strcmp(word, "unregistered") != 0;
    version = json_text(root, "apiServerVersion");
    if (version == NULL)
        version = json_text(json_object(root, "server"), "version");
    (void)parse_version_number(version, out->api_version);
    paths = json_object(root, "paths");
    if (paths == NULL)
        paths = root;
    copy_path(out->app_root, piece_of(json_text(paths, "appRoot")));
    copy_path(out->install_root, piece_of(json_text(paths, "installRoot")));
out:
    cJSON_Delete(root);
    return rc;
}

/* `system version`: the client, and the server when it answers; or the line of `--version`. */
static enum rc parse_version(const char *bytes, size_t len, struct engine_version *out,
                             struct fault *why)
{
    const char *client = NULL, *server = NULL;
    cJSON *root = NULL;
    enum rc rc = RC_OK;

    memset(out, 0, sizeof *out);
    if (parse_version_line(bytes, len, "container CLI version ", out))
        return RC_OK;
    rc = parse_array(ENGINE_APPLE, "its version", bytes, len, &root, why);
    if (rc != RC_OK)
        return rc;
    client = root->child != NULL ? json_text(root->child, "version") : NULL;
    if (client == NULL) {
        rc = fault_set(why, RC_PARSE, "Apple container did not tell its version");
        goto out;
    }
    server = json_text(root->child->next, "version");
    (void)parse_version_number(client, out->client);
    (void)parse_version_number(server, out->server);
    out->has_mismatch = out->server[0] != '\0';
    out->mismatch = out->has_mismatch && strcmp(out->client, out->server) != 0;
out:
    cJSON_Delete(root);
    return rc;
}

/* 2^64-1 means no limit, which is not a number of bytes: like all that does not fit, it counts as
 * not reported. */
static void read_number(const cJSON *e, const char *key, int64_t *out)
{
    const cJSON *v = json_get(e, key);

    if (cJSON_IsNumber(v))
        (void)parse_int(v, 0, INT64_MAX, out);
}

static enum rc parse_stats(const char *bytes, size_t len, struct engine_stat **out, size_t *count,
                           struct fault *why)
{
    struct stat_list stats = {0};
    cJSON *root = NULL;
    const cJSON *e = NULL;
    enum rc rc = parse_array(ENGINE_APPLE, "a list of statistics", bytes, len, &root, why);

    cJSON_ArrayForEach(e, root)
    {
        struct engine_stat *row = stat_add(&stats, json_text(e, "id"));

        if (row == NULL)
            continue;
        read_number(e, "cpuUsageUsec", &row->cpu_usec);
        read_number(e, "memoryUsageBytes", &row->mem);
        read_number(e, "memoryLimitBytes", &row->mem_limit);
        read_number(e, "networkRxBytes", &row->net_rx);
        read_number(e, "networkTxBytes", &row->net_tx);
        read_number(e, "blockReadBytes", &row->blk_read);
        read_number(e, "blockWriteBytes", &row->blk_write);
        read_number(e, "numProcesses", &row->pids);
    }
    cJSON_Delete(root);
    *out = stats.list;
    *count = stats.count;
    return rc;
}

/* The XPC texts wrap other ones, so they come first; "unauthorized request" is another user's
 * server, any other "unauthorized" a registry. */
static const struct parse_error errors[] = {
    {ENGINE_ERROR_DOWN, 0, "XPC connection error", NULL},
    {ENGINE_ERROR_DOWN, 0, "XPC timeout for request", NULL},
    {ENGINE_ERROR_DOWN, 0, "Plugins are unavailable", NULL},
    {ENGINE_ERROR_PERMISSION, 0, "unauthorized request", NULL},
    {ENGINE_ERROR_NOT_FOUND, 0, "notFound:", NULL},
    {ENGINE_ERROR_NOT_FOUND, 0, "not found", NULL},
    {ENGINE_ERROR_NOT_FOUND, 0, "no such container", NULL},
    {ENGINE_ERROR_INVALID_STATE, 0, "invalidState:", NULL},
    {ENGINE_ERROR_INVALID_STATE, 0, "is not running", NULL},
    {ENGINE_ERROR_INVALID_STATE, 0, "can not be deleted", NULL},
    {ENGINE_ERROR_NOT_ADMIN, 0, "try sudo?", NULL},
    {ENGINE_ERROR_AUTH, 0, "401", NULL},
    {ENGINE_ERROR_AUTH, 0, "unauthorized", NULL},
    {ENGINE_ERROR_USAGE, 64, NULL, NULL},
    {ENGINE_ERROR_OTHER, 0, NULL, NULL},
};

static enum engine_error classify(int exit_code, const char *err, size_t len)
{
    return parse_error(errors, exit_code, err, len);
}

const struct engine_driver apple_driver = {
    .kind = ENGINE_APPLE,
    .parse_list = parse_list,
    .parse_inspect = parse_list,
    .parse_status = parse_status,
    .parse_version = parse_version,
    .parse_stats = parse_stats,
    .classify = classify,
    .has_events = false,
    .list_has_address = true,
};
