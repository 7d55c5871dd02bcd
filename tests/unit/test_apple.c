/* test_apple.c - Apple's output at its edges; the fixtures hold the usual shapes. */
#include "tests/unit/engine_read.h"

static const struct engine_driver *drv(void)
{
    return engine_driver(ENGINE_APPLE);
}

TEST(apple_tells_the_shapes_apart_by_type)
{
    struct snapshot *s = read_list(
        ENGINE_APPLE,
        "[{\"configuration\":{\"id\":\"old\"},\"status\":\"running\",\"startedDate\":807692800.75,"
        "\"networks\":[{\"address\":\"192.168.64.3\\/24\"}]},"
        "{\"id\":\"new\",\"configuration\":{},\"status\":{\"state\":\"running\",\"startedDate\":"
        "\"2026-08-06T09:06:40.9+02:00\",\"networks\":[{\"ipv4Address\":\"192.168.64.4/24\"}]}}]");

    assert_int_equal(s->count, 2);
    assert_string_equal(s->list[0].id, "new");
    assert_string_equal(s->list[0].name, "new");
    assert_int_equal(s->list[0].started_s, 1786000000);
    assert_string_equal(s->list[0].address, "192.168.64.4");
    assert_string_equal(s->list[1].id, "old");
    assert_int_equal(s->list[1].started_s, 1786000000);
    assert_string_equal(s->list[1].address, "192.168.64.3");
    snapshot_free(s);
}

TEST(apple_takes_either_date_in_either_shape)
{
    struct snapshot *s =
        read_list(ENGINE_APPLE,
                  "[{\"id\":\"a\",\"status\":\"running\",\"startedDate\":\"2026-08-06T07:06:40Z\"},"
                  "{\"id\":\"b\",\"status\":{\"state\":\"running\",\"startedDate\":807692800}},"
                  "{\"id\":\"c\",\"status\":{\"state\":\"stopped\",\"startedDate\":null}},"
                  "{\"id\":\"d\",\"status\":{\"state\":\"stopped\",\"startedDate\":\"soon\"}},"
                  "{\"id\":\"e\",\"status\":{\"state\":\"stopped\",\"startedDate\":\"0001-01-01T00:"
                  "00:00Z\"}},"
                  "{\"id\":\"f\",\"status\":{\"state\":\"stopped\",\"startedDate\":1e300}}]");

    assert_int_equal(s->list[0].started_s, 1786000000);
    assert_int_equal(s->list[1].started_s, 1786000000);
    for (size_t i = 2; i < 6; i++)
        assert_false(s->list[i].has_started);
    snapshot_free(s);
}

TEST(apple_keeps_an_element_with_nothing_but_an_id)
{
    struct snapshot *s =
        read_list(ENGINE_APPLE,
                  "[{\"id\":\"a\"},{\"id\":\"b\",\"status\":7,\"configuration\":[],"
                  "\"networks\":{}},{\"id\":\"c\",\"status\":null,\"configuration\":{"
                  "\"id\":5,\"image\":\"x\",\"labels\":[1],\"publishedPorts\":{}}},"
                  "{\"id\":7,\"configuration\":{\"id\":\"d\",\"labels\":{\"k\":1,\"l\":\"m\"}}}]");

    assert_int_equal(s->count, 4);
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(s->list[i].state, STATE_UNKNOWN);
        assert_string_equal(s->list[i].image, "");
        assert_int_equal(s->list[i].port_count, 0);
        assert_null(s->list[i].address);
        assert_false(s->list[i].has_exit_code);
        assert_int_equal(s->list[i].health, HEALTH_NONE);
    }
    assert_int_equal(s->list[3].label_count, 1);
    assert_string_equal(s->list[3].labels[0].value, "m");
    snapshot_free(s);
}

TEST(apple_leaves_out_elements_without_a_usable_id)
{
    struct snapshot *s = read_list(ENGINE_APPLE, "[1,null,\"x\",[],{},{\"id\":\"\"},{\"id\":null},"
                                                 "{\"configuration\":{\"id\":\"\"}},{\"id\":\"y\"},"
                                                 "{\"id\":\"\",\"configuration\":{\"id\":\"z\"}}]");

    assert_int_equal(s->count, 2);
    assert_string_equal(s->list[0].id, "y");
    assert_string_equal(s->list[1].id, "z");
    snapshot_free(s);
}

TEST(apple_maps_states)
{
    static const struct {
        const char *word;
        enum container_state state;
    } rows[] = {{"running", STATE_RUNNING},   {"stopped", STATE_STOPPED},
                {"stopping", STATE_STOPPING}, {"unknown", STATE_UNKNOWN},
                {"paused", STATE_UNKNOWN},    {"Running", STATE_UNKNOWN}};

    for (size_t i = 0; i < countof(rows); i++) {
        char text[128];
        struct snapshot *s = NULL;

        snprintf(text, sizeof text, "[{\"id\":\"a\",\"status\":\"%s\"}]", rows[i].word);
        s = read_list(ENGINE_APPLE, text);
        assert_int_equal(s->list[0].state, rows[i].state);
        snapshot_free(s);
    }
}

