/* test_ours.c - ours.h, as a development build has it. What a release has is looked at by
 * tests/update/release.py. */
#include "core/update/ours.h"
#include "tests/unit/unit.h"
#include <stdio.h>
#include <string.h>

TEST(ours_is_for_development_unless_built_otherwise)
{
    if (ours_endpoint()[0] == '\0')
        assert_true(ours_is_development());
    else
        skip(); /* whoever makes releases has their values in the environment */
}

TEST(ours_keys_are_keys)
{
    struct ours_keys keys;
    struct refusal why = {0};

    for (enum ours_role role = OURS_MANIFEST; role <= OURS_PAYLOAD; role++) {
        assert_int_equal(ours_keys(role, &keys, &why), RC_OK);
        assert_in_range(keys.count, 1, OURS_KEYS_MAX);
    }
}

TEST(ours_hosts_can_be_fetched_from)
{
    struct address_hosts hosts;
    struct address at;
    struct refusal why = {0};
    char text[ADDRESS_MAX];

    ours_hosts(&hosts);
    assert_true(hosts.count > 0);
    for (size_t i = 0; i < hosts.count; i++) {
        snprintf(text, sizeof text, "https://%s/x", hosts.list[i]);
        if (address_read(text, &hosts, &at, &why) != RC_OK)
            fail_msg("%s: %s", text, why.fault.text);
    }
}

TEST(ours_target_is_of_this_system)
{
    assert_non_null(strchr(ours_target(), '-'));
    assert_true(strncmp(ours_target(), "linux-", 6) == 0 ||
                strncmp(ours_target(), "darwin-", 7) == 0);
    assert_true(ours_build_time() >= 0);
}

SUITE(ours, T(ours_is_for_development_unless_built_otherwise), T(ours_keys_are_keys),
      T(ours_hosts_can_be_fetched_from), T(ours_target_is_of_this_system))
