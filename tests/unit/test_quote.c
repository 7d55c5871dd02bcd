/* test_quote.c - quoted words, and the proof that a real shell gives each of them back. */
#include "core/base/quote.h"
#include "tests/unit/fake.h"

static const char *quoted(struct buf *b, const char *word)
{
    buf_clear(b);
    assert_int_equal(quote_word(b, word), RC_OK);
    return buf_text(b);
}

TEST(quote_leaves_safe_words_and_quotes_all_others)
{
    static const struct {
        const char *word, *want;
    } rows[] = {
        {"web", "web"},
        {"/opt/a-b_c.d/docker", "/opt/a-b_c.d/docker"},
        {"user@host:80,%+=", "user@host:80,%+="},
        {"", "''"},
        {"~", "'~'"},
        {"a b", "'a b'"},
        {"$(id)", "'$(id)'"},
        {"`id`", "'`id`'"},
        {"a\nb", "'a\nb'"},
        {"\\", "'\\'"},
        {"it's", "'it'\\''s'"},
        {"'", "''\\'''"},
        {"\xc3\xa9", "'\xc3\xa9'"},
    };
    struct buf b;

    buf_init(&b, 256);
    for (size_t i = 0; i < countof(rows); i++)
        assert_string_equal(quoted(&b, rows[i].word), rows[i].want);
    buf_release(&b);
}

TEST(quote_paste_leaves_no_control_character)
{
    static const struct {
        const char *word, *want;
    } rows[] = {
        {"web", "web"},
        {"it's", "'it'\\''s'"},
        {"\xc3\xa9", "'\xc3\xa9'"},
        {"a\nb", "$'a\\012b'"},
        {"\x15it's \\", "$'\\025it\\047s \\134'"},
        {"\x7f"
         "1",
         "$'\\1771'"},
        {"\xff", "$'\\377'"},
        {"\xe2\x80\xae", "$'\\342\\200\\256'"},
    };
    struct buf b;

    buf_init(&b, 256);
    for (size_t i = 0; i < countof(rows); i++) {
        buf_clear(&b);
        assert_int_equal(quote_paste(&b, rows[i].word), RC_OK);
        assert_string_equal(buf_text(&b), rows[i].want);
    }
    buf_release(&b);
}

TEST(quote_stops_at_the_cap)
{
    struct buf b;

    buf_init(&b, 4);
    assert_int_equal(quote_word(&b, "a b"), RC_TOO_BIG);
    buf_clear(&b);
    assert_int_equal(quote_word(&b, "abcde"), RC_TOO_BIG);
    buf_release(&b);
}

static unsigned long draw(unsigned long *seed)
{
    *seed = *seed * 6364136223846793005UL + 1442695040888963407UL;
    return *seed >> 33;
}

/* Every byte but NUL, those that a shell gives a meaning to most often. */
static void random_word(unsigned long *seed, char *out, size_t max)
{
    static const char hard[] = "'\"\\$`!*?[]{}()<>|&;#~ \t\n\r=%-";
    size_t len = draw(seed) % max;

    for (size_t i = 0; i < len; i++)
        out[i] = draw(seed) % 3 > 0 ? hard[draw(seed) % (sizeof hard - 1)]
                                    : (char)(1 + draw(seed) % 255);
    out[len] = '\0';
}

enum { WORDS = 400, WORD_MAX = 60 };

/* A script of printf lines with a quoted word each; what they should print, in want. */
static size_t write_script(enum rc (*quote)(struct buf *, const char *), const char *path,
                           char *want)
{
    unsigned long seed = 7;
    size_t len = 0;
    struct buf b;
    FILE *f = fopen(path, "w");

    assert_non_null(f);
    buf_init(&b, 1024);
    for (int i = 0; i < WORDS; i++) {
        char word[WORD_MAX + 1];

        random_word(&seed, word, WORD_MAX);
        buf_clear(&b);
        assert_int_equal(quote(&b, word), RC_OK);
        fprintf(f, "printf '%%s\001' %s\n", buf_text(&b));
        memcpy(want + len, word, strlen(word));
        len += strlen(word);
        want[len++] = '\001';
    }
    assert_int_equal(fclose(f), 0);
    buf_release(&b);
    return len;
}

static void check_shell(const struct fake *f, enum rc (*quote)(struct buf *, const char *),
                        const char *shell)
{
    static char want[WORDS * (WORD_MAX + 1)];
    char path[SYS_PATH_MAX];
    struct cmd_call call = {.program = shell,
                            .argv = {shell, path},
                            .timeout_ms = FAKE_PATIENCE_MS,
                            .output_max = sizeof want + 1};
    struct fake_ran r;
    size_t len;

    snprintf(path, sizeof path, "%s/script", f->folder);
    len = write_script(quote, path, want);
    fake_run_call(f, &call, NULL, &r);
    assert_int_equal(r.rc, RC_OK);
    assert_int_equal(r.res.exit_code, 0);
    assert_int_equal(r.res.out.len, len);
    assert_memory_equal(r.res.out.data, want, len);
    child_result_release(&r.res);
}

TEST(quote_every_word_comes_back_through_a_shell)
{
    struct fake f;

    fake_open(&f, false);
    check_shell(&f, quote_word, "/bin/sh");
    check_shell(&f, quote_paste, "/bin/bash");
    fake_close(&f);
}

SUITE(quote, T(quote_paste_leaves_no_control_character),
      T(quote_leaves_safe_words_and_quotes_all_others), T(quote_stops_at_the_cap),
      T(quote_every_word_comes_back_through_a_shell))
