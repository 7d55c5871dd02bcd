/* test_docker.c - the docker CLI's lines and inspect at their edges; the fixtures hold the usual.
 */
#include "tests/unit/engine_read.h"

static const struct engine_driver *drv(void)
{
    return engine_driver(ENGINE_DOCKER);
}

/* A list of one whose line has these members behind its id. */
static struct snapshot *one(const char *members)
{
    char text[2048];

    snprintf(text, sizeof text, "{\"ID\":\"0123456789abcdef\",%s}\n", members);
    return read_list(ENGINE_DOCKER, text);
}

TEST(docker_nothing_is_an_empty_list)
{
    static const char *const empty[] = {"", "\n", " \r\n\n"};

    for (size_t i = 0; i < countof(empty); i++) {
        struct snapshot *s = read_list(ENGINE_DOCKER, empty[i]);

        assert_int_equal(s->count, 0);
        snapshot_free(s);
    }
}

TEST(docker_takes_blank_lines_and_a_last_line_without_an_end)
{
    struct snapshot *s = read_list(ENGINE_DOCKER, "{\"ID\":\"a\"}\r\n\n  {\"ID\":\"b\"}");

    assert_int_equal(s->count, 2);
    snapshot_free(s);
}

TEST(docker_refuses_lines_that_are_no_objects)
{
    static const char *const bad[] = {"[]",
                                      "5",
                                      "null",
                                      "{\"ID\":\"a\"}{\"ID\":\"b\"}",
                                      "{\"ID\":\"a\"}\n{\"ID\":",
                                      "<html>\n</html>",
                                      "Cannot connect",
                                      "{\"ID\":\"a\"}\nWARNING: x",
                                      "{\"ID\":\n\"a\"}"};

    for (size_t i = 0; i < countof(bad); i++) {
        struct snapshot *s = snapshot_new(ENGINE_DOCKER);
        struct fault why = {0};

        assert_int_equal(drv()->parse_list(bad[i], strlen(bad[i]), s, &why), RC_PARSE);
        assert_true(why.text[0] != '\0');
        snapshot_free(s);
    }
}

TEST(docker_knows_the_word_json_of_an_old_cli)
{
    static const char *const old[] = {"json", "json\n", "json\njson\n", "\njson\r\n"};
    static const char *const no[] = {"", "\n", "{\"ID\":\"json\"}", "jsonl", "\"json\"", "JSON"};

    for (size_t i = 0; i < countof(old); i++) {
        struct snapshot *s = snapshot_new(ENGINE_DOCKER);
        struct fault why = {0};

        assert_true(docker_is_old_list(old[i], strlen(old[i])));
        assert_int_equal(drv()->parse_list(old[i], strlen(old[i]), s, &why), RC_PARSE);
        snapshot_free(s);
    }
    for (size_t i = 0; i < countof(no); i++)
        assert_false(docker_is_old_list(no[i], strlen(no[i])));
    assert_false(docker_is_old_list(NULL, 0));
}

TEST(docker_derives_the_state_from_the_text_when_there_is_none)
{
    static const struct {
        const char *status;
        enum container_state state;
    } rows[] = {
        {"Up 2 hours", STATE_RUNNING},
        {"Up Less than a second (healthy)", STATE_RUNNING},
        {"Up 10 minutes (Paused)", STATE_PAUSED},
        {"Exited (0) 3 days ago", STATE_STOPPED},
        {"Created", STATE_CREATED},
        {"Restarting (1) 3 seconds ago", STATE_RESTARTING},
        {"Removal In Progress", STATE_REMOVING},
        {"Dead", STATE_DEAD},
        {"", STATE_UNKNOWN},
        {"Upside down", STATE_UNKNOWN},
    };

    for (size_t i = 0; i < countof(rows); i++) {
        char text[256];
        struct snapshot *s = NULL;

        snprintf(text, sizeof text, "\"Status\":\"%s\"", rows[i].status);
        s = one(text);
        assert_int_equal(s->list[0].state, rows[i].state);
        snapshot_free(s);
    }
}

