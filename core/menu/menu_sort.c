/* menu_sort.c - see menu_sort.h. Every container gets a place; sorted by project, those of one
 * stand together. */
#include "core/menu/menu_sort.h"
#include "core/engine/group.h"
#include <stdlib.h>
#include <string.h>

/* What is known about one container of the list. */
struct place {
    const struct container *c;
    const char *project; /* that it is grouped by; NULL for none */
    ptrdiff_t pin;       /* -1: it is not pinned */
    bool hidden;
};

static struct place place_of(const struct menu_input *in, const struct snapshot *snap,
                             const struct container *c, const struct menu_refs *pins,
                             const struct menu_refs *hidden)
{
    struct place p = {.c = c, .pin = menu_refs_find(pins, snap->kind, c->name)};

    if (!in->flat)
        p.project = group_project(c);
    p.hidden = p.pin < 0 &&
               ((c->infra && !in->helpers) || menu_refs_find(hidden, snap->kind, c->name) >= 0);
    return p;
}

static int compare_pins(const void *left, const void *right)
{
    const struct place *const *a = left, *const *b = right;

    if ((*a)->pin != (*b)->pin)
        return (*a)->pin < (*b)->pin ? -1 : 1;
    return (*a > *b) - (*a < *b); /* of one name: as in the list */
}

static int compare_projects(const void *left, const void *right)
{
    const struct place *const *a = left, *const *b = right;
    int order = strcmp((*a)->project, (*b)->project);

    return order != 0 ? order : (*a > *b) - (*a < *b);
}

static int compare_groups(const void *left, const void *right)
{
    const struct menu_group *a = left, *b = right;

    if ((a->running > 0) != (b->running > 0))
        return a->running > 0 ? -1 : 1;
    return snapshot_compare_names(a->project, b->project);
}

static void show(struct menu_sorted *out, const struct container *c)
{
    out->shown[out->shown_count++].c = c;
}

static void pins_show(const struct place *places, size_t count, struct menu_sorted *out)
{
    const struct place **list = mem_new_array(count, sizeof *list);
    size_t n = 0;

    for (size_t i = 0; i < count; i++)
        if (places[i].pin >= 0)
            list[n++] = &places[i];
    if (n > 1)
        qsort(list, n, sizeof *list, compare_pins);
    for (size_t i = 0; i < n; i++)
        show(out, list[i]->c);
    mem_free(list);
}

/* The group of the first `count` places, all of one project. Not if nothing is left to be its rows:
 * all are pinned or hidden. */
static void group_add(const struct place *const *list, size_t count, size_t at,
                      struct menu_sorted *out)
{
    struct menu_group *g = &out->groups[out->group_count];

    *g = (struct menu_group){.project = list[0]->project,
                             .members = out->members + at,
                             .count = count,
                             .rows = out->rows + at};
    for (size_t i = 0; i < count; i++) {
        const struct place *p = list[i];

        g->members[i] = p->c;
        g->running += p->c->state == STATE_RUNNING;
        if (!p->hidden && p->pin < 0)
            g->rows[g->row_count++].c = p->c;
    }
    out->group_count += g->row_count > 0;
}

static void groups_make(const struct place *places, size_t count, struct menu_sorted *out)
{
    const struct place **list = mem_new_array(count, sizeof *list);
    size_t n = 0, next;

    for (size_t i = 0; i < count; i++)
        if (places[i].project != NULL)
            list[n++] = &places[i];
    if (n > 1)
        qsort(list, n, sizeof *list, compare_projects);
    out->groups = mem_new_array(n, sizeof *out->groups);
    out->members = mem_new_array(n, sizeof *out->members);
    out->rows = mem_new_array(n, sizeof *out->rows);
    for (size_t at = 0; at < n; at = next) {
        for (next = at + 1; next < n; next++)
            if (strcmp(list[next]->project, list[at]->project) != 0)
                break;
        group_add(list + at, next - at, at, out);
    }
    if (out->group_count > 1)
        qsort(out->groups, out->group_count, sizeof *out->groups, compare_groups);
    mem_free(list);
}

void menu_sort(const struct menu_input *in, const struct snapshot *snap,
               const struct menu_refs *pins, const struct menu_refs *hidden,
               struct menu_sorted *out)
{
    struct place *places = mem_new_array(snap->count, sizeof *places);

    out->shown = mem_new_array(snap->count, sizeof *out->shown);
    out->hidden = mem_new_array(snap->count, sizeof *out->hidden);
    for (size_t i = 0; i < snap->count; i++) {
        places[i] = place_of(in, snap, &snap->list[i], pins, hidden);
        out->all += !snap->list[i].infra;
        if (places[i].hidden)
            out->hidden[out->hidden_count++].c = places[i].c;
    }
    pins_show(places, snap->count, out);
    groups_make(places, snap->count, out);
    for (size_t i = 0; i < out->group_count; i++)
        out->shown[out->shown_count++].group = &out->groups[i];
    for (size_t i = 0; i < snap->count; i++)
        if (places[i].project == NULL && places[i].pin < 0 && !places[i].hidden)
            show(out, places[i].c);
    mem_free(places);
}

void menu_sorted_release(struct menu_sorted *s)
{
    mem_free(s->shown);
    mem_free(s->hidden);
    mem_free(s->groups);
    mem_free(s->members);
    mem_free(s->rows);
    *s = (struct menu_sorted){0};
}
