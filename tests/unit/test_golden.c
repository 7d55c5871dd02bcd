/* Whole menus against files in tests/golden: what a person sees, for a person to read.
 *
 * A file is the menu as text with all levels, then the tool tips. GOLDEN_UPDATE=1 in the
 * environment writes the files anew; read them before you keep them. Run from the repository's
 * root. */
#include "core/base/file.h"
#include "core/menu/menu_diff.h"
#include "core/menu/menu_text.h"
#include "core/words/words.h"
#include "tests/unit/menu_world.h"
#include "tests/unit/unit.h"
#include <stdlib.h>

static void print_tips(const struct menu_item *items, size_t count, struct buf *out)
{
    for (size_t i = 0; i < count; i++) {
        if (items[i].tip != NULL)
            assert_int_equal(buf_print(out, "\ntip of %s\n    %s\n", items[i].title, items[i].tip),
                             RC_OK);
        print_tips(items[i].children, items[i].child_count, out);
    }
}

/* Rows of containers without their children: for menus that are about something else. */
static void close_rows(struct menu_item *items, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (items[i].child_count > 0 && items[i].children[0].command == MENU_ACTION)
            items[i].child_count = 0;
        close_rows(items[i].children, items[i].child_count);
    }
}

static void check_file(const char *name, const struct buf *got)
{
    char path[256];
    struct buf want;
    struct fault why = {0};

    snprintf(path, sizeof path, "tests/golden/%s.txt", name);
    if (getenv("GOLDEN_UPDATE") != NULL) {
        FILE *f = fopen(path, "w");

        assert_non_null(f);
        assert_int_equal(fwrite(got->data, 1, got->len, f), got->len);
        assert_int_equal(fclose(f), 0);
    }
    buf_init(&want, (size_t)1 << 20);
    if (file_read(path, &want, &why) != RC_OK)
        fail_msg("%s: %s", path, why.text);
    assert_string_equal(buf_text(got), buf_text(&want));
    buf_release(&want);
}

static void check_menu(const char *name, const struct menu *m)
{
    struct buf got;

    buf_init(&got, (size_t)1 << 20);
    assert_int_equal(menu_text(m, true, &got), RC_OK);
    print_tips(m->items, m->count, &got);
    check_file(name, &got);
    buf_release(&got);
}

/* Ends the world. */
static void check(const char *name, struct world *w)
{
    struct menu m = {0};

    world_menu(w, &m);
    check_menu(name, &m);
    menu_release(&m);
    world_release(w);
}

static void check_closed(const char *name, struct world *w)
{
    struct menu m = {0};

    world_menu(w, &m);
    close_rows(m.items, m.count);
    check_menu(name, &m);
    menu_release(&m);
    world_release(w);
}

TEST(looking)
{
    struct world w = {0};

    world_engine(&w, ENGINE_DOCKER, ENGINE_MISSING, "");
    check("looking", &w);
}

TEST(no_engine)
{
    struct world w = {0};

    for (int k = 0; k < ENGINE_COUNT; k++)
        world_engine(&w, (enum engine_kind)k, ENGINE_MISSING, "");
    check("no-engine-linux", &w);
    for (int k = 0; k < ENGINE_COUNT; k++)
        world_engine(&w, (enum engine_kind)k, ENGINE_MISSING, "");
    w.mac = true;
    w.snaps[ENGINE_APPLE]->why = "Apple's container needs Apple silicon";
    check("no-engine-mac", &w);
}

TEST(down_with_an_old_list)
{
    struct world w = {0};
    struct snapshot *s = world_engine(&w, ENGINE_DOCKER, ENGINE_STOPPED, "28.2.2");
    struct container *c = NULL;

    w.mac = true;
    s->stale = true;
    s->taken_s = WORLD_NOW_S - 200;
    s->why = "Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker "
             "daemon running?";
    c = world_container(s, "web", "nginx:1.27", STATE_RUNNING);
    world_started(c, 7200);
    c->health = HEALTH_HEALTHY;
    c->address = "172.17.0.2";
    c = world_container(s, "db", "postgres:16", STATE_STOPPED);
    world_ended(c, 7200, 0);
    check("down-old-list", &w);
}

