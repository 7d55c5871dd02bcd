/* Secrets: what goes in comes out, what it came from is wiped, and its pages are special. */
#include "core/base/secret.h"
#include "tests/unit/unit.h"
#include <stdio.h>
#include <string.h>

TEST(secret_keeps_bytes_and_not_text)
{
    static const char bytes[] = {'a', '\0', '\n', (char)0xff};
    struct secret *s = NULL, *twin = NULL;

    assert_int_equal(secret_new(bytes, sizeof bytes, &s, NULL), RC_OK);
    assert_int_equal(secret_len(s), sizeof bytes);
    assert_memory_equal(secret_bytes(s), bytes, sizeof bytes);
    twin = secret_copy(s);
    secret_free(s);
    assert_int_equal(secret_len(twin), sizeof bytes);
    assert_memory_equal(secret_bytes(twin), bytes, sizeof bytes);
    secret_free(twin);
    secret_free(NULL);
}

TEST(secret_wipes_what_it_was_taken_from_also_when_it_refuses)
{
    static char zeros[SECRET_MAX + 1], bytes[SECRET_MAX + 1];
    struct secret *s = NULL;
    struct fault why = {0};

    memset(bytes, 'x', sizeof bytes);
    assert_int_equal(secret_take(bytes, SECRET_MAX, &s, NULL), RC_OK);
    assert_memory_equal(bytes, zeros, SECRET_MAX);
    assert_int_equal(bytes[SECRET_MAX], 'x');
    assert_int_equal(secret_len(s), SECRET_MAX);
    secret_free(s);

    memset(bytes, 'x', sizeof bytes);
    assert_int_equal(secret_take(bytes, sizeof bytes, &s, &why), RC_TOO_BIG);
    assert_null(s);
    assert_memory_equal(bytes, zeros, sizeof bytes);
    assert_null(strstr(why.text, "xx"));
    assert_int_equal(secret_take(bytes, 0, &s, NULL), RC_DENIED);
    assert_null(s);
}

/* The line of flags that the kernel has for the page of p; false where it tells none. */
static bool page_flags(const void *p, char out[256])
{
    unsigned long from = 0, to = 0, at = (unsigned long)p;
    FILE *in = fopen("/proc/self/smaps", "r");
    bool is_it = false;

    out[0] = '\0';
    while (in != NULL && fgets(out, 256, in) != NULL) {
        if (sscanf(out, "%lx-%lx ", &from, &to) == 2)
            is_it = from <= at && at < to;
        else if (is_it && strncmp(out, "VmFlags:", 8) == 0)
            break;
        out[0] = '\0';
    }
    if (in != NULL)
        fclose(in);
    return out[0] != '\0';
}

TEST(secret_lies_on_pages_that_no_core_file_and_no_swap_gets)
{
    char flags[256];
    struct secret *s = NULL;

    if (!page_flags(flags, flags))
        skip(); /* not a Linux */
    assert_null(strstr(flags, " dd"));
    assert_int_equal(secret_new("hush", 4, &s, NULL), RC_OK);
    assert_true(page_flags(secret_bytes(s), flags));
    assert_non_null(strstr(flags, " dd"));                          /* not in a dump */
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__) /* they lock nothing */
    assert_non_null(strstr(flags, " lo"));
#endif
    assert_null(strstr(flags, " wr")); /* cannot be written */
    secret_free(s);
}

SUITE(secret, T(secret_keeps_bytes_and_not_text),
      T(secret_wipes_what_it_was_taken_from_also_when_it_refuses),
      T(secret_lies_on_pages_that_no_core_file_and_no_swap_gets))
