/* test_notify.c - which notes come out of which looks. */
#include "tests/unit/notify_rig.h"

TEST(the_first_list_is_no_news)
{
    struct rig r;

    rig_open(&r);
    ended(&r, "db", 1);
    has(&r, "web", STATE_RUNNING)->health = HEALTH_UNHEALTHY;
    assert_string_equal(look(&r), "");
    still_ended(&r, "db", 1);
    has(&r, "web", STATE_RUNNING)->health = HEALTH_UNHEALTHY;
    assert_string_equal(look(&r), "");
    rig_close(&r);
}

TEST(an_end_with_an_error_is_told_and_taken_back)
{
    struct rig r;

    rig_open(&r);
    runs(&r, "web");
    assert_string_equal(ends(&r, "web", 3), "+podman/web/exit");
    assert_string_equal(r.last.title, "web ended with an error");
    assert_string_equal(r.last.body, "Podman: exit code 3");
    assert_int_equal(r.last.buttons, NOTE_RESTART | NOTE_LOGS);
    assert_int_equal(r.last.engine, ENGINE_PODMAN);
    assert_string_equal(r.last.id.text, "web");
    still_ended(&r, "web", 3);
    assert_string_equal(look(&r), ""); /* the same end */
    assert_string_equal(runs(&r, "web"), "-podman/web/exit");
    assert_string_equal(ends(&r, "web", 3), "+podman/web/exit");
    assert_string_equal(look(&r), "-podman/web/exit"); /* it is gone */
    rig_close(&r);
}

/* Two ends that an earlier run saw, and one of this run. */
TEST(ends_of_an_earlier_run_count_for_a_loop)
{
    struct rig r;

    rig_open(&r);
    notify_remember(r.n, ENGINE_PODMAN, "web", START_S - 60);
    notify_remember(r.n, ENGINE_PODMAN, "web", START_S - 30);
    notify_remember(r.n, ENGINE_PODMAN, "gone", START_S - 30);
    assert_string_equal(told(&r), "");
    runs(&r, "web");
    assert_string_equal(ends(&r, "web", 3), "+podman/web/loop");
    rig_close(&r);
    rig_open(&r);
    notify_remember(r.n, ENGINE_PODMAN, "web", START_S - 2 * NOTIFY_LOOP_S);
    notify_remember(r.n, ENGINE_PODMAN, "web", START_S - NOTIFY_LOOP_S);
    runs(&r, "web");
    notify_remember(r.n, ENGINE_PODMAN, "late", START_S); /* it is not there any more */
    assert_string_equal(ends(&r, "web", 3), "+podman/web/exit");
    rig_close(&r);
}

TEST(a_loop_that_an_earlier_run_told_is_not_told_again)
{
    struct rig r;

    rig_open(&r);
    for (int i = 3; i > 0; i--)
        notify_remember(r.n, ENGINE_PODMAN, "web", START_S - i * 60);
    runs(&r, "web");
    assert_string_equal(ends(&r, "web", 3), "");
    rig_close(&r);
}

TEST(an_engine_that_is_not_looked_at_any_more_takes_its_notes_back)
{
    struct rig r;

    rig_open(&r);
    runs(&r, "web");
    assert_string_equal(ends(&r, "web", 3), "+podman/web/exit");
    notify_away(r.n);
    back(&r);
    notify_forget(r.n, ENGINE_PODMAN);
    assert_string_equal(told(&r), "-podman/web/exit");
    notify_fail(r.n, ENGINE_DOCKER, OP_STOP, &(struct valid_id){.text = "db"}, "db", "No.");
    assert_string_equal(told(&r), "+docker/db/action"); /* nobody waits for podman */
    ended(&r, "web", 4);
    assert_string_equal(look(&r), ""); /* a first list */
    rig_close(&r);
}

