/* Groups, pins, what is hidden: who stands where, what is offered, what keys are made of. */
#include "core/menu/menu_ask.h"
#include "core/menu/menu_section.h"
#include "tests/unit/menu_world.h"
#include "tests/unit/unit.h"

#define PODMAN_GROUP(what, project) "podman/!" what "/" project

static const struct menu_item *at(const struct menu *m, const char *key)
{
    const struct menu_item *it = menu_find_below(m->items, m->count, key);

    if (it == NULL)
        fail_msg("there is no item %s", key);
    return it;
}

static const struct menu_item *row_of(const struct menu *m, const char *name)
{
    struct arena a = {0};
    const struct menu_item *it = at(m, arena_print(&a, "podman/%s", world_id(&a, name)));

    arena_release(&a);
    return it;
}

/* Titles of the rows of a level that have a mark, without it, each before a comma. */
static const char *names(struct arena *a, const struct menu_item *items, size_t count)
{
    const char *all = "";

    for (size_t i = 0; i < count; i++) {
        const char *title = items[i].title + strlen(menu_mark_text(items[i].mark)) + 1;

        if (items[i].mark != MENU_MARK_NONE)
            all = arena_print(a, "%s%.*s,", all, (int)strcspn(title, " "), title);
    }
    return all;
}

/* The world's podman as a menu, and the order of its first level. */
static const char *order(struct world *w, struct menu *m)
{
    static char text[512];
    struct arena a = {0};

    world_menu(w, m);
    snprintf(text, sizeof text, "%s", names(&a, m->items, m->count));
    arena_release(&a);
    return text;
}

static struct snapshot *podman(struct world *w)
{
    return world_engine(w, ENGINE_PODMAN, ENGINE_RUNNING, "4.3.1");
}

TEST(pins_stand_first_then_groups_then_the_rest)
{
    struct world w = {0};
    struct menu m = {0};
    struct snapshot *s = podman(&w);

    world_container(s, "alone", "x", STATE_RUNNING);
    world_container(s, "cold", "x", STATE_STOPPED);
    world_member(s, "aaa-off", "off-1", STATE_STOPPED);
    world_member(s, "shop-10", "web-10", STATE_RUNNING);
    world_member(s, "shop-9", "web-9", STATE_RUNNING);
    world_container(s, "z-loved", "x", STATE_STOPPED);
    world_container(s, "a-loved", "x", STATE_RUNNING);
    world_pin(&w, ENGINE_PODMAN, "z-loved");
    world_pin(&w, ENGINE_PODMAN, "a-loved");
    world_pin(&w, ENGINE_DOCKER, "alone"); /* another engine's */
    assert_string_equal(order(&w, &m), "z-loved,a-loved,shop-9,shop-10,aaa-off,alone,cold,");
    menu_release(&m);
    w.flat = true;
    assert_string_equal(order(&w, &m), "z-loved,a-loved,alone,web-9,web-10,cold,off-1,");
    menu_release(&m);
    world_release(&w);
}

TEST(a_pinned_member_counts_in_its_group_and_is_no_row_of_it)
{
    struct world w = {0};
    struct menu m = {0};
    struct arena a = {0};
    struct snapshot *s = podman(&w);
    const struct menu_item *group;

    world_member(s, "shop", "web", STATE_RUNNING);
    world_member(s, "shop", "db", STATE_STOPPED);
    world_member(s, "shop", "noise", STATE_RUNNING);
    world_pin(&w, ENGINE_PODMAN, "web");
    world_hide(&w, ENGINE_PODMAN, "noise");
    assert_string_equal(order(&w, &m), "web,shop,");
    group = at(&m, PODMAN_GROUP("group", "shop"));
    assert_non_null(strstr(group->title, "shop — 2 of 3 running"));
    assert_string_equal(names(&a, group->children, group->child_count), "db,");
    /* one of them is not in sight: who is stopped is told first */
    assert_int_equal(at(&m, PODMAN_GROUP("stop-all", "shop"))->command, MENU_ASK_MANY);
    menu_release(&m);
    world_pin(&w, ENGINE_PODMAN, "db");
    assert_string_equal(order(&w, &m), "web,db,"); /* nothing is left to be behind a row */
    menu_release(&m);
    world_release(&w);
    arena_release(&a);
}

