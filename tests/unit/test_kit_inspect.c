/* test_kit_inspect.c - questions about a container through the kit: answers, refusals, the end. */
#include "tests/unit/kit_rig.h"

#define ONE "[{\"Id\":\"" WEB "\",\"Config\":{\"Image\":\"img\",\"Env\":[\"A=1\"]}}]"

struct asked {
    struct rig r;
    int answers;
    enum rc rc;
    char text[256];
};

static void on_answer(void *ctx, const struct inspected *answer)
{
    struct asked *a = ctx;

    a->answers++;
    a->rc = answer->rc;
    snprintf(a->text, sizeof a->text, "%s", buf_text(&answer->text));
}

/* The rig's own kit has nobody who asks: it begins again with one that has. */
static void begin(struct asked *a)
{
    struct kit_config config = {
        .post = post, .post_ctx = &a->r, .changed = on_changed, .changed_ctx = &a->r};

    memset(a, 0, sizeof *a);
    rig_open(&a->r, "exited"); /* one that runs is inspected for its address */
    kit_free(a->r.kit);
    while (has_posted(&a->r))
        turn(&a->r);
    config.spawner = a->r.f.spawner;
    config.where = &a->r.f.where;
    config.note = on_note;
    config.note_ctx = &a->r;
    config.inspected = on_answer;
    config.inspected_ctx = a;
    a->r.kit = kit_new(&config);
    TURN_UNTIL(&a->r, has_looked(&a->r));
    fake_put(&a->r.f, "inspect.out", ONE);
}

static enum rc ask(struct asked *a, const char *id, enum inspection_text text, struct fault *why)
{
    struct inspection what = {.kind = ENGINE_DOCKER, .text = text};

    assert_int_equal(valid_id(id, strlen(id), &what.id, NULL), RC_OK);
    return kit_inspect(a->r.kit, &what, why);
}

TEST(an_answer_comes_to_the_home_thread)
{
    struct asked a;

    begin(&a);
    assert_int_equal(ask(&a, WEB, INSPECTION_RUN_LINE, NULL), RC_OK);
    assert_int_equal(a.answers, 0);
    TURN_UNTIL(&a.r, a.answers == 1);
    assert_int_equal(a.rc, RC_OK);
    assert_string_equal(a.text, "docker run --detach --env A img");
    assert_int_equal(ask(&a, WEB, INSPECTION_ALL, NULL), RC_OK);
    TURN_UNTIL(&a.r, a.answers == 2);
    assert_non_null(strstr(a.text, "\"A=••••\""));
    rig_close(&a.r);
}

TEST(one_that_is_gone_is_refused_and_a_line_says_so_in_the_menu)
{
    struct fault why;
    struct asked a;

    begin(&a);
    assert_int_equal(ask(&a, "0123", INSPECTION_ALL, &why), RC_MISSING);
    assert_false(says(&a.r, "inspect"));
    assert_int_equal(ask(&a, "0123", INSPECTION_RUN_LINE, &why), RC_MISSING);
    assert_true(says(&a.r, "could not inspect"));
    assert_int_equal(a.answers, 0);
    rig_close(&a.r);
}

TEST(a_line_that_cannot_be_made_is_a_failure_in_the_menu_until_the_next_try)
{
    struct asked a;

    begin(&a);
    fake_put(&a.r.f, "inspect.err", "Error: it is broken\n");
    fake_put(&a.r.f, "inspect.exit", "1");
    assert_int_equal(ask(&a, WEB, INSPECTION_RUN_LINE, NULL), RC_OK);
    TURN_UNTIL(&a.r, says(&a.r, "Could not inspect: "));
    assert_true(says(&a.r, "it is broken"));
    assert_non_null(strstr(a.r.notes, "+"));
    assert_int_equal(a.answers, 0);
    assert_int_equal(ask(&a, WEB, INSPECTION_ALL, NULL), RC_OK);
    TURN_UNTIL(&a.r, a.answers == 1); /* a window tells it itself */
    assert_int_equal(a.rc, RC_FAILED);
    fake_drop(&a.r.f, "inspect.exit");
    assert_int_equal(ask(&a, WEB, INSPECTION_RUN_LINE, NULL), RC_OK);
    assert_false(says(&a.r, "ould not inspect"));
    TURN_UNTIL(&a.r, a.answers == 2);
    rig_close(&a.r);
}

TEST(the_same_question_waits_once)
{
    struct asked a;

    begin(&a);
    fake_put(&a.r.f, "inspect.mode", "hold");
    assert_int_equal(ask(&a, WEB, INSPECTION_ALL, NULL), RC_OK);
    fake_wait_calls(&a.r.f, "~", " inspect ", 1);
    for (int i = 0; i < 3 * INSPECTIONS_WAITING_MAX; i++)
        assert_int_equal(ask(&a, WEB, INSPECTION_ALL, NULL), RC_OK);
    fake_put(&a.r.f, "inspect.go", "");
    TURN_UNTIL(&a.r, a.answers == 2);
    assert_int_equal(fake_calls(&a.r.f, "+", " inspect --type container " WEB), 2);
    rig_close(&a.r);
}

/* rig_close() also looks for children that were left. */
TEST(an_engine_that_hangs_does_not_hold_up_the_end)
{
    struct asked a;

    begin(&a);
    fake_put(&a.r.f, "inspect.mode", "hang");
    assert_int_equal(ask(&a, WEB, INSPECTION_ALL, NULL), RC_OK);
    fake_wait_calls(&a.r.f, "+", " inspect --type container " WEB, 1);
    rig_close(&a.r);
    assert_int_equal(a.answers, 0);
}

SUITE(kit_inspect, T(an_answer_comes_to_the_home_thread),
      T(one_that_is_gone_is_refused_and_a_line_says_so_in_the_menu),
      T(a_line_that_cannot_be_made_is_a_failure_in_the_menu_until_the_next_try),
      T(the_same_question_waits_once), T(an_engine_that_hangs_does_not_hold_up_the_end))
