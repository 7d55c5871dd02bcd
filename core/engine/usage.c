/* usage.c - see usage.h. */
#include "core/engine/usage.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define SHORT_ID 12 /* what podman prints of an id in its statistics (engines.md 4) */
#define LONG_ID 64  /* of which it is the beginning */

static int compare(const void *left, const void *right)
{
    const struct usage *a = left, *b = right;

    return strcmp(a->id, b->id);
}

/* Index of the first one of the sorted list that does not come before `id`. */
static size_t place_of(const struct usage_book *b, size_t sorted, const char *id)
{
    size_t low = 0, high = sorted;

    while (low < high) {
        size_t mid = low + (high - low) / 2;

        if (strcmp(b->list[mid].id, id) < 0)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

/* What starts with `id` stands right behind it in the order of texts, so the short form of an id
 * stands right in front of where the whole one would be. */
const struct usage *usage_find(const struct usage_book *b, const char *id)
{
    size_t at = place_of(b, b->count, id);
    const struct usage *before = at > 0 ? &b->list[at - 1] : NULL;

    if (at < b->count && strcmp(b->list[at].id, id) == 0)
        return &b->list[at];
    if (before != NULL && strlen(before->id) == SHORT_ID && strlen(id) == LONG_ID &&
        strncmp(before->id, id, SHORT_ID) == 0)
        return before;
    return NULL;
}

bool usage_is_fresh(const struct usage *u, int64_t now_ms)
{
    return now_ms - u->at_ms < USAGE_FRESH_MS;
}

const struct usage_point *usage_point(const struct usage *u, size_t i)
{
    MUST(i < u->count);
    return &u->points[(u->first + i) % USAGE_POINTS];
}

/* How much a total has grown a second; NAN if that cannot be told. */
static double growth(int64_t before, int64_t now, int64_t took_ms)
{
    if (before == ENGINE_NO_STAT || now == ENGINE_NO_STAT || now < before || took_ms <= 0)
        return NAN;
    return (double)(now - before) * 1000 / (double)took_ms;
}

/* A total is better than a percentage: podman's is the average since the start. */
static double cpu_of(const struct engine_stat *before, const struct engine_stat *now,
                     int64_t took_ms)
{
    if (now->cpu_usec == ENGINE_NO_STAT)
        return now->cpu_percent;
    return growth(before->cpu_usec, now->cpu_usec, took_ms) / 10000; /* usec a second -> percent */
}

static void add_point(struct usage *u, struct usage_point p)
{
    if (u->count < USAGE_POINTS) {
        u->points[(u->first + u->count++) % USAGE_POINTS] = p;
    } else {
        u->points[u->first] = p;
        u->first = (u->first + 1) % USAGE_POINTS;
    }
}

static void take(struct usage *u, const struct engine_stat *now, int64_t at_ms)
{
    int64_t took_ms = at_ms - u->at_ms;

    u->cpu = cpu_of(&u->last, now, took_ms);
    u->rx_rate = growth(u->last.net_rx, now->net_rx, took_ms);
    u->tx_rate = growth(u->last.net_tx, now->net_tx, took_ms);
    u->mem = now->mem;
    u->mem_limit = now->mem_limit;
    u->last = *now;
    u->at_ms = at_ms;
    if (!isnan(u->cpu))
        add_point(u, (struct usage_point){at_ms, u->cpu});
}

/* Its first sample is none to compare with. */
static struct usage *add_new(struct usage_book *b, const char *id)
{
    struct usage *u = NULL;

    if (b->count == USAGE_MAX)
        return NULL;
    if (b->count == b->size) {
        b->size = b->size == 0 ? 8 : b->size * 2;
        b->list = mem_grow(b->list, b->size, sizeof *b->list);
    }
    u = &b->list[b->count++];
    memset(u, 0, sizeof *u);
    memcpy(u->id, id, strlen(id) + 1);
    u->last.cpu_usec = u->last.net_rx = u->last.net_tx = ENGINE_NO_STAT;
    return u;
}

static void forget_silent(struct usage_book *b, int64_t now_ms)
{
    size_t kept = 0;

    for (size_t i = 0; i < b->count; i++)
        if (now_ms - b->list[i].at_ms <= USAGE_WINDOW_MS)
            b->list[kept++] = b->list[i];
    b->count = kept;
}

void usage_add(struct usage_book *b, const struct engine_stat *stats, size_t count, int64_t at_ms)
{
    size_t sorted;

    forget_silent(b, at_ms);
    sorted = b->count;
    for (size_t i = 0; i < count; i++) {
        size_t at = place_of(b, sorted, stats[i].id);
        bool known = at < sorted && strcmp(b->list[at].id, stats[i].id) == 0;
        struct usage *u = known ? &b->list[at] : add_new(b, stats[i].id);

        if (u != NULL)
            take(u, &stats[i], at_ms);
    }
    if (b->count > 1)
        qsort(b->list, b->count, sizeof *b->list, compare);
    b->failed = false;
}

void usage_release(struct usage_book *b)
{
    mem_free(b->list);
    *b = (struct usage_book){0};
}
