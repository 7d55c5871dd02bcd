/* kit_many.c - what the user asks for about several containers at once, and which of them are
 * pinned or hidden.
 *
 * Who is meant is decided from the newest list, at the moment of the click. All are given to the
 * queue at once, so that each row says what is going to happen to it; the queue does a few at a
 * time. What fails is told once, when the last one has ended. */
#include "core/base/log.h"
#include "core/kit/kit_inside.h"

/* NULL for all that the engine has. */
static const char *project_of(const struct menu_call *call)
{
    return call->project[0] != '\0' ? call->project : NULL;
}

/* Those that there is something to do for: an array for mem_free(). */
static const struct container **expand(const struct kit *k, const struct menu_call *call,
                                       size_t *count)
{
    const struct snapshot *snap = k->snaps[call->engine];
    const struct container **out =
        mem_new_array(snap != NULL ? snap->count : 0, sizeof(const struct container *));

    *count = 0;
    for (size_t i = 0; snap != NULL && i < snap->count; i++) {
        const struct container *c = &snap->list[i];
        enum op own;

        if (group_has(c, project_of(call)) && group_op(call->engine, call->op, c, &own) &&
            marks_find(&k->marks, call->engine, &c->arg) == NULL)
            out[(*count)++] = c;
    }
    return out;
}

/* Once, when the last of its actions has ended. One that failed alone is told as any other. */
static void tell(struct kit *k, const struct many *one)
{
    const struct many_failed *f = one->first;
    struct notify_many all = {.op = one->shown.op,
                              .total = one->shown.total,
                              .failed = one->failed,
                              .ids = one->failed_ids};

    if (k->notify == NULL || one->failed == 0)
        return;
    if (one->failed == 1) {
        notify_fail(k->notify, one->shown.engine, one->shown.op, one->failed_ids, f->name, f->text);
    } else {
        for (; all.named < one->failed && all.named < MANY_NAMED; all.named++) {
            all.names[all.named] = f[all.named].name;
            all.reasons[all.named] = f[all.named].text;
        }
        notify_fail_many(k->notify, one->shown.engine, &all);
    }
    kit_hand_notes_over(k);
}

static void fail(struct kit *k, struct many *one, const struct valid_id *id, const char *name,
                 const struct fault *why)
{
    char text[FAULT_TEXT_MAX];

    fault_text(why, text);
    marks_fail(&k->marks, one->shown.engine, one->shown.op, id, name, text);
    many_fail(one, id, name, text);
}

void kit_many_result(struct kit *k, const struct mark *mark, const struct queue_result *res)
{
    struct many *one = manies_find(&k->many, mark->many);

    if (one == NULL)
        return;
    if (res->rc != RC_OK && res->rc != RC_CANCELLED)
        fail(k, one, &res->id, mark->name, &res->why);
    if (many_left(one, &k->marks) == 0)
        tell(k, one);
}

static enum rc begin(struct kit *k, struct many *one, const struct container *const *list,
                     size_t count, struct fault *why)
{
    enum rc rc = RC_OK;

    one->shown.total = count;
    for (size_t i = 0; i < count; i++) {
        struct fault fault;
        enum op own;

        (void)group_op(one->shown.engine, one->shown.op, list[i], &own);
        if (kit_begin(k, one->shown.engine, own, list[i], &list[i]->arg, one->number, &fault) ==
            RC_OK)
            continue;
        fail(k, one, &list[i]->arg, list[i]->name, &fault);
        *why = fault;
        rc = fault.rc;
    }
    if (many_left(one, &k->marks) == 0)
        tell(k, one);
    return rc;
}

/* What stands against all of it, told in the engine's section. */
static enum rc refuse(struct kit *k, const struct menu_call *call, size_t count, struct fault *why)
{
    static const struct valid_id none = {""};
    char text[FAULT_TEXT_MAX];
    enum rc rc;

    if (count == 0)
        rc = fault_set(why, RC_DENIED, "there is nothing to %s any more", op_word(call->op));
    else if (count > KIT_MANY_MAX)
        rc = fault_set(why, RC_DENIED, "that would be %zu containers at once; %d are the most",
                       count, KIT_MANY_MAX);
    else
        rc = fault_set(why, RC_DENIED, "too many actions are under way");
    marks_fail(&k->marks, call->engine, call->op, &none, "", fault_text(why, text));
    return rc;
}

/* A new try begins: what failed before in the group is not shown any more. */
static void forgive(struct kit *k, const struct menu_call *call)
{
    const struct snapshot *snap = k->snaps[call->engine];

    for (size_t i = 0; k->marks.failure_count > 0 && i < snap->count; i++)
        if (group_has(&snap->list[i], project_of(call)))
            marks_forgive(&k->marks, call->engine, &snap->list[i].arg);
}

enum rc kit_do_many(struct kit *k, const struct menu_call *call, struct fault *why)
{
    size_t count;
    const struct container **list = expand(k, call, &count);
    struct fault fault = {0};
    struct many *one = NULL;
    enum rc rc;

    MUST(call->op == OP_START || call->op == OP_STOP || call->op == OP_RESTART);
    if (count > 0 && count <= KIT_MANY_MAX)
        one = manies_begin(&k->many, call->engine, call->op, project_of(call));
    if (one != NULL) {
        log_info("%s: %s %zu at once", engine_word(call->engine), op_word(call->op), count);
        forgive(k, call);
        rc = begin(k, one, list, count, &fault);
    } else {
        rc = refuse(k, call, count, &fault);
    }
    manies_sweep(&k->many, &k->marks);
    mem_free(list);
    if (why != NULL)
        *why = fault;
    kit_changed(k);
    return rc;
}

bool kit_ask_many(const struct kit *k, const struct menu_call *call, struct arena *a,
                  struct menu_question *out)
{
    size_t count;
    const struct container **list = expand(k, call, &count);

    if (count > 0)
        menu_ask_many(a, call->engine, call->op, project_of(call), list, count, out);
    mem_free(list);
    return count > 0;
}

static void keep(struct kit *k, enum store_set set, enum engine_kind kind, const char *name,
                 bool on)
{
    if (names_set(&k->names, set, kind, name, on) && k->config.keeper != NULL)
        keeper_name(k->config.keeper, set, kind, name, on);
}

void kit_keep_name(struct kit *k, enum store_set set, enum engine_kind kind, const char *name,
                   bool on)
{
    enum store_set other;

    if (on && store_set_excludes(set, &other))
        keep(k, other, kind, name, false);
    keep(k, set, kind, name, on);
    if (set == STORE_MUTED)
        kit_apply_notes(k);
    kit_changed(k);
}

void kit_keep(struct kit *k, enum store_set set, enum engine_kind kind, const struct valid_id *id,
              bool on)
{
    const struct container *c = marks_container(k->snaps[kind], id);
    char *name = NULL;

    if (c == NULL || c->name[0] == '\0')
        return;
    name = mem_str(c->name); /* `changed` may replace the list */
    kit_keep_name(k, set, kind, name, on);
    mem_free(name);
}
