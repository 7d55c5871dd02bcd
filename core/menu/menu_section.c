/* menu_section.c - one engine's part of the menu.
 *
 * A header with counts, or notes that say what is wrong; the first containers; the rest behind
 * More..., in pages when it is long; what is hidden by default; what went wrong last. */
#include "core/menu/menu_section.h"
#include "core/base/text.h"
#include "core/menu/menu_container.h"
#include "core/menu/menu_group.h"
#include "core/menu/menu_rows.h"
#include "core/menu/menu_service.h"
#include "core/menu/menu_shown.h"
#include <string.h>

#define VERSION_MAX 24
#define CONTEXT_MAX 30
#define FAILED_NAME_MAX 30
#define FAILED_TEXT_MAX 48
#define FAILURES_SHOWN 5

static void names_init(struct menu_refs *refs, const struct menu_name *names, size_t count)
{
    menu_refs_init(refs, count);
    for (size_t i = 0; i < count; i++)
        refs->list[i] = (struct menu_ref){names[i].engine, names[i].name, i};
    menu_refs_sort(refs);
}

void menu_section_init(struct menu_section *s, struct arena *a, const struct menu_input *in)
{
    *s = (struct menu_section){.arena = a, .in = in};
    menu_refs_init(&s->pending, in->pending_count);
    for (size_t i = 0; i < in->pending_count; i++)
        s->pending.list[i] = (struct menu_ref){in->pending[i].engine, in->pending[i].id.text, i};
    menu_refs_init(&s->failures, in->failure_count);
    for (size_t i = 0; i < in->failure_count; i++)
        s->failures.list[i] = (struct menu_ref){in->failures[i].engine, in->failures[i].id.text, i};
    menu_refs_sort(&s->pending);
    menu_refs_sort(&s->failures);
    names_init(&s->pins, in->pins, in->pin_count);
    names_init(&s->hidden, in->hidden, in->hidden_count);
    names_init(&s->muted, in->muted, in->muted_count);
}

