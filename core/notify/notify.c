/* notify.c - see notify.h.
 *
 * A look is compared with the one before: what is new becomes news and waits; what has lost its
 * cause is taken out of the waiting ones, or taken back if it was shown. At the end of the look,
 * unless the user is away, the waiting ones are shown: each alone, or all in the summary. */
#include "core/notify/notify.h"
#include "core/engine/life.h"
#include "core/engine/state.h"
#include "core/notify/outbox.h"
#include "core/notify/own.h"
#include "core/notify/seen.h"
#include <string.h>

#define BIT(kind) (1u << (kind))

/* One engine. */
struct side {
    enum engine_state state;
    bool listed; /* there was a good list, and the next one is compared with it */
    int64_t taken_s;
    struct seen_list seen;
    struct told told;    /* of NOTE_ENGINE: that it went down */
    size_t parts;        /* containers that the note about several failures tells still */
    bool awaited;        /* the user is back, and its look has not come */
    unsigned long after; /* ... a later one than this */
};

struct notify {
    unsigned buttons;
    struct side sides[ENGINE_COUNT];
    struct own_list own;
    struct outbox box;
    bool summary; /* it is shown */
    bool away, after_away;
};

struct notify *notify_new(unsigned buttons)
{
    struct notify *n = mem_new(sizeof *n);

    n->buttons = buttons;
    return n;
}

void notify_free(struct notify *n)
{
    if (n == NULL)
        return;
    for (int kind = 0; kind < ENGINE_COUNT; kind++)
        seen_release(&n->sides[kind].seen);
    own_release(&n->own);
    outbox_release(&n->box);
    mem_free(n);
}

bool notify_take(struct notify *n, struct note *out)
{
    return outbox_take(&n->box, out);
}

static void take_back(struct notify *n, enum note_kind kind, enum engine_kind engine,
                      struct seen *s)
{
    struct side *side = &n->sides[engine];

    outbox_take_back(&n->box, kind, engine, s->id, &s->told);
    if (kind != NOTE_FAILURE || !s->told.part)
        return;
    s->told.part = false;
    if (--side->parts == 0)
        outbox_withdraw(&n->box, NOTE_FAILURE, engine, "");
}

/* --- actions ---------------------------------------------------------------------------------- */

void notify_begin(struct notify *n, enum engine_kind kind, enum op op, const struct valid_id *id)
{
    struct seen *s = seen_find(&n->sides[kind].seen, id->text);

    own_begin(&n->own, kind, op, id);
    if (s == NULL)
        return;
    take_back(n, NOTE_FAILURE, kind, s);
    take_back(n, NOTE_LOOP, kind, s);
    s->looping = false;
    s->ends = 0;
}

void notify_end(struct notify *n, enum engine_kind kind, const struct valid_id *id,
                unsigned long look)
{
    own_end(&n->own, kind, id, look);
}

void notify_fail(struct notify *n, enum engine_kind kind, enum op op, const struct valid_id *id,
                 const char *name, const char *why)
{
    struct seen *s = seen_find(&n->sides[kind].seen, id->text);

    if (outbox_is_muted(&n->box, NOTE_FAILURE, kind, id->text, name))
        return;
    news_failure(kind, op, id, name, why, outbox_post(&n->box));
    if (s != NULL)
        s->told.shown |= BIT(NOTE_FAILURE);
}

void notify_fail_many(struct notify *n, enum engine_kind kind, const struct notify_many *all)
{
    struct side *side = &n->sides[kind];

    if (outbox_is_muted(&n->box, NOTE_FAILURE, kind, "", ""))
        return;
    for (size_t i = 0; i < all->failed; i++) {
        struct seen *s = seen_find(&side->seen, all->ids[i].text);

        if (s == NULL || s->told.part)
            continue;
        s->told.part = true;
        side->parts++;
    }
    news_failures(kind, all, outbox_post(&n->box));
}

/* --- containers ------------------------------------------------------------------------------- */

static struct life life(const struct seen *s)
{
    return (struct life){.state = s->state,
                         .has_started = s->has_started,
                         .has_finished = s->has_finished,
                         .started_s = s->started_s,
                         .finished_s = s->finished_s};
}

/* It ended between the two looks, and nobody wanted that. */
static bool ended_badly(const struct side *side, const struct seen *old, const struct seen *s,
                        const struct container *c)
{
    const struct life now = life(s), before = old != NULL ? life(old) : now;
    const struct life *then = old != NULL ? &before : NULL;

    return life_ended(then, &now, side->taken_s) && !life_ended_well(then, c);
}

static unsigned buttons_for(const struct notify *n, enum note_kind kind, enum engine_kind engine,
                            const struct container *c)
{
    unsigned buttons = NOTE_LOGS;

    if (kind != NOTE_LOOP &&
        (state_allows(engine, OP_START, c) || state_allows(engine, OP_RESTART, c)))
        buttons |= NOTE_RESTART;
    return buttons & n->buttons;
}

