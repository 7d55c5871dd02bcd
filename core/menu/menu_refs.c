/* menu_refs.c - see menu_refs.h. */
#include "core/menu/menu_refs.h"
#include "core/base/mem.h"
#include <stdlib.h>
#include <string.h>

static int compare(const void *left, const void *right)
{
    const struct menu_ref *a = left, *b = right;
    int order =
        a->engine != b->engine ? (a->engine < b->engine ? -1 : 1) : strcmp(a->text, b->text);

    if (order != 0)
        return order;
    return a->index < b->index ? -1 : a->index > b->index;
}

void menu_refs_init(struct menu_refs *refs, size_t count)
{
    refs->count = count;
    refs->list = mem_new_array(count, sizeof *refs->list);
}

void menu_refs_sort(struct menu_refs *refs)
{
    if (refs->count > 1)
        qsort(refs->list, refs->count, sizeof *refs->list, compare);
}

ptrdiff_t menu_refs_find(const struct menu_refs *refs, enum engine_kind engine, const char *text)
{
    const struct menu_ref want = {engine, text, SIZE_MAX};
    size_t low = 0, high = refs->count;

    while (low < high) {
        size_t mid = low + (high - low) / 2;

        if (compare(&refs->list[mid], &want) < 0)
            low = mid + 1;
        else
            high = mid;
    }
    if (low == 0 || refs->list[low - 1].engine != engine ||
        strcmp(refs->list[low - 1].text, text) != 0)
        return -1;
    return (ptrdiff_t)refs->list[low - 1].index;
}

void menu_refs_release(struct menu_refs *refs)
{
    mem_free(refs->list);
    *refs = (struct menu_refs){NULL, 0};
}