TEST(engines_in_trouble)
{
    static const struct {
        enum engine_state state;
        const char *why;
    } cases[] = {
        {ENGINE_NOT_TRUSTED, "/usr/local/bin/docker can be changed by others: the folder "
                             "/usr/local/bin is writable by the group staff."},
        {ENGINE_PERMISSION,
         "permission denied while trying to connect to the Docker daemon socket"},
        {ENGINE_NOT_RESPONDING, "No answer within 15 seconds."},
        {ENGINE_MISMATCH, "Docker 2 is installed, but its service still runs as 1"},
        {ENGINE_STOPPED, "Docker is not running"},
        {ENGINE_FAILED, "The list is not valid JSON."},
        {ENGINE_UNSEEN, ""},
    };
    struct buf all;

    buf_init(&all, (size_t)1 << 20);
    for (size_t i = 0; i < countof(cases); i++) {
        struct world w = {0};
        struct menu m = {0};
        struct snapshot *s = world_engine(&w, ENGINE_DOCKER, cases[i].state, "");

        s->why = cases[i].why;
        s->stale = cases[i].state != ENGINE_MISMATCH; /* that one answers */
        s->taken_s = WORLD_NOW_S - 50;
        world_container(s, "web", "nginx", STATE_RUNNING);
        world_menu(&w, &m);
        close_rows(m.items, m.count);
        assert_int_equal(menu_text(&m, true, &all), RC_OK);
        print_tips(m.items, m.count, &all);
        assert_int_equal(buf_text_add(&all, "\n"), RC_OK);
        menu_release(&m);
        world_release(&w);
    }
    check_file("trouble", &all);
    buf_release(&all);
}

static void add_all_states(struct snapshot *s)
{
    struct container *c =
        world_container(s, "web-frontend", "docker.io/library/nginx:1.27-alpine", STATE_RUNNING);

    world_started(c, 2 * 3600 + 100);
    c->health = HEALTH_HEALTHY;
    c->address = "10.88.0.5";
    c->project = "shop";
    world_port(s, c, (struct port){"127.0.0.1", 18080, 80, "tcp", 1});
    world_port(s, c, (struct port){"0.0.0.0", 18443, 443, "tcp", 1});
    world_port(s, c, (struct port){"::", 18443, 443, "tcp", 1});
    world_port(s, c, (struct port){"::1", 9000, 9000, "udp", 3});
    c = world_container(s, "sick", "docker.io/library/alpine:3.20", STATE_RUNNING);
    world_started(c, 59);
    c->health = HEALTH_UNHEALTHY;
    c = world_container(s, "young", "localhost/app", STATE_RUNNING);
    world_started(c, 90);
    c->health = HEALTH_STARTING;
    world_container(s, "looping", "redis:7", STATE_RESTARTING);
    world_started(world_container(s, "frozen", "redis:7", STATE_PAUSED), 86400 * 3);
    world_container(s, "on-its-way-down", "redis:7", STATE_STOPPING);
    world_container(s, "fresh", "registry.example.com:5000/team/app:v1.2.3", STATE_CREATED);
    world_ended(world_container(s, "finished", "redis:7", STATE_STOPPED), 300, 0);
    world_ended(world_container(s, "stopped-by-us", "redis:7", STATE_STOPPED), 61, 137);
    world_ended(world_container(s, "job", "redis:7", STATE_STOPPED), 86400 * 800, 3);
    world_container(s, "going", "redis:7", STATE_REMOVING);
    world_container(s, "half-removed", "redis:7", STATE_DEAD);
    world_container(s, "strange", "", STATE_UNKNOWN);
}

TEST(every_state)
{
    struct world w = {0};

    add_all_states(world_engine(&w, ENGINE_PODMAN, ENGINE_RUNNING, "4.3.1"));
    check("states", &w);
}

