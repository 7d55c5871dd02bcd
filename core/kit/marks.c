/* marks.c - two short lists. Few actions run at a time, so each question walks a list. */
#include "core/kit/marks.h"
#include <stdio.h>
#include <string.h>

void marks_release(struct marks *m)
{
    mem_free(m->pending);
    *m = (struct marks){0};
}

static bool same(const struct valid_id *a, const struct valid_id *b)
{
    return strcmp(a->text, b->text) == 0;
}

struct mark *marks_find(const struct marks *m, enum engine_kind kind, const struct valid_id *id)
{
    for (size_t i = 0; i < m->pending_count; i++) {
        struct mark *p = &m->pending[i];

        if (p->shown.engine == kind && same(&p->shown.id, id))
            return p;
    }
    return NULL;
}

static void drop_failure(struct marks *m, size_t at)
{
    m->failure_count--;
    memmove(&m->failures[at], &m->failures[at + 1],
            (m->failure_count - at) * sizeof m->failures[0]);
}

void marks_forgive(struct marks *m, enum engine_kind kind, const struct valid_id *id)
{
    for (size_t i = m->failure_count; i > 0; i--) {
        if (m->failures[i - 1].engine == kind && same(&m->failures[i - 1].id, id))
            drop_failure(m, i - 1);
    }
}

struct mark *marks_begin(struct marks *m, enum engine_kind kind, enum op op,
                         const struct valid_id *id, const char *name)
{
    struct mark *p;

    MUST(marks_find(m, kind, id) == NULL && m->pending_count < MARKS_PENDING_MAX);
    marks_forgive(m, kind, id);
    if (m->pending_count == m->pending_size) {
        m->pending_size = m->pending_size == 0 ? 8 : m->pending_size * 2;
        m->pending = mem_grow(m->pending, m->pending_size, sizeof *m->pending);
    }
    p = &m->pending[m->pending_count++];
    *p = (struct mark){.shown = {.engine = kind, .op = op, .id = *id}};
    snprintf(p->name, sizeof p->name, "%s", name);
    return p;
}

void marks_drop(struct marks *m, struct mark *mark)
{
    size_t at = (size_t)(mark - m->pending);

    MUST(at < m->pending_count);
    m->pending_count--;
    memmove(mark, mark + 1, (m->pending_count - at) * sizeof *mark);
}

void marks_fail(struct marks *m, enum engine_kind kind, enum op op, const struct valid_id *id,
                const char *name, const char *text)
{
    struct menu_failure f = {.engine = kind, .op = op, .id = *id};

    snprintf(f.name, sizeof f.name, "%s", name);
    snprintf(f.text, sizeof f.text, "%s", text);
    marks_forgive(m, kind, id);
    if (m->failure_count == MARKS_FAILURES_MAX)
        drop_failure(m, 0);
    m->failures[m->failure_count++] = f;
}

bool marks_looked(struct marks *m, enum engine_kind kind, unsigned long look)
{
    size_t before = m->pending_count;

    for (size_t i = m->pending_count; i > 0; i--) {
        struct mark *p = &m->pending[i - 1];

        if (p->shown.engine == kind && p->ended && look > p->look)
            marks_drop(m, p);
    }
    return m->pending_count != before;
}

bool marks_expire(struct marks *m, int64_t now)
{
    size_t before = m->pending_count;

    for (size_t i = m->pending_count; i > 0; i--) {
        struct mark *p = &m->pending[i - 1];

        if (p->ended && now >= p->until_ms)
            marks_drop(m, p);
    }
    return m->pending_count != before;
}

int64_t marks_next(const struct marks *m)
{
    int64_t next = 0;

    for (size_t i = 0; i < m->pending_count; i++) {
        const struct mark *p = &m->pending[i];

        if (p->ended && (next == 0 || p->until_ms < next))
            next = p->until_ms;
    }
    return next;
}

const struct container *marks_container(const struct snapshot *s, const struct valid_id *id)
{
    for (size_t i = 0; s != NULL && i < s->count; i++) {
        if (same(&s->list[i].arg, id))
            return &s->list[i];
    }
    return NULL;
}

/* What failed for the engine itself is over when the engine does what was wanted of it. */
static bool is_over(const struct menu_failure *f, const struct snapshot *s)
{
    if (f->id.text[0] == '\0')
        return f->op == OP_SERVICE_START;
    return marks_container(s, &f->id) == NULL;
}

void marks_forget_gone(struct marks *m, const struct snapshot *s)
{
    for (size_t i = m->failure_count; i > 0; i--) {
        const struct menu_failure *f = &m->failures[i - 1];

        if (f->engine == s->kind && is_over(f, s))
            drop_failure(m, i - 1);
    }
}

void marks_forget_engine(struct marks *m, enum engine_kind kind)
{
    for (size_t i = m->failure_count; i > 0; i--) {
        if (m->failures[i - 1].engine == kind)
            drop_failure(m, i - 1);
    }
}
