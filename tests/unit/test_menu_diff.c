/* Properties of diff and settle over thousands of random menus.
 *
 * Two kinds of menus: made of random keys, to meet every order of things, and built from random
 * lists of containers, to meet what really happens. The generator is seeded: a failure comes
 * again, and its message names the round. */
#include "core/menu/menu_diff.h"
#include "tests/unit/menu_world.h"
#include "tests/unit/unit.h"

#define ROUNDS 4000

/* xorshift64: no seed may be 0. */
static uint64_t next_random(uint64_t *seed)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    return *seed;
}

static size_t below(uint64_t *seed, size_t limit)
{
    return (size_t)(next_random(seed) % limit);
}

static bool same_text(const char *a, const char *b)
{
    return (a == NULL) == (b == NULL) && (a == NULL || strcmp(a, b) == 0);
}

static bool same_id(const struct valid_id *a, const struct valid_id *b)
{
    return (a == NULL) == (b == NULL) && (a == NULL || strcmp(a->text, b->text) == 0);
}

/* All that is shown, told apart from the one in menu_diff.c on purpose. */
static bool looks_equal(const struct menu_item *a, const struct menu_item *b)
{
    return same_text(a->key, b->key) && a->kind == b->kind && same_text(a->title, b->title) &&
           same_text(a->tip, b->tip) && a->mark == b->mark && a->enabled == b->enabled &&
           same_text(a->shortcut, b->shortcut) && a->command == b->command && a->op == b->op &&
           a->engine == b->engine && same_id(a->id, b->id) && same_text(a->copy, b->copy) &&
           same_text(a->project, b->project) && a->gone == b->gone;
}

/* ---- random menus ---- */

#define KEYS 24

static void random_looks(struct menu_item *it, uint64_t *seed)
{
    static const char *const titles[] = {"a", "b", "c"};
    static const struct valid_id ids[] = {{"one"}, {"two"}};

    it->title = titles[below(seed, countof(titles))];
    it->tip = below(seed, 4) == 0 ? "tip" : NULL;
    it->enabled = it->kind == MENU_ROW && below(seed, 3) > 0;
    it->mark = (enum menu_mark)below(seed, MENU_MARK_COUNT);
    it->shortcut = below(seed, 5) == 0 ? "r" : "";
    it->command = below(seed, 2) == 0 ? MENU_ACTION : MENU_NOTHING;
    it->op = below(seed, 2) == 0 ? OP_STOP : OP_START;
    it->copy = below(seed, 4) == 0 ? "copied" : NULL;
    it->project = below(seed, 4) == 0 ? titles[below(seed, countof(titles))] : NULL;
    it->id = it->command == MENU_ACTION ? &ids[below(seed, countof(ids))] : NULL;
}

/* Takes keys from pool[*used..], so that none is in the menu twice. */
static struct menu_item *random_level(struct arena *a, uint64_t *seed, const size_t pool[KEYS],
                                      size_t *used, int depth, size_t *count)
{
    size_t want = below(seed, depth == 0 ? KEYS : 5);
    struct menu_item *items = NULL;

    *count = want < KEYS - *used ? want : KEYS - *used;
    items = *count > 0 ? arena_new_array(a, *count, sizeof *items) : NULL;
    for (size_t i = 0; i < *count; i++) {
        struct menu_item *it = &items[i];

        it->key = arena_print(a, "k%zu", pool[(*used)++]);
        /* a key means the same thing for ever: its kind is made from it */
        it->kind = pool[*used - 1] % 6 == 0   ? MENU_SEPARATOR
                   : pool[*used - 1] % 6 == 1 ? MENU_NOTE
                                              : MENU_ROW;
        random_looks(it, seed);
    }
    for (size_t i = 0; i < *count && depth < 2; i++)
        if (items[i].kind == MENU_ROW && below(seed, 4) == 0)
            items[i].children = random_level(a, seed, pool, used, depth + 1, &items[i].child_count);
    return items;
}

