/* test_steps.c - what the updater does, step by step, in a world that does as it is told. */
#include "core/base/cancel.h"
#include "tests/unit/update_rig.h"

struct world {
    struct rig rig;
    struct steps steps;
    struct cancel *stop;
    char phases[256]; /* words of the pages that were told, with blanks between */
    struct update_page page;
};

static void on_page(void *ctx, const struct update_page *page)
{
    struct world *w = ctx;
    size_t len = strlen(w->phases);

    w->page = *page;
    (void)snprintf(w->phases + len, sizeof w->phases - len, "%s%s", len > 0 ? " " : "",
                   update_phase_word(page->phase));
}

static void world_begin(struct world *w)
{
    w->phases[0] = '\0';
    steps_init(&w->steps, &w->rig.config, on_page, w);
}

static void world_open(struct world *w)
{
    *w = (struct world){0};
    rig_init(&w->rig);
    w->stop = cancel_new();
    world_begin(w);
}

static void world_close(struct world *w)
{
    steps_release(&w->steps);
    cancel_free(w->stop);
    rig_release(&w->rig);
}

/* What was told since the last time. */
static void assert_told(struct world *w, const char *phases)
{
    assert_string_equal(w->phases, phases);
    w->phases[0] = '\0';
}

static void check(struct world *w, bool by_user)
{
    steps_check(&w->steps, by_user, w->stop);
}

TEST(steps_a_check_by_itself_is_silent_until_there_is_something)
{
    struct world w;

    world_open(&w);
    w.rig.refuses_manifest = REFUSAL_NETWORK;
    check(&w, false);
    assert_told(&w, "idle");
    assert_string_equal(w.page.sentence, "");
    w.rig.refuses_manifest = REFUSAL_NONE;
    w.rig.says.version = "1.1.0";
    check(&w, false);
    assert_told(&w, "idle");
    w.rig.says.version = "1.2.0";
    check(&w, false);
    assert_told(&w, "offered");
    assert_string_equal(w.page.version, "1.2.0");
    assert_string_equal(w.page.notes, "Better.");
    w.rig.refuses_manifest = REFUSAL_NETWORK; /* the offer stays */
    check(&w, false);
    assert_told(&w, "offered");
    assert_string_equal(w.page.version, "1.2.0");
    assert_int_equal(w.rig.payloads + w.rig.opens, 0);
    world_close(&w);
}

TEST(steps_a_check_of_the_user_is_answered)
{
    struct world w;

    world_open(&w);
    w.rig.refuses_manifest = REFUSAL_TLS;
    check(&w, true);
    assert_told(&w, "checking failed");
    assert_int_equal(w.page.class, REFUSAL_TLS);
    assert_string_equal(w.page.sentence, "as the test wants it");
    steps_seen(&w.steps);
    assert_told(&w, "idle");
    assert_string_equal(w.page.sentence, "");
    w.rig.refuses_manifest = REFUSAL_NONE;
    w.rig.says.version = "1.1.0";
    check(&w, true);
    assert_told(&w, "checking nothing");
    assert_int_equal(w.page.none, OFFER_NOT_NEWER);
    w.rig.says.version = "1.2.0";
    check(&w, true);
    assert_told(&w, "checking offered");
    w.rig.refuses_manifest = REFUSAL_STATUS;
    check(&w, true);
    assert_told(&w, "checking failed");
    assert_string_equal(w.page.version, "1.2.0");
    steps_seen(&w.steps);
    assert_told(&w, "offered");
    world_close(&w);
}

