/* menu_section.c - one engine's part of the menu.
 *
 * A header with counts, or notes that say what is wrong; the first containers; the rest behind
 * More..., in pages when it is long; what is hidden by default; what went wrong last. */
#include "core/menu/menu_section.h"
#include "core/base/text.h"
#include "core/menu/menu_container.h"
#include "core/menu/menu_shown.h"
#include "core/menu/menu_words.h"
#include <stdlib.h>
#include <string.h>

#define VERSION_MAX 24
#define PAGE_NAME_MAX 20
#define FAILED_NAME_MAX 30
#define FAILED_TEXT_MAX 48
#define FAILURES_SHOWN 5

/* A pending action or a failure by what it is about. */
struct menu_ref {
    enum engine_kind engine;
    const char *id;
    size_t index; /* in its array: of several, the last one counts */
};

static int compare_refs(const void *left, const void *right)
{
    const struct menu_ref *a = left, *b = right;
    int order = a->engine != b->engine ? (a->engine < b->engine ? -1 : 1) : strcmp(a->id, b->id);

    if (order != 0)
        return order;
    return a->index < b->index ? -1 : a->index > b->index;
}

/* Index of the last one about this container, or -1. */
static ptrdiff_t ref_find(const struct menu_refs *refs, enum engine_kind engine, const char *id)
{
    struct menu_ref want = {engine, id, SIZE_MAX};
    size_t low = 0, high = refs->count;

    while (low < high) {
        size_t mid = low + (high - low) / 2;

        if (compare_refs(&refs->list[mid], &want) < 0)
            low = mid + 1;
        else
            high = mid;
    }
    if (low == 0 || refs->list[low - 1].engine != engine || strcmp(refs->list[low - 1].id, id) != 0)
        return -1;
    return (ptrdiff_t)refs->list[low - 1].index;
}

static void refs_sort(struct menu_refs *refs)
{
    if (refs->count > 1)
        qsort(refs->list, refs->count, sizeof *refs->list, compare_refs);
}

void menu_section_init(struct menu_section *s, struct arena *a, const struct menu_input *in)
{
    *s = (struct menu_section){.arena = a, .in = in};
    s->pending.count = in->pending_count;
    s->pending.list = mem_new_array(in->pending_count, sizeof(struct menu_ref));
    for (size_t i = 0; i < in->pending_count; i++)
        s->pending.list[i] = (struct menu_ref){in->pending[i].engine, in->pending[i].id.text, i};
    s->failures.count = in->failure_count;
    s->failures.list = mem_new_array(in->failure_count, sizeof(struct menu_ref));
    for (size_t i = 0; i < in->failure_count; i++)
        s->failures.list[i] = (struct menu_ref){in->failures[i].engine, in->failures[i].id.text, i};
    refs_sort(&s->pending);
    refs_sort(&s->failures);
}

void menu_section_release(struct menu_section *s)
{
    mem_free(s->pending.list);
    mem_free(s->failures.list);
    menu_list_release(&s->rows);
    menu_list_release(&s->pages);
    menu_list_release(&s->kids);
}

bool menu_section_wanted(const struct menu_input *in, enum engine_kind kind)
{
    const struct snapshot *snap = in->snaps[kind];

    if (snap == NULL || in->off[kind])
        return false;
    for (size_t i = 0; i < in->failure_count; i++)
        if (in->failures[i].engine == kind)
            return true;
    return snap->state != ENGINE_MISSING && (snap->state != ENGINE_UNSEEN || snap->count > 0);
}

static void row_add(struct menu_section *s, const struct snapshot *snap, const struct container *c,
                    struct menu_list *into)
{
    struct menu_container row = {.arena = s->arena, .snap = snap, .c = c, .now_s = s->in->now_s};
    ptrdiff_t at = -1;

    if (c->arg.text[0] != '\0') {
        at = ref_find(&s->pending, snap->kind, c->arg.text);
        row.pending = at >= 0 ? &s->in->pending[at] : NULL;
        at = ref_find(&s->failures, snap->kind, c->arg.text);
        row.failure = at >= 0 ? &s->in->failures[at] : NULL;
    }
    menu_container_add(&row, into, &s->kids);
    if (row.pending != NULL && menu_op_doing(row.pending->op) != NULL)
        s->doing =
            word_say(s->arena, WORD_STATUS_DOING, menu_show_name(s->arena, c, MENU_TITLE_MAX).text,
                     menu_op_doing(row.pending->op));
}

