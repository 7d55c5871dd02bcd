/* test_validate.c - validate.h: for each type what passes and, longer, what is refused. */
#include "core/base/mem.h"
#include "core/base/validate.h"
#include "tests/unit/unit.h"
#include <string.h>

/* One function per type with the same shape, so that the lists below can be walked alike. */
#define CHECK_AS(name, type)                                                                       \
    static enum rc as_##name(const char *bytes, size_t len, char *text, struct fault *why)         \
    {                                                                                              \
        struct type v;                                                                             \
        enum rc rc = RC_OK;                                                                        \
                                                                                                   \
        memset(&v, 'x', sizeof v);                                                                 \
        rc = type(bytes, len, &v, why);                                                            \
        memcpy(text, v.text, sizeof v.text);                                                       \
        return rc;                                                                                 \
    }
CHECK_AS(id, valid_id)
CHECK_AS(image, valid_image)
CHECK_AS(host, valid_host)
CHECK_AS(domain, valid_domain)
CHECK_AS(url, valid_url)
CHECK_AS(user, valid_user)

typedef enum rc check_fn(const char *bytes, size_t len, char *text, struct fault *why);

static void accept_bytes(check_fn *check, const char *bytes, size_t len)
{
    char text[VALID_URL_MAX + 1];
    struct fault why;

    if (check(bytes, len, text, &why) != RC_OK)
        fail_msg("refused: \"%.*s\": %s", (int)len, bytes, why.text);
    assert_int_equal(strlen(text), len);
    assert_memory_equal(text, bytes, len);
}

/* The bytes lie at the end of an allocation of their own, so that the sanitizer sees one too far.
 */
static void refuse_bytes(check_fn *check, const char *bytes, size_t len)
{
    char text[VALID_URL_MAX + 1];
    struct fault why = {0};
    char *exact = mem_new(len);

    memcpy(exact, bytes, len);
    if (check(exact, len, text, &why) != RC_DENIED)
        fail_msg("accepted: \"%.*s\"", (int)len, bytes);
    assert_string_equal(text, "");
    assert_int_equal(why.rc, RC_DENIED);
    assert_true(why.text[0] != '\0');
    mem_free(exact);
}

static void accept(check_fn *check, const char *const *list, size_t count)
{
    for (size_t i = 0; i < count; i++)
        accept_bytes(check, list[i], strlen(list[i]));
}

/* What no type may hold, wherever it stands. */
static void refuse(check_fn *check, const char *const *list, size_t count, const char *good)
{
    static const char never[] = {'\0', '\n', '\r', '\t', '\x1b', '\x7f', '\x01'};
    char bytes[64];
    size_t len = strlen(good);

    for (size_t i = 0; i < count; i++)
        refuse_bytes(check, list[i], strlen(list[i]));
    accept_bytes(check, good, len);
    for (size_t i = 0; i < countof(never); i++) {
        memcpy(bytes, good, len);
        bytes[len] = never[i];
        refuse_bytes(check, bytes, len + 1); /* behind it */
        bytes[len / 2] = never[i];
        refuse_bytes(check, bytes, len); /* inside it */
        memcpy(bytes + 1, good, len);
        bytes[0] = never[i];
        refuse_bytes(check, bytes, len + 1); /* in front of it */
    }
}

/* `len` is the longest that passes; built of `unit` repeated, cut to size, after `head`. */
static void cap_is(check_fn *check, const char *head, const char *unit, size_t max)
{
    char bytes[VALID_URL_MAX + 2];
    size_t n = strlen(head), u = strlen(unit);

    MUST(max + 1 <= sizeof bytes);
    memcpy(bytes, head, n);
    for (size_t i = n; i < max + 1; i++)
        bytes[i] = unit[(i - n) % u];
    accept_bytes(check, bytes, max);
    refuse_bytes(check, bytes, max + 1);
}

#define ACCEPT(check, list) accept(check, list, countof(list))
#define REFUSE(check, list, good) refuse(check, list, countof(list), good)

