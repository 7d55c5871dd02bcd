/* test_json.c - json.h: what is refused whole, what the getters answer, what is written. */
#include "core/base/json.h"
#include "core/base/mem.h"
#include "tests/unit/unit.h"
#include <string.h>

static cJSON *parsed(const char *text)
{
    cJSON *o = NULL;
    struct fault why;

    if (json_parse(text, strlen(text), &o, &why) != RC_OK)
        fail_msg("refused: %s: %s", text, why.text);
    return o;
}

TEST(json_takes_one_value_and_white_space)
{
    static const char *const good[] = {
        "{}",   "[]",   " [1] \r\n\t",    "\"a\"",         "1",
        "null", "true", "\xef\xbb\xbf{}", "\"\\\\u0000\"", "{\"a\":\"\\u00e9\"}"};

    for (size_t i = 0; i < countof(good); i++)
        cJSON_Delete(parsed(good[i]));
}

TEST(json_refuses_what_is_not_one_value)
{
    static const char *const bad[] = {"",    " ",    "{",          "[1,]",    "{} {}",
                                      "{}x", "[1]]", "[1]\x01",    "{\"a\"}", "\"a",
                                      "nul", "json", "\"\\ud800\""};
    cJSON *o = NULL;
    struct fault why;

    for (size_t i = 0; i < countof(bad); i++) {
        if (json_parse(bad[i], strlen(bad[i]), &o, &why) != RC_PARSE)
            fail_msg("taken for JSON: \"%s\"", bad[i]);
        assert_null(o);
        assert_int_equal(why.rc, RC_PARSE);
    }
    assert_int_equal(json_parse(NULL, 0, &o, &why), RC_PARSE);
}

TEST(json_refuses_an_embedded_nul)
{
    static const char inside[] = "{\"a\":\"x\0y\"}", behind[] = "{}\0";
    cJSON *o = NULL;

    assert_int_equal(json_parse(inside, sizeof inside - 1, &o, NULL), RC_PARSE);
    assert_int_equal(json_parse(behind, sizeof behind - 1, &o, NULL), RC_PARSE);
    assert_null(o);
}

TEST(json_reads_the_escape_of_nul_as_a_replacement)
{
    cJSON *o = parsed("{\"a\\u0000\":\"x\\u0000y\\u0000\",\"b\":\"\\\\u0000\"}");

    assert_string_equal(json_text(o, "a\xef\xbf\xbd"), "x\xef\xbf\xbdy\xef\xbf\xbd");
    assert_string_equal(json_text(o, "b"), "\\u0000");
    cJSON_Delete(o);
}

TEST(json_reads_only_the_bytes_it_was_given)
{
    char *exact = mem_new(3); /* no NUL behind it: the sanitizer sees a byte too many */
    cJSON *o = NULL;

    memcpy(exact, "[1]", 3);
    assert_int_equal(json_parse(exact, 3, &o, NULL), RC_OK);
    cJSON_Delete(o);
    assert_int_equal(json_parse(exact, 2, &o, NULL), RC_PARSE);
    mem_free(exact);
}

TEST(json_refuses_what_is_nested_too_deep)
{
    struct buf b;
    cJSON *o = NULL;

    buf_init(&b, 300000);
    for (int i = 0; i < 100000; i++)
        assert_int_equal(buf_text_add(&b, "["), RC_OK);
    for (int i = 0; i < 100000; i++)
        assert_int_equal(buf_text_add(&b, "]"), RC_OK);
    assert_int_equal(json_parse(buf_text(&b), b.len, &o, NULL), RC_PARSE);
    buf_release(&b);
}

TEST(json_getters_mind_case_and_type)
{
    cJSON *o = parsed("{\"Id\":\"upper\",\"id\":\"lower\",\"n\":null,\"t\":true,\"f\":false,"
                      "\"list\":[1],\"map\":{\"k\":1},\"num\":5,\"s\":\"true\"}");
    cJSON *list = parsed("[1]");

    assert_string_equal(json_text(o, "id"), "lower");
    assert_string_equal(json_text(o, "Id"), "upper");
    assert_null(json_text(o, "ID"));
    assert_null(json_text(o, "num"));
    assert_null(json_get(o, "n"));
    assert_null(json_get(o, "missing"));
    assert_null(json_get(list, "0"));
    assert_null(json_get(NULL, "a"));
    assert_non_null(json_array(o, "list"));
    assert_null(json_array(o, "map"));
    assert_non_null(json_object(o, "map"));
    assert_null(json_object(o, "list"));
    assert_true(json_bool(o, "t", false));
    assert_false(json_bool(o, "f", true));
    assert_true(json_bool(o, "s", true));
    assert_false(json_bool(o, "s", false));
    assert_true(json_bool(o, "missing", true));
    cJSON_Delete(o);
    cJSON_Delete(list);
}

