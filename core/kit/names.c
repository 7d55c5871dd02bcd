/* names.c - see names.h. Changes come from clicks, so each walks a list. */
#include "core/kit/names.h"
#include <string.h>

/* Index, or count if it is not there. */
static size_t find(const struct name_list *l, enum engine_kind engine, const char *name)
{
    size_t at = 0;

    while (at < l->count && (l->list[at].engine != engine || strcmp(l->list[at].name, name) != 0))
        at++;
    return at;
}

static void add(struct name_list *l, enum engine_kind engine, const char *name)
{
    if (l->count == l->size) {
        l->size = l->size == 0 ? 8 : l->size * 2;
        l->list = mem_grow(l->list, l->size, sizeof *l->list);
    }
    l->list[l->count++] = (struct menu_name){engine, mem_str(name)};
}

static void drop(struct name_list *l, size_t at)
{
    mem_free((char *)l->list[at].name);
    l->count--;
    memmove(&l->list[at], &l->list[at + 1], (l->count - at) * sizeof *l->list);
}

/* The store gives no name twice. */
static void take(struct name_list *l, const struct store_names *kept)
{
    for (size_t i = 0; i < kept->count; i++)
        add(l, kept->list[i].engine, kept->list[i].name);
}

void names_kept(struct names *n, const struct kept *kept)
{
    names_release(n);
    take(&n->of[STORE_PINNED], &kept->pins);
    take(&n->of[STORE_HIDDEN], &kept->hidden);
    take(&n->of[STORE_MUTED], &kept->muted);
}

bool names_has(const struct names *n, enum store_set set, enum engine_kind engine, const char *name)
{
    return find(&n->of[set], engine, name) < n->of[set].count;
}

bool names_set(struct names *n, enum store_set set, enum engine_kind engine, const char *name,
               bool on)
{
    struct name_list *l = &n->of[set];
    size_t at = find(l, engine, name);

    if ((at < l->count) == on)
        return false;
    if (on)
        add(l, engine, name);
    else
        drop(l, at);
    return true;
}

void names_release(struct names *n)
{
    for (size_t set = 0; set < countof(n->of); set++) {
        while (n->of[set].count > 0)
            drop(&n->of[set], n->of[set].count - 1);
        mem_free(n->of[set].list);
    }
    *n = (struct names){{{NULL, 0, 0}}};
}