TEST(docker_believes_a_state_before_the_text)
{
    static const struct {
        const char *word;
        enum container_state state;
    } rows[] = {{"running", STATE_RUNNING},    {"exited", STATE_STOPPED},
                {"stopped", STATE_STOPPED},    {"stopping", STATE_STOPPING},
                {"created", STATE_CREATED},    {"initialized", STATE_CREATED},
                {"paused", STATE_PAUSED},      {"restarting", STATE_RESTARTING},
                {"removing", STATE_REMOVING},  {"dead", STATE_DEAD},
                {"configured", STATE_UNKNOWN}, {"bad state", STATE_UNKNOWN},
                {"RUNNING", STATE_UNKNOWN}};

    for (size_t i = 0; i < countof(rows); i++) {
        char text[256];
        struct snapshot *s = NULL;

        snprintf(text, sizeof text, "\"State\":\"%s\",\"Status\":\"Up 2 hours\"", rows[i].word);
        s = one(text);
        assert_int_equal(s->list[0].state, rows[i].state);
        snapshot_free(s);
    }
}

TEST(docker_names_without_links)
{
    static const struct {
        const char *names, *name;
    } rows[] = {{"web", "web"},      {"linked,other/web", "linked"}, {"other/web,linked", "linked"},
                {"/web", "web"},     {"", "0123456789ab"},           {"a/b,c/d", "0123456789ab"},
                {" web , x", "web"}, {",,", "0123456789ab"}};

    for (size_t i = 0; i < countof(rows); i++) {
        char text[256];
        struct snapshot *s = NULL;

        snprintf(text, sizeof text, "\"Names\":\"%s\"", rows[i].names);
        s = one(text);
        assert_string_equal(s->list[0].name, rows[i].name);
        snapshot_free(s);
    }
}

static void expect_port(const struct port *p, const char *ip, unsigned host, unsigned inside,
                        const char *proto, unsigned count)
{
    assert_string_equal(p->host_ip, ip);
    assert_int_equal(p->host_port, host);
    assert_int_equal(p->container_port, inside);
    assert_string_equal(p->proto, proto);
    assert_int_equal(p->count, count);
}

TEST(docker_reads_ports_of_every_form)
{
    struct snapshot *s =
        one("\"Ports\":\"443/tcp, 8080-8085/tcp, 0.0.0.0:80->8080/tcp, [::1]:81->81/udp,"
            ":::82->82/tcp,  [::]:9000-9002->9000-9002/sctp, 83->84/tcp, 1.2.3.4:85->86\"");
    const struct port *p = s->list[0].ports;

    assert_int_equal(s->list[0].port_count, 6);
    expect_port(&p[0], "0.0.0.0", 80, 8080, "tcp", 1);
    expect_port(&p[1], "::1", 81, 81, "udp", 1);
    expect_port(&p[2], "::", 82, 82, "tcp", 1);
    expect_port(&p[3], "::", 9000, 9000, "sctp", 3);
    expect_port(&p[4], "0.0.0.0", 83, 84, "tcp", 1);
    expect_port(&p[5], "1.2.3.4", 85, 86, "tcp", 1);
    snapshot_free(s);
}

TEST(docker_leaves_out_ports_that_are_none)
{
    static const char *const bad[] = {"->",
                                      "->80/tcp",
                                      "0.0.0.0:->80/tcp",
                                      "0.0.0.0:80->",
                                      "0.0.0.0:80->/tcp",
                                      "0.0.0.0:x->80/tcp",
                                      "0.0.0.0:80->x/tcp",
                                      "0.0.0.0:0->80/tcp",
                                      "0.0.0.0:65536->80/tcp",
                                      "0.0.0.0:-1->80/tcp",
                                      "0.0.0.0:90-80->90-80/tcp",
                                      "0.0.0.0:99999999999999999999->1/tcp",
                                      ",",
                                      ", ,",
                                      "0.0.0.0:80>80/tcp"};

    for (size_t i = 0; i < countof(bad); i++) {
        char text[256];
        struct snapshot *s = NULL;

        snprintf(text, sizeof text, "\"Ports\":\"%s\"", bad[i]);
        s = one(text);
        assert_int_equal(s->list[0].port_count, 0);
        snapshot_free(s);
    }
}

