/* page.c - see page.h. */
#include "core/logs/page.h"

static const struct page_step nothing = {.nothing = true};

static uint64_t less(uint64_t a, uint64_t b)
{
    return a < b ? a : b;
}

static uint64_t more(uint64_t a, uint64_t b)
{
    return a > b ? a : b;
}

/* n before `at`, but not below 0. */
static uint64_t back(uint64_t at, uint64_t n)
{
    return at > n ? at - n : 0;
}

/* All of it, without what the ring has lost. */
static struct page_step anew(struct page *p, uint64_t first)
{
    p->first = more(p->first, first);
    p->end = more(p->end, p->first);
    return (struct page_step){.anew = true};
}

struct page_step page_grow(struct page *p, uint64_t first, uint64_t end)
{
    struct page_step step = {.from = p->end};

    if (!p->follows || p->end == end)
        return nothing;
    if (end - p->end >= PAGE_LINES || p->end < first)
        return page_to_end(p, first, end);
    p->end = end;
    if (p->end - p->first > PAGE_MAX) {
        step.cut = p->end - p->first - PAGE_LINES;
        p->first += step.cut;
    }
    return step;
}

struct page_step page_to_end(struct page *p, uint64_t first, uint64_t end)
{
    *p = (struct page){.first = back(end, PAGE_LINES), .end = end, .follows = true};
    return anew(p, first);
}

struct page_step page_older(struct page *p, uint64_t first)
{
    if (p->first <= first)
        return nothing;
    p->follows = false;
    p->first = back(p->first, PAGE_LINES);
    p->end = less(p->end, more(p->first, first) + PAGE_MAX);
    return anew(p, first);
}

struct page_step page_newer(struct page *p, uint64_t first, uint64_t end)
{
    if (p->end >= end)
        return nothing;
    p->end = less(end, more(p->end, first) + PAGE_LINES);
    p->first = more(p->first, back(p->end, PAGE_MAX));
    return anew(p, first);
}

struct page_step page_around(struct page *p, uint64_t line, uint64_t first, uint64_t end)
{
    p->follows = false;
    if (line >= p->first && line < p->end)
        return nothing;
    p->first = more(back(line, PAGE_LINES / 2), first);
    p->end = less(end, p->first + PAGE_LINES);
    return anew(p, first);
}
