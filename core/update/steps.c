/* steps.c - see steps.h. At rest the page says what there is: something ready, an offer, or
 * nothing. What came of the last question stands over that until it was read. */
#include "core/update/steps.h"
#include "core/base/clock.h"
#include "core/base/log.h"
#include "core/update/notes.h"
#include <sodium.h>
#include <stdio.h>
#include <string.h>

#define TELL_MS 200 /* between two pages of a download */

const char *update_phase_word(enum update_phase phase)
{
    static const char *const words[UPDATE_PHASE_COUNT] = {
        "idle",        "off",     "checking", "nothing",     "offered",
        "downloading", "staging", "ready",    "handed-over", "failed"};

    MUST((size_t)phase < countof(words));
    return words[phase];
}

static const struct updater_acts *acts(const struct steps *s)
{
    return s->config->acts;
}

static int64_t now_of(const struct steps *s)
{
    return acts(s)->now_s(acts(s)->ctx);
}

/* ---- pages ---- */

static void tell(struct steps *s, enum update_phase phase)
{
    s->page.phase = phase;
    if (phase != UPDATE_FAILED) {
        s->page.class = REFUSAL_NONE;
        s->page.sentence[0] = '\0';
    }
    s->tell(s->ctx, &s->page);
}

static void rest(struct steps *s)
{
    tell(s, s->ready ? UPDATE_READY : s->manifest != NULL ? UPDATE_OFFERED : UPDATE_IDLE);
}

/* Nobody asked: a line of the log is all. Stopped: whoever stopped it knows. */
static void fail(struct steps *s, bool by_user, const char *what, const struct refusal *why)
{
    bool stopped = why->class == REFUSAL_CANCELLED || why->class == REFUSAL_STOPPED;
    char text[FAULT_TEXT_MAX];

    (void)fault_text(&why->fault, text);
    log_info("update: %s: %s: %s", what, refusal_word(why->class), text);
    if (!by_user || stopped) {
        rest(s);
        return;
    }
    s->page.class = why->class;
    snprintf(s->page.sentence, sizeof s->page.sentence, "%s", text);
    tell(s, UPDATE_FAILED);
}

static void drop_offer(struct steps *s)
{
    manifest_free(s->manifest);
    s->manifest = NULL;
    arena_release(&s->notes);
    s->page.version[0] = '\0';
    s->page.critical = false;
    s->page.notes = "";
}

static void take_offer(struct steps *s, struct manifest *m, const struct offer *o)
{
    drop_offer(s);
    s->manifest = m;
    s->offer = *o;
    s->page.critical = o->critical;
    s->page.notes = notes_plain(&s->notes, o->notes);
    snprintf(s->page.version, sizeof s->page.version, "%s", o->version.text);
}

/* ---- its life ---- */

/* Another process may have written it meanwhile: the command line, or the menu bar. What is not
 * there, as on a disk that cannot be written, does not make us forget. */
static void reload(struct steps *s)
{
    const struct update_floor seen = {&s->state.max_version_seen, s->state.last_manifest_timestamp};
    struct update_state found;

    if (update_state_read(s->config->folder, &seen, now_of(s), &found))
        s->state = found;
}

static void save(const struct steps *s)
{
    char text[FAULT_TEXT_MAX];
    struct fault why;

    if (update_state_write(s->config->folder, &s->state, &why) != RC_OK)
        log_warn("update: the state was not kept: %s", fault_text(&why, text));
}

static void new_spread(struct steps *s)
{
    MUST(sodium_init() >= 0);
    s->spread_s = randombytes_uniform((uint32_t)DUE_SPREAD_S + 1);
}

static void block(struct steps *s, const char *version)
{
    snprintf(s->state.blocked, sizeof s->state.blocked, "%s", version);
    snprintf(s->page.came_back, sizeof s->page.came_back, "%s", version);
    save(s);
    rest(s);
}

void steps_init(struct steps *s, const struct updater_config *config,
                void (*on_page)(void *ctx, const struct update_page *page), void *ctx)
{
    *s = (struct steps){.config = config, .tell = on_page, .ctx = ctx, .page.notes = ""};
    (void)update_state_read(config->folder, &config->floor, now_of(s), &s->state);
    new_spread(s);
    if (config->ready != NULL) {
        s->ready = true;
        s->page.phase = UPDATE_READY;
        snprintf(s->page.version, sizeof s->page.version, "%s", config->ready);
    }
    if (config->blocked != NULL && strcmp(s->state.blocked, config->blocked) != 0)
        block(s, config->blocked);
}

void steps_release(struct steps *s)
{
    if (s->config == NULL)
        return;
    drop_offer(s);
    *s = (struct steps){0};
}

int64_t steps_wait_ms(const struct steps *s, int64_t earliest_s)
{
    bool known = semver_compare(&s->state.max_version_seen, s->config->floor.version) > 0;
    int64_t now_s = now_of(s);
    int64_t at_s = !s->checked && known ? due_again(&s->state, earliest_s, now_s)
                                        : due_next(&s->state, earliest_s, s->spread_s, now_s);
    int64_t wait_s = at_s - now_s;

    return wait_s > 0 ? wait_s * 1000 : 0;
}

/* ---- checking ---- */

/* What is shown already is not taken away by a check that nobody asked for, although that one would
 * not have told of it. */