TEST(docker_ranges_of_different_length_are_their_first_port)
{
    struct snapshot *s = one("\"Ports\":\"0.0.0.0:90-95->80/tcp\"");

    assert_int_equal(s->list[0].port_count, 1);
    expect_port(&s->list[0].ports[0], "0.0.0.0", 90, 80, "tcp", 1);
    snapshot_free(s);
}

TEST(docker_caps_ports_and_labels)
{
    struct buf b;
    struct snapshot *s = NULL;

    buf_init(&b, 1 << 20);
    assert_int_equal(buf_text_add(&b, "{\"ID\":\"a\",\"Ports\":\""), RC_OK);
    for (int i = 1; i <= SNAPSHOT_PORTS_MAX + 50; i++)
        assert_int_equal(buf_print(&b, "0.0.0.0:%d->%d/tcp, ", i, i), RC_OK);
    assert_int_equal(buf_text_add(&b, "\",\"Labels\":\""), RC_OK);
    for (int i = 0; i < SNAPSHOT_LABELS_MAX + 50; i++)
        assert_int_equal(buf_print(&b, "k%d=v,", i), RC_OK);
    assert_int_equal(buf_text_add(&b, "com.docker.compose.project=late\"}"), RC_OK);
    s = read_list(ENGINE_DOCKER, buf_text(&b));
    assert_int_equal(s->list[0].port_count, SNAPSHOT_PORTS_MAX);
    assert_int_equal(s->list[0].label_count, SNAPSHOT_LABELS_MAX);
    assert_string_equal(s->list[0].project, "late");
    snapshot_free(s);
    buf_release(&b);
}

TEST(docker_labels_keep_commas_and_equal_signs_in_values)
{
    struct snapshot *s = one("\"Labels\":\"a=1,2,,3,b==x=,c=,com.docker.compose.project=shop\"");
    const struct label *l = s->list[0].labels;

    assert_int_equal(s->list[0].label_count, 4);
    assert_string_equal(l[0].key, "a");
    assert_string_equal(l[0].value, "1,2,,3");
    assert_string_equal(l[1].key, "b");
    assert_string_equal(l[1].value, "=x=");
    assert_string_equal(l[2].value, "");
    assert_string_equal(s->list[0].project, "shop");
    snapshot_free(s);
}

TEST(docker_prefers_the_first_project_label)
{
    static const struct {
        const char *labels, *project;
    } rows[] = {
        {"io.podman.compose.project=p", "p"},
        {"io.podman.compose.project=p,com.docker.compose.project=d", "d"},
        {"com.docker.compose.project=,io.podman.compose.project=p", "p"},
        {"xcom.docker.compose.project=d", NULL},
        {"com.docker.compose.project", NULL},
        {"note=com.docker.compose.project", NULL},
        {"", NULL},
    };

    for (size_t i = 0; i < countof(rows); i++) {
        char text[256];
        struct snapshot *s = NULL;

        snprintf(text, sizeof text, "\"Labels\":\"%s\"", rows[i].labels);
        s = one(text);
        if (rows[i].project == NULL)
            assert_null(s->list[0].project);
        else
            assert_string_equal(s->list[0].project, rows[i].project);
        snapshot_free(s);
    }
}

