/* test_registry.c - which registries an engine is logged in to: Apple's list, the file of docker
 * and podman of which only names are read, and both joined with what is remembered. */
#include "core/action/registry_rows.h"
#include "core/base/file.h"
#include "core/engine/auth_file.h"
#include "tests/unit/unit.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* "host user, host helper" of a list. */
static const char *told(struct arena *a, const struct registry_logins *l)
{
    const char *all = "";

    for (size_t i = 0; i < l->count; i++)
        all = arena_print(a, "%s%s%s%s%s%s", all, i > 0 ? ", " : "", l->list[i].host.text,
                          l->list[i].user.text[0] != '\0' ? " " : "", l->list[i].user.text,
                          l->list[i].helper ? " helper" : "");
    return all;
}

TEST(registry_names_mean_hosts)
{
    static const struct {
        const char *name, *host; /* NULL: none */
    } rows[] = {
        {"ghcr.io", "ghcr.io"},
        {"localhost:5000", "localhost:5000"},
        {"https://index.docker.io/v1/", "docker.io"},
        {"registry-1.docker.io", "docker.io"},
        {"docker.io", "docker.io"},
        {"http://registry.example.com:8080/v2/", "registry.example.com:8080"},
        {"quay.io/team/app", "quay.io"},
        {"[::1]:5000", "[::1]:5000"},
        {"", NULL},
        {"https://", NULL},
        {"-x.example.com", NULL},
        {"user@example.com", NULL},
        {"a b", NULL},
    };

    for (size_t i = 0; i < countof(rows); i++) {
        struct valid_host host;
        bool is_host = registry_host(rows[i].name, strlen(rows[i].name), &host);

        assert_int_equal(is_host, rows[i].host != NULL);
        if (is_host)
            assert_string_equal(host.text, rows[i].host);
    }
}

static void apple_gives(const char *json, const char *want)
{
    struct registry_logins l = {0};
    struct arena a = {0};
    struct fault why = {0};

    assert_int_equal(registry_parse_apple(json, strlen(json), &l, &why), RC_OK);
    assert_string_equal(told(&a, &l), want);
    registry_logins_release(&l);
    arena_release(&a);
}

TEST(registry_list_of_apple_has_two_shapes)
{
    apple_gives("[]\n", "");
    apple_gives("[{\"hostname\":\"ghcr.io\",\"username\":\"anna\",\"modifiedDate\":1.5,"
                "\"createdDate\":1.5}]",
                "ghcr.io anna");
    apple_gives("[{\"id\":\"ghcr.io\",\"name\":\"ghcr.io\",\"username\":\"anna\",\"labels\":{}},"
                "{\"name\":\"registry-1.docker.io\",\"username\":\"bert\"}]",
                "ghcr.io anna, docker.io bert");
}

TEST(registry_list_of_apple_leaves_out_what_it_cannot_use)
{
    struct registry_logins l = {0};

    apple_gives("[1,null,{},{\"name\":7},{\"name\":\"--all\"},{\"name\":\"ghcr.io\"},"
                "{\"name\":\"quay.io\",\"username\":\"a\\nb\"}]",
                "ghcr.io, quay.io");
    assert_int_equal(registry_parse_apple("{}", 2, &l, NULL), RC_PARSE);
    assert_int_equal(registry_parse_apple("[", 1, &l, NULL), RC_PARSE);
    registry_logins_release(&l);
}

/* Gives the text in two pieces, cut at every place in turn: the result is always the same. */
static enum rc scan(const char *json, struct registry_logins *l, size_t cut)
{
    struct auth_scan s;
    size_t len = strlen(json);
    enum rc rc;

    auth_scan_begin(&s, l);
    rc = auth_scan_add(&s, json, cut, NULL);
    if (rc == RC_OK)
        rc = auth_scan_add(&s, json + cut, len - cut, NULL);
    return rc == RC_OK ? auth_scan_end(&s, NULL) : rc;
}

static void auths_give(const char *json, const char *want)
{
    for (size_t cut = 0; cut <= strlen(json); cut++) {
        struct registry_logins l = {0};
        struct arena a = {0};

        assert_int_equal(scan(json, &l, cut), RC_OK);
        assert_string_equal(told(&a, &l), want);
        registry_logins_release(&l);
        arena_release(&a);
    }
}

TEST(auth_file_has_names_of_registries)
{
    auths_give("{}", "");
    auths_give("{\n\t\"auths\": {\n\t\t\"localhost:5000\": {\n\t\t\t\"auth\": \"YWxpY2U6cHc=\"\n"
               "\t\t},\n\t\t\"https://index.docker.io/v1/\": {}\n\t}\n}\n",
               "localhost:5000, docker.io");
    auths_give("{\"credsStore\":\"desktop\",\"credHelpers\":{\"quay.io\":\"secretservice\","
               "\"ghcr.io\":\"x\"},\"auths\":{\"ghcr.io\":{}}}",
               "quay.io helper, ghcr.io");
    auths_give("{\"auths\":{\"https:\\/\\/ghcr.io\\/v2\\/\":{\"auth\":\"a\\\"b\\\\\"}}}",
               "ghcr.io");
}

