/* test_digest.c - what makes two lists the same to engine_digest(), and what must not. */
#include "tests/unit/engine_read.h"

/* Do two outputs have one digest? */
static bool same_bytes(enum engine_kind kind, const char *a, size_t a_len, const char *b,
                       size_t b_len)
{
    unsigned char one[ENGINE_DIGEST_SIZE], two[ENGINE_DIGEST_SIZE];

    engine_digest(kind, a, a_len, one);
    engine_digest(kind, b, b_len, two);
    return memcmp(one, two, sizeof one) == 0;
}

static bool same(enum engine_kind kind, const char *a, const char *b)
{
    return same_bytes(kind, a, strlen(a), b, strlen(b));
}

/* Two lists of one container with these texts as its Status. */
static bool same_status(enum engine_kind kind, const char *a, const char *b)
{
    char one[256], two[256];

    if (kind == ENGINE_PODMAN) {
        snprintf(one, sizeof one, "[{\"Id\":\"x\",\"Status\":\"%s\"}]", a);
        snprintf(two, sizeof two, "[{\"Id\":\"x\",\"Status\":\"%s\"}]", b);
    } else {
        snprintf(one, sizeof one, "{\"ID\":\"x\",\"Status\":\"%s\"}\n", a);
        snprintf(two, sizeof two, "{\"ID\":\"x\",\"Status\":\"%s\"}\n", b);
    }
    return same(kind, one, two);
}

TEST(digest_leaves_out_how_long_ago)
{
    static const enum engine_kind kinds[] = {ENGINE_DOCKER, ENGINE_PODMAN};

    for (size_t i = 0; i < countof(kinds); i++) {
        assert_true(same_status(kinds[i], "Up 2 hours", "Up About a minute"));
        assert_true(
            same_status(kinds[i], "Up 38 seconds ago (healthy)", "Up 2 minutes ago (healthy)"));
        assert_true(
            same_status(kinds[i], "Exited (3) Less than a second ago", "Exited (3) 5 days ago"));
        assert_true(same_status(kinds[i], "Up 10 minutes (Paused)", "Up 11 minutes (Paused)"));
        assert_true(
            same_status(kinds[i], "Restarting (1) 3 seconds ago", "Restarting (1) 4 seconds ago"));
    }
}

TEST(digest_keeps_what_the_status_tells_beside_the_time)
{
    static const char *const all[] = {"Up 2 hours",
                                      "Up 2 hours (healthy)",
                                      "Up 2 hours (unhealthy)",
                                      "Up 2 hours (health: starting)",
                                      "Up 2 hours (Paused)",
                                      "Exited (0) 2 hours ago",
                                      "Exited (1) 2 hours ago",
                                      "Exited (10) 2 hours ago",
                                      "Created",
                                      "Dead",
                                      "Removal In Progress",
                                      "Restarting (1) 2 hours ago",
                                      "",
                                      "Up 2 hours (starting)"};

    for (size_t i = 0; i < countof(all); i++)
        for (size_t j = 0; j < countof(all); j++) {
            assert_int_equal(same_status(ENGINE_DOCKER, all[i], all[j]), i == j);
            assert_int_equal(same_status(ENGINE_PODMAN, all[i], all[j]), i == j);
        }
}

TEST(digest_leaves_out_podman_created_at_and_docker_running_for)
{
    assert_true(same(ENGINE_PODMAN, "[{\"Id\":\"x\",\"CreatedAt\":\"2 hours ago\"}]",
                     "[{\"Id\":\"x\",\"CreatedAt\":\"3 hours ago\"}]"));
    assert_true(same(ENGINE_DOCKER, "{\"ID\":\"x\",\"RunningFor\":\"2 hours ago\"}\n",
                     "{\"ID\":\"x\",\"RunningFor\":\"3 hours ago\"}\n"));
    assert_false(same(ENGINE_DOCKER, "{\"ID\":\"x\",\"CreatedAt\":\"2026-11-24 19:38:20\"}",
                      "{\"ID\":\"x\",\"CreatedAt\":\"2026-11-24 19:38:21\"}"));
    assert_false(
        same(ENGINE_PODMAN, "[{\"Id\":\"x\",\"Created\":1}]", "[{\"Id\":\"x\",\"Created\":2}]"));
    assert_false(same(ENGINE_PODMAN, "[{\"Id\":\"x\",\"CreatedAt\":1}]",
                      "[{\"Id\":\"x\",\"CreatedAt\":2}]"));
}

