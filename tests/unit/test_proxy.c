/* test_proxy.c - proxies of a Mac's settings and of an environment, as two tables. */
#include "core/desktop/proxy.h"
#include "tests/unit/unit.h"
#include <stdio.h>
#include <string.h>

TEST(proxy_from_a_macs_settings)
{
    static const struct {
        struct proxy_facts facts;
        const char *want; /* NULL: refused */
    } rows[] = {
        {{0}, ""},
        {{.https_host = "p", .https_port = 80}, ""}, /* kept from earlier, but off */
        {{.https = true, .https_host = "proxy.example.com", .https_port = 8080},
         "http://proxy.example.com:8080"},
        {{.https = true, .https_host = "192.0.2.1", .https_port = 3128}, "http://192.0.2.1:3128"},
        {{.https = true, .https_host = "2001:db8::1", .https_port = 1}, "http://[2001:db8::1]:1"},
        {{.https = true}, NULL},
        {{.https = true, .https_host = "p"}, NULL},
        {{.https = true, .https_host = "p", .https_port = 65536}, NULL},
        {{.https = true, .https_host = "p", .https_port = -1}, NULL},
        {{.https = true, .https_host = "u:w@p", .https_port = 80}, NULL},
        {{.https = true, .https_host = "p/x", .https_port = 80}, NULL},
        {{.automatic = true}, NULL},
        {{.automatic = true, .https = true, .https_host = "p", .https_port = 80}, NULL},
    };
    struct proxy p;
    struct fault why;

    for (size_t i = 0; i < countof(rows); i++) {
        enum rc rc = proxy_from_facts(&rows[i].facts, &p, &why);

        assert_int_equal(rc, rows[i].want != NULL ? RC_OK : RC_DENIED);
        assert_string_equal(p.url, rows[i].want != NULL ? rows[i].want : "");
        assert_string_equal(p.shown, p.url);
        assert_string_equal(p.noproxy, "");
        assert_true(rc == RC_OK || why.text[0] != '\0');
    }
}

TEST(proxy_tells_a_macs_exceptions_in_the_librarys_words)
{
    static const char *const list[] = {"*.local",   "169.254/16", "10/8",    "192.0.2.0/24",
                                       "localhost", "fe80::/10",  "a*b.com", "x,y",
                                       "ex\nample", "",           "*.a.b.c"};
    struct proxy_facts f = {.https = true,
                            .https_host = "p",
                            .https_port = 80,
                            .exceptions = list,
                            .exception_count = countof(list)};
    struct proxy p;

    assert_int_equal(proxy_from_facts(&f, &p, NULL), RC_OK);
    assert_string_equal(p.noproxy,
                        "local,169.254.0.0/16,10.0.0.0/8,192.0.2.0/24,localhost,fe80::/10,a.b.c");
}

TEST(proxy_refuses_a_list_that_is_too_long)
{
    static char name[100];
    static const char *list[PROXY_LIST_MAX];
    struct proxy_facts f = {.https = true,
                            .https_host = "p",
                            .https_port = 80,
                            .exceptions = list,
                            .exception_count = countof(list)};
    struct proxy p;

    memset(name, 'a', sizeof name - 1);
    for (size_t i = 0; i < countof(list); i++)
        list[i] = name;
    assert_int_equal(proxy_from_facts(&f, &p, NULL), RC_TOO_BIG);
    assert_string_equal(p.url, "");
    f.exception_count = 40;
    assert_int_equal(proxy_from_facts(&f, &p, NULL), RC_OK);
    assert_int_equal(strlen(p.noproxy), 40 * sizeof name - 1);
}

TEST(proxy_from_an_environment)
{
    static const struct {
        const char *word, *shown; /* shown NULL: refused */
    } rows[] = {
        {NULL, ""},
        {"", ""},
        {"proxy:3128", "proxy:3128"},
        {"http://proxy:3128", "http://proxy:3128"},
        {"http://proxy:3128/", "http://proxy:3128"},
        {"http://al:p@ss@proxy", "http://proxy"},
        {"socks5h://[::1]:1080", "socks5h://[::1]:1080"},
        {"https://p", "https://p"},
        {"ftp://proxy", NULL},
        {"http://", NULL},
        {"http://proxy/x", NULL},
        {"http://pro xy", NULL},
        {"http://proxy\n:1", NULL},
        {"http://u\n:w@proxy", NULL},
        {"http://proxy:0", NULL},
    };
    struct proxy p;

    for (size_t i = 0; i < countof(rows); i++) {
        enum rc rc = proxy_from_words(rows[i].word, "localhost,.lan", &p, NULL);

        assert_int_equal(rc, rows[i].shown != NULL ? RC_OK : RC_DENIED);
        assert_string_equal(p.shown, rows[i].shown != NULL ? rows[i].shown : "");
        if (rc == RC_OK && rows[i].word != NULL)
            assert_string_equal(p.url, rows[i].word);
        assert_string_equal(p.noproxy, p.url[0] != '\0' ? "localhost,.lan" : "");
    }
}

TEST(proxy_words_have_a_limit)
{
    static char long_word[PROXY_EXCEPTIONS_MAX + 1];
    struct proxy p;

    memset(long_word, 'a', sizeof long_word - 1);
    assert_int_equal(proxy_from_words("p:1", long_word, &p, NULL), RC_TOO_BIG);
    assert_string_equal(p.url, "");
    assert_int_equal(proxy_from_words(long_word, NULL, &p, NULL), RC_DENIED);
}

SUITE(proxy, T(proxy_from_a_macs_settings), T(proxy_tells_a_macs_exceptions_in_the_librarys_words),
      T(proxy_refuses_a_list_that_is_too_long), T(proxy_from_an_environment),
      T(proxy_words_have_a_limit))
