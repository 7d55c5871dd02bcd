/* test_podman.c - podman's output at its edges; the fixtures hold the usual shapes. */
#include "tests/unit/engine_read.h"
#include <math.h>

static const struct engine_driver *drv(void)
{
    return engine_driver(ENGINE_PODMAN);
}

static struct snapshot *one(const char *members)
{
    char text[2048];

    snprintf(text, sizeof text, "[{\"Id\":\"0123456789abcdef\",%s}]", members);
    return read_list(ENGINE_PODMAN, text);
}

TEST(podman_maps_states)
{
    static const struct {
        const char *word;
        enum container_state state;
    } rows[] = {
        {"running", STATE_RUNNING},    {"exited", STATE_STOPPED},    {"stopped", STATE_STOPPED},
        {"stopping", STATE_STOPPING},  {"created", STATE_CREATED},   {"initialized", STATE_CREATED},
        {"configured", STATE_CREATED}, {"paused", STATE_PAUSED},     {"removing", STATE_REMOVING},
        {"unknown", STATE_UNKNOWN},    {"bad state", STATE_UNKNOWN}, {"dead", STATE_UNKNOWN},
        {"restarting", STATE_UNKNOWN}, {"", STATE_UNKNOWN}};

    for (size_t i = 0; i < countof(rows); i++) {
        char text[128];
        struct snapshot *s = NULL;

        snprintf(text, sizeof text, "\"State\":\"%s\"", rows[i].word);
        s = one(text);
        assert_int_equal(s->list[0].state, rows[i].state);
        snapshot_free(s);
    }
}

TEST(podman_reads_ports_of_4_and_of_3)
{
    struct snapshot *s =
        one("\"Ports\":[{\"host_ip\":\"\",\"container_port\":80,\"host_port\":8080,\"range\":3,"
            "\"protocol\":\"tcp\"},{\"hostIP\":\"::1\",\"containerPort\":53,\"hostPort\":5353,"
            "\"protocol\":\"udp\"},{\"container_port\":1,\"host_port\":0,\"range\":1},"
            "{\"container_port\":90,\"host_port\":91,\"range\":0},7,null]");
    const struct port *p = s->list[0].ports;

    assert_int_equal(s->list[0].port_count, 3);
    assert_string_equal(p[0].host_ip, "0.0.0.0");
    assert_int_equal(p[0].count, 3);
    assert_string_equal(p[1].host_ip, "::1");
    assert_int_equal(p[1].host_port, 5353);
    assert_int_equal(p[1].container_port, 53);
    assert_string_equal(p[1].proto, "udp");
    assert_int_equal(p[1].count, 1);
    assert_int_equal(p[2].count, 1);
    snapshot_free(s);
}

TEST(podman_has_times_only_after_1970)
{
    struct snapshot *s = read_list(
        ENGINE_PODMAN,
        "[{\"Id\":\"a\",\"StartedAt\":-62135596800,\"ExitedAt\":-62135596800},"
        "{\"Id\":\"b\",\"StartedAt\":0,\"ExitedAt\":null},"
        "{\"Id\":\"c\",\"StartedAt\":1795556047,\"ExitedAt\":1795556118},"
        "{\"Id\":\"d\",\"StartedAt\":\"2026-11-24T21:34:07.166794586Z\",\"ExitedAt\":{}}]");

    for (size_t i = 0; i < 2; i++)
        assert_false(s->list[i].has_started || s->list[i].has_finished);
    assert_int_equal(s->list[2].started_s, 1795556047);
    assert_int_equal(s->list[2].finished_s, 1795556118);
    assert_int_equal(s->list[3].started_s, 1795556047);
    assert_false(s->list[3].has_finished);
    snapshot_free(s);
}

