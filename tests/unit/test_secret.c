/* Secrets: what goes in comes out, what it came from is wiped, and its pages are special. */
#include "core/base/secret.h"
#include "tests/unit/unit.h"
#include <stdio.h>
#include <string.h>
#include <unistd.h>

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

/* What secret_read() makes of these bytes in a pipe; NULL if it is none. */
static struct secret *piped(const char *bytes, size_t len, enum rc want)
{
    struct secret *s = NULL;
    int fds[2];

    assert_int_equal(pipe(fds), 0);
    assert_int_equal(write(fds[1], bytes, len), len);
    close(fds[1]);
    assert_int_equal(secret_read(fds[0], &s, NULL), want);
    close(fds[0]);
    return s;
}

static void piped_is(const char *bytes, const char *want)
{
    struct secret *s = piped(bytes, strlen(bytes), RC_OK);

    assert_int_equal(secret_len(s), strlen(want));
    assert_memory_equal(secret_bytes(s), want, strlen(want));
    secret_free(s);
}

TEST(secret_is_read_to_the_end_without_the_last_line_end)
{
    static char long_one[SECRET_MAX + 4];

    piped_is("hush", "hush");
    piped_is("hush\n", "hush");
    piped_is("hush\r\n", "hush");
    piped_is(" hush\r", " hush\r");
    piped_is("a\nb\n\n", "a\nb\n");
    assert_null(piped("", 0, RC_DENIED));
    assert_null(piped("\n", 1, RC_DENIED));
    memset(long_one, 'x', sizeof long_one);
    assert_null(piped(long_one, sizeof long_one, RC_TOO_BIG));
    assert_null(piped(long_one, SECRET_MAX + 1, RC_TOO_BIG));
    long_one[SECRET_MAX] = '\n';
    secret_free(piped(long_one, SECRET_MAX + 1, RC_OK));
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
    char flags[256] = "";
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
      T(secret_is_read_to_the_end_without_the_last_line_end),
      T(secret_lies_on_pages_that_no_core_file_and_no_swap_gets))
