/* test_tree.c - tree.h: all of it goes, and nothing else. */
#include "core/base/tree.h"
#include "tests/unit/unit.h"
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* A new folder, which is the working folder during a test; gives the one before. */
static int enter(char folder[32])
{
    int before = open(".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);

    assert_true(before >= 0);
    snprintf(folder, 32, "/tmp/ck-tree.XXXXXX");
    assert_non_null(mkdtemp(folder));
    assert_int_equal(chdir(folder), 0);
    return before;
}

static void leave(int before, const char *folder)
{
    assert_int_equal(fchdir(before), 0);
    close(before);
    assert_int_equal(rmdir(folder), 0); /* so nothing else was left */
}

static void put(const char *path)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0400);

    assert_true(fd >= 0);
    close(fd);
}

static bool is_there(const char *path)
{
    struct stat st;

    return lstat(path, &st) == 0;
}

TEST(tree_remove_takes_all_of_it_whatever_its_modes)
{
    char folder[32];
    int before = enter(folder);

    assert_int_equal(mkdir("a", 0700), 0);
    assert_int_equal(mkdir("a/b", 0700), 0);
    put("a/b/file");
    put("a/.hidden");
    assert_int_equal(symlink("nowhere", "a/link"), 0);
    assert_int_equal(mkfifo("a/fifo", 0600), 0);
    assert_int_equal(chmod("a/b", 0500), 0);
    assert_int_equal(chmod("a", 0500), 0);
    assert_int_equal(tree_remove(AT_FDCWD, "a", NULL), RC_OK);
    assert_false(is_there("a"));
    assert_int_equal(tree_remove(AT_FDCWD, "a", NULL), RC_OK); /* nothing there */
    leave(before, folder);
}

TEST(tree_remove_takes_links_and_not_what_they_name)
{
    char folder[32];
    int before = enter(folder);

    assert_int_equal(mkdir("a", 0700), 0);
    assert_int_equal(mkdir("kept", 0700), 0);
    put("kept/file");
    assert_int_equal(symlink("../kept", "a/link"), 0);
    assert_int_equal(symlink("kept", "link"), 0);
    assert_int_equal(tree_remove(AT_FDCWD, "a", NULL), RC_OK);
    assert_int_equal(tree_remove(AT_FDCWD, "link", NULL), RC_OK);
    assert_false(is_there("a") || is_there("link"));
    assert_true(is_there("kept/file"));
    assert_int_equal(tree_remove(AT_FDCWD, "kept", NULL), RC_OK);
    leave(before, folder);
}

TEST(tree_remove_of_one_name_in_an_open_folder)
{
    char folder[32];
    int before = enter(folder), parent;

    assert_int_equal(mkdir("a", 0700), 0);
    assert_int_equal(mkdir("a/b", 0700), 0);
    assert_int_equal(mkdir("a/c", 0700), 0);
    parent = open("a", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    assert_int_equal(tree_remove(parent, "b", NULL), RC_OK);
    close(parent);
    assert_true(is_there("a/c") && !is_there("a/b"));
    assert_int_equal(tree_remove(AT_FDCWD, "a", NULL), RC_OK);
    leave(before, folder);
}

/* Too deep for us: that is told, and what is beside it is gone all the same. */
TEST(tree_empty_leaves_the_folder_alone)
{
    char folder[32];
    int before = enter(folder), fd = -1;

    assert_int_equal(mkdir("a", 0700), 0);
    assert_int_equal(mkdir("a/b", 0700), 0);
    put("a/b/file");
    put("a/.hidden");
    put("beside");
    fd = open("a", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    tree_empty(fd);
    tree_empty(fd); /* nothing in it any more */
    close(fd);
    assert_int_equal(rmdir("a"), 0);
    assert_int_equal(unlink("beside"), 0);
    tree_empty(-1);
    leave(before, folder);
}

TEST(tree_remove_says_that_something_stays)
{
    char folder[32], path[256] = "a";
    struct fault why = {0};
    int before = enter(folder), len = 1;

    assert_int_equal(mkdir("a", 0700), 0);
    put("a/file");
    for (int i = 0; i <= TREE_DEPTH_MAX; i++) {
        len += snprintf(path + len, sizeof path - (size_t)len, "/d");
        assert_int_equal(mkdir(path, 0700), 0);
    }
    assert_int_equal(tree_remove(AT_FDCWD, "a", &why), RC_IO);
    assert_string_equal(why.text, "cannot remove a");
    assert_false(is_there("a/file"));
    assert_int_equal(tree_remove(AT_FDCWD, "a/d/d", NULL), RC_OK);
    assert_int_equal(tree_remove(AT_FDCWD, "a", NULL), RC_OK);
    leave(before, folder);
}

SUITE(tree, T(tree_remove_takes_all_of_it_whatever_its_modes),
      T(tree_remove_takes_links_and_not_what_they_name),
      T(tree_remove_of_one_name_in_an_open_folder), T(tree_empty_leaves_the_folder_alone),
      T(tree_remove_says_that_something_stays))
