/* Frames as they are on real Macs, and what they mean for the icon. */
#include "core/base/base.h"
#include "core/desktop/placement.h"
#include "tests/unit/unit.h"
#include <stdio.h>

/* A 14-inch MacBook Pro: 38 points of menu bar beside the camera, a Dock below. */
#define NOTCHED                                                                                    \
    {                                                                                              \
        {0, 0, 1512, 982},                                                                         \
        {                                                                                          \
            0, 70, 1512, 874                                                                       \
        }                                                                                          \
    }
/* A display of 2560 x 1440 at the right of it, its lower edge 200 points higher; no Dock. */
#define BESIDE                                                                                     \
    {                                                                                              \
        {1512, 200, 2560, 1440},                                                                   \
        {                                                                                          \
            1512, 200, 2560, 1415                                                                  \
        }                                                                                          \
    }
/* One at the left and below: both coordinates are negative. */
#define BELOW                                                                                      \
    {                                                                                              \
        {-1920, -300, 1920, 1080},                                                                 \
        {                                                                                          \
            -1920, -300, 1920, 1055                                                                \
        }                                                                                          \
    }
/* The menu bar hides by itself. */
#define BARE                                                                                       \
    {                                                                                              \
        {0, 0, 1440, 900},                                                                         \
        {                                                                                          \
            0, 0, 1440, 900                                                                        \
        }                                                                                          \
    }

struct row {
    const char *what;
    enum placement want;
    struct placement_facts facts;
};

static const struct row rows[] = {
    {"in the bar, right of the camera",
     PLACEMENT_OK,
     {true, true, {1200, 944, 34, 38}, {NOTCHED}, 1}},
    {"in the bar, covered by a full-screen window",
     PLACEMENT_OK,
     {true, false, {1200, 944, 34, 38}, {NOTCHED}, 1}},
    {"on the external display",
     PLACEMENT_OK,
     {true, true, {3900, 1615, 34, 25}, {NOTCHED, BESIDE}, 2}},
    {"on a display with negative coordinates",
     PLACEMENT_OK,
     {true, true, {-300, 755, 34, 25}, {NOTCHED, BELOW}, 2}},
    {"the bar is hidden by itself, the icon above the edge",
     PLACEMENT_OK,
     {true, false, {1200, 900, 34, 24}, {BARE}, 1}},
    {"the bar is hidden by itself, the icon below the edge",
     PLACEMENT_OK,
     {true, true, {1200, 876, 34, 24}, {BARE}, 1}},
    {"no display is awake", PLACEMENT_OK, {true, false, {0, 0, 34, 24}, {NOTCHED}, 0}},
    {"behind the camera", PLACEMENT_BEHIND_CAMERA, {true, false, {740, 944, 34, 38}, {NOTCHED}, 1}},
    {"half behind the camera, and still to be seen",
     PLACEMENT_OK,
     {true, true, {830, 944, 34, 38}, {NOTCHED}, 1}},
    {"the middle of a bar without a camera",
     PLACEMENT_OK,
     {true, false, {2775, 1615, 34, 25}, {NOTCHED, BESIDE}, 2}},
    {"no window", PLACEMENT_HIDDEN, {false, false, {0, 0, 0, 0}, {NOTCHED}, 1}},
    {"not allowed in the menu bar: no size",
     PLACEMENT_EMPTY,
     {true, false, {0, 0, 0, 0}, {NOTCHED}, 1}},
    {"no height", PLACEMENT_EMPTY, {true, false, {1200, 944, 34, 0}, {NOTCHED}, 1}},
    {"not allowed in the menu bar: at the lower left corner",
     PLACEMENT_OFF_SCREEN,
     {true, false, {0, -22, 34, 22}, {NOTCHED}, 1}},
    {"left of all screens",
     PLACEMENT_OFF_SCREEN,
     {true, false, {-4000, 944, 34, 38}, {NOTCHED}, 1}},
    {"in the middle of the screen",
     PLACEMENT_OFF_SCREEN,
     {true, true, {700, 500, 34, 24}, {NOTCHED}, 1}},
    {"just below the bar", PLACEMENT_OFF_SCREEN, {true, true, {1200, 900, 34, 38}, {NOTCHED}, 1}},
    {"the height of another screen's bar",
     PLACEMENT_OFF_SCREEN,
     {true, true, {200, 1615, 34, 25}, {NOTCHED, BESIDE}, 2}},
    {"far above a bar that hides by itself",
     PLACEMENT_OFF_SCREEN,
     {true, false, {1200, 1000, 34, 24}, {BARE}, 1}},
};

TEST(frames_tell_whether_the_icon_is_placed)
{
    for (size_t i = 0; i < countof(rows); i++) {
        enum placement got = placement_of(&rows[i].facts);

        if (got != rows[i].want)
            fail_msg("%s: %s instead of %s", rows[i].what, placement_word(got),
                     placement_word(rows[i].want));
    }
}

TEST(each_misplacement_has_a_sentence)
{
    assert_string_equal(placement_sentence(PLACEMENT_OK), "");
    for (int p = PLACEMENT_OK + 1; p < PLACEMENT_COUNT; p++) {
        assert_true(placement_word((enum placement)p)[0] != '\0');
        assert_true(placement_sentence((enum placement)p)[0] != '\0');
    }
}

SUITE(placement, T(frames_tell_whether_the_icon_is_placed), T(each_misplacement_has_a_sentence))
