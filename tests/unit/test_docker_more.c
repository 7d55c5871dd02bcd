/* test_docker_more.c - docker's statistics, events and errors at their edges. */
#include "tests/unit/engine_read.h"
#include <math.h>

static const struct engine_driver *drv(void)
{
    return engine_driver(ENGINE_DOCKER);
}

static const struct engine_stat *stat_of(const char *mem, const char *net, const char *cpu,
                                         struct engine_stat **list)
{
    char text[512];
    size_t count = 0;
    struct fault why;

    snprintf(text, sizeof text,
             "{\"ID\":\"a\",\"MemUsage\":\"%s\",\"NetIO\":\"%s\",\"CPUPerc\":\"%s\"}\n", mem, net,
             cpu);
    assert_int_equal(drv()->parse_stats(text, strlen(text), list, &count, &why), RC_OK);
    assert_int_equal(count, 1);
    return &(*list)[0];
}

TEST(docker_builders_are_helpers)
{
    static const char list[] =
        "{\"ID\":\"a1\",\"Names\":\"buildx_buildkit_default0\",\"State\":\"running\"}\n"
        "{\"ID\":\"b2\",\"Names\":\"my_buildx_buildkit_\",\"State\":\"running\"}\n";
    struct snapshot *s = snapshot_new(ENGINE_DOCKER);

    assert_int_equal(drv()->parse_list(list, strlen(list), s, NULL), RC_OK);
    snapshot_seal(s);
    assert_int_equal(s->count, 2);
    assert_true(s->list[0].infra);
    assert_false(s->list[1].infra);
    snapshot_free(s);
}

TEST(docker_stats_read_every_unit)
{
    static const struct {
        const char *text;
        int64_t bytes;
    } rows[] = {
        {"0B", 0},
        {"648B", 648},
        {"1.3kB", 1300},
        {"1.3KB", 1300},
        {"2MB", 2000000},
        {"1GB", 1000000000},
        {"1TB", 1000000000000},
        {"1PB", 1000000000000000},
        {"1EB", 1000000000000000000},
        {"1KiB", 1024},
        {"49MiB", 51380224},
        {"7.753GiB", 8324720361},
        {"1TiB", 1099511627776},
        {"1PiB", 1125899906842624},
        {"1 kB", 1000},
        {"--", ENGINE_NO_STAT},
        {"", ENGINE_NO_STAT},
        {"B", ENGINE_NO_STAT},
        {"5", ENGINE_NO_STAT},
        {"5XB", ENGINE_NO_STAT},
        {"5iB", ENGINE_NO_STAT},
        {"5Ki", ENGINE_NO_STAT},
        {"-5kB", ENGINE_NO_STAT},
        {"1e9B", ENGINE_NO_STAT},
        {"99EB", ENGINE_NO_STAT},
        {"nanB", ENGINE_NO_STAT},
    };

    for (size_t i = 0; i < countof(rows); i++) {
        char pair[64];
        struct engine_stat *list = NULL;
        const struct engine_stat *row = NULL;

        snprintf(pair, sizeof pair, "%s / %s", rows[i].text, rows[i].text);
        row = stat_of(pair, "1B / 2B", "12.34%", &list);
        assert_int_equal(row->mem, rows[i].bytes);
        assert_int_equal(row->mem_limit, rows[i].bytes);
        assert_int_equal(row->net_rx, 1);
        assert_int_equal(row->net_tx, 2);
        assert_true(row->cpu_percent == 12.34);
        mem_free(list);
    }
}

TEST(docker_stats_without_values)
{
    static const char *const none[] = {"--", "", "12", "%", "x%", "12%%"};

    for (size_t i = 0; i < countof(none); i++) {
        struct engine_stat *list = NULL;
        const struct engine_stat *row = stat_of("-- / --", "5B", none[i], &list);

        assert_true(isnan(row->cpu_percent));
        assert_int_equal(row->mem, ENGINE_NO_STAT);
        assert_int_equal(row->net_rx, 5);
        assert_int_equal(row->net_tx, ENGINE_NO_STAT);
        assert_int_equal(row->blk_read, ENGINE_NO_STAT);
        assert_int_equal(row->pids, ENGINE_NO_STAT);
        mem_free(list);
    }
}

TEST(docker_stats_rows_without_an_id_are_left_out)
{
    static const char text[] = "{\"ID\":\"--\"}\n{\"ID\":\"\"}\n{}\n{\"Container\":\"c\"}\n";
    struct engine_stat *list = NULL;
    size_t count = 0;
    struct fault why;

    assert_int_equal(drv()->parse_stats(text, sizeof text - 1, &list, &count, &why), RC_OK);
    assert_int_equal(count, 1);
    assert_string_equal(list[0].id, "c");
    mem_free(list);
    assert_int_equal(drv()->parse_stats("{\"ID\":\"a\"}\n{", 13, &list, &count, &why), RC_PARSE);
    assert_null(list);
    assert_int_equal(count, 0);
}

static struct engine_event event_of(const char *line)
{
    struct engine_event e;
    struct fault why;

    assert_int_equal(drv()->parse_event(line, strlen(line), &e, &why), RC_OK);
    return e;
}