static void add(struct notify *n, enum note_kind kind, enum engine_kind engine, struct seen *s,
                const struct container *c)
{
    struct news one = {.kind = kind, .engine = engine, .id = c->arg, .number = c->exit_code};

    if (outbox_is_muted(&n->box, kind, engine, s->id, s->name))
        return;
    take_back(n, kind, engine, s);
    one.buttons = buttons_for(n, kind, engine, c);
    news_name(c->name, one.name);
    outbox_wait(&n->box, &one, &s->told);
}

/* True if this end makes it a loop. */
static bool count_end(struct seen *s, int64_t now_s)
{
    if (s->ends == NOTIFY_LOOP_ENDS) {
        memmove(&s->ends_s[0], &s->ends_s[1], (NOTIFY_LOOP_ENDS - 1) * sizeof s->ends_s[0]);
        s->ends--;
    }
    s->ends_s[s->ends++] = now_s;
    return s->ends == NOTIFY_LOOP_ENDS && now_s - s->ends_s[0] <= NOTIFY_LOOP_S;
}

static void tell_end(struct notify *n, enum engine_kind kind, struct seen *s,
                     const struct container *c, int64_t now_s)
{
    bool loops = count_end(s, now_s);

    if (s->looping)
        return;
    if (loops) {
        s->looping = true;
        take_back(n, NOTE_EXIT, kind, s);
        add(n, NOTE_LOOP, kind, s, c);
    } else if (life_is_over(c->state)) {
        add(n, NOTE_EXIT, kind, s, c);
    }
}

static void take_back_past(struct notify *n, enum engine_kind kind, struct seen *s, int64_t now_s)
{
    if (life_is_up(s->state))
        take_back(n, NOTE_EXIT, kind, s);
    if (!life_is_up(s->state) || s->health != HEALTH_UNHEALTHY)
        take_back(n, NOTE_UNHEALTHY, kind, s);
    if (s->looping && now_s - s->ends_s[s->ends - 1] > NOTIFY_LOOP_S) {
        s->looping = false;
        take_back(n, NOTE_LOOP, kind, s);
    }
}

void notify_remember(struct notify *n, enum engine_kind kind, const char *id, int64_t at_s)
{
    struct side *side = &n->sides[kind];
    struct seen *s = seen_find(&side->seen, id);

    if (s == NULL && side->listed)
        return;
    if (s == NULL)
        s = seen_add(&side->seen, id);
    /* of a loop that was told already; the next look forgets it when it is over */
    s->looping = count_end(s, at_s) || s->looping;
}

/* `compare`: there is a list to compare with; `old` is NULL for one that was not in it. */
static void judge(struct notify *n, enum engine_kind kind, const struct seen *old, bool compare,
                  const struct container *c, int64_t now_s)
{
    struct side *side = &n->sides[kind];
    struct seen *s = seen_find(&side->seen, c->arg.text);

    take_back_past(n, kind, s, now_s);
    if (!compare)
        return;
    if (ended_badly(side, old, s, c) && !own_has(&n->own, kind, s->id))
        tell_end(n, kind, s, c, now_s);
    if (life_is_up(s->state) && s->health == HEALTH_UNHEALTHY &&
        (old == NULL || !life_is_up(old->state) || old->health != HEALTH_UNHEALTHY) && !s->looping)
        add(n, NOTE_UNHEALTHY, kind, s, c);
}

static void forget_gone(struct notify *n, enum engine_kind kind, struct seen *s)
{
    for (int what = 0; what < NOTE_KIND_COUNT; what++)
        take_back(n, (enum note_kind)what, kind, s);
}

static void look_at_list(struct notify *n, const struct snapshot *snap, int64_t now_s)
{
    struct side *side = &n->sides[snap->kind];
    struct seen_list old = side->seen;

    seen_make(&side->seen, snap, &old);
    for (size_t i = 0; i < snap->count; i++) {
        const struct container *c = &snap->list[i];

        if (c->arg.text[0] != '\0' && !c->infra)
            judge(n, snap->kind, seen_find(&old, c->arg.text), side->listed, c, now_s);
    }
    for (size_t i = 0; i < old.count; i++) {
        if (seen_find(&side->seen, old.list[i].id) == NULL)
            forget_gone(n, snap->kind, &old.list[i]);
    }
    seen_release(&old);
    side->listed = true;
    side->taken_s = snap->taken_s;
}

/* --- engines ---------------------------------------------------------------------------------- */

/* It came back takes the place of it went down, and the other way round: they have one key. */
static void add_engine(struct notify *n, const struct snapshot *snap)
{
    const struct news one = {.kind = NOTE_ENGINE,
                             .engine = snap->kind,
                             .state = snap->state,
                             .number = (int64_t)snapshot_running(snap)};

    if (!outbox_is_muted(&n->box, NOTE_ENGINE, snap->kind, "", ""))
        outbox_wait(&n->box, &one, &n->sides[snap->kind].told);
}

