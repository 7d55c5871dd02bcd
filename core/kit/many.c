/* many.c - see many.h. */
#include "core/kit/many.h"
#include <stdio.h>
#include <string.h>

struct many *manies_begin(struct manies *m, enum engine_kind kind, enum op op, const char *project)
{
    struct many *one;

    if (m->count == MANY_MAX)
        return NULL;
    one = mem_new(sizeof *one);
    one->number = ++m->last;
    one->shown = (struct menu_many){.engine = kind, .op = op};
    if (project != NULL) {
        snprintf(one->project, sizeof one->project, "%s", project);
        one->shown.project = one->project;
    }
    m->list[m->count++] = one;
    return one;
}

static void many_free(struct many *one)
{
    mem_free(one->failed_ids);
    mem_free(one);
}

struct many *manies_find(const struct manies *m, unsigned number)
{
    for (size_t i = 0; i < m->count; i++)
        if (m->list[i]->number == number)
            return m->list[i];
    return NULL;
}

void many_fail(struct many *one, const struct valid_id *id, const char *name, const char *text)
{
    struct many_failed *f;

    if (one->failed == one->failed_size) {
        one->failed_size = one->failed_size == 0 ? 8 : one->failed_size * 2;
        one->failed_ids = mem_grow(one->failed_ids, one->failed_size, sizeof *one->failed_ids);
    }
    one->failed_ids[one->failed++] = *id;
    if (one->failed > MANY_NAMED)
        return;
    f = &one->first[one->failed - 1];
    snprintf(f->name, sizeof f->name, "%s", name);
    snprintf(f->text, sizeof f->text, "%s", text);
}

/* Marks that bear its number, ended ones too or not. */
static size_t count_marks(const struct many *one, const struct marks *marks, bool ended)
{
    size_t n = 0;

    for (size_t i = 0; i < marks->pending_count; i++)
        n += marks->pending[i].many == one->number && (ended || !marks->pending[i].ended);
    return n;
}

size_t many_left(const struct many *one, const struct marks *marks)
{
    return count_marks(one, marks, false);
}

void manies_sweep(struct manies *m, const struct marks *marks)
{
    for (size_t i = m->count; i > 0; i--) {
        if (count_marks(m->list[i - 1], marks, true) > 0)
            continue;
        many_free(m->list[i - 1]);
        m->count--;
        memmove(&m->list[i - 1], &m->list[i], (m->count - (i - 1)) * sizeof(struct many *));
    }
}

size_t manies_show(const struct manies *m, const struct marks *marks,
                   struct menu_many out[MANY_MAX])
{
    for (size_t i = 0; i < m->count; i++) {
        out[i] = m->list[i]->shown;
        out[i].done = out[i].total - many_left(m->list[i], marks);
    }
    return m->count;
}

void manies_release(struct manies *m)
{
    for (size_t i = 0; i < m->count; i++)
        many_free(m->list[i]);
    *m = (struct manies){0};
}
