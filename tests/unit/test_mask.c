/* test_mask.c - the environment of a container without its values: where each engine has it, and
 * where it is repeated. */
#include "core/base/file.h"
#include "core/engine/mask.h"
#include "tests/unit/unit.h"
#include <stdio.h>
#include <string.h>

#define TEXT_MAX ((size_t)1 << 20)

/* The masked tree as one line, for the caller to release. */
static const char *masked(const char *json, struct buf *out)
{
    struct fault why = {0};
    cJSON *tree = NULL;
    char *line;

    if (json_parse(json, strlen(json), &tree, &why) != RC_OK)
        fail_msg("%s: %s", json, why.text);
    mask_environment(tree);
    line = cJSON_PrintUnformatted(tree);
    buf_init(out, TEXT_MAX);
    assert_int_equal(buf_text_add(out, line), RC_OK);
    cJSON_free(line);
    cJSON_Delete(tree);
    return buf_text(out);
}

TEST(values_are_masked_where_an_environment_stands)
{
    static const struct {
        const char *json, *want;
    } rows[] = {
        {"{\"Env\":[\"A=1\",\"B=\",\"C\",\"D=x=y\",\"=z\"]}",
         "{\"Env\":[\"A=••••\",\"B=\",\"C\",\"D=••••\",\"=••••\"]}"},
        {"[{\"Config\":{\"Env\":[\"A=1\"],\"Labels\":{\"l\":\"A=1\"}}}]",
         "[{\"Config\":{\"Env\":[\"A=••••\"],\"Labels\":{\"l\":\"A=1\"}}}]"},
        {"{\"configuration\":{\"initProcess\":{\"environment\":[\"A=1\"]}}}",
         "{\"configuration\":{\"initProcess\":{\"environment\":[\"A=••••\"]}}}"},
        {"{\"Env\":{\"A\":\"1\",\"B\":\"\"}}", "{\"Env\":{\"A\":\"••••\",\"B\":\"\"}}"},
        {"{\"Env\":null,\"environment\":7}", "{\"Env\":null,\"environment\":7}"},
        {"{\"env\":[\"A=1\"],\"ENV\":[\"A=1\"]}", "{\"env\":[\"A=1\"],\"ENV\":[\"A=1\"]}"},
        {"{\"Env\":[1,null,[\"A=1\"]]}", "{\"Env\":[1,null,[\"A=1\"]]}"},
    };

    for (size_t i = 0; i < countof(rows); i++) {
        struct buf out;

        assert_string_equal(masked(rows[i].json, &out), rows[i].want);
        buf_release(&out);
    }
}

TEST(values_are_masked_where_a_command_repeats_them)
{
    static const struct {
        const char *words, *want;
    } rows[] = {
        {"\"A=secret\"", "\"A=••••\""},
        {"\"--set=A=secret\"", "\"--set=A=••••\""},
        {"\"A=secret2\"", "\"A=secret2\""},
        {"\"secret\"", "\"secret\""},
        {"\"-e\",\"NEW=1\"", "\"-e\",\"NEW=••••\""},
        {"\"--env\",\"NEW=1\"", "\"--env\",\"NEW=••••\""},
        {"\"-ite\",\"NEW=1\"", "\"-ite\",\"NEW=••••\""},
        {"\"--env=NEW=1\"", "\"--env=NEW=••••\""},
        {"\"-eNEW=1\"", "\"-eNEW=••••\""},
        {"\"-iteNEW=1\"", "\"-iteNEW=••••\""},
        {"\"--name\",\"NEW=1\"", "\"--name\",\"NEW=1\""},
        {"\"--label\",\"a=e=1\",\"--env\"", "\"--label\",\"a=e=1\",\"--env\""},
    };

    for (size_t i = 0; i < countof(rows); i++) {
        char json[256], want[256];
        struct buf out;

        snprintf(json, sizeof json, "{\"CreateCommand\":[%s],\"Env\":[\"A=secret\"]}",
                 rows[i].words);
        snprintf(want, sizeof want, "{\"CreateCommand\":[%s],\"Env\":[\"A=••••\"]}", rows[i].want);
        assert_string_equal(masked(json, &out), want);
        buf_release(&out);
    }
}

/* Only podman's is the command line of an engine: in others -e is the program's own. */
TEST(options_of_other_commands_are_left_alone)
{
    struct buf out;

    assert_string_equal(masked("{\"Args\":[\"-e\",\"B=1\",\"A=x\"],\"Env\":[\"A=x\"]}", &out),
                        "{\"Args\":[\"-e\",\"B=1\",\"A=••••\"],\"Env\":[\"A=••••\"]}");
    buf_release(&out);
}

TEST(so_many_variables_that_no_word_with_a_value_is_left)
{
    struct buf json, out;

    buf_init(&json, TEXT_MAX);
    assert_int_equal(buf_text_add(&json, "{\"Cmd\":[\"OTHER=1\",\"a\"],\"Env\":["), RC_OK);
    for (int i = 0; i < 5000; i++)
        assert_int_equal(buf_print(&json, "%s\"V%d=x\"", i > 0 ? "," : "", i), RC_OK);
    assert_int_equal(buf_text_add(&json, "]}"), RC_OK);
    assert_non_null(strstr(masked(buf_text(&json), &out), "\"Cmd\":[\"OTHER=••••\",\"a\"]"));
    assert_null(strstr(buf_text(&out), "=x"));
    buf_release(&json);
    buf_release(&out);
}

/* Whatever an engine's release prints: the one variable of the fixtures has lost its value. */
TEST(no_fixture_keeps_a_value)
{
    static const char *const names[] = {
        "apple/0.4.1/inspect-1",        "apple/0.12.3/inspect-1",
        "apple/1.2.2/inspect-1",        "docker/28.2.2/inspect-1",
        "docker/28.2.2/inspect-states", "docker/28.2.2-podman-api/inspect-1",
        "podman/4.3.1/inspect-1",       "podman/4.3.1-remote/inspect-1-trimmed",
    };

    for (size_t i = 0; i < countof(names); i++) {
        struct buf bytes, out;
        char path[256];
        struct fault why;

        snprintf(path, sizeof path, "tests/fixtures/%s.json", names[i]);
        buf_init(&bytes, TEXT_MAX);
        if (file_read(path, &bytes, &why) != RC_OK)
            fail_msg("%s", why.text);
        assert_non_null(strstr(buf_text(&bytes), "PATH="));
        assert_non_null(strstr(masked(buf_text(&bytes), &out), "\"PATH=••••\""));
        assert_null(strstr(buf_text(&out), "/usr/local/sbin"));
        assert_null(strstr(buf_text(&out), "=xterm"));
        buf_release(&bytes);
        buf_release(&out);
    }
}

SUITE(mask, T(values_are_masked_where_an_environment_stands),
      T(values_are_masked_where_a_command_repeats_them),
      T(options_of_other_commands_are_left_alone),
      T(so_many_variables_that_no_word_with_a_value_is_left), T(no_fixture_keeps_a_value))
