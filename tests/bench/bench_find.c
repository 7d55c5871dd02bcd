/* bench_find.c - what the window that finds a container costs for each key and for each change.
 *
 * A menu of 20,000 containers. "index" is paid when the menu has changed; "key" when something is
 * typed: a word that few have, one that all have, one that nobody has; "update" when the list
 * follows a change. Beside it: the graph of one row. */
#include "core/menu/menu_build.h"
#include "core/menu/menu_filter.h"
#include "core/menu/menu_graph.h"
#include "tests/bench/bench.h"
#include <stdio.h>

#define NOW_S 1795556400
#define CONTAINERS 20000
#define ROWS 50
#define ROUNDS 20

static void make_menu(struct menu *out)
{
    struct snapshot *snap = snapshot_new(ENGINE_PODMAN);
    struct menu_input in = {.snaps = {[ENGINE_PODMAN] = snap}, .now_s = NOW_S};

    snap->state = ENGINE_RUNNING;
    for (size_t i = 0; i < CONTAINERS; i++) {
        struct container *c = snapshot_add(snap);

        c->id = arena_print(&snap->arena, "%064zx", i * 2654435761u);
        c->name = arena_print(&snap->arena, "web-%zu", i);
        c->image = "docker.io/library/nginx:1.27-alpine";
        c->project = "shop";
        c->state = i % 4 == 0 ? STATE_RUNNING : STATE_STOPPED;
    }
    snapshot_seal(snap);
    menu_build(out, &in);
    snapshot_free(snap);
}

static void report(const char *what, struct bench_samples *s)
{
    char text[BENCH_TEXT_MAX];

    printf("%-28s %24s\n", what, bench_spread(s, text));
    bench_release(s);
}

static void bench_index(const struct menu *m, struct menu_find *f)
{
    struct bench_samples s = {NULL, 0, 0};

    for (int i = 0; i < ROUNDS; i++) {
        double then = bench_cpu_us();

        menu_find_release(f);
        menu_find_init(f, m);
        bench_add(&s, bench_cpu_us() - then);
    }
    MUST(f->count == CONTAINERS);
    report("index", &s);
}

static void bench_key(const struct menu_find *f, const char *typed, const char *what, bool again)
{
    struct bench_samples s = {NULL, 0, 0};
    struct menu_found before = {0};

    menu_find_rows(f, typed, NULL, ROWS, &before);
    for (int i = 0; i < ROUNDS; i++) {
        struct menu_found found = {0};
        double then = bench_cpu_us();

        menu_find_rows(f, typed, again ? &before : NULL, ROWS, &found);
        bench_add(&s, bench_cpu_us() - then);
        menu_found_release(&found);
    }
    menu_found_release(&before);
    report(what, &s);
}

static void bench_graph(void)
{
    struct menu_graph g = {.label = "", .value = ""};
    struct bench_samples s = {NULL, 0, 0};

    for (int i = 0; i < ROUNDS; i++) {
        double then = bench_cpu_us();

        for (unsigned scale = 1; scale <= 2; scale++) {
            struct buf picture;

            g.height[i] = (unsigned char)i;
            menu_graph_tiff(&g, scale, &picture);
            buf_release(&picture);
        }
        bench_add(&s, bench_cpu_us() - then);
    }
    report("graph, both sizes", &s);
}

int bench_find(void)
{
    struct menu_find f = {NULL, 0, 0, {NULL, 0}};
    struct menu m = {0};

    make_menu(&m);
    printf("Finding among %d containers; own CPU in microseconds, median (p10..p90).\n",
           CONTAINERS);
    bench_index(&m, &f);
    bench_key(&f, "web-19999", "key, one fits", false);
    bench_key(&f, "web", "key, all fit", false);
    bench_key(&f, "shop running nothing", "key, none fits", false);
    bench_key(&f, "web", "update, all fit", true);
    bench_graph();
    menu_find_release(&f);
    menu_release(&m);
    return 0;
}
