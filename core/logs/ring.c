/* ring.c - see ring.h. Lines lie one behind the other in blocks; a block is freed when its last
 * line is gone. Where each line lies stands in a table that is used round and round. A block is a
 * small part of the limit, so what the oldest block keeps back is too. */
#include "core/logs/ring.h"
#include "core/base/mem.h"
#include <string.h>

#define BLOCK_SIZE ((size_t)64 << 10)
#define TABLE_MIN ((size_t)1024)

struct block {
    struct block *next; /* the newer one */
    size_t lines;       /* those of it that are still there */
    size_t used;
    _Alignas(struct line_span) char bytes[BLOCK_SIZE];
};

/* Before its spans and its text. */
struct record {
    int64_t ns;
    uint32_t len, span_count;
    bool ours;
};

struct ring {
    size_t lines_max, bytes_max;
    uint64_t first, end;
    struct record **table; /* by number, modulo its size */
    size_t table_size;     /* a power of two, or 0 */
    struct block *oldest, *newest;
    size_t bytes; /* of the blocks */
};

struct ring *ring_new(size_t lines_max, size_t bytes_max)
{
    struct ring *r = mem_new(sizeof *r);

    MUST(lines_max > 0 && bytes_max >= 2 * sizeof(struct block));
    r->lines_max = lines_max;
    r->bytes_max = bytes_max;
    return r;
}

static void drop_block(struct ring *r)
{
    struct block *b = r->oldest;

    r->oldest = b->next;
    if (r->oldest == NULL)
        r->newest = NULL;
    r->bytes -= sizeof *b;
    mem_free(b);
}

void ring_clear(struct ring *r)
{
    while (r->oldest != NULL)
        drop_block(r);
    r->first = r->end;
}

void ring_free(struct ring *r)
{
    if (r == NULL)
        return;
    ring_clear(r);
    mem_free(r->table);
    mem_free(r);
}

static void drop_line(struct ring *r)
{
    r->first++;
    if (--r->oldest->lines == 0)
        drop_block(r);
}

static void drop_lines_of_oldest(struct ring *r)
{
    for (size_t n = r->oldest->lines; n > 0; n--)
        drop_line(r);
}

/* One more line has a place in the table. */
static void grow_table(struct ring *r)
{
    size_t count = (size_t)(r->end - r->first), size = r->table_size * 2;
    struct record **table;

    if (count < r->table_size)
        return;
    if (size == 0)
        size = TABLE_MIN;
    table = mem_new_array(size, sizeof(struct record *));
    for (uint64_t n = r->first; n < r->end; n++)
        table[n & (size - 1)] = r->table[n & (r->table_size - 1)];
    mem_free(r->table);
    r->table = table;
    r->table_size = size;
}

static void add_block(struct ring *r)
{
    struct block *b;

    while (r->oldest != NULL && r->bytes + sizeof *b > r->bytes_max)
        drop_lines_of_oldest(r);
    b = mem_new(sizeof *b);
    if (r->newest != NULL)
        r->newest->next = b;
    else
        r->oldest = b;
    r->newest = b;
    r->bytes += sizeof *b;
}

static struct record *room(struct ring *r, size_t size)
{
    struct record *at;

    MUST(size <= BLOCK_SIZE);
    if (r->newest == NULL || r->newest->used + size > BLOCK_SIZE)
        add_block(r);
    at = (struct record *)(void *)(r->newest->bytes + r->newest->used);
    r->newest->used += size;
    r->newest->lines++;
    return at;
}

static struct line_span *spans_of(struct record *rec)
{
    return (struct line_span *)(void *)(rec + 1);
}

void ring_add(struct ring *r, const struct line *line)
{
    size_t spans = line->span_count * sizeof(struct line_span), align = _Alignof(struct record);
    size_t need = sizeof(struct record) + spans + line->len + 1;
    struct record *rec =
        room(r, (need + align - 1) / align * align); /* so the next one is aligned */
    char *text = (char *)spans_of(rec) + spans;

    *rec = (struct record){.ns = line->ns,
                           .len = (uint32_t)line->len,
                           .span_count = (uint32_t)line->span_count,
                           .ours = line->ours};
    if (spans > 0)
        memcpy(spans_of(rec), line->spans, spans);
    memcpy(text, line->text, line->len);
    text[line->len] = '\0';
    grow_table(r);
    r->table[r->end & (r->table_size - 1)] = rec;
    r->end++;
    while (r->end - r->first > r->lines_max)
        drop_line(r);
}

uint64_t ring_first(const struct ring *r)
{
    return r->first;
}

uint64_t ring_end(const struct ring *r)
{
    return r->end;
}

struct line ring_line(const struct ring *r, uint64_t number)
{
    struct record *rec;

    MUST(number >= r->first && number < r->end);
    rec = r->table[number & (r->table_size - 1)];
    return (struct line){.text = (char *)(spans_of(rec) + rec->span_count),
                         .len = rec->len,
                         .spans = spans_of(rec),
                         .span_count = rec->span_count,
                         .ns = rec->ns,
                         .ours = rec->ours};
}

void ring_text(const struct ring *r, struct buf *out)
{
    buf_init(out, RING_TEXT_MAX);
    for (uint64_t n = r->first; n < r->end; n++) {
        struct line line = ring_line(r, n);

        MUST(buf_add(out, line.text, line.len) == RC_OK && buf_text_add(out, "\n") == RC_OK);
    }
}

size_t ring_bytes(const struct ring *r)
{
    return sizeof *r + r->bytes + r->table_size * sizeof(struct record *);
}

static bool find_down(const struct ring *r, const struct needle *n, struct ring_place *at)
{
    size_t from = at->line < r->first ? 0 : at->at;

    for (uint64_t i = at->line < r->first ? r->first : at->line; i < r->end; i++) {
        struct line line = ring_line(r, i);
        size_t found = find_first(n, line.text, line.len, from);

        if (found != FIND_NONE) {
            *at = (struct ring_place){i, found};
            return true;
        }
        from = 0;
    }
    return false;
}

static bool find_up(const struct ring *r, const struct needle *n, struct ring_place *at)
{
    size_t before = at->line < r->end ? at->at : SIZE_MAX;

    for (uint64_t i = at->line < r->end ? at->line + 1 : r->end; i-- > r->first;) {
        struct line line = ring_line(r, i);
        size_t found = find_last(n, line.text, line.len, before);

        if (found != FIND_NONE) {
            *at = (struct ring_place){i, found};
            return true;
        }
        before = SIZE_MAX;
    }
    return false;
}

bool ring_find(const struct ring *r, const struct needle *n, bool back, struct ring_place *at)
{
    return back ? find_up(r, n, at) : find_down(r, n, at);
}

struct ring_tally ring_tally(const struct ring *r, const struct needle *n,
                             const struct ring_place *at)
{
    struct ring_tally t = {0};

    for (uint64_t i = r->first; i < r->end; i++) {
        struct line line = ring_line(r, i);

        for (size_t f = find_first(n, line.text, line.len, 0); f != FIND_NONE;
             f = find_first(n, line.text, line.len, f + n->len)) {
            t.all++;
            t.upto += i < at->line || (i == at->line && f <= at->at);
        }
    }
    return t;
}
