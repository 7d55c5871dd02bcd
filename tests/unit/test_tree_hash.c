/* test_tree_hash.c - tree_hash.h: equal for equal trees, and for no others. */
#include "core/base/cancel.h"
#include "core/base/tree.h"
#include "core/update/tree_hash.h"
#include "tests/unit/unit.h"
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct world {
    char folder[32];
    int fd;
};

static void put(int parent, const char *path, const char *bytes)
{
    int fd = openat(parent, path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

    assert_true(fd >= 0);
    assert_int_equal(write(fd, bytes, strlen(bytes)), (ssize_t)strlen(bytes));
    assert_int_equal(fchmod(fd, 0644), 0);
    close(fd);
}

/* The order in which names are made is another one in each tree. */
static void make_tree(int parent, const char *name, bool backwards)
{
    static const char *const files[] = {"a", "b", "sub/c"};
    int fd = -1;

    assert_int_equal(mkdirat(parent, name, 0755), 0);
    fd = openat(parent, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    assert_int_equal(mkdirat(fd, "sub", 0755), 0);
    for (size_t i = 0; i < countof(files); i++)
        put(fd, files[backwards ? countof(files) - 1 - i : i], "text");
    assert_int_equal(symlinkat("a", fd, "link"), 0);
    assert_int_equal(mkdirat(fd, "empty", 0755), 0);
    close(fd);
}

static void world_init(struct world *w)
{
    snprintf(w->folder, sizeof w->folder, "/tmp/ck-hash.XXXXXX");
    assert_non_null(mkdtemp(w->folder));
    w->fd = open(w->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    make_tree(w->fd, "one", false);
}

static void world_release(struct world *w)
{
    close(w->fd);
    assert_int_equal(tree_remove(AT_FDCWD, w->folder, NULL), RC_OK);
}

static bool same(const struct world *w)
{
    unsigned char one[TREE_HASH_SIZE], two[TREE_HASH_SIZE];

    assert_int_equal(tree_hash(w->fd, "one", NULL, one, NULL), RC_OK);
    assert_int_equal(tree_hash(w->fd, "two", NULL, two, NULL), RC_OK);
    return memcmp(one, two, sizeof one) == 0;
}

static void change_bytes(int fd)
{
    put(fd, "two/a", "texT");
}

static void change_length(int fd)
{
    put(fd, "two/a", "text ");
}

static void change_mode(int fd)
{
    assert_int_equal(fchmodat(fd, "two/a", 0755, 0), 0);
}

static void change_folder_mode(int fd)
{
    assert_int_equal(fchmodat(fd, "two/sub", 0700, 0), 0);
}

static void change_own_mode(int fd)
{
    assert_int_equal(fchmodat(fd, "two", 0700, 0), 0);
}

static void change_name(int fd)
{
    assert_int_equal(renameat(fd, "two/a", fd, "two/A"), 0);
}

static void change_place(int fd)
{
    assert_int_equal(renameat(fd, "two/sub/c", fd, "two/c"), 0);
}

static void change_target(int fd)
{
    assert_int_equal(unlinkat(fd, "two/link", 0), 0);
    assert_int_equal(symlinkat("b", fd, "two/link"), 0);
}

static void link_to_file(int fd)
{
    assert_int_equal(unlinkat(fd, "two/link", 0), 0);
    put(fd, "two/link", "a");
}

static void folder_to_file(int fd)
{
    assert_int_equal(unlinkat(fd, "two/empty", AT_REMOVEDIR), 0);
    put(fd, "two/empty", "");
}

static void add_file(int fd)
{
    put(fd, "two/z", "");
}

static void remove_file(int fd)
{
    assert_int_equal(unlinkat(fd, "two/b", 0), 0);
}

TEST(tree_hash_differs_for_each_change)
{
    static void (*const changes[])(int fd) = {change_bytes,       change_length,   change_mode,
                                              change_folder_mode, change_own_mode, change_name,
                                              change_place,       change_target,   link_to_file,
                                              folder_to_file,     add_file,        remove_file};

    for (size_t i = 0; i < countof(changes); i++) {
        struct world w = {0};

        world_init(&w);
        make_tree(w.fd, "two", true);
        assert_true(same(&w));
        changes[i](w.fd);
        assert_false(same(&w));
        world_release(&w);
    }
}

TEST(tree_hash_of_files_that_lie_next_to_each_other_is_not_their_sum)
{
    struct world w = {0};

    world_init(&w);
    make_tree(w.fd, "two", false);
    put(w.fd, "one/a", "xy");
    put(w.fd, "one/b", "z");
    put(w.fd, "two/a", "x");
    put(w.fd, "two/b", "yz");
    assert_false(same(&w));
    world_release(&w);
}

TEST(tree_hash_does_not_go_through_links)
{
    struct world w = {0};
    unsigned char hash[TREE_HASH_SIZE], again[TREE_HASH_SIZE];

    world_init(&w);
    put(w.fd, "outside", "1");
    assert_int_equal(symlinkat("../outside", w.fd, "one/out"), 0);
    assert_int_equal(symlinkat("..", w.fd, "one/up"), 0);
    assert_int_equal(tree_hash(w.fd, "one", NULL, hash, NULL), RC_OK);
    put(w.fd, "outside", "2");
    assert_int_equal(tree_hash(w.fd, "one", NULL, again, NULL), RC_OK);
    assert_memory_equal(hash, again, sizeof hash);
    world_release(&w);
}

TEST(tree_hash_says_what_it_cannot_do)
{
    struct world w = {0};
    struct fault why = {0};
    struct cancel *stop = cancel_new();
    unsigned char hash[TREE_HASH_SIZE];

    world_init(&w);
    assert_int_equal(tree_hash(w.fd, "gone", NULL, hash, &why), RC_IO);
    assert_string_equal(why.text, "cannot read gone");
    cancel_trigger(stop);
    assert_int_equal(tree_hash(w.fd, "one", stop, hash, &why), RC_CANCELLED);
    assert_int_equal(mkfifoat(w.fd, "one/fifo", 0600), 0);
    assert_int_equal(tree_hash(w.fd, "one", NULL, hash, &why), RC_DENIED);
    assert_string_equal(why.text, "fifo is neither file, folder nor link");
    cancel_free(stop);
    world_release(&w);
}

/* Written into journals: another version of the program has to come to the same. What is wanted is
 * the BLAKE2b of the layout in tree_hash.c, made with Python's hashlib. */
TEST(tree_hash_stays_what_it_is)
{
    static const unsigned char want[] = {0xef, 0x9e, 0xf6, 0x8a, 0x3a, 0x62, 0x2c, 0xff};
    struct world w = {0};
    unsigned char hash[TREE_HASH_SIZE];

    world_init(&w);
    assert_int_equal(tree_hash(w.fd, "one", NULL, hash, NULL), RC_OK);
    assert_memory_equal(hash, want, sizeof want);
    world_release(&w);
}

SUITE(tree_hash, T(tree_hash_differs_for_each_change),
      T(tree_hash_of_files_that_lie_next_to_each_other_is_not_their_sum),
      T(tree_hash_does_not_go_through_links), T(tree_hash_says_what_it_cannot_do),
      T(tree_hash_stays_what_it_is))