TEST(steps_row_14_what_was_not_proved_moves_no_mark)
{
    static const enum refusal_class refusals[] = {REFUSAL_SIGNATURE, REFUSAL_KEY_ID,
                                                  REFUSAL_STATUS};
    struct world w;

    world_open(&w);
    w.rig.says.version = "99.0.0";
    for (size_t i = 0; i < countof(refusals); i++) {
        w.rig.refuses_manifest = refusals[i];
        check(&w, false);
    }
    w.rig.refuses_manifest = REFUSAL_NONE;
    w.rig.says.expired = true; /* signed, but it holds no longer */
    check(&w, true);
    assert_int_equal(w.page.class, REFUSAL_EXPIRED);
    assert_string_equal(w.steps.state.max_version_seen.text, "1.1.0");
    assert_int_equal(w.steps.state.last_manifest_timestamp, RIG_T0 - 1000);
    assert_int_equal(w.steps.state.last_ok, RIG_T0);
    assert_int_equal(w.steps.state.failures, 4);
    world_close(&w);
}

TEST(steps_row_12_an_older_list_is_refused_also_after_a_restart)
{
    static const struct rig_says older[] = {{"1.2.0", RIG_T0 - 501, false, false, 0},
                                            {"1.1.9", RIG_T0, false, false, 0}};
    struct world w;

    world_open(&w);
    check(&w, false);
    for (size_t i = 0; i < countof(older); i++) {
        steps_release(&w.steps);
        world_begin(&w);
        w.rig.says = older[i];
        check(&w, true);
        assert_told(&w, "checking failed");
        assert_int_equal(w.page.class, REFUSAL_ROLLBACK);
    }
    world_close(&w);
}

TEST(steps_row_32_a_wrong_clock_asks_nobody)
{
    struct world w;

    world_open(&w);
    w.rig.now_s = 3600; /* 1970 */
    check(&w, true);
    assert_told(&w, "checking failed");
    assert_int_equal(w.page.class, REFUSAL_CLOCK);
    assert_int_equal(w.rig.manifests, 0);
    w.rig.now_s = RIG_T0 + 400 * 365 * DUE_DAY_S / 10; /* 2066: the list seems to hold no longer */
    check(&w, true);
    assert_int_equal(w.page.class, REFUSAL_EXPIRED);
    world_close(&w);
}

TEST(steps_row_13_two_weeks_without_a_fresh_list_are_told)
{
    struct world w;

    world_open(&w);
    w.rig.refuses_manifest = REFUSAL_NETWORK;
    w.rig.now_s += DUE_STALE_S - 1;
    check(&w, false);
    assert_false(w.page.stale);
    w.rig.now_s += 1;
    check(&w, false);
    assert_true(w.page.stale);
    w.rig.refuses_manifest = REFUSAL_NONE;
    check(&w, false);
    assert_false(w.page.stale);
    world_close(&w);
}

/* The command line and the menu bar have one state between them. */
TEST(steps_know_what_another_process_has_seen)
{
    struct world w;
    struct update_state other;
    char path[64];

    world_open(&w);
    check(&w, false);
    assert_told(&w, "offered");
    assert_true(update_state_read(w.rig.folder, &w.rig.config.floor, RIG_T0, &other));
    other.last_manifest_timestamp = RIG_T0;
    assert_int_equal(update_state_write(w.rig.folder, &other, NULL), RC_OK);
    check(&w, true);
    assert_told(&w, "checking failed");
    assert_int_equal(w.page.class, REFUSAL_ROLLBACK);
    (void)snprintf(path, sizeof path, "%s/state.json", w.rig.folder);
    assert_int_equal(unlink(path), 0); /* and nobody can make it forget */
    check(&w, true);
    assert_int_equal(w.page.class, REFUSAL_ROLLBACK);
    assert_int_equal(w.steps.state.failures, 2);
    world_close(&w);
}

TEST(steps_a_rollout_holds_back_but_not_who_asks)
{
    struct world w;
    struct semver v;

    world_open(&w);
    assert_int_equal(semver_read("1.2.0", 5, &v, NULL), RC_OK);
    w.rig.says.percent = update_state_bucket(&w.steps.state, &v); /* one too few, or none */
    if (w.rig.says.percent > 0) {
        check(&w, false);
        assert_told(&w, "idle");
    }
    w.rig.says.percent++;
    check(&w, false);
    assert_told(&w, "offered");
    w.rig.says.percent = 1;
    check(&w, true);
    assert_told(&w, "checking offered");
    check(&w, false); /* nor does it take away what was shown */
    assert_told(&w, "offered");
    world_close(&w);
}

