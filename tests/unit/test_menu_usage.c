/* What a container uses, as rows of the menu, and the graph as a picture: each pixel is looked at.
 */
#include "core/menu/menu_diff.h"
#include "core/menu/menu_graph.h"
#include "tests/unit/menu_world.h"
#include "tests/unit/unit.h"

/* The world with one container, web, that runs. */
static void open_world(struct world *w)
{
    *w = (struct world){0};
    world_container(world_engine(w, ENGINE_PODMAN, ENGINE_RUNNING, "4.3.1"), "web", "nginx",
                    STATE_RUNNING);
}

/* The child of the container's row whose key ends so, NULL if there is none. */
static const struct menu_item *child(const struct menu *m, const char *end)
{
    struct arena a = {0};
    const struct menu_item *it = menu_find_below(
        m->items, m->count, arena_print(&a, "podman/%s/%s", world_id(&a, "web"), end));

    arena_release(&a);
    return it;
}

TEST(nothing_is_said_where_nothing_is_measured)
{
    struct world w;
    struct menu m = {0};

    open_world(&w);
    world_menu(&w, &m);
    assert_null(child(&m, "usage"));
    assert_null(child(&m, "graph"));
    menu_release(&m);
    world_release(&w);
}

/* Both rows are there before the first figure is, for an open menu must not grow. */
TEST(rows_are_there_before_the_first_figure)
{
    struct world w;
    struct menu m = {0};

    open_world(&w);
    w.measured[ENGINE_PODMAN] = true;
    world_menu(&w, &m);
    assert_string_equal(child(&m, "usage")->title, "Measuring…");
    assert_string_equal(child(&m, "graph")->title, "CPU, last 60 seconds");
    for (size_t i = 0; i < MENU_GRAPH_POINTS; i++)
        assert_int_equal(child(&m, "graph")->graph->height[i], MENU_GRAPH_GAP);
    menu_release(&m);

    w.usage[ENGINE_PODMAN].failed = true;
    world_menu(&w, &m);
    assert_string_equal(child(&m, "usage")->title, "Podman gives no figures");
    menu_release(&m);
    world_release(&w);
}

TEST(figures_are_said_and_drawn)
{
    struct world w;
    struct menu m = {0};
    const struct menu_graph *g;

    open_world(&w);
    world_usage(&w, ENGINE_PODMAN, "web", 12.5, 49000000, 1200, 648);
    world_menu(&w, &m);
    assert_string_equal(child(&m, "usage")->title,
                        "CPU 12.5% · Memory 49.0\u00a0MB of 8.0\u00a0GB · "
                        "Network ↓ 1\u00a0kB/s ↑ 648\u00a0bytes/s");
    assert_string_equal(child(&m, "graph")->title, "CPU, last 60 s: peak 12.5%");
    g = child(&m, "graph")->graph;
    assert_string_equal(g->label, "CPU, last 60 seconds");
    assert_string_equal(g->value, "now 12.5%, most 12.5%");
    for (size_t i = 0; i < MENU_GRAPH_POINTS; i++) /* 12.5 of 25 */
        assert_int_equal(g->height[i], i < MENU_GRAPH_POINTS - 3 ? MENU_GRAPH_GAP : 50);
    assert_false(child(&m, "usage")->enabled);
    menu_release(&m);
    world_release(&w);
}

TEST(the_row_itself_says_it_only_if_that_is_wanted)
{
    struct world w;
    struct menu m = {0};

    open_world(&w);
    world_usage(&w, ENGINE_PODMAN, "web", 12.5, 49000000, 0, 0);
    world_menu(&w, &m);
    assert_string_equal(m.items[1].title, "● web — nginx");
    menu_release(&m);
    w.cpu_in_rows = true;
    world_menu(&w, &m);
    assert_string_equal(m.items[1].title, "● web — nginx · 12%");
    menu_release(&m);
    world_release(&w);
}

TEST(old_figures_are_none)
{
    struct world w;
    struct menu m = {0};
    struct engine_stat s = {.cpu_percent = 5, .cpu_usec = ENGINE_NO_STAT};

    open_world(&w);
    w.measured[ENGINE_PODMAN] = w.cpu_in_rows = true;
    memcpy(s.id, "x", 2);
    usage_add(&w.usage[ENGINE_PODMAN], &s, 1, WORLD_NOW_MS - USAGE_FRESH_MS);
    world_usage(&w, ENGINE_PODMAN, "web", 12.5, 1, 0, 0);
    w.usage[ENGINE_PODMAN].list[0].at_ms = WORLD_NOW_MS - USAGE_FRESH_MS;
    w.usage[ENGINE_PODMAN].list[1].at_ms = WORLD_NOW_MS - USAGE_FRESH_MS;
    world_menu(&w, &m);
    assert_string_equal(child(&m, "usage")->title, "Measuring…");
    assert_string_equal(m.items[1].title, "● web — nginx");
    menu_release(&m);
    world_release(&w);
}