TEST(an_end_that_was_wanted_is_no_news)
{
    static const int64_t codes[] = {0, 130, 143};
    struct rig r;

    rig_open(&r);
    for (size_t i = 0; i < countof(codes); i++) {
        runs(&r, "web");
        assert_string_equal(ends(&r, "web", codes[i]), "");
    }
    runs(&r, "web");
    has(&r, "web", STATE_STOPPING);
    look(&r);
    assert_string_equal(ends(&r, "web", 137), "");
    runs(&r, "web");
    has(&r, "web", STATE_STOPPED); /* an engine that tells no code */
    assert_string_equal(look(&r), "");
    rig_close(&r);
}

TEST(ends_between_two_looks_are_seen)
{
    struct rig r;

    rig_open(&r);
    look(&r);
    assert_string_equal(ends(&r, "short", 3), "+podman/short/exit"); /* made and ended */
    assert_string_equal(ends(&r, "short", 3), "-podman/short/exit +podman/short/exit");
    still_ended(&r, "short", 3);
    ended(&r, "old", 1)->finished_s = START_S - 86400; /* another machine's list */
    assert_string_equal(look(&r), "");
    has(&r, "fresh", STATE_CREATED);
    assert_string_equal(look(&r), "-podman/short/exit");
    assert_string_equal(ends(&r, "fresh", 1), "+podman/fresh/exit");
    rig_close(&r);
}

TEST(what_we_stop_is_no_news)
{
    static const enum op ops[] = {OP_STOP, OP_KILL, OP_RESTART, OP_REMOVE, OP_REMOVE_FORCE};
    struct rig r;

    rig_open(&r);
    for (size_t i = 0; i < countof(ops); i++) {
        runs(&r, "web");
        act(&r, ops[i], "web");
        assert_string_equal(ends(&r, "web", 137), ""); /* before the action's end */
        acted(&r, "web");
        runs(&r, "web"); /* seen; from here on it is on its own */
        assert_string_equal(ends(&r, "web", 137), "+podman/web/exit");
    }
    runs(&r, "web");
    act(&r, OP_STOP, "web");
    acted(&r, "web");
    notify_look(r.n, ENGINE_PODMAN, NULL, r.look, r.now_s); /* began before the end */
    assert_string_equal(ends(&r, "web", 137), "");
    runs(&r, "web");
    act(&r, OP_STOP, "web");
    acted(&r, "web");
    notify_look(r.n, ENGINE_PODMAN, NULL, ++r.look, r.now_s); /* it had no effect */
    assert_string_equal(ends(&r, "web", 137), "+podman/web/exit");
    rig_close(&r);
}

TEST(what_we_start_and_what_fails_at_once_is_news)
{
    struct rig r;

    rig_open(&r);
    ended(&r, "web", 0);
    look(&r);
    act(&r, OP_START, "web");
    acted(&r, "web");
    assert_string_equal(ends(&r, "web", 1), "+podman/web/exit");
    rig_close(&r);
}

TEST(a_loop_is_told_once)
{
    struct rig r;

    rig_open(&r);
    runs(&r, "web");
    assert_string_equal(ends(&r, "web", 1), "+podman/web/exit");
    runs(&r, "web");
    assert_string_equal(ends(&r, "web", 1), "+podman/web/exit");
    runs(&r, "web");
    assert_string_equal(ends(&r, "web", 1), "+podman/web/loop");
    assert_string_equal(r.last.title, "web keeps restarting");
    assert_string_equal(r.last.body, "Podman: it ended 3 times within 5 minutes");
    assert_int_equal(r.last.buttons, NOTE_LOGS);
    for (int i = 0; i < 20; i++) {
        assert_string_equal(runs(&r, "web"), "");
        assert_string_equal(ends(&r, "web", 1), "");
    }
    assert_string_equal(runs(&r, "web"), "");
    r.now_s += NOTIFY_LOOP_S;
    assert_string_equal(runs(&r, "web"), "-podman/web/loop");
    assert_string_equal(ends(&r, "web", 1), "+podman/web/exit");
    rig_close(&r);
}

