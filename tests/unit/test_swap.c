/* test_swap.c - swap.h on folders in memory: both ways leave the same, and each way stopped short
 * can be ended. */
#include "core/base/sys.h"
#include "core/base/tree.h"
#include "core/update/swap.h"
#include "tests/unit/unit.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct world {
    char folder[64];
    struct swap s;
};

/* An app is a folder with one file, named after its version. */
static void make(const char *app, const char *version)
{
    char path[FILE_PATH_MAX + 16];
    int fd = -1;

    assert_int_equal(mkdir(app, 0755), 0);
    snprintf(path, sizeof path, "%s/%s", app, version);
    fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0644);
    assert_true(fd >= 0);
    close(fd);
}

static void world_init(struct world *w)
{
    char staging[80];

    snprintf(w->folder, sizeof w->folder, "/dev/shm/ck-swap.XXXXXX");
    assert_non_null(mkdtemp(w->folder));
    snprintf(staging, sizeof staging, "%s/.K.update", w->folder);
    assert_int_equal(mkdir(staging, 0700), 0);
    snprintf(w->s.app, sizeof w->s.app, "%s/K.app", w->folder);
    snprintf(w->s.staged, sizeof w->s.staged, "%s/K.app", staging);
    snprintf(w->s.aside, sizeof w->s.aside, "%s/aside", staging);
    make(w->s.app, "old");
    make(w->s.staged, "new");
}

static void world_release(struct world *w)
{
    assert_int_equal(tree_remove(AT_FDCWD, w->folder, NULL), RC_OK);
}

static bool holds(const char *app, const char *version)
{
    char path[FILE_PATH_MAX + 16];
    struct stat st;

    snprintf(path, sizeof path, "%s/%s", app, version);
    return stat(path, &st) == 0;
}

static bool is_there(const char *path)
{
    struct stat st;

    return lstat(path, &st) == 0;
}

static void assert_swapped(const struct world *w)
{
    assert_true(holds(w->s.app, "new"));
    assert_true(holds(w->s.staged, "old"));
    assert_false(is_there(w->s.aside));
}

TEST(swap_exchanges_both_at_once)
{
    struct world w = {0};

    world_init(&w);
    assert_int_equal(swap_exchange(&w.s, NULL), RC_OK);
    assert_swapped(&w);
    assert_int_equal(swap_exchange(&w.s, NULL), RC_OK);
    assert_true(holds(w.s.app, "old") && holds(w.s.staged, "new"));
    world_release(&w);
}

TEST(swap_without_one_of_them_changes_nothing)
{
    struct world w = {0};
    struct fault why = {0};

    world_init(&w);
    assert_int_equal(tree_remove(AT_FDCWD, w.s.staged, NULL), RC_OK);
    assert_int_equal(swap_exchange(&w.s, &why), RC_IO);
    assert_int_equal(why.sys, ENOENT);
    assert_true(holds(w.s.app, "old"));
    assert_int_equal(swap_move(&w.s, &why), RC_IO);
    assert_int_equal(why.sys, ENOENT);
    assert_true(holds(w.s.app, "old"));
    assert_false(is_there(w.s.aside));
    world_release(&w);
}

TEST(swap_moves_where_nothing_can_be_exchanged)
{
    struct world w = {0};

    world_init(&w);
    assert_int_equal(swap_move(&w.s, NULL), RC_OK);
    assert_swapped(&w);
    world_release(&w);
}

TEST(swap_that_was_cut_short_can_be_ended)
{
    struct world w = {0};

    world_init(&w);
    assert_int_equal(rename(w.s.app, w.s.aside), 0); /* the place is empty */
    assert_int_equal(swap_mend(&w.s, true, NULL), RC_OK);
    assert_true(holds(w.s.app, "old") && holds(w.s.staged, "new"));
    assert_int_equal(rename(w.s.app, w.s.aside), 0);
    assert_int_equal(swap_mend(&w.s, false, NULL), RC_OK);
    assert_swapped(&w);
    assert_int_equal(rename(w.s.staged, w.s.aside), 0); /* the last of the three was missing */
    assert_int_equal(swap_mend(&w.s, false, NULL), RC_OK);
    assert_swapped(&w);
    assert_int_equal(swap_mend(&w.s, false, NULL), RC_OK); /* again */
    assert_swapped(&w);
    world_release(&w);
}

TEST(swap_that_lost_both_says_so)
{
    struct world w = {0};

    world_init(&w);
    assert_int_equal(tree_remove(AT_FDCWD, w.s.app, NULL), RC_OK);
    assert_int_equal(tree_remove(AT_FDCWD, w.s.staged, NULL), RC_OK);
    assert_int_equal(swap_mend(&w.s, true, NULL), RC_IO);
    assert_int_equal(swap_mend(&w.s, false, NULL), RC_IO);
    world_release(&w);
}

SUITE(swap, T(swap_exchanges_both_at_once), T(swap_without_one_of_them_changes_nothing),
      T(swap_moves_where_nothing_can_be_exchanged), T(swap_that_was_cut_short_can_be_ended),
      T(swap_that_lost_both_says_so))