TEST(apple_prefers_ipv4_of_any_network)
{
    struct snapshot *s = read_list(
        ENGINE_APPLE,
        "[{\"id\":\"a\",\"status\":{\"state\":\"running\",\"networks\":[{\"ipv6Address\":"
        "\"fd00::1/64\"},{\"ipv4Address\":\"10.0.0.2/24\"},{\"ipv4Address\":\"10.0.0.3/24\"}]}},"
        "{\"id\":\"b\",\"status\":{\"state\":\"running\",\"networks\":[3,{\"ipv4Address\":null,"
        "\"ipv6Address\":\"fd00::2/64\"}]}},"
        "{\"id\":\"c\",\"status\":{\"state\":\"running\",\"networks\":[{\"ipv4Address\":\"\"}]}}]");

    assert_string_equal(s->list[0].address, "10.0.0.2");
    assert_string_equal(s->list[1].address, "fd00::2");
    assert_null(s->list[2].address);
    snapshot_free(s);
}

TEST(apple_ports_out_of_range_are_left_out_and_ranges_end)
{
    struct snapshot *s = read_list(
        ENGINE_APPLE,
        "[{\"id\":\"a\",\"status\":\"running\",\"configuration\":{\"publishedPorts\":["
        "{\"hostPort\":0,\"containerPort\":80,\"proto\":\"tcp\"},"
        "{\"hostPort\":70000,\"containerPort\":80,\"proto\":\"tcp\"},"
        "{\"hostPort\":80,\"containerPort\":-1,\"proto\":\"tcp\"},"
        "{\"hostPort\":\"x\",\"containerPort\":80},5,null,"
        "{\"hostPort\":65530,\"containerPort\":65500,\"proto\":\"udp\",\"count\":100},"
        "{\"hostPort\":8080,\"containerPort\":80,\"count\":0,\"hostAddress\":\"\"},"
        "{\"hostPort\":8081,\"containerPort\":81,\"count\":1e9,\"hostAddress\":\"::\"}]}}]");
    const struct container *c = &s->list[0];

    assert_int_equal(c->port_count, 3);
    assert_int_equal(c->ports[0].count, 6);
    assert_string_equal(c->ports[0].proto, "udp");
    assert_string_equal(c->ports[1].host_ip, "0.0.0.0");
    assert_string_equal(c->ports[1].proto, "tcp");
    assert_int_equal(c->ports[1].count, 1);
    assert_int_equal(c->ports[2].count, 1);
    assert_string_equal(c->ports[2].host_ip, "::");
    snapshot_free(s);
}

TEST(apple_marks_the_builder_and_what_plugins_made_as_infra)
{
    struct snapshot *s =
        read_list(ENGINE_APPLE,
                  "[{\"id\":\"buildkit\",\"status\":\"running\",\"configuration\":{\"labels\":{}}},"
                  "{\"id\":\"b\",\"status\":\"running\",\"configuration\":{\"labels\":{"
                  "\"com.apple.container.resource.role\":\"builder\"}}},"
                  "{\"id\":\"c\",\"status\":\"running\",\"configuration\":{\"labels\":{"
                  "\"com.apple.container.plugin\":\"k8s\"}}},"
                  "{\"id\":\"d\",\"status\":\"running\",\"configuration\":{\"labels\":{\"x\":"
                  "\"builder\"}}}]");

    assert_int_equal(snapshot_running(s), 1);
    assert_false(snapshot_find(s, "d")->infra);
    snapshot_free(s);
}

TEST(apple_refuses_what_is_no_list)
{
    static const char *const bad[] = {"",         " \n",
                                      "{}",       "null",
                                      "[",        "[{\"id\":\"a\"}",
                                      "[]\n[]",   "<html><body>no</body></html>",
                                      "Error: x", "[}",
                                      "\"[]\""};

    for (size_t i = 0; i < countof(bad); i++)
        assert_true(list_and_inspect_refuse(ENGINE_APPLE, bad[i], strlen(bad[i])));
    assert_true(list_and_inspect_refuse(ENGINE_APPLE, "[]\0", 3));
    assert_true(list_and_inspect_refuse(ENGINE_APPLE, NULL, 0));
}

