/* What the golden files do not show: rows' commands, limits, rules as tables. */
#include "core/menu/menu_container.h"
#include "core/menu/menu_diff.h"
#include "core/menu/menu_section.h"
#include "core/menu/menu_shown.h"
#include "core/menu/menu_words.h"
#include "tests/unit/menu_world.h"

/* In all levels; the test fails if there is none. */
static const struct menu_item *item_of(const struct menu *m, const char *key)
{
    struct menu_keys keys = {0};
    const struct menu_item *it = NULL;

    menu_keys_init(&keys, m->items, m->count, true);
    it = menu_keys_find(&keys, key);
    menu_keys_release(&keys);
    if (it == NULL)
        fail_msg("no item %s", key);
    return it;
}

/* The item "podman/ID of name/part". */
static const struct menu_item *part_of(const struct menu *m, const char *name, const char *part)
{
    struct arena a = {0};
    const char *key = arena_print(&a, "podman/%s%s", world_id(&a, name), part);
    const struct menu_item *it = item_of(m, key);

    arena_release(&a);
    return it;
}

static size_t count_items(const struct menu_item *items, size_t count)
{
    size_t n = count;

    for (size_t i = 0; i < count; i++)
        n += count_items(items[i].children, items[i].child_count);
    return n;
}

/* Every key finds its own item: no other one has it. */
static void check_unique(const struct menu_keys *keys, const struct menu_item *items, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (menu_keys_find(keys, items[i].key) != &items[i])
            fail_msg("key %s is there twice", items[i].key);
        check_unique(keys, items[i].children, items[i].child_count);
    }
}

static void check_keys(const struct menu *m)
{
    struct menu_keys keys = {0};

    menu_keys_init(&keys, m->items, m->count, true);
    check_unique(&keys, m->items, m->count);
    menu_keys_release(&keys);
}

TEST(rows_carry_what_a_click_needs)
{
    struct world w = {0};
    struct menu m = {0};
    struct snapshot *s = world_engine(&w, ENGINE_PODMAN, ENGINE_RUNNING, "4.3.1");
    const struct menu_item *it = NULL;

    world_container(s, "web", "nginx", STATE_RUNNING)->address = "10.0.0.2";
    world_menu(&w, &m);
    it = part_of(&m, "web", "/stop");
    assert_int_equal(it->command, MENU_ACTION);
    assert_int_equal(it->op, OP_STOP);
    assert_int_equal(it->engine, ENGINE_PODMAN);
    assert_string_equal(it->id->text, s->list[0].id);
    assert_true(it->enabled);
    assert_false(part_of(&m, "web", "/start")->enabled);
    assert_int_equal(part_of(&m, "web", "/restart")->op, OP_RESTART);
    assert_string_equal(part_of(&m, "web", "/copy-id")->copy, s->list[0].id);
    assert_string_equal(part_of(&m, "web", "/copy-name")->copy, "web");
    assert_string_equal(part_of(&m, "web", "/copy-address")->copy, "10.0.0.2");
    assert_int_equal(item_of(&m, "refresh")->command, MENU_REFRESH);
    assert_int_equal(item_of(&m, "registries")->command, MENU_REGISTRIES);
    assert_int_equal(item_of(&m, "about")->command, MENU_ABOUT);
    assert_int_equal(item_of(&m, "quit")->command, MENU_QUIT);
    assert_string_equal(item_of(&m, "quit")->shortcut, "q");
    menu_release(&m);
    world_release(&w);
}

TEST(domains_are_offered_where_apples_command_can_be_run)
{
    for (int kind = 0; kind < ENGINE_COUNT; kind++) {
        for (int is = 0; is < ENGINE_STATE_COUNT; is++) {
            bool can = is != ENGINE_MISSING && is != ENGINE_NOT_TRUSTED && is != ENGINE_UNSEEN;
            struct world w = {0};
            struct menu m = {0};
            struct snapshot *s =
                world_engine(&w, (enum engine_kind)kind, (enum engine_state)is, "1");
            const struct menu_item *it;

            world_container(s, "web", "img", STATE_RUNNING);
            world_menu(&w, &m);
            it = menu_find(m.items, m.count, "apple/!dns");
            assert_int_equal(it != NULL, can && kind == ENGINE_APPLE);
            assert_true(it == NULL || (it->command == MENU_DNS && it->enabled));
            menu_release(&m);
            world_release(&w);
        }
    }
}