TEST(valid_id_is_a_container_id_or_name)
{
    static const char *const good[] = {
        "a",
        "0",
        "web",
        "web_1.x-y",
        "A.b_c-d",
        "1.2.3",
        "a-",
        "a.",
        "a_",
        "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
        "f81d4fae-7dec-11d0-a765-00a0c91e6bf6"};
    static const char *const bad[] = {"",     "-a",    "--all", ".a",           "_a",   "a/b",
                                      "a b",  " a",    "a ",    "web\n",        "a:b",  "a=b",
                                      "a;b",  "$(id)", "`id`",  "caf\xc3\xa9",  "a\\b", "*",
                                      "a\"b", "a'b",   "a,b",   "\xff",         "a@b",  "a+b",
                                      "a|b",  "a&b",   "~a",    "a\xe2\x80\xae"};

    ACCEPT(as_id, good);
    REFUSE(as_id, bad, "web_1");
    cap_is(as_id, "a", "b-", VALID_ID_MAX);
}

#define HEX64 "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
#define HEX32 "0123456789abcdef0123456789abcdef"

TEST(valid_image_is_registry_path_tag_and_digest)
{
    static const char *const good[] = {
        "alpine",
        "alpine:3.19",
        "library/alpine",
        "docker.io/library/alpine:latest",
        "localhost/ck-test:1",
        "localhost:5000/a/b/c",
        "Registry.Example.COM:443/team/app_1.x--y:V1.0-rc_2",
        "127.0.0.1:5000/x",
        "[::1]:5000/x:y",
        "[2001:db8::1]/x",
        "alpine@sha256:" HEX64,
        "ghcr.io/a/b:tag@sha256:" HEX64,
        "a@sha512:" HEX64 HEX64,
        "a@blake2b+b64:" HEX32,
        "a__b/c.d-e",
        "a---b",
        "sha256:" HEX64,
        HEX64,
        "a:_tag",
        "my_app.x/y",
    };
    static const char *const bad[] = {
        "",
        "-alpine",
        "--all",
        "Alpine",
        "library/Alpine",
        "UPPER/app",
        "a//b",
        "/a",
        "a/",
        "a b",
        "a:",
        ":tag",
        "a:-tag",
        "a:.tag",
        "a:t/g:",
        "a:b:c",
        "a@",
        "@sha256:" HEX64,
        "a@sha256:",
        "a@sha256:" HEX32,
        "a@sha256:" HEX64 "0",
        "a@sha512:" HEX64,
        "a@sha256:0123456789ABCDEF0123456789abcdef0123456789abcdef0123456789abcdef",
        "a@sha256:g123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
        "a@md5:0123",
        "a@:" HEX64,
        "a@256:" HEX64,
        "a@sha+:" HEX64,
        "a@sha256:" HEX64 "@sha256:" HEX64,
        "a.-b",
        "a..b",
        "a___b",
        "a._b",
        "a-",
        "-a/b",
        "_a",
        ".a",
        "a.",
        "a_",
        "a/_b",
        "a/b-",
        "host:/a",
        "host:0/a",
        "host:65536/a",
        "host:080/a",
        "host:x/a",
        "-host.x/a",
        "a..b/c",
        "[::1/a",
        "[::g]/a",
        "[]/a",
        "::1/a",
        "[fe80::1%eth0]/a",
        "http://x/a",
        "https://x/a",
        "user@x.y/a",
        "caf\xc3\xa9",
        "a:caf\xc3\xa9",
        "a$b",
        "a;b",
        "a\\b",
        "a:t+1",
        "docker.io/",
        "x/localhost:5000/a",
    };

    ACCEPT(as_image, good);
    REFUSE(as_image, bad, "host.x:1/a/b:tag");
}

TEST(valid_image_keeps_the_limits_of_its_parts)
{
    char text[VALID_IMAGE_MAX + 2];

    memset(text, 'a', sizeof text);
    accept_bytes(as_image, text, 255);
    refuse_bytes(as_image, text, 256);
    text[1] = ':';
    accept_bytes(as_image, text, 2 + 128);
    refuse_bytes(as_image, text, 2 + 129);
    text[1] = '@';
    text[2] = 'x';
    text[3] = ':';
    accept_bytes(as_image, text, VALID_IMAGE_MAX);
    refuse_bytes(as_image, text, VALID_IMAGE_MAX + 1);
    refuse_bytes(as_image, text, 4 + 31);
}

