/* test_updater.c - the thread around the steps, and the way of its pages home. Posted calls wait in
 * a list until the test, the home thread, makes them. */
#include "core/base/cancel.h"
#include "core/base/clock.h"
#include "tests/unit/posted.h"
#include "tests/unit/update_rig.h"
#include <stdatomic.h>

#define PATIENCE_MS 20000

struct world {
    struct rig rig;
    struct updater *updater;
    int changes;
    bool hold;              /* the payload waits for its stop sign */
    atomic_bool hold_check; /* and the manifest */
    atomic_int held;        /* manifests that did */
    atomic_int clock_asked; /* not by the home thread */
    pthread_t home;

    struct posted posted;
};

static void on_change(void *ctx)
{
    struct world *w = ctx;

    w->changes++;
}

/* A download that goes on until somebody stops it. */
static enum rc slow_payload(void *ctx, const struct offer *o, const struct cancel *stop,
                            fetch_progress_fn *progress, void *progress_ctx,
                            struct signed_file **out, struct refusal *why)
{
    struct world *w = ctx;

    if (w->hold) {
        progress(progress_ctx, 1, o->size);
        MUST(cancel_wait_ms(stop, PATIENCE_MS));
    }
    return rig_payload(&w->rig, o, stop, progress, progress_ctx, out, why);
}

static int64_t slow_now(void *ctx)
{
    struct world *w = ctx;

    if (!pthread_equal(pthread_self(), w->home))
        atomic_fetch_add(&w->clock_asked, 1);
    return w->rig.now_s;
}

static enum rc slow_open(void *ctx, struct refusal *why)
{
    struct world *w = ctx;

    return rig_place(&w->rig, why);
}

static enum rc slow_manifest(void *ctx, const struct manifest_marks *marks,
                             const struct cancel *stop, struct manifest **out, struct refusal *why)
{
    struct world *w = ctx;

    if (atomic_load(&w->hold_check)) {
        atomic_fetch_add(&w->held, 1);
        MUST(cancel_wait_ms(stop, PATIENCE_MS));
    }
    return rig_manifest(&w->rig, marks, stop, out, why);
}

static enum rc slow_stage(void *ctx, const struct signed_file *proof, const struct offer *o,
                          const struct cancel *stop, struct refusal *why)
{
    struct world *w = ctx;

    return rig_stage(&w->rig, proof, o, stop, why);
}

static enum rc slow_hand_over(void *ctx, struct refusal *why)
{
    struct world *w = ctx;

    return rig_hand_over(&w->rig, why);
}

static void slow_close(void *ctx)
{
    struct world *w = ctx;

    rig_close(&w->rig);
}

static void world_init(struct world *w)
{
    memset(w, 0, sizeof *w);
    rig_init(&w->rig);
    posted_init(&w->posted, 64);
    w->home = pthread_self();
    w->rig.acts = (struct updater_acts){slow_now,   slow_open,      slow_manifest, slow_payload,
                                        slow_stage, slow_hand_over, slow_close,    w};
    w->rig.config.post = posted_put;
    w->rig.config.post_ctx = &w->posted;
    w->rig.config.changed = on_change;
    w->rig.config.ctx = w;
}

static void world_open(struct world *w)
{
    world_init(w);
    w->updater = updater_new(&w->rig.config);
}

static void world_close(struct world *w)
{
    updater_free(w->updater);
    posted_release(&w->posted);
    rig_release(&w->rig);
}

static void wait_phase(struct world *w, enum update_phase phase)
{
    int64_t end = clock_ms() + PATIENCE_MS;

    while (updater_page(w->updater)->phase != phase) {
        if (!posted_make(&w->posted))
            (void)cancel_wait_ms(NULL, 2);
        if (clock_ms() >= end)
            fail_msg("never %s, but %s", update_phase_word(phase),
                     update_phase_word(updater_page(w->updater)->phase));
    }
}

TEST(updater_starts_nothing_by_itself)
{
    struct world w;

    world_open(&w);
    updater_woke(w.updater);
    updater_install(w.updater);
    updater_skip(w.updater);
    updater_seen(w.updater);
    updater_cancel(w.updater);
    assert_int_equal(updater_page(w.updater)->phase, UPDATE_IDLE);
    world_close(&w);
    assert_int_equal(w.changes, 0);
    assert_int_equal(w.rig.manifests, 0);
}

TEST(updater_checks_when_it_is_due)
{
    struct world w;

    world_open(&w);
    w.rig.now_s -= DUE_START_S; /* a start some minutes ago ... */
    updater_follow(w.updater, true);
    updater_follow(w.updater, false);
    w.rig.now_s += 2 * DUE_START_S;
    updater_follow(w.updater, true);
    wait_phase(&w, UPDATE_OFFERED);
    assert_string_equal(updater_page(w.updater)->notes, "Better.");
    assert_int_equal(w.rig.manifests, 1);
    world_close(&w);
}

TEST(updater_shows_a_click_at_once)
{
    struct world w;

    world_open(&w);
    updater_check(w.updater);
    assert_int_equal(updater_page(w.updater)->phase, UPDATE_CHECKING);
    assert_int_equal(w.changes, 1);
    updater_check(w.updater); /* one is enough */
    wait_phase(&w, UPDATE_OFFERED);
    assert_int_equal(w.rig.manifests, 1);
    updater_skip(w.updater);
    wait_phase(&w, UPDATE_IDLE);
    world_close(&w);
}