TEST(auth_file_takes_nothing_else_for_a_registry)
{
    auths_give("{\"HttpHeaders\":{\"evil.example.com\":\"x\"},\"other\":{\"auths\":"
               "{\"b.example.com\":{}}},\"auths\":{\"ghcr.io\":{\"auths\":{\"c.example.com\":1},"
               "\"auth\":\"d.example.com\",\"list\":[{\"e.example.com\":[]},-1.5e3,true,null]}}}",
               "ghcr.io");
    auths_give("{\"auths\":[{\"a.example.com\":{}}],\"credHelpers\":\"b.example.com\"}", "");
    auths_give("{\"auths\":{\"a\\u002eb\":{},\"--all\":{},\"\":{}}}", "");
    auths_give("{\"Auths\":{\"ghcr.io\":{}}}", "");
}

TEST(auth_file_that_is_broken_is_said_to_be)
{
    static const char *const bad[] = {
        "{",       "[]",         "null",         "\"auths\"",   "{\"auths\":{\"ghcr.io\"}}",
        "{\"a\":", "{\"a\":1,}", "{\"a\":1]",    "{\"a\" 1}",   "{a:1}",
        "{}x",     "{\"a\":[1}", "{\"a\":1 \"b", "{\"a\":,2}",  "{\"a\":'x'}",
        "{\"a\"",  "{\"a\":\"",  "{,}",          "{\"a\":[1,]}"};

    for (size_t i = 0; i < countof(bad); i++) {
        struct registry_logins l = {0};
        enum rc rc = scan(bad[i], &l, 0);

        if (rc != RC_PARSE)
            fail_msg("%s gives %s", bad[i], rc_name(rc));
        registry_logins_release(&l);
    }
}

TEST(auth_file_is_bounded)
{
    char deep[AUTH_DEPTH_MAX * 6 + 1] = "", key[AUTH_KEY_MAX + 64];
    struct registry_logins l = {0};
    struct auth_scan s;

    for (int i = 0; i < AUTH_DEPTH_MAX + 1; i++)
        memcpy(deep + strlen(deep), "{\"a\":", 6);
    assert_int_equal(scan(deep, &l, 0), RC_TOO_BIG);

    auth_scan_begin(&s, &l);
    memset(key, 'a', sizeof key);
    assert_int_equal(auth_scan_add(&s, "{\"auths\":{\"", 11, NULL), RC_OK);
    assert_int_equal(auth_scan_add(&s, key, sizeof key, NULL), RC_OK);
    assert_int_equal(auth_scan_add(&s, "\":{}}}", 6, NULL), RC_OK);
    assert_int_equal(auth_scan_end(&s, NULL), RC_OK);
    assert_int_equal(l.count, 0);

    auth_scan_begin(&s, &l);
    assert_int_equal(auth_scan_add(&s, "{\"auths\":{", 10, NULL), RC_OK);
    for (int i = 0; i < REGISTRY_LOGINS_MAX; i++) {
        int len = snprintf(key, sizeof key, "\"h%d.example.com\":{},", i);

        assert_int_equal(auth_scan_add(&s, key, (size_t)len, NULL), RC_OK);
    }
    assert_int_equal(auth_scan_add(&s, "\"one.more\":{}", 13, NULL), RC_TOO_BIG);
    registry_logins_release(&l);
}

TEST(auth_file_is_read_if_it_is_one)
{
    char folder[] = "/tmp/ck-auth.XXXXXX", path[64];
    static const char json[] = "{\"auths\":{\"ghcr.io\":{\"auth\":\"c2VjcmV0\"}}}";
    struct registry_logins l = {0};
    struct fault why = {0};

    assert_non_null(mkdtemp(folder));
    assert_int_equal(auth_file_read(folder, &l, &why), RC_DENIED);
    snprintf(path, sizeof path, "%s/auth.json", folder);
    assert_int_equal(auth_file_read(path, &l, &why), RC_MISSING);
    assert_int_equal(file_replace(path, "", 0, &why), RC_OK);
    assert_int_equal(auth_file_read(path, &l, &why), RC_OK);
    assert_int_equal(l.count, 0);
    assert_int_equal(file_replace(path, json, sizeof json - 1, &why), RC_OK);
    assert_int_equal(auth_file_read(path, &l, &why), RC_OK);
    assert_int_equal(l.count, 1);
    assert_int_equal(file_replace(path, "c2VjcmV0", 8, &why), RC_OK);
    assert_int_equal(auth_file_read(path, &l, &why), RC_PARSE);
    assert_null(strstr(why.text, "c2V"));
    assert_int_equal(unlink(path), 0);
    assert_int_equal(mkfifo(path, 0600), 0); /* would keep a reader waiting */
    assert_int_equal(auth_file_read(path, &l, &why), RC_DENIED);
    assert_int_equal(unlink(path), 0);
    assert_int_equal(rmdir(folder), 0);
    registry_logins_release(&l);
}

