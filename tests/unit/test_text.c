/* test_text.c - text.h: what is shown is what was meant, and never longer than asked for. */
#include "core/base/text.h"
#include "core/base/utf8.h"
#include "tests/unit/unit.h"
#include <stdio.h>
#include <string.h>

struct pair {
    const char *in, *out;
};

TEST(text_safe_escapes_what_could_deceive)
{
    static const struct pair rows[] = {
        {"", ""},
        {"web-1", "web-1"},
        {"caf\xc3\xa9 \xe6\x97\xa5 \xf0\x9f\x90\xb3", "caf\xc3\xa9 \xe6\x97\xa5 \xf0\x9f\x90\xb3"},
        {"\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d", "\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d"}, /* Hebrew */
        {"a\nb\tc\rd", "a\\x0Ab\\x09c\\x0Dd"},
        {"\x1b[31m", "\\x1B[31m"},
        {"\x7f", "\\x7F"},
        {"\xc2\x80\xc2\x9f\xc2\xa0", "\\u{80}\\u{9F}\xc2\xa0"},
        {"\xe2\x80\x8b|\xe2\x80\x8f", "\\u{200B}|\\u{200F}"},
        {"\xe2\x80\xa8|\xe2\x80\xa9", "\\u{2028}|\\u{2029}"},
        {"exe\xe2\x80\xaegpj", "exe\\u{202E}gpj"},
        {"\xe2\x81\xa0|\xe2\x81\xa9", "\\u{2060}|\\u{2069}"},
        {"\xef\xbb\xbf", "\\u{FEFF}"},
        /* the neighbours of those ranges stay */
        {"\xe2\x80\x8a\xe2\x80\x90\xe2\x80\xa7\xe2\x80\xaf\xe2\x81\x9f\xe2\x81\xaa",
         "\xe2\x80\x8a\xe2\x80\x90\xe2\x80\xa7\xe2\x80\xaf\xe2\x81\x9f\xe2\x81\xaa"},
        /* broken: lone continuation, cut short, overlong, surrogate, too large, never legal */
        {"\x80", "\\x80"},
        {"a\xc3", "a\\xC3"},
        {"\xe2\x82", "\\xE2\\x82"},
        {"\xe2\x28\xa1", "\\xE2(\\xA1"},
        {"\xc0\xaf", "\\xC0\\xAF"},
        {"\xe0\x80\xaf", "\\xE0\\x80\\xAF"},
        {"\xf0\x80\x80\xaf", "\\xF0\\x80\\x80\\xAF"},
        {"\xed\xa0\x80", "\\xED\\xA0\\x80"},
        {"\xf4\x90\x80\x80", "\\xF4\\x90\\x80\\x80"},
        {"\xff\xfe", "\\xFF\\xFE"},
        {"\xf4\x8f\xbf\xbf", "\xf4\x8f\xbf\xbf"},
    };
    struct arena a = {0};

    for (size_t i = 0; i < countof(rows); i++)
        assert_string_equal(text_safe(&a, rows[i].in), rows[i].out);
    arena_release(&a);
}

TEST(text_short_cuts_in_the_middle)
{
    static const struct {
        const char *in;
        size_t max;
        const char *out;
    } rows[] = {
        {"", 5, ""},
        {"abcde", 5, "abcde"},
        {"abcdef", 5,
         "ab\xe2\x80\xa6"
         "ef"},
        {"abcdefgh", 6, "abc\xe2\x80\xa6gh"},
        {"\xc3\xa4\xc3\xb6\xc3\xbc\xc3\x9f\xc3\xa4\xc3\xb6", 5,
         "\xc3\xa4\xc3\xb6\xe2\x80\xa6\xc3\xa4\xc3\xb6"},
        /* an escape has four characters and stays whole or goes */
        {"a\nbcdefg", 5,
         "a\xe2\x80\xa6"
         "fg"},
        {"a\nb", 6, "a\\x0Ab"},
        {"ab\ncdefghijk", 9, "ab\xe2\x80\xa6hijk"},
        {"\n\n\n", 9, "\\x0A\xe2\x80\xa6\\x0A"},
        {"\xe2\x80\xae\xe2\x80\xae", 5, "\xe2\x80\xa6"},
    };
    struct arena a = {0};

    for (size_t i = 0; i < countof(rows); i++)
        assert_string_equal(text_short(&a, rows[i].in, rows[i].max), rows[i].out);
    arena_release(&a);
}

static size_t characters(const char *text)
{
    size_t n = 0, len = strlen(text);
    uint32_t cp = 0;

    for (size_t i = 0; i < len; n++) {
        size_t step = utf8_next(text + i, len - i, &cp);

        assert_true(step > 0);
        i += step;
    }
    return n;
}

TEST(text_short_is_valid_and_short_for_any_bytes)
{
    struct arena a = {0};
    uint32_t seed = 12345;
    char in[64];

    for (int round = 0; round < 3000; round++) {
        size_t len = 0, max = 0;
        const char *out = NULL;

        for (len = 0; len < sizeof in - 1; len++) {
            seed = seed * 1664525U + 1013904223U;
            in[len] = (char)(1 + (seed >> 24) % 255);
            if ((seed >> 8) % 40 == 0)
                break;
        }
        in[len] = '\0';
        max = 5 + (seed >> 16) % 30;
        out = text_short(&a, in, max);
        assert_true(text_is_utf8(out, strlen(out)));
        assert_true(characters(out) <= max);
        assert_string_equal(text_safe(&a, out), out);
    }
    arena_release(&a);
}

