/* bench_core.c - what one look costs us, from the engine's bytes to the changes of a menu.
 *
 * Lists of podman's form are made in memory, 10 to 20,000 containers long, eight to a compose
 * project; cost per container that stays the same from row to row is what "linear" means. Between
 * two looks one container has stopped. Settle is the way of an open menu, and diff compares it with
 * the one before. Beside it: the digest, which is all that an unchanged look costs. */
#include "core/engine/engine.h"
#include "core/menu/menu_build.h"
#include "core/menu/menu_diff.h"
#include "tests/bench/bench.h"
#include <stdio.h>

#define NOW_S 1795556400
#define LIST_MAX ((size_t)64 << 20)

enum step { PARSE, SEAL, BUILD, SETTLE, DIFF, STEPS };

/* One element as podman 4.3 prints it. `stopped`: this one has ended. */
static void add_element(struct buf *b, size_t i, bool stopped)
{
    static const char form[] =
        "%s\n  {\n    \"AutoRemove\": false,\n    \"Command\": [\n      \"/bin/sleep\",\n"
        "      \"3600\"\n    ],\n    \"CreatedAt\": \"About a minute ago\",\n    \"Exited\": %s,\n"
        "    \"ExitedAt\": %s,\n    \"ExitCode\": 0,\n"
        "    \"Id\": \"%08zx932b36bf4a28e970204f30bdd66f7a68fc5ca50fea2bb60bac8815fa\",\n"
        "    \"Image\": \"docker.io/library/nginx:1.27-alpine\",\n"
        "    \"ImageID\": \"88a54966e3ba3e1d9a8463913c28e2ddab5279c46b3e115e8cc7b1179e2b9464\",\n"
        "    \"IsInfra\": false,\n    \"Labels\": {\n"
        "      \"com.docker.compose.project\": \"shop-%zu\",\n"
        "      \"com.docker.compose.service\": \"web\"\n    },\n    \"Mounts\": [],\n"
        "    \"Names\": [\n      \"web-%zu\"\n    ],\n    \"Namespaces\": {},\n"
        "    \"Networks\": [\n      \"podman\"\n    ],\n    \"Pid\": 26036,\n    \"Pod\": \"\",\n"
        "    \"PodName\": \"\",\n    \"Ports\": [\n      {\n        \"host_ip\": \"127.0.0.1\",\n"
        "        \"container_port\": 80,\n        \"host_port\": %zu,\n        \"range\": 1,\n"
        "        \"protocol\": \"tcp\"\n      }\n    ],\n    \"Size\": null,\n"
        "    \"StartedAt\": 1795556047,\n    \"State\": \"%s\",\n"
        "    \"Status\": \"%s\",\n    \"Created\": 1795556046\n  }";

    MUST(buf_print(b, form, i > 0 ? "," : "", stopped ? "true" : "false",
                   stopped ? "1795556300" : "-62135596800", i * 2654435761u % 0xffffffffu, i / 8, i,
                   1024 + i % 60000, stopped ? "exited" : "running",
                   stopped ? "Exited (0) 1 minute ago" : "Up About a minute ago") == RC_OK);
}

/* Every fourth container is stopped, and also the one with this index. */
static void make_list(struct buf *b, size_t count, size_t stopped)
{
    buf_init(b, LIST_MAX);
    MUST(buf_text_add(b, "[") == RC_OK);
    for (size_t i = 0; i < count; i++)
        add_element(b, i, i % 4 == 3 || i == stopped);
    MUST(buf_text_add(b, "\n]\n") == RC_OK);
}

/* Adds what passed since *then to the samples; *then becomes now. */
static void lap(struct bench_samples *s, double *then)
{
    double now = bench_cpu_us();

    bench_add(s, now - *then);
    *then = bench_cpu_us();
}

static void look(const struct buf *list, struct bench_samples samples[STEPS], struct menu *out)
{
    struct snapshot *snap = snapshot_new(ENGINE_PODMAN);
    struct menu_input in = {.snaps = {[ENGINE_PODMAN] = snap}, .now_s = NOW_S};
    struct fault why;
    double then = bench_cpu_us();

    MUST(engine_driver(ENGINE_PODMAN)->parse_list(list->data, list->len, snap, &why) == RC_OK);
    lap(&samples[PARSE], &then);
    snapshot_seal(snap);
    lap(&samples[SEAL], &then);
    snap->state = ENGINE_RUNNING;
    menu_build(out, &in);
    lap(&samples[BUILD], &then);
    snapshot_free(snap);
}

static void two_looks(const struct buf lists[2], struct bench_samples samples[STEPS])
{
    struct menu before = {0}, after = {0}, open = {0};
    struct menu_change *changes = NULL;
    size_t count = 0;
    double then = 0;

    look(&lists[0], samples, &before);
    look(&lists[1], samples, &after);
    then = bench_cpu_us();
    menu_settle(&before, &after, &open);
    lap(&samples[SETTLE], &then);
    changes = menu_diff(before.items, before.count, open.items, open.count, &count);
    lap(&samples[DIFF], &then);
    MUST(count > 0);
    mem_free(changes);
    menu_release(&before);
    menu_release(&after);
    menu_release(&open);
}

static void bench_size(size_t containers, int rounds)
{
    struct bench_samples samples[STEPS] = {{NULL, 0, 0}};
    struct buf lists[2];
    char text[BENCH_TEXT_MAX];
    double sum = 0;

    make_list(&lists[0], containers, SIZE_MAX);
    make_list(&lists[1], containers, 0);
    for (int i = 0; i < rounds; i++)
        two_looks(lists, samples);
    printf("%10zu", containers);
    for (int s = 0; s < STEPS; s++) {
        sum += bench_quantile(&samples[s], 0.5);
        printf(" %24s", bench_spread(&samples[s], text));
        bench_release(&samples[s]);
    }
    printf(" %10.0f %8.2f\n", sum, sum / (double)containers);
    buf_release(&lists[0]);
    buf_release(&lists[1]);
}

static void bench_digest(size_t containers, int rounds)
{
    struct bench_samples samples = {NULL, 0, 0};
    unsigned char digest[ENGINE_DIGEST_SIZE];
    struct buf list;
    char text[BENCH_TEXT_MAX];

    make_list(&list, containers, SIZE_MAX);
    for (int i = 0; i < rounds; i++) {
        double then = bench_cpu_us();

        engine_digest(ENGINE_PODMAN, list.data, list.len, digest);
        lap(&samples, &then);
    }
    printf("%10zu %10zu %24s\n", containers, list.len, bench_spread(&samples, text));
    bench_release(&samples);
    buf_release(&list);
}

int bench_core(void)
{
    printf("A changed look, podman's list; own CPU in microseconds, median (p10..p90).\n");
    printf("%10s %24s %24s %24s %24s %24s %10s %8s\n", "containers", "parse", "seal", "build",
           "settle", "diff", "sum", "each");
    bench_size(10, 200);
    bench_size(100, 100);
    bench_size(1000, 20);
    bench_size(10000, 5);
    bench_size(20000, 3);
    printf("\nAn unchanged look: its digest; own CPU in microseconds, median (p10..p90).\n");
    printf("%10s %10s %24s\n", "containers", "bytes", "digest");
    bench_digest(20, 500);
    bench_digest(1000, 50);
    return 0;
}