TEST(a_window_is_known_by_its_number)
{
    struct world w = {0};
    struct menu m = {0};

    world_window(&w, 7, "About");
    world_menu(&w, &m);
    assert_int_equal(item_of(&m, "window/7")->command, MENU_WINDOW);
    assert_int_equal(item_of(&m, "window/7")->window, 7);
    assert_int_equal(item_of(&m, "quit")->window, 0);
    assert_null(menu_find_below(m.items, m.count, "window/8"));
    menu_release(&m);
    world_release(&w);
}

TEST(paused_offers_resume_where_start_was)
{
    struct world w = {0};
    struct menu m = {0};

    world_container(world_engine(&w, ENGINE_PODMAN, ENGINE_RUNNING, ""), "web", "nginx",
                    STATE_PAUSED);
    world_menu(&w, &m);
    assert_string_equal(part_of(&m, "web", "/start")->title, "Resume");
    assert_int_equal(part_of(&m, "web", "/start")->op, OP_UNPAUSE);
    assert_true(part_of(&m, "web", "/start")->enabled);
    menu_release(&m);
    world_release(&w);
}

TEST(an_action_under_way_greys_all_three)
{
    struct world w = {0};
    struct menu m = {0};

    world_container(world_engine(&w, ENGINE_PODMAN, ENGINE_RUNNING, ""), "web", "nginx",
                    STATE_RUNNING);
    world_pending(&w, ENGINE_PODMAN, OP_STOP, "web");
    world_menu(&w, &m);
    assert_false(part_of(&m, "web", "/start")->enabled);
    assert_false(part_of(&m, "web", "/stop")->enabled);
    assert_false(part_of(&m, "web", "/restart")->enabled);
    assert_int_equal(part_of(&m, "web", "")->mark, MENU_MARK_BUSY);
    assert_true(part_of(&m, "web", "")->enabled);
    menu_release(&m);
    world_release(&w);
}

TEST(the_same_id_on_another_engine_is_another_container)
{
    struct world w = {0};
    struct menu m = {0};

    world_container(world_engine(&w, ENGINE_PODMAN, ENGINE_RUNNING, ""), "web", "nginx",
                    STATE_RUNNING);
    world_pending(&w, ENGINE_DOCKER, OP_STOP, "web");
    world_failure(&w, ENGINE_DOCKER, OP_STOP, "web", "no");
    world_menu(&w, &m);
    assert_true(part_of(&m, "web", "/stop")->enabled);
    assert_string_equal(part_of(&m, "web", "")->title, "● web — nginx");
    assert_string_equal(m.status_tip, "1 container running — 1 action under way");
    menu_release(&m);
    w.pending_count = 0;
    world_pending(&w, ENGINE_PODMAN, OP_RESTART, "web");
    world_pending(&w, ENGINE_DOCKER, OP_STOP, "web");
    world_menu(&w, &m);
    assert_string_equal(part_of(&m, "web", "")->title, "↻ web — restarting…");
    menu_release(&m);
    world_release(&w);
}

TEST(actions_are_greyed_when_the_engine_is_sure_to_refuse)
{
    static const bool acts[ENGINE_STATE_COUNT] = {
        [ENGINE_UNSEEN] = true,   [ENGINE_RUNNING] = true, [ENGINE_NOT_RESPONDING] = true,
        [ENGINE_MISMATCH] = true, [ENGINE_FAILED] = true,
    };

    for (int i = 0; i < ENGINE_STATE_COUNT; i++) {
        struct world w = {0};
        struct menu m = {0};

        if (i == ENGINE_MISSING)
            continue; /* has no rows at all */
        world_container(world_engine(&w, ENGINE_PODMAN, (enum engine_state)i, ""), "db", "",
                        STATE_STOPPED);
        world_menu(&w, &m);
        assert_int_equal(part_of(&m, "db", "/start")->enabled, acts[i]);
        assert_true(part_of(&m, "db", "/copy-id")->enabled);
        menu_release(&m);
        world_release(&w);
    }
}

TEST(what_is_no_id_reaches_no_command)
{
    static const char *const ids[] = {"-a", "x/stop", "more", "!more", "", "a\nb"};
    struct world w = {0};
    struct menu m = {0};
    struct snapshot *s = world_engine(&w, ENGINE_PODMAN, ENGINE_RUNNING, "");

    for (size_t i = 0; i < countof(ids); i++)
        world_container(s, "n", "", STATE_RUNNING)->id = ids[i];
    world_container(s, "n", "", STATE_RUNNING)->id = "x";
    world_menu(&w, &m);
    check_keys(&m);
    for (size_t i = 0; i < m.count; i++) {
        const struct menu_item *stop = menu_find(&m.items[i], 1, m.items[i].key)->children;

        if (stop == NULL || m.items[i].mark == MENU_MARK_NONE)
            continue;
        stop++; /* the second child */
        assert_int_equal(stop->enabled, stop->id->text[0] != '\0');
        if (stop->enabled)
            assert_true(strcmp(stop->id->text, "x") == 0 || strcmp(stop->id->text, "more") == 0);
    }
    menu_release(&m);
    world_release(&w);
}