TEST(updater_restarts_when_it_is_ready)
{
    struct world w;

    world_open(&w);
    updater_check(w.updater);
    wait_phase(&w, UPDATE_OFFERED);
    updater_install(w.updater);
    assert_int_equal(updater_page(w.updater)->phase, UPDATE_DOWNLOADING);
    wait_phase(&w, UPDATE_HANDED_OVER);
    assert_int_equal(w.rig.hand_overs, 1);
    updater_check(w.updater); /* nothing comes behind it */
    assert_int_equal(updater_page(w.updater)->phase, UPDATE_HANDED_OVER);
    world_close(&w);
}

TEST(updater_waits_with_what_is_ready_if_that_was_said)
{
    struct world w;

    world_open(&w);
    updater_check(w.updater);
    wait_phase(&w, UPDATE_OFFERED);
    updater_install(w.updater);
    updater_later(w.updater);
    wait_phase(&w, UPDATE_READY);
    assert_int_equal(w.rig.hand_overs, 0);
    updater_check(w.updater);
    assert_int_equal(updater_page(w.updater)->phase, UPDATE_READY);
    updater_install(w.updater);
    wait_phase(&w, UPDATE_HANDED_OVER);
    world_close(&w);
}

TEST(updater_row_17_a_download_is_cancelled_at_once)
{
    struct world w;

    world_open(&w);
    w.hold = true;
    updater_check(w.updater);
    wait_phase(&w, UPDATE_OFFERED);
    updater_install(w.updater);
    while (updater_page(w.updater)->have == 0)
        if (!posted_make(&w.posted))
            (void)cancel_wait_ms(NULL, 2);
    updater_cancel(w.updater);
    wait_phase(&w, UPDATE_OFFERED);
    updater_install(w.updater);
    world_close(&w); /* does not wait for the end of the second one */
}

static void wait_more(const atomic_int *count, int before)
{
    int64_t end = clock_ms() + PATIENCE_MS;

    while (atomic_load(count) == before && clock_ms() < end)
        (void)cancel_wait_ms(NULL, 2);
    assert_int_not_equal(atomic_load(count), before);
}

/* It follows, and in one second a check by itself is due. */
static void follow(struct world *w)
{
    updater_follow(w->updater, true);
    w->rig.now_s += DUE_START_S - 1;
}

TEST(updater_cancels_what_has_not_begun)
{
    struct world w;

    world_open(&w);
    w.hold_check = true;
    follow(&w);
    w.rig.now_s += 1;
    updater_follow(w.updater, false);
    updater_follow(w.updater, true);
    wait_more(&w.held, 0);
    updater_check(w.updater); /* waits for the end of the one by itself */
    updater_cancel(w.updater);
    wait_phase(&w, UPDATE_IDLE);
    world_close(&w);
    assert_int_equal(w.held, 1);
}

TEST(updater_looks_by_itself_also_after_a_check_was_stopped)
{
    struct world w;
    int asked = 0;

    world_open(&w);
    w.hold_check = true;
    follow(&w);
    updater_check(w.updater);
    wait_more(&w.held, 0);
    asked = atomic_load(&w.clock_asked);
    w.hold_check = false;
    updater_cancel(w.updater);
    wait_more(&w.clock_asked, asked); /* how long it is until the next one */
    world_close(&w);
    assert_int_equal(w.held, 1);
}

TEST(updater_that_is_off_says_why)
{
    struct world w;

    world_init(&w);
    w.rig.config.off = "not from here";
    w.updater = updater_new(&w.rig.config);
    updater_follow(w.updater, true);
    updater_check(w.updater);
    updater_install(w.updater);
    assert_int_equal(updater_page(w.updater)->phase, UPDATE_OFF);
    assert_string_equal(updater_page(w.updater)->sentence, "not from here");
    world_close(&w);
    assert_int_equal(w.rig.manifests, 0);
}

TEST(updater_knows_what_an_earlier_run_made_ready)
{
    struct world w;

    world_init(&w);
    w.rig.config.ready = "1.2.0";
    w.updater = updater_new(&w.rig.config);
    assert_int_equal(updater_page(w.updater)->phase, UPDATE_READY);
    assert_string_equal(updater_page(w.updater)->version, "1.2.0");
    updater_install(w.updater);
    wait_phase(&w, UPDATE_HANDED_OVER);
    world_close(&w);
}

TEST(updater_tells_at_once_what_did_not_run)
{
    struct world w;

    world_init(&w);
    w.rig.config.blocked = "1.2.0";
    w.updater = updater_new(&w.rig.config);
    while (updater_page(w.updater)->came_back[0] == '\0')
        if (!posted_make(&w.posted))
            (void)cancel_wait_ms(NULL, 2);
    assert_string_equal(updater_page(w.updater)->came_back, "1.2.0");
    world_close(&w);
    assert_int_equal(w.rig.manifests, 0);
}

SUITE(updater, T(updater_starts_nothing_by_itself), T(updater_checks_when_it_is_due),
      T(updater_shows_a_click_at_once), T(updater_restarts_when_it_is_ready),
      T(updater_waits_with_what_is_ready_if_that_was_said),
      T(updater_row_17_a_download_is_cancelled_at_once), T(updater_cancels_what_has_not_begun),
      T(updater_looks_by_itself_also_after_a_check_was_stopped), T(updater_that_is_off_says_why),
      T(updater_knows_what_an_earlier_run_made_ready), T(updater_tells_at_once_what_did_not_run))
