/* table.h - a table for people: a line of heads, then rows, each column as wide as its widest text.
 *
 * Memory: a table owns its rows and its arena, where their texts may lie too. One thread. */
#ifndef APP_CLI_TABLE_H
#define APP_CLI_TABLE_H
#include "core/base/buf.h"
#include "core/base/mem.h"

#define TABLE_COLUMNS_MAX 8

struct table {
    size_t columns;
    const char *(*rows)[TABLE_COLUMNS_MAX]; /* the first one: the heads */
    size_t count, size;
    struct arena arena;
};

/* Fills *t; the heads are borrowed. */
void table_init(struct table *t, const char *const heads[], size_t columns);
/* A new row, to be filled with a safe text for each column; valid until the next one. */
const char **table_add(struct table *t);
/* Adds the lines: two spaces between columns, none behind the last. */
NODISCARD enum rc table_print(const struct table *t, struct buf *out);
void table_release(struct table *t);

#endif