TEST(valid_host_is_a_dns_name_or_a_bracketed_address_with_a_port)
{
    static const char *const good[] = {
        "localhost",
        "a",
        "1",
        "docker.io",
        "registry-1.docker.io",
        "A.B",
        "127.0.0.1",
        "x.y:1",
        "x.y:65535",
        "[::1]",
        "[::1]:443",
        "[2001:db8::1]:5000",
        "[::ffff:1.2.3.4]",
        "xn--caf-dma.example",
        "a23456789012345678901234567890123456789012345678901234567890123.b"};
    static const char *const bad[] = {
        "",
        ".",
        "a.",
        ".a",
        "a..b",
        "-a",
        "a-",
        "a.-b",
        "a-.b",
        "a_b",
        "a b",
        "a/b",
        "a:",
        ":1",
        "a:0",
        "a:65536",
        "a:99999",
        "a:123456",
        "a:01",
        "a:-1",
        "a:+1",
        "a:1:2",
        "a:1x",
        "a: 1",
        "::1",
        "[::1",
        "::1]",
        "[]",
        "[::1]x",
        "[::1]:",
        "[::1]:0",
        "[::1].",
        "[1.2.3.4]",
        "[:::]",
        "[::1%1]",
        "[a]",
        "u@a",
        "http://a",
        "a?b",
        "a#b",
        "caf\xc3\xa9.x",
        "*.a",
        "--a",
        "a234567890123456789012345678901234567890123456789012345678901234.b"};

    ACCEPT(as_host, good);
    REFUSE(as_host, bad, "host.x:5000");
}

TEST(valid_host_keeps_its_cap)
{
    char text[VALID_HOST_MAX + 8];

    for (size_t i = 0; i < sizeof text; i++)
        text[i] = i % 50 == 49 ? '.' : 'a';
    accept_bytes(as_host, text, 253);
    refuse_bytes(as_host, text, 254);
    memcpy(text + 253, ":65535", 6);
    accept_bytes(as_host, text, 259);
}

TEST(valid_domain_is_labels)
{
    static const char *const good[] = {
        "test",    "dev.local", "a",
        "a.b.c",   "1",         "a_b",
        "a-b_c.d", "A",         "a23456789012345678901234567890123456789012345678901234567890123"};
    static const char *const bad[] = {
        "",
        ".",
        "test.",
        ".test",
        "a..b",
        "-a",
        "a-",
        "_a",
        "a_",
        "a.-b",
        "a b",
        "a/b",
        "../x",
        "a:1",
        "*",
        "--localhost",
        "a;b",
        "a'b",
        "a\"b",
        "$HOME",
        "a\\b",
        "caf\xc3\xa9",
        "a234567890123456789012345678901234567890123456789012345678901234"};

    ACCEPT(as_domain, good);
    REFUSE(as_domain, bad, "dev.local");
    cap_is(as_domain, "", "abcdefghi.klmnopqrstu", VALID_DOMAIN_MAX);
}

