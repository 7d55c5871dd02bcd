/* test_buf.c - buf.h: growth, the cap, and the NUL that is always there. */
#include "core/base/buf.h"
#include "tests/unit/unit.h"
#include <string.h>

TEST(buf_is_an_empty_text_before_it_grows)
{
    struct buf b, zero = {0};

    buf_init(&b, 10);
    assert_string_equal(buf_text(&b), "");
    assert_null(b.data);
    buf_clear(&b);
    assert_int_equal(buf_add(&b, NULL, 0), RC_OK);
    assert_string_equal(buf_text(&b), "");
    buf_release(&b);
    buf_release(&zero);
    buf_release(NULL);
}

TEST(buf_keeps_its_cap_to_the_byte)
{
    struct buf b;

    buf_init(&b, 5);
    assert_int_equal(buf_text_add(&b, "abc"), RC_OK);
    assert_int_equal(buf_text_add(&b, "def"), RC_TOO_BIG);
    assert_string_equal(buf_text(&b), "abc");
    assert_int_equal(buf_text_add(&b, "de"), RC_OK);
    assert_int_equal(buf_add(&b, "x", 1), RC_TOO_BIG);
    assert_int_equal(buf_add(&b, "x", SIZE_MAX), RC_TOO_BIG);
    assert_int_equal(b.len, 5);
    assert_true(b.size <= 6);
    buf_release(&b);
}

TEST(buf_print_over_the_cap_adds_nothing)
{
    struct buf b;

    buf_init(&b, 8);
    assert_int_equal(buf_print(&b, "%d-%s", 12, "ab"), RC_OK);
    assert_int_equal(buf_print(&b, "%s", "1234"), RC_TOO_BIG);
    assert_string_equal(buf_text(&b), "12-ab");
    assert_int_equal(buf_print(&b, "%s", "123"), RC_OK);
    assert_string_equal(buf_text(&b), "12-ab123");
    buf_release(&b);
}

TEST(buf_holds_many_bytes_and_any_of_them)
{
    struct buf b;
    char byte = 0;

    buf_init(&b, 1024 * 1024);
    for (size_t i = 0; i < 100000; i++) {
        byte = (char)(i % 251);
        assert_int_equal(buf_add(&b, &byte, 1), RC_OK);
        assert_int_equal(b.data[b.len], '\0');
    }
    assert_int_equal(b.len, 100000);
    for (size_t i = 0; i < b.len; i++)
        assert_int_equal((unsigned char)b.data[i], i % 251);
    buf_release(&b);
}

TEST(buf_drop_removes_from_the_front)
{
    struct buf b;

    buf_init(&b, 100);
    buf_drop(&b, 0);
    assert_int_equal(buf_text_add(&b, "line one\nrest"), RC_OK);
    buf_drop(&b, 9);
    assert_string_equal(buf_text(&b), "rest");
    buf_drop(&b, 4);
    assert_string_equal(buf_text(&b), "");
    assert_int_equal(b.len, 0);
    buf_release(&b);
}

TEST(buf_clear_keeps_the_memory_and_release_keeps_the_cap)
{
    struct buf b;
    char *before = NULL;

    buf_init(&b, 4);
    assert_int_equal(buf_text_add(&b, "abcd"), RC_OK);
    before = b.data;
    buf_clear(&b);
    assert_string_equal(buf_text(&b), "");
    assert_int_equal(b.len, 0);
    assert_ptr_equal(b.data, before);
    buf_release(&b);
    assert_null(b.data);
    assert_int_equal(buf_text_add(&b, "abcde"), RC_TOO_BIG);
    assert_int_equal(buf_text_add(&b, "abcd"), RC_OK);
    buf_release(&b);
}

SUITE(buf, T(buf_is_an_empty_text_before_it_grows), T(buf_keeps_its_cap_to_the_byte),
      T(buf_print_over_the_cap_adds_nothing), T(buf_holds_many_bytes_and_any_of_them),
      T(buf_drop_removes_from_the_front), T(buf_clear_keeps_the_memory_and_release_keeps_the_cap))