static void random_menu(struct menu *m, uint64_t *seed)
{
    size_t pool[KEYS], used = 0;
    bool shuffled = below(seed, 2) == 0;

    for (size_t i = 0; i < KEYS; i++)
        pool[i] = i;
    for (size_t i = KEYS - 1; shuffled && i > 0; i--) {
        size_t j = below(seed, i + 1), kept = pool[i];

        pool[i] = pool[j];
        pool[j] = kept;
    }
    for (size_t i = 0; !shuffled && i < 3; i++) /* mostly in order, as real menus are */
        pool[below(seed, KEYS)] = KEYS + i;
    m->items = random_level(&m->arena, seed, pool, &used, 0, &m->count);
    m->status_title = "1";
    m->status_tip = "tip";
}

/* ---- diff ---- */

/* Does what a view does: works only on what the changes say. */
static void check_diff(const struct menu_item *from, size_t from_count, const struct menu_item *to,
                       size_t to_count)
{
    size_t count = 0, size = from_count;
    struct menu_change *changes = menu_diff(from, from_count, to, to_count, &count);
    const struct menu_item **level =
        mem_new_array(from_count + to_count + 1, sizeof(const struct menu_item *));

    assert_int_equal(changes == NULL, count == 0);
    for (size_t i = 0; i < from_count; i++)
        level[i] = &from[i];
    for (size_t i = 0; i < count; i++) {
        const struct menu_change *c = &changes[i];

        assert_true(c->at < size + (c->kind == MENU_INSERT));
        if (c->kind == MENU_UPDATE) {
            assert_string_equal(level[c->at]->key, c->item->key);
            assert_false(looks_equal(level[c->at], c->item) &&
                         (level[c->at]->children == NULL) == (c->item->children == NULL));
            level[c->at] = c->item;
        } else if (c->kind == MENU_REMOVE) {
            assert_null(c->item);
            memmove(&level[c->at], &level[c->at + 1], (--size - c->at) * sizeof *level);
        } else {
            memmove(&level[c->at + 1], &level[c->at], (size++ - c->at) * sizeof *level);
            level[c->at] = c->item;
        }
    }
    assert_int_equal(size, to_count);
    for (size_t i = 0; i < size; i++)
        assert_true(looks_equal(level[i], &to[i]) &&
                    (level[i]->children == NULL) == (to[i].children == NULL));
    mem_free(level);
    mem_free(changes);
}

TEST(changes_applied_in_order_give_the_next_menu)
{
    uint64_t seed = 0x9e3779b97f4a7c15u;

    for (int i = 0; i < ROUNDS; i++) {
        struct menu a = {0}, b = {0};

        random_menu(&a, &seed);
        random_menu(&b, &seed);
        check_diff(a.items, a.count, b.items, b.count);
        check_diff(a.items, a.count, a.items, a.count);
        check_diff(NULL, 0, b.items, b.count);
        check_diff(a.items, a.count, NULL, 0);
        menu_release(&a);
        menu_release(&b);
    }
}

/* Length of the longest common subsequence of keys, the slow and plain way. */
static size_t common(const struct menu *a, const struct menu *b)
{
    size_t best[KEYS + 1][KEYS + 1] = {{0}};

    for (size_t i = 1; i <= a->count; i++)
        for (size_t j = 1; j <= b->count; j++) {
            size_t up = best[i - 1][j], left = best[i][j - 1];

            best[i][j] = up > left ? up : left;
            if (strcmp(a->items[i - 1].key, b->items[j - 1].key) == 0)
                best[i][j] = best[i - 1][j - 1] + 1;
        }
    return best[a->count][b->count];
}

