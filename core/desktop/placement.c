/* placement.c - see placement.h. A menu bar is the strip between the top of a screen and the top of
 * what is visible of it. If there is none, the bar hides by itself, and its windows wait somewhere
 * around the screen's upper edge. */
#include "core/desktop/placement.h"
#include "core/base/base.h"
#include "core/words/words.h"

#define BAR_MIN 20.0     /* a thinner strip is none */
#define BAR_HIDDEN 40.0  /* how far from the upper edge the windows of a hidden bar may be */
#define BAR_CAMERA 30.0  /* only a bar beside a camera is that high; others have 22 to 25 points */
#define HOUSING_HALF 90. /* half the width of the housing; models have 180 to 210 points */

static const struct {
    const char *name;
    enum word sentence;
} texts[PLACEMENT_COUNT] = {
    [PLACEMENT_OK] = {"placed", WORD_NONE},
    [PLACEMENT_HIDDEN] = {"hidden", WORD_ICON_HIDDEN},
    [PLACEMENT_EMPTY] = {"empty", WORD_ICON_EMPTY},
    [PLACEMENT_OFF_SCREEN] = {"off screen", WORD_ICON_OFF_SCREEN},
    [PLACEMENT_BEHIND_CAMERA] = {"behind the camera", WORD_ICON_BEHIND_CAMERA},
};

static double top_of(const struct placement_rect *r)
{
    return r->y + r->height;
}

static double bar_of(const struct placement_screen *s)
{
    return top_of(&s->frame) - top_of(&s->visible);
}

static bool in_bar(const struct placement_rect *icon, const struct placement_screen *s)
{
    double x = icon->x + icon->width / 2, y = icon->y + icon->height / 2;
    double top = top_of(&s->frame), bar = bar_of(s);

    if (x < s->frame.x || x > s->frame.x + s->frame.width)
        return false;
    if (bar < BAR_MIN)
        return y > top - BAR_HIDDEN && y < top + BAR_HIDDEN;
    return y > top - bar && y < top;
}

static bool at_camera(const struct placement_rect *icon, const struct placement_screen *s)
{
    double middle = s->frame.x + s->frame.width / 2;

    return bar_of(s) >= BAR_CAMERA && icon->x < middle + HOUSING_HALF &&
           icon->x + icon->width > middle - HOUSING_HALF;
}

enum placement placement_of(const struct placement_facts *facts)
{
    if (!facts->has_window)
        return PLACEMENT_HIDDEN;
    if (facts->icon.width < 1 || facts->icon.height < 1)
        return PLACEMENT_EMPTY;
    for (size_t i = 0; i < facts->screen_count; i++) {
        const struct placement_screen *s = &facts->screens[i];

        if (!in_bar(&facts->icon, s))
            continue;
        return at_camera(&facts->icon, s) && !facts->drawn ? PLACEMENT_BEHIND_CAMERA : PLACEMENT_OK;
    }
    return facts->screen_count == 0 ? PLACEMENT_OK : PLACEMENT_OFF_SCREEN;
}

const char *placement_word(enum placement placement)
{
    MUST(placement < PLACEMENT_COUNT);
    return texts[placement].name;
}

const char *placement_sentence(enum placement placement)
{
    MUST(placement < PLACEMENT_COUNT);
    return texts[placement].sentence != WORD_NONE ? word(texts[placement].sentence) : "";
}