TEST(digest_keeps_labels_with_the_names_of_time)
{
    assert_false(same(ENGINE_PODMAN, "[{\"Id\":\"x\",\"Labels\":{\"CreatedAt\":\"a\"}}]",
                      "[{\"Id\":\"x\",\"Labels\":{\"CreatedAt\":\"b\"}}]"));
    assert_false(same(ENGINE_PODMAN, "[{\"Id\":\"x\",\"Labels\":{\"Status\":\"Up 1\"}}]",
                      "[{\"Id\":\"x\",\"Labels\":{\"Status\":\"Up 2\"}}]"));
    assert_false(same(ENGINE_DOCKER, "{\"ID\":\"x\",\"P\":{\"RunningFor\":\"a\"}}",
                      "{\"ID\":\"x\",\"P\":{\"RunningFor\":\"b\"}}"));
    assert_false(same(ENGINE_DOCKER, "{\"ID\":\"x\",\"P\":[{\"RunningFor\":\"a\"}]}",
                      "{\"ID\":\"x\",\"P\":[{\"RunningFor\":\"b\"}]}"));
}

TEST(digest_sees_every_other_change)
{
    static const char whole[] = "[{\"Id\":\"abc\",\"Names\":[\"web\"],\"State\":\"running\","
                                "\"Ports\":null,\"Labels\":{\"k\":\"v\\\"\"},\"StartedAt\":17}]";
    char text[sizeof whole];

    for (size_t i = 0; i < sizeof whole - 1; i++) {
        memcpy(text, whole, sizeof text);
        text[i] = text[i] == 'x' ? 'y' : 'x';
        assert_false(same(ENGINE_PODMAN, whole, text));
        assert_false(same(ENGINE_APPLE, whole, text));
    }
    for (size_t len = 0; len < sizeof whole - 1; len++) {
        assert_false(same_bytes(ENGINE_PODMAN, whole, sizeof whole - 1, whole, len));
        assert_false(same_bytes(ENGINE_APPLE, whole, sizeof whole - 1, whole, len));
    }
}

TEST(digest_ignores_white_space_between_tokens)
{
    assert_true(same(ENGINE_PODMAN, "[{\"Id\":\"a b\",\"N\":[1,2]}]",
                     "[\n {\n  \"Id\" : \"a b\" ,\t\"N\": [ 1, 2 ]\r\n } ]\n"));
    assert_false(same(ENGINE_PODMAN, "[{\"Id\":\"a b\"}]", "[{\"Id\":\"a  b\"}]"));
    assert_false(same(ENGINE_PODMAN, "[1,2]", "[12]"));
    assert_false(same(ENGINE_PODMAN, "[1,2]", "[1 2]"));
}

TEST(digest_of_apple_does_not_depend_on_any_order_of_members_or_containers)
{
    static const char a[] = "[{\"id\":\"a\",\"s\":{\"x\":1,\"y\":[1,2]},\"e\":{}},"
                            "{\"id\":\"b\",\"s\":{\"x\":2,\"y\":[]}}]";
    static const char b[] = "[{\"s\":{\"y\":[],\"x\":2},\"id\":\"b\"},"
                            "{\"e\":{},\"s\":{\"y\":[1,2],\"x\":1},\"id\":\"a\"}]";

    assert_true(same(ENGINE_APPLE, a, b));
    assert_false(same(ENGINE_PODMAN, a, b));
}

TEST(digest_of_apple_since_1_0_does_not_depend_on_the_order_of_containers)
{
    static const char a[] = "[{\"c\":{\"x\":[{\"y\":1}]},\"id\":\"a\",\"status\":{\"s\":\"r\"}},"
                            "{\"c\":{},\"id\":\"b\",\"status\":{\"s\":\"r\"}}]";
    static const char b[] = "[{\"c\":{},\"id\":\"b\",\"status\":{\"s\":\"r\"}},"
                            "{\"c\":{\"x\":[{\"y\":1}]},\"id\":\"a\",\"status\":{\"s\":\"r\"}}]";
    static const char c[] = "[{\"c\":{},\"id\":\"a\",\"status\":{\"s\":\"r\"}},"
                            "{\"c\":{\"x\":[{\"y\":1}]},\"id\":\"b\",\"status\":{\"s\":\"r\"}}]";

    assert_true(same(ENGINE_APPLE, a, b));
    assert_false(same(ENGINE_APPLE, a, c));
    assert_false(same(ENGINE_APPLE, a, "[{\"c\":{},\"id\":\"b\",\"status\":{\"s\":\"r\"}}]"));
}

