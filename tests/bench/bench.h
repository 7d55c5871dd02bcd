/* bench.h - what benchmarks share: a clock, samples, medians with their spread.
 *
 * Benchmarks print numbers and judge nothing: no test depends on a speed. Main thread only. */
#ifndef TESTS_BENCH_BENCH_H
#define TESTS_BENCH_BENCH_H
#include "core/base/base.h"

/* Microseconds; only differences mean something. */
double bench_wall_us(void);
double bench_cpu_us(void); /* of this thread alone: what else the machine does is left out */

struct bench_samples {
    double *values; /* owned */
    size_t count, size;
};
void bench_add(struct bench_samples *s, double value);
/* The value below which `part` (0..1) of the samples are; sorts them. At least one sample. */
double bench_quantile(struct bench_samples *s, double part);
/* "12.3 (11.9..14.0)": median, 10th and 90th percentile, written to out[BENCH_TEXT_MAX]. */
#define BENCH_TEXT_MAX 64
const char *bench_spread(struct bench_samples *s, char out[BENCH_TEXT_MAX]);
/* Accepts a zeroed struct; afterwards zeroed. */
void bench_release(struct bench_samples *s);

/* The benchmarks; each prints its table and returns 0, or another exit status with the reason on
 * standard error. */
int bench_find(void);   /* what a key costs in the window that finds a container */
int bench_core(void);   /* parse, seal, build, settle, diff; digest */
int bench_logs(void);   /* lines of a log: parsed, kept, searched */
int bench_events(void); /* from the death of a real container to its row */

#endif