TEST(a_loop_of_the_engine_is_seen_in_its_starts)
{
    struct rig r;

    rig_open(&r);
    for (int i = 0; i < 3; i++) {
        struct container *c = has(&r, "web", STATE_RUNNING);

        c->has_started = true;
        c->started_s = r.now_s;
        assert_string_equal(look(&r), "");
    }
    has(&r, "web", STATE_RESTARTING);
    assert_string_equal(look(&r), "+podman/web/loop");
    act(&r, OP_STOP, "web");
    assert_string_equal(told(&r), "-podman/web/loop");
    rig_close(&r);
}

TEST(slow_ends_are_no_loop)
{
    struct rig r;

    rig_open(&r);
    for (int i = 0; i < 6; i++) {
        runs(&r, "web");
        r.now_s += NOTIFY_LOOP_S / 2;
        assert_string_equal(ends(&r, "web", 1), "+podman/web/exit");
    }
    rig_close(&r);
}

static const char *health(struct rig *r, enum health health)
{
    has(r, "web", STATE_RUNNING)->health = health;
    return look(r);
}

TEST(unhealthy_is_told_and_taken_back)
{
    struct rig r;

    rig_open(&r);
    health(&r, HEALTH_STARTING);
    assert_string_equal(health(&r, HEALTH_UNHEALTHY), "+podman/web/health");
    assert_string_equal(r.last.title, "web is unhealthy");
    assert_string_equal(health(&r, HEALTH_UNHEALTHY), "");
    assert_string_equal(health(&r, HEALTH_HEALTHY), "-podman/web/health");
    assert_string_equal(health(&r, HEALTH_UNHEALTHY), "+podman/web/health");
    assert_string_equal(ends(&r, "web", 0), "-podman/web/health");
    health(&r, HEALTH_STARTING);
    health(&r, HEALTH_UNHEALTHY);
    assert_string_equal(look(&r), "-podman/web/health");
    rig_close(&r);
}

TEST(an_engine_goes_and_comes_back)
{
    struct rig r;

    rig_open(&r);
    assert_string_equal(look_as(&r, ENGINE_STOPPED), "");
    assert_string_equal(look(&r), ""); /* that it was down was never told */
    runs(&r, "web");
    assert_string_equal(look_as(&r, ENGINE_NOT_RESPONDING), "+podman/engine");
    assert_string_equal(r.last.title, "Podman does not respond");
    assert_int_equal(r.last.buttons, 0);
    assert_string_equal(look_as(&r, ENGINE_STOPPED), "");
    assert_string_equal(ends(&r, "web", 137), "-podman/engine +podman/engine"); /* not web */
    assert_string_equal(r.last.title, "Podman is running again");
    assert_string_equal(r.last.body, "0 containers running");
    assert_string_equal(runs(&r, "web"), "");
    assert_string_equal(look_as(&r, ENGINE_FAILED), "+podman/engine");
    assert_string_equal(ends(&r, "web", 1), "-podman/engine +podman/engine +podman/web/exit");
    rig_close(&r);
}

TEST(a_failed_action_is_told)
{
    struct valid_id web = id_of("web");
    struct rig r;

    rig_open(&r);
    runs(&r, "web");
    act(&r, OP_STOP, "web");
    acted(&r, "web");
    notify_fail(r.n, ENGINE_PODMAN, OP_STOP, &web, "web\n\xe2\x80\xae", "no\x1bsuch thing");
    assert_string_equal(told(&r), "+podman/web/action");
    assert_null(strchr(r.last.title, '\n'));
    assert_null(strchr(r.last.body, '\x1b'));
    assert_null(strstr(r.last.title, "\xe2\x80\xae"));
    act(&r, OP_STOP, "web");
    assert_string_equal(told(&r), "-podman/web/action");
    notify_fail(r.n, ENGINE_PODMAN, OP_STOP, &web, "web", "no");
    assert_string_equal(told(&r), "+podman/web/action");
    assert_string_equal(look(&r), "-podman/web/action");
    rig_close(&r);
}