TEST(podman_exit_code_only_of_what_has_exited)
{
    struct snapshot *s =
        read_list(ENGINE_PODMAN, "[{\"Id\":\"a\",\"State\":\"running\",\"ExitCode\":0},"
                                 "{\"Id\":\"b\",\"State\":\"created\",\"ExitCode\":0},"
                                 "{\"Id\":\"c\",\"State\":\"exited\",\"ExitCode\":-1},"
                                 "{\"Id\":\"d\",\"State\":\"exited\",\"ExitCode\":\"x\"},"
                                 "{\"Id\":\"e\",\"State\":\"exited\"}]");

    assert_false(snapshot_find(s, "a")->has_exit_code);
    assert_false(snapshot_find(s, "b")->has_exit_code);
    assert_true(snapshot_find(s, "c")->has_exit_code);
    assert_int_equal(snapshot_find(s, "c")->exit_code, -1);
    assert_false(snapshot_find(s, "d")->has_exit_code);
    assert_false(snapshot_find(s, "e")->has_exit_code);
    snapshot_free(s);
}

TEST(podman_names_image_health_and_flags)
{
    struct snapshot *s =
        one("\"Names\":[\"web\",\"second\"],\"Image\":\"\",\"State\":\"running\",\"Status\":"
            "\"Up 2 hours (starting)\",\"IsInfra\":true,\"AutoRemove\":true");

    assert_string_equal(s->list[0].name, "web");
    assert_string_equal(s->list[0].image, "");
    assert_int_equal(s->list[0].health, HEALTH_STARTING);
    assert_true(s->list[0].infra);
    assert_true(s->list[0].auto_remove);
    assert_int_equal(snapshot_running(s), 0);
    snapshot_free(s);
}

TEST(podman_members_of_a_wrong_type_are_defaults)
{
    struct snapshot *s =
        one("\"Names\":null,\"Image\":[],\"State\":5,\"Status\":null,\"Labels\":\"a=b\",\"Ports\":"
            "{\"host_port\":1,\"container_port\":1},\"IsInfra\":\"true\",\"AutoRemove\":1,"
            "\"StartedAt\":true");
    const struct container *c = &s->list[0];

    assert_string_equal(c->name, "0123456789ab");
    assert_string_equal(c->image, "");
    assert_int_equal(c->state, STATE_UNKNOWN);
    assert_int_equal(c->label_count + c->port_count, 0);
    assert_false(c->infra || c->auto_remove || c->has_started);
    snapshot_free(s);
}

TEST(podman_short_ids_and_odd_names_have_a_name)
{
    struct snapshot *s =
        read_list(ENGINE_PODMAN, "[{\"Id\":\"abc\",\"Names\":[]},{\"Id\":\"abd\",\"Names\":[5]},"
                                 "{\"Id\":\"abe\",\"Names\":[\"\"]},{\"Id\":\"abf\",\"Names\":["
                                 "\"x\"]},{\"Id\":\"0123456789abc\"}]");

    assert_string_equal(snapshot_find(s, "0123456789abc")->name, "0123456789ab");
    assert_string_equal(snapshot_find(s, "abc")->name, "abc");
    assert_string_equal(snapshot_find(s, "abd")->name, "abd");
    assert_string_equal(snapshot_find(s, "abe")->name, "abe");
    assert_string_equal(snapshot_find(s, "abf")->name, "x");
    snapshot_free(s);
}

TEST(podman_inspect_takes_the_image_name_and_old_health)
{
    struct snapshot *s = read_inspect(
        ENGINE_PODMAN,
        "[{\"Id\":\"a\",\"Name\":\"web\",\"Image\":\"88a5\",\"ImageName\":\"docker.io/x:1\","
        "\"Config\":{\"Image\":\"other\",\"Labels\":{\"io.podman.compose.project\":\"p\"}},"
        "\"IsInfra\":true,\"State\":{\"Status\":\"configured\",\"Healthcheck\":{\"Status\":"
        "\"starting\"},\"StartedAt\":\"0001-01-01T00:00:00Z\"}}]");
    const struct container *c = &s->list[0];

    assert_string_equal(c->image, "docker.io/x:1");
    assert_string_equal(c->project, "p");
    assert_int_equal(c->state, STATE_CREATED);
    assert_int_equal(c->health, HEALTH_STARTING);
    assert_true(c->infra);
    assert_false(c->has_started);
    snapshot_free(s);
}

