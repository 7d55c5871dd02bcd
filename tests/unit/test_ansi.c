/* test_ansi.c - what a program wrote for a terminal as lines, each row also cut at every byte. */
#include "core/base/buf.h"
#include "core/base/utf8.h"
#include "core/logs/ansi.h"
#include "tests/unit/unit.h"
#include <string.h>

/* Lines as one text: "<R:red>" is a span, upper case for bold; "|" ends a line. */
static void tell(void *ctx, const struct line *line)
{
    static const char names[PALETTE_COUNT] = {'t', 'q', 'r', 'g', 'y', 'b', 'm', 'c'};
    struct buf *out = ctx;
    size_t at = 0;

    assert_int_equal(strlen(line->text), line->len);
    for (size_t i = 0; i < line->span_count; i++) {
        const struct line_span *s = &line->spans[i];
        char name = names[s->colour];

        assert_true(s->at >= at && s->len > 0 && s->at + s->len <= line->len);
        assert_int_equal(buf_add(out, line->text + at, s->at - at), RC_OK);
        assert_int_equal(buf_print(out, "<%c:%.*s>", s->bold ? name - 'a' + 'A' : name, (int)s->len,
                                   line->text + s->at),
                         RC_OK);
        at = s->at + s->len;
    }
    assert_int_equal(buf_add(out, line->text + at, line->len - at), RC_OK);
    assert_int_equal(buf_text_add(out, "|"), RC_OK);
}

/* As two pieces, the first of `cut` bytes. */
static void check(const char *text, size_t len, size_t cut, const char *want)
{
    struct ansi *a = ansi_new();
    struct buf out;

    buf_init(&out, (size_t)1 << 20);
    ansi_feed(a, text, cut, tell, &out);
    ansi_feed(a, text + cut, len - cut, tell, &out);
    ansi_end(a, tell, &out);
    assert_string_equal(buf_text(&out), want);
    buf_release(&out);
    ansi_free(a);
}

static void check_all(const char *text, const char *want)
{
    for (size_t cut = 0; cut <= strlen(text); cut++)
        check(text, strlen(text), cut, want);
}

TEST(ansi_makes_lines_of_text)
{
    static const struct {
        const char *text, *want;
    } rows[] = {
        {"", ""},
        {"one\ntwo\n", "one|two|"},
        {"no newline", "no newline|"},
        {"\n\nblank\n", "||blank|"},
        {"windows\r\n", "windows|"},
        {"10%\r20%\r100%\n", "100%|"},
        {"50%\r", "50%|"},
        {"a\tb\n", "a\tb|"},
        {"bell\a back\b null\x01 del\x7f.\n", "bell back null del.|"},
        {"\xc3\xa4\xe2\x82\xac\xf0\x9f\x90\xb3\n", "\xc3\xa4\xe2\x82\xac\xf0\x9f\x90\xb3|"},
        {"bad \xff\xc3.\xe2\x82.\n", "bad \xef\xbf\xbd\xef\xbf\xbd.\xef\xbf\xbd\xef\xbf\xbd.|"},
        {"cut \xf0\x9f\x90", "cut \xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd|"},
        {"\xed\xa0\x80\n", "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd|"},
        {"c1 \xc2\x85.\n", "c1 .|"},
        {"turn \xe2\x80\xaegnp.exe\n", "turn \\u{202E}gnp.exe|"},
    };

    for (size_t i = 0; i < countof(rows); i++)
        check_all(rows[i].text, rows[i].want);
}