TEST(no_more_items_leave_and_come_than_must)
{
    uint64_t seed = 77;

    for (int i = 0; i < ROUNDS; i++) {
        struct menu a = {0}, b = {0};
        struct menu_change *changes = NULL;
        size_t count = 0, removed = 0, inserted = 0;

        random_menu(&a, &seed);
        random_menu(&b, &seed);
        changes = menu_diff(a.items, a.count, b.items, b.count, &count);
        for (size_t c = 0; c < count; c++) {
            removed += changes[c].kind == MENU_REMOVE;
            inserted += changes[c].kind == MENU_INSERT;
        }
        assert_int_equal(removed, a.count - common(&a, &b));
        assert_int_equal(inserted, b.count - common(&a, &b));
        mem_free(changes);
        menu_release(&a);
        menu_release(&b);
    }
}

TEST(one_title_is_one_change)
{
    struct menu_item from[] = {{.key = "a", .title = "A"}, {.key = "b", .title = "B"}};
    struct menu_item to[] = {{.key = "a", .title = "A"}, {.key = "b", .title = "B2"}};
    size_t count = 0;
    struct menu_change *changes = menu_diff(from, 2, to, 2, &count);

    assert_int_equal(count, 1);
    assert_int_equal(changes[0].kind, MENU_UPDATE);
    assert_int_equal(changes[0].at, 1);
    assert_ptr_equal(changes[0].item, &to[1]);
    mem_free(changes);
}

TEST(a_separator_never_becomes_a_row_in_place)
{
    struct menu_item from[] = {{.key = "a", .title = "", .kind = MENU_SEPARATOR}};
    struct menu_item to[] = {{.key = "a", .title = "", .kind = MENU_ROW}};
    size_t count = 0;
    struct menu_change *changes = menu_diff(from, 1, to, 1, &count);

    assert_int_equal(count, 2);
    assert_int_equal(changes[0].kind, MENU_REMOVE);
    assert_int_equal(changes[1].kind, MENU_INSERT);
    mem_free(changes);
}

/* ---- settle ---- */

/* Everything that settling promises, looked up slowly and plainly. */
struct promise {
    struct menu_keys shown, built, out; /* of all levels */
};

static bool is_new_separator(const struct menu_item *it)
{
    size_t len = strlen(it->key);

    return it->kind == MENU_SEPARATOR && len >= 3 && strcmp(it->key + len - 3, "new") == 0;
}

static bool leads_to_life(const struct menu_item *it)
{
    for (size_t i = 0; i < it->child_count; i++)
        if (it->children[i].kind == MENU_ROW && !it->children[i].gone)
            return true;
    return false;
}

static void check_kept(const struct promise *p, const struct menu_item *out)
{
    const struct menu_item *built = menu_keys_find(&p->built, out->key);

    if (built != NULL) {
        assert_true(looks_equal(out, built));
    } else if (out->kind != MENU_SEPARATOR && !leads_to_life(out)) {
        assert_true(out->gone);
        assert_false(out->enabled);
    }
}

static void check_level(const struct promise *p, const struct menu_item *shown, size_t shown_count,
                        const struct menu_item *out, size_t out_count)
{
    assert_true(out_count >= shown_count);
    for (size_t i = 0; i < out_count; i++) {
        const struct menu_item *was = i < shown_count ? &shown[i] : NULL;

        assert_ptr_equal(menu_keys_find(&p->out, out[i].key), &out[i]); /* nothing twice */
        if (was != NULL)
            assert_string_equal(out[i].key, was->key); /* no index changes */
        else
            assert_null(menu_keys_find(&p->shown, out[i].key));
        if (!is_new_separator(&out[i]))
            check_kept(p, &out[i]);
        check_level(p, was != NULL ? was->children : NULL, was != NULL ? was->child_count : 0,
                    out[i].children, out[i].child_count);
    }
}

/* Nothing of `built` is lost, but rows that only lead to what is shown elsewhere. */
static void check_not_lost(const struct promise *p, const struct menu_item *built, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        check_not_lost(p, built[i].children, built[i].child_count);
        if (menu_keys_find(&p->out, built[i].key) != NULL)
            continue;
        assert_true(built[i].child_count > 0);
    }
}