TEST(apple_keeps_the_list_beside_a_hostile_text)
{
    struct snapshot *s = read_list(
        ENGINE_APPLE,
        "[{\"id\":\"a\",\"status\":\"running\",\"configuration\":{\"labels\":{\"x\":\"\\u0000\"}}},"
        "{\"id\":\"b\\u0000-a\",\"status\":\"running\"}]");

    assert_int_equal(s->count, 2);
    assert_string_equal(s->list[0].arg.text, "a");
    assert_string_equal(s->list[1].arg.text, ""); /* it is shown, and no command can name it */
    snapshot_free(s);
}

TEST(apple_refuses_every_half_of_a_list)
{
    static const char whole[] =
        "[{\"id\":\"a\",\"status\":{\"state\":\"running\",\"networks\":[]},\"configuration\":{}}]";

    for (size_t len = 0; len < sizeof whole - 1; len++)
        assert_true(list_and_inspect_refuse(ENGINE_APPLE, whole, len));
}

TEST(apple_list_is_capped)
{
    struct buf b;
    struct fault why;
    struct snapshot *s = snapshot_new(ENGINE_APPLE);

    buf_init(&b, 4 << 20);
    for (int i = 0; i <= SNAPSHOT_COUNT_MAX; i++)
        assert_int_equal(buf_print(&b, "%s{\"id\":\"c%d\"}", i > 0 ? "," : "[", i), RC_OK);
    assert_int_equal(buf_text_add(&b, "]"), RC_OK);
    assert_int_equal(drv()->parse_list(buf_text(&b), b.len, s, &why), RC_TOO_BIG);
    assert_non_null(strstr(why.text, "20000"));
    snapshot_free(s);
    buf_release(&b);
}

TEST(apple_refuses_more_values_than_memory_should_hold)
{
    size_t len = (size_t)5 << 20;
    char *text = mem_new(len + 1);
    struct fault why;
    struct snapshot *s = snapshot_new(ENGINE_APPLE);

    memset(text, '0', len);
    for (size_t i = 1; i < len; i += 2)
        text[i] = ',';
    text[0] = '[';
    text[len - 1] = ']';
    assert_int_equal(drv()->parse_list(text, len, s, &why), RC_TOO_BIG);
    snapshot_free(s);
    mem_free(text);
}

static void expect_status(const char *text, bool running, bool registered, const char *version,
                          const char *app_root)
{
    struct engine_status st;
    struct fault why;

    assert_int_equal(drv()->parse_status(text, strlen(text), &st, &why), RC_OK);
    assert_int_equal(st.running, running);
    assert_int_equal(st.registered, registered);
    assert_string_equal(st.api_version, version);
    assert_string_equal(st.app_root, app_root);
}

TEST(apple_status_needs_only_its_word)
{
    expect_status("{\"status\":\"running\"}", true, true, "", "");
    expect_status("{\"status\":\"not running\"}", false, true, "", "");
    expect_status("{\"status\":\"unregistered\"}", false, false, "", "");
    expect_status("{\"status\":\"what\"}", false, true, "", "");
    expect_status("{\"status\":\"running\",\"server\":{\"version\":\"1.4.1\"},\"paths\":"
                  "{\"appRoot\":\"/a\"}}",
                  true, true, "1.4.1", "/a");
    expect_status("{\"status\":\"running\",\"server\":null,\"paths\":3,\"appRoot\":\"/b\","
                  "\"apiServerVersion\":\"container-apiserver version 1.10.0 (build)\"}",
                  true, true, "1.10.0", "/b");
    expect_status("apiserver is not running\n", false, true, "", "");
    expect_status("apiserver is not running and not registered with launchd", false, false, "", "");
}

TEST(apple_status_refuses_what_has_no_word)
{
    static const char *const bad[] = {
        "", "{}", "[]", "{\"status\":1}", "running", "apiserverless", "{\"status\":\"running\""};
    struct engine_status st;

    for (size_t i = 0; i < countof(bad); i++) {
        struct fault why = {0};

        assert_int_equal(drv()->parse_status(bad[i], strlen(bad[i]), &st, &why), RC_PARSE);
        assert_true(why.text[0] != '\0');
    }
}

TEST(apple_status_does_not_cut_a_path)
{
    char text[SYS_PATH_MAX + 128], path[SYS_PATH_MAX + 1];

    memset(path, 'x', sizeof path - 1);
    path[sizeof path - 1] = '\0';
    path[0] = '/';
    snprintf(text, sizeof text, "{\"status\":\"running\",\"appRoot\":\"%s\"}", path);
    expect_status(text, true, true, "", "");
}

