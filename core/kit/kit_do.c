/* kit_do.c - what the user asks for, looked up again in the newest list and refused if it does not
 * fit any more; and how a failure is told. */
#include "core/base/log.h"
#include "core/desktop/port_url.h"
#include "core/engine/state.h"
#include "core/kit/kit_inside.h"
#include <stdio.h>

void kit_changed(struct kit *k)
{
    k->config.changed(k->config.changed_ctx);
}

void kit_hand_notes_over(struct kit *k)
{
    struct note note;

    while (k->notify != NULL && notify_take(k->notify, &note))
        k->config.note(k->config.note_ctx, &note);
}

void kit_fail(struct kit *k, enum engine_kind kind, enum op op, const struct valid_id *id,
              const char *name, const struct fault *why)
{
    char text[FAULT_TEXT_MAX];

    fault_text(why, text);
    marks_fail(&k->marks, kind, op, id, name, text);
    if (k->notify != NULL)
        notify_fail(k->notify, kind, op, id, name, text);
    kit_hand_notes_over(k);
}

void kit_fail_of(struct kit *k, enum engine_kind kind, enum op op, const struct valid_id *id,
                 const struct fault *why)
{
    const struct container *c = marks_container(k->snaps[kind], id);
    char name[13];

    snprintf(name, sizeof name, "%.12s", id->text);
    kit_fail(k, kind, op, id, c != NULL ? c->name : name, why);
}

void kit_used(struct kit *k, enum engine_kind kind, const struct valid_id *id)
{
    const struct container *c = marks_container(k->snaps[kind], id);
    char text[RECENT_TEXT_MAX + 1];

    if (c == NULL)
        return;
    recent_use(&k->recent, kind, c->name);
    recent_text(&k->recent, text);
    if (k->config.keeper != NULL)
        keeper_recent(k->config.keeper, text);
}

static enum rc refuse(enum engine_kind kind, enum op op, const struct container *c,
                      struct fault *why)
{
    if (op == OP_RESTART && state_restart_loses(kind, c) && c->state == STATE_RUNNING)
        return fault_set(why, RC_DENIED, "%s is removed when it stops, so it cannot be restarted",
                         c->name);
    return fault_set(why, RC_DENIED, "cannot %s %s: it is %s", op_word(op), c->name,
                     state_word(c->state));
}

/* What stands against it. */
static enum rc check(const struct kit *k, enum engine_kind kind, enum op op,
                     const struct container *c, const struct valid_id *id, struct fault *why)
{
    if (c == NULL)
        return fault_set(why, RC_MISSING, "the container %.12s is gone", id->text);
    if (marks_find(&k->marks, kind, id) != NULL)
        return fault_set(why, RC_DENIED, "an action for %s is under way", c->name);
    if (!action_allowed(kind, op, c))
        return refuse(kind, op, c, why);
    if (k->marks.pending_count == MARKS_PENDING_MAX)
        return fault_set(why, RC_DENIED, "too many actions are under way");
    return RC_OK;
}

/* Nothing stands against it. */
static enum rc submit(struct kit *k, enum engine_kind kind, enum op op, const struct valid_id *id,
                      const char *name, unsigned many, struct fault *why)
{
    enum rc rc;

    marks_begin(&k->marks, kind, op, id, name)->many = many;
    rc = queue_submit(k->queue, kind, op, id, (unsigned)k->settings.number[SETTING_GRACE_S], why);
    if (rc == RC_OK)
        own_begin(&k->past.own, kind, op, id);
    else
        marks_drop(&k->marks, marks_find(&k->marks, kind, id));
    if (rc == RC_OK && k->notify != NULL)
        notify_begin(k->notify, kind, op, id);
    kit_hand_notes_over(k);
    return rc;
}

enum rc kit_begin(struct kit *k, enum engine_kind kind, enum op op, const struct container *c,
                  const struct valid_id *id, unsigned many, struct fault *why)
{
    enum rc rc = check(k, kind, op, c, id, why);

    return rc == RC_OK ? submit(k, kind, op, id, c->name, many, why) : rc;
}

enum rc kit_do(struct kit *k, enum engine_kind kind, enum op op, const struct valid_id *id,
               struct fault *why)
{
    const struct valid_id own = *id; /* it may be of a menu that `changed` replaces */
    const struct container *c = marks_container(k->snaps[kind], &own);
    struct fault fault = {0};
    enum rc rc = kit_begin(k, kind, op, c, &own, 0, &fault);

    if (rc == RC_OK)
        kit_used(k, kind, &own);
    else
        kit_fail_of(k, kind, op, &own, &fault);
    if (why != NULL)
        *why = fault;
    kit_changed(k);
    return rc;
}

static enum rc check_service(const struct kit *k, enum engine_kind kind, enum op op,
                             const struct valid_id *id, struct fault *why)
{
    const struct snapshot *s = k->snaps[kind];

    if (marks_find(&k->marks, kind, id) != NULL)
        return fault_set(why, RC_DENIED, "%s is being started or stopped", engine_title(kind));
    if (k->marks.pending_count == MARKS_PENDING_MAX)
        return fault_set(why, RC_DENIED, "too many actions are under way");
    if (s == NULL || !state_service_allows(op, s))
        return fault_set(why, RC_DENIED, "cannot %s: %s is %s", op_word(op), engine_title(kind),
                         engine_state_word(s != NULL ? s->state : ENGINE_UNSEEN));
    return RC_OK;
}

