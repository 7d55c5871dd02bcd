/* look.c - list, compare, parse; and what a failure means for the engine's state.
 *
 * A spell of running begins with the first good look after a bad one. Everything that is asked
 * once per spell or compared with the last look is forgotten by a failed one: the engine behind
 * the same command may be another afterwards. */
#include "core/engine/look.h"
#include "core/base/clock.h"
#include "core/base/text.h"
#include "core/engine/addresses.h"
#include "core/engine/reach.h"
#include <stdio.h>
#include <string.h>

#define SENTENCE_MAX 300 /* characters of an engine's own line */

/* An asking, and what is remembered of its answers. */
struct looking {
    struct asking asking;
    struct look_memory *memory;
};

void look_memory_release(struct look_memory *m)
{
    if (m == NULL)
        return;
    addresses_free(m->addresses);
    child_result_release(&m->child);
    *m = (struct look_memory){0};
}

void look_memory_renew(struct look_memory *m)
{
    m->has_digest = false;
    m->old_docker = false;
    m->spell.asked = false;
}

/* Behind podman's remarks, of whatever level, to the line that says what is wrong. */
static const char *behind_remarks(const char *text, size_t len, size_t *left)
{
    const char *at = text, *end = text + len;

    while (end - at > 6 && memcmp(at, "time=\"", 6) == 0) {
        const char *line_end = memchr(at, '\n', (size_t)(end - at));

        if (line_end == NULL)
            break;
        at = line_end + 1;
    }
    if (at == end)
        at = text; /* nothing but remarks: better than nothing */
    *left = (size_t)(end - at);
    return at;
}

static enum rc own_sentence(const struct engine_driver *drv, const struct child_result *res,
                            struct fault *why)
{
    struct arena arena = {0};
    size_t len = 0;
    const char *at = behind_remarks(buf_text(&res->err), res->err.len, &len);
    const char *line = text_first_line(&arena, at, len, SENTENCE_MAX);
    enum rc rc;

    if (line[0] != '\0')
        rc = fault_set(why, RC_FAILED, "%s", line);
    else if (res->exit_code < 0)
        rc = fault_set(why, RC_FAILED, "%s was ended by signal %d", engine_title(drv->kind),
                       res->sig);
    else
        rc = fault_set(why, RC_FAILED, "%s failed with exit code %d and no message",
                       engine_title(drv->kind), res->exit_code);
    arena_release(&arena);
    return rc;
}

static enum engine_error error_of(const struct engine_driver *drv, const struct child_result *res)
{
    return drv->classify(res->exit_code, buf_text(&res->err), res->err.len);
}

enum rc look_verdict(const struct engine_driver *drv, enum rc ran, const struct child_result *res,
                     struct fault *why)
{
    if (ran != RC_OK)
        return ran; /* child.h has said why */
    if (res->exit_code == 0)
        return RC_OK;
    switch (error_of(drv, res)) {
    case ENGINE_ERROR_DOWN:
        return fault_set(why, RC_DOWN, "%s is not running", engine_title(drv->kind));
    case ENGINE_ERROR_PERMISSION:
        return fault_set(why, RC_DOWN, "%s runs, but this user may not use it",
                         engine_title(drv->kind));
    default:
        return own_sentence(drv, res, why);
    }
}

static enum rc ask_list(const struct looking *l, struct fault *why)
{
    const struct asking *a = &l->asking;
    struct look_memory *m = l->memory;
    enum rc rc = asking_run(a, m->old_docker ? OP_LIST_OLD : OP_LIST, why);

    rc = look_verdict(a->drv, rc, &m->child, why);
    if (rc != RC_OK || m->old_docker || a->drv->kind != ENGINE_DOCKER ||
        !docker_is_old_list(buf_text(&m->child.out), m->child.out.len))
        return rc;
    m->old_docker = true;
    rc = asking_run(a, OP_LIST_OLD, why);
    return look_verdict(a->drv, rc, &m->child, why);
}

/* Apple's service that is not registered was not started; one that is registered and does not
 * answer hangs or is of another age (engines.md 2.5). The command says so with exit code 1. */
static enum engine_state apple_down(const struct asking *a, enum engine_service *service,
                                    struct fault *why)
{
    struct engine_status st = {0};
    enum rc rc = asking_run(a, OP_STATUS, NULL);

    *service = SERVICE_RUNNING; /* it hangs, and may be stopped */
    if (rc == RC_TIMEOUT) {
        fault_set(why, RC_TIMEOUT, "%s does not answer", engine_title(a->drv->kind));
        return ENGINE_NOT_RESPONDING;
    }
    if (rc == RC_OK &&
        a->drv->parse_status(buf_text(&a->child->out), a->child->out.len, &st, NULL) == RC_OK &&
        st.registered && !st.running) {
        fault_set(why, RC_DOWN, "the service of %s is registered, but does not answer",
                  engine_title(a->drv->kind));
        return ENGINE_NOT_RESPONDING;
    }
    *service = SERVICE_STOPPED;
    return ENGINE_STOPPED;
}

/* It does not run, or not for us. */
static enum engine_state state_down(const struct asking *a, enum engine_service *service,
                                    struct fault *why)
{
    if (asking_error(a) == ENGINE_ERROR_PERMISSION)
        return ENGINE_PERMISSION;
    if (a->drv->kind == ENGINE_APPLE)
        return apple_down(a, service, why);
    *service = spell_service_down(a);
    return ENGINE_STOPPED;
}

