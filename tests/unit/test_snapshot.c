/* test_snapshot.c - order, search, copies, and JSON there and back. */
#include "core/engine/snapshot.h"
#include "tests/unit/unit.h"
#include <stdio.h>
#include <string.h>

static struct container *put(struct snapshot *s, const char *id, const char *name,
                             enum container_state state)
{
    struct container *c = snapshot_add(s);

    assert_non_null(c);
    c->id = arena_str(&s->arena, id);
    c->name = arena_str(&s->arena, name);
    c->state = state;
    return c;
}

static struct snapshot *named(const char *const *names, size_t count)
{
    struct snapshot *s = snapshot_new(ENGINE_PODMAN);

    for (size_t i = 0; i < count; i++)
        put(s, names[i], names[i], STATE_RUNNING);
    snapshot_seal(s);
    return s;
}

static void expect_names(const struct snapshot *s, const char *const *names, size_t count)
{
    assert_int_equal(s->count, count);
    for (size_t i = 0; i < count; i++)
        assert_string_equal(s->list[i].name, names[i]);
}

TEST(snapshot_sorts_numbers_by_value)
{
    static const char *const given[] = {"web-10",
                                        "web-9a",
                                        "web-2",
                                        "web",
                                        "web-02",
                                        "Web-3",
                                        "web-1",
                                        "web-9b",
                                        "a10b2",
                                        "a10b1",
                                        "a2b9",
                                        "web-",
                                        "web-18446744073709551617",
                                        "web-18446744073709551616"};
    static const char *const want[] = {"a2b9",
                                       "a10b1",
                                       "a10b2",
                                       "web",
                                       "web-",
                                       "web-1",
                                       "web-02",
                                       "web-2",
                                       "Web-3",
                                       "web-9a",
                                       "web-9b",
                                       "web-10",
                                       "web-18446744073709551616",
                                       "web-18446744073709551617"};
    struct snapshot *s = named(given, countof(given));

    expect_names(s, want, countof(want));
    snapshot_free(s);
}

TEST(snapshot_sorts_by_state_first)
{
    static const char *const want[] = {"b", "c", "d", "e", "y", "x", "k", "l", "m"};
    struct snapshot *s = snapshot_new(ENGINE_DOCKER);

    put(s, "1", "m", STATE_UNKNOWN);
    put(s, "2", "k", STATE_DEAD);
    put(s, "3", "l", STATE_REMOVING);
    put(s, "4", "x", STATE_STOPPED);
    put(s, "5", "y", STATE_CREATED);
    put(s, "6", "e", STATE_STOPPING);
    put(s, "7", "d", STATE_PAUSED);
    put(s, "8", "c", STATE_RESTARTING);
    put(s, "9", "b", STATE_RUNNING);
    snapshot_seal(s);
    expect_names(s, want, countof(want));
    snapshot_free(s);
}

TEST(snapshot_sorts_equal_names_by_id)
{
    struct snapshot *s = snapshot_new(ENGINE_DOCKER);

    put(s, "bb", "same", STATE_RUNNING);
    put(s, "aa", "same", STATE_RUNNING);
    snapshot_seal(s);
    assert_string_equal(s->list[0].id, "aa");
    assert_string_equal(s->list[1].id, "bb");
    snapshot_free(s);
}

TEST(snapshot_order_does_not_depend_on_the_order_given)
{
    char names[64][16];
    const char *order[64];
    struct snapshot *first = NULL, *second = NULL;

    for (size_t i = 0; i < countof(names); i++) {
        snprintf(names[i], sizeof names[i], "n%zu%c", i * 7 % 64, "aB0-"[i % 4]);
        order[i] = names[i];
    }
    first = named(order, countof(order));
    for (size_t i = 0; i < countof(names); i++)
        order[i] = names[(i * 37 + 5) % 64];
    second = named(order, countof(order));
    for (size_t i = 0; i < countof(names); i++)
        assert_string_equal(first->list[i].name, second->list[i].name);
    snapshot_free(first);
    snapshot_free(second);
}

TEST(snapshot_keeps_the_first_of_two_with_one_id)
{
    struct snapshot *s = snapshot_new(ENGINE_DOCKER);

    put(s, "aa", "first", STATE_STOPPED);
    put(s, "bb", "other", STATE_RUNNING);
    put(s, "aa", "second", STATE_RUNNING);
    put(s, "aa", "third", STATE_RUNNING);
    snapshot_seal(s);
    assert_int_equal(s->count, 2);
    assert_string_equal(s->list[0].name, "other");
    assert_string_equal(s->list[1].name, "first");
    snapshot_free(s);
}

TEST(snapshot_gives_an_argument_only_for_a_valid_id)
{
    struct snapshot *s = snapshot_new(ENGINE_DOCKER);

    put(s, "web_1.x-y", "a", STATE_RUNNING);
    put(s, "-a", "b", STATE_RUNNING);
    put(s, "a b", "c", STATE_RUNNING);
    snapshot_seal(s);
    assert_string_equal(s->list[0].arg.text, "web_1.x-y");
    assert_string_equal(s->list[1].arg.text, "");
    assert_string_equal(s->list[2].arg.text, "");
    snapshot_free(s);
}