TEST(ansi_keeps_colours_and_weight)
{
    static const struct {
        const char *text, *want;
    } rows[] = {
        {"\x1b[31mred\x1b[0m plain\n", "<r:red> plain|"},
        {"\x1b[1;32mok\x1b[m.\n", "<G:ok>.|"},
        {"\x1b[1mbold\x1b[22m not\n", "<T:bold> not|"},
        {"\x1b[2mfaint\x1b[22m not\n", "<q:faint> not|"},
        {"\x1b[90mgrey\x1b[39m \x1b[96mcyan\n", "<q:grey> <c:cyan>|"},
        {"\x1b[30mblack\x1b[37mwhite\n", "blackwhite|"},
        {"\x1b[33mover\nlines\x1b[0m\n", "<y:over>|<y:lines>|"},
        {"\x1b[38;5;196mr\x1b[38;5;21mb\x1b[38;5;244mq\n", "<r:r><b:b><q:q>|"},
        {"\x1b[38;5;9mr\x1b[38;5;8mq\x1b[38;5;231mw\n", "<r:r><q:q>w|"},
        {"\x1b[38;2;220;20;200mm\x1b[38:2:10:200:40mg\n", "<m:m><g:g>|"},
        {"\x1b[48;5;196mback\x1b[41;34mblue\n", "back<b:blue>|"},
        {"\x1b[58;5;1mline\x1b[58;2;31;32;1mline\n", "lineline|"}, /* under the text */
        {"\x1b[7minverse\x1b[8mhidden\n", "inversehidden|"},
        {"\x1b[;31mred\n", "<r:red>|"},
        {"\x1b[31;mnone\n", "none|"},
        {"\x1b[38mnone\x1b[38;5mnone\x1b[38;7;1mnone\n", "nonenonenone|"},
        {"\x1b[31m\x1b[1m\x1b[22mr\x1b[31ms\n", "<r:rs>|"},
        {"\x1b[31mgone\r\x1b[0mhere\n", "here|"},
        {"\x1b[999999999999;31mred\n", "<r:red>|"},
    };

    for (size_t i = 0; i < countof(rows); i++)
        check_all(rows[i].text, rows[i].want);
}

TEST(ansi_drops_all_other_sequences)
{
    static const struct {
        const char *text, *want;
    } rows[] = {
        {"\x1b[2K\x1b[1Gtext\x1b[10;3H.\n", "text.|"},
        {"\x1b[?25lcursor\x1b[?25h\n", "cursor|"},
        {"\x1b[>4;1mnot a colour\n", "not a colour|"},
        {"\x1b[?31mnot a colour\n", "not a colour|"},
        {"\x1b]0;a title\x07text\n", "text|"},
        {"\x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\.\n", "link.|"},
        {"\x1bP1$r\xc3\xa4\x1b\\text\n", "text|"},
        {"\x1b]0;no end\x1b[31mred\n", "<r:red>|"},
        {"\x1b]0;no end\nnext\n", "|next|"},
        {"\x1b[31\nnext\n", "|next|"},
        {"\x1b(Btext\x1b=\x1b"
         "7.\n",
         "text.|"},
        {"\x1b[3\x18"
         "1m\n",
         "1m|"},
        {"\x1b\xc3\xa4.\n", "\xc3\xa4.|"},
    };

    for (size_t i = 0; i < countof(rows); i++)
        check_all(rows[i].text, rows[i].want);
}

struct counted {
    size_t lines, bytes, longest;
};

static void count(void *ctx, const struct line *line)
{
    struct counted *c = ctx;

    c->lines++;
    c->bytes += line->len;
    c->longest = line->len > c->longest ? line->len : c->longest;
    assert_true(line->span_count <= LINE_SPANS_MAX);
}

TEST(ansi_goes_on_with_a_long_line_as_further_ones)
{
    struct ansi *a = ansi_new();
    struct counted c = {0};

    for (size_t i = 0; i < 5 * LINE_TEXT_MAX; i++)
        ansi_feed(a, "x", 1, count, &c);
    ansi_end(a, count, &c);
    assert_int_equal(c.lines, 5);
    assert_int_equal(c.bytes, 5 * LINE_TEXT_MAX);
    assert_int_equal(c.longest, LINE_TEXT_MAX);
    ansi_free(a);
}

TEST(ansi_has_a_limit_of_spans)
{
    struct ansi *a = ansi_new();
    struct counted c = {0};

    for (size_t i = 0; i < 2 * LINE_SPANS_MAX; i++)
        ansi_feed(a, "\x1b[31mr\x1b[32mg", 12, count, &c);
    ansi_feed(a, "\n", 1, count, &c);
    assert_int_equal(c.lines, 1);
    ansi_free(a);
}

SUITE(ansi, T(ansi_makes_lines_of_text), T(ansi_keeps_colours_and_weight),
      T(ansi_drops_all_other_sequences), T(ansi_goes_on_with_a_long_line_as_further_ones),
      T(ansi_has_a_limit_of_spans))
