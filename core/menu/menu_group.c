/* menu_group.c - see menu_group.h.
 *
 * The row shows the mark of the member that needs attention most: something under way, then what
 * failed, then what runs, then the rest. Its actions stand above its containers, always the same
 * ones, greyed when no member is left that they fit; what is done at once and what is asked about
 * first is told by the title, as everywhere on a Mac. */
#include "core/menu/menu_group.h"
#include "core/menu/menu_rows.h"
#include "core/menu/menu_shown.h"
#include <string.h>

#define FAILURES_SHOWN 5

/* Those that an action is for. */
struct set {
    const struct container *const *list;
    size_t count;
    const char *project; /* NULL: all of the engine */
};

/* What the newest action for all of them has come to, or NULL. */
static const char *progress(const struct menu_section *s, const char *project)
{
    const struct menu_many *found = NULL;
    enum word w;

    for (size_t i = 0; i < s->in->many_count; i++) {
        const struct menu_many *m = &s->in->many[i];
        bool same = (m->project == NULL) == (project == NULL) &&
                    (project == NULL || strcmp(m->project, project) == 0);

        if (m->engine == s->snap->kind && same)
            found = m;
    }
    if (found == NULL)
        return NULL;
    w = found->op == OP_START  ? WORD_STARTING_OF
        : found->op == OP_STOP ? WORD_STOPPING_OF
                               : WORD_RESTARTING_OF;
    return word_say(s->arena, w, arena_print(s->arena, "%zu", found->done),
                    arena_print(s->arena, "%zu", found->total));
}

/* How many there is something to do for; *hidden: one of them is not in sight. */
static size_t fitting(const struct menu_section *s, const struct set *set, enum op op, bool *hidden)
{
    size_t n = 0;

    *hidden = false;
    for (size_t i = 0; i < set->count; i++) {
        struct menu_container r = menu_rows_container(s, set->list[i]);
        enum op own;

        if (r.pending != NULL || !group_op(s->snap->kind, op, r.c, &own))
            continue;
        n++;
        *hidden = *hidden || r.hidden;
    }
    return n;
}

static void action_add(const struct menu_section *s, const struct set *set, enum op op,
                       struct menu_list *into)
{
    static const struct {
        const char *what;
        enum word now, ask;
    } titles[] = {
        [OP_START] = {"start-all", WORD_START_ALL, WORD_START_ALL},
        [OP_STOP] = {"stop-all", WORD_STOP_ALL, WORD_STOP_ALL_ASK},
        [OP_RESTART] = {"restart-all", WORD_RESTART_ALL, WORD_RESTART_ALL_ASK},
    };
    bool hidden = false;
    size_t count = fitting(s, set, op, &hidden);
    bool asks = op != OP_START && (count > MENU_ASK_ABOVE || hidden);
    struct menu_item *it =
        menu_list_add(into, MENU_ROW, menu_section_key(s, titles[op].what, set->project),
                      word(asks ? titles[op].ask : titles[op].now));

    it->command = asks ? MENU_ASK_MANY : MENU_MANY;
    it->op = op;
    it->engine = s->snap->kind;
    it->project = set->project;
    it->enabled = count > 0 && menu_engine_acts(s->snap->state);
}

static void actions_add(const struct menu_section *s, const struct set *set, struct menu_list *into)
{
    action_add(s, set, OP_START, into);
    action_add(s, set, OP_STOP, into);
    action_add(s, set, OP_RESTART, into);
}

/* How much a mark asks for attention. */
static int weight(enum menu_mark mark)
{
    static const int weights[MENU_MARK_COUNT] = {
        [MENU_MARK_BUSY] = 8,    [MENU_MARK_FAILED] = 7,  [MENU_MARK_UNHEALTHY] = 6,
        [MENU_MARK_UNKNOWN] = 5, [MENU_MARK_RUNNING] = 4, [MENU_MARK_PAUSED] = 3,
        [MENU_MARK_STOPPED] = 2, [MENU_MARK_CREATED] = 1,
    };

    return weights[mark];
}

/* What its members come to. */
struct sum {
    enum menu_mark mark;
    bool failed; /* something could not be done to one of them */
};

