/* menu_diff.c - two levels of a menu -> the changes that make one into the other.
 *
 * What is equal at both ends is passed over first: the usual case, nothing moved, costs one
 * comparison per item. Of the rest, the longest run of items that keep their order stays where it
 * is (patience sorting); all others leave and come back. That is the fewest items touched. */
#include "core/menu/menu_diff.h"
#include "core/menu/menu_keys.h"
#include <string.h>

#define NO_MATCH SIZE_MAX

struct changes {
    struct menu_change *list;
    size_t count, size;
};

static void change_add(struct changes *c, enum menu_change_kind kind, size_t at,
                       const struct menu_item *item)
{
    if (c->count == c->size) {
        c->size = c->size == 0 ? 16 : c->size * 2;
        c->list = mem_grow(c->list, c->size, sizeof *c->list);
    }
    c->list[c->count++] = (struct menu_change){kind, at, item};
}

static bool same_text(const char *a, const char *b)
{
    return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

/* A separator cannot become anything else in place. */
static bool same_item(const struct menu_item *a, const struct menu_item *b)
{
    return (a->kind == MENU_SEPARATOR) == (b->kind == MENU_SEPARATOR) && same_text(a->key, b->key);
}

static bool same_id(const struct valid_id *a, const struct valid_id *b)
{
    return same_text(a != NULL ? a->text : NULL, b != NULL ? b->text : NULL);
}

static bool same_graph(const struct menu_graph *a, const struct menu_graph *b)
{
    if (a == NULL || b == NULL)
        return a == b;
    return memcmp(a->height, b->height, sizeof a->height) == 0 && same_text(a->label, b->label) &&
           same_text(a->value, b->value);
}

static bool same_looks(const struct menu_item *a, const struct menu_item *b)
{
    return a->kind == b->kind && a->mark == b->mark && a->enabled == b->enabled &&
           a->gone == b->gone && a->alternate == b->alternate && a->command == b->command &&
           a->op == b->op && a->engine == b->engine &&
           (a->children == NULL) == (b->children == NULL) && same_text(a->title, b->title) &&
           same_text(a->tip, b->tip) && same_text(a->shortcut, b->shortcut) &&
           same_text(a->copy, b->copy) && same_text(a->project, b->project) &&
           same_id(a->id, b->id) && same_graph(a->graph, b->graph);
}

static void update_add(struct changes *c, size_t at, const struct menu_item *from,
                       const struct menu_item *to)
{
    if (!same_looks(from, to))
        change_add(c, MENU_UPDATE, at, to);
}

/* For each of `from` the index of its item in `to`, or NO_MATCH; no index twice. Caller frees. */
static size_t *match_all(const struct menu_item *from, size_t from_count,
                         const struct menu_item *to, size_t to_count)
{
    struct menu_keys keys = {0};
    size_t *match = mem_new_array(from_count, sizeof *match);
    bool *taken = mem_new_array(to_count, sizeof *taken);

    menu_keys_init(&keys, to, to_count, false);
    for (size_t i = 0; i < from_count; i++) {
        const struct menu_item *it = menu_keys_find(&keys, from[i].key);
        size_t at = it != NULL ? (size_t)(it - to) : NO_MATCH;

        match[i] = NO_MATCH;
        if (at == NO_MATCH || taken[at] || !same_item(&from[i], it))
            continue;
        taken[at] = true;
        match[i] = at;
    }
    menu_keys_release(&keys);
    mem_free(taken);
    return match;
}

/* Leaves in match[] only a longest rising run, the rest becomes NO_MATCH. */
static void keep_longest_run(size_t *match, size_t count)
{
    size_t *ends = mem_new_array(count, sizeof *ends);     /* ends[k]: last of a run of k + 1 */
    size_t *before = mem_new_array(count, sizeof *before); /* the one in front of it in its run */
    size_t length = 0, next = NO_MATCH;

    for (size_t i = 0; i < count; i++) {
        size_t low = 0, high = length;

        if (match[i] == NO_MATCH)
            continue;
        while (low < high) {
            size_t mid = low + (high - low) / 2;

            if (match[ends[mid]] < match[i])
                low = mid + 1;
            else
                high = mid;
        }
        before[i] = low > 0 ? ends[low - 1] : NO_MATCH;
        ends[low] = i;
        length = low == length ? length + 1 : length;
    }
    next = length > 0 ? ends[length - 1] : NO_MATCH;
    for (size_t i = count; i-- > 0;) {
        if (i == next)
            next = before[i];
        else
            match[i] = NO_MATCH;
    }
    mem_free(ends);
    mem_free(before);
}

/* The changes of a part that starts at index `at` of the level. */
static void middle_add(struct changes *c, size_t at, const struct menu_item *from,
                       size_t from_count, const struct menu_item *to, size_t to_count)
{
    size_t *match = match_all(from, from_count, to, to_count);
    size_t i = 0, j = 0;

    keep_longest_run(match, from_count);
    while (i < from_count || j < to_count) {
        if (i < from_count && match[i] == NO_MATCH) {
            change_add(c, MENU_REMOVE, at, NULL);
            i++;
        } else if (i < from_count && match[i] == j) {
            update_add(c, at++, &from[i++], &to[j]);
            j++;
        } else {
            change_add(c, MENU_INSERT, at++, &to[j++]);
        }
    }
    mem_free(match);
}

struct menu_change *menu_diff(const struct menu_item *from, size_t from_count,
                              const struct menu_item *to, size_t to_count, size_t *count)
{
    static const struct menu_item none = {0}; /* arithmetic on NULL is undefined */
    struct changes c = {0};
    size_t less = from_count < to_count ? from_count : to_count;
    size_t head = 0, tail = 0;

    from = from_count > 0 ? from : &none;
    to = to_count > 0 ? to : &none;
    for (; head < less && same_item(&from[head], &to[head]); head++)
        update_add(&c, head, &from[head], &to[head]);
    while (tail < less - head && same_item(&from[from_count - 1 - tail], &to[to_count - 1 - tail]))
        tail++;
    if (from_count - tail > head || to_count - tail > head)
        middle_add(&c, head, from + head, from_count - tail - head, to + head,
                   to_count - tail - head);
    for (; tail > 0; tail--)
        update_add(&c, to_count - tail, &from[from_count - tail], &to[to_count - tail]);
    *count = c.count;
    return c.list;
}
