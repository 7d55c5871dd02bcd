/* Which operations fit which state: the table of state.h, read row by row. */
#include "core/engine/state.h"
#include "tests/unit/unit.h"
#include <string.h>

static bool allows(enum engine_kind kind, enum op op, enum container_state state)
{
    struct container c = {.id = "web", .name = "web", .image = "", .state = state};

    assert_int_equal(valid_id("web", 3, &c.arg, NULL), RC_OK);
    return state_allows(kind, op, &c);
}

/* s: start, t: stop, r: restart, k: kill, p: pause, u: unpause, d: remove, f: remove by force */
static void word_of(enum engine_kind kind, enum container_state state, char out[OP_COUNT + 1])
{
    static const struct {
        enum op op;
        char letter;
    } ops[] = {{OP_START, 's'}, {OP_STOP, 't'},    {OP_RESTART, 'r'}, {OP_KILL, 'k'},
               {OP_PAUSE, 'p'}, {OP_UNPAUSE, 'u'}, {OP_REMOVE, 'd'},  {OP_REMOVE_FORCE, 'f'}};
    size_t n = 0;

    for (size_t i = 0; i < countof(ops); i++)
        if (allows(kind, ops[i].op, state))
            out[n++] = ops[i].letter;
    out[n] = '\0';
}

TEST(each_state_allows_what_its_engine_can_do)
{
    static const char *const want[STATE_COUNT][ENGINE_COUNT] = {
        [STATE_RUNNING] = {"trkf", "trkpf", "trkpf"},
        [STATE_RESTARTING] = {"tf", "tf", "tf"},
        [STATE_PAUSED] = {"trkf", "trkuf", "kuf"},
        [STATE_STOPPING] = {"tkf", "tkf", "tkf"},
        [STATE_CREATED] = {"sdf", "sdf", "sdf"},
        [STATE_STOPPED] = {"sdf", "sdf", "sdf"},
        [STATE_REMOVING] = {"", "", ""},
        [STATE_DEAD] = {"df", "df", "df"},
        [STATE_UNKNOWN] = {"stkf", "stkf", "stkf"},
    };
    char got[OP_COUNT + 1];

    for (int s = 0; s < STATE_COUNT; s++) {
        for (int k = 0; k < ENGINE_COUNT; k++) {
            word_of((enum engine_kind)k, (enum container_state)s, got);
            if (strcmp(got, want[s][k]) != 0)
                fail_msg("%s %s: \"%s\", not \"%s\"", engine_word((enum engine_kind)k),
                         state_word((enum container_state)s), got, want[s][k]);
        }
    }
}

TEST(only_operations_on_one_container_are_allowed)
{
    static const enum op never[] = {OP_LIST,   OP_INSPECT, OP_LOGS,  OP_LOGS_FOLLOW, OP_STATS,
                                    OP_EVENTS, OP_PRUNE,   OP_LOGIN, OP_SERVICE_STOP};

    for (size_t i = 0; i < countof(never); i++)
        assert_false(allows(ENGINE_PODMAN, never[i], STATE_RUNNING));
}

TEST(only_a_running_container_has_a_shell_and_pages)
{
    for (int s = 0; s < STATE_COUNT; s++) {
        for (int k = 0; k < ENGINE_COUNT; k++) {
            assert_int_equal(allows((enum engine_kind)k, OP_SHELL, (enum container_state)s),
                             s == STATE_RUNNING);
            assert_int_equal(allows((enum engine_kind)k, OP_OPEN, (enum container_state)s),
                             s == STATE_RUNNING);
        }
    }
}

TEST(restart_would_lose_a_container_that_removes_itself)
{
    struct container c = {.id = "web", .name = "web", .image = "", .state = STATE_RUNNING};

    assert_int_equal(valid_id("web", 3, &c.arg, NULL), RC_OK);
    c.auto_remove = true;
    assert_false(state_allows(ENGINE_APPLE, OP_RESTART, &c));
    assert_true(state_allows(ENGINE_APPLE, OP_STOP, &c));
    assert_false(state_allows(ENGINE_PODMAN, OP_RESTART, &c));
    assert_true(state_allows(ENGINE_DOCKER, OP_RESTART, &c));
}

TEST(nothing_is_allowed_without_a_valid_id)
{
    struct container c = {.id = "-a", .name = "x", .image = "", .state = STATE_RUNNING};

    for (int op = 0; op < OP_COUNT; op++)
        assert_false(state_allows(ENGINE_PODMAN, (enum op)op, &c));
}

SUITE(state, T(each_state_allows_what_its_engine_can_do),
      T(only_operations_on_one_container_are_allowed),
      T(only_a_running_container_has_a_shell_and_pages),
      T(restart_would_lose_a_container_that_removes_itself),
      T(nothing_is_allowed_without_a_valid_id))