TEST(snapshot_is_capped)
{
    struct snapshot *s = snapshot_new(ENGINE_DOCKER);

    for (int i = 0; i < SNAPSHOT_COUNT_MAX; i++)
        assert_non_null(snapshot_add(s));
    assert_null(snapshot_add(s));
    snapshot_free(s);
}

TEST(snapshot_empty_can_be_sealed_and_copied)
{
    struct snapshot *s = snapshot_new(ENGINE_APPLE), *copy = NULL;

    snapshot_seal(s);
    assert_int_equal(s->count, 0);
    assert_null(snapshot_find(s, "x"));
    copy = snapshot_copy(s);
    assert_int_equal(copy->count, 0);
    snapshot_free(copy);
    snapshot_free(s);
    snapshot_free(NULL);
}

TEST(snapshot_finds_by_id_then_name_then_unique_prefix)
{
    struct snapshot *s = snapshot_new(ENGINE_DOCKER);

    put(s, "abc111", "one", STATE_RUNNING);
    put(s, "abc222", "abc111", STATE_RUNNING); /* named like the other's id */
    put(s, "fff333", "ab", STATE_RUNNING);     /* named like a prefix of both */
    put(s, "eee444", "twin", STATE_RUNNING);
    put(s, "ddd555", "twin", STATE_STOPPED);
    snapshot_seal(s);
    assert_string_equal(snapshot_find(s, "abc111")->id, "abc111");
    assert_string_equal(snapshot_find(s, "ab")->id, "fff333");
    assert_string_equal(snapshot_find(s, "ff")->id, "fff333");
    assert_string_equal(snapshot_find(s, "abc2")->id, "abc222");
    assert_null(snapshot_find(s, "abc"));
    assert_null(snapshot_find(s, "f"));
    assert_null(snapshot_find(s, "twin"));
    assert_null(snapshot_find(s, ""));
    assert_null(snapshot_find(s, "abc2222"));
    snapshot_free(s);
}

/* One with everything in it. */
static struct snapshot *full(void)
{
    struct snapshot *s = snapshot_new(ENGINE_PODMAN);
    struct port *ports = arena_new_array(&s->arena, 2, sizeof *ports);
    struct label *labels = arena_new_array(&s->arena, 2, sizeof *labels);
    struct container *c = put(s, "abc", "na\"me", STATE_PAUSED);

    ports[0] = (struct port){"0.0.0.0", 8080, 80, "tcp", 1};
    ports[1] = (struct port){"::1", 9000, 9001, "udp", 3};
    labels[0] = (struct label){"k", "v\n"};
    labels[1] = (struct label){"caf\xc3\xa9", ""};
    c->image = arena_str(&s->arena, "docker.io/library/nginx:1");
    c->health = HEALTH_UNHEALTHY;
    c->ports = ports;
    c->port_count = 2;
    c->labels = labels;
    c->label_count = 2;
    c->address = arena_str(&s->arena, "10.0.0.1");
    c->project = arena_str(&s->arena, "shop");
    c->has_started = c->has_exit_code = true;
    c->started_s = 1786000000;
    c->exit_code = -1;
    c->infra = true;
    put(s, "def", "plain", STATE_DEAD);
    s->state = ENGINE_STOPPED;
    s->why = arena_str(&s->arena, "it does not run");
    s->version = arena_str(&s->arena, "1.2.3");
    s->taken_s = 7;
    s->stale = true;
    snapshot_seal(s);
    return s;
}

static const char full_json[] =
    "[{\"id\":\"abc\",\"name\":\"na\\\"me\",\"image\":\"docker.io/library/nginx:1\","
    "\"state\":\"paused\",\"ports\":[{\"host_ip\":\"0.0.0.0\",\"host_port\":8080,"
    "\"container_port\":80,\"proto\":\"tcp\",\"count\":1},{\"host_ip\":\"::1\",\"host_port\":9000,"
    "\"container_port\":9001,\"proto\":\"udp\",\"count\":3}],\"address\":\"10.0.0.1\","
    "\"started\":1786000000,\"labels\":{\"k\":\"v\\u000a\",\"caf\xc3\xa9\":\"\"},"
    "\"health\":\"unhealthy\",\"exit_code\":-1,\"project\":\"shop\"},"
    "{\"id\":\"def\",\"name\":\"plain\",\"image\":\"\",\"state\":\"dead\",\"ports\":[],"
    "\"address\":null,\"started\":null,\"labels\":{},\"health\":null,\"exit_code\":null,"
    "\"project\":null}]";

static void expect_json(const struct snapshot *s, bool with_engine, const char *want)
{
    struct buf b;

    buf_init(&b, 1 << 20);
    assert_int_equal(snapshot_json(s, with_engine, &b), RC_OK);
    assert_string_equal(buf_text(&b), want);
    buf_release(&b);
}