/* It stays as long as one of them is as it was. */
TEST(an_action_for_several_that_failed_is_told_once)
{
    const struct valid_id ids[] = {id_of("a"), id_of("b"), id_of("c")};
    struct notify_many all = {.op = OP_STOP, .failed = 3, .total = 5, .ids = ids, .named = 2};
    struct rig r;

    all.names[0] = "a\n";
    all.names[1] = "b";
    all.reasons[0] = all.reasons[1] = "no\x1bsuch thing";
    rig_open(&r);
    has(&r, "a", STATE_RUNNING);
    has(&r, "b", STATE_RUNNING);
    runs(&r, "c");
    notify_fail_many(r.n, ENGINE_PODMAN, &all);
    assert_string_equal(told(&r), "+podman//action");
    assert_string_equal(r.last.title, "Could not stop 3 of 5 containers");
    assert_string_equal(r.last.body,
                        "a\\x0A: no\\x1Bsuch thing\nb: no\\x1Bsuch thing\n… and 1 more");
    assert_int_equal(r.last.buttons, 0);
    act(&r, OP_STOP, "a");
    assert_string_equal(told(&r), "");
    has(&r, "a", STATE_RUNNING);
    assert_string_equal(runs(&r, "c"), ""); /* b is gone */
    act(&r, OP_STOP, "c");
    assert_string_equal(told(&r), "-podman//action");
    notify_fail_many(r.n, ENGINE_PODMAN, &all);
    assert_string_equal(told(&r), "+podman//action");
    notify_set(r.n, &(struct notify_settings){.off = {[NOTE_FAILURE] = true}});
    assert_string_equal(told(&r), "-podman//action");
    notify_fail_many(r.n, ENGINE_PODMAN, &all);
    assert_string_equal(told(&r), "");
    rig_close(&r);
}

static const char *const many[] = {"a", "b", "c", "d", "e"};

static void all_run(struct rig *r)
{
    for (size_t i = 0; i < countof(many); i++)
        has(r, many[i], STATE_RUNNING);
}

TEST(many_at_once_are_one_summary)
{
    struct rig r;

    rig_open(&r);
    all_run(&r);
    look(&r);
    for (size_t i = 0; i < countof(many); i++)
        ended(&r, many[i], 1);
    assert_string_equal(look(&r), "+summary");
    assert_string_equal(r.last.title, "Several things happened at once");
    assert_string_equal(r.last.body, "Ended with an error: a, b, c and 2 more");
    assert_int_equal(r.last.buttons, 0);
    has(&r, "a", STATE_RUNNING);
    for (size_t i = 1; i < countof(many); i++)
        still_ended(&r, many[i], 1);
    assert_string_equal(look(&r), "");
    all_run(&r);
    assert_string_equal(look(&r), "-summary"); /* the last one runs again */
    for (size_t i = 0; i < NOTIFY_SINGLE_MAX; i++)
        ended(&r, many[i], 1);
    assert_string_equal(look(&r), "+podman/a/exit +podman/b/exit +podman/c/exit");
    rig_close(&r);
}

TEST(after_an_absence_there_is_one_summary)
{
    struct rig r;

    rig_open(&r);
    all_run(&r);
    look(&r);
    notify_away(r.n);
    ended(&r, "a", 1);
    has(&r, "b", STATE_RUNNING)->health = HEALTH_UNHEALTHY;
    has(&r, "c", STATE_RUNNING);
    assert_string_equal(look(&r), "");
    back(&r);
    notify_look(r.n, ENGINE_PODMAN, NULL, r.look, r.now_s); /* began before */
    assert_string_equal(told(&r), "");
    assert_string_equal(ends(&r, "c", 1), "+podman/c/exit"); /* the others have gone meanwhile */
    r.now_s += NOTIFY_LOOP_S;
    all_run(&r);
    look(&r);
    notify_away(r.n);
    ended(&r, "a", 1);
    ended(&r, "c", 1);
    look(&r);
    back(&r);
    still_ended(&r, "a", 1);
    still_ended(&r, "c", 1);
    assert_string_equal(look(&r), "+summary");
    assert_string_equal(r.last.title, "While you were away");
    assert_string_equal(r.last.body, "Ended with an error: a, c");
    notify_away(r.n);
    back(&r);
    notify_look(r.n, ENGINE_PODMAN, NULL, ++r.look, r.now_s);
    assert_string_equal(told(&r), ""); /* nothing happened */
    rig_close(&r);
}

