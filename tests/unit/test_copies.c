/* Which of the running programs of our name is another copy. */
#include "core/desktop/copies.h"
#include "tests/unit/unit.h"
#include <string.h>

static const char own[] = "/Applications/ContainerKit.app/Contents/MacOS/container-kit";

TEST(only_another_process_at_another_place_is_a_copy)
{
    const struct copy list[] = {
        {10, "/Applications/ContainerKit.app"},
        {11, "/Applications/ContainerKit.app"},
        {12, "/Applications/ContainerKit"},
        {13, "/Users/me/Downloads/ContainerKit.app"},
    };

    assert_null(copies_other(list, 0, 10, own));
    assert_null(copies_other(list, 2, 10, own));
    assert_ptr_equal(copies_other(list, 4, 10, own), &list[2]);
    assert_ptr_equal(copies_other(list, 4, 12, own), &list[3]);
}

TEST(a_copy_of_an_unknown_place_is_another_one)
{
    const struct copy list[] = {{11, ""}};
    char text[FAULT_TEXT_MAX];

    assert_ptr_equal(copies_other(list, 1, 10, own), &list[0]);
    copies_sentence(&list[0], text);
    assert_non_null(strstr(text, "its place is not known"));
}

TEST(the_sentence_shows_a_hostile_path_as_text)
{
    struct copy other = {11, "/Volumes/a\nb\xe2\x80\xae/ContainerKit.app"};
    char text[FAULT_TEXT_MAX];

    copies_sentence(&other, text);
    assert_non_null(strstr(text, "/ContainerKit.app. Only one"));
    assert_null(strchr(text, '\n'));
    assert_null(strstr(text, "\xe2\x80\xae"));
}

SUITE(copies, T(only_another_process_at_another_place_is_a_copy),
      T(a_copy_of_an_unknown_place_is_another_one), T(the_sentence_shows_a_hostile_path_as_text))