enum rc kit_service(struct kit *k, enum engine_kind kind, enum op op, struct fault *why)
{
    static const struct valid_id engine = {""};
    struct fault fault = {0};
    enum rc rc = check_service(k, kind, op, &engine, &fault);

    MUST(service_is(op));
    if (rc == RC_OK)
        rc = submit(k, kind, op, &engine, engine_title(kind), 0, &fault);
    if (rc != RC_OK)
        kit_fail(k, kind, op, &engine, engine_title(kind), &fault);
    if (why != NULL)
        *why = fault;
    kit_changed(k);
    return rc;
}

static void give_answer(struct kit *k, const struct answer *a)
{
    const struct container *c = marks_container(k->snaps[a->engine], &a->id);
    bool over = c != NULL && action_allowed(a->engine, OP_START, c);

    log_info("%s: answered by %s" LOG_PRIVATE ": %s", engine_word(a->engine),
             note_button_word(a->button), a->id.text);
    if (a->button == NOTE_LOGS && c != NULL && k->config.logs != NULL)
        k->config.logs(k->config.logs_ctx, a->engine, &a->id);
    else if (a->button == NOTE_RESTART &&
             kit_do(k, a->engine, over ? OP_START : OP_RESTART, &a->id, NULL) != RC_OK)
        log_info("%s: refused" LOG_PRIVATE ": %s", engine_word(a->engine), a->id.text);
}

void kit_give_answers(struct kit *k, enum engine_kind kind)
{
    struct answer a;

    while (answers_take(&k->answers, kind, &a))
        give_answer(k, &a);
}

void kit_answer(struct kit *k, enum engine_kind kind, const struct valid_id *id,
                enum note_button button)
{
    answers_add(&k->answers, kind, id, button);
    if (k->snaps[kind] != NULL && k->snaps[kind]->state != ENGINE_UNSEEN)
        kit_give_answers(k, kind);
}

/* Looks up the container once more; what->url is made here. */
static enum rc begin_opening(struct kit *k, struct opening *what, const struct menu_port *port,
                             struct fault *why)
{
    const struct container *c = marks_container(k->snaps[what->kind], &what->id);
    enum rc rc = RC_OK;

    if (c == NULL)
        return fault_set(why, RC_MISSING, "the container %.12s is gone", what->id.text);
    if (!state_allows(what->kind, what->op, c))
        return fault_set(why, RC_DENIED, "%s is %s", c->name, state_word(c->state));
    if (port != NULL)
        rc = port_url(c, port->host_ip, port->number, &what->url, why);
    return rc == RC_OK ? openings_add(k->openings, what, why) : rc;
}

static enum rc open_window(struct kit *k, struct opening *what, const struct menu_port *port,
                           struct fault *why)
{
    struct fault fault = {0};
    enum rc rc = begin_opening(k, what, port, &fault);

    if (why != NULL)
        *why = fault;
    if (rc == RC_OK) {
        marks_forgive(&k->marks, what->kind, &what->id);
        kit_used(k, what->kind, &what->id);
    } else {
        kit_fail_of(k, what->kind, what->op, &what->id, &fault);
    }
    kit_changed(k);
    return rc;
}

enum rc kit_shell(struct kit *k, enum engine_kind kind, const struct valid_id *id,
                  struct fault *why)
{
    struct opening what = {.kind = kind,
                           .op = OP_SHELL,
                           .id = *id,
                           .terminal = (enum terminal_kind)k->settings.number[SETTING_TERMINAL]};

    return open_window(k, &what, NULL, why);
}

enum rc kit_open_port(struct kit *k, enum engine_kind kind, const struct valid_id *id,
                      const struct menu_port *port, struct fault *why)
{
    struct opening what = {.kind = kind, .op = OP_OPEN, .id = *id};

    return open_window(k, &what, port, why);
}

static enum rc begin_inspection(struct kit *k, const struct inspection *what, struct fault *why)
{
    MUST(k->config.inspected != NULL);
    if (marks_container(k->snaps[what->kind], &what->id) == NULL)
        return fault_set(why, RC_MISSING, "the container %.12s is gone", what->id.text);
    return inspections_add(k->inspections, what, why);
}

enum rc kit_inspect(struct kit *k, const struct inspection *what, struct fault *why)
{
    const struct inspection own = *what; /* its id may be of a menu that `changed` replaces */
    struct fault fault = {0};
    enum rc rc = begin_inspection(k, &own, &fault);

    if (why != NULL)
        *why = fault;
    if (own.text != INSPECTION_RUN_LINE)
        return rc;
    if (rc == RC_OK)
        marks_forgive(&k->marks, own.kind, &own.id);
    else
        kit_fail_of(k, own.kind, OP_INSPECT, &own.id, &fault);
    kit_changed(k);
    return rc;
}

struct dns_book *kit_dns(struct kit *k)
{
    const struct dns_book_config config = {.spawner = k->config.spawner,
                                           .where = k->config.where,
                                           .post = k->config.post,
                                           .post_ctx = k->config.post_ctx};

    if (k->dns == NULL)
        k->dns = dns_book_new(&config);
    return k->dns;
}