TEST(podman_refuses_what_is_no_list)
{
    static const char *const bad[] = {"",
                                      "\n",
                                      "{}",
                                      "null",
                                      "[{\"Id\":\"a\"}",
                                      "[]\n[]",
                                      "<!doctype html>",
                                      "Error: x",
                                      "time=\"x\" level=warning\n[]"};

    for (size_t i = 0; i < countof(bad); i++)
        assert_true(list_and_inspect_refuse(ENGINE_PODMAN, bad[i], strlen(bad[i])));
}

TEST(podman_status_is_that_of_the_default_machine)
{
    static const struct {
        const char *text;
        bool running, registered;
    } rows[] = {
        {"[]", false, false},
        {"[{\"Name\":\"a\",\"Running\":true}]", true, true},
        {"[{\"Name\":\"a\",\"Running\":true},{\"Name\":\"b\",\"Default\":true}]", false, true},
        {"[{\"Name\":\"a\"},{\"Name\":\"b\",\"Default\":true,\"Running\":true},{\"Name\":\"c\"}]",
         true, true},
        {"[5]", false, false},
    };

    for (size_t i = 0; i < countof(rows); i++) {
        struct engine_status st;
        struct fault why;

        assert_int_equal(drv()->parse_status(rows[i].text, strlen(rows[i].text), &st, &why), RC_OK);
        assert_int_equal(st.running, rows[i].running);
        assert_int_equal(st.registered, rows[i].registered);
    }
}

TEST(podman_version_has_no_mismatch)
{
    static const char text[] = "{\"Client\":{\"Version\":\"5.3.1\"},\"Server\":{\"Version\":"
                               "\"5.2.0\"}}";
    struct engine_version v;
    struct fault why;

    assert_int_equal(drv()->parse_version(text, sizeof text - 1, &v, &why), RC_OK);
    assert_string_equal(v.client, "5.3.1");
    assert_string_equal(v.server, "5.2.0");
    assert_false(v.has_mismatch);
    assert_int_equal(drv()->parse_version("{\"Client\":null}", 15, &v, &why), RC_PARSE);
    assert_int_equal(drv()->parse_version("podman version 3.4.4\n", 21, &v, &why), RC_OK);
    assert_string_equal(v.client, "3.4.4");
}

TEST(podman_stats_edges)
{
    static const char text[] = "[{\"id\":\"a\",\"cpu_percent\":\"--\",\"mem_usage\":\"1kB / 2kB\","
                               "\"net_io\":\"-- / --\",\"pids\":\"7\"},{\"name\":\"x\"},5,"
                               "{\"id\":\"b\",\"cpu_percent\":12,\"pids\":\"seven\"}]";
    struct engine_stat *list = NULL;
    size_t count = 0;
    struct fault why;

    assert_int_equal(drv()->parse_stats(text, sizeof text - 1, &list, &count, &why), RC_OK);
    assert_int_equal(count, 2);
    assert_true(isnan(list[0].cpu_percent));
    assert_int_equal(list[0].mem, 1000);
    assert_int_equal(list[0].mem_limit, 2000);
    assert_int_equal(list[0].net_rx, ENGINE_NO_STAT);
    assert_int_equal(list[0].pids, 7);
    assert_true(isnan(list[1].cpu_percent));
    assert_int_equal(list[1].pids, ENGINE_NO_STAT);
    mem_free(list);
}

static struct engine_event event_of(const char *line)
{
    struct engine_event e;
    struct fault why;

    assert_int_equal(drv()->parse_event(line, strlen(line), &e, &why), RC_OK);
    return e;
}