TEST(docker_health_from_the_member_or_the_text)
{
    static const struct {
        const char *members;
        enum health health;
    } rows[] = {
        {"\"Status\":\"Up 1 hour (healthy)\"", HEALTH_HEALTHY},
        {"\"Status\":\"Up 1 hour (unhealthy)\"", HEALTH_UNHEALTHY},
        {"\"Status\":\"Up 1 hour (health: starting)\"", HEALTH_STARTING},
        {"\"Status\":\"Up 1 hour (starting)\"", HEALTH_STARTING},
        {"\"Status\":\"Up 1 hour\"", HEALTH_NONE},
        {"\"Status\":null", HEALTH_NONE},
        {"\"Status\":\"Up 1 hour\",\"HealthStatus\":\"unhealthy\"", HEALTH_UNHEALTHY},
        {"\"Status\":\"Up 1 hour\",\"HealthStatus\":\"none\"", HEALTH_NONE},
        {"\"Status\":\"Up 1 hour (healthy)\",\"HealthStatus\":\"\"", HEALTH_HEALTHY},
    };

    for (size_t i = 0; i < countof(rows); i++) {
        struct snapshot *s = one(rows[i].members);

        assert_int_equal(s->list[0].health, rows[i].health);
        snapshot_free(s);
    }
}

TEST(docker_exit_code_only_of_what_has_exited)
{
    static const struct {
        const char *state, *status;
        bool has;
        int64_t code;
    } rows[] = {
        {"exited", "Exited (137) 5 minutes ago", true, 137},
        {"exited", "Exited (-1) 5 minutes ago", true, -1},
        {"exited", "Exited (x) 5 minutes ago", false, 0},
        {"exited", "Exited (1", false, 0},
        {"exited", "Exited", false, 0},
        {"running", "Exited (1) ago", false, 0},
        {"restarting", "Restarting (1) 3 seconds ago", false, 0},
    };

    for (size_t i = 0; i < countof(rows); i++) {
        char text[256];
        struct snapshot *s = NULL;

        snprintf(text, sizeof text, "\"State\":\"%s\",\"Status\":\"%s\"", rows[i].state,
                 rows[i].status);
        s = one(text);
        assert_int_equal(s->list[0].has_exit_code, rows[i].has);
        assert_int_equal(s->list[0].exit_code, rows[i].code);
        snapshot_free(s);
    }
}

TEST(docker_29_tells_the_address)
{
    struct snapshot *s = one("\"IPAddresses\":[{\"Network\":\"x\",\"IP\":\"\"},5,"
                             "{\"Network\":\"y\",\"IP\":\"172.17.0.2/16\"}]");

    assert_string_equal(s->list[0].address, "172.17.0.2");
    snapshot_free(s);
}

TEST(docker_members_of_a_wrong_type_are_defaults)
{
    struct snapshot *s =
        one("\"Names\":[],\"Image\":5,\"Ports\":{},\"Labels\":null,\"State\":1,\"Status\":true,"
            "\"IPAddresses\":\"x\",\"Platform\":null");

    assert_string_equal(s->list[0].name, "0123456789ab");
    assert_string_equal(s->list[0].image, "");
    assert_int_equal(s->list[0].state, STATE_UNKNOWN);
    assert_int_equal(s->list[0].label_count + s->list[0].port_count, 0);
    snapshot_free(s);
}

TEST(docker_lines_without_an_id_are_left_out)
{
    struct snapshot *s =
        read_list(ENGINE_DOCKER, "{}\n{\"ID\":\"\"}\n{\"ID\":5}\n{\"id\":\"a\"}\n{\"ID\":\"b\"}");

    assert_int_equal(s->count, 1);
    assert_string_equal(s->list[0].id, "b");
    snapshot_free(s);
}

