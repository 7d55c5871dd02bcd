/* test_run_line.c - the command line that would make a container again, for each engine. */
#include "core/base/file.h"
#include "core/engine/run_line.h"
#include "tests/unit/unit.h"
#include <stdio.h>
#include <string.h>

/* The line of the first element, for the caller to release. */
static const char *line_of(enum engine_kind kind, const char *json, bool values, struct buf *out)
{
    struct fault why = {0};
    cJSON *tree = NULL;

    if (json_parse(json, strlen(json), &tree, &why) != RC_OK)
        fail_msg("%s: %s", json, why.text);
    buf_init(out, RUN_LINE_MAX);
    if (run_line(kind, cJSON_IsArray(tree) ? tree->child : tree, values, out, &why) != RC_OK)
        fail_msg("%s", why.text);
    cJSON_Delete(tree);
    return buf_text(out);
}

static void check(enum engine_kind kind, const char *json, bool values, const char *want)
{
    struct buf out;

    assert_string_equal(line_of(kind, json, values, &out), want);
    buf_release(&out);
}

static void check_fixture(enum engine_kind kind, const char *name, const char *want)
{
    char path[256];
    struct buf bytes;
    struct fault why;

    snprintf(path, sizeof path, "tests/fixtures/%s.json", name);
    buf_init(&bytes, (size_t)1 << 20);
    if (file_read(path, &bytes, &why) != RC_OK)
        fail_msg("%s", why.text);
    check(kind, buf_text(&bytes), true, want);
    buf_release(&bytes);
}

TEST(lines_of_the_fixtures)
{
    static const char apple[] = "container run --detach --name web-frontend "
                                "--publish 8080:80 --publish 127.0.0.1:5353:53/udp "
                                "--publish '[::1]:9000-9002:9000-9002' "
                                "--volume /Users/me/site:/usr/share/nginx/html:ro "
                                "--entrypoint /docker-entrypoint.sh "
                                "docker.io/library/nginx:1.27-alpine nginx -g 'daemon off;'";
    static const char podman[] =
        "podman run --detach --name web-frontend --publish 18443:443 --publish 18053:53/udp "
        "--publish 127.0.0.1:18080:80 docker.io/library/nginx:1.27-alpine /bin/busybox sleep 3600";

    check_fixture(ENGINE_DOCKER, "docker/28.2.2/inspect-1",
                  "docker run --detach --name shop-web-1 --network shop_default --publish 8080:80 "
                  "nginx:1.27-alpine nginx -g ''\\''daemon' 'off;'\\'''");
    check_fixture(ENGINE_PODMAN, "podman/4.3.1/inspect-1", podman);
    check_fixture(ENGINE_APPLE, "apple/1.2.2/inspect-1", apple);
    check_fixture(ENGINE_APPLE, "apple/0.12.3/inspect-1", apple);
}

/* As podman 4.3.1 tells it: its entrypoint is one text. */
static const char podman_all[] =
    "{\"Name\":\"e\",\"Path\":\"/in it\",\"Args\":[\"a\",\"b c\"],\"ImageName\":\"localhost/i:1\","
    "\"Mounts\":[{\"Type\":\"bind\",\"Source\":\"/etc\",\"Destination\":\"/e\",\"RW\":false},"
    "{\"Type\":\"volume\",\"Name\":\"data\",\"Source\":\"/v\",\"Destination\":\"/d\",\"RW\":true},"
    "{\"Type\":\"volume\",\"Name\":"
    "\"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\","
    "\"Source\":\"/v\",\"Destination\":\"/none\",\"RW\":true}],"
    "\"Config\":{\"User\":\"1:2\",\"Tty\":true,\"OpenStdin\":true,\"Entrypoint\":\"/in it a\","
    "\"Env\":[\"PATH=/bin\",\"TERM=xterm\",\"container=podman\",\"SECRET=s p\",\"E=\","
    "\"HOSTNAME=x\",\"HOME=/\"]},"
    "\"HostConfig\":{\"AutoRemove\":true,\"Privileged\":true,\"NetworkMode\":\"none\","
    "\"RestartPolicy\":{\"Name\":\"on-failure\",\"MaximumRetryCount\":3},"
    "\"PortBindings\":{\"80/tcp\":[{\"HostIp\":\"::1\",\"HostPort\":\"8080\"},"
    "{\"HostIp\":\"0.0.0.0\",\"HostPort\":\"81\"}],\"53/udp\":[{\"HostIp\":\"\",\"HostPort\":"
    "\"\"}],\"9/tcp\":null},\"Tmpfs\":{\"/t\":\"size=1m\",\"/u\":\"\"}}}";

#define PODMAN_START                                                                               \
    "podman run --detach --name e --rm --interactive --tty --privileged --user 1:2 "               \
    "--network none --restart on-failure:3 --publish '[::1]:8080:80' --publish 81:80 "             \
    "--publish 53/udp --volume /etc:/e:ro --volume data:/d --volume /none "                        \
    "--tmpfs /t:size=1m --tmpfs /u "
#define PODMAN_END "--entrypoint '/in it' localhost/i:1 a 'b c'"

TEST(every_part_of_podmans)
{
    check(ENGINE_PODMAN, podman_all, false, PODMAN_START "--env SECRET --env E " PODMAN_END);
    check(ENGINE_PODMAN, podman_all, true, PODMAN_START "--env 'SECRET=s p' --env E= " PODMAN_END);
}