TEST(hostile_and_long_names)
{
    struct world w = {0};
    struct snapshot *s = world_engine(&w, ENGINE_PODMAN, ENGINE_RUNNING,
                                      "5.2.0-rc1+with.a.very.long"
                                      ".suffix.that.goes.on");
    struct container *c = NULL;
    char name[301];

    for (size_t i = 0; i < 300; i++)
        name[i] = (char)('a' + i % 26);
    name[300] = '\0';
    world_container(s, name, "registry.example.com:5000/a/very/long/path/to/some/team/app:v1.2.3",
                    STATE_RUNNING);
    world_container(s, "שרת-אתר", "7zip:1", STATE_RUNNING);
    world_container(s, "two\nlines\ttab\x1b[31m",
                    "evil\xe2\x80\xae"
                    "gpj.exe",
                    STATE_RUNNING);
    world_container(s, "broken\xff\xfe", "a/b", STATE_STOPPED);
    c = world_container(s, "digest",
                        "docker.io/library/nginx@sha256:"
                        "88a54966e3ba3e1d9a8463913c28e2ddab5279c46b3e115e8cc7b1179e2b9464",
                        STATE_STOPPED);
    c->id = "podman/!more"; /* not an id: no action may reach it, no key may clash */
    c = world_container(s, "",
                        "sha256:88a54966e3ba3e1d9a8463913c28e2ddab5279c46b3e115e8cc7b1179e2b",
                        STATE_STOPPED);
    for (int i = 0; i < 12; i++)
        world_port(s, c, (struct port){"0.0.0.0", (uint16_t)(8000 + i), 80, "tcp", 1});
    c->state = STATE_RUNNING;
    check("names", &w);
}

static void add_many(struct snapshot *s, int count)
{
    for (int i = 1; i <= count; i++) {
        char name[32];

        snprintf(name, sizeof name, "%s-%d", i % 3 == 0 ? "worker" : "web", i);
        world_container(s, name, "localhost/app:1", i % 7 == 0 ? STATE_STOPPED : STATE_RUNNING);
    }
}

TEST(sixty_containers_fold)
{
    struct world w = {0};

    add_many(world_engine(&w, ENGINE_PODMAN, ENGINE_RUNNING, "4.3.1"), 60);
    check_closed("fold-60", &w);
}

TEST(four_hundred_containers_fold_into_pages)
{
    struct world w = {0};
    struct menu m = {0};

    add_many(world_engine(&w, ENGINE_PODMAN, ENGINE_RUNNING, "4.3.1"), 400);
    world_menu(&w, &m);
    close_rows(m.items, m.count);
    for (size_t i = 0; i < m.count; i++)
        for (size_t j = 0; j < m.items[i].child_count; j++)
            if (m.items[i].children[j].child_count > 0) /* one row of each page is enough to read */
                m.items[i].children[j].child_count = 1;
    check_menu("fold-400", &m);
    menu_release(&m);
    world_release(&w);
}

TEST(actions_under_way)
{
    struct world w = {0};
    struct snapshot *s = world_engine(&w, ENGINE_APPLE, ENGINE_RUNNING, "1.2.2");

    w.mac = true;
    world_container(s, "web-frontend", "docker.io/library/nginx:1.27", STATE_RUNNING)->address =
        "192.168.64.3";
    world_container(s, "db", "docker.io/library/postgres:16", STATE_STOPPED);
    world_pending(&w, ENGINE_APPLE, OP_STOP, "web-frontend");
    check("pending", &w);
    s = world_engine(&w, ENGINE_DOCKER, ENGINE_RUNNING, "20.10.24");
    world_container(s, "one", "a", STATE_RUNNING);
    world_container(s, "two", "b", STATE_RUNNING);
    world_container(s, "three", "c", STATE_STOPPED);
    world_pending(&w, ENGINE_DOCKER, OP_RESTART, "one");
    world_pending(&w, ENGINE_DOCKER, OP_STOP, "two");
    world_pending(&w, ENGINE_DOCKER, OP_START, "three");
    check_closed("pending-many", &w);
}

TEST(what_went_wrong)
{
    struct world w = {0};
    struct snapshot *s = world_engine(&w, ENGINE_PODMAN, ENGINE_RUNNING, "4.3.1");

    world_container(s, "web", "docker.io/library/nginx:1.27", STATE_RUNNING);
    world_failure(&w, ENGINE_PODMAN, OP_STOP, "web", "an older reason");
    world_failure(&w, ENGINE_PODMAN, OP_STOP, "web",
                  "Error: given PID did not die within timeout: the container would not end, and "
                  "the engine gave up");
    world_failure(&w, ENGINE_PODMAN, OP_START, "gone-by-now", "It is gone.");
    world_failure(&w, ENGINE_PODMAN, OP_LIST, NULL, "The disk is full.");
    world_engine(&w, ENGINE_DOCKER, ENGINE_MISSING, "");
    world_failure(&w, ENGINE_DOCKER, OP_RESTART, "old", "Docker was removed.");
    check("failures", &w);
}

