/* marks.c - which mark the menu gives to a container: the menu is built and asked, so that `list`
 * has no rule of its own. Rows may lie below "More...", hence the walk. */
#include "app/cli/words.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void collect(struct cli_marks *m, const struct menu_item *items, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (items[i].mark == MENU_MARK_NONE) {
            collect(m, items[i].children, items[i].child_count);
            continue;
        }
        m->rows = mem_grow(m->rows, m->count + 1, sizeof *m->rows);
        m->rows[m->count++] = &items[i];
    }
}

static int by_key(const void *a, const void *b)
{
    const struct menu_item *const *x = a, *const *y = b;

    return strcmp((*x)->key, (*y)->key);
}

void cli_marks_make(const struct cli *c, const struct cli_view *v, struct cli_marks *out)
{
    *out = (struct cli_marks){0};
    cli_view_menu(c, v, NULL, &out->menu);
    collect(out, out->menu.items, out->menu.count);
    if (out->count > 0)
        qsort(out->rows, out->count, sizeof *out->rows, by_key);
}

enum menu_mark cli_mark(const struct cli_marks *m, enum engine_kind kind,
                        const struct container *container)
{
    char key[VALID_ID_MAX + 16];
    const struct menu_item wanted = {.key = key}, *at = &wanted, **found;

    snprintf(key, sizeof key, "%s/%s", engine_word(kind), container->arg.text);
    found = m->count == 0 ? NULL : bsearch(&at, m->rows, m->count, sizeof *m->rows, by_key);
    return found == NULL ? MENU_MARK_UNKNOWN : (*found)->mark;
}

void cli_marks_release(struct cli_marks *m)
{
    mem_free(m->rows);
    menu_release(&m->menu);
    *m = (struct cli_marks){0};
}
