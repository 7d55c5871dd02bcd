/* menu_filter.c - see menu_filter.h. */
#include "core/menu/menu_filter.h"
#include "core/base/fold.h"
#include <string.h>

static void entry_add(struct menu_find *f, const struct menu_item *it)
{
    if (f->count == f->size) {
        f->size = f->size == 0 ? 64 : f->size * 2;
        f->entries = mem_grow(f->entries, f->size, sizeof *f->entries);
    }
    f->entries[f->count++] =
        (struct menu_find_entry){.item = it, .words = fold_text(&f->arena, it->found_by)};
}

static void entries_add(struct menu_find *f, const struct menu_item *items, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (items[i].found_by == NULL)
            entries_add(f, items[i].children, items[i].child_count);
        else if (!items[i].gone)
            entry_add(f, &items[i]);
    }
}

void menu_find_init(struct menu_find *f, const struct menu *menu)
{
    entries_add(f, menu->items, menu->count);
}

void menu_find_release(struct menu_find *f)
{
    mem_free(f->entries);
    arena_release(&f->arena);
    *f = (struct menu_find){0};
}

/* The words that were typed. */
struct query {
    const char *words[MENU_FIND_WORDS];
    size_t count;
};

static void read_query(struct query *q, struct arena *a, const char *typed)
{
    const char *at = fold_text(a, typed);

    q->count = 0;
    for (at += strspn(at, " \t"); *at != '\0' && q->count < MENU_FIND_WORDS;
         at += strspn(at, " \t")) {
        size_t len = strcspn(at, " \t");

        q->words[q->count++] = arena_dup(a, at, len);
        at += len;
    }
}

static bool fits(const struct query *q, const struct menu_find_entry *e)
{
    for (size_t i = 0; i < q->count; i++)
        if (strstr(e->words, q->words[i]) == NULL)
            return false;
    return true;
}

/* A row of `found`, NULL if it has none with this key. */
static struct menu_found_row *row_of(const struct menu_found *found, size_t count, const char *key)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(found->rows[i].key, key) == 0)
            return &found->rows[i];
    return NULL;
}

static void keep(const struct menu_found *before, size_t max, struct menu_found *out)
{
    for (; out->count < before->count && out->count < max; out->count++) {
        const struct menu_found_row *was = &before->rows[out->count];

        out->rows[out->count] = (struct menu_found_row){arena_str(&out->arena, was->key),
                                                        arena_str(&out->arena, was->title), NULL};
    }
}

static void show(struct menu_found_row *row, const struct menu_item *it, struct arena *a)
{
    row->item = it;
    row->title = arena_str(a, it->title);
}

void menu_find_rows(const struct menu_find *f, const char *typed, const struct menu_found *before,
                    size_t max, struct menu_found *out)
{
    struct arena scratch = {0};
    struct query q;
    size_t kept;

    read_query(&q, &scratch, typed);
    out->rows = arena_new_array(&out->arena, max, sizeof *out->rows);
    if (before != NULL)
        keep(before, max, out);
    kept = out->count;
    for (size_t i = 0; i < f->count; i++) {
        const struct menu_find_entry *e = &f->entries[i];
        struct menu_found_row *row = row_of(out, kept, e->item->key);

        if (row == NULL && !fits(&q, e))
            continue;
        if (row == NULL && out->count == max) {
            out->left_out++;
            continue;
        }
        if (row == NULL) {
            row = &out->rows[out->count++];
            row->key = arena_str(&out->arena, e->item->key);
        }
        show(row, e->item, &out->arena);
    }
    arena_release(&scratch);
}

void menu_found_release(struct menu_found *found)
{
    arena_release(&found->arena);
    *found = (struct menu_found){0};
}