TEST(podman_events_have_times_of_both_kinds)
{
    assert_int_equal(event_of("{\"Time\":\"2026-11-24T21:35:45.679552314Z\"}").time_ns,
                     1795556145679552314);
    assert_int_equal(event_of("{\"Time\":\"2026-11-24T22:35:45.5+01:00\"}").time_ns,
                     1795556145500000000);
    assert_int_equal(event_of("{\"Time\":\"2026-11-24T21:35:45Z\"}").time_ns, 1795556145000000000);
    assert_int_equal(event_of("{\"Time\":\"2026-11-24T21:35:45.1234567891234Z\"}").time_ns,
                     1795556145123456789);
    assert_int_equal(event_of("{\"time\":1795556145}").time_ns, 1795556145000000000);
    assert_int_equal(event_of("{\"Time\":\"0001-01-01T00:00:00Z\"}").time_ns, 0);
    assert_int_equal(event_of("{\"Time\":\"9999-01-01T00:00:00Z\"}").time_ns, 0);
    assert_int_equal(event_of("{\"Time\":\"now.5\"}").time_ns, 0);
}

TEST(podman_events_say_if_the_list_could_change)
{
    static const struct {
        const char *type, *status;
        bool changes;
    } rows[] = {{"container", "died", true},    {"container", "start", true},
                {"container", "remove", true},  {"container", "health_status", true},
                {"container", "exec", false},   {"container", "exec_died", false},
                {"container", "attach", false}, {"pod", "start", false},
                {"image", "pull", false}};

    for (size_t i = 0; i < countof(rows); i++) {
        char line[256];
        struct engine_event e;

        snprintf(line, sizeof line, "{\"ID\":\"a\",\"Type\":\"%s\",\"Status\":\"%s\"}",
                 rows[i].type, rows[i].status);
        e = event_of(line);
        assert_string_equal(e.id, "a");
        assert_string_equal(e.status, rows[i].status);
        assert_int_equal(e.changes, rows[i].changes);
    }
}

TEST(podman_errors_go_by_the_first_match)
{
    static const struct {
        int exit_code;
        const char *text;
        enum engine_error error;
    } rows[] = {
        {125, "Cannot connect to Podman. connect: permission denied", ENGINE_ERROR_DOWN},
        {125, "dial unix /x: connect: permission denied", ENGINE_ERROR_PERMISSION},
        {125, "open /x: permission denied", ENGINE_ERROR_OTHER},
        {125, "invalid username/password", ENGINE_ERROR_AUTH},
        {125, "Error: unknown flag: --x", ENGINE_ERROR_USAGE},
        {1, "Error: unknown flag: --x", ENGINE_ERROR_OTHER},
        {125, "Error: unrecognized command", ENGINE_ERROR_USAGE},
        {125, "no such container: container state improper", ENGINE_ERROR_NOT_FOUND},
    };

    for (size_t i = 0; i < countof(rows); i++)
        assert_int_equal(drv()->classify(rows[i].exit_code, rows[i].text, strlen(rows[i].text)),
                         rows[i].error);
}

TEST(engines_have_what_their_table_says)
{
    for (int k = 0; k < ENGINE_COUNT; k++) {
        const struct engine_driver *d = engine_driver((enum engine_kind)k);

        assert_int_equal(d->kind, k);
        assert_int_equal(d->has_events, d->parse_event != NULL);
        assert_non_null(d->parse_version);
        assert_non_null(d->parse_stats);
    }
    assert_true(engine_driver(ENGINE_APPLE)->list_has_address);
    assert_string_equal(engine_error_word(ENGINE_ERROR_DOWN), "engine-down");
    assert_string_equal(engine_error_word(ENGINE_ERROR_OTHER), "other");
}

SUITE(podman, T(podman_maps_states), T(podman_reads_ports_of_4_and_of_3),
      T(podman_has_times_only_after_1970), T(podman_exit_code_only_of_what_has_exited),
      T(podman_names_image_health_and_flags), T(podman_members_of_a_wrong_type_are_defaults),
      T(podman_short_ids_and_odd_names_have_a_name),
      T(podman_inspect_takes_the_image_name_and_old_health), T(podman_refuses_what_is_no_list),
      T(podman_status_is_that_of_the_default_machine), T(podman_version_has_no_mismatch),
      T(podman_stats_edges), T(podman_events_have_times_of_both_kinds),
      T(podman_events_say_if_the_list_could_change), T(podman_errors_go_by_the_first_match),
      T(engines_have_what_their_table_says))