/* `docker run -p 127.0.0.1::80`: docker takes "127.0.0.1:80" for a port of that name. */
TEST(a_port_that_the_engine_chooses_keeps_its_address)
{
    check(ENGINE_DOCKER,
          "{\"Config\":{\"Image\":\"i\"},\"HostConfig\":{\"PortBindings\":{\"80/tcp\":["
          "{\"HostIp\":\"127.0.0.1\",\"HostPort\":\"\"},{\"HostIp\":\"::1\",\"HostPort\":\"\"},"
          "{\"HostIp\":\"\",\"HostPort\":\"\"}]}}}",
          false,
          "docker run --detach --publish 127.0.0.1::80 --publish '[::1]::80' --publish 80 i");
}

TEST(restart_policies_and_networks_that_go_without_saying)
{
    static const char *const modes[] = {"default", "bridge", "pasta", "slirp4netns", ""};

    for (size_t i = 0; i < countof(modes); i++) {
        char json[300];

        snprintf(json, sizeof json,
                 "{\"Config\":{\"Image\":\"i\",\"Entrypoint\":[]},\"HostConfig\":{\"NetworkMode\":"
                 "\"%s\",\"RestartPolicy\":{\"Name\":\"%s\",\"MaximumRetryCount\":0}}}",
                 modes[i], i % 2 == 0 ? "no" : "");
        check(ENGINE_DOCKER, json, false, "docker run --detach i");
    }
    check(ENGINE_DOCKER,
          "{\"Config\":{\"Image\":\"i\"},\"HostConfig\":{\"RestartPolicy\":{\"Name\":\"always\","
          "\"MaximumRetryCount\":0}}}",
          false, "docker run --detach --restart always i");
}

TEST(every_part_of_apples)
{
    check(ENGINE_APPLE,
          "{\"configuration\":{\"id\":\"w\",\"image\":{\"reference\":\"i\"},"
          "\"networks\":[\"default\",\"lab\",{\"network\":\"default\"},{\"network\":\"two\"}],"
          "\"mounts\":[{\"type\":{\"tmpfs\":{}},\"destination\":\"/t\"},"
          "{\"type\":{\"volume\":{\"name\":\"data\"}},\"source\":\"/x\",\"destination\":\"/d\","
          "\"options\":[]},{\"type\":{\"block\":{}},\"source\":\"/b\",\"destination\":\"/b\"}],"
          "\"initProcess\":{\"executable\":\"/x\",\"arguments\":[],\"terminal\":true,"
          "\"environment\":[\"A=1\"],\"user\":{\"raw\":{\"userString\":\"redis\"}}}}}",
          false,
          "container run --detach --name w --tty --user redis --network lab --network two "
          "--tmpfs /t --volume data:/d --env A --entrypoint /x i");
    check(ENGINE_APPLE,
          "{\"configuration\":{\"image\":{\"reference\":\"i\"},\"initProcess\":{\"user\":"
          "{\"id\":{\"uid\":10,\"gid\":20}}}}}",
          false, "container run --detach --user 10:20 i");
}

/* A terminal takes control characters for keys, also inside quotes. */
TEST(what_is_pasted_holds_no_control_characters)
{
    check(ENGINE_DOCKER,
          "{\"Config\":{\"Image\":\"i\"},\"Args\":[\"\\u0015rm -rf ~\\r\",\"a\\nb\"]}", false,
          "docker run --detach i $'\\025rm -rf ~\\015' $'a\\012b'");
}

TEST(without_an_image_there_is_no_line)
{
    static const char *const bad[] = {"{}", "{\"Config\":{\"Image\":\"\"}}", "{\"Config\":[]}"};
    struct fault why;

    for (int kind = 0; kind < ENGINE_COUNT; kind++)
        for (size_t i = 0; i < countof(bad); i++) {
            cJSON *tree = NULL;
            struct buf out;

            assert_int_equal(json_parse(bad[i], strlen(bad[i]), &tree, &why), RC_OK);
            buf_init(&out, RUN_LINE_MAX);
            assert_int_equal(run_line((enum engine_kind)kind, tree, true, &out, &why), RC_PARSE);
            assert_int_equal(out.len, 0);
            cJSON_Delete(tree);
            buf_release(&out);
        }
}

TEST(a_line_that_is_too_long_is_told)
{
    cJSON *tree = NULL;
    struct fault why;
    struct buf out;

    assert_int_equal(json_parse(podman_all, strlen(podman_all), &tree, &why), RC_OK);
    buf_init(&out, 40);
    assert_int_equal(run_line(ENGINE_PODMAN, tree, false, &out, &why), RC_TOO_BIG);
    assert_string_equal(why.text, "its command line is too long");
    cJSON_Delete(tree);
    buf_release(&out);
}

SUITE(run_line, T(lines_of_the_fixtures), T(every_part_of_podmans),
      T(a_port_that_the_engine_chooses_keeps_its_address),
      T(restart_policies_and_networks_that_go_without_saying), T(every_part_of_apples),
      T(what_is_pasted_holds_no_control_characters), T(without_an_image_there_is_no_line),
      T(a_line_that_is_too_long_is_told))
