/* test_http_text.c - http_text.h: what is told about us, and what continues a transfer. */
#include "core/update/http_text.h"
#include "tests/unit/unit.h"
#include <string.h>

TEST(http_agent_tells_version_and_system_alone)
{
    char agent[HTTP_AGENT_MAX];

    http_agent(agent, "1.2.0", "macOS 26.1, arm64");
    assert_string_equal(agent, "ContainerKit/1.2.0 (macOS 26.1; arm64)");
    http_agent(agent, "1.2.0-rc.1+5", "Debian GNU/Linux 12 (bookworm), x86_64");
    assert_string_equal(agent, "ContainerKit/1.2.0-rc.1+5 (Debian GNU/Linux 12 bookworm; x86_64)");
}

TEST(http_agent_cannot_become_a_second_header)
{
    char agent[HTTP_AGENT_MAX], large[1000];

    http_agent(agent, "1\r\nX: y", "a\nb\t\x7f\xc3\xa9;)");
    assert_string_equal(agent, "ContainerKit/1X y (ab)");
    memset(large, 'x', sizeof large - 1);
    large[sizeof large - 1] = '\0';
    http_agent(agent, large, large);
    assert_int_equal(strlen(agent), HTTP_AGENT_MAX - 1);
    assert_int_equal(agent[HTTP_AGENT_MAX - 2], ')');
    assert_non_null(strchr(agent, '('));
}

TEST(http_range_is_from_where_we_are_to_the_end)
{
    static const char *const bad[] = {"",
                                      "bytes",
                                      "bytes 10-99",
                                      "bytes 10-99/",
                                      "bytes 10-99/*",
                                      "bytes */100",
                                      "bytes 9-99/100",
                                      "bytes 11-99/100",
                                      "bytes 10-98/100",
                                      "bytes 10-100/100",
                                      "bytes 10-99/100 ",
                                      " bytes 10-99/100",
                                      "bytes 10-99/100, 0-1/2",
                                      "bytes=10-99/100",
                                      "Bytes 10-99/100",
                                      "bytes -10-99/100",
                                      "bytes +10-99/100",
                                      "bytes 0x0a-99/100",
                                      "bytes 10-9/10",
                                      "bytes 10-100/101",
                                      "bytes 10-18446744073709551615/0",
                                      "bytes 10-99/18446744073709551716"};

    assert_true(http_range_is("bytes 10-99/100", 10, 100));
    assert_true(http_range_is("bytes 99-99/100", 99, 1000));
    assert_false(http_range_is(NULL, 10, 100));
    for (size_t i = 0; i < countof(bad); i++) {
        if (http_range_is(bad[i], 10, 100))
            fail_msg("taken: %s", bad[i]);
    }
}

static void validates(const char *etag, const char *modified, const char *want)
{
    char out[HTTP_VALIDATOR_MAX] = "x";

    assert_int_equal(http_validator(etag, modified, out), want[0] != '\0');
    assert_string_equal(out, want);
}

TEST(http_validator_is_a_strong_tag_or_a_time)
{
    static const char time[] = "Wed, 18 Nov 2026 09:30:00 GMT";
    char large[HTTP_VALIDATOR_MAX + 1];

    validates("\"one\"", time, "\"one\"");
    validates("W/\"one\"", time, time);
    validates("W/\"one\"", NULL, "");
    validates(NULL, NULL, "");
    validates(NULL, "yesterday", "");
    validates(NULL, "Wed, 18 Nov 2026 09:30:00\r\nXX", "");
    validates("\"\"", NULL, "");
    validates("\"", NULL, "");
    validates("one", NULL, "");
    validates("\"a\"b\"", NULL, "");
    validates("\"a\r\nX: y\"", NULL, "");
    validates("\"\xc3\xa9\"", NULL, "");
    memset(large, 'x', sizeof large - 1);
    large[0] = large[HTTP_VALIDATOR_MAX - 1] = '"';
    large[HTTP_VALIDATOR_MAX] = '\0';
    validates(large, NULL, "");
    large[HTTP_VALIDATOR_MAX - 2] = '"';
    large[HTTP_VALIDATOR_MAX - 1] = '\0';
    validates(large, NULL, large);
}

SUITE(http_text, T(http_agent_tells_version_and_system_alone),
      T(http_agent_cannot_become_a_second_header), T(http_range_is_from_where_we_are_to_the_end),
      T(http_validator_is_a_strong_tag_or_a_time))