TEST(copied_text_ends_no_line_in_a_terminal)
{
    struct world w = {0};
    struct menu m = {0};
    struct snapshot *s = world_engine(&w, ENGINE_PODMAN, ENGINE_RUNNING, "");
    struct container *c = world_container(s, "web", "", STATE_RUNNING);

    c->name = "x; rm -rf ~\n";
    world_menu(&w, &m);
    assert_string_equal(part_of(&m, "web", "/copy-name")->copy, "x; rm -rf ~\\x0A");
    menu_release(&m);
    world_release(&w);
}

/* Freed input must not be looked at any more: the address sanitizer tells. */
TEST(a_menu_borrows_nothing)
{
    struct world w = {0};
    struct menu m = {0};
    struct snapshot *s = world_engine(&w, ENGINE_PODMAN, ENGINE_RUNNING, "4.3.1");
    struct container *c = world_container(s, "web", "nginx", STATE_RUNNING);

    c->address = arena_str(&s->arena, "10.0.0.2");
    c->project = arena_str(&s->arena, "shop");
    world_pending(&w, ENGINE_PODMAN, OP_STOP, "web");
    world_failure(&w, ENGINE_PODMAN, OP_STOP, "web", "no");
    world_menu(&w, &m);
    world_release(&w);
    assert_string_equal(part_of(&m, "web", "/copy-address")->copy, "10.0.0.2");
    assert_string_equal(part_of(&m, "web", "/project")->title, "Project: shop");
    assert_string_equal(part_of(&m, "web", "/failure/0")->title, "⚠ Could not stop: no");
    assert_string_equal(part_of(&m, "web", "/id")->title + 4, "5ea0e1194872");
    menu_release(&m);
}

TEST(sentences_break_between_words)
{
    struct arena a = {0};
    struct menu_list l = {0};
    char longest[600];

    menu_sentence_add(&a, &l, "k", "short");
    assert_int_equal(l.count, 1);
    assert_string_equal(l.items[0].key, "k/0");
    assert_string_equal(l.items[0].title, "short");
    assert_null(l.items[0].tip);
    menu_list_release(&l);
    menu_sentence_add(&a, &l, "k", "");
    assert_int_equal(l.count, 0);
    /* 72 characters, the é being one, then a space: all of them are the first line */
    menu_sentence_add(
        &a, &l, "k",
        "\u00e9aaaaaaa bbbbbbbbb ccccccccc ddddddddd eeeeeeeee fffffffff ggggggggg hhh "
        "second");
    assert_int_equal(l.count, 2);
    assert_string_equal(l.items[1].title, "second");
    menu_list_release(&l);
    memset(longest, 'x', sizeof longest); /* no space at all */
    longest[sizeof longest - 1] = '\0';
    menu_sentence_add(&a, &l, "k", longest);
    assert_int_equal(l.count, MENU_NOTE_LINES);
    assert_int_equal(strlen(l.items[0].title), MENU_NOTE_MAX);
    assert_in_range(strlen(l.items[2].title), 1, MENU_NOTE_MAX);
    assert_string_equal(l.items[2].tip, longest);
    menu_list_release(&l);
    arena_release(&a);
}

TEST(the_same_input_gives_the_same_menu)
{
    struct world w = {0};
    struct menu a = {0}, b = {0};
    size_t count = 1;

    world_container(world_engine(&w, ENGINE_PODMAN, ENGINE_RUNNING, "4.3.1"), "web", "nginx",
                    STATE_RUNNING);
    world_menu(&w, &a);
    world_menu(&w, &b);
    assert_null(menu_diff(a.items, a.count, b.items, b.count, &count));
    assert_int_equal(count, 0);
    menu_release(&a);
    menu_release(&b);
    world_release(&w);
}

