/* Which containers somebody means who types. */
#include "core/base/fold.h"
#include "core/menu/menu_filter.h"
#include "tests/unit/menu_world.h"
#include "tests/unit/unit.h"

#define MAX 50

TEST(letters_are_compared_small_and_without_marks)
{
    static const struct {
        const char *text, *folded;
    } cases[] = {
        {"", ""},
        {"Web-1_X.y", "web-1_x.y"},
        {"L\u00c4uft", "lauft"},
        {"arr\u00eat\u00e9", "arrete"},
        {"arre\u0302te\u0301", "arrete"}, /* the same with marks of their own */
        {"\u00c5ngstr\u00f6m \u0141\u00f3d\u017a \u0160koda", "angstrom lodz skoda"},
        {"\u00c6\u00df\u0152\u0133", "asoi"},
        {"\u00d7\u00f7", "\u00d7\u00f7"},
        {"\u0391\u03a9 \u0416\u0401", "\u03b1\u03c9 \u0436\u0451"},
        {"\uff37\uff45\uff42", "web"},
        {"\u5b9f\u884c\u4e2d", "\u5b9f\u884c\u4e2d"},
        {"a\xff\xc3", "a\xff\xc3"},
    };
    struct arena a = {0};

    for (size_t i = 0; i < countof(cases); i++)
        assert_string_equal(fold_text(&a, cases[i].text), cases[i].folded);
    arena_release(&a);
}

struct shop {
    struct world w;
    struct menu m;
    struct menu_find find;
};

static void open_shop(struct shop *s, void (*change)(struct snapshot *podman))
{
    struct snapshot *podman, *docker;
    struct container *c;

    *s = (struct shop){.find = {0}};
    podman = world_engine(&s->w, ENGINE_PODMAN, ENGINE_RUNNING, "");
    docker = world_engine(&s->w, ENGINE_DOCKER, ENGINE_RUNNING, "");
    c = world_container(podman, "web", "nginx:1.27", STATE_RUNNING);
    c->project = "b\u00fccher";
    world_container(podman, "db", "postgres:16", STATE_RUNNING);
    world_container(podman, "job", "busybox", STATE_STOPPED);
    world_container(docker, "webhook", "ghcr.io/x/hook", STATE_PAUSED);
    if (change != NULL)
        change(podman);
    world_menu(&s->w, &s->m);
    menu_find_init(&s->find, &s->m);
}

static void close_shop(struct shop *s)
{
    menu_find_release(&s->find);
    menu_release(&s->m);
    world_release(&s->w);
}

/* The titles without their marks, each in brackets; a gone one in round ones. */
static void names_of(const struct menu_found *found, char *out, size_t size)
{
    size_t len = 0;

    out[0] = '\0';
    for (size_t i = 0; i < found->count; i++) {
        const struct menu_found_row *r = &found->rows[i];
        const char *name = strchr(r->title, ' ') + 1;
        int n = (int)strcspn(name, " ");

        len +=
            (size_t)snprintf(out + len, size - len, r->item != NULL ? "[%.*s]" : "(%.*s)", n, name);
    }
}

static void expect(struct shop *s, const char *typed, const char *names)
{
    struct menu_found found = {0};
    char got[4096];

    menu_find_rows(&s->find, typed, NULL, MAX, &found);
    names_of(&found, got, sizeof got);
    if (strcmp(got, names) != 0)
        fail_msg("\"%s\" finds %s", typed, got);
    menu_found_release(&found);
}

TEST(each_word_must_be_in_one_of_the_texts)
{
    struct shop s;
    char id[32];

    open_shop(&s, NULL);
    expect(&s, "", "[webhook][web][db][job]");
    expect(&s, "  ", "[webhook][web][db][job]");
    expect(&s, "web", "[webhook][web]");
    expect(&s, "WEB nginx", "[web]");
    expect(&s, "hook web", "[webhook]");
    expect(&s, "web nothing", "");
    expect(&s, "Bu\u0308cher", "[web]");
    expect(&s, "bucher", "[web]");
    expect(&s, "paused", "[webhook]");
    expect(&s, "running podman", "[web][db]");
    expect(&s, "docker", "[webhook]");
    expect(&s, "ghcr.io/x", "[webhook]");
    expect(&s, "[", "");
    snprintf(id, sizeof id, "%.12s", world_id(&s.find.arena, "job"));
    expect(&s, id, "[job]");
    close_shop(&s);
}

