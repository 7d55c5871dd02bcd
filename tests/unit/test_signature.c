/* test_signature.c - the words of a requirement; nothing but names gets into them. */
#include "core/base/signature.h"
#include "tests/unit/unit.h"
#include <string.h>

TEST(signature_requirement_names_team_and_program)
{
    char out[SIGNATURE_REQUIREMENT_MAX];

    assert_int_equal(signature_requirement("ABCDE12345", NULL, out, NULL), RC_OK);
    assert_string_equal(out,
                        "anchor apple generic and certificate leaf[subject.OU] = \"ABCDE12345\"");
    assert_int_equal(signature_requirement("ABCDE12345", "com.ethercorps.container-kit", out, NULL),
                     RC_OK);
    assert_string_equal(out, "anchor apple generic and certificate leaf[subject.OU] = "
                             "\"ABCDE12345\" and identifier \"com.ethercorps.container-kit\"");
}

TEST(signature_requirement_takes_nothing_but_names)
{
    static const char *const teams[] = {"",           "ABCDE1234",   "ABCDE123456",
                                        "abcde12345", "ABCDE1234\"", "ABCDE 2345"};
    static const char *const identifiers[] = {"", "a\" or true", "a b", "a\n", "caf\xc3\xa9"};
    char out[SIGNATURE_REQUIREMENT_MAX], longest[200];

    for (size_t i = 0; i < countof(teams); i++) {
        assert_int_equal(signature_requirement(teams[i], NULL, out, NULL), RC_DENIED);
        assert_string_equal(out, "");
    }
    for (size_t i = 0; i < countof(identifiers); i++)
        assert_int_equal(signature_requirement("ABCDE12345", identifiers[i], out, NULL), RC_DENIED);
    memset(longest, 'a', sizeof longest);
    longest[sizeof longest - 1] = '\0';
    assert_int_equal(signature_requirement("ABCDE12345", longest, out, NULL), RC_DENIED);
    longest[155] = '\0';
    assert_int_equal(signature_requirement("ABCDE12345", longest, out, NULL), RC_OK);
}

SUITE(signature, T(signature_requirement_names_team_and_program),
      T(signature_requirement_takes_nothing_but_names))