TEST(steps_what_was_skipped_comes_back_when_asked)
{
    struct world w;

    world_open(&w);
    check(&w, false);
    steps_skip(&w.steps);
    assert_told(&w, "offered idle");
    assert_string_equal(w.page.version, "");
    steps_release(&w.steps);
    world_begin(&w);
    check(&w, false);
    assert_told(&w, "idle");
    check(&w, true);
    assert_told(&w, "checking offered");
    check(&w, false);
    assert_told(&w, "offered");
    w.rig.says.version = "1.3.0";
    check(&w, false);
    assert_told(&w, "offered");
    assert_string_equal(w.page.version, "1.3.0");
    w.rig.says.critical = true;
    steps_skip(&w.steps);
    check(&w, false);
    assert_told(&w, "idle offered");
    world_close(&w);
}

TEST(steps_row_35_what_did_not_run_is_not_offered_by_itself)
{
    struct world w;

    world_open(&w);
    steps_release(&w.steps);
    w.rig.config.blocked = "1.2.0";
    world_begin(&w);
    assert_told(&w, "idle");
    assert_string_equal(w.page.came_back, "1.2.0");
    check(&w, false);
    assert_told(&w, "idle");
    steps_release(&w.steps);
    world_begin(&w); /* it is remembered, and told once */
    assert_told(&w, "");
    check(&w, false);
    assert_string_equal(w.page.came_back, "");
    assert_told(&w, "idle");
    check(&w, true);
    assert_told(&w, "checking offered");
    world_close(&w);
}

TEST(steps_install_fetches_stages_and_hands_over)
{
    struct world w;

    world_open(&w);
    steps_install(&w.steps, w.stop); /* nothing is offered */
    steps_hand_over(&w.steps);
    assert_told(&w, "idle");
    check(&w, false);
    assert_told(&w, "offered");
    steps_install(&w.steps, w.stop);
    assert_told(&w, "downloading downloading staging ready");
    assert_int_equal(w.page.have, 500);
    assert_int_equal(w.page.whole, 1000);
    assert_int_equal(w.rig.opens, 1);
    assert_int_equal(w.rig.closes, 1); /* before it is handed over: the watchdog locks as well */
    check(&w, true);
    steps_skip(&w.steps);
    assert_told(&w, "");
    w.rig.refuses_hand_over = REFUSAL_WRITE;
    steps_hand_over(&w.steps);
    assert_told(&w, "failed");
    steps_install(&w.steps, w.stop); /* tried again: it is still there */
    assert_told(&w, "ready");
    w.rig.refuses_hand_over = REFUSAL_NONE;
    steps_hand_over(&w.steps);
    assert_told(&w, "handed-over");
    assert_int_equal(w.rig.payloads, 1);
    world_close(&w);
}

TEST(steps_install_fails_and_may_be_tried_again)
{
    struct world w;

    world_open(&w);
    check(&w, false);
    assert_told(&w, "offered");
    w.rig.refuses_open = REFUSAL_PLACE;
    steps_install(&w.steps, w.stop);
    assert_told(&w, "downloading failed");
    assert_int_equal(w.rig.payloads, 0);
    assert_int_equal(w.rig.closes, 0);
    w.rig.refuses_open = REFUSAL_NONE;
    w.rig.refuses_payload = REFUSAL_SIGNATURE;
    steps_install(&w.steps, w.stop);
    assert_told(&w, "downloading downloading failed");
    assert_int_equal(w.rig.stages, 0);
    w.rig.refuses_payload = REFUSAL_NONE;
    w.rig.refuses_stage = REFUSAL_BUNDLE;
    steps_install(&w.steps, w.stop);
    assert_string_equal(w.page.version, "1.2.0");
    assert_int_equal(w.page.class, REFUSAL_BUNDLE);
    assert_int_equal(w.rig.opens, 3);
    assert_int_equal(w.rig.closes, 2);
    w.phases[0] = '\0';
    w.rig.now_s += 20 * 365 * DUE_DAY_S; /* it was offered too long ago */
    w.rig.refuses_stage = REFUSAL_NONE;
    steps_install(&w.steps, w.stop);
    assert_told(&w, "downloading failed");
    assert_int_equal(w.page.class, REFUSAL_EXPIRED);
    world_close(&w);
}