TEST(words_beyond_the_eighth_are_not_looked_at)
{
    struct shop s;

    open_shop(&s, NULL);
    expect(&s, "w e b n g i x 2 nothing", "[web]");
    expect(&s, "w e b n g i x nothing", "");
    close_shop(&s);
}

static void add_many(struct snapshot *podman)
{
    char name[32];

    for (int i = 0; i < 400; i++) {
        snprintf(name, sizeof name, "many-%d", i);
        world_container(podman, name, "img", STATE_CREATED);
    }
}

TEST(what_is_folded_is_found_and_what_is_too_much_counted)
{
    struct menu_found found = {0};
    struct shop s;

    open_shop(&s, add_many);
    expect(&s, "many-399", "[many-399]");
    menu_find_rows(&s.find, "many", NULL, MAX, &found);
    assert_int_equal(found.count, MAX);
    assert_int_equal(found.left_out, 350);
    menu_found_release(&found);
    close_shop(&s);
}

static struct container *named(struct snapshot *s, const char *name)
{
    for (size_t i = 0; i < s->count; i++)
        if (strcmp(s->list[i].name, name) == 0)
            return &s->list[i];
    return NULL;
}

/* web has ended, db is gone, api is new. */
static void live_on(struct snapshot *podman)
{
    named(podman, "web")->state = STATE_STOPPED;
    *named(podman, "db") = *named(podman, "job");
    podman->count--;
    world_container(podman, "api", "img", STATE_RUNNING);
}

TEST(rows_keep_their_places_until_something_else_is_typed)
{
    struct menu_found before = {0}, after = {0}, later = {0};
    struct shop s, then;
    char got[256];

    open_shop(&s, NULL);
    menu_find_rows(&s.find, "", NULL, MAX, &before);
    close_shop(&s); /* what was found outlives the menu */
    open_shop(&then, live_on);
    menu_find_rows(&then.find, "", &before, MAX, &after);
    names_of(&after, got, sizeof got);
    assert_string_equal(got, "[webhook][web](db)[job][api]");
    assert_string_equal(after.rows[1].title, "○ web — nginx:1.27");
    menu_find_rows(&then.find, "", &after, MAX, &later);
    names_of(&later, got, sizeof got);
    assert_string_equal(got, "[webhook][web](db)[job][api]");
    expect(&then, "", "[webhook][web][api][job]");
    close_shop(&then);
    menu_found_release(&before);
    menu_found_release(&after);
    menu_found_release(&later);
}

TEST(a_row_that_does_not_fit_any_more_stays_where_it_is)
{
    struct menu_found before = {0}, after = {0};
    struct shop s, then;
    char got[256];

    open_shop(&s, NULL);
    menu_find_rows(&s.find, "running", NULL, MAX, &before);
    close_shop(&s);
    open_shop(&then, live_on);
    menu_find_rows(&then.find, "running", &before, MAX, &after);
    names_of(&after, got, sizeof got);
    assert_string_equal(got, "[web](db)[api]");
    close_shop(&then);
    menu_found_release(&before);
    menu_found_release(&after);
}

SUITE(menu_filter, T(letters_are_compared_small_and_without_marks),
      T(each_word_must_be_in_one_of_the_texts), T(words_beyond_the_eighth_are_not_looked_at),
      T(what_is_folded_is_found_and_what_is_too_much_counted),
      T(rows_keep_their_places_until_something_else_is_typed),
      T(a_row_that_does_not_fit_any_more_stays_where_it_is))