static void check_settled(const struct menu *shown, const struct menu *built,
                          const struct menu *out)
{
    struct promise p = {{0}, {0}, {0}};

    menu_keys_init(&p.shown, shown->items, shown->count, true);
    menu_keys_init(&p.built, built->items, built->count, true);
    menu_keys_init(&p.out, out->items, out->count, true);
    check_level(&p, shown->items, shown->count, out->items, out->count);
    check_not_lost(&p, built->items, built->count);
    assert_int_equal(out->icon, built->icon);
    assert_string_equal(out->status_title, built->status_title);
    assert_string_equal(out->status_tip, built->status_tip);
    menu_keys_release(&p.shown);
    menu_keys_release(&p.built);
    menu_keys_release(&p.out);
}

static void check_equal(const struct menu_item *a, size_t a_count, const struct menu_item *b,
                        size_t b_count)
{
    assert_int_equal(a_count, b_count);
    for (size_t i = 0; i < a_count; i++) {
        assert_true(looks_equal(&a[i], &b[i]));
        check_equal(a[i].children, a[i].child_count, b[i].children, b[i].child_count);
    }
}

/* A menu stays open while `make` gives new ones, then closes. */
static void live_through(uint64_t *seed, void (*make)(struct menu *m, uint64_t *seed, void *ctx),
                         void *ctx)
{
    struct menu shown = {0}, built = {0}, out = {0};

    make(&shown, seed, ctx);
    for (int step = 0; step < 4; step++) {
        make(&built, seed, ctx);
        menu_settle(&shown, &built, &out);
        check_settled(&shown, &built, &out);
        check_diff(shown.items, shown.count, out.items, out.count);
        if (step == 3)
            check_diff(out.items, out.count, built.items, built.count); /* it closes */
        menu_release(&shown);
        menu_release(&built);
        shown = out;
        out = (struct menu){0};
    }
    menu_release(&shown);
}

static void make_random(struct menu *m, uint64_t *seed, void *ctx)
{
    (void)ctx;
    random_menu(m, seed);
}

TEST(an_open_menu_moves_and_loses_nothing)
{
    uint64_t seed = 0xc0ffee;

    for (int i = 0; i < ROUNDS / 4; i++)
        live_through(&seed, make_random, NULL);
}

/* Forty containers that come, go, start, stop, fail, change their project, are pinned and hidden,
 * so that they cross every fold. */
static void make_real(struct menu *m, uint64_t *seed, void *ctx)
{
    static const enum engine_state states[] = {ENGINE_RUNNING, ENGINE_RUNNING,
                                               ENGINE_RUNNING, ENGINE_STOPPED,
                                               ENGINE_MISSING, ENGINE_NOT_RESPONDING};
    static const char *const projects[] = {NULL, "shop", "blog", "farm", NULL};
    struct world w = {0};
    struct snapshot *s = world_engine(&w, ENGINE_PODMAN, states[below(seed, countof(states))], "4");
    size_t there = 20 + below(seed, 20); /* out of 40 */

    (void)ctx;
    s->stale = s->state != ENGINE_RUNNING;
    for (size_t i = 0; i < 40; i++) {
        char name[16];
        struct container *c = NULL;

        if (below(seed, 40) >= there)
            continue;
        snprintf(name, sizeof name, "c%zu", i);
        c = world_container(s, name, i % 5 > 0 ? "img" : "registry.example.com/a/long/path/img:1.0",
                            (enum container_state)below(seed, STATE_COUNT));
        c->infra = i % 9 == 0;
        c->project = projects[below(seed, countof(projects))];
        if (below(seed, 30) == 0 && w.pin_count < WORLD_ACTIONS_MAX)
            world_pin(&w, ENGINE_PODMAN, c->name);
        else if (below(seed, 30) == 0 && w.hidden_count < WORLD_ACTIONS_MAX)
            world_hide(&w, ENGINE_PODMAN, c->name);
        if (below(seed, 30) == 0 && w.failure_count < WORLD_ACTIONS_MAX)
            world_failure(&w, ENGINE_PODMAN, OP_STOP, name, "no");
        if (below(seed, 30) == 0 && w.pending_count < WORLD_ACTIONS_MAX)
            world_pending(&w, ENGINE_PODMAN, OP_START, name);
    }
    if (below(seed, 2) == 0)
        world_container(world_engine(&w, ENGINE_DOCKER, ENGINE_RUNNING, "28"), "d", "img",
                        STATE_RUNNING);
    w.flat = below(seed, 8) == 0;
    w.helpers = below(seed, 8) == 0;
    w.many[0] = (struct menu_many){ENGINE_PODMAN, OP_STOP, projects[below(seed, 4)], 1, 3};
    w.many_count = below(seed, 2);
    world_menu(&w, m);
    world_release(&w);
}

