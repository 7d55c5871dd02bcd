/* test_menu_remove.c - what a person is asked before a container is removed, by its state. */
#include "core/menu/menu_remove.h"
#include "tests/unit/menu_world.h"
#include "tests/unit/unit.h"

static enum op ask(enum engine_kind kind, enum container_state state, const char *name,
                   struct arena *a, struct menu_question *out)
{
    struct world w = {0};
    enum op op;
    struct snapshot *s = world_engine(&w, kind, ENGINE_RUNNING, "1");

    world_container(s, name, "i", state);
    snapshot_seal(s);
    op = menu_ask_remove(a, kind, &s->list[0], out);
    world_release(&w);
    return op;
}

TEST(what_rests_is_removed_and_what_runs_is_ended)
{
    static const enum container_state rest[] = {STATE_CREATED, STATE_STOPPED},
                                      run[] = {STATE_RUNNING, STATE_PAUSED, STATE_RESTARTING,
                                               STATE_STOPPING, STATE_UNKNOWN};
    struct menu_question q;
    struct arena a = {0};

    for (int kind = 0; kind < ENGINE_COUNT; kind++) {
        for (size_t i = 0; i < countof(rest); i++) {
            assert_int_equal(ask((enum engine_kind)kind, rest[i], "web", &a, &q), OP_REMOVE);
            assert_null(strstr(q.lost, "ended at once"));
        }
        for (size_t i = 0; i < countof(run); i++) {
            assert_int_equal(ask((enum engine_kind)kind, run[i], "web", &a, &q), OP_REMOVE_FORCE);
            assert_non_null(strstr(q.lost, "ended at once"));
        }
    }
    assert_string_equal(q.title, "Remove web");
    assert_string_equal(q.question, "Remove the container web?");
    assert_string_equal(q.verb, "Remove");
    assert_non_null(strstr(q.lost, "cannot be undone"));
    arena_release(&a);
}

TEST(a_name_from_outside_is_safe_in_it)
{
    struct menu_question q;
    struct arena a = {0};

    (void)ask(ENGINE_PODMAN, STATE_STOPPED, "x\ny", &a, &q);
    assert_string_equal(q.question, "Remove the container x\\x0Ay?");
    arena_release(&a);
}

SUITE(menu_remove, T(what_rests_is_removed_and_what_runs_is_ended),
      T(a_name_from_outside_is_safe_in_it))