TEST(three_engines_and_what_is_hidden)
{
    struct world w = {0};
    struct snapshot *s = world_engine(&w, ENGINE_PODMAN, ENGINE_RUNNING, "4.3.1");

    w.mac = true;
    world_container(s, "3f2a-infra", "localhost/podman-pause:4.3.1", STATE_RUNNING)->infra = true;
    world_container(s, "web", "nginx", STATE_RUNNING);
    s = world_engine(&w, ENGINE_APPLE, ENGINE_RUNNING, "1.2.2");
    world_container(s, "buildkit", "ghcr.io/apple/container-builder-shim/builder:0.7.0",
                    STATE_STOPPED)
        ->infra = true;
    s = world_engine(&w, ENGINE_DOCKER, ENGINE_STOPPED, "");
    s->why = "Cannot connect to the Docker daemon.";
    check_closed("engines", &w);
}

TEST(what_happened_lately)
{
    static const char long_name[] = "a-name-that-is-longer-than-a-row-of-the-menu-can-be-by-far";
    struct world w = {0};
    struct menu_past *e;

    world_container(world_engine(&w, ENGINE_PODMAN, ENGINE_RUNNING, "4.3.1"), "web", "nginx",
                    STATE_RUNNING);
    w.hide_count = true;
    w.trouble = "The settings file was damaged; it is kept as "
                "container-kit.db.damaged-20261126-110559.";
    e = world_past(&w, LIFE_DIED, "web", 5);
    e->has_exit_code = true;
    e->exit_code = 3;
    e = world_past(&w, LIFE_STOPPED, "db", 180);
    e->has_exit_code = true;
    e->exit_code = 137;
    world_past(&w, LIFE_RESTARTED, "two\nlines", 3600);
    world_past(&w, LIFE_UNHEALTHY, long_name, 7200);
    world_past(&w, LIFE_STOPPED, "web", 86000)->has_exit_code = true; /* 0 */
    world_past(&w, LIFE_STARTED, "db", 86400);
    world_past(&w, LIFE_CREATED, "db", 86400 * 2);
    world_past(&w, LIFE_REMOVED, "old", 86400 * 100);
    check("history", &w);
}

/* Before the first look of a run: the last run's list, and an engine that is switched off. */
TEST(what_an_earlier_run_saw)
{
    struct world w = {0};
    struct snapshot *s = world_engine(&w, ENGINE_PODMAN, ENGINE_UNSEEN, "");

    s->stale = true;
    s->taken_s = WORLD_NOW_S - 3 * 3600;
    world_container(s, "web", "nginx", STATE_RUNNING);
    world_container(s, "db", "postgres:16", STATE_STOPPED);
    w.off[ENGINE_DOCKER] = true;
    world_container(world_engine(&w, ENGINE_DOCKER, ENGINE_RUNNING, "27.0"), "hidden", "nginx",
                    STATE_RUNNING);
    check("kept", &w);
}

TEST(an_engine_switched_off_and_no_other)
{
    struct world w = {.off = {[ENGINE_PODMAN] = true}};

    world_engine(&w, ENGINE_APPLE, ENGINE_MISSING, "");
    world_engine(&w, ENGINE_DOCKER, ENGINE_MISSING, "");
    check("off", &w);
}

TEST(every_engine_switched_off)
{
    struct world w = {.off = {true, true, true}};

    check("all-off", &w);
}

/* The same menu as people elsewhere read it. */
TEST(every_language)
{
    for (int l = 0; l < LANGUAGE_COUNT; l++) {
        struct world w = {.trouble = "The disk is full."};
        struct snapshot *s = world_engine(&w, ENGINE_PODMAN, ENGINE_RUNNING, "4.3.1");
        char name[32];

        snprintf(name, sizeof name, "language-%s", language_code((enum language)l));
        words_speak((enum language)l);
        world_container(s, "web", "nginx:1.27", STATE_RUNNING);
        world_ended(world_container(s, "db", "postgres:16", STATE_STOPPED), 7200, 137);
        world_container(s, "cache", "redis:7", STATE_PAUSED);
        world_failure(&w, ENGINE_PODMAN, OP_STOP, "web", "It did not stop.");
        world_usage(&w, ENGINE_PODMAN, "web", 12.5, 49000000, 120000, 648);
        world_engine(&w, ENGINE_DOCKER, ENGINE_STOPPED, "27.1");
        check(name, &w);
    }
    words_speak(LANGUAGE_EN);
}