TEST(a_real_open_menu_moves_and_loses_nothing)
{
    uint64_t seed = 4242;

    for (int i = 0; i < ROUNDS / 40; i++)
        live_through(&seed, make_real, NULL);
}

TEST(settling_on_the_same_menu_changes_nothing)
{
    uint64_t seed = 99;

    for (int i = 0; i < 200; i++) {
        struct menu m = {0}, out = {0};

        random_menu(&m, &seed);
        menu_settle(&m, &m, &out);
        check_equal(out.items, out.count, m.items, m.count);
        menu_release(&m);
        menu_release(&out);
    }
}

/* The copy must not look into what it was made from: the address sanitizer tells. */
TEST(a_settled_menu_borrows_nothing)
{
    uint64_t seed = 5;
    struct menu shown = {0}, built = {0}, out = {0}, again = {0};

    make_real(&shown, &seed, NULL);
    make_real(&built, &seed, NULL);
    menu_settle(&shown, &built, &out);
    menu_release(&shown);
    menu_release(&built);
    menu_settle(&out, &out, &again);
    check_equal(again.items, again.count, out.items, out.count);
    menu_release(&out);
    menu_release(&again);
}

TEST(what_comes_back_is_alive_at_its_old_place)
{
    struct menu_item ab[] = {{.key = "a", .title = "A", .enabled = true, .shortcut = ""},
                             {.key = "b", .title = "B", .enabled = true, .shortcut = ""}};
    struct menu with = {.items = ab, .count = 2, .status_title = "", .status_tip = ""};
    struct menu without = {.items = ab + 1, .count = 1, .status_title = "", .status_tip = ""};
    struct menu first = {0}, second = {0};

    menu_settle(&with, &without, &first);
    assert_true(first.items[0].gone);
    assert_false(first.items[0].enabled);
    menu_settle(&first, &with, &second);
    assert_false(second.items[0].gone);
    assert_true(second.items[0].enabled);
    assert_int_equal(second.count, 2);
    menu_release(&first);
    menu_release(&second);
}

TEST(a_container_that_leaves_more_stays_alive_behind_it)
{
    struct menu_item inner[] = {{.key = "x", .title = "X", .enabled = true, .shortcut = ""}};
    struct menu_item more[] = {{.key = "more",
                                .title = "More",
                                .enabled = true,
                                .shortcut = "",
                                .children = inner,
                                .child_count = 1}};
    struct menu shown = {.items = more, .count = 1, .status_title = "", .status_tip = ""};
    struct menu built = {.items = inner, .count = 1, .status_title = "", .status_tip = ""};
    struct menu out = {0};

    menu_settle(&shown, &built, &out);
    assert_int_equal(out.count, 1);
    assert_string_equal(out.items[0].key, "more");
    assert_true(out.items[0].enabled);
    assert_false(out.items[0].children[0].gone);
    assert_true(out.items[0].children[0].enabled);
    menu_release(&out);
}