TEST(json_int_is_whole_exact_and_within_its_limits)
{
    static const struct {
        const char *text;
        bool ok;
        int64_t n;
    } rows[] = {
        {"{\"n\":0}", true, 0},
        {"{\"n\":-5}", true, -5},
        {"{\"n\":65535}", true, 65535},
        {"{\"n\":1e3}", true, 1000},
        {"{\"n\":9007199254740992}", true, 9007199254740992},
        {"{\"n\":9007199254740994}", false, 0},
        {"{\"n\":18446744073709551615}", false, 0},
        {"{\"n\":-9007199254740994}", false, 0},
        {"{\"n\":1.5}", false, 0},
        {"{\"n\":1e400}", false, 0},
        {"{\"n\":\"5\"}", false, 0},
        {"{\"n\":null}", false, 0},
        {"{\"n\":true}", false, 0},
        {"{}", false, 0},
    };

    for (size_t i = 0; i < countof(rows); i++) {
        cJSON *o = parsed(rows[i].text);
        int64_t n = 77;

        assert_int_equal(json_int(o, "n", INT64_MIN, INT64_MAX, &n), rows[i].ok);
        assert_int_equal(n, rows[i].ok ? rows[i].n : 77);
        cJSON_Delete(o);
    }
}

TEST(json_int_refuses_beyond_min_and_max)
{
    cJSON *o = parsed("{\"port\":70000,\"zero\":0}");
    int64_t n = 0;

    assert_false(json_int(o, "port", 1, 65535, &n));
    assert_false(json_int(o, "zero", 1, 65535, &n));
    assert_true(json_int(o, "port", 1, 70000, &n));
    assert_true(json_int(o, "port", 70000, 70001, &n));
    cJSON_Delete(o);
}

TEST(json_quote_makes_a_string_of_any_text)
{
    static const struct {
        const char *in, *out;
    } rows[] = {
        {"", "\"\""},
        {"a/b", "\"a/b\""},
        {"say \"hi\" \\", "\"say \\\"hi\\\" \\\\\""},
        {"a\nb\x01\x7f", "\"a\\u000ab\\u0001\\u007f\""},
        {"caf\xc3\xa9", "\"caf\xc3\xa9\""},
        {"x\xff\xc3", "\"x\\ufffd\\ufffd\""},
    };

    for (size_t i = 0; i < countof(rows); i++) {
        struct buf b;
        cJSON *back = NULL;

        buf_init(&b, 100);
        assert_int_equal(json_quote(&b, rows[i].in), RC_OK);
        assert_string_equal(buf_text(&b), rows[i].out);
        assert_int_equal(json_parse(buf_text(&b), b.len, &back, NULL), RC_OK);
        if (strchr(rows[i].in, 0xff) == NULL)
            assert_string_equal(back->valuestring, rows[i].in);
        cJSON_Delete(back);
        buf_release(&b);
    }
}

TEST(json_quote_over_the_cap_adds_nothing)
{
    struct buf b;

    buf_init(&b, 6);
    assert_int_equal(json_quote(&b, "ab"), RC_OK);
    assert_int_equal(json_quote(&b, "c"), RC_TOO_BIG);
    assert_string_equal(buf_text(&b), "\"ab\"");
    assert_int_equal(b.len, 4);
    buf_release(&b);
}

TEST(json_show_of_a_number_that_no_double_holds_is_still_json)
{
    cJSON *tree = NULL;
    struct buf b;

    buf_init(&b, 64);
    assert_int_equal(json_parse("[1e999]", 7, &tree, NULL), RC_OK);
    assert_int_equal(json_show(&b, tree), RC_OK);
    assert_string_equal(buf_text(&b), "[\n  null\n]");
    buf_release(&b);
    cJSON_Delete(tree);
}

TEST(json_show_is_for_a_person_and_the_same_value)
{
    static const char json[] = "{\"a\":[1,-2.5,true,false,null,{\"b\":\"x\\u202ey\\u001b\"}],"
                               "\"\\u0085\":9007199254740992}";
    static const char want[] = "{\n"
                               "  \"a\": [\n"
                               "    1,\n"
                               "    -2.5,\n"
                               "    true,\n"
                               "    false,\n"
                               "    null,\n"
                               "    {\n"
                               "      \"b\": \"x\\u202ey\\u001b\"\n"
                               "    }\n"
                               "  ],\n"
                               "  \"\\u0085\": 9007199254740992\n"
                               "}";
    cJSON *tree = NULL, *again = NULL;
    struct buf b;

    buf_init(&b, 1024);
    assert_int_equal(json_parse(json, strlen(json), &tree, NULL), RC_OK);
    assert_int_equal(json_show(&b, tree), RC_OK);
    assert_string_equal(buf_text(&b), want);
    assert_int_equal(json_parse(buf_text(&b), b.len, &again, NULL), RC_OK);
    assert_true(cJSON_Compare(tree, again, true));
    buf_release(&b);
    buf_init(&b, sizeof want - 3);
    assert_int_equal(json_show(&b, tree), RC_TOO_BIG);
    buf_release(&b);
    cJSON_Delete(tree);
    cJSON_Delete(again);
}

SUITE(json, T(json_show_is_for_a_person_and_the_same_value),
      T(json_show_of_a_number_that_no_double_holds_is_still_json),
      T(json_reads_the_escape_of_nul_as_a_replacement), T(json_takes_one_value_and_white_space),
      T(json_refuses_what_is_not_one_value), T(json_refuses_an_embedded_nul),
      T(json_reads_only_the_bytes_it_was_given), T(json_refuses_what_is_nested_too_deep),
      T(json_getters_mind_case_and_type), T(json_int_is_whole_exact_and_within_its_limits),
      T(json_int_refuses_beyond_min_and_max), T(json_quote_makes_a_string_of_any_text),
      T(json_quote_over_the_cap_adds_nothing))
