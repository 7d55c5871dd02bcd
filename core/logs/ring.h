/* ring.h - the newest lines of a log: so many lines and so many bytes at most, the oldest go.
 *
 * A line has a number that no other line of the same ring ever gets: the first is 0, and clearing
 * does not begin anew. Adding costs the same however many there are. Memory: grows with what is in
 * it; freed with it. Threads: one at a time. */
#ifndef CORE_LOGS_RING_H
#define CORE_LOGS_RING_H
#include "core/base/buf.h"
#include "core/base/find.h"
#include "core/logs/line.h"

#define RING_LINES ((size_t)100000)
#define RING_BYTES ((size_t)32 << 20)

struct ring;

/* Empty. `bytes_max` is at least some hundred thousand. */
struct ring *ring_new(size_t lines_max, size_t bytes_max);
/* Accepts NULL. */
void ring_free(struct ring *r);
/* Copies it behind all others. */
void ring_add(struct ring *r, const struct line *line);
/* Nothing is in it; the next line goes on counting. */
void ring_clear(struct ring *r);
/* Numbers of the oldest line, and of the next one to come: equal if it is empty. */
uint64_t ring_first(const struct ring *r);
uint64_t ring_end(const struct ring *r);
/* One of them (a bug else); what it points to is valid until the ring changes. */
struct line ring_line(const struct ring *r, uint64_t number);
/* All lines, each with a line break behind it; at most RING_TEXT_MAX of a ring with RING_LINES and
 * RING_BYTES. For buf_release(). */
#define RING_TEXT_MAX (RING_BYTES + RING_LINES)
void ring_text(const struct ring *r, struct buf *out);
/* What it holds, its own bookkeeping included. */
size_t ring_bytes(const struct ring *r);

/* A place in it. */
struct ring_place {
    uint64_t line;
    size_t at; /* byte */
};

/* The first place at or behind *at, or with `back` the last one before it: true, and *at is it. */
bool ring_find(const struct ring *r, const struct needle *n, bool back, struct ring_place *at);
/* How often it is in there, and how often up to and with *at. */
struct ring_tally {
    size_t all, upto;
};
struct ring_tally ring_tally(const struct ring *r, const struct needle *n,
                             const struct ring_place *at);

#endif