/* What a list that did not come means; *why may get a better sentence. */
static enum engine_state state_of_failure(const struct asking *a, enum rc rc,
                                          enum engine_service *service, struct fault *why)
{
    switch (rc) {
    case RC_DOWN:
        return state_down(a, service, why);
    case RC_TIMEOUT:
        return ENGINE_NOT_RESPONDING;
    case RC_MISSING:
        return ENGINE_MISSING;
    default:
        return ENGINE_FAILED;
    }
}

/* On a Mac the engine may run, on a machine that its tool was not allowed to reach. */
static bool kept_out(const struct asking *a, enum rc rc, struct fault *why)
{
    const struct buf *err = &a->child->err;

    if (!a->where->mac || (rc != RC_DOWN && rc != RC_FAILED) ||
        !reach_lan_refused(buf_text(err), err->len))
        return false;
    fault_set(why, RC_DOWN,
              "%s is on the local network and cannot be reached: if other programs reach it, allow "
              "it in System Settings, Privacy & Security, Local Network",
              engine_title(a->drv->kind));
    return true;
}

/* What an executable that cannot be run means. */
static enum engine_state state_of_location(enum rc rc)
{
    switch (rc) {
    case RC_DENIED:
        return ENGINE_NOT_TRUSTED;
    case RC_MISSING:
        return ENGINE_MISSING;
    default:
        return ENGINE_FAILED;
    }
}

/* A failed look; ends the spell, and gives back what a flood made the buffers grow to. */
static void fail(struct look *out, struct look_memory *m, enum engine_state state,
                 const struct fault *why)
{
    out->state = state;
    fault_text(why, out->why);
    look_memory_renew(m);
    child_result_release(&m->child);
}

/* The service is of another age than the tool: most things work, and some may not. */
static void succeed(struct look *out, const struct asking *a, const struct spell *spell)
{
    bool fits = spell->client[0] == '\0';

    out->state = fits ? ENGINE_RUNNING : ENGINE_MISMATCH;
    if (!fits)
        snprintf(out->why, sizeof out->why,
                 "%s %s is installed, but its service still runs as %s: stop it and start it again",
                 engine_title(a->drv->kind), spell->client, spell->version);
}

static void finish(struct snapshot *s, const struct look *out, struct look_memory *m,
                   int64_t taken_s)
{
    const struct spell *spell = &m->spell;

    s->state = out->state;
    s->why = arena_str(&s->arena, out->why);
    s->version = arena_str(&s->arena, spell->version);
    s->client = arena_str(&s->arena, spell->client);
    s->context = arena_str(&s->arena, out->context.text);
    s->service = spell->service;
    s->origin = spell->origin;
    s->root = arena_str(&s->arena, spell->root);
    s->taken_s = taken_s;
    if (!engine_driver(s->kind)->list_has_address)
        addresses_renew(&m->addresses, s);
    snapshot_seal(s);
}

/* The list is in the memory's buffer. */
static enum rc read_list(const struct looking *l, int64_t taken_s, struct look *out,
                         struct fault *why)
{
    const struct asking *a = &l->asking;
    struct look_memory *m = l->memory;
    const struct buf *bytes = &m->child.out;
    unsigned char digest[ENGINE_DIGEST_SIZE];
    struct snapshot *s = NULL;
    enum rc rc;

    engine_digest(a->drv->kind, buf_text(bytes), bytes->len, digest);
    if (m->has_digest && memcmp(digest, m->digest, sizeof digest) == 0) {
        out->unchanged = true;
        succeed(out, a, &m->spell);
        return RC_OK;
    }
    s = snapshot_new(a->drv->kind);
    rc = a->drv->parse_list(buf_text(bytes), bytes->len, s, why);
    if (rc == RC_OK)
        rc = spell_ask(a, &m->spell);
    if (rc != RC_OK) {
        snapshot_free(s);
        return rc;
    }
    memcpy(m->digest, digest, sizeof digest);
    m->has_digest = true;
    succeed(out, a, &m->spell);
    finish(s, out, m, taken_s);
    out->snapshot = s;
    return RC_OK;
}

enum rc look_take(struct spawner *s, const struct locate_where *where, enum engine_kind kind,
                  const struct cancel *stop, struct look_memory *memory, struct look *out)
{
    const int64_t taken_s = clock_wall_s();
    struct program prog;
    struct looking l = {{s, where, engine_driver(kind), &prog, stop, &memory->child}, memory};
    struct fault why = {0};
    enum rc rc;

    *out = (struct look){0};
    rc = locate_program(where, kind, &prog, &why);
    out->context = prog.context;
    if (rc == RC_CANCELLED)
        return rc;
    if (rc != RC_OK) {
        fail(out, memory, state_of_location(rc), &why);
        return RC_OK;
    }
    rc = ask_list(&l, &why);
    if (rc == RC_OK)
        rc = read_list(&l, taken_s, out, &why);
    if (rc == RC_CANCELLED) {
        memory->has_digest = false;
        return rc;
    }
    if (rc != RC_OK) {
        enum engine_state state = kept_out(&l.asking, rc, &why)
                                      ? ENGINE_NOT_RESPONDING
                                      : state_of_failure(&l.asking, rc, &out->service, &why);

        fail(out, memory, state, &why);
    }
    return RC_OK;
}
