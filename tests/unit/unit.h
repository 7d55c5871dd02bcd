/* unit.h - the unit tests: cmocka, one file per module, all in one binary.
 *
 *     TEST(buf_keeps_its_cap) { ... assert_int_equal(...) }
 *     SUITE(buf, T(buf_keeps_its_cap), T(...))      -- last line of tests/unit/test_buf.c
 *
 * A test's name says the fact. The binary plays child processes itself where a test needs one
 * (see fake.h); it hands "--leash" to leash_main(). */
#ifndef TESTS_UNIT_UNIT_H
#define TESTS_UNIT_UNIT_H
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* cmocka needs the four above first */
#include <cmocka.h>

#define TEST(name) static void name(void **state __attribute__((unused)))
#define T(name) cmocka_unit_test(name)
#define SUITE(name, ...)                                                                           \
    int suite_##name(void);                                                                        \
    int suite_##name(void)                                                                         \
    {                                                                                              \
        const struct CMUnitTest tests[] = {__VA_ARGS__};                                           \
        return cmocka_run_group_tests_name(#name, tests, NULL, NULL);                              \
    }

#endif
