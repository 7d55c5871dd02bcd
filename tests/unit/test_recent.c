/* The containers that the user did something with last, and where they stand in a folded list. */
#include "core/kit/recent.h"
#include "tests/unit/kit_rig.h"
#include "tests/unit/menu_world.h"

static void expect(const struct recent *r, const char *text)
{
    char got[RECENT_TEXT_MAX + 1];

    recent_text(r, got);
    assert_string_equal(got, text);
}

TEST(the_last_one_comes_first_and_once)
{
    struct recent r = {.count = 0};

    expect(&r, "");
    recent_use(&r, ENGINE_PODMAN, "web");
    recent_use(&r, ENGINE_DOCKER, "web");
    recent_use(&r, ENGINE_PODMAN, "db");
    expect(&r, "podman db\ndocker web\npodman web\n");
    recent_use(&r, ENGINE_PODMAN, "web");
    expect(&r, "podman web\npodman db\ndocker web\n");
    recent_use(&r, ENGINE_PODMAN, "web");
    expect(&r, "podman web\npodman db\ndocker web\n");
}

TEST(the_oldest_goes)
{
    struct recent r = {.count = 0};
    char name[32];

    for (int i = 0; i < MENU_RECENT_MAX + 2; i++) {
        snprintf(name, sizeof name, "c%d", i);
        recent_use(&r, ENGINE_APPLE, name);
    }
    assert_int_equal(r.count, MENU_RECENT_MAX);
    assert_string_equal(r.list[0].name, "c11");
    assert_string_equal(r.list[MENU_RECENT_MAX - 1].name, "c2");
}

TEST(a_text_gives_the_same_again)
{
    static const char odd[] = "podman web\nnothing\nlunar x\n\npodman \ndocker a b\napple z";
    struct recent r = {.count = 0}, again = {.count = 3};
    char text[RECENT_TEXT_MAX + 1], name[100];

    recent_use(&r, ENGINE_PODMAN, "web");
    recent_use(&r, ENGINE_APPLE, "my db");
    recent_text(&r, text);
    recent_read(&again, text);
    expect(&again, text);
    recent_read(&again, odd);
    expect(&again, "podman web\ndocker a b\napple z\n");
    recent_read(&again, "");
    expect(&again, "");

    memset(name, 'n', sizeof name - 1);
    name[sizeof name - 1] = '\0';
    for (int i = 0; i < 5; i++) {
        name[0] = (char)('a' + i);
        recent_use(&r, ENGINE_DOCKER, name);
    }
    recent_text(&r, text); /* whole lines, as many as fit */
    recent_read(&again, text);
    assert_int_equal(again.count, 2);
    assert_string_equal(again.list[0].name, name);
}

TEST(what_cannot_be_a_line_is_not_kept)
{
    struct recent r = {.count = 0};
    char name[256];

    memset(name, 'n', sizeof name - 1);
    name[sizeof name - 1] = '\0';
    recent_use(&r, ENGINE_PODMAN, name);
    recent_use(&r, ENGINE_PODMAN, "a\npodman b");
    recent_use(&r, ENGINE_PODMAN, "");
    assert_int_equal(r.count, 0);
}

/* What the file says of it. */
static void expect_kept(const struct rig *r, const char *text)
{
    struct store *s = store_new(r->data);
    struct store_pairs pairs = {0};
    struct arena a = {0};
    const char *found = "";

    assert_int_equal(store_settings(s, &a, &pairs, NULL), RC_OK);
    for (size_t i = 0; i < pairs.count; i++)
        if (strcmp(pairs.list[i].name, "recently-used") == 0)
            found = pairs.list[i].value;
    assert_string_equal(found, text);
    arena_release(&a);
    store_free(s);
}

TEST(what_is_done_with_a_container_is_kept_for_the_next_run)
{
    struct valid_id id;
    struct rig r;

    assert_int_equal(valid_id(WEB, strlen(WEB), &id, NULL), RC_OK);
    rig_begin(&r, "running");
    rig_next_run(&r);
    rig_remember(&r);
    assert_int_not_equal(click(&r, OP_START, WEB, NULL), RC_OK); /* it runs: nothing was done */
    rig_next_run(&r);
    expect_kept(&r, "");
    rig_remember(&r);
    assert_int_equal(click(&r, OP_STOP, WEB, NULL), RC_OK);
    TURN_UNTIL(&r, !is_busy(&r));
    rig_next_run(&r);
    expect_kept(&r, "docker web\n");
    rig_remember(&r);
    kit_used(r.kit, ENGINE_DOCKER, &id); /* once more is once */
    rig_next_run(&r);
    expect_kept(&r, "docker web\n");
    rig_close(&r);
    rig_close_data(&r);
}

