/* stats.c - the statistics of one look, and the texts that docker and podman put numbers into.
 *
 * They round for people: "1.3kB", "7.753GiB". docker counts memory in units of 1024 and the rest
 * in units of 1000, podman all in 1000; both write the unit out, so the unit decides. */
#include "core/engine/stats.h"
#include "core/engine/piece.h"
#include <math.h>
#include <string.h>

#define SIZE_FIRST 16
#define NUMBER_MAX 32 /* characters of a number that is worth reading */

struct engine_stat *stat_add(struct stat_list *stats, const char *id)
{
    struct piece p = piece_of(id);
    struct engine_stat *row = NULL;

    if (p.len == 0 || p.len > VALID_ID_MAX || piece_is(p, "--"))
        return NULL;
    if (stats->count == SNAPSHOT_COUNT_MAX)
        return NULL;
    if (stats->count == stats->size) {
        stats->size = stats->size > 0 ? stats->size * 2 : SIZE_FIRST;
        stats->list = mem_grow(stats->list, stats->size, sizeof *stats->list);
    }
    row = &stats->list[stats->count++];
    *row = (struct engine_stat){.cpu_percent = NAN,
                                .cpu_usec = ENGINE_NO_STAT,
                                .mem = ENGINE_NO_STAT,
                                .mem_limit = ENGINE_NO_STAT,
                                .net_rx = ENGINE_NO_STAT,
                                .net_tx = ENGINE_NO_STAT,
                                .blk_read = ENGINE_NO_STAT,
                                .blk_write = ENGINE_NO_STAT,
                                .pids = ENGINE_NO_STAT};
    memcpy(row->id, p.at, p.len);
    return row;
}

/* A decimal number without sign or exponent; *rest becomes what is behind it. Whole and decimal
 * digits are read apart from the locale, which may want a comma. */
static bool decimal(struct piece *rest, double *out)
{
    struct piece p = *rest;
    double n = 0, place = 1;
    bool point = false, digit = false;
    size_t i = 0;

    for (; i < p.len && i < NUMBER_MAX; i++) {
        if (p.at[i] == '.' && !point) {
            point = true;
        } else if (p.at[i] >= '0' && p.at[i] <= '9') {
            n = n * 10 + (p.at[i] - '0');
            place = point ? place * 10 : place;
            digit = true;
        } else {
            break;
        }
    }
    *rest = (struct piece){p.at + i, p.len - i};
    *out = n / place;
    return digit;
}

double stat_percent(const char *text)
{
    struct piece p = piece_trim(piece_of(text));
    double n = 0;

    return decimal(&p, &n) && piece_is(p, "%") ? n : NAN;
}

/* "B", "kB", "MB", "KiB", ... -> bytes; 0 if it is no unit. */
static double unit(struct piece p)
{
    static const char letters[] = "kMGTPE";
    double base = 1000, n = 1000;
    const char *letter = NULL;

    if (piece_is(p, "B"))
        return 1;
    if (p.len == 3 && p.at[1] == 'i')
        base = n = 1024;
    else if (p.len != 2)
        return 0;
    letter = memchr(letters, p.at[0] == 'K' ? 'k' : p.at[0], sizeof letters - 1);
    if (letter == NULL || p.at[p.len - 1] != 'B')
        return 0;
    for (const char *l = letters; l < letter; l++)
        n *= base;
    return n;
}

static void size_of(struct piece p, int64_t *out)
{
    double n = 0, bytes = 0;

    p = piece_trim(p);
    if (!decimal(&p, &n))
        return;
    bytes = n * unit(piece_trim(p));
    if (unit(piece_trim(p)) > 0 && bytes < 9e18)
        *out = (int64_t)llround(bytes);
}

void stat_pair(const char *text, int64_t *first, int64_t *second)
{
    struct piece rest = piece_of(text);

    size_of(piece_until(&rest, '/'), first);
    size_of(rest, second);
}

/* Microseconds of a unit that the text begins with, which is then passed over; 0 for none. */
static double span_unit(struct piece *rest)
{
    static const struct {
        const char *word;
        double usec;
    } units[] = {{"ms", 1e3},  {"us", 1},  {"\xc2\xb5s", 1}, {"ns", 1e-3},
                 {"h", 3.6e9}, {"m", 6e7}, {"s", 1e6}}; /* longer ones first */

    for (size_t i = 0; i < countof(units); i++) {
        size_t len = strlen(units[i].word);

        if (piece_starts(*rest, units[i].word)) {
            *rest = (struct piece){rest->at + len, rest->len - len};
            return units[i].usec;
        }
    }
    return 0;
}

void stat_span(const char *text, int64_t *usec)
{
    struct piece p = piece_trim(piece_of(text));
    double sum = 0, n = 0, unit_usec = 0;

    if (p.len == 0)
        return;
    while (p.len > 0) {
        if (!decimal(&p, &n) || (unit_usec = span_unit(&p)) == 0)
            return;
        sum += n * unit_usec;
    }
    if (sum < 9e18)
        *usec = (int64_t)llround(sum);
}
