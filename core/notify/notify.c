/* notify.c - see notify.h.
 *
 * A look is compared with the one before: what is new becomes news and waits; what has lost its
 * cause is taken out of the waiting ones, or taken back if it was shown. At the end of the look,
 * unless the user is away, the waiting ones are shown: each alone, or all in the summary. */
#include "core/notify/notify.h"
#include "core/engine/state.h"
#include "core/notify/outbox.h"
#include "core/notify/own.h"
#include "core/notify/seen.h"
#include <string.h>

#define SKEW_S 120 /* the clock of an engine in a virtual machine may be behind */
#define BIT(kind) (1u << (kind))

/* One engine. */
struct side {
    enum engine_state state;
    bool listed; /* there was a good list, and the next one is compared with it */
    int64_t taken_s;
    struct seen_list seen;
    struct told told;    /* of NOTE_ENGINE: that it went down */
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
    outbox_take_back(&n->box, kind, engine, s->id, &s->told);
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

/* --- containers ------------------------------------------------------------------------------- */

static bool is_up(enum container_state state)
{
    return state == STATE_RUNNING || state == STATE_PAUSED;
}

static bool is_over(enum container_state state)
{
    return state == STATE_STOPPED || state == STATE_DEAD;
}

/* It ended between the two looks, whatever it does now. One that is new in the list ended since
 * the last look if it has ended at all, for a list holds them all. */
static bool has_ended(const struct side *side, const struct seen *old, const struct seen *s)
{
    if (old == NULL)
        return is_over(s->state) && !(s->has_finished && s->finished_s < side->taken_s - SKEW_S);
    if (is_over(s->state) && !is_over(old->state))
        return true;
    if (is_over(s->state))
        return s->has_finished && old->has_finished && s->finished_s > old->finished_s;
    if (s->state == STATE_RESTARTING && old->state != STATE_RESTARTING)
        return true;
    return s->state == STATE_RUNNING && is_up(old->state) && s->has_started && old->has_started &&
           s->started_s > old->started_s;
}

/* Somebody wanted it to end, or it ended well. A container that runs again tells no exit code. */
static bool ended_well(const struct seen *old, const struct container *c)
{
    static const int64_t interrupted = 128 + 2, terminated = 128 + 15;

    if (old != NULL && (old->state == STATE_STOPPING || old->state == STATE_REMOVING))
        return true;
    if (!is_over(c->state))
        return false;
    return !c->has_exit_code || c->exit_code == 0 || c->exit_code == interrupted ||
           c->exit_code == terminated;
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
    } else if (is_over(c->state)) {
        add(n, NOTE_EXIT, kind, s, c);
    }
}

static void take_back_past(struct notify *n, enum engine_kind kind, struct seen *s, int64_t now_s)
{
    if (is_up(s->state))
        take_back(n, NOTE_EXIT, kind, s);
    if (!is_up(s->state) || s->health != HEALTH_UNHEALTHY)
        take_back(n, NOTE_UNHEALTHY, kind, s);
    if (s->looping && now_s - s->ends_s[s->ends - 1] > NOTIFY_LOOP_S) {
        s->looping = false;
        take_back(n, NOTE_LOOP, kind, s);
    }
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
    if (has_ended(side, old, s) && !ended_well(old, c) && !own_has(&n->own, kind, s->id))
        tell_end(n, kind, s, c, now_s);
    if (is_up(s->state) && s->health == HEALTH_UNHEALTHY &&
        (old == NULL || !is_up(old->state) || old->health != HEALTH_UNHEALTHY) && !s->looping)
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
    if (!up || told_down)
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

/* --- settings --------------------------------------------------------------------------------- */

static void take_muted_back(struct notify *n, enum engine_kind engine, const char *id,
                            const char *name, struct told *told)
{
    for (int kind = 0; kind < NOTE_KIND_COUNT; kind++) {
        if (outbox_is_muted(&n->box, (enum note_kind)kind, engine, id, name))
            outbox_take_back(&n->box, (enum note_kind)kind, engine, id, told);
    }
}

void notify_set(struct notify *n, const struct notify_settings *settings)
{
    size_t grouped = n->box.grouped;

    outbox_set(&n->box, settings);
    for (int kind = 0; kind < ENGINE_COUNT; kind++) {
        struct side *side = &n->sides[kind];

        take_muted_back(n, (enum engine_kind)kind, "", "", &side->told);
        for (size_t i = 0; i < side->seen.count; i++) {
            struct seen *s = &side->seen.list[i];

            take_muted_back(n, (enum engine_kind)kind, s->id, s->name, &s->told);
        }
    }
    take_back_summary(n, grouped);
}
