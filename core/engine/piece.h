/* piece.h - a stretch of text inside a longer one: reading without copying. Pure; private to
 * core/engine. */
#ifndef CORE_ENGINE_PIECE_H
#define CORE_ENGINE_PIECE_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A stretch of text inside another one; not ended by a NUL. */
struct piece {
    const char *at;
    size_t len;
};
/* The whole of a text; NULL is empty. */
struct piece piece_of(const char *text);
/* Without white space at both ends. */
struct piece piece_trim(struct piece p);
/* What stands before the first `sep`, or all; *rest becomes what is behind it. */
struct piece piece_until(struct piece *rest, char sep);
bool piece_is(struct piece p, const char *text);
bool piece_starts(struct piece p, const char *text);
/* Decimal digits alone, at most 18 of them. */
bool piece_int(struct piece p, int64_t *out);
/* Position of `text` in p, or NULL; both may hold any bytes. */
const char *piece_find(struct piece p, const char *text);

#endif