TEST(what_containers_use)
{
    struct world w = {.cpu_in_rows = true};
    struct snapshot *s = world_engine(&w, ENGINE_PODMAN, ENGINE_RUNNING, "4.3.1");

    world_container(s, "web", "nginx:1.27", STATE_RUNNING);
    world_container(s, "new", "nginx:1.27", STATE_RUNNING); /* no sample yet */
    world_container(s, "old", "nginx:1.27", STATE_STOPPED);
    world_usage(&w, ENGINE_PODMAN, "web", 250, 49000000, 120000, 648);
    world_usage(&w, ENGINE_PODMAN, "old", 0, 0, 0, 0);
    check("usage", &w);
}

/* What is on screen after things happened below an open menu. */
TEST(an_open_menu)
{
    struct world w = {0};
    struct menu before = {0}, after = {0}, open = {0};
    struct snapshot *s = world_engine(&w, ENGINE_PODMAN, ENGINE_RUNNING, "4.3.1");

    world_container(s, "a", "redis:7", STATE_RUNNING);
    world_container(s, "b", "redis:7", STATE_RUNNING);
    world_container(s, "c", "redis:7", STATE_RUNNING);
    world_menu(&w, &before);
    world_release(&w);
    s = world_engine(&w, ENGINE_PODMAN, ENGINE_RUNNING, "4.3.1");
    world_ended(world_container(s, "a", "redis:7", STATE_STOPPED), 1, 1);
    world_container(s, "c", "redis:7", STATE_RUNNING);
    world_container(s, "aa", "redis:7", STATE_RUNNING);
    world_failure(&w, ENGINE_PODMAN, OP_STOP, "c", "It did not stop.");
    world_menu(&w, &after);
    menu_settle(&before, &after, &open);
    check_menu("open", &open);
    menu_release(&before);
    menu_release(&after);
    menu_release(&open);
    world_release(&w);
}

/* Windows that are open stand above the fixed rows. */
TEST(open_windows)
{
    struct world w = {0};

    world_container(world_engine(&w, ENGINE_PODMAN, ENGINE_RUNNING, "4.3.1"), "web", "nginx",
                    STATE_RUNNING);
    world_window(&w, 3, "About Container Kit");
    world_window(&w, 7,
                 "Logs of a container with a name that is much longer than a menu is wide\n");
    check_closed("windows", &w);
}

/* Compose projects in every state that one can be in, as this engine has it. */
static void groups(struct world *w, enum engine_kind kind, enum engine_state state)
{
    struct snapshot *s = world_engine(w, kind, state, "9.8");
    struct container *c;

    w->mac = kind == ENGINE_APPLE;
    s->stale = state != ENGINE_RUNNING;
    world_member(s, "shop", "shop-web", STATE_RUNNING);
    world_member(s, "shop", "shop-db", STATE_RUNNING);
    world_ended(world_member(s, "shop", "shop-migrate", STATE_STOPPED), 60, 0);
    world_member(s, "blog", "blog-web", STATE_STOPPED);
    world_member(s, "blog", "blog-db", STATE_CREATED);
    world_member(s, "solo", "solo-1", STATE_RUNNING);
    world_member(s, "sick", "sick-1", STATE_RUNNING)->health = HEALTH_UNHEALTHY;
    world_member(s, "sick", "sick-2", STATE_RUNNING)->health = HEALTH_HEALTHY;
    world_ended(world_member(s, "crash", "crash-1", STATE_STOPPED), 60, 3);
    world_member(s, "crash", "crash-2", STATE_RUNNING);
    for (int i = 1; i <= 3; i++)
        world_member(s, "busy", arena_print(&s->arena, "busy-%d", i), STATE_RUNNING);
    world_pending(w, kind, OP_STOP, "busy-2");
    world_pending(w, kind, OP_STOP, "busy-3");
    w->many[w->many_count++] = (struct menu_many){kind, OP_STOP, "busy", 1, 3};
    for (int i = 1; i <= 7; i++)
        world_member(s, "farm", arena_print(&s->arena, "farm-%d", i), STATE_RUNNING);
    world_failure(w, kind, OP_RESTART, "farm-7", "Error: the disk is full");
    world_member(s, "frozen", "frozen-1", kind == ENGINE_APPLE ? STATE_STOPPED : STATE_PAUSED);
    c = world_member(s, "a project with a name that is longer than a row of the menu", "odd-1",
                     STATE_RUNNING);
    c->auto_remove = true;
    world_container(s, "alone", "nginx", STATE_RUNNING);
    world_container(s, "builder", "builder", STATE_RUNNING)->infra = true;
    world_container(s, "noise", "nginx", STATE_RUNNING);
    world_container(s, "loved", "nginx", STATE_STOPPED);
    world_hide(w, kind, "noise");
    world_pin(w, kind, "loved");
    world_pin(w, kind, "shop-db");
    world_pin(w, kind, "is-not-there");
}