TEST(an_engine_that_was_away_only_while_the_user_was_is_no_news)
{
    struct rig r;

    rig_open(&r);
    look(&r);
    notify_away(r.n);
    assert_string_equal(look_as(&r, ENGINE_STOPPED), "");
    assert_string_equal(look(&r), "");
    back(&r);
    assert_string_equal(look(&r), "");
    rig_close(&r);
}

TEST(what_the_user_does_not_want_is_not_told)
{
    struct notify_muted muted = {ENGINE_PODMAN, id_of("web")};
    struct notify_settings set = {.muted = &muted, .muted_count = 1};
    struct rig r;

    rig_open(&r);
    has(&r, "db", STATE_RUNNING);
    has(&r, "web", STATE_RUNNING);
    look(&r);
    ended(&r, "db", 1);
    ended(&r, "web", 1);
    assert_string_equal(look(&r), "+podman/db/exit +podman/web/exit");
    notify_set(r.n, &set);
    assert_string_equal(told(&r), "-podman/web/exit");
    set = (struct notify_settings){.off = {[NOTE_EXIT] = true, [NOTE_ENGINE] = true}};
    notify_set(r.n, &set);
    assert_string_equal(told(&r), "-podman/db/exit");
    has(&r, "db", STATE_RUNNING);
    look(&r);
    assert_string_equal(ends(&r, "db", 1), "");
    assert_string_equal(look_as(&r, ENGINE_STOPPED), "");
    rig_close(&r);
}

TEST(a_name_that_is_muted_stays_muted_when_its_container_is_made_anew)
{
    struct notify_muted muted = {ENGINE_PODMAN, id_of("web")};
    struct notify_settings set = {.muted = &muted, .muted_count = 1};
    struct rig r;

    rig_open(&r);
    notify_set(r.n, &set);
    look(&r);
    ended(&r, "0123456789ab", 1)->name = "web";
    ended(&r, "ba9876543210", 1)->name = "db";
    assert_string_equal(look(&r), "+podman/ba9876543210/exit");
    rig_close(&r);
}

TEST(only_what_can_be_done_is_offered)
{
    struct rig r;

    rig_open(&r);
    notify_free(r.n);
    r.n = notify_new(NOTE_RESTART);
    runs(&r, "web");
    ends(&r, "web", 1);
    assert_int_equal(r.last.buttons, NOTE_RESTART);
    runs(&r, "web");
    has(&r, "web", STATE_DEAD)->has_exit_code = true;
    r.next->list[0].exit_code = 1;
    look(&r);
    assert_int_equal(r.last.buttons, 0); /* a dead one can only be removed */
    rig_close(&r);
}

TEST(long_names_are_cut_and_many_words_fit)
{
    char name[VALID_ID_MAX + 1];
    struct rig r;

    rig_open(&r);
    memset(name, 'x', VALID_ID_MAX);
    name[VALID_ID_MAX] = '\0';
    runs(&r, name);
    ends(&r, name, 1);
    assert_non_null(strstr(r.last.title, "…"));
    assert_true(strlen(r.last.title) < 100);
    assert_int_equal(strlen(r.last.id.text), VALID_ID_MAX);
    rig_close(&r);
}

struct shown {
    char keys[64][NOTE_KEY_MAX];
    size_t count;
};

/* No note is shown that is shown already, none is taken back that is not. */
static void show(struct shown *shown, const struct note *note)
{
    size_t at = 0;

    while (at < shown->count && strcmp(shown->keys[at], note->key) != 0)
        at++;
    if (note->withdrawn) {
        assert_true(at < shown->count);
        shown->count--;
        memmove(shown->keys[at], shown->keys[at + 1], (shown->count - at) * sizeof shown->keys[0]);
    } else if (at == shown->count) {
        assert_true(at < countof(shown->keys) - 1);
        memcpy(shown->keys[shown->count++], note->key, sizeof note->key);
    } else {
        assert_true(note->kind == NOTE_SUMMARY || note->kind == NOTE_ENGINE); /* they replace */
    }
}

