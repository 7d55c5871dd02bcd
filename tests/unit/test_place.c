/* test_place.c - place.h: a table of paths. */
#include "core/desktop/place.h"
#include "tests/unit/unit.h"
#include <string.h>

#define ID "com.ethercorps.container-kit"
#define IN_APP "ContainerKit.app/Contents/MacOS/container-kit"

static struct place find(const char *self, const char *id, bool read_only, bool mac)
{
    struct place_facts facts = {self, "/Users/ann", id, read_only, mac};
    struct place p;

    place_find(&facts, &p);
    return p;
}

TEST(place_of_a_mac_is_told_by_the_path)
{
    static const struct {
        const char *self;
        bool read_only;
        enum place_kind kind;
    } rows[] = {
        {"/Applications/" IN_APP, false, PLACE_APPLICATIONS},
        {"/Applications/Tools/" IN_APP, false, PLACE_APPLICATIONS},
        {"/Users/ann/Applications/" IN_APP, false, PLACE_APPLICATIONS},
        {"/Users/ann/Applications/a/b/" IN_APP, false, PLACE_APPLICATIONS},
        {"/Users/ann/Downloads/" IN_APP, false, PLACE_ELSEWHERE},
        {"/Users/bob/Applications/" IN_APP, false, PLACE_ELSEWHERE},
        {"/ApplicationsOld/" IN_APP, false, PLACE_ELSEWHERE},
        {"/Users/ann/Applications.app/Contents/MacOS/container-kit", false, PLACE_ELSEWHERE},
        {"/Volumes/X/Applications/" IN_APP, false, PLACE_ELSEWHERE},
        {"/private/var/folders/x/T/AppTranslocation/0A-1/d/" IN_APP, true, PLACE_TRANSLOCATED},
        {"/private/var/folders/x/T/AppTranslocation/0A-1/d/" IN_APP, false, PLACE_TRANSLOCATED},
        {"/Volumes/Container Kit/" IN_APP, true, PLACE_READ_ONLY},
        {"/Applications/" IN_APP, true, PLACE_READ_ONLY},
        {"/Applications/container-kit", false, PLACE_BARE},
        {"/Applications/ContainerKit.app/Contents/Helpers/container-kit", false, PLACE_BARE},
        {"/Applications/ContainerKit.app/MacOS/container-kit", false, PLACE_BARE},
        {"/Applications/ContainerKit/Contents/MacOS/container-kit", false, PLACE_BARE},
        {"/Applications/.app/Contents/MacOS/container-kit", false, PLACE_BARE},
        {"/Contents/MacOS/container-kit", false, PLACE_BARE},
        {"/container-kit", false, PLACE_BARE},
    };

    for (size_t i = 0; i < countof(rows); i++) {
        struct place p = find(rows[i].self, ID, rows[i].read_only, true);

        if (p.kind != rows[i].kind)
            fail_msg("%s is %s", rows[i].self, place_words(p.kind));
    }
}

TEST(place_without_a_bundle_id_is_bare)
{
    assert_int_equal(find("/Applications/" IN_APP, "", false, true).kind, PLACE_BARE);
}

TEST(place_does_not_take_an_unknown_home_for_the_root)
{
    struct place_facts facts = {"/x/Applications/" IN_APP, "", ID, false, true};
    struct place p;

    place_find(&facts, &p);
    assert_int_equal(p.kind, PLACE_ELSEWHERE);
}

TEST(place_names_the_app_around_the_executable)
{
    assert_string_equal(find("/Applications/" IN_APP, ID, false, true).bundle,
                        "/Applications/ContainerKit.app");
    assert_string_equal(find("/usr/bin/container-kit", "", false, true).bundle, "");
    assert_string_equal(find("/opt/" IN_APP, "", false, false).bundle, "/opt/ContainerKit.app");
}

TEST(place_allows_everything_only_among_the_applications)
{
    static const struct {
        const char *self;
        bool read_only, link;
    } rows[] = {
        {"/Users/ann/Downloads/" IN_APP, false, true},
        {"/var/AppTranslocation/x/d/" IN_APP, true, false},
        {"/Volumes/X/" IN_APP, true, false},
        {"/Users/ann/container-kit", false, true},
    };
    struct place p = find("/Applications/" IN_APP, ID, false, true);

    assert_true(p.login_item && p.updates && p.engine_service && p.tool_link);
    assert_string_equal(p.why, "");
    for (size_t i = 0; i < countof(rows); i++) {
        p = find(rows[i].self, ID, rows[i].read_only, true);
        assert_false(p.login_item || p.updates || p.engine_service);
        assert_int_equal(p.tool_link, rows[i].link);
        assert_string_not_equal(p.why, "");
    }
}

TEST(place_on_linux_is_bare_and_may_be_opened_at_login)
{
    struct place p = find("/usr/bin/container-kit", "", true, false);

    assert_int_equal(p.kind, PLACE_BARE);
    assert_true(p.login_item && p.tool_link);
    assert_false(p.updates || p.engine_service);
    assert_string_not_equal(p.why, "");
    p = find("/opt/" IN_APP, "", false, false);
    assert_int_equal(p.kind, PLACE_BARE);
    assert_true(p.login_item && p.updates && p.tool_link);
    assert_false(p.engine_service);
    assert_string_equal(p.why, "");
    assert_false(find("/opt/" IN_APP, "", true, false).updates);
}

SUITE(place, T(place_of_a_mac_is_told_by_the_path), T(place_without_a_bundle_id_is_bare),
      T(place_does_not_take_an_unknown_home_for_the_root),
      T(place_names_the_app_around_the_executable),
      T(place_allows_everything_only_among_the_applications),
      T(place_on_linux_is_bare_and_may_be_opened_at_login))
