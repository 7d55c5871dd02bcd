/* What a stand-in window shows of a menu. */
#include "core/menu/menu_flat.h"
#include "tests/unit/menu_world.h"
#include "tests/unit/unit.h"

static const struct menu_flat_row *row_of(const struct menu_flat *flat, const char *title)
{
    for (size_t i = 0; i < flat->count; i++)
        if (strstr(flat->rows[i].item->title, title) != NULL)
            return &flat->rows[i];
    fail_msg("no row has %s in it", title);
    return NULL;
}

TEST(containers_come_with_the_actions_that_fit)
{
    struct world w = {0};
    struct menu m = {0};
    struct menu_flat flat;
    struct snapshot *s = world_engine(&w, ENGINE_PODMAN, ENGINE_RUNNING, "4.3.1");
    const struct menu_flat_row *row;

    world_container(s, "web", "nginx", STATE_RUNNING);
    world_container(s, "cold", "nginx", STATE_STOPPED);
    world_pending(&w, ENGINE_PODMAN, OP_STOP, "busy");
    world_container(s, "busy", "nginx", STATE_RUNNING);
    world_menu(&w, &m);
    menu_flat_init(&flat, &m, 100);
    assert_int_equal(flat.count, 5); /* the last is for all of them */
    assert_int_equal(flat.rows[0].item->kind, MENU_HEADER);
    assert_int_equal(flat.rows[0].action_count, 0);
    row = row_of(&flat, "web");
    assert_int_equal(row->action_count, 3);
    assert_int_equal(row->actions[0]->op, OP_STOP);
    assert_int_equal(row->actions[1]->op, OP_RESTART);
    assert_int_equal(row->actions[2]->op, OP_PAUSE);
    row = row_of(&flat, "cold");
    assert_int_equal(row->action_count, 1);
    assert_int_equal(row->actions[0]->op, OP_START);
    assert_int_equal(row_of(&flat, "busy")->action_count, 0);
    menu_flat_release(&flat);
    menu_release(&m);
    world_release(&w);
}

TEST(what_is_folded_is_there_and_the_rest_is_counted)
{
    struct world w = {0};
    struct menu m = {0};
    struct menu_flat flat;
    struct snapshot *s = world_engine(&w, ENGINE_PODMAN, ENGINE_RUNNING, "");

    for (int i = 0; i < 400; i++) {
        struct arena *a = &s->arena;

        world_container(s, arena_print(a, "c%03d", i), "nginx", STATE_RUNNING);
    }
    world_menu(&w, &m);
    menu_flat_init(&flat, &m, 1000);
    assert_int_equal(flat.count, 402);
    assert_int_equal(flat.left_out, 0);
    assert_int_equal(row_of(&flat, "c399")->action_count, 3);
    menu_flat_release(&flat);
    menu_flat_init(&flat, &m, 60);
    assert_int_equal(flat.count, 60);
    assert_int_equal(flat.left_out, 342);
    menu_flat_release(&flat);
    menu_release(&m);
    world_release(&w);
}

TEST(a_group_comes_with_its_actions_and_its_containers_follow)
{
    struct world w = {0};
    struct menu m = {0};
    struct menu_flat flat;
    struct snapshot *s = world_engine(&w, ENGINE_PODMAN, ENGINE_RUNNING, "");
    const struct menu_flat_row *row;
    char last[16];

    snprintf(last, sizeof last, "web-%d", MENU_FOLD + 4);
    for (int i = 0; i < MENU_FOLD + 5; i++) /* some of them are folded in the group */
        world_member(s, "shop", arena_print(&s->arena, "web-%d", i), STATE_RUNNING);
    world_container(s, "alone", "nginx", STATE_RUNNING);
    world_failure(&w, ENGINE_PODMAN, OP_STOP, "web-1", "no");
    world_menu(&w, &m);
    menu_flat_init(&flat, &m, 1000);
    /* header, group, members, alone, all, the failure once */
    assert_int_equal(flat.count, 1 + 1 + MENU_FOLD + 5 + 1 + 1 + 1);
    row = row_of(&flat, "shop");
    assert_int_equal(row->action_count, 2);
    assert_int_equal(row->actions[0]->op, OP_STOP);
    assert_int_equal(row->actions[0]->command, MENU_ASK_MANY);
    assert_false(row->inside);
    assert_true(row_of(&flat, last)->inside);
    assert_int_equal(row_of(&flat, last)->action_count, 3);
    assert_false(row_of(&flat, "alone")->inside);
    assert_false(row_of(&flat, "All Containers")->inside);
    menu_flat_release(&flat);
    menu_release(&m);
    world_release(&w);
}

TEST(without_an_engine_the_sentences_stay)
{
    struct world w = {0};
    struct menu m = {0};
    struct menu_flat flat;

    for (int k = 0; k < ENGINE_COUNT; k++)
        world_engine(&w, (enum engine_kind)k, ENGINE_MISSING, "");
    world_menu(&w, &m);
    menu_flat_init(&flat, &m, 100);
    row_of(&flat, "No container engine found");
    assert_int_equal(flat.count, 3);
    menu_flat_release(&flat);
    menu_release(&m);
    world_release(&w);
}

SUITE(menu_flat, T(containers_come_with_the_actions_that_fit),
      T(what_is_folded_is_there_and_the_rest_is_counted),
      T(a_group_comes_with_its_actions_and_its_containers_follow),
      T(without_an_engine_the_sentences_stay))
