/* test_move.c - move.h: from where to where, and whether something stays behind. */
#include "core/desktop/move.h"
#include "tests/unit/unit.h"
#include <stdio.h>
#include <string.h>

static enum rc plan(const char *self, bool read_only, struct place *place, struct move_plan *out)
{
    struct place_facts facts = {
        .self = self, .home = "/Users/a", .bundle_id = "x", .read_only = read_only, .mac = true};
    struct fault why = {0};
    enum rc rc;

    place_find(&facts, place);
    rc = move_plan(place, out, &why);
    assert_true((rc == RC_OK) == (why.text[0] == '\0'));
    return rc;
}

#define INSIDE "/Contents/MacOS/container-kit"

TEST(move_takes_the_app_from_where_it_is_and_copies_what_cannot_be_taken)
{
    struct place place;
    struct move_plan p;

    assert_int_equal(plan("/Users/a/Downloads/ContainerKit.app" INSIDE, false, &place, &p), RC_OK);
    assert_string_equal(p.from, "/Users/a/Downloads/ContainerKit.app");
    assert_string_equal(p.to, "/Applications/ContainerKit.app");
    assert_false(p.copy);
    assert_int_equal(plan("/Volumes/CK/My Kit.app" INSIDE, true, &place, &p), RC_OK);
    assert_string_equal(p.to, "/Applications/My Kit.app");
    assert_true(p.copy);
    assert_int_equal(plan("/private/var/folders/x/T/AppTranslocation/1-2/d/ContainerKit.app" INSIDE,
                          true, &place, &p),
                     RC_OK);
    assert_string_equal(p.to, "/Applications/ContainerKit.app");
    assert_true(p.copy);
}

TEST(move_moves_nothing_that_is_where_it_belongs)
{
    struct place place;
    struct move_plan p;

    assert_int_equal(plan("/Applications/ContainerKit.app" INSIDE, false, &place, &p), RC_DENIED);
    assert_int_equal(plan("/Users/a/Applications/ContainerKit.app" INSIDE, false, &place, &p),
                     RC_DENIED);
    assert_int_equal(plan("/usr/local/bin/container-kit", false, &place, &p), RC_DENIED);
}

/* As long as a path can be. */
TEST(move_has_room_for_any_name)
{
    char self[SYS_PATH_MAX];
    struct place place;
    struct move_plan p;
    int len = (int)(sizeof self - sizeof INSIDE - strlen("/.app"));

    snprintf(self, sizeof self, "/%0*d.app" INSIDE, len, 0);
    assert_int_equal(plan(self, false, &place, &p), RC_OK);
    assert_int_equal(strlen(p.to), strlen("/Applications/.app") + (size_t)len);
}

SUITE(move, T(move_takes_the_app_from_where_it_is_and_copies_what_cannot_be_taken),
      T(move_moves_nothing_that_is_where_it_belongs), T(move_has_room_for_any_name))