TEST(snapshot_json_has_all_members_in_their_order)
{
    struct snapshot *s = full();

    expect_json(s, false, full_json);
    snapshot_free(s);
}

TEST(snapshot_json_can_name_the_engine)
{
    static const char *const one[] = {"x"};
    struct snapshot *s = named(one, 1);

    expect_json(s, true,
                "[{\"id\":\"x\",\"name\":\"x\",\"image\":\"\",\"state\":\"running\",\"ports\":[],"
                "\"address\":null,\"started\":null,\"labels\":{},\"health\":null,"
                "\"exit_code\":null,\"project\":null,\"engine\":\"podman\"}]");
    snapshot_free(s);
}

TEST(snapshot_json_over_the_cap_fails_at_every_length)
{
    struct snapshot *s = full();

    for (size_t max = 1; max < sizeof full_json - 1; max++) {
        struct buf b;

        buf_init(&b, max);
        assert_int_equal(snapshot_json(s, false, &b), RC_TOO_BIG);
        buf_release(&b);
    }
    snapshot_free(s);
}

TEST(snapshot_reads_its_own_json_back)
{
    struct snapshot *s = NULL;
    struct fault why;

    assert_int_equal(snapshot_from_json(full_json, sizeof full_json - 1, ENGINE_DOCKER, &s, &why),
                     RC_OK);
    assert_int_equal(s->kind, ENGINE_DOCKER);
    assert_int_equal(s->state, ENGINE_RUNNING);
    assert_string_equal(s->list[0].arg.text, "abc");
    expect_json(s, false, full_json);
    snapshot_free(s);
}

TEST(snapshot_refuses_json_that_is_no_list)
{
    static const char *const bad[] = {"", "{}", "[", "[]x", "null"};
    struct fault why;

    for (size_t i = 0; i < countof(bad); i++) {
        struct snapshot *s = NULL;

        assert_int_equal(snapshot_from_json(bad[i], strlen(bad[i]), ENGINE_DOCKER, &s, &why),
                         RC_PARSE);
        assert_null(s);
    }
}

TEST(snapshot_copy_owns_every_text)
{
    struct snapshot *s = full(), *copy = snapshot_copy(s);

    assert_ptr_not_equal(copy->list[0].id, s->list[0].id);
    assert_ptr_not_equal(copy->list[0].labels[0].key, s->list[0].labels[0].key);
    assert_ptr_not_equal(copy->list[0].ports[0].proto, s->list[0].ports[0].proto);
    snapshot_free(s); /* what it still shared would be found by the address sanitizer */
    expect_json(copy, false, full_json);
    assert_int_equal(copy->state, ENGINE_STOPPED);
    assert_string_equal(copy->why, "it does not run");
    assert_string_equal(copy->version, "1.2.3");
    assert_int_equal(copy->taken_s, 7);
    assert_true(copy->stale);
    assert_true(copy->list[0].infra);
    assert_string_equal(copy->list[0].arg.text, "abc");
    snapshot_free(copy);
}

TEST(snapshot_counts_running_ones_without_infra)
{
    struct snapshot *s = snapshot_new(ENGINE_APPLE);

    put(s, "a", "a", STATE_RUNNING);
    put(s, "b", "b", STATE_RUNNING)->infra = true;
    put(s, "c", "c", STATE_PAUSED);
    put(s, "d", "d", STATE_STOPPED);
    snapshot_seal(s);
    assert_int_equal(snapshot_running(s), 1);
    snapshot_free(s);
}

TEST(snapshot_words_and_states_match)
{
    for (int i = 0; i < STATE_COUNT; i++)
        assert_int_equal(state_from_word(state_word((enum container_state)i)), i);
    assert_int_equal(state_from_word("up"), STATE_UNKNOWN);
    assert_int_equal(state_from_word(NULL), STATE_UNKNOWN);
    for (int i = 0; i < ENGINE_STATE_COUNT; i++)
        assert_true(strlen(engine_state_word((enum engine_state)i)) > 0);
    assert_null(health_word(HEALTH_NONE));
}

SUITE(snapshot, T(snapshot_sorts_numbers_by_value), T(snapshot_sorts_by_state_first),
      T(snapshot_sorts_equal_names_by_id), T(snapshot_order_does_not_depend_on_the_order_given),
      T(snapshot_keeps_the_first_of_two_with_one_id),
      T(snapshot_gives_an_argument_only_for_a_valid_id), T(snapshot_is_capped),
      T(snapshot_empty_can_be_sealed_and_copied),
      T(snapshot_finds_by_id_then_name_then_unique_prefix),
      T(snapshot_json_has_all_members_in_their_order), T(snapshot_json_can_name_the_engine),
      T(snapshot_json_over_the_cap_fails_at_every_length), T(snapshot_reads_its_own_json_back),
      T(snapshot_refuses_json_that_is_no_list), T(snapshot_copy_owns_every_text),
      T(snapshot_counts_running_ones_without_infra), T(snapshot_words_and_states_match))