TEST(what_is_hidden_is_behind_its_row_and_can_be_shown_again)
{
    struct world w = {0};
    struct menu m = {0};
    struct snapshot *s = podman(&w);

    world_container(s, "web", "x", STATE_RUNNING);
    world_container(s, "noise", "x", STATE_RUNNING);
    world_container(s, "builder", "x", STATE_RUNNING)->infra = true;
    world_hide(&w, ENGINE_PODMAN, "noise");
    assert_string_equal(order(&w, &m), "web,");
    assert_int_equal(at(&m, "podman/!hidden")->child_count, 2);
    assert_int_equal(row_of(&m, "noise")->child_count, row_of(&m, "web")->child_count);
    assert_int_equal(at(&m, "podman/!hidden")->children[0].mark, MENU_MARK_RUNNING);
    menu_release(&m);
    w.helpers = true;
    assert_string_equal(order(&w, &m), "builder,web,");
    menu_release(&m);
    world_pin(&w, ENGINE_PODMAN, "noise"); /* the pin wins */
    assert_string_equal(order(&w, &m), "noise,builder,web,");
    menu_release(&m);
    world_release(&w);
}

static const struct menu_item *part(const struct menu *m, const char *name, const char *what)
{
    const struct menu_item *row = row_of(m, name);
    struct arena a = {0};
    const struct menu_item *it =
        menu_find(row->children, row->child_count, arena_print(&a, "%s/%s", row->key, what));

    assert_non_null(it);
    arena_release(&a);
    return it;
}

TEST(pin_and_hide_are_offered_and_taken_back)
{
    struct world w = {0};
    struct menu m = {0};
    struct snapshot *s = podman(&w);

    world_container(s, "web", "x", STATE_RUNNING);
    world_container(s, "loved", "x", STATE_RUNNING);
    world_container(s, "noise", "x", STATE_RUNNING);
    world_container(s, "builder", "x", STATE_RUNNING)->infra = true;
    world_pin(&w, ENGINE_PODMAN, "loved");
    world_hide(&w, ENGINE_PODMAN, "noise");
    world_menu(&w, &m);
    assert_int_equal(part(&m, "web", "pin")->command, MENU_PIN);
    assert_int_equal(part(&m, "web", "hide")->command, MENU_HIDE);
    assert_int_equal(part(&m, "loved", "pin")->command, MENU_UNPIN);
    assert_int_equal(part(&m, "loved", "hide")->command, MENU_HIDE);
    assert_int_equal(part(&m, "noise", "hide")->command, MENU_UNHIDE);
    assert_true(part(&m, "noise", "hide")->enabled);
    assert_false(part(&m, "builder", "hide")->enabled); /* a setting does that */
    assert_true(part(&m, "builder", "pin")->enabled);
    assert_int_equal(menu_call_of(part(&m, "web", "pin")).engine, ENGINE_PODMAN);
    menu_release(&m);
    world_release(&w);
}

TEST(a_group_has_the_mark_that_asks_for_attention_most)
{
    static const struct {
        enum container_state states[2];
        int64_t exit_code; /* of a stopped one */
        enum menu_mark mark;
    } cases[] = {
        {{STATE_RUNNING, STATE_STOPPED}, 0, MENU_MARK_RUNNING},
        {{STATE_RUNNING, STATE_STOPPED}, 3, MENU_MARK_FAILED},
        {{STATE_STOPPED, STATE_CREATED}, 0, MENU_MARK_STOPPED},
        {{STATE_PAUSED, STATE_STOPPED}, 0, MENU_MARK_PAUSED},
        {{STATE_PAUSED, STATE_RUNNING}, 0, MENU_MARK_RUNNING},
        {{STATE_RESTARTING, STATE_DEAD}, 0, MENU_MARK_BUSY},
        {{STATE_UNKNOWN, STATE_RUNNING}, 0, MENU_MARK_UNKNOWN},
        {{STATE_CREATED, STATE_CREATED}, 0, MENU_MARK_CREATED},
    };

    for (size_t i = 0; i < countof(cases); i++) {
        struct world w = {0};
        struct menu m = {0};
        struct snapshot *s = podman(&w);

        for (int k = 0; k < 2; k++) {
            struct container *c = world_member(s, "shop", k == 0 ? "a" : "b", cases[i].states[k]);

            if (c->state == STATE_STOPPED)
                world_ended(c, 60, cases[i].exit_code);
        }
        world_menu(&w, &m);
        assert_int_equal(at(&m, PODMAN_GROUP("group", "shop"))->mark, cases[i].mark);
        menu_release(&m);
        world_release(&w);
    }
}