/* ---- in the menu ---- */

static void open_world(struct world *w, int count)
{
    struct snapshot *s = world_engine(w, ENGINE_PODMAN, ENGINE_RUNNING, "");
    char name[32];

    for (int i = 0; i < count; i++) {
        snprintf(name, sizeof name, "c%03d", i);
        world_container(s, name, "", STATE_STOPPED);
    }
}

static const struct menu_item *more_of(const struct menu *m)
{
    const struct menu_item *more = menu_find(m->items, m->count, "podman/!more");

    assert_non_null(more);
    return more;
}

TEST(in_a_folded_list_they_come_first)
{
    struct world w = {.mac = false};
    const struct menu_item *more;
    struct menu m = {0};

    open_world(&w, 60);
    world_recent(&w, ENGINE_PODMAN, "c050");
    world_recent(&w, ENGINE_DOCKER, "c051"); /* another engine's */
    world_recent(&w, ENGINE_PODMAN, "c003"); /* not folded */
    world_recent(&w, ENGINE_PODMAN, "gone");
    world_recent(&w, ENGINE_PODMAN, "c040");
    world_menu(&w, &m);
    more = more_of(&m);
    assert_string_equal(more->title, "More… (40)");
    assert_int_equal(more->child_count, 41);
    assert_string_equal(more->children[0].title, "○ c050");
    assert_string_equal(more->children[1].title, "○ c040");
    assert_int_equal(more->children[2].kind, MENU_SEPARATOR);
    assert_string_equal(more->children[3].title, "○ c020");
    assert_string_equal(more->children[40].title, "○ c059");
    menu_release(&m);
    world_release(&w);
}

TEST(in_front_of_pages_they_stand_by_themselves)
{
    struct world w = {.mac = false};
    const struct menu_item *more;
    struct menu m = {0};

    open_world(&w, 400);
    world_recent(&w, ENGINE_PODMAN, "c399");
    world_menu(&w, &m);
    more = more_of(&m);
    assert_string_equal(more->title, "More… (380)");
    assert_string_equal(more->children[0].title, "○ c399");
    assert_int_equal(more->children[1].kind, MENU_SEPARATOR);
    assert_string_equal(more->children[2].key, "podman/!more-0");
    assert_string_equal(more->children[2].title, "c020 … c119");
    assert_string_equal(more->children[5].title, "c320 … c398");
    assert_int_equal(more->child_count, 6);
    menu_release(&m);
    world_release(&w);
}

TEST(a_project_comes_first_if_one_of_it_was_used)
{
    struct world w = {.mac = false};
    struct snapshot *s = world_engine(&w, ENGINE_PODMAN, ENGINE_RUNNING, "");
    struct menu m = {0};
    char name[32];

    for (int i = 0; i < 60; i++) {
        struct container *c;

        snprintf(name, sizeof name, "p%02d-%d", i / 2, i % 2);
        c = world_container(s, name, "", STATE_STOPPED);
        snprintf(name, sizeof name, "p%02d", i / 2);
        c->project = arena_str(&s->arena, name);
    }
    world_recent(&w, ENGINE_PODMAN, "p29-1");
    world_menu(&w, &m);
    assert_int_equal(more_of(&m)->child_count, 11);
    assert_non_null(strstr(more_of(&m)->children[0].title, "p29"));
    assert_int_equal(more_of(&m)->children[1].kind, MENU_SEPARATOR);
    assert_non_null(strstr(more_of(&m)->children[2].title, "p20"));
    menu_release(&m);
    world_release(&w);
}

TEST(if_all_were_used_nothing_parts_them)
{
    struct world w = {.mac = false};
    struct menu m = {0};

    open_world(&w, MENU_FOLD + 1);
    world_recent(&w, ENGINE_PODMAN, "c020");
    world_menu(&w, &m);
    assert_int_equal(more_of(&m)->child_count, 1);
    menu_release(&m);
    world_release(&w);
}

SUITE(recent, T(the_last_one_comes_first_and_once), T(the_oldest_goes),
      T(a_text_gives_the_same_again), T(what_cannot_be_a_line_is_not_kept),
      T(what_is_done_with_a_container_is_kept_for_the_next_run),
      T(in_a_folded_list_they_come_first), T(in_front_of_pages_they_stand_by_themselves),
      T(a_project_comes_first_if_one_of_it_was_used), T(if_all_were_used_nothing_parts_them))