TEST(digest_of_apple_knows_which_member_belongs_where)
{
    static const char base[] =
        "[{\"id\":\"a\",\"s\":\"running\"},{\"id\":\"b\",\"s\":\"stopped\"}]";
    static const char *const others[] = {
        "[{\"id\":\"a\",\"s\":\"stopped\"},{\"id\":\"b\",\"s\":\"running\"}]",
        "[{\"id\":\"a\",\"s\":\"running\"}]",
        "[{\"id\":\"a\",\"s\":\"running\"},{\"id\":\"b\"},{\"id\":\"b\"}]",
        "[{\"id\":\"a\",\"s\":\"stopped\"},{\"id\":\"a\",\"s\":\"stopped\"}]",
        "[{\"id\":\"a\",\"s\":\"running\"},{\"id\":\"b\",\"s\":\"stopped\"},{}]",
        "[[{\"id\":\"a\",\"s\":\"running\"},{\"id\":\"b\",\"s\":\"stopped\"}]]",
        "[{\"id\":\"a\",\"s\":{\"running\":\"id\"}},{\"id\":\"b\",\"s\":\"stopped\"}]",
    };

    for (size_t i = 0; i < countof(others); i++)
        assert_false(same(ENGINE_APPLE, base, others[i]));
    /* the order inside a container's arrays does mean something */
    assert_false(
        same(ENGINE_APPLE, "[{\"n\":[{\"a\":1},{\"a\":2}]}]", "[{\"n\":[{\"a\":2},{\"a\":1}]}]"));
    /* two equal members of one object do not cancel */
    assert_false(same(ENGINE_APPLE, "[{\"a\":1,\"a\":1}]", "[{}]"));
    assert_false(same(ENGINE_APPLE, "[{\"a\":1,\"a\":1}]", "[{\"a\":1}]"));
    /* nor do members wander between objects */
    assert_false(same(ENGINE_APPLE, "[{\"p\":{\"a\":1},\"q\":{\"b\":1}}]",
                      "[{\"p\":{\"b\":1},\"q\":{\"a\":1}}]"));
}

TEST(digest_of_docker_goes_line_by_line)
{
    assert_true(same(ENGINE_DOCKER, "{\"ID\":\"a\"}\n{\"ID\":\"b\"}\n",
                     "{\"ID\":\"a\"}\n\n{\"ID\":\"b\"}"));
    assert_false(same(ENGINE_DOCKER, "{\"ID\":\"a\"}\n{\"ID\":\"b\"}\n", "{\"ID\":\"a\"}\n"));
    assert_false(same(ENGINE_DOCKER, "", "{\"ID\":\"a\"}\n"));
    assert_true(same(ENGINE_DOCKER, "", ""));
    assert_true(same_bytes(ENGINE_DOCKER, NULL, 0, "", 0));
}

TEST(digest_of_what_is_no_list_is_that_of_its_bytes)
{
    static const char *const bad[] = {"",
                                      "[1]", /* a good one among them */
                                      "[",
                                      "[1",
                                      "[1,]",
                                      "[{\"a\":1]",
                                      "{\"a\"}",
                                      "]",
                                      "\"",
                                      "[\"\\",
                                      "[\"\\\"",
                                      "[1]2",
                                      "Error: x",
                                      "[{\"Status\":\"",
                                      "[{\"Status\":",
                                      "[{\"Status\"",
                                      "[{,}]"};

    for (int k = 0; k < ENGINE_COUNT; k++)
        for (size_t i = 0; i < countof(bad); i++)
            for (size_t j = 0; j < countof(bad); j++)
                assert_int_equal(same((enum engine_kind)k, bad[i], bad[j]), i == j);
}

/* n opened and n closed arrays, with or without a space in the middle. */
static void nest(char *out, size_t n, const char *middle)
{
    memset(out, '[', n);
    memcpy(out + n, middle, strlen(middle));
    memset(out + n + strlen(middle), ']', n);
    out[2 * n + strlen(middle)] = '\0';
}

TEST(digest_of_deep_nesting_is_that_of_its_bytes)
{
    static const struct {
        size_t levels;
        bool as_bytes; /* white space counts */
    } rows[] = {{1, false}, {64, false}, {65, true}, {2000, true}};

    for (int k = 0; k < ENGINE_COUNT; k++)
        for (size_t i = 0; i < countof(rows); i++) {
            char plain[4100], spaced[4100];

            nest(plain, rows[i].levels, "");
            nest(spaced, rows[i].levels, " ");
            assert_int_equal(same((enum engine_kind)k, plain, spaced), !rows[i].as_bytes);
        }
}

SUITE(digest, T(digest_leaves_out_how_long_ago),
      T(digest_keeps_what_the_status_tells_beside_the_time),
      T(digest_leaves_out_podman_created_at_and_docker_running_for),
      T(digest_keeps_labels_with_the_names_of_time), T(digest_sees_every_other_change),
      T(digest_ignores_white_space_between_tokens),
      T(digest_of_apple_does_not_depend_on_any_order_of_members_or_containers),
      T(digest_of_apple_since_1_0_does_not_depend_on_the_order_of_containers),
      T(digest_of_apple_knows_which_member_belongs_where), T(digest_of_docker_goes_line_by_line),
      T(digest_of_what_is_no_list_is_that_of_its_bytes),
      T(digest_of_deep_nesting_is_that_of_its_bytes))
