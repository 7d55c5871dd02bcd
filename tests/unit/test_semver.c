/* test_semver.c - semver.h: what passes, what is refused and how versions are ordered. The long
 * lists are in tests/update/vectors.py. */
#include "core/base/mem.h"
#include "core/update/semver.h"
#include "tests/unit/unit.h"
#include <string.h>

static struct semver version(const char *text)
{
    struct semver v;
    struct refusal why = {0};

    if (semver_read(text, strlen(text), &v, &why) != RC_OK)
        fail_msg("%s: %s", text, why.fault.text);
    return v;
}

static int compare(const char *a, const char *b)
{
    struct semver x = version(a), y = version(b);

    assert_int_equal(semver_compare(&x, &y), -semver_compare(&y, &x));
    return semver_compare(&x, &y);
}

/* The bytes lie at the end of an allocation of their own, so that the sanitizer sees one too far.
 */
static void refused(const char *text, size_t len)
{
    struct semver v;
    struct refusal why = {0};
    char *exact = mem_new(len);

    memset(&v, 'x', sizeof v);
    memcpy(exact, text, len);
    if (semver_read(exact, len, &v, &why) != RC_DENIED)
        fail_msg("accepted: %.*s", (int)len, text);
    assert_int_equal(why.class, REFUSAL_VERSION);
    assert_true(why.fault.text[0] != '\0');
    assert_string_equal(v.text, "");
    mem_free(exact);
}

TEST(semver_orders_as_the_specification_does)
{
    assert_int_equal(compare("1.0.0", "1.0.0"), 0);
    assert_int_equal(compare("1.9.0", "1.10.0"), -1);
    assert_int_equal(compare("1.0.0-rc.1", "1.0.0"), -1);
    assert_int_equal(compare("1.0.0-2", "1.0.0-10"), -1);
    assert_int_equal(compare("1.0.0-10", "1.0.0-a"), -1);
    assert_int_equal(compare("1.0.0-a", "1.0.0-a.0"), -1);
    assert_int_equal(compare("1.0.0-B", "1.0.0-a"), -1);
    assert_int_equal(compare("1.0.0-99999999999999999999", "1.0.0-100000000000000000000"), -1);
    assert_int_equal(compare("0.0.18446744073709551615", "0.0.18446744073709551614"), 1);
}

TEST(semver_build_metadata_makes_nothing_newer_but_is_not_the_same)
{
    struct semver a = version("1.0.0+1"), b = version("1.0.0+2"), c = version("1.0.0+1");

    assert_int_equal(semver_compare(&a, &b), 0);
    assert_false(semver_same(&a, &b));
    assert_true(semver_same(&a, &c));
}

TEST(semver_refuses_what_is_only_nearly_one)
{
    static const char *const bad[] = {"1.2",        "1.2.3.4",
                                      "01.2.3",     "1.2.3-01",
                                      "1.2.3-",     "1.2.3+",
                                      "v1.2.3",     "1.2.3 ",
                                      "1.2.3-a..b", "1.2.3+a+b",
                                      "1..3",       "-1.2.3",
                                      "1.2.3-_",    "18446744073709551616.0.0"};
    char longer[SEMVER_MAX + 2] = "1.2.3-";

    refused("", 0);
    refused("1.2.3\0", 6);
    for (size_t i = 0; i < countof(bad); i++)
        refused(bad[i], strlen(bad[i]));
    memset(longer + 6, 'a', SEMVER_MAX + 1 - 6);
    refused(longer, SEMVER_MAX + 1);
    longer[SEMVER_MAX] = '\0';
    assert_string_equal(version(longer).text, longer);
}

TEST(semver_of_a_tag_has_at_most_one_v)
{
    struct semver v, plain = version("1.2.0");

    assert_int_equal(semver_read_tag("v1.2.0", 6, &v, NULL), RC_OK);
    assert_true(semver_same(&v, &plain));
    assert_int_equal(semver_read_tag("1.2.0", 5, &v, NULL), RC_OK);
    assert_int_equal(semver_read_tag("vv1.2.0", 7, &v, NULL), RC_DENIED);
    assert_int_equal(semver_read_tag("V1.2.0", 6, &v, NULL), RC_DENIED);
    assert_int_equal(semver_read_tag("v", 1, &v, NULL), RC_DENIED);
}

SUITE(semver, T(semver_orders_as_the_specification_does),
      T(semver_build_metadata_makes_nothing_newer_but_is_not_the_same),
      T(semver_refuses_what_is_only_nearly_one), T(semver_of_a_tag_has_at_most_one_v))