TEST(docker_events_say_if_the_list_could_change)
{
    static const struct {
        const char *line, *status;
        bool is_container, changes;
    } rows[] = {
        {"{\"Type\":\"container\",\"Action\":\"die\",\"Actor\":{\"ID\":\"a\"}}", "die", true, true},
        {"{\"Type\":\"container\",\"Action\":\"health_status: healthy\",\"Actor\":{\"ID\":\"a\"}}",
         "health_status", true, true},
        {"{\"Type\":\"container\",\"Action\":\"exec_create: /bin/sh \",\"id\":\"a\"}",
         "exec_create", true, false},
        {"{\"Type\":\"container\",\"Action\":\"exec_die\",\"id\":\"a\"}", "exec_die", true, false},
        {"{\"Type\":\"container\",\"Action\":\"top\",\"id\":\"a\"}", "top", true, false},
        {"{\"Type\":\"container\",\"Action\":\"attach\",\"id\":\"a\"}", "attach", true, false},
        {"{\"Type\":\"container\",\"status\":\"rename\",\"id\":\"a\"}", "rename", true, true},
        {"{\"Type\":\"network\",\"Action\":\"connect\",\"id\":\"a\"}", "connect", false, false},
        {"{\"Action\":\"die\",\"id\":\"a\"}", "die", false, false},
        {"{}", "", false, false},
    };

    for (size_t i = 0; i < countof(rows); i++) {
        struct engine_event e = event_of(rows[i].line);

        assert_string_equal(e.status, rows[i].status);
        assert_int_equal(e.is_container, rows[i].is_container);
        assert_int_equal(e.changes, rows[i].changes);
    }
}

TEST(docker_events_have_a_time_that_tells_them_apart)
{
    struct engine_event a = event_of("{\"time\":1795556400,\"timeNano\":1795556400123456789}");
    struct engine_event b = event_of("{\"time\":1795556400,\"timeNano\":1795556400123456789}");
    struct engine_event c = event_of("{\"time\":1795556400,\"timeNano\":1795556400123466789}");

    assert_int_equal(a.time_ns, b.time_ns);
    assert_int_not_equal(a.time_ns, c.time_ns);
    assert_int_equal(a.time_ns / 1000000, 1795556400123);
    assert_int_equal(event_of("{\"time\":1795556400}").time_ns, 1795556400000000000);
    assert_int_equal(event_of("{\"time\":\"x\",\"timeNano\":-1}").time_ns, 0);
    assert_int_equal(event_of("{\"timeNano\":1e300}").time_ns, 0);
}

TEST(docker_events_cut_what_is_too_long)
{
    char line[1024], id[600];
    struct engine_event e;

    memset(id, 'x', sizeof id - 1);
    id[sizeof id - 1] = '\0';
    snprintf(line, sizeof line, "{\"Type\":\"container\",\"id\":\"%s\",\"Action\":\"%.200s\"}", id,
             id);
    e = event_of(line);
    assert_int_equal(strlen(e.id), VALID_ID_MAX);
    assert_int_equal(strlen(e.status), sizeof e.status - 1);
}

TEST(docker_events_refuse_garbage)
{
    static const char *const bad[] = {"", "json", "[]", "{", "5"};
    struct engine_event e;

    for (size_t i = 0; i < countof(bad); i++) {
        struct fault why = {0};

        assert_int_equal(drv()->parse_event(bad[i], strlen(bad[i]), &e, &why), RC_PARSE);
        assert_true(why.text[0] != '\0');
        assert_int_equal(e.changes, false);
    }
}

TEST(docker_errors_go_by_the_first_match)
{
    static const struct {
        int exit_code;
        const char *text;
        enum engine_error error;
    } rows[] = {
        {1, "error during connect: unauthorized", ENGINE_ERROR_DOWN},
        {1, "permission denied while trying to connect to the Docker daemon socket",
         ENGINE_ERROR_PERMISSION},
        {1, "permission denied", ENGINE_ERROR_OTHER},
        {1, "unable to resolve docker endpoint: No such container", ENGINE_ERROR_CONFIG},
        {1, "No such container: x is not running", ENGINE_ERROR_NOT_FOUND},
        {1, "Container x is not paused", ENGINE_ERROR_INVALID_STATE},
        {1, "401 Unauthorized", ENGINE_ERROR_AUTH},
        {125, "unknown flag: --x", ENGINE_ERROR_USAGE},
        {1, "unknown flag: --x", ENGINE_ERROR_OTHER},
        {1, "docker: unknown command: docker x", ENGINE_ERROR_USAGE},
        {125, "unknown command", ENGINE_ERROR_OTHER},
    };

    for (size_t i = 0; i < countof(rows); i++)
        assert_int_equal(drv()->classify(rows[i].exit_code, rows[i].text, strlen(rows[i].text)),
                         rows[i].error);
}

SUITE(docker_more, T(docker_builders_are_helpers), T(docker_stats_read_every_unit),
      T(docker_stats_without_values), T(docker_stats_rows_without_an_id_are_left_out),
      T(docker_events_say_if_the_list_could_change),
      T(docker_events_have_a_time_that_tells_them_apart), T(docker_events_cut_what_is_too_long),
      T(docker_events_refuse_garbage), T(docker_errors_go_by_the_first_match))