TEST(apple_version_finds_a_mismatch)
{
    static const struct {
        const char *text, *client, *server;
        bool has_mismatch, mismatch;
    } rows[] = {
        {"[{\"version\":\"1.2.2\"}]", "1.2.2", "", false, false},
        {"[{\"version\":\"1.2.2\"},{\"version\":\"x version 1.2.2 (y)\"}]", "1.2.2", "1.2.2", true,
         false},
        {"[{\"version\":\"1.2.2\"},{\"version\":\"1.2.10\"}]", "1.2.2", "1.2.10", true, true},
        {"[{\"version\":\"1.2.2\"},{\"version\":null}]", "1.2.2", "", false, false},
        {"[{\"version\":\"v1.2\"},{}]", "v1.2", "", false, false},
        {"container CLI version 0.4.1 (build: release, commit: 1)\n", "0.4.1", "", false, false},
    };

    for (size_t i = 0; i < countof(rows); i++) {
        struct engine_version v;
        struct fault why;

        assert_int_equal(drv()->parse_version(rows[i].text, strlen(rows[i].text), &v, &why), RC_OK);
        assert_string_equal(v.client, rows[i].client);
        assert_string_equal(v.server, rows[i].server);
        assert_int_equal(v.has_mismatch, rows[i].has_mismatch);
        assert_int_equal(v.mismatch, rows[i].mismatch);
    }
}

TEST(apple_version_refuses_the_rest)
{
    static const char *const bad[] = {
        "", "[]", "[1]", "[{}]", "{\"version\":\"1.2.2\"}", "container CLI version unknown"};
    struct engine_version v;

    for (size_t i = 0; i < countof(bad); i++) {
        struct fault why;

        assert_int_equal(drv()->parse_version(bad[i], strlen(bad[i]), &v, &why), RC_PARSE);
    }
}

TEST(apple_stats_without_a_limit)
{
    static const char text[] =
        "[{\"id\":\"a\",\"memoryLimitBytes\":18446744073709551615,\"memoryUsageBytes\":1,"
        "\"cpuUsageUsec\":\"5\",\"numProcesses\":-3},{\"cpuUsageUsec\":5},7]";
    struct engine_stat *list = NULL;
    size_t count = 0;
    struct fault why;

    assert_int_equal(drv()->parse_stats(text, sizeof text - 1, &list, &count, &why), RC_OK);
    assert_int_equal(count, 1);
    assert_int_equal(list[0].mem_limit, ENGINE_NO_STAT);
    assert_int_equal(list[0].mem, 1);
    assert_int_equal(list[0].cpu_usec, ENGINE_NO_STAT);
    assert_int_equal(list[0].pids, ENGINE_NO_STAT);
    mem_free(list);
}

TEST(apple_errors_go_by_the_first_match)
{
    static const struct {
        int exit_code;
        const char *text;
        enum engine_error error;
    } rows[] = {
        {1, "notFound: XPC connection error", ENGINE_ERROR_DOWN},
        {1, "Plugins are unavailable", ENGINE_ERROR_DOWN},
        {1, "unauthorized request", ENGINE_ERROR_PERMISSION},
        {1, "unauthorized", ENGINE_ERROR_AUTH},
        {1, "HTTP 401", ENGINE_ERROR_AUTH},
        {1, "not found: 401", ENGINE_ERROR_NOT_FOUND},
        {64, "Usage: container", ENGINE_ERROR_USAGE},
        {64, "x not found", ENGINE_ERROR_NOT_FOUND},
        {1, "Usage: container", ENGINE_ERROR_OTHER},
        {1, "xpc CONNECTION error", ENGINE_ERROR_OTHER},
        {0, "", ENGINE_ERROR_OTHER},
    };

    for (size_t i = 0; i < countof(rows); i++)
        assert_int_equal(drv()->classify(rows[i].exit_code, rows[i].text, strlen(rows[i].text)),
                         rows[i].error);
    assert_int_equal(drv()->classify(1, "a\0not found", 11), ENGINE_ERROR_NOT_FOUND);
    assert_int_equal(drv()->classify(1, "not found", 8), ENGINE_ERROR_OTHER);
}

SUITE(apple, T(apple_keeps_the_list_beside_a_hostile_text), T(apple_tells_the_shapes_apart_by_type),
      T(apple_takes_either_date_in_either_shape), T(apple_keeps_an_element_with_nothing_but_an_id),
      T(apple_leaves_out_elements_without_a_usable_id), T(apple_maps_states),
      T(apple_prefers_ipv4_of_any_network), T(apple_ports_out_of_range_are_left_out_and_ranges_end),
      T(apple_marks_the_builder_and_what_plugins_made_as_infra), T(apple_refuses_what_is_no_list),
      T(apple_refuses_every_half_of_a_list), T(apple_list_is_capped),
      T(apple_refuses_more_values_than_memory_should_hold), T(apple_status_needs_only_its_word),
      T(apple_status_refuses_what_has_no_word), T(apple_status_does_not_cut_a_path),
      T(apple_version_finds_a_mismatch), T(apple_version_refuses_the_rest),
      T(apple_stats_without_a_limit), T(apple_errors_go_by_the_first_match))
