/* menu_rows.c - see menu_rows.h. A group is a row with a level of its own, which folds as the
 * section does: two levels of folds are the most. */
#include "core/menu/menu_rows.h"
#include "core/menu/menu_group.h"
#include "core/menu/menu_shown.h"
#include <string.h>

#define PAGE_NAME_MAX 20

struct menu_container menu_rows_container(const struct menu_section *s, const struct container *c)
{
    enum engine_kind kind = s->snap->kind;
    struct menu_container r = {.arena = s->arena,
                               .snap = s->snap,
                               .c = c,
                               .usage = s->in->usage[kind],
                               .now_s = s->in->now_s,
                               .now_ms = s->in->now_ms,
                               .cpu_in_row = s->in->cpu_in_rows};
    ptrdiff_t at = -1;

    r.pinned = menu_refs_find(&s->pins, kind, c->name) >= 0;
    r.muted = menu_refs_find(&s->muted, kind, c->name) >= 0;
    r.hidden = !r.pinned && menu_refs_find(&s->hidden, kind, c->name) >= 0;
    if (c->arg.text[0] == '\0')
        return r;
    at = menu_refs_find(&s->pending, kind, c->arg.text);
    r.pending = at >= 0 ? &s->in->pending[at] : NULL;
    at = menu_refs_find(&s->failures, kind, c->arg.text);
    r.failure = at >= 0 ? &s->in->failures[at] : NULL;
    return r;
}

static void container_add(struct menu_section *s, const struct container *c, struct menu_list *into)
{
    struct menu_container row = menu_rows_container(s, c);

    menu_container_add(&row, into, &s->kids);
    if (row.pending != NULL && menu_op_doing(row.pending->op) != NULL)
        s->doing =
            word_say(s->arena, WORD_STATUS_DOING, menu_show_name(s->arena, c, MENU_TITLE_MAX).text,
                     menu_op_doing(row.pending->op));
}

static void entry_add(struct menu_section *s, const struct menu_entry *e, struct menu_list *into)
{
    if (e->group != NULL)
        menu_group_add(s, e->group, into);
    else
        container_add(s, e->c, into);
}

/* What a page calls it. */
static const char *entry_name(const struct menu_section *s, const struct menu_entry *e)
{
    if (e->group != NULL)
        return menu_show(s->arena, e->group->project, PAGE_NAME_MAX).text;
    return menu_show_name(s->arena, e->c, PAGE_NAME_MAX).text;
}

/* The entries as the children of the last row of `into`. */
static void children_add(struct menu_section *s, const struct menu_entry *list, size_t count,
                         struct menu_list *into)
{
    struct menu_item *it = &into->items[into->count - 1];
    struct menu_list rows = {0};

    for (size_t i = 0; i < count; i++)
        entry_add(s, &list[i], &rows);
    it->children = menu_list_move(&rows, s->arena, &it->child_count);
    menu_list_release(&rows);
}

static void page_add(struct menu_section *s, struct menu_run run, const char *what, size_t number,
                     struct menu_list *into)
{
    struct arena *a = s->arena;
    const char *key = arena_print(a, "%s-%zu", what, number);
    const char *from = entry_name(s, &run.list[0]);
    const char *to = entry_name(s, &run.list[run.count - 1]);

    menu_list_add(into, MENU_ROW, menu_section_key(s, key, run.project),
                  word_say(a, WORD_PAGE, from, to));
    children_add(s, run.list, run.count, into);
}

/* The entries themselves, or pages of them. */
static void all_add(struct menu_section *s, struct menu_run run, const char *what,
                    struct menu_list *into)
{
    size_t page = (run.count + MENU_PAGE_MAX - 1) / MENU_PAGE_MAX;

    if (page < MENU_PAGE_MAX)
        page = MENU_PAGE_MAX;
    for (size_t i = 0; run.count <= page && i < run.count; i++)
        entry_add(s, &run.list[i], into);
    for (size_t at = 0; run.count > page && at < run.count; at += page) {
        size_t left = run.count - at;

        page_add(s, (struct menu_run){run.list + at, left < page ? left : page, run.project}, what,
                 at / page, into);
    }
}

/* `recent`: so many of the first were used lately; they stand before all pages. */
static void fold_add(struct menu_section *s, struct menu_run run, size_t recent, const char *what,
                     enum word w, struct menu_list *into)
{
    struct menu_run rest = {run.list + recent, run.count - recent, run.project};
    struct menu_list level = {0};
    struct menu_item *it = NULL;

    if (run.count == 0)
        return;
    it = menu_list_add(into, MENU_ROW, menu_section_key(s, what, run.project),
                       word_say(s->arena, w, arena_print(s->arena, "%zu", run.count), NULL));
    for (size_t i = 0; i < recent; i++)
        entry_add(s, &run.list[i], &level);
    if (recent > 0 && rest.count > 0)
        menu_list_add(&level, MENU_SEPARATOR, menu_section_key(s, "recent", run.project), "");
    all_add(s, rest, what, &level);
    it->children = menu_list_move(&level, s->arena, &it->child_count);
    menu_list_release(&level);
}

void menu_rows_fold(struct menu_section *s, struct menu_run run, const char *what, enum word w,
                    struct menu_list *into)
{
    fold_add(s, run, 0, what, w, into);
}

/* The container of that name, or a group that has it. */
static bool has_name(const struct menu_entry *e, const char *name)
{
    if (e->group == NULL)
        return strcmp(e->c->name, name) == 0;
    for (size_t i = 0; i < e->group->count; i++)
        if (strcmp(e->group->members[i]->name, name) == 0)
            return true;
    return false;
}

/* Moves those that were used lately to the front, the last one first; how many they are. */
static size_t recent_first(const struct menu_section *s, struct menu_entry *list, size_t count)
{
    const struct menu_input *in = s->in;
    size_t moved = 0;

    for (size_t r = 0; r < in->recent_count; r++) {
        struct menu_entry found;
        size_t at = moved;

        while (at < count && !has_name(&list[at], in->recent[r].name))
            at++;
        if (at == count || in->recent[r].engine != s->snap->kind)
            continue;
        found = list[at];
        memmove(&list[moved + 1], &list[moved], (at - moved) * sizeof *list);
        list[moved++] = found;
    }
    return moved;
}

void menu_rows_add(struct menu_section *s, struct menu_run run, struct menu_list *into)
{
    size_t first = run.count < MENU_FOLD ? run.count : MENU_FOLD, count = run.count - first;
    struct menu_entry *rest = mem_new_array(count, sizeof *rest);

    for (size_t i = 0; i < first; i++)
        entry_add(s, &run.list[i], into);
    if (count > 0)
        memcpy(rest, run.list + first, count * sizeof *rest);
    fold_add(s, (struct menu_run){rest, count, run.project}, recent_first(s, rest, count), "more",
             WORD_MORE, into);
    mem_free(rest);
}