TEST(actions_for_all_are_for_those_that_they_fit)
{
    struct world w = {0};
    struct menu m = {0};
    struct snapshot *s = podman(&w);
    const struct menu_item *it;

    world_member(s, "up", "up-1", STATE_RUNNING);
    world_member(s, "down", "down-1", STATE_STOPPED);
    world_member(s, "frozen", "frozen-1", STATE_PAUSED);
    world_member(s, "busy", "busy-1", STATE_RUNNING);
    world_pending(&w, ENGINE_PODMAN, OP_STOP, "busy-1");
    for (int i = 0; i < MENU_ASK_ABOVE + 1; i++)
        world_member(s, "farm", arena_print(&s->arena, "farm-%d", i), STATE_RUNNING);
    world_menu(&w, &m);
    assert_false(at(&m, PODMAN_GROUP("start-all", "up"))->enabled);
    assert_true(at(&m, PODMAN_GROUP("restart-all", "up"))->enabled);
    assert_true(at(&m, PODMAN_GROUP("start-all", "down"))->enabled);
    assert_false(at(&m, PODMAN_GROUP("stop-all", "down"))->enabled);
    assert_false(at(&m, PODMAN_GROUP("restart-all", "down"))->enabled);
    assert_true(at(&m, PODMAN_GROUP("start-all", "frozen"))->enabled);
    assert_false(at(&m, PODMAN_GROUP("stop-all", "busy"))->enabled);
    it = at(&m, PODMAN_GROUP("stop-all", "up"));
    assert_int_equal(it->command, MENU_MANY);
    assert_int_equal(it->op, OP_STOP);
    assert_string_equal(menu_call_of(it).project, "up");
    it = at(&m, PODMAN_GROUP("stop-all", "farm"));
    assert_int_equal(it->command, MENU_ASK_MANY);
    assert_string_equal(it->title, "Stop All…");
    assert_int_equal(at(&m, "podman/!stop-all")->command, MENU_ASK_MANY);
    assert_string_equal(menu_call_of(at(&m, "podman/!stop-all")).project, "");
    menu_release(&m);
    s->state = ENGINE_STOPPED;
    world_menu(&w, &m);
    assert_false(at(&m, PODMAN_GROUP("stop-all", "farm"))->enabled);
    menu_release(&m);
    world_release(&w);
}

TEST(the_row_for_all_is_there_where_it_says_more_than_a_group)
{
    struct world w = {0};
    struct menu m = {0};
    struct snapshot *s = podman(&w);

    world_member(s, "shop", "web", STATE_RUNNING);
    world_member(s, "shop", "db", STATE_RUNNING);
    world_container(s, "builder", "x", STATE_RUNNING)->infra = true;
    world_menu(&w, &m);
    assert_null(menu_find(m.items, m.count, "podman/!all"));
    menu_release(&m);
    world_release(&w);
    world_container(podman(&w), "web", "x", STATE_RUNNING);
    world_menu(&w, &m);
    assert_null(menu_find(m.items, m.count, "podman/!all"));
    menu_release(&m);
    world_container(w.snaps[ENGINE_PODMAN], "db", "x", STATE_RUNNING);
    world_menu(&w, &m);
    assert_non_null(menu_find(m.items, m.count, "podman/!all"));
    menu_release(&m);
    world_release(&w);
}