/* Of one that does not run podman tells zeros. */
TEST(what_does_not_run_uses_nothing)
{
    struct world w = {0};
    struct menu m = {0};

    world_container(world_engine(&w, ENGINE_PODMAN, ENGINE_RUNNING, ""), "web", "nginx",
                    STATE_STOPPED);
    world_usage(&w, ENGINE_PODMAN, "web", 0, 0, 0, 0);
    w.cpu_in_rows = true;
    world_menu(&w, &m);
    assert_null(child(&m, "usage"));
    assert_null(child(&m, "graph"));
    assert_string_equal(m.items[1].title, "○ web — nginx");
    menu_release(&m);
    world_release(&w);
}

TEST(an_open_menu_takes_new_figures_in_place)
{
    struct world w;
    struct menu before = {0}, after = {0}, settled = {0};
    struct menu_change *changes;
    size_t count = 0;

    open_world(&w);
    w.measured[ENGINE_PODMAN] = true;
    world_menu(&w, &before);
    world_usage(&w, ENGINE_PODMAN, "web", 12.5, 1, 0, 0);
    world_menu(&w, &after);
    menu_settle(&before, &after, &settled);
    changes = menu_diff(before.items[1].children, before.items[1].child_count,
                        settled.items[1].children, settled.items[1].child_count, &count);
    assert_int_equal(count, 2);
    assert_int_equal(changes[0].kind, MENU_UPDATE);
    assert_int_equal(changes[1].kind, MENU_UPDATE);
    assert_string_equal(changes[1].item->graph->value, "now 12.5%, most 12.5%");
    mem_free(changes);
    /* and the same figures once more are no change */
    changes = menu_diff(settled.items[1].children, settled.items[1].child_count,
                        after.items[1].children, after.items[1].child_count, &count);
    assert_int_equal(count, 0);
    menu_release(&before);
    menu_release(&after);
    menu_release(&settled);
    world_release(&w);
}

/* ---- the picture ---- */

static unsigned number_at(const struct buf *b, size_t at, size_t bytes)
{
    unsigned n = 0;

    for (size_t i = bytes; i-- > 0;)
        n = n << 8 | (unsigned char)b->data[at + i];
    return n;
}

/* What a field of the file says; the test fails if there is none. */
static unsigned field_of(const struct buf *tiff, unsigned tag)
{
    size_t table = number_at(tiff, 4, 4);

    for (size_t i = 0; i < number_at(tiff, table, 2); i++) {
        size_t at = table + 2 + i * 12;

        if (number_at(tiff, at, 2) == tag)
            return number_at(
                tiff, at + 8,
                number_at(tiff, at + 2, 2) == 3 && number_at(tiff, at + 4, 4) == 1 ? 2 : 4);
    }
    fail_msg("no field %u", tag);
    return 0;
}

/* How much of each pixel is covered, for the caller to free; the file is checked on the way. */
static unsigned char *covers(const struct buf *tiff, unsigned wide, unsigned high)
{
    unsigned char *out = mem_new_array(high, wide);
    size_t at = field_of(tiff, 273);

    assert_memory_equal(tiff->data, "II\x2a\0", 4);
    assert_int_equal(field_of(tiff, 256), wide);
    assert_int_equal(field_of(tiff, 257), high);
    assert_int_equal(field_of(tiff, 278), high);
    assert_int_equal(field_of(tiff, 277), 4);
    assert_memory_equal(tiff->data + field_of(tiff, 258), "\x08\0\x08\0\x08\0\x08\0", 8);
    assert_int_equal(field_of(tiff, 279), wide * high * 4);
    assert_int_equal(tiff->len, at + (size_t)wide * high * 4);
    for (size_t i = 0; i < (size_t)wide * high; i++) {
        assert_memory_equal(tiff->data + at + i * 4, "\0\0\0", 3);
        out[i] = (unsigned char)tiff->data[at + i * 4 + 3];
    }
    return out;
}

TEST(the_picture_has_a_line_an_area_and_a_base)
{
    for (unsigned scale = 1; scale <= 2; scale++) {
        struct menu_graph g = {.label = "", .value = ""};
        unsigned wide = MENU_GRAPH_WIDE * scale, high = MENU_GRAPH_HIGH * scale;
        unsigned char *cover;
        struct buf tiff;

        memset(g.height, MENU_GRAPH_GAP, 20);
        memset(g.height + 20, 0, 20);
        memset(g.height + 40, MENU_GRAPH_FULL, 20);
        menu_graph_tiff(&g, scale, &tiff);
        cover = covers(&tiff, wide, high);
        for (size_t y = 0; y < high; y++) {
            const unsigned char *row = cover + y * wide;
            bool top = y < scale, bottom = y >= high - scale;

            assert_true(bottom == (row[0] > 0) && row[0] < 200); /* nothing is known: the base */
            assert_int_equal(row[25 * 2 * scale], bottom ? 255 : 0);
            assert_int_equal(row[wide - 1] == 255, top); /* the line */
            assert_true(row[wide - 1] > 0);              /* and what is below it */
        }
        mem_free(cover);
        buf_release(&tiff);
    }
}

SUITE(menu_usage, T(nothing_is_said_where_nothing_is_measured),
      T(rows_are_there_before_the_first_figure), T(figures_are_said_and_drawn),
      T(the_row_itself_says_it_only_if_that_is_wanted), T(old_figures_are_none),
      T(what_does_not_run_uses_nothing), T(an_open_menu_takes_new_figures_in_place),
      T(the_picture_has_a_line_an_area_and_a_base))
