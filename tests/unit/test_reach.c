/* test_reach.c - which errors look like the local network that macOS keeps from a program. */
#include "core/engine/reach.h"
#include "tests/unit/unit.h"
#include <stdlib.h>
#include <string.h>

#define ROUTE ": connect: no route to host"

struct row {
    const char *text;
    bool refused;
};

static const struct row rows[] = {
    /* docker with a tcp context, docker over ssh, podman with a connection */
    {"error during connect: Get \"http://192.168.1.5:2375/v1.47/containers/json\": "
     "dial tcp 192.168.1.5:2375" ROUTE,
     true},
    {"error during connect: command [ssh -l me -- nas.local docker system dial-stdio] has exited "
     "with exit status 255, stderr=ssh: connect to host nas.local port 22: No route to host",
     true},
    {"Error: unable to connect to Podman socket: failed to connect: dial tcp 10.0.0.7:22" ROUTE,
     true},
    {"dial tcp 172.16.0.1:1" ROUTE, true},
    {"dial tcp 172.31.255.1:1" ROUTE, true},
    {"dial tcp 169.254.3.4:1" ROUTE, true},
    {"dial tcp [fe80::1%en0]:1" ROUTE, true},
    {"dial tcp [FD12:3456::1]:1" ROUTE, true},
    {"http://NAS.Local:2375" ROUTE, true},
    {"no route to host 10.1.2.3", true},
    /* elsewhere */
    {"dial tcp 172.15.0.1:1" ROUTE, false},
    {"dial tcp 172.32.0.1:1" ROUTE, false},
    {"dial tcp 192.169.1.5:1" ROUTE, false},
    {"dial tcp 8.8.8.8:1" ROUTE, false},
    {"dial tcp 110.0.0.1:1" ROUTE, false},
    {"dial tcp 127.0.0.1:1" ROUTE, false},
    {"dial tcp [2001:db8::1]:1" ROUTE, false},
    {"dial tcp [fd]:1" ROUTE, false},
    {"docker.localhost.example" ROUTE, false},
    {"version 10.0.0" ROUTE, false},
    {"10.0.0.256" ROUTE, false},
    {"10.00000000000000000000.0.1" ROUTE, false},
    /* another reason */
    {"dial tcp 192.168.1.5:2375: connect: connection refused", false},
    {"dial tcp 192.168.1.5:2375: i/o timeout", false},
    {"", false},
    {"no route to host", false},
};

/* In memory of exactly that size, so that a sanitizer sees a byte too many. */
static bool ask(const char *text, size_t len)
{
    char *copy = malloc(len + (len == 0));
    bool refused;

    assert_non_null(copy);
    memcpy(copy, text, len);
    refused = reach_lan_refused(copy, len);
    free(copy);
    return refused;
}

TEST(reach_knows_the_local_network)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (ask(rows[i].text, strlen(rows[i].text)) != rows[i].refused)
            fail_msg("\"%s\": not %d", rows[i].text, rows[i].refused);
}

TEST(reach_reads_no_further_than_the_text)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        for (size_t len = 0; len < strlen(rows[i].text); len++)
            (void)ask(rows[i].text, len);
}

SUITE(reach, T(reach_knows_the_local_network), T(reach_reads_no_further_than_the_text))