static void paths_are(const char *const *vars, enum engine_kind kind, bool mac, const char *first,
                      const char *second)
{
    const char *const want[] = {first, second, NULL};
    struct env *env = env_new(vars);
    char path[FILE_PATH_MAX];

    for (size_t i = 0; i < countof(want); i++) {
        bool is_there = auth_file_path(env, kind, mac, 501, i, path);

        assert_int_equal(is_there, want[i] != NULL);
        if (!is_there)
            break;
        assert_string_equal(path, want[i]);
    }
    env_free(env);
}

TEST(auth_file_lies_where_the_engine_puts_it)
{
    static const char *const plain[] = {"HOME=/home/anna", NULL};
    static const char *const none[] = {NULL};
    static const char *const all[] = {"HOME=/home/anna", "DOCKER_CONFIG=/d", "XDG_RUNTIME_DIR=/r",
                                      "XDG_CONFIG_HOME=/c", NULL};
    static const char *const own[] = {"HOME=/home/anna", "REGISTRY_AUTH_FILE=/a.json", NULL};

    paths_are(plain, ENGINE_APPLE, true, NULL, NULL);
    paths_are(plain, ENGINE_DOCKER, false, "/home/anna/.docker/config.json", NULL);
    paths_are(all, ENGINE_DOCKER, false, "/d/config.json", NULL);
    paths_are(none, ENGINE_DOCKER, false, NULL, NULL);
    paths_are(plain, ENGINE_PODMAN, false, "/run/containers/501/auth.json",
              "/home/anna/.config/containers/auth.json");
    paths_are(all, ENGINE_PODMAN, false, "/r/containers/auth.json", "/c/containers/auth.json");
    paths_are(plain, ENGINE_PODMAN, true, "/home/anna/.config/containers/auth.json",
              "/home/anna/.config/containers/auth.json");
    paths_are(own, ENGINE_PODMAN, false, "/a.json", NULL);
}

static struct store_registry at(enum engine_kind engine, const char *host, const char *user)
{
    struct store_registry r = {.engine = engine};

    assert_int_equal(valid_host(host, strlen(host), &r.host, NULL), RC_OK);
    if (user[0] != '\0')
        assert_int_equal(valid_user(user, strlen(user), &r.user, NULL), RC_OK);
    return r;
}

TEST(registry_rows_join_what_is_kept_with_what_engines_tell)
{
    struct store_registry kept[] = {
        at(ENGINE_PODMAN, "quay.io", "anna"), at(ENGINE_PODMAN, "ghcr.io", "anna"),
        at(ENGINE_APPLE, "ghcr.io", "old"), at(ENGINE_DOCKER, "ghcr.io", "bert")};
    struct registry_facts facts = {.kept = {kept, countof(kept)}};
    struct registry_rows rows = {0};
    static const char *const want[] = {"ghcr.io apple new logged-in", "ghcr.io docker bert unknown",
                                       "ghcr.io podman anna logged-in",
                                       "hub.example.com podman  helper",
                                       "quay.io podman anna logged-out"};

    facts.told[ENGINE_APPLE] = facts.told[ENGINE_PODMAN] = true;
    assert_int_equal(
        registry_login_add(&facts.logins[ENGINE_APPLE], "ghcr.io", 7, "new", false, NULL), RC_OK);
    assert_int_equal(
        registry_login_add(&facts.logins[ENGINE_PODMAN], "ghcr.io", 7, NULL, false, NULL), RC_OK);
    assert_int_equal(
        registry_login_add(&facts.logins[ENGINE_PODMAN], "hub.example.com", 15, NULL, true, NULL),
        RC_OK);
    registry_rows_merge(&facts, &rows);
    assert_int_equal(rows.count, countof(want));
    for (size_t i = 0; i < rows.count; i++) {
        char line[600];

        snprintf(line, sizeof line, "%s %s %s %s", rows.list[i].at.host.text,
                 engine_word(rows.list[i].at.engine), rows.list[i].at.user.text,
                 registry_state_word(rows.list[i].state));
        assert_string_equal(line, want[i]);
    }
    assert_non_null(registry_row_find(&rows, ENGINE_DOCKER, &kept[3].host));
    assert_null(registry_row_find(&rows, ENGINE_DOCKER, &kept[0].host));
    registry_rows_release(&rows);
    for (int k = 0; k < ENGINE_COUNT; k++)
        registry_logins_release(&facts.logins[k]);
}

SUITE(registry, T(registry_names_mean_hosts), T(registry_list_of_apple_has_two_shapes),
      T(registry_list_of_apple_leaves_out_what_it_cannot_use), T(auth_file_has_names_of_registries),
      T(auth_file_takes_nothing_else_for_a_registry), T(auth_file_that_is_broken_is_said_to_be),
      T(auth_file_is_bounded), T(auth_file_is_read_if_it_is_one),
      T(auth_file_lies_where_the_engine_puts_it),
      T(registry_rows_join_what_is_kept_with_what_engines_tell))