TEST(text_first_line_finds_the_sentence)
{
    static const struct pair rows[] = {
        {"", ""},
        {"\n\n  \n", ""},
        {"-----\n***\n", ""},
        {"Error: no such container: web\n", "Error: no such container: web"},
        {"\n  Error: x  \r\nmore\n", "Error: x"},
        {"one\rtwo", "one"},
        {"---\nsays it\n", "says it"},
        {"a\x1b[0m", "a\\x1B[0m"},
        {"time=\"2024-05-01T10:00:00Z\" level=warning msg=\"cgroups\"\nError: no such object\n",
         "Error: no such object"},
        {"time=\"2024-05-01T10:00:00Z\" level=error msg=\"no\"\nlater\n",
         "time=\"2024-05-01T10:00:00Z\" level=error msg=\"no\""},
        {"time=\"1\" level=warning msg=\"only this\"\n",
         "time=\"1\" level=warning msg=\"only this\""},
        {"\xe6\x97\xa5\xe6\x9c\xac\n", "\xe6\x97\xa5\xe6\x9c\xac"},
    };
    struct arena a = {0};

    for (size_t i = 0; i < countof(rows); i++)
        assert_string_equal(text_first_line(&a, rows[i].in, strlen(rows[i].in), 60), rows[i].out);
    arena_release(&a);
}

TEST(text_first_line_prefers_a_sentence_to_a_cut)
{
    static const char in[] = "Cannot connect to the Docker daemon. Is the docker daemon running?";
    struct arena a = {0};

    assert_string_equal(text_first_line(&a, in, sizeof in - 1, 200), in);
    assert_string_equal(text_first_line(&a, in, sizeof in - 1, 40),
                        "Cannot connect to the Docker daemon.");
    assert_int_equal(characters(text_first_line(&a, in, sizeof in - 1, 20)), 20);
    arena_release(&a);
}

TEST(text_first_line_reads_only_the_bytes_it_was_given)
{
    struct arena a = {0};
    const char in[] = {'a', '\0', 'b', 'c'};

    assert_string_equal(text_first_line(&a, in, 3, 60), "a\\x00b");
    assert_string_equal(text_first_line(&a, NULL, 0, 60), "");
    arena_release(&a);
}

TEST(text_is_utf8_is_strict)
{
    static const char *const good[] = {"",
                                       "a",
                                       "\xc2\x80",
                                       "\xe0\xa0\x80",
                                       "\xf0\x90\x80\x80",
                                       "\xf4\x8f\xbf\xbf",
                                       "\xed\x9f\xbf\xee\x80\x80"};
    static const char *const bad[] = {"\x80",
                                      "\xc1\xbf",
                                      "\xe0\x9f\xbf",
                                      "\xf0\x8f\xbf\xbf",
                                      "\xf4\x90\x80\x80",
                                      "\xed\xa0\x80",
                                      "\xed\xbf\xbf",
                                      "\xf5\x80\x80\x80",
                                      "a\xc3",
                                      "\xe2\x82",
                                      "\xf0\x9f\x90"};

    for (size_t i = 0; i < countof(good); i++)
        assert_true(text_is_utf8(good[i], strlen(good[i])));
    for (size_t i = 0; i < countof(bad); i++)
        assert_false(text_is_utf8(bad[i], strlen(bad[i])));
    assert_false(text_is_utf8("\xc3\xa9", 1));
    assert_true(text_is_utf8("a\0b", 3));
}

TEST(text_unbroken_ends_where_a_line_may)
{
    static const struct {
        const char *text, *pieces;
    } rows[] = {
        {"two words", "two| |words"},
        {"caf\xc3\xa9\xc2\xa0: na\xc3\xafve", "caf\xc3\xa9\xc2\xa0:| |na\xc3\xafve"},
        {"あとで。", "あ|と|で。"},
        {"DockerとPodmanは（base64）", "Docker|と|Podman|は|（base64）"},
        {"点按“刷新”即可", "点|按|“刷|新”|即|可"},
        {"サーバへの", "サー|バ|へ|の"},
        {"\xff\xff x", "\xff\xff| |x"},
    };

    for (size_t i = 0; i < countof(rows); i++) {
        size_t len = strlen(rows[i].text), n = 0;
        char got[100] = "";

        for (size_t at = 0; at < len; at += n) {
            n = text_unbroken(rows[i].text + at, len - at);
            n = n > 0 ? n : 1; /* a space */
            snprintf(got + strlen(got), sizeof got - strlen(got), "%s%.*s", at > 0 ? "|" : "",
                     (int)n, rows[i].text + at);
        }
        assert_string_equal(got, rows[i].pieces);
    }
}

TEST(text_markup_leaves_no_mark)
{
    struct arena a = {0};

    assert_string_equal(text_markup(&a, "a<b>&lt;\xc3\xa9"), "a&lt;b&gt;&amp;lt;\xc3\xa9");
    assert_string_equal(text_markup(&a, ""), "");
    assert_string_equal(text_markup(&a, "&&"), "&amp;&amp;");
    arena_release(&a);
}

SUITE(text, T(text_markup_leaves_no_mark), T(text_safe_escapes_what_could_deceive),
      T(text_short_cuts_in_the_middle), T(text_short_is_valid_and_short_for_any_bytes),
      T(text_first_line_finds_the_sentence), T(text_first_line_prefers_a_sentence_to_a_cut),
      T(text_first_line_reads_only_the_bytes_it_was_given), T(text_is_utf8_is_strict),
      T(text_unbroken_ends_where_a_line_may))
