/* test_notes.c - release notes as plain text: what is dropped, kept and cut (row 34). */
#include "core/update/notes.h"
#include "tests/unit/unit.h"
#include <string.h>

TEST(row_34_notes_show_nothing_that_hides_or_reorders)
{
    static const struct {
        const char *text, *want;
    } rows[] = {
        {NULL, ""},
        {"", ""},
        {"One line.", "One line."},
        {"A\nB", "A\nB"},
        {"A\r\nB\r\n", "A\nB"},
        {"\n\n  \nA\n\n\n\nB  \n \n", "A\n\nB"},
        {"- one\n  - two\ttabbed", "- one\n  - two tabbed"},
        {"Gr\xc3\xbc\xc3\x9f"
         "e \xe6\x97\xa5\xe6\x9c\xac \xf0\x9f\x8e\x89",
         "Gr\xc3\xbc\xc3\x9f"
         "e \xe6\x97\xa5\xe6\x9c\xac \xf0\x9f\x8e\x89"},
        {"\x1b[31mred\x1b[0m\x07", "[31mred[0m"},
        {"a\x7f\xc2\x9b"
         "b",
         "ab"},
        {"a\xe2\x80\xae"
         "b\xe2\x80\xac\xe2\x81\xa6"
         "c\xe2\x81\xa9\xe2\x80\x8e\xe2\x80\x8f"
         "d",
         "abcd"},
        {"a\xe2\x80\xa8"
         "b\xe2\x80\xa9"
         "c",
         "a\nb\nc"},
        {"a\xff\xc3"
         "b\xed\xa0\x80"
         "c",
         "abc"},
        {"<b>x</b> [y](https://z)", "<b>x</b> [y](https://z)"},
    };
    struct arena a = {0};

    for (size_t i = 0; i < countof(rows); i++)
        assert_string_equal(notes_plain(&a, rows[i].text), rows[i].want);
    arena_release(&a);
}

TEST(row_34_notes_are_cut_between_two_characters)
{
    static char text[4 * NOTES_MAX];
    struct arena a = {0};
    const char *out;

    memset(text, 'x', NOTES_MAX - 3);
    assert_int_equal(strlen(notes_plain(&a, text)), NOTES_MAX - 3);
    for (size_t i = 0; i + 3 < sizeof text; i += 3)
        memcpy(text + i, "\xe2\x82\xac", 3);
    out = notes_plain(&a, text);
    assert_in_range(strlen(out), NOTES_MAX - 6, NOTES_MAX);
    assert_string_equal(out + strlen(out) - 6, "\xe2\x82\xac\xe2\x80\xa6");
    arena_release(&a);
}

SUITE(notes, T(row_34_notes_show_nothing_that_hides_or_reorders),
      T(row_34_notes_are_cut_between_two_characters))