void menu_section_release(struct menu_section *s)
{
    menu_refs_release(&s->pending);
    menu_refs_release(&s->failures);
    menu_refs_release(&s->pins);
    menu_refs_release(&s->hidden);
    menu_refs_release(&s->muted);
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

const char *menu_section_key(const struct menu_section *s, const char *what, const char *project)
{
    const char *engine = engine_word(s->snap->kind);

    /* behind '!': no container's id starts so */
    if (project == NULL)
        return arena_print(s->arena, "%s/!%s", engine, what);
    return arena_print(s->arena, "%s/!%s/%s", engine, what, project);
}

const char *menu_section_counts(const struct menu_section *s, size_t running, size_t all)
{
    struct arena *a = s->arena;
    const char *n = arena_print(a, "%zu", running);

    if (all == 0)
        return word(WORD_NO_CONTAINERS);
    if (running == all)
        return word_say(a, WORD_ALL_RUNNING, n, NULL);
    return word_say(a, running > 0 ? WORD_SOME_RUNNING : WORD_NONE_RUNNING, n,
                    arena_print(a, "%zu", all));
}

/* What is under way with the engine itself, or NULL. */
static const struct menu_pending *engine_pending(const struct menu_section *s)
{
    ptrdiff_t at = menu_refs_find(&s->pending, s->snap->kind, "");

    return at >= 0 ? &s->in->pending[at] : NULL;
}

static void header_add(struct menu_section *s, size_t all, struct menu_list *into)
{
    const struct snapshot *snap = s->snap;
    struct arena *a = s->arena;
    const struct menu_pending *pending = engine_pending(s);
    const char *title = engine_title(snap->kind);
    const char *what = menu_engine_label(snap->state);

    if (pending != NULL) {
        what = menu_op_doing(pending->op);
        s->doing = word_say(a, WORD_STATUS_DOING, title, what);
    } else if (menu_answers(snap)) {
        what = menu_section_counts(s, snapshot_running(snap), all);
    } else if (menu_section_unfit(s->in, snap->kind)) {
        what = word(WORD_INTEL);
    }
    if (snap->version[0] != '\0')
        title = word_say(a, WORD_ENGINE_TITLE, title, text_short(a, snap->version, VERSION_MAX));
    if (snap->context[0] != '\0')
        title = word_say(a, WORD_ENGINE_AT, title, text_short(a, snap->context, CONTEXT_MAX));
    menu_list_add(into, MENU_HEADER, menu_section_key(s, "header", NULL),
                  word_say(a, WORD_SECTION, title, what));
}

static void notes_add(struct menu_section *s, const struct snapshot *snap, struct menu_list *into)
{
    struct arena *a = s->arena;
    const char *hint = menu_engine_hint(snap->kind, s->in->mac);
    const char *known = menu_engine_sentence(a, snap->kind, snap->state);

    /* not what the header says already, or menu_service.h in the user's language */
    if (snap->state != ENGINE_RUNNING && snap->client[0] == '\0' && snap->why[0] != '\0' &&
        strcmp(snap->why, known) != 0)
        menu_sentence_add(a, into, menu_section_key(s, "why", NULL), snap->why);
    /* where there is no row that does it */
    if (snap->state == ENGINE_STOPPED && snap->service == SERVICE_NONE &&
        snap->context[0] == '\0' && hint[0] != '\0')
        menu_list_add(into, MENU_NOTE, menu_section_key(s, "hint", NULL), hint);
    if (snap->stale && snap->count > 0 && snap->taken_s > 0)
        menu_list_add(
            into, MENU_NOTE, menu_section_key(s, "age", NULL),
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

void menu_section_failure(const struct menu_section *s, const char *key,
                          const struct menu_failure *f, struct menu_list *into)
{
    struct arena *a = s->arena;
    bool named = f->id.text[0] != '\0' && f->name[0] != '\0';
    const char *raw = named ? f->name : engine_title(f->engine);
    struct menu_shown name = menu_show(a, raw, FAILED_NAME_MAX);
    struct menu_shown why = menu_show(a, f->text, FAILED_TEXT_MAX);
    struct menu_item *it =
        menu_list_add(into, MENU_NOTE, key,
                      word_say(a, WORD_FAILED, name.text, failure_text(a, f->op, why.text)));

    if (name.full != NULL || why.full != NULL)
        it->tip = word_say(a, WORD_FAILED, name.full != NULL ? name.full : name.text,
                           failure_text(a, f->op, why.full != NULL ? why.full : why.text));
}

/* The newest ones; of several about one container only the last counts. */
static void failures_add(struct menu_section *s, struct menu_list *into)
{
    enum engine_kind kind = s->snap->kind;
    size_t newest[FAILURES_SHOWN];
    size_t count = 0;

    for (size_t i = s->in->failure_count; i-- > 0 && count < FAILURES_SHOWN;) {
        const struct menu_failure *f = &s->in->failures[i];

        if (f->engine == kind && menu_refs_find(&s->failures, kind, f->id.text) == (ptrdiff_t)i)
            newest[count++] = i;
    }
    while (count > 0) {
        const struct menu_failure *f = &s->in->failures[newest[--count]];

        menu_section_failure(s, menu_section_key(s, "failure", f->id.text), f, into);
    }
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
    it = menu_list_add(into, MENU_ROW, menu_section_key(s, "dns", NULL), word(WORD_DNS));
    it->command = MENU_DNS;
}

void menu_section_add(struct menu_section *s, enum engine_kind kind, struct menu_list *into)
{
    struct menu_service service = {s->arena, s->in->snaps[kind], NULL};
    struct menu_sorted sorted = {0};

    s->snap = s->in->snaps[kind];
    menu_sort(s->in, s->snap, &s->pins, &s->hidden, &sorted);
    header_add(s, sorted.all, into);
    service.pending = engine_pending(s);
    if (!menu_section_unfit(s->in, kind)) {
        menu_service_notes(&service, into);
        notes_add(s, s->snap, into);
        menu_rows_add(s, (struct menu_run){sorted.shown, sorted.shown_count, NULL}, into);
        menu_rows_fold(s, (struct menu_run){sorted.hidden, sorted.hidden_count, NULL}, "hidden",
                       WORD_HIDDEN, into);
        menu_all_add(s, &sorted, into);
        failures_add(s, into);
        domains_add(s, s->snap, into);
        menu_service_rows(&service, into);
    }
    menu_sorted_release(&sorted);
}