TEST(steps_stopped_are_as_if_they_had_not_begun)
{
    struct world w;

    world_open(&w);
    check(&w, false);
    assert_told(&w, "offered");
    cancel_trigger(w.stop);
    steps_install(&w.steps, w.stop);
    assert_told(&w, "downloading downloading offered");
    w.rig.now_s += 5;
    check(&w, true);
    assert_told(&w, "checking offered");
    assert_int_equal(w.steps.state.last_check, RIG_T0);
    assert_int_equal(w.steps.state.failures, 0);
    world_close(&w);
}

TEST(steps_know_what_an_earlier_run_made_ready)
{
    struct world w;

    world_open(&w);
    steps_release(&w.steps);
    w.rig.config.ready = "1.2.0";
    world_begin(&w);
    check(&w, false);
    assert_int_equal(w.rig.manifests, 0);
    steps_hand_over(&w.steps);
    assert_told(&w, "handed-over");
    assert_string_equal(w.page.version, "1.2.0");
    world_close(&w);
}

TEST(steps_wait_until_a_check_is_due)
{
    struct world w;
    int64_t wait;

    world_open(&w);
    assert_int_equal(steps_wait_ms(&w.steps, RIG_T0 + DUE_START_S), DUE_START_S * 1000);
    assert_int_equal(steps_wait_ms(&w.steps, RIG_T0), 0);
    check(&w, false);
    wait = steps_wait_ms(&w.steps, RIG_T0);
    assert_in_range(wait, DUE_DAY_S * 1000, (DUE_DAY_S + DUE_SPREAD_S) * 1000);
    w.rig.refuses_manifest = REFUSAL_NETWORK;
    check(&w, false);
    assert_int_equal(steps_wait_ms(&w.steps, RIG_T0), DUE_HOUR_S * 1000);
    world_close(&w);
}

TEST(steps_look_again_after_a_start_for_what_an_earlier_run_found)
{
    struct world w;

    world_open(&w);
    check(&w, false);
    assert_string_equal(w.page.version, "1.2.0");
    steps_release(&w.steps);
    world_begin(&w);
    assert_int_equal(steps_wait_ms(&w.steps, RIG_T0), DUE_HOUR_S * 1000);
    w.rig.now_s += DUE_HOUR_S;
    assert_int_equal(steps_wait_ms(&w.steps, RIG_T0), 0);
    check(&w, false);
    assert_string_equal(w.page.version, "1.2.0");
    assert_in_range(steps_wait_ms(&w.steps, RIG_T0), DUE_DAY_S * 1000,
                    (DUE_DAY_S + DUE_SPREAD_S) * 1000);
    world_close(&w);
}

SUITE(steps, T(steps_a_check_by_itself_is_silent_until_there_is_something),
      T(steps_a_check_of_the_user_is_answered), T(steps_row_14_what_was_not_proved_moves_no_mark),
      T(steps_row_12_an_older_list_is_refused_also_after_a_restart),
      T(steps_row_32_a_wrong_clock_asks_nobody),
      T(steps_row_13_two_weeks_without_a_fresh_list_are_told),
      T(steps_know_what_another_process_has_seen), T(steps_a_rollout_holds_back_but_not_who_asks),
      T(steps_what_was_skipped_comes_back_when_asked),
      T(steps_row_35_what_did_not_run_is_not_offered_by_itself),
      T(steps_install_fetches_stages_and_hands_over), T(steps_install_fails_and_may_be_tried_again),
      T(steps_stopped_are_as_if_they_had_not_begun), T(steps_know_what_an_earlier_run_made_ready),
      T(steps_wait_until_a_check_is_due),
      T(steps_look_again_after_a_start_for_what_an_earlier_run_found))
