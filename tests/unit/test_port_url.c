/* test_port_url.c - published ports as URLs, as one table. */
#include "core/desktop/port_url.h"
#include "tests/unit/unit.h"
#include <stdio.h>
#include <string.h>

static const struct port ports[] = {
    {"0.0.0.0", 5432, 5432, "tcp", 1},   {"::", 5432, 5432, "tcp", 1},
    {"127.0.0.1", 18080, 80, "tcp", 1},  {"::1", 18443, 443, "tcp", 1},
    {"192.0.2.7", 18080, 81, "tcp", 1},  {"0.0.0.0", 53, 53, "udp", 1},
    {"0.0.0.0", 9000, 8442, "tcp", 3},   {"", 65535, 1, "tcp", 1},
    {"fe80::1%eth0", 7, 7, "tcp", 1},    {"0.0.0.0", 8443, 9, "tcp", 1},
    {"evil.example/?", 70, 7, "tcp", 1},
};

static struct container running(void)
{
    return (struct container){.id = "web",
                              .name = "web",
                              .image = "",
                              .state = STATE_RUNNING,
                              .ports = ports,
                              .port_count = countof(ports)};
}

TEST(port_url_of_each_kind_of_port)
{
    static const struct {
        const char *ip;
        unsigned number;
        const char *want; /* NULL: there is none */
    } rows[] = {
        {NULL, 5432, "http://localhost:5432/"},
        {"::", 5432, "http://localhost:5432/"},
        {"127.0.0.1", 18080, "http://127.0.0.1:18080/"},
        {"192.0.2.7", 18080, "http://192.0.2.7:18080/"},
        {NULL, 18080, "http://127.0.0.1:18080/"},
        {NULL, 18443, "https://[::1]:18443/"},
        {NULL, 9000, "http://localhost:9000/"},
        {NULL, 9001, "https://localhost:9001/"},
        {NULL, 9002, "http://localhost:9002/"},
        {NULL, 9003, NULL},
        {NULL, 8443, "https://localhost:8443/"},
        {NULL, 65535, "http://localhost:65535/"},
        {NULL, 53, NULL},
        {"127.0.0.1", 5432, NULL},
        {NULL, 7, NULL},
        {NULL, 70, NULL},
        {NULL, 0, "http://127.0.0.1:18080/"},
    };
    struct container c = running();
    struct valid_url url;

    for (size_t i = 0; i < countof(rows); i++) {
        enum rc rc = port_url(&c, rows[i].ip, rows[i].number, &url, NULL);

        assert_int_equal(rc == RC_OK, rows[i].want != NULL);
        assert_string_equal(url.text, rows[i].want != NULL ? rows[i].want : "");
    }
}

TEST(port_url_takes_the_first_port_if_none_looks_like_a_web_server)
{
    struct container c = running();
    struct valid_url url;
    struct fault why;

    c.port_count = 1;
    assert_int_equal(port_url(&c, NULL, 0, &url, NULL), RC_OK);
    assert_string_equal(url.text, "http://localhost:5432/");
    c.port_count = 0;
    assert_int_equal(port_url(&c, NULL, 0, &url, &why), RC_MISSING);
    assert_string_equal(why.text, "web publishes no TCP port");
}

TEST(port_url_is_for_running_containers_alone)
{
    struct container c = running();
    struct valid_url url;
    struct fault why;

    for (int s = 0; s < STATE_COUNT; s++) {
        c.state = (enum container_state)s;
        assert_int_equal(port_url(&c, NULL, 5432, &url, &why),
                         s == STATE_RUNNING ? RC_OK : RC_DENIED);
    }
}

SUITE(port_url, T(port_url_of_each_kind_of_port),
      T(port_url_takes_the_first_port_if_none_looks_like_a_web_server),
      T(port_url_is_for_running_containers_alone))