static size_t roll(uint64_t *seed, size_t n)
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return (size_t)(*seed >> 33) % n;
}

/* Anything may have happened since the last look. */
static void shake(struct rig *r, uint64_t *seed)
{
    static const enum container_state states[] = {STATE_RUNNING, STATE_STOPPED, STATE_RESTARTING,
                                                  STATE_PAUSED,  STATE_DEAD,    STATE_CREATED};

    for (size_t i = 0; i < countof(many); i++) {
        struct container *c;

        if (roll(seed, 8) == 0)
            continue;
        c = ended(r, many[i], (int64_t)roll(seed, 3));
        c->state = states[roll(seed, countof(states))];
        c->health = roll(seed, 4) == 0 ? HEALTH_UNHEALTHY : HEALTH_NONE;
    }
    if (roll(seed, 10) == 0)
        act(r, roll(seed, 2) == 0 ? OP_STOP : OP_START, many[roll(seed, countof(many))]);
    if (roll(seed, 10) == 0)
        acted(r, many[roll(seed, countof(many))]);
    if (roll(seed, 40) == 0)
        notify_away(r->n);
    if (roll(seed, 20) == 0)
        back(r);
}

static void look_into(struct rig *r, enum engine_state state, struct shown *shown)
{
    struct note note;

    if (r->next == NULL)
        r->next = snapshot_new(ENGINE_PODMAN);
    r->next->state = state;
    r->next->stale = state != ENGINE_RUNNING;
    r->next->taken_s = r->now_s += 5;
    snapshot_seal(r->next);
    notify_look(r->n, ENGINE_PODMAN, r->next, ++r->look, r->now_s);
    snapshot_free(r->next);
    r->next = NULL;
    while (notify_take(r->n, &note))
        show(shown, &note);
}

/* ... and when there is nothing any more, nothing is left but what has no cause that could go. */
TEST(notes_are_shown_once_and_taken_back_once)
{
    struct shown shown = {.count = 0};
    uint64_t seed = 12345;
    struct rig r;

    rig_open(&r);
    for (int round = 0; round < 6000; round++) {
        shake(&r, &seed);
        look_into(&r, roll(&seed, 15) == 0 ? ENGINE_STOPPED : ENGINE_RUNNING, &shown);
    }
    back(&r);
    look_into(&r, ENGINE_RUNNING, &shown);
    for (size_t i = 0; i < shown.count; i++)
        assert_true(strcmp(shown.keys[i], "podman/engine") == 0 ||
                    strcmp(shown.keys[i], "summary") == 0);
    rig_close(&r);
}

SUITE(notify, T(the_first_list_is_no_news), T(ends_of_an_earlier_run_count_for_a_loop),
      T(a_loop_that_an_earlier_run_told_is_not_told_again),
      T(an_engine_that_is_not_looked_at_any_more_takes_its_notes_back),
      T(an_end_with_an_error_is_told_and_taken_back), T(an_end_that_was_wanted_is_no_news),
      T(ends_between_two_looks_are_seen), T(what_we_stop_is_no_news),
      T(what_we_start_and_what_fails_at_once_is_news), T(a_loop_is_told_once),
      T(a_loop_of_the_engine_is_seen_in_its_starts), T(slow_ends_are_no_loop),
      T(unhealthy_is_told_and_taken_back), T(an_engine_goes_and_comes_back),
      T(a_failed_action_is_told), T(an_action_for_several_that_failed_is_told_once),
      T(many_at_once_are_one_summary), T(after_an_absence_there_is_one_summary),
      T(an_engine_that_was_away_only_while_the_user_was_is_no_news),
      T(what_the_user_does_not_want_is_not_told),
      T(a_name_that_is_muted_stays_muted_when_its_container_is_made_anew),
      T(only_what_can_be_done_is_offered), T(long_names_are_cut_and_many_words_fit),
      T(notes_are_shown_once_and_taken_back_once))