static const char inspect_edges[] =
    "[{\"Id\":\"a\",\"Name\":\"/web\",\"State\":{\"Status\":\"exited\",\"ExitCode\":3,"
    "\"StartedAt\":\"2026-11-24T21:36:10.951+02:00\",\"FinishedAt\":\"2026-11-24T21:37:10Z\","
    "\"Health\":{\"Status\":\"\"}},\"HostConfig\":{\"AutoRemove\":true},\"NetworkSettings\":{"
    "\"IPAddress\":\"172.17.0.9\",\"Networks\":{\"x\":{\"IPAddress\":\"\","
    "\"GlobalIPv6Address\":\"fd00::9\"}},\"Ports\":{\"80/tcp\":[{\"HostIp\":\"\",\"HostPort\":"
    "\"8080\"},{\"HostIp\":\"::\",\"HostPort\":\"\"},7],\"x/tcp\":[{\"HostPort\":\"1\"}],"
    "\"81\":[{\"HostPort\":81}],\"82/udp\":null,\"83/tcp\":{}}}},"
    "{\"Id\":\"b\",\"State\":{\"Status\":\"running\",\"ExitCode\":0,\"Healthcheck\":{\"Status\":"
    "\"healthy\"}},\"NetworkSettings\":{\"Networks\":{\"x\":{\"GlobalIPv6Address\":\"fd00::8\"}}},"
    "\"Config\":{\"Image\":\"img\",\"Labels\":null}},"
    "{\"Id\":\"c\",\"State\":null,\"NetworkSettings\":[],\"Config\":\"x\",\"Name\":\"\"},{},5]";

TEST(docker_inspect_edges)
{
    struct snapshot *s = read_inspect(ENGINE_DOCKER, inspect_edges);
    const struct container *a = snapshot_find(s, "a"), *b = snapshot_find(s, "b");
    const struct container *c = snapshot_find(s, "c");

    assert_int_equal(s->count, 3);
    assert_string_equal(a->name, "web");
    assert_int_equal(a->started_s, 1795548970);
    assert_true(a->has_finished);
    assert_int_equal(a->finished_s, 1795556230);
    assert_int_equal(a->exit_code, 3);
    assert_int_equal(a->health, HEALTH_NONE);
    assert_true(a->auto_remove);
    assert_string_equal(a->address, "172.17.0.9");
    assert_int_equal(a->port_count, 2);
    expect_port(&a->ports[0], "0.0.0.0", 8080, 80, "tcp", 1);
    expect_port(&a->ports[1], "0.0.0.0", 81, 81, "tcp", 1);
    assert_string_equal(b->address, "fd00::8");
    assert_int_equal(b->health, HEALTH_HEALTHY);
    assert_string_equal(b->image, "img");
    assert_false(b->has_exit_code);
    assert_string_equal(c->name, "c");
    assert_int_equal(c->state, STATE_UNKNOWN);
    assert_null(c->address);
    snapshot_free(s);
}

TEST(docker_inspect_refuses_what_is_no_list)
{
    static const char *const bad[] = {"", "{}", "[", "[]]", "Error: No such object: x"};

    for (size_t i = 0; i < countof(bad); i++) {
        struct snapshot *s = snapshot_new(ENGINE_DOCKER);
        struct fault why = {0};

        assert_int_equal(drv()->parse_inspect(bad[i], strlen(bad[i]), s, &why), RC_PARSE);
        assert_true(why.text[0] != '\0');
        snapshot_free(s);
    }
}

SUITE(docker, T(docker_nothing_is_an_empty_list),
      T(docker_takes_blank_lines_and_a_last_line_without_an_end),
      T(docker_refuses_lines_that_are_no_objects), T(docker_knows_the_word_json_of_an_old_cli),
      T(docker_derives_the_state_from_the_text_when_there_is_none),
      T(docker_believes_a_state_before_the_text), T(docker_names_without_links),
      T(docker_reads_ports_of_every_form), T(docker_leaves_out_ports_that_are_none),
      T(docker_ranges_of_different_length_are_their_first_port), T(docker_caps_ports_and_labels),
      T(docker_labels_keep_commas_and_equal_signs_in_values),
      T(docker_prefers_the_first_project_label), T(docker_health_from_the_member_or_the_text),
      T(docker_exit_code_only_of_what_has_exited), T(docker_29_tells_the_address),
      T(docker_members_of_a_wrong_type_are_defaults), T(docker_lines_without_an_id_are_left_out),
      T(docker_inspect_edges), T(docker_inspect_refuses_what_is_no_list))