static bool is_shown(const struct steps *s, const struct manifest *m)
{
    return s->manifest != NULL && semver_same(&s->offer.version, manifest_version(m));
}

static enum rc decide(const struct steps *s, const struct manifest *m, int64_t now_s, bool by_user,
                      struct offer *out, struct refusal *why)
{
    struct manifest_host host = s->config->host;

    host.now_s = due_now(&s->state, now_s);
    host.by_user = by_user || is_shown(s, m);
    host.bucket = update_state_bucket(&s->state, manifest_version(m));
    return manifest_decide(m, &host, out, why);
}

static enum rc ask(const struct steps *s, int64_t now_s, bool by_user, const struct cancel *stop,
                   struct manifest **m, struct offer *o, struct refusal *why)
{
    const struct manifest_marks marks = update_state_marks(&s->state);
    enum rc rc = RC_OK;

    *m = NULL;
    if (due_clock_wrong(&s->state, now_s))
        return refuse(why, REFUSAL_CLOCK, "the date of this computer is wrong");
    rc = acts(s)->manifest(acts(s)->ctx, &marks, stop, m, why);
    return rc == RC_OK ? decide(s, *m, now_s, by_user, o, why) : rc;
}

/* Takes m. */
static void answer(struct steps *s, struct manifest *m, const struct offer *o, bool by_user)
{
    bool offered =
        o->kind == OFFER_UPDATE && update_state_wants(&s->state, o, by_user || is_shown(s, m));

    log_info("update: %s is %s%s", o->version.text, offer_word(o->kind),
             o->kind == OFFER_UPDATE && !offered ? ", which is not wanted" : "");
    s->page.none = o->kind;
    if (offered) {
        take_offer(s, m, o);
        rest(s);
        return;
    }
    drop_offer(s);
    manifest_free(m);
    if (by_user)
        tell(s, UPDATE_NOTHING);
    else
        rest(s);
}

/* One time is taken at the beginning and used throughout. A check that was stopped was none. */
void steps_check(struct steps *s, bool by_user, const struct cancel *stop)
{
    int64_t now_s = now_of(s);
    struct manifest *m = NULL;
    struct refusal why = {0};
    struct offer o;
    enum rc rc = RC_OK;

    if (s->ready)
        return;
    reload(s);
    s->checked = true;
    if (by_user)
        tell(s, UPDATE_CHECKING);
    rc = ask(s, now_s, by_user, stop, &m, &o, &why);
    new_spread(s);
    if (rc == RC_OK)
        update_state_proved(&s->state, m, now_s);
    else if (why.class != REFUSAL_CANCELLED)
        update_state_failed(&s->state, now_s);
    if (why.class != REFUSAL_CANCELLED)
        save(s);
    s->page.stale = due_stale(&s->state, now_s);
    if (rc == RC_OK) {
        answer(s, m, &o, by_user);
        return;
    }
    manifest_free(m);
    fail(s, by_user, "check", &why);
}

/* ---- installing ---- */

/* On the thread of the step. */
static void on_progress(void *ctx, uint64_t have, uint64_t whole)
{
    struct steps *s = ctx;

    s->page.have = have;
    s->page.whole = whole;
    if (clock_ms() - s->told_ms < TELL_MS)
        return;
    s->told_ms = clock_ms();
    tell(s, UPDATE_DOWNLOADING);
}

static enum rc fetch_and_stage(struct steps *s, const struct cancel *stop, struct refusal *why)
{
    const struct updater_acts *a = acts(s);
    struct signed_file *proof = NULL;
    struct offer o;
    enum rc rc = decide(s, s->manifest, now_of(s), true, &o, why); /* it is maybe days old */

    if (rc == RC_OK)
        rc = a->payload(a->ctx, &s->offer, stop, on_progress, s, &proof, why);
    if (rc == RC_OK) {
        tell(s, UPDATE_STAGING);
        rc = a->stage(a->ctx, proof, &s->offer, stop, why);
    }
    signed_file_free(proof);
    return rc;
}

void steps_install(struct steps *s, const struct cancel *stop)
{
    struct refusal why = {0};
    enum rc rc = RC_OK;

    if (s->ready || s->manifest == NULL) {
        rest(s);
        return;
    }
    s->page.have = 0;
    s->page.whole = s->offer.size;
    tell(s, UPDATE_DOWNLOADING);
    rc = acts(s)->open(acts(s)->ctx, &why);
    if (rc == RC_OK) {
        rc = fetch_and_stage(s, stop, &why);
        acts(s)->close(acts(s)->ctx);
    }
    s->ready = rc == RC_OK;
    if (rc == RC_OK)
        rest(s);
    else
        fail(s, true, "install", &why);
}

void steps_hand_over(struct steps *s)
{
    struct refusal why = {0};

    if (!s->ready)
        return;
    if (acts(s)->hand_over(acts(s)->ctx, &why) == RC_OK)
        tell(s, UPDATE_HANDED_OVER);
    else
        fail(s, true, "restart", &why);
}

void steps_skip(struct steps *s)
{
    if (s->ready || s->manifest == NULL)
        return;
    reload(s);
    snprintf(s->state.skipped, sizeof s->state.skipped, "%s", s->offer.version.text);
    save(s);
    drop_offer(s);
    rest(s);
}

void steps_seen(struct steps *s)
{
    rest(s);
}