TEST(marks_tell_states_apart)
{
    static const struct {
        enum container_state state;
        enum health health;
        int64_t exit_code; /* -1: none */
        enum menu_mark mark;
    } cases[] = {
        {STATE_RUNNING, HEALTH_NONE, -1, MENU_MARK_RUNNING},
        {STATE_RUNNING, HEALTH_HEALTHY, -1, MENU_MARK_RUNNING},
        {STATE_RUNNING, HEALTH_UNHEALTHY, -1, MENU_MARK_UNHEALTHY},
        {STATE_RUNNING, HEALTH_NONE, 1, MENU_MARK_RUNNING},
        {STATE_STOPPED, HEALTH_UNHEALTHY, 0, MENU_MARK_STOPPED},
        {STATE_STOPPED, HEALTH_NONE, -1, MENU_MARK_STOPPED},
        {STATE_STOPPED, HEALTH_NONE, 1, MENU_MARK_FAILED},
        {STATE_STOPPED, HEALTH_NONE, 130, MENU_MARK_STOPPED},
        {STATE_STOPPED, HEALTH_NONE, 137, MENU_MARK_STOPPED},
        {STATE_STOPPED, HEALTH_NONE, 143, MENU_MARK_STOPPED},
        {STATE_STOPPED, HEALTH_NONE, 139, MENU_MARK_FAILED},
        {STATE_CREATED, HEALTH_NONE, -1, MENU_MARK_CREATED},
        {STATE_PAUSED, HEALTH_NONE, -1, MENU_MARK_PAUSED},
        {STATE_RESTARTING, HEALTH_NONE, -1, MENU_MARK_BUSY},
        {STATE_STOPPING, HEALTH_NONE, -1, MENU_MARK_BUSY},
        {STATE_REMOVING, HEALTH_NONE, -1, MENU_MARK_BUSY},
        {STATE_DEAD, HEALTH_NONE, -1, MENU_MARK_FAILED},
        {STATE_UNKNOWN, HEALTH_NONE, -1, MENU_MARK_UNKNOWN},
    };

    for (size_t i = 0; i < countof(cases); i++) {
        struct world w = {0};
        struct menu m = {0};
        struct container *c = world_container(world_engine(&w, ENGINE_PODMAN, ENGINE_RUNNING, ""),
                                              "web", "nginx", cases[i].state);
        const struct menu_item *row = NULL;
        const char *mark = menu_mark_text(cases[i].mark);

        c->health = cases[i].health;
        c->has_exit_code = cases[i].exit_code >= 0;
        c->exit_code = cases[i].exit_code;
        world_menu(&w, &m);
        row = part_of(&m, "web", "");
        if (row->mark != cases[i].mark)
            fail_msg("case %zu: mark %d", i, row->mark);
        assert_memory_equal(row->title, mark, strlen(mark));
        menu_release(&m);
        world_release(&w);
    }
}

TEST(every_mark_has_its_own_character)
{
    for (int i = 1; i < MENU_MARK_COUNT; i++)
        for (int j = 1; j < i; j++)
            assert_string_not_equal(menu_mark_text((enum menu_mark)i),
                                    menu_mark_text((enum menu_mark)j));
    assert_string_equal(menu_mark_text(MENU_MARK_NONE), "");
}

TEST(images_lose_what_goes_without_saying)
{
    static const char digest[] = "88a54966e3ba3e1d9a8463913c28e2ddab5279c46b3e115e8cc7b1179e2b9464";
    static const struct {
        const char *image, *shown;
        bool cut;
    } cases[] = {
        {"docker.io/library/nginx:1.27", "nginx:1.27", false},
        {"docker.io/grafana/loki", "grafana/loki", false},
        {"localhost/app:1", "app:1", false},
        {"localhost:5000/app:1", "localhost:5000/app:1", false},
        {"quay.io/a/b", "quay.io/a/b", false},
        {"docker.io/library/", "library/", false},
        {"docker.io/localhost/x", "x", false},
        {"", "", false},
        {"registry.example.com:5000/team/app:v1.2.3", "registry.example.c…0/team/app:v1.2.3", true},
    };
    struct arena a = {0};

    for (size_t i = 0; i < countof(cases); i++) {
        struct menu_shown shown = menu_show_image(&a, cases[i].image, MENU_IMAGE_MAX);

        assert_string_equal(shown.text, cases[i].shown);
        assert_int_equal(shown.full != NULL, cases[i].cut);
    }
    assert_string_equal(menu_show_image(&a, digest, 36).text, "88a54966e3ba");
    assert_string_equal(menu_show_image(&a, arena_print(&a, "sha256:%s", digest), 36).text,
                        "sha256:88a54966e3ba");
    assert_string_equal(
        menu_show_image(&a, arena_print(&a, "docker.io/library/a:1@sha256:%s", digest), 36).text,
        "a:1@sha256:88a54966e3ba");
    assert_string_equal(menu_show_image(&a, arena_print(&a, "x:%sZ", digest), 100).text,
                        arena_print(&a, "x:%sZ", digest));
    arena_release(&a);
}