static struct sum sum_up(const struct menu_section *s, const struct set *set)
{
    struct sum sum = {MENU_MARK_NONE, false};

    for (size_t i = 0; i < set->count; i++) {
        struct menu_container r = menu_rows_container(s, set->list[i]);
        enum menu_mark one = menu_container_mark(&r);

        if (weight(one) > weight(sum.mark))
            sum.mark = one;
        sum.failed = sum.failed || r.failure != NULL;
    }
    return sum;
}

/* What stands behind the name. Of an old list nobody knows what runs by now. */
static const char *group_what(const struct menu_section *s, const struct menu_group *g, bool failed)
{
    const char *what = progress(s, g->project);

    if (what != NULL)
        return what;
    if (menu_answers(s->snap))
        what = menu_section_counts(s, g->running, g->count);
    else
        what = word_count(s->arena, WORD_GROUP_SIZE_1, (int64_t)g->count);
    return failed ? word_say(s->arena, WORD_WARNING, what, NULL) : what;
}

/* What failed of its members, by name. */
static void failures_add(const struct menu_section *s, const struct set *set,
                         struct menu_list *into)
{
    struct arena *a = s->arena;
    size_t failed = 0;

    for (size_t i = 0; i < set->count; i++) {
        const struct menu_failure *f = menu_rows_container(s, set->list[i]).failure;
        const char *what;

        if (f == NULL || failed++ >= FAILURES_SHOWN)
            continue;
        if (failed == 1)
            menu_list_add(into, MENU_SEPARATOR, menu_section_key(s, "sep-failed", set->project),
                          "");
        what = arena_print(a, "failed-%s", f->id.text);
        menu_section_failure(s, menu_section_key(s, what, set->project), f, into);
    }
    if (failed > FAILURES_SHOWN)
        menu_list_add(into, MENU_NOTE, menu_section_key(s, "more-failed", set->project),
                      word_count(a, WORD_MORE_FAILED_1, (int64_t)(failed - FAILURES_SHOWN)));
}

void menu_group_add(struct menu_section *s, const struct menu_group *g, struct menu_list *into)
{
    struct arena *a = s->arena;
    const char *project = arena_str(a, g->project);
    const struct set set = {g->members, g->count, project};
    struct menu_shown name = menu_show(a, project, MENU_TITLE_MAX);
    struct sum sum = sum_up(s, &set);
    const char *title = word_say(a, WORD_ROW, name.text, group_what(s, g, sum.failed));
    struct menu_item *it = menu_list_add(into, MENU_ROW, menu_section_key(s, "group", project),
                                         arena_print(a, "%s %s", menu_mark_text(sum.mark), title));
    struct menu_list kids = {0};

    it->mark = sum.mark;
    it->tip = name.full;
    actions_add(s, &set, &kids);
    menu_list_add(&kids, MENU_SEPARATOR, menu_section_key(s, "sep-members", project), "");
    menu_rows_add(s, (struct menu_run){g->rows, g->row_count, project}, &kids);
    failures_add(s, &set, &kids);
    it->children = menu_list_move(&kids, a, &it->child_count);
    menu_list_release(&kids);
}

void menu_all_add(struct menu_section *s, const struct menu_sorted *sorted, struct menu_list *into)
{
    struct arena *a = s->arena;
    const struct snapshot *snap = s->snap;
    const struct container **list;
    const char *title = word(WORD_ALL_CONTAINERS), *doing = progress(s, NULL);
    struct menu_list kids = {0};
    struct menu_item *it;
    size_t count = 0;

    if (sorted->all < 2 || (sorted->group_count == 1 && sorted->groups[0].count == sorted->all))
        return;
    list = mem_new_array(snap->count, sizeof *list);
    for (size_t i = 0; i < snap->count; i++)
        if (group_has(&snap->list[i], NULL))
            list[count++] = &snap->list[i];
    if (doing != NULL)
        title = word_say(a, WORD_ROW, title, doing);
    it = menu_list_add(into, MENU_ROW, menu_section_key(s, "all", NULL), title);
    actions_add(s, &(struct set){list, count, NULL}, &kids);
    it->children = menu_list_move(&kids, a, &it->child_count);
    menu_list_release(&kids);
    mem_free(list);
}