/* Of equal keys the first would be found for both. */
static void check_keys(const struct menu_keys *keys, const struct menu_item *items, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        assert_ptr_equal(menu_keys_find(keys, items[i].key), &items[i]);
        check_keys(keys, items[i].children, items[i].child_count);
    }
}

/* A project may be called anything, also what our own keys are made of. */
TEST(keys_of_groups_never_clash)
{
    static const char *const projects[] = {"x",    "x/stop-all", "x/0",      "group/x",
                                           "more", "!more",      "stop-all", "/",
                                           "X",    "x/failed-1", "hidden/x"};
    struct world w = {0};
    struct menu m = {0};
    struct menu_keys keys = {0};
    struct snapshot *s = podman(&w);
    const struct menu_item *group;

    for (size_t i = 0; i < countof(projects); i++)
        for (int k = 0; k < 200; k++)
            world_member(s, projects[i], arena_print(&s->arena, "m-%zu-%d", i, k), STATE_RUNNING);
    world_menu(&w, &m);
    menu_keys_init(&keys, m.items, m.count, true);
    check_keys(&keys, m.items, m.count);
    group = at(&m, PODMAN_GROUP("group", "x"));
    assert_string_equal(at(&m, PODMAN_GROUP("stop-all", "x"))->project, "x");
    assert_true(group->child_count <= 3 + 1 + MENU_FOLD + 1);
    menu_keys_release(&keys);
    menu_release(&m);
    world_release(&w);
}

TEST(names_that_are_too_long_make_no_group)
{
    struct world w = {0};
    struct menu m = {0};
    struct snapshot *s = podman(&w);
    char name[GROUP_PROJECT_MAX + 2];

    memset(name, 'p', sizeof name);
    name[GROUP_PROJECT_MAX + 1] = '\0';
    world_member(s, name, "web", STATE_RUNNING);
    world_member(s, "", "db", STATE_RUNNING);
    assert_string_equal(order(&w, &m), "db,web,");
    menu_release(&m);
    world_release(&w);
    name[GROUP_PROJECT_MAX] = '\0';
    world_member(podman(&w), name, "web", STATE_RUNNING);
    world_menu(&w, &m);
    assert_int_equal(m.items[1].mark, MENU_MARK_RUNNING);
    assert_string_equal(menu_call_of(&m.items[1].children[1]).project, name);
    menu_release(&m);
    world_release(&w);
}

TEST(a_group_tells_how_far_its_newest_action_is)
{
    struct world w = {0};
    struct menu m = {0};
    struct snapshot *s = podman(&w);

    world_member(s, "shop", "web", STATE_RUNNING);
    world_member(s, "blog", "app", STATE_RUNNING);
    w.many[0] = (struct menu_many){ENGINE_PODMAN, OP_START, "shop", 0, 2};
    w.many[1] = (struct menu_many){ENGINE_PODMAN, OP_STOP, "shop", 3, 5};
    w.many[2] = (struct menu_many){ENGINE_DOCKER, OP_STOP, "blog", 3, 5};
    w.many[3] = (struct menu_many){ENGINE_PODMAN, OP_RESTART, NULL, 7, 9};
    w.many_count = 4;
    world_menu(&w, &m);
    assert_non_null(strstr(at(&m, PODMAN_GROUP("group", "shop"))->title, "— stopping 3 of 5…"));
    assert_non_null(strstr(at(&m, PODMAN_GROUP("group", "blog"))->title, "— 1 running"));
    assert_non_null(strstr(at(&m, "podman/!all")->title, "— restarting 7 of 9…"));
    menu_release(&m);
    world_release(&w);
}