/* A run of a snapshot's containers, shown or hidden ones. */
struct run {
    const struct snapshot *snap;
    const struct container *const *list;
    size_t count;
    const char *key; /* of the row that they are behind */
};

static void page_add(struct menu_section *s, const struct run *run, size_t first, size_t count)
{
    struct arena *a = s->arena;
    const struct container *last = run->list[first + count - 1];
    const char *from = menu_show_name(a, run->list[first], PAGE_NAME_MAX).text;
    const char *to = menu_show_name(a, last, PAGE_NAME_MAX).text;
    struct menu_item *it = NULL;

    for (size_t i = 0; i < count; i++)
        row_add(s, run->snap, run->list[first + i], &s->rows);
    it = menu_list_add(&s->pages, MENU_ROW, arena_print(a, "%s/%zu", run->key, s->pages.count),
                       word_say(a, WORD_PAGE, from, to));
    it->children = menu_list_move(&s->rows, a, &it->child_count);
}

/* One row that has the run behind it: the rows themselves, or pages of them. */
static void fold_add(struct menu_section *s, const struct run *run, enum word w,
                     struct menu_list *into)
{
    struct arena *a = s->arena;
    size_t page = (run->count + MENU_PAGE_MAX - 1) / MENU_PAGE_MAX;
    struct menu_item *it = NULL;

    if (run->count == 0)
        return;
    it = menu_list_add(into, MENU_ROW, run->key,
                       word_say(a, w, arena_print(a, "%zu", run->count), NULL));
    if (page < MENU_PAGE_MAX)
        page = MENU_PAGE_MAX;
    if (run->count <= page) {
        for (size_t i = 0; i < run->count; i++)
            row_add(s, run->snap, run->list[i], &s->rows);
        it->children = menu_list_move(&s->rows, a, &it->child_count);
        return;
    }
    for (size_t at = 0; at < run->count; at += page)
        page_add(s, run, at, run->count - at < page ? run->count - at : page);
    it->children = menu_list_move(&s->pages, a, &it->child_count);
}

static const char *engine_key(struct menu_section *s, enum engine_kind kind, const char *what)
{
    /* behind '!': no container's id starts so */
    return arena_print(s->arena, "%s/!%s", engine_word(kind), what);
}

static void containers_add(struct menu_section *s, const struct snapshot *snap,
                           struct menu_list *into)
{
    const struct container **shown = mem_new_array(snap->count, sizeof *shown);
    const struct container **hidden = mem_new_array(snap->count, sizeof *hidden);
    struct run more = {snap, shown, 0, engine_key(s, snap->kind, "more")};
    struct run infra = {snap, hidden, 0, engine_key(s, snap->kind, "hidden")};

    for (size_t i = 0; i < snap->count; i++) {
        if (snap->list[i].infra)
            hidden[infra.count++] = &snap->list[i];
        else
            shown[more.count++] = &snap->list[i];
    }
    for (; more.count > 0 && more.list - shown < MENU_FOLD; more.list++, more.count--)
        row_add(s, snap, *more.list, into);
    fold_add(s, &more, WORD_MORE, into);
    fold_add(s, &infra, WORD_HIDDEN, into);
    mem_free(shown);
    mem_free(hidden);
}

static const char *counts(struct arena *a, const struct snapshot *snap)
{
    size_t running = snapshot_running(snap), all = 0;
    const char *n = arena_print(a, "%zu", running);

    for (size_t i = 0; i < snap->count; i++)
        all += !snap->list[i].infra;
    if (all == 0)
        return word(WORD_NO_CONTAINERS);
    if (running == all)
        return word_say(a, WORD_ALL_RUNNING, n, NULL);
    return word_say(a, running > 0 ? WORD_SOME_RUNNING : WORD_NONE_RUNNING, n,
                    arena_print(a, "%zu", all));
}

static void header_add(struct menu_section *s, const struct snapshot *snap, struct menu_list *into)
{
    struct arena *a = s->arena;
    const char *title = engine_title(snap->kind);
    const char *what = menu_engine_label(snap->state);

    if (menu_answers(snap))
        what = counts(a, snap);
    else if (menu_section_unfit(s->in, snap->kind))
        what = word(WORD_INTEL);
    if (snap->version[0] != '\0')
        title = word_say(a, WORD_ENGINE_TITLE, title, text_short(a, snap->version, VERSION_MAX));
    menu_list_add(into, MENU_HEADER, engine_key(s, snap->kind, "header"),
                  word_say(a, WORD_SECTION, title, what));
}

