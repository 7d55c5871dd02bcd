/* test_site.c - site.h: paths, places, locks, and what is swept away. What needs another user or a
 * disk of its own is asked in tests/update/install.py. */
#include "core/base/clock.h"
#include "core/base/tree.h"
#include "core/update/site.h"
#include "tests/unit/unit.h"
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define DAY_S 86400

struct world {
    char folder[64], app[96], data[96];
};

static void world_init(struct world *w)
{
    snprintf(w->folder, sizeof w->folder, "/tmp/ck-site.XXXXXX");
    assert_non_null(mkdtemp(w->folder));
    snprintf(w->app, sizeof w->app, "%s/My Kit.app", w->folder);
    snprintf(w->data, sizeof w->data, "%s/data", w->folder);
    assert_int_equal(mkdir(w->app, 0755), 0);
}

static void world_release(struct world *w)
{
    assert_int_equal(tree_remove(AT_FDCWD, w->folder, NULL), RC_OK);
}

TEST(site_paths_are_those_of_an_app)
{
    static const char *const bad[] = {"", "K.app", "/a/K", "/a/.app", "/a/K.app/"};
    struct site_paths paths;
    char out[FILE_PATH_MAX];

    assert_int_equal(site_paths("/a b/My Kit.app", &paths, NULL), RC_OK);
    assert_string_equal(paths.parent, "/a b");
    assert_string_equal(paths.name, "My Kit");
    assert_int_equal(site_paths("/K.app", &paths, NULL), RC_OK);
    assert_string_equal(paths.parent, "/");
    for (size_t i = 0; i < countof(bad); i++) {
        if (site_paths(bad[i], &paths, NULL) != RC_DENIED)
            fail_msg("%s", bad[i]);
    }
    assert_int_equal(site_staging("/a b/My Kit.app", "0123456789abcdef", out, NULL), RC_OK);
    assert_string_equal(out, "/a b/.My Kit.update-0123456789abcdef");
}

TEST(site_says_why_an_app_cannot_be_replaced)
{
    struct world w = {0};
    struct refusal why = {0};
    char link[128];

    world_init(&w);
    assert_int_equal(site_check(w.app, "", &why), RC_OK);
    assert_int_equal(site_check(w.app, "move it first", &why), RC_DENIED);
    assert_int_equal(why.class, REFUSAL_PLACE);
    assert_string_equal(why.fault.text, "move it first");
    snprintf(link, sizeof link, "%s/Link.app", w.folder);
    assert_int_equal(symlink(w.app, link), 0);
    assert_int_equal(site_check(link, "", &why), RC_DENIED);
    snprintf(link, sizeof link, "%s/Gone.app", w.folder);
    assert_int_equal(site_check(link, "", &why), RC_DENIED);
    assert_int_equal(site_check("", "", &why), RC_DENIED);
    world_release(&w);
}

TEST(site_is_locked_for_all_but_one)
{
    struct world w = {0};
    struct site one, other;
    struct refusal why = {0};
    char data[128], app[128];

    world_init(&w);
    snprintf(data, sizeof data, "%s/other data", w.folder);
    snprintf(app, sizeof app, "%s/elsewhere/K.app", w.folder);
    assert_int_equal(file_make_folder(app, NULL), RC_OK);
    assert_int_equal(site_lock(&one, w.app, w.data, &why), RC_OK);
    assert_int_equal(site_lock(&other, w.app, data, &why), RC_DENIED); /* another user */
    assert_int_equal(why.class, REFUSAL_BUSY);
    site_release(&other);
    assert_int_equal(site_lock(&other, app, w.data, &why), RC_DENIED); /* another copy */
    assert_int_equal(why.class, REFUSAL_BUSY);
    site_release(&other);
    assert_int_equal(site_lock(&other, app, data, &why), RC_OK);
    site_release(&other);
    site_release(&one);
    site_release(&one);
    assert_int_equal(site_lock(&other, w.app, w.data, &why), RC_OK);
    site_release(&other);
    world_release(&w);
}

static void make_old(const struct world *w, const char *name, bool folder)
{
    struct timespec times[2] = {{clock_wall_s() - 2 * DAY_S, 0}, {clock_wall_s() - 2 * DAY_S, 0}};
    char path[160];
    int fd = -1;

    snprintf(path, sizeof path, "%s/%s", w->folder, name);
    if (folder) {
        assert_int_equal(mkdir(path, 0700), 0);
    } else {
        fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
        assert_true(fd >= 0);
        close(fd);
    }
    assert_int_equal(utimensat(AT_FDCWD, path, times, 0), 0);
}

static bool is_there(const struct world *w, const char *name)
{
    char path[160];
    struct stat st;

    snprintf(path, sizeof path, "%s/%s", w->folder, name);
    return lstat(path, &st) == 0;
}

/* Everything else looks much like it, and stays. */
TEST(site_sweeps_what_stopped_updates_left_and_nothing_else)
{
    static const char *const stay[] = {
        ".My Kit.update-000000000000000",   ".My Kit.update-00000000000000000",
        ".My Kit.update-000000000000000G",  ".Kit.update-0000000000000000",
        "My Kit.update-0000000000000000",   ".My Kit.update-ffffffffffffffff",
        ".My Kit.update-0000000000000000x",
    };
    struct world w = {0};
    struct refusal why = {0};
    char id[JOURNAL_ID + 1], fresh[64];
    int fd = -1;

    world_init(&w);
    for (size_t i = 0; i < countof(stay); i++)
        make_old(&w, stay[i], true);
    make_old(&w, ".My Kit.update-0123456789abcdef", true);
    make_old(&w, ".My Kit.update-1111111111111111", false);
    fd = site_make_staging(w.app, id, &why);
    assert_true(fd >= 0);
    close(fd);
    snprintf(fresh, sizeof fresh, ".My Kit.update-%s", id);
    site_sweep(w.app, "ffffffffffffffff", clock_wall_s());
    for (size_t i = 0; i < countof(stay); i++) {
        if (!is_there(&w, stay[i]))
            fail_msg("%s", stay[i]);
    }
    assert_true(is_there(&w, ".My Kit.update-1111111111111111")); /* no folder */
    assert_true(is_there(&w, fresh));                             /* not a day old */
    assert_false(is_there(&w, ".My Kit.update-0123456789abcdef"));
    site_sweep(w.app, NULL, clock_wall_s() + 2 * DAY_S);
    assert_false(is_there(&w, fresh));
    assert_false(is_there(&w, ".My Kit.update-ffffffffffffffff"));
    world_release(&w);
}

SUITE(site, T(site_paths_are_those_of_an_app), T(site_says_why_an_app_cannot_be_replaced),
      T(site_is_locked_for_all_but_one), T(site_sweeps_what_stopped_updates_left_and_nothing_else))