static void look_at_engine(struct notify *n, const struct snapshot *snap)
{
    struct side *side = &n->sides[snap->kind];
    bool up = snap->state == ENGINE_RUNNING, was_up = side->state == ENGINE_RUNNING;
    bool first = side->state == ENGINE_UNSEEN;
    bool told_down = (side->told.shown | side->told.grouped) != 0;

    side->state = snap->state;
    if (snap->state == ENGINE_STOPPED || snap->state == ENGINE_MISSING)
        side->listed = false;
    if (first || up == was_up)
        return;
    outbox_take_back(&n->box, NOTE_ENGINE, snap->kind, "", &side->told);
    if (up ? told_down : !own_has(&n->own, snap->kind, ""))
        add_engine(n, snap);
}

/* --- telling ---------------------------------------------------------------------------------- */

/* What was told about this. That an engine came back is not remembered: its cause never goes. */
static void remember(struct notify *n, const struct news *one, bool grouped)
{
    struct side *side = &n->sides[one->engine];
    struct seen *s = seen_find(&side->seen, one->id.text);
    struct told *told = one->kind == NOTE_ENGINE ? &side->told : &s->told;

    told->waiting &= ~BIT(one->kind);
    if (one->kind == NOTE_ENGINE && one->state == ENGINE_RUNNING)
        return;
    if (grouped) {
        told->grouped |= BIT(one->kind);
        n->box.grouped++;
    } else {
        told->shown |= BIT(one->kind);
    }
}

static bool is_collecting(const struct notify *n)
{
    bool awaited = false;

    for (int kind = 0; kind < ENGINE_COUNT; kind++)
        awaited = awaited || n->sides[kind].awaited;
    return n->away || awaited;
}

static void tell_waiting(struct notify *n)
{
    struct outbox *box = &n->box;
    bool grouped = box->waiting_count > (n->after_away ? 1 : NOTIFY_SINGLE_MAX);

    if (is_collecting(n))
        return;
    if (grouped)
        news_summary(box->waiting, box->waiting_count, n->after_away, outbox_post(box));
    for (size_t i = 0; i < box->waiting_count; i++) {
        if (!grouped)
            news_note(&box->waiting[i], outbox_post(box));
        remember(n, &box->waiting[i], grouped);
    }
    n->summary = n->summary || grouped;
    n->after_away = false;
    box->waiting_count = 0;
}

/* The summary goes when all that it tells has gone; not when there was nothing that can. */
static void take_back_summary(struct notify *n, size_t before)
{
    if (!n->summary || before == 0 || n->box.grouped > 0)
        return;
    n->summary = false;
    outbox_withdraw(&n->box, NOTE_SUMMARY, (enum engine_kind)0, "");
}

void notify_look(struct notify *n, enum engine_kind kind, const struct snapshot *snap,
                 unsigned long look, int64_t now_s)
{
    struct side *side = &n->sides[kind];
    size_t grouped = n->box.grouped;

    if (snap != NULL) {
        MUST(snap->kind == kind);
        look_at_engine(n, snap);
        if (snap->state == ENGINE_RUNNING && !snap->stale)
            look_at_list(n, snap, now_s);
    }
    if (side->state == ENGINE_RUNNING)
        own_looked(&n->own, kind, look);
    if (side->awaited && look > side->after)
        side->awaited = false;
    take_back_summary(n, grouped);
    tell_waiting(n);
}

void notify_away(struct notify *n)
{
    n->away = true;
}

void notify_back(struct notify *n, const unsigned long looks[ENGINE_COUNT])
{
    n->away = false;
    n->after_away = true;
    for (int kind = 0; kind < ENGINE_COUNT; kind++) {
        struct side *side = &n->sides[kind];

        side->awaited = side->state != ENGINE_UNSEEN;
        side->after = looks[kind];
    }
}

void notify_forget(struct notify *n, enum engine_kind kind)
{
    struct side *side = &n->sides[kind];
    size_t grouped = n->box.grouped;

    for (size_t i = 0; i < side->seen.count; i++)
        forget_gone(n, kind, &side->seen.list[i]);
    outbox_take_back(&n->box, NOTE_ENGINE, kind, "", &side->told);
    seen_release(&side->seen);
    *side = (struct side){0};
    take_back_summary(n, grouped);
    tell_waiting(n);
}

/* --- settings --------------------------------------------------------------------------------- */

static void take_muted_back(struct notify *n, enum engine_kind engine, struct seen *s)
{
    for (int kind = 0; kind < NOTE_KIND_COUNT; kind++) {
        if (outbox_is_muted(&n->box, (enum note_kind)kind, engine, s->id, s->name))
            take_back(n, (enum note_kind)kind, engine, s);
    }
}

void notify_set(struct notify *n, const struct notify_settings *settings)
{
    size_t grouped = n->box.grouped;

    outbox_set(&n->box, settings);
    for (int kind = 0; kind < ENGINE_COUNT; kind++) {
        struct side *side = &n->sides[kind];

        if (outbox_is_muted(&n->box, NOTE_ENGINE, (enum engine_kind)kind, "", ""))
            outbox_take_back(&n->box, NOTE_ENGINE, (enum engine_kind)kind, "", &side->told);
        for (size_t i = 0; i < side->seen.count; i++)
            take_muted_back(n, (enum engine_kind)kind, &side->seen.list[i]);
    }
    take_back_summary(n, grouped);
}
