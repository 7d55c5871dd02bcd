/* test_menu_more.c - the rows of one container beyond start and stop: what Option shows, removal,
 * copies. */
#include "core/menu/menu_diff.h"
#include "tests/unit/menu_world.h"
#include "tests/unit/unit.h"

static const struct menu_item *row_of(const struct menu *m, enum engine_kind kind, const char *part)
{
    struct arena a = {0};
    const char *id = kind == ENGINE_APPLE ? "web" : world_id(&a, "web");
    const char *key = arena_print(&a, "%s/%s%s", engine_word(kind), id, part);
    const struct menu_item *it = menu_find_below(m->items, m->count, key);

    arena_release(&a);
    return it;
}

static struct container *begin(struct world *w, enum engine_kind kind, enum container_state state)
{
    return world_container(world_engine(w, kind, ENGINE_RUNNING, "1"), "web", "nginx", state);
}

/* Ends the world. */
static void make(struct world *w, struct menu *m)
{
    *m = (struct menu){0};
    world_menu(w, m);
    world_release(w);
}

TEST(each_alternate_stands_behind_the_row_that_it_replaces)
{
    static const struct {
        const char *row, *alternate;
        enum menu_command command;
        enum op op;
    } rows[] = {
        {"/stop", "/kill", MENU_ACTION, OP_KILL},
        {"/remove", "/remove-now", MENU_ACTION, OP_REMOVE_FORCE},
        {"/copy-run", "/copy-run-values", MENU_COPY_RUN_VALUES, OP_INSPECT},
    };
    struct world w = {0};
    struct menu m;

    begin(&w, ENGINE_PODMAN, STATE_RUNNING);
    make(&w, &m);
    for (size_t i = 0; i < countof(rows); i++) {
        const struct menu_item *row = row_of(&m, ENGINE_PODMAN, rows[i].row);
        const struct menu_item *other = row_of(&m, ENGINE_PODMAN, rows[i].alternate);

        assert_ptr_equal(row + 1, other);
        assert_false(row->alternate);
        assert_true(other->alternate && other->enabled);
        assert_int_equal(other->command, rows[i].command);
        assert_int_equal(other->op, rows[i].op);
        assert_int_equal(other->engine, ENGINE_PODMAN);
        assert_string_equal(other->id->text, row->id->text);
        assert_true(other->tip == NULL && other->shortcut[0] == '\0' && other->child_count == 0);
    }
    menu_release(&m);
}

TEST(rows_fit_the_state)
{
    static const struct {
        enum container_state state;
        bool kill, pause, remove, now;
    } rows[] = {
        {STATE_RUNNING, true, true, true, true},   {STATE_PAUSED, true, false, true, true},
        {STATE_STOPPED, false, false, true, true}, {STATE_CREATED, false, false, true, true},
        {STATE_DEAD, false, false, true, true},    {STATE_REMOVING, false, false, false, false},
        {STATE_STOPPING, true, false, true, true}, {STATE_UNKNOWN, true, false, true, true},
    };

    for (size_t i = 0; i < countof(rows); i++) {
        struct world w = {0};
        struct menu m;

        begin(&w, ENGINE_DOCKER, rows[i].state);
        make(&w, &m);
        assert_int_equal(row_of(&m, ENGINE_DOCKER, "/kill")->enabled, rows[i].kill);
        assert_int_equal(row_of(&m, ENGINE_DOCKER, "/pause")->enabled, rows[i].pause);
        assert_int_equal(row_of(&m, ENGINE_DOCKER, "/remove")->enabled, rows[i].remove);
        assert_int_equal(row_of(&m, ENGINE_DOCKER, "/remove")->command, MENU_ASK_REMOVE);
        assert_int_equal(row_of(&m, ENGINE_DOCKER, "/remove-now")->enabled, rows[i].now);
        assert_true(row_of(&m, ENGINE_DOCKER, "/inspect")->enabled);
        menu_release(&m);
    }
}

TEST(what_an_engine_does_not_have_has_no_row)
{
    struct world w = {0};
    struct menu m;

    begin(&w, ENGINE_APPLE, STATE_RUNNING);
    make(&w, &m);
    assert_null(row_of(&m, ENGINE_APPLE, "/pause"));
    assert_non_null(row_of(&m, ENGINE_APPLE, "/kill"));
    menu_release(&m);
}

TEST(a_row_says_why_a_restart_would_lose_it)
{
    for (int kind = 0; kind < ENGINE_COUNT; kind++) {
        struct world w = {0};
        const struct menu_item *it;
        struct menu m;

        begin(&w, (enum engine_kind)kind, STATE_RUNNING)->auto_remove = true;
        make(&w, &m);
        it = row_of(&m, (enum engine_kind)kind, "/restart");
        assert_int_equal(it->enabled, kind == ENGINE_DOCKER);
        assert_int_equal(it->tip != NULL, kind != ENGINE_DOCKER);
        menu_release(&m);
    }
}

TEST(nothing_is_done_while_something_is_under_way)
{
    static const char *const parts[] = {"/kill", "/pause", "/remove", "/remove-now"};
    struct world w = {0};
    struct menu m;

    begin(&w, ENGINE_PODMAN, STATE_RUNNING);
    world_pending(&w, ENGINE_PODMAN, OP_STOP, "web");
    make(&w, &m);
    for (size_t i = 0; i < countof(parts); i++)
        assert_false(row_of(&m, ENGINE_PODMAN, parts[i])->enabled);
    assert_true(row_of(&m, ENGINE_PODMAN, "/inspect")->enabled); /* it changes nothing */
    menu_release(&m);
}

TEST(an_engine_that_does_not_run_is_not_asked)
{
    static const char *const parts[] = {"/inspect", "/copy-run", "/copy-run-values", "/remove"};
    struct world w = {0};
    struct menu m;

    begin(&w, ENGINE_PODMAN, STATE_RUNNING);
    w.snaps[ENGINE_PODMAN]->state = ENGINE_STOPPED;
    w.snaps[ENGINE_PODMAN]->why = "it does not run";
    make(&w, &m);
    for (size_t i = 0; i < countof(parts); i++)
        assert_false(row_of(&m, ENGINE_PODMAN, parts[i])->enabled);
    assert_true(row_of(&m, ENGINE_PODMAN, "/copy-id")->enabled);
    menu_release(&m);
}

/* The level that the view applies must hear of it. */
TEST(a_row_that_becomes_an_alternate_has_changed)
{
    struct menu_item was = {.key = "k", .title = "T", .shortcut = ""}, now = was;
    struct menu_change *changes;
    size_t count = 0;

    now.alternate = true;
    changes = menu_diff(&was, 1, &now, 1, &count);
    assert_int_equal(count, 1);
    assert_int_equal(changes[0].kind, MENU_UPDATE);
    mem_free(changes);
}

SUITE(menu_more, T(each_alternate_stands_behind_the_row_that_it_replaces), T(rows_fit_the_state),
      T(what_an_engine_does_not_have_has_no_row), T(a_row_says_why_a_restart_would_lose_it),
      T(nothing_is_done_while_something_is_under_way), T(an_engine_that_does_not_run_is_not_asked),
      T(a_row_that_becomes_an_alternate_has_changed))