static void notes_add(struct menu_section *s, const struct snapshot *snap, struct menu_list *into)
{
    struct arena *a = s->arena;
    const char *hint = menu_engine_hint(snap->kind, s->in->mac);
    const char *known = menu_engine_sentence(a, snap->kind, snap->state);

    /* not what the header says already */
    if (snap->state != ENGINE_RUNNING && snap->why[0] != '\0' && strcmp(snap->why, known) != 0)
        menu_sentence_add(a, into, engine_key(s, snap->kind, "why"), snap->why);
    if (snap->state == ENGINE_STOPPED && hint[0] != '\0')
        menu_list_add(into, MENU_NOTE, engine_key(s, snap->kind, "hint"), hint);
    if (snap->stale && snap->count > 0 && snap->taken_s > 0)
        menu_list_add(
            into, MENU_NOTE, engine_key(s, snap->kind, "age"),
            word_say(a, WORD_LIST_FROM, menu_say_span(a, s->in->now_s - snap->taken_s), NULL));
}

/* What goes behind a name: "could not stop — the engine's own sentence". */
static const char *failure_text(struct arena *a, enum op op, const char *sentence)
{
    const char *verb = menu_op_verb(op);

    if (verb == NULL)
        return sentence;
    return word_say(a, WORD_SECTION, word_say(a, WORD_COULD_NOT, verb, NULL), sentence);
}

static void failure_add(struct menu_section *s, const struct menu_failure *f,
                        struct menu_list *into)
{
    struct arena *a = s->arena;
    bool named = f->id.text[0] != '\0' && f->name[0] != '\0';
    const char *raw = named ? f->name : engine_title(f->engine);
    struct menu_shown name = menu_show(a, raw, FAILED_NAME_MAX);
    struct menu_shown why = menu_show(a, f->text, FAILED_TEXT_MAX);
    struct menu_item *it = menu_list_add(
        into, MENU_NOTE, arena_print(a, "%s/!failure/%s", engine_word(f->engine), f->id.text),
        word_say(a, WORD_FAILED, name.text, failure_text(a, f->op, why.text)));

    if (name.full != NULL || why.full != NULL)
        it->tip = word_say(a, WORD_FAILED, name.full != NULL ? name.full : name.text,
                           failure_text(a, f->op, why.full != NULL ? why.full : why.text));
}

/* The newest ones; of several about one container only the last counts. */
static void failures_add(struct menu_section *s, enum engine_kind kind, struct menu_list *into)
{
    size_t newest[FAILURES_SHOWN];
    size_t count = 0;

    for (size_t i = s->in->failure_count; i-- > 0 && count < FAILURES_SHOWN;) {
        const struct menu_failure *f = &s->in->failures[i];

        if (f->engine == kind && ref_find(&s->failures, kind, f->id.text) == (ptrdiff_t)i)
            newest[count++] = i;
    }
    while (count > 0)
        failure_add(s, &s->in->failures[newest[--count]], into);
}

bool menu_section_unfit(const struct menu_input *in, enum engine_kind kind)
{
    const struct snapshot *snap = in->snaps[kind];

    /* the words that locate.h promises for it */
    return snap != NULL && !in->off[kind] && snap->state == ENGINE_MISSING &&
           strstr(snap->why, "needs Apple silicon") != NULL;
}

/* Only where the engine's command can be run: for domains it needs no service. */
static void domains_add(struct menu_section *s, const struct snapshot *snap, struct menu_list *into)
{
    struct menu_item *it = NULL;

    if (snap->kind != ENGINE_APPLE || snap->state == ENGINE_MISSING ||
        snap->state == ENGINE_NOT_TRUSTED || snap->state == ENGINE_UNSEEN)
        return;
    it = menu_list_add(into, MENU_ROW, engine_key(s, snap->kind, "dns"), word(WORD_DNS));
    it->command = MENU_DNS;
}

void menu_section_add(struct menu_section *s, enum engine_kind kind, struct menu_list *into)
{
    const struct snapshot *snap = s->in->snaps[kind];

    header_add(s, snap, into);
    if (menu_section_unfit(s->in, kind))
        return;
    notes_add(s, snap, into);
    containers_add(s, snap, into);
    failures_add(s, kind, into);
    domains_add(s, snap, into);
}
