/* menu_graph.c - see menu_graph.h. A line with a lighter area below it, on a base line that shows
 * where nothing was measured. */
#include "core/menu/menu_graph.h"
#include "core/base/tiff.h"
#include <math.h>

#define COVER_AREA 0.4
#define COVER_BASE 0.45
#define TIFF_MAX ((size_t)64 << 10)

/* How much of the stretch from `low` to `high` lies within the pixel that begins at `at`. */
static double within(double at, double low, double high)
{
    double top = fmin(high, at + 1), bottom = fmax(low, at);

    return top > bottom ? top - bottom : 0;
}

struct canvas {
    unsigned char *cover;
    unsigned wide, high;
    double line; /* its thickness */
};

/* Column x from the bottom: the line between `from` and `to`, the area below it. */
static void draw_column(const struct canvas *c, unsigned x, double from, double to)
{
    double low = fmin(from, to), high = fmax(from, to) + c->line;

    for (unsigned y = 0; y < c->high; y++) {
        double on_line = within(y, low, high), below = within(y, 0, low);
        double cover = on_line + below * COVER_AREA;

        c->cover[(size_t)(c->high - 1 - y) * c->wide + x] =
            (unsigned char)lround(255 * fmin(cover, 1));
    }
}

static void draw_base(const struct canvas *c, unsigned x)
{
    for (unsigned y = 0; y < c->high; y++)
        c->cover[(size_t)(c->high - 1 - y) * c->wide + x] =
            (unsigned char)lround(255 * COVER_BASE * within(y, 0, c->line));
}

/* Between two points the line is straight; beside a gap it is level. */
static double height_at(const struct menu_graph *g, double at, double room)
{
    size_t left = (size_t)at, right = left + 1 < MENU_GRAPH_POINTS ? left + 1 : left;
    double part = at - (double)left, from = g->height[left], to = g->height[right];

    if (g->height[right] == MENU_GRAPH_GAP)
        to = from;
    return (from + (to - from) * part) / MENU_GRAPH_FULL * room;
}

static void draw(const struct canvas *c, const struct menu_graph *g)
{
    double step = (double)MENU_GRAPH_POINTS / c->wide, room = c->high - c->line;

    for (unsigned x = 0; x < c->wide; x++) {
        double from = x * step, to = fmin(from + step, MENU_GRAPH_POINTS - 1);

        if (g->height[(size_t)from] == MENU_GRAPH_GAP || g->height[(size_t)to] == MENU_GRAPH_GAP)
            draw_base(c, x);
        else
            draw_column(c, x, height_at(g, from, room), height_at(g, to, room));
    }
}

void menu_graph_tiff(const struct menu_graph *g, unsigned scale, struct buf *out)
{
    struct canvas c = {.wide = MENU_GRAPH_WIDE * scale, .high = MENU_GRAPH_HIGH * scale};

    c.line = scale;
    c.cover = mem_new_array((size_t)c.wide * c.high, 1);
    draw(&c, g);
    buf_init(out, TIFF_MAX);
    MUST(tiff_shape(c.cover, c.wide, c.high, out) == RC_OK);
    mem_free(c.cover);
}
