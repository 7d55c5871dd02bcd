/* bench.c - runs the benchmarks by name; without a name those that need nothing but this process.
 *
 *     bench           core, logs
 *     bench events    that one alone: it needs podman */
#include "tests/bench/bench.h"
#include "core/base/mem.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* Weak, so that the core's numbers can be had from a build without the refresh thread. */
int bench_events(void) __attribute__((weak));

static double clock_us(clockid_t id)
{
    struct timespec t;

    MUST(clock_gettime(id, &t) == 0);
    return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

double bench_wall_us(void)
{
    return clock_us(CLOCK_MONOTONIC);
}

double bench_cpu_us(void)
{
    return clock_us(CLOCK_THREAD_CPUTIME_ID);
}

void bench_add(struct bench_samples *s, double value)
{
    if (s->count == s->size) {
        s->size = s->size == 0 ? 64 : s->size * 2;
        s->values = mem_grow(s->values, s->size, sizeof *s->values);
    }
    s->values[s->count++] = value;
}

static int compare(const void *left, const void *right)
{
    const double *a = left, *b = right;

    return *a < *b ? -1 : *a > *b;
}

double bench_quantile(struct bench_samples *s, double part)
{
    MUST(s->count > 0);
    qsort(s->values, s->count, sizeof *s->values, compare);
    return s->values[(size_t)(part * (double)(s->count - 1) + 0.5)];
}

const char *bench_spread(struct bench_samples *s, char out[BENCH_TEXT_MAX])
{
    double median = bench_quantile(s, 0.5);
    int digits = median < 100 ? 1 : 0;

    snprintf(out, BENCH_TEXT_MAX, "%.*f (%.*f..%.*f)", digits, median, digits,
             bench_quantile(s, 0.1), digits, bench_quantile(s, 0.9));
    return out;
}

void bench_release(struct bench_samples *s)
{
    mem_free(s->values);
    *s = (struct bench_samples){NULL, 0, 0};
}

int main(int argc, char **argv)
{
    int status = 0;

    if (argc == 1) {
        status = bench_core();
        return status == 0 ? bench_logs() : status;
    }
    for (int i = 1; i < argc && status == 0; i++) {
        if (strcmp(argv[i], "core") == 0) {
            status = bench_core();
        } else if (strcmp(argv[i], "find") == 0) {
            status = bench_find();
        } else if (strcmp(argv[i], "logs") == 0) {
            status = bench_logs();
        } else if (strcmp(argv[i], "events") == 0 && bench_events != NULL) {
            status = bench_events();
        } else {
            fprintf(stderr, "bench: there is no benchmark %s\n", argv[i]);
            status = 2;
        }
    }
    return status;
}