TEST(valid_url_is_http_without_user_information)
{
    static const char *const good[] = {"http://a",
                                       "https://a",
                                       "https://a/",
                                       "http://localhost:8080",
                                       "http://127.0.0.1:1/x",
                                       "http://[::1]:8080/a?b=c#d",
                                       "https://example.com/a/b.html?x=1&y=%20z#top",
                                       "https://a?x",
                                       "https://a#x",
                                       "https://a/@user",
                                       "https://a/~x/(1)!$&'*+,;=:",
                                       "https://a/%C3%A9",
                                       "https://a/x?u=http://b/"};
    static const char *const bad[] = {"",
                                      "http",
                                      "http:",
                                      "http://",
                                      "https:///x",
                                      "http:/a",
                                      "//a",
                                      "a",
                                      "a:80",
                                      "ftp://a",
                                      "file:///etc/passwd",
                                      "javascript:alert(1)",
                                      "data:text/html,x",
                                      "HTTP://a",
                                      " http://a",
                                      "http://a ",
                                      "http://a b",
                                      "http://a/b c",
                                      "http://u@a",
                                      "http://u:p@a/",
                                      "http://a@b",
                                      "http://a:80@b/",
                                      "http://a\\@b",
                                      "http://a\\b",
                                      "http://a/\\",
                                      "http://a:0",
                                      "http://a:",
                                      "http://a:65536",
                                      "http://a:x/",
                                      "http://-a",
                                      "http://a..b",
                                      "http://a_b/",
                                      "http://[::1",
                                      "http://[::g]/",
                                      "http://::1/",
                                      "http://caf\xc3\xa9/",
                                      "http://a/caf\xc3\xa9",
                                      "http://a/%",
                                      "http://a/%2",
                                      "http://a/%2g",
                                      "http://a/%g2",
                                      "http://a/<",
                                      "http://a/>",
                                      "http://a/\"",
                                      "http://a/`",
                                      "http://a/{}",
                                      "http://a/|",
                                      "http://a/^",
                                      "http://a/[x]",
                                      "http://%61/",
                                      "http://a/\xe2\x80\xae",
                                      "https:a",
                                      "httpss://a",
                                      "-http://a",
                                      "http://?x",
                                      "http://#x",
                                      "http://a;b/",
                                      "http://.",
                                      "http://a:8 0/"};

    ACCEPT(as_url, good);
    REFUSE(as_url, bad, "https://host.x:1/a?b#c");
    cap_is(as_url, "https://a/", "xyz", VALID_URL_MAX);
}

TEST(valid_user_is_printable_without_space_at_its_ends)
{
    static const char *const good[] = {
        "a",   "alice",       "robot$ci",     "a b",         "-a",        "a@b.c",
        "a:b", "caf\xc3\xa9", "\xe6\x97\xa5", "$oauthtoken", "00000000-0"};
    static const char *const bad[] = {"",
                                      " ",
                                      " a",
                                      "a ",
                                      "a\xc2\x85",
                                      "\xc2\xa0x",
                                      "a\xe3\x80\x80",
                                      "a\xe2\x80\xae",
                                      "a\xef\xbb\xbf",
                                      "a\xff",
                                      "a\xc3",
                                      "\xe2\x80\x83x",
                                      "\xe1\x9a\x80x",
                                      "x\xe2\x80\xaf"};

    ACCEPT(as_user, good);
    REFUSE(as_user, bad, "alice");
    cap_is(as_user, "", "abc", VALID_USER_MAX);
}

/* Every single byte in front of, inside and behind a good id: exactly the grammar's pass. */
TEST(valid_id_knows_every_byte)
{
    char text[VALID_ID_MAX + 1];

    for (int c = 0; c < 256; c++) {
        char front[] = {(char)c, 'a'}, back[] = {'a', (char)c};
        bool alnum = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
        bool more = c == '_' || c == '.' || c == '-';

        assert_int_equal(as_id(front, 2, text, NULL), alnum ? RC_OK : RC_DENIED);
        assert_int_equal(as_id(back, 2, text, NULL), alnum || more ? RC_OK : RC_DENIED);
    }
}

TEST(valid_sentences_do_not_repeat_the_bytes)
{
    static check_fn *const all[] = {as_id, as_image, as_host, as_domain, as_url, as_user};
    char text[VALID_URL_MAX + 1];
    struct fault why;

    for (size_t i = 0; i < countof(all); i++) {
        assert_int_equal(all[i]("%s zq\n", 6, text, &why), RC_DENIED);
        assert_null(strstr(why.text, "zq"));
        assert_null(strchr(why.text, '%'));
        assert_null(strchr(why.text, '\n'));
    }
}

SUITE(validate, T(valid_id_is_a_container_id_or_name),
      T(valid_image_is_registry_path_tag_and_digest), T(valid_image_keeps_the_limits_of_its_parts),
      T(valid_host_is_a_dns_name_or_a_bracketed_address_with_a_port), T(valid_host_keeps_its_cap),
      T(valid_domain_is_labels), T(valid_url_is_http_without_user_information),
      T(valid_user_is_printable_without_space_at_its_ends), T(valid_id_knows_every_byte),
      T(valid_sentences_do_not_repeat_the_bytes))
