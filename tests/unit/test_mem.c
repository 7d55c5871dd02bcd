/* test_mem.c - mem.h: zeroed memory, copies, arenas of any size and alignment. */
#include "core/base/mem.h"
#include "tests/unit/unit.h"
#include <stdio.h>
#include <string.h>

TEST(mem_new_is_zeroed_and_never_null)
{
    char *p = mem_new(1000);
    int *numbers = mem_new_array(100, sizeof *numbers);
    void *nothing = mem_new(0);

    for (size_t i = 0; i < 1000; i++)
        assert_int_equal(p[i], 0);
    for (size_t i = 0; i < 100; i++)
        assert_int_equal(numbers[i], 0);
    assert_non_null(nothing);
    mem_free(p);
    mem_free(numbers);
    mem_free(nothing);
    mem_free(NULL);
}

TEST(mem_grow_keeps_what_was_there)
{
    int *n = NULL;

    for (int i = 0; i < 1000; i++) {
        n = mem_grow(n, (size_t)i + 1, sizeof *n);
        n[i] = i;
    }
    for (int i = 0; i < 1000; i++)
        assert_int_equal(n[i], i);
    n = mem_grow(n, 0, sizeof *n);
    assert_non_null(n);
    mem_free(n);
}

TEST(mem_dup_puts_a_nul_behind_any_bytes)
{
    char *p = mem_dup("a\0bc", 3), *empty = mem_dup(NULL, 0), *text = mem_str("web");

    assert_memory_equal(p, "a\0b\0", 4);
    assert_string_equal(empty, "");
    assert_string_equal(text, "web");
    mem_free(p);
    mem_free(empty);
    mem_free(text);
}

TEST(arena_memory_is_zeroed_aligned_and_apart)
{
    struct arena a = {0};
    unsigned char *parts[400];

    for (size_t i = 0; i < countof(parts); i++) {
        (void)arena_str(&a, "x"); /* puts the next one off its alignment */
        parts[i] = arena_new(&a, i);
        assert_int_equal((uintptr_t)parts[i] % _Alignof(max_align_t), 0);
        for (size_t k = 0; k < i; k++)
            assert_int_equal(parts[i][k], 0);
        memset(parts[i], (int)(i & 0xff), i);
    }
    for (size_t i = 0; i < countof(parts); i++)
        for (size_t k = 0; k < i; k++)
            assert_int_equal(parts[i][k], i & 0xff);
    arena_release(&a);
}

TEST(arena_counts_what_it_handed_out)
{
    struct arena a = {0};

    (void)arena_new(&a, 100);
    (void)arena_new_array(&a, 3, 8);
    (void)arena_dup(&a, "abc", 3);
    assert_int_equal(a.used, 100 + 24 + 4);
    arena_release(&a);
    assert_int_equal(a.used, 0);
    assert_null(a.blocks);
    arena_release(&a);
    arena_release(NULL);
}

TEST(arena_takes_things_larger_than_a_block)
{
    struct arena a = {0};
    const size_t large = (size_t)3 * 1024 * 1024;
    const char *before = arena_str(&a, "before");
    char *big = arena_new(&a, large);
    const char *after = arena_str(&a, "after");

    memset(big, 'x', large);
    assert_string_equal(before, "before");
    assert_string_equal(after, "after");
    arena_release(&a);
}

TEST(arena_texts_keep_their_bytes)
{
    struct arena a = {0};
    const char *texts[2000];
    char name[32];

    for (int i = 0; i < 2000; i++)
        texts[i] = arena_print(&a, "container-%d", i);
    for (int i = 0; i < 2000; i++) {
        snprintf(name, sizeof name, "container-%d", i);
        assert_string_equal(texts[i], name);
    }
    assert_memory_equal(arena_dup(&a, "a\0b", 3), "a\0b\0", 4);
    assert_string_equal(arena_dup(&a, NULL, 0), "");
    arena_release(&a);
}

SUITE(mem, T(mem_new_is_zeroed_and_never_null), T(mem_grow_keeps_what_was_there),
      T(mem_dup_puts_a_nul_behind_any_bytes), T(arena_memory_is_zeroed_aligned_and_apart),
      T(arena_counts_what_it_handed_out), T(arena_takes_things_larger_than_a_block),
      T(arena_texts_keep_their_bytes))