TEST(what_failed_is_named_in_the_group_and_the_rest_is_counted)
{
    struct world w = {0};
    struct menu m = {0};
    struct snapshot *s = podman(&w);
    const struct menu_item *group, *last;

    for (int i = 0; i < 7; i++) {
        char name[16];

        snprintf(name, sizeof name, "web-%d", i);
        world_member(s, "shop", name, STATE_RUNNING);
        world_failure(&w, ENGINE_PODMAN, OP_STOP, name, "Error: no");
    }
    world_menu(&w, &m);
    group = at(&m, PODMAN_GROUP("group", "shop"));
    last = &group->children[group->child_count - 1];
    assert_non_null(strstr(group->title, "⚠ 7 running"));
    assert_string_equal(last->title, "⚠ 2 more have failed");
    assert_string_equal(last[-1].title, "⚠ web-4: could not stop — Error: no");
    assert_string_equal(last[-5].title, "⚠ web-0: could not stop — Error: no");
    assert_int_equal(last[-6].kind, MENU_SEPARATOR);
    menu_release(&m);
    world_release(&w);
}

TEST(a_question_names_whom_it_is_about)
{
    struct world w = {0};
    struct arena a = {0};
    struct menu_question q;
    struct snapshot *s = podman(&w);
    const struct container *list[9];

    for (int i = 0; i < 9; i++)
        world_container(s, arena_print(&s->arena, "c%d", i), "x", STATE_RUNNING)->auto_remove =
            i < 2;
    snapshot_seal(s);
    for (int i = 0; i < 9; i++)
        list[i] = &s->list[i];
    menu_ask_many(&a, ENGINE_PODMAN, OP_STOP, NULL, list, 9, &q);
    assert_string_equal(q.title, "Stop All — Podman");
    assert_string_equal(q.question, "Stop 9 containers?");
    assert_string_equal(q.lost, "c0, c1, c2, c3, c4, c5 and 3 more\n"
                                "2 of them are removed when they stop.");
    assert_string_equal(q.verb, "Stop All");
    menu_ask_many(&a, ENGINE_PODMAN, OP_RESTART, "shop", list + 2, 1, &q);
    assert_string_equal(q.title, "Restart All — shop");
    assert_string_equal(q.question, "Restart 1 container?");
    assert_string_equal(q.lost, "c2");
    arena_release(&a);
    world_release(&w);
}

/* Every level stays short enough to be made within a frame, and nobody is lost. */
TEST(twenty_thousand_in_groups_fold)
{
    struct world w = {0};
    struct menu m = {0};
    struct snapshot *s = podman(&w);

    for (int i = 0; i < SNAPSHOT_COUNT_MAX; i++) {
        struct arena *a = &s->arena;

        world_member(s, arena_print(a, "p%d", i < 8000 ? 0 : i / 4), arena_print(a, "c%d", i),
                     i % 3 == 0 ? STATE_STOPPED : STATE_RUNNING);
    }
    world_menu(&w, &m);
    assert_true(m.count < MENU_FOLD + 12);
    assert_true(at(&m, PODMAN_GROUP("group", "p0"))->child_count < MENU_FOLD + 8);
    assert_true(at(&m, PODMAN_GROUP("more", "p0"))->child_count <= MENU_PAGE_MAX);
    assert_int_equal(row_of(&m, "c7999")->mark, MENU_MARK_RUNNING);
    assert_int_equal(row_of(&m, "c19999")->mark, MENU_MARK_RUNNING);
    menu_release(&m);
    world_release(&w);
}

SUITE(menu_groups, T(pins_stand_first_then_groups_then_the_rest),
      T(a_pinned_member_counts_in_its_group_and_is_no_row_of_it),
      T(what_is_hidden_is_behind_its_row_and_can_be_shown_again),
      T(pin_and_hide_are_offered_and_taken_back),
      T(a_group_has_the_mark_that_asks_for_attention_most),
      T(actions_for_all_are_for_those_that_they_fit),
      T(the_row_for_all_is_there_where_it_says_more_than_a_group), T(keys_of_groups_never_clash),
      T(names_that_are_too_long_make_no_group), T(a_group_tells_how_far_its_newest_action_is),
      T(what_failed_is_named_in_the_group_and_the_rest_is_counted),
      T(a_question_names_whom_it_is_about), T(twenty_thousand_in_groups_fold))