TEST(a_new_row_that_leads_only_to_what_is_shown_is_left_out)
{
    struct menu_item x[] = {{.key = "x", .title = "X", .enabled = true, .shortcut = ""}};
    struct menu_item more[] = {{.key = "more",
                                .title = "More",
                                .enabled = true,
                                .shortcut = "",
                                .children = x,
                                .child_count = 1}};
    struct menu shown = {.items = x, .count = 1, .status_title = "", .status_tip = ""};
    struct menu built = {.items = more, .count = 1, .status_title = "", .status_tip = ""};
    struct menu out = {0};

    menu_settle(&shown, &built, &out);
    assert_int_equal(out.count, 1);
    assert_false(out.items[0].gone);
    menu_release(&out);
}

TEST(new_rows_stand_behind_one_separator)
{
    struct menu_item abc[] = {{.key = "a", .title = "A", .enabled = true, .shortcut = ""},
                              {.key = "b", .title = "B", .enabled = true, .shortcut = ""},
                              {.key = "c", .title = "C", .enabled = true, .shortcut = ""}};
    struct menu built = {.items = abc, .count = 1, .status_title = "", .status_tip = ""};
    struct menu one = {0}, two = {0}, three = {0};

    menu_settle(&built, &built, &one);
    built.count = 2;
    menu_settle(&one, &built, &two);
    assert_int_equal(two.count, 3);
    assert_string_equal(two.items[1].key, "new");
    assert_int_equal(two.items[1].kind, MENU_SEPARATOR);
    built.count = 3;
    menu_settle(&two, &built, &three);
    assert_int_equal(three.count, 4);
    assert_string_equal(three.items[3].key, "c");
    menu_release(&one);
    menu_release(&two);
    menu_release(&three);
}

TEST(of_equal_keys_the_first_counts)
{
    struct menu_item items[] = {{.key = "a"}, {.key = "a"}, {.key = "b"}};
    struct menu_keys keys = {0};

    assert_null(menu_keys_find(&keys, "a"));
    menu_keys_init(&keys, items, 3, false);
    assert_ptr_equal(menu_keys_find(&keys, "a"), &items[0]);
    assert_ptr_equal(menu_keys_find(&keys, "b"), &items[2]);
    assert_null(menu_keys_find(&keys, "c"));
    menu_keys_release(&keys);
}

/* Seconds if it were quadratic; the bound is the test run's own patience. */
TEST(ten_thousand_rows_settle_and_differ)
{
    struct menu before = {0}, after = {0}, out = {0};

    for (int round = 0; round < 2; round++) {
        struct world w = {0};
        struct snapshot *s = world_engine(&w, ENGINE_PODMAN, ENGINE_RUNNING, "4");

        for (size_t i = 0; i < 10000; i++) {
            char name[16];

            snprintf(name, sizeof name, "c%zu", i);
            world_container(s, name, "img",
                            (i + (size_t)round) % 2 ? STATE_RUNNING : STATE_STOPPED);
        }
        world_menu(&w, round == 0 ? &before : &after);
        world_release(&w);
    }
    menu_settle(&before, &after, &out);
    check_settled(&before, &after, &out);
    check_diff(before.items, before.count, out.items, out.count);
    check_diff(out.items, out.count, after.items, after.count);
    menu_release(&before);
    menu_release(&after);
    menu_release(&out);
}

SUITE(menu_diff, T(changes_applied_in_order_give_the_next_menu),
      T(no_more_items_leave_and_come_than_must), T(one_title_is_one_change),
      T(a_separator_never_becomes_a_row_in_place), T(an_open_menu_moves_and_loses_nothing),
      T(a_real_open_menu_moves_and_loses_nothing), T(settling_on_the_same_menu_changes_nothing),
      T(a_settled_menu_borrows_nothing), T(what_comes_back_is_alive_at_its_old_place),
      T(a_container_that_leaves_more_stays_alive_behind_it),
      T(a_new_row_that_leads_only_to_what_is_shown_is_left_out),
      T(new_rows_stand_behind_one_separator), T(of_equal_keys_the_first_counts),
      T(ten_thousand_rows_settle_and_differ))
