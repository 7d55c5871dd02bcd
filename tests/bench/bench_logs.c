/* bench_logs.c - what a line of a followed log costs: parsed, kept, searched. Lines as a web server
 * has them, a tenth of them coloured. */
#include "core/base/buf.h"
#include "core/logs/ansi.h"
#include "core/logs/ring.h"
#include "tests/bench/bench.h"
#include <stdio.h>

#define LINES ((size_t)100000)

static void make_log(struct buf *out)
{
    buf_init(out, (size_t)64 << 20);
    for (size_t i = 0; i < LINES; i++)
        MUST(buf_print(
                 out,
                 "192.0.2.%zu - - [26/Nov/2026:14:19:53 +0000] \"GET /shop/item/%zu HTTP/1.1\" "
                 "%s%d%s %zu \"-\" \"Mozilla/5.0\"\n",
                 i % 256, i, i % 10 == 0 ? "\033[31m" : "", i % 10 == 0 ? 500 : 200,
                 i % 10 == 0 ? "\033[0m" : "", i * 7 % 90000) == RC_OK);
}

static void keep(void *ctx, const struct line *line)
{
    ring_add(ctx, line);
}

static void drop(void *ctx, const struct line *line)
{
    (void)ctx;
    (void)line;
}

/* Thousands of lines a second. */
static double rate(double us)
{
    return (double)LINES / us * 1e3;
}

static void lap(struct bench_samples *s, double *then)
{
    double now = bench_cpu_us();

    bench_add(s, rate(now - *then));
    *then = bench_cpu_us();
}

int bench_logs(void)
{
    struct bench_samples parse = {NULL, 0, 0}, both = {NULL, 0, 0}, search = {NULL, 0, 0};
    struct ring *ring = ring_new(RING_LINES, RING_BYTES);
    struct needle n;
    char text[3][BENCH_TEXT_MAX];
    struct buf log;

    make_log(&log);
    needle_init(&n, "not to be found");
    for (int i = 0; i < 20; i++) {
        struct ansi *a = ansi_new();
        double then = bench_cpu_us();

        ansi_feed(a, log.data, log.len, drop, NULL);
        lap(&parse, &then);
        ansi_feed(a, log.data, log.len, keep, ring);
        lap(&both, &then);
        MUST(ring_tally(ring, &n, &(struct ring_place){0, 0}).all == 0);
        lap(&search, &then);
        ansi_free(a);
    }
    printf("\nA followed log; thousand lines a second of own CPU, median (p10..p90).\n");
    printf("%24s %24s %24s %12s\n", "parse", "parse and keep", "search", "MiB kept");
    printf("%24s %24s %24s %12.1f\n", bench_spread(&parse, text[0]), bench_spread(&both, text[1]),
           bench_spread(&search, text[2]), (double)ring_bytes(ring) / 1048576);
    bench_release(&parse);
    bench_release(&both);
    bench_release(&search);
    ring_free(ring);
    buf_release(&log);
    return 0;
}
