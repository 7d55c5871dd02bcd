/* table.c - see table.h. */
#include "app/cli/table.h"

#define ROWS_FIRST 32

void table_init(struct table *t, const char *const heads[], size_t columns)
{
    const char **row;

    MUST(columns <= TABLE_COLUMNS_MAX);
    *t = (struct table){.columns = columns};
    row = table_add(t);
    for (size_t i = 0; i < columns; i++)
        row[i] = heads[i];
}

const char **table_add(struct table *t)
{
    if (t->count == t->size) {
        t->size = t->size == 0 ? ROWS_FIRST : t->size * 2;
        t->rows = mem_grow(t->rows, t->size, sizeof *t->rows);
    }
    return t->rows[t->count++];
}

/* Characters of valid UTF-8. */
static size_t width_of(const char *text)
{
    size_t n = 0;

    for (; *text != '\0'; text++)
        n += ((unsigned char)*text & 0xC0) != 0x80;
    return n;
}

static enum rc print_row(const struct table *t, size_t r, const size_t width[], struct buf *out)
{
    enum rc rc = RC_OK;

    for (size_t i = 0; i < t->columns && rc == RC_OK; i++) {
        bool last = i + 1 == t->columns;
        size_t pad = last ? 0 : width[i] - width_of(t->rows[r][i]) + 2;

        rc = buf_print(out, "%s%*s%s", t->rows[r][i], (int)pad, "", last ? "\n" : "");
    }
    return rc;
}

enum rc table_print(const struct table *t, struct buf *out)
{
    size_t width[TABLE_COLUMNS_MAX] = {0};
    enum rc rc = RC_OK;

    for (size_t r = 0; r < t->count; r++)
        for (size_t i = 0; i < t->columns; i++)
            if (width_of(t->rows[r][i]) > width[i])
                width[i] = width_of(t->rows[r][i]);
    for (size_t r = 0; r < t->count && rc == RC_OK; r++)
        rc = print_row(t, r, width, out);
    return rc;
}

void table_release(struct table *t)
{
    mem_free(t->rows);
    arena_release(&t->arena);
    *t = (struct table){0};
}