TEST(groups_of_every_engine)
{
    struct world w = {0};

    for (int k = 0; k < ENGINE_COUNT; k++) {
        char name[32];

        groups(&w, (enum engine_kind)k, ENGINE_RUNNING);
        snprintf(name, sizeof name, "groups-%s", engine_word((enum engine_kind)k));
        check_closed(name, &w);
    }
    groups(&w, ENGINE_DOCKER, ENGINE_STOPPED);
    check_closed("groups-down", &w);
    groups(&w, ENGINE_PODMAN, ENGINE_RUNNING);
    w.flat = w.helpers = true;
    check_closed("groups-flat", &w);
}

/* The same form as `container-kit list --json` prints. */
TEST(a_list_given_as_json)
{
    struct world w = {0};
    struct buf json;
    struct fault why = {0};

    buf_init(&json, (size_t)1 << 20);
    assert_int_equal(file_read("tests/golden/podman-9.json", &json, &why), RC_OK);
    assert_int_equal(
        snapshot_from_json(json.data, json.len, ENGINE_PODMAN, &w.snaps[ENGINE_PODMAN], &why),
        RC_OK);
    w.snaps[ENGINE_PODMAN]->state = ENGINE_RUNNING;
    check("podman-9", &w);
    buf_release(&json);
}

/* One line is all that an update is in the menu: where it stands depends on how much it matters. */
TEST(updates)
{
    static const struct menu_update cases[] = {
        {MENU_UPDATE_OFFERED, "1.2.0", false, "", false},
        {MENU_UPDATE_OFFERED, "1.2.0", true, "", false},
        {MENU_UPDATE_READY, "1.2.0", false, "", false},
        {MENU_UPDATE_NONE, "", false, "1.2.0", true},
    };
    struct buf all;

    buf_init(&all, (size_t)1 << 20);
    for (size_t i = 0; i < countof(cases); i++) {
        struct world w = {.update = cases[i], .hide_count = i == 2};
        struct menu m = {0};

        world_container(world_engine(&w, ENGINE_DOCKER, ENGINE_RUNNING, "28.2.2"), "web", "nginx",
                        STATE_RUNNING);
        world_menu(&w, &m);
        close_rows(m.items, m.count);
        assert_int_equal(menu_text(&m, true, &all), RC_OK);
        assert_int_equal(buf_text_add(&all, "\n"), RC_OK);
        menu_release(&m);
        world_release(&w);
    }
    check_file("updates", &all);
    buf_release(&all);
}

SUITE(golden, T(looking), T(no_engine), T(down_with_an_old_list), T(engines_in_trouble),
      T(every_state), T(hostile_and_long_names), T(sixty_containers_fold),
      T(four_hundred_containers_fold_into_pages), T(actions_under_way), T(what_went_wrong),
      T(three_engines_and_what_is_hidden), T(what_happened_lately), T(what_an_earlier_run_saw),
      T(an_engine_switched_off_and_no_other), T(every_engine_switched_off), T(every_language),
      T(what_containers_use), T(an_open_menu), T(open_windows), T(groups_of_every_engine),
      T(a_list_given_as_json), T(updates))