TEST(right_to_left_names_are_fenced)
{
    static const struct {
        const char *name, *shown;
    } cases[] = {
        {"web", "web"},
        {"caf\u00e9 \u6771\u4eac", "caf\u00e9 \u6771\u4eac"},
        {"\u05e9\u05e8\u05ea", "\u200e\u05e9\u05e8\u05ea\u200e"},
        {"web-\u0645", "\u200eweb-\u0645\u200e"},
        {"\U0001e900", "\u200e\U0001e900\u200e"},
        {"a\u202eb", "a\\u{202E}b"},
        {"a\u200fb", "a\\u{200F}b"},
    };
    struct arena a = {0};

    for (size_t i = 0; i < countof(cases); i++) {
        struct menu_shown shown = menu_show(&a, cases[i].name, 44);

        assert_string_equal(shown.text, cases[i].shown);
        assert_null(shown.full);
    }
    arena_release(&a);
}

/* Of Apple, Docker, Podman: "u" unseen, "r" running, "s" stopped, "m" missing, "n" no answer,
 * "x" mismatch. */
static enum engine_state state_of(char letter)
{
    return letter == 'u'   ? ENGINE_UNSEEN
           : letter == 'r' ? ENGINE_RUNNING
           : letter == 's' ? ENGINE_STOPPED
           : letter == 'm' ? ENGINE_MISSING
           : letter == 'x' ? ENGINE_MISMATCH
                           : ENGINE_NOT_RESPONDING;
}

TEST(the_icon_tells_how_things_are)
{
    static const struct {
        const char *states;
        int running; /* of podman */
        enum menu_icon icon;
        const char *title, *tip;
    } cases[] = {
        {"uuu", 0, MENU_ICON_IDLE, "", "Looking for container engines…"},
        {"mmu", 0, MENU_ICON_IDLE, "", "Looking for container engines…"},
        {"mmm", 0, MENU_ICON_DOWN, "", "No container engine found"},
        {"mmr", 0, MENU_ICON_IDLE, "", "No containers running"},
        {"mmr", 1, MENU_ICON_RUNNING, "1", "1 container running"},
        {"msr", 2, MENU_ICON_RUNNING, "2", "2 containers running"},
        {"msr", 0, MENU_ICON_IDLE, "", "No containers running"},
        {"msm", 0, MENU_ICON_DOWN, "", "Docker is not running"},
        {"ssm", 0, MENU_ICON_DOWN, "", "No container engine is running"},
        {"mms", 2, MENU_ICON_DOWN, "", "Podman is not running"},
        {"mmn", 2, MENU_ICON_DOWN, "", "Podman is not responding"},
        {"mmx", 2, MENU_ICON_RUNNING, "2", "2 containers running"},
        {"mus", 0, MENU_ICON_DOWN, "", "Podman is not running"},
    };

    for (size_t i = 0; i < countof(cases); i++) {
        struct world w = {0};
        struct menu m = {0};

        for (int k = 0; k < ENGINE_COUNT; k++)
            world_engine(&w, (enum engine_kind)k, state_of(cases[i].states[k]), "");
        for (int n = 0; n < cases[i].running; n++)
            world_container(w.snaps[ENGINE_PODMAN], n == 0 ? "a" : "b", "", STATE_RUNNING);
        if (cases[i].states[ENGINE_PODMAN] != 'u')
            world_container(w.snaps[ENGINE_PODMAN], "infra", "", STATE_RUNNING)->infra = true;
        world_menu(&w, &m);
        assert_string_equal(m.status_tip, cases[i].tip);
        assert_string_equal(m.status_title, cases[i].title);
        assert_string_equal(menu_icon_word(m.icon), menu_icon_word(cases[i].icon));
        menu_release(&m);
        world_release(&w);
    }
}

/* Every container once, in levels that a person can look through. */
static void count_rows(const struct menu_item *items, size_t count, size_t level_max, size_t *rows)
{
    size_t here = 0;

    for (size_t i = 0; i < count; i++) {
        here += items[i].kind == MENU_ROW;
        *rows += items[i].mark != MENU_MARK_NONE;
        if (items[i].mark == MENU_MARK_NONE)
            count_rows(items[i].children, items[i].child_count, level_max, rows);
    }
    if (here > level_max)
        fail_msg("%zu rows in a level", here);
}

