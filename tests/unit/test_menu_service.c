/* What a section says of the service behind its engine: whole sections, as a person reads them. */
#include "core/menu/menu_service.h"
#include "core/menu/menu_text.h"
#include "tests/unit/menu_world.h"

/* The rows above the fixed ones, of a menu with one section. */
static void check(struct world *w, const char *want)
{
    struct menu m = {0};
    struct buf got;
    char *end;

    world_menu(w, &m);
    buf_init(&got, (size_t)1 << 20);
    assert_int_equal(menu_text(&m, false, &got), RC_OK);
    end = strstr(got.data, "- - -\n");
    assert_non_null(end);
    *end = '\0';
    assert_string_equal(strchr(got.data, '\n') + 1, want);
    buf_release(&got);
    menu_release(&m);
    world_release(w);
}

static struct snapshot *apple(struct world *w, enum engine_state state, enum engine_service service)
{
    struct snapshot *s = world_engine(w, ENGINE_APPLE, state, "1.2.2");

    w->mac = true;
    s->service = service;
    return s;
}

/* An action for the engine itself. */
static void pending(struct world *w, enum engine_kind kind, enum op op)
{
    w->pending[w->pending_count++] = (struct menu_pending){.engine = kind, .op = op};
}

TEST(a_stopped_service_has_a_row_that_starts_it)
{
    struct world w = {0};

    apple(&w, ENGINE_STOPPED, SERVICE_STOPPED);
    check(&w, "(Apple container 1.2.2 — not running)\n"
              "DNS Domains…\n"
              "Start Apple container\n");
}

TEST(without_a_service_there_is_the_hint_alone)
{
    struct world w = {0};

    world_engine(&w, ENGINE_DOCKER, ENGINE_STOPPED, "");
    check(&w, "(Docker — not running)\n"
              "(To start it: sudo systemctl start docker)\n");
}

TEST(an_engine_elsewhere_has_neither)
{
    struct world w = {0};

    world_engine(&w, ENGINE_DOCKER, ENGINE_STOPPED, "27.1")->context = "build-server";
    check(&w, "(Docker 27.1 — context: build-server — not running)\n");
}

TEST(a_running_service_can_be_stopped)
{
    struct world w = {0};
    struct snapshot *s = world_engine(&w, ENGINE_PODMAN, ENGINE_RUNNING, "5.2");

    s->service = SERVICE_RUNNING;
    check(&w, "(Podman 5.2 — no containers)\n"
              "Stop Podman…\n");
}

TEST(a_start_tells_that_it_takes_its_time)
{
    struct world w = {0};

    apple(&w, ENGINE_STOPPED, SERVICE_STOPPED);
    pending(&w, ENGINE_APPLE, OP_SERVICE_START);
    check(&w, "(Apple container 1.2.2 — starting…)\n"
              "(The first time this can take some minutes.)\n"
              "DNS Domains…\n"
              "(Start Apple container)\n");
}

TEST(versions_that_do_not_fit_are_told_with_what_to_do)
{
    struct world w = {0};
    struct snapshot *s = apple(&w, ENGINE_MISMATCH, SERVICE_RUNNING);

    s->client = "1.4.1";
    s->why = "the same, in English";
    check(&w, "(Apple container 1.2.2 — no containers)\n"
              "(⚠ Apple container 1.4.1 is installed, but its service still runs as)\n"
              "(1.2.2. Restarting it makes them fit.)\n"
              "DNS Domains…\n"
              "Restart Apple container…\n"
              "Stop Apple container…\n");
}

TEST(the_service_of_another_installation_is_named)
{
    struct world w = {0};
    struct snapshot *s = apple(&w, ENGINE_RUNNING, SERVICE_RUNNING);

    s->origin = ORIGIN_OTHER;
    s->root = "/opt/else\nwhere";
    check(&w, "(Apple container 1.2.2 — no containers)\n"
              "(⚠ The service of another installation answers: /opt/else\\x0Awhere.)\n"
              "(Restarting it uses the one shown here.)\n"
              "DNS Domains…\n"
              "Restart Apple container…\n"
              "Stop Apple container…\n");
}

TEST(a_newer_engine_that_came_with_us_waits_for_a_restart)
{
    struct world w = {0};
    struct snapshot *s = apple(&w, ENGINE_RUNNING, SERVICE_RUNNING);

    s->origin = ORIGIN_OLDER;
    s->root = "/data/engine/1.2.2-abc";
    check(&w, "(Apple container 1.2.2 — no containers)\n"
              "(⚠ A newer Apple container came with Container Kit. It is used after a)\n"
              "(restart of the service.)\n"
              "DNS Domains…\n"
              "Restart Apple container…\n"
              "Stop Apple container…\n");
}

TEST(what_is_under_way_is_in_the_tip_of_the_icon)
{
    struct world w = {0};
    struct menu m = {0};

    apple(&w, ENGINE_STOPPED, SERVICE_STOPPED);
    pending(&w, ENGINE_APPLE, OP_SERVICE_START);
    world_menu(&w, &m);
    assert_int_equal(m.icon, MENU_ICON_BUSY);
    assert_non_null(strstr(m.status_tip, "Apple container: starting…"));
    menu_release(&m);
    world_release(&w);
}

/* A service that may end with the program is told where one quits. */
TEST(quit_says_what_may_end)
{
    struct world w = {0};
    struct snapshot *s = apple(&w, ENGINE_RUNNING, SERVICE_RUNNING);
    struct menu_input in = {.may_end = {true}, .mac = true};
    struct menu m = {0};
    const struct menu_item *note;

    snapshot_seal(s);
    in.snaps[ENGINE_APPLE] = s;
    menu_build(&m, &in);
    note = menu_find(m.items, m.count, "may-end/apple");
    assert_non_null(note);
    assert_string_equal(note[1].key, "quit");
    assert_string_equal(note->title,
                        "Apple container was started here and may stop when you quit.");
    menu_release(&m);
    world_release(&w);
}

TEST(a_stop_asks_with_what_is_lost)
{
    struct menu_question q;
    struct arena a = {0};
    struct world w = {0};
    struct snapshot *s = world_engine(&w, ENGINE_PODMAN, ENGINE_RUNNING, "5.2");

    menu_service_ask(&a, ENGINE_PODMAN, OP_SERVICE_STOP, NULL, &q);
    assert_string_equal(q.question, "Stop Podman?");
    assert_string_equal(q.lost, "No container is running.");
    world_container(s, "web", "nginx", STATE_RUNNING);
    world_container(s, "pod", "pause", STATE_RUNNING)->infra = true;
    world_container(s, "old", "nginx", STATE_STOPPED);
    menu_service_ask(&a, ENGINE_PODMAN, OP_SERVICE_RESTART, s, &q);
    assert_string_equal(q.question, "Restart Podman?");
    assert_string_equal(q.lost, "This stops 2 running containers.");
    assert_string_equal(q.verb, "Restart");
    arena_release(&a);
    world_release(&w);
}

SUITE(menu_service, T(a_stopped_service_has_a_row_that_starts_it),
      T(without_a_service_there_is_the_hint_alone), T(an_engine_elsewhere_has_neither),
      T(a_running_service_can_be_stopped), T(a_start_tells_that_it_takes_its_time),
      T(versions_that_do_not_fit_are_told_with_what_to_do),
      T(the_service_of_another_installation_is_named),
      T(a_newer_engine_that_came_with_us_waits_for_a_restart),
      T(what_is_under_way_is_in_the_tip_of_the_icon), T(quit_says_what_may_end),
      T(a_stop_asks_with_what_is_lost))
