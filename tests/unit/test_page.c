/* test_page.c - which lines of a ring are in the view. */
#include "core/logs/page.h"
#include "tests/unit/unit.h"

static void is(const struct page *p, uint64_t first, uint64_t end)
{
    assert_int_equal(p->first, first);
    assert_int_equal(p->end, end);
}

TEST(page_that_follows_gets_what_is_new)
{
    struct page p = {.follows = true};
    struct page_step s = page_grow(&p, 0, 10);

    assert_true(!s.nothing && !s.anew && s.from == 0 && s.cut == 0);
    is(&p, 0, 10);
    assert_true(page_grow(&p, 0, 10).nothing);
    s = page_grow(&p, 0, 900);
    assert_true(!s.anew && s.from == 10 && s.cut == 0);
    assert_true(page_grow(&p, 0, 5000).anew); /* cheaper than so many lines behind the others */
    is(&p, 4000, 5000);
}

TEST(page_that_follows_is_cut_now_and_then)
{
    struct page p = {.first = 0, .end = 2900, .follows = true};
    struct page_step s = page_grow(&p, 0, 2990);

    assert_int_equal(s.cut, 0);
    s = page_grow(&p, 0, 3100);
    assert_int_equal(s.cut, 2100);
    assert_int_equal(s.from, 2990);
    is(&p, 2100, 3100);
}

TEST(page_that_does_not_follow_stays)
{
    struct page p = {.first = 100, .end = 200};

    assert_true(page_grow(&p, 50, 100000).nothing);
    is(&p, 100, 200);
    assert_true(page_to_end(&p, 50, 100000).anew);
    is(&p, 99000, 100000);
    assert_true(p.follows);
}

TEST(page_goes_up_and_down)
{
    struct page p = {.first = 5000, .end = 6000, .follows = true};

    assert_true(page_older(&p, 4500).anew);
    is(&p, 4500, 6000);
    assert_false(p.follows);
    assert_true(page_older(&p, 4500).nothing);
    p.first = 9000;
    p.end = 11500;
    assert_true(page_older(&p, 0).anew);
    is(&p, 8000, 11000);
    assert_true(page_newer(&p, 0, 11700).anew);
    is(&p, 8700, 11700);
    assert_true(page_newer(&p, 0, 11700).nothing);
}

TEST(page_loses_what_the_ring_has_lost)
{
    struct page p = {.first = 100, .end = 1100};

    assert_true(page_newer(&p, 600, 5000).anew);
    is(&p, 600, 2100);
    assert_true(page_newer(&p, 4000, 5000).anew);
    is(&p, 4000, 5000);
    p = (struct page){.first = 0, .end = 500, .follows = true};
    assert_true(page_grow(&p, 600, 700).anew);
    is(&p, 600, 700);
}

TEST(page_goes_to_a_line)
{
    struct page p = {.first = 0, .end = 1000, .follows = true};

    assert_true(page_around(&p, 999, 0, 90000).nothing);
    assert_false(p.follows);
    assert_true(page_around(&p, 50000, 0, 90000).anew);
    is(&p, 49500, 50500);
    assert_true(page_around(&p, 89999, 0, 90000).anew);
    is(&p, 89499, 90000);
    assert_true(page_around(&p, 20, 10, 90000).anew);
    is(&p, 10, 1010);
}

/* A number that looks like any other, the same ones each time. */
static uint64_t draw(uint64_t *seed)
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return *seed >> 33;
}

/* Whatever happens, a page lies in its ring, and is not larger than a view can bear. */
TEST(page_is_always_within_its_limits)
{
    struct page p = {.follows = true};
    uint64_t first = 0, end = 0, seed = 7;

    for (int i = 0; i < 20000; i++) {
        struct page_step s = {.nothing = true};
        uint64_t was = p.end;

        end += draw(&seed) % (draw(&seed) % 2 == 0 ? 50 : 3000);
        first = end > 20000 && end - 20000 > first ? end - 20000 : first;
        switch (draw(&seed) % 5) {
        case 0:
        case 1:
            s = page_grow(&p, first, end);
            break;
        case 2:
            s = page_older(&p, first);
            break;
        case 3:
            s = page_newer(&p, first, end);
            break;
        default:
            if (end > first)
                s = page_around(&p, first + draw(&seed) % (end - first), first, end);
        }
        assert_true(p.first <= p.end && p.end <= end && p.end - p.first <= PAGE_MAX);
        if (s.anew)
            assert_true(p.first >= first);
        else if (!s.nothing)
            assert_true(s.from == was && s.from >= first);
    }
}

SUITE(page, T(page_that_follows_gets_what_is_new), T(page_that_follows_is_cut_now_and_then),
      T(page_that_does_not_follow_stays), T(page_goes_up_and_down),
      T(page_loses_what_the_ring_has_lost), T(page_goes_to_a_line),
      T(page_is_always_within_its_limits))