static void check_many(size_t count, size_t level_max)
{
    struct world w = {0};
    struct menu m = {0};
    struct snapshot *s = world_engine(&w, ENGINE_PODMAN, ENGINE_RUNNING, "4.3.1");
    size_t rows = 0;

    for (size_t i = 0; i < count; i++) {
        char name[32];

        snprintf(name, sizeof name, "job-%zu", i);
        world_container(s, name, "localhost/job:1", i % 3 == 0 ? STATE_RUNNING : STATE_STOPPED);
    }
    world_menu(&w, &m);
    count_rows(m.items, m.count, level_max, &rows);
    assert_int_equal(rows, count);
    check_keys(&m);
    if (count > MENU_FOLD)
        assert_in_range(item_of(&m, "podman/!more")->child_count, 1, MENU_PAGE_MAX);
    menu_release(&m);
    world_release(&w);
}

TEST(long_lists_fold_into_short_levels)
{
    static const size_t counts[] = {0, 1, 24, 25, 26, 125, 126, 225, 1000, 3000};

    for (size_t i = 0; i < countof(counts); i++)
        check_many(counts[i], MENU_PAGE_MAX);
}

TEST(the_longest_list_folds_into_a_hundred_pages)
{
    check_many(SNAPSHOT_COUNT_MAX, 200);
}

TEST(a_menu_of_a_hundred_containers_is_of_bounded_size)
{
    struct world w = {0};
    struct menu m = {0};
    struct snapshot *s = world_engine(&w, ENGINE_PODMAN, ENGINE_RUNNING, "4.3.1");

    for (int i = 0; i < 100; i++) {
        char name[32];
        struct container *c = NULL;

        snprintf(name, sizeof name, "c%d", i);
        c = world_container(s, name, "i", STATE_RUNNING);
        for (int p = 0; p < SNAPSHOT_PORTS_MAX && i == 0; p++)
            world_port(s, c, (struct port){"127.0.0.1", (uint16_t)p, 1, "tcp", 1});
    }
    world_menu(&w, &m);
    assert_in_range(count_items(m.items, m.count), 100, 100 * 31);
    assert_string_equal(part_of(&m, "c0", "/ports")->title, "… and 248 more ports");
    menu_release(&m);
    world_release(&w);
}

TEST(only_the_newest_failures_are_told)
{
    struct world w = {0};
    struct menu m = {0};
    struct arena a = {0};
    size_t told = 0;

    world_engine(&w, ENGINE_PODMAN, ENGINE_RUNNING, "");
    for (int i = 0; i < WORLD_ACTIONS_MAX; i++) {
        char name[32];

        snprintf(name, sizeof name, "c%d", i);
        world_failure(&w, ENGINE_PODMAN, OP_STOP, name, "no");
    }
    world_menu(&w, &m);
    for (size_t i = 0; i < m.count; i++)
        told += strstr(m.items[i].title, "could not stop") != NULL;
    assert_int_equal(told, 5);
    item_of(&m, arena_print(&a, "podman/!failure/%s", world_id(&a, "c7")));
    item_of(&m, arena_print(&a, "podman/!failure/%s", world_id(&a, "c3")));
    arena_release(&a);
    menu_release(&m);
    world_release(&w);
}

SUITE(menu_build, T(rows_carry_what_a_click_needs),
      T(domains_are_offered_where_apples_command_can_be_run), T(a_window_is_known_by_its_number),
      T(paused_offers_resume_where_start_was), T(an_action_under_way_greys_all_three),
      T(the_same_id_on_another_engine_is_another_container),
      T(actions_are_greyed_when_the_engine_is_sure_to_refuse), T(what_is_no_id_reaches_no_command),
      T(copied_text_ends_no_line_in_a_terminal), T(a_menu_borrows_nothing),
      T(sentences_break_between_words), T(the_same_input_gives_the_same_menu),
      T(marks_tell_states_apart), T(every_mark_has_its_own_character),
      T(images_lose_what_goes_without_saying), T(right_to_left_names_are_fenced),

      T(the_icon_tells_how_things_are), T(long_lists_fold_into_short_levels),
      T(the_longest_list_folds_into_a_hundred_pages),
      T(a_menu_of_a_hundred_containers_is_of_bounded_size), T(only_the_newest_failures_are_told))
