/* test_sidecar_tree.c - the bundled engine on real files: each way to change it is found. */
#include "tests/unit/sidecar_world.h"

/* One change each of a good tree, and what the sentence says. */
static void change_byte(const char *tree)
{
    int fd;

    assert_int_equal(chmod(at(tree, "lib/big"), 0600), 0);
    fd = open(at(tree, "lib/big"), O_WRONLY);
    assert_int_equal(pwrite(fd, "!", 1, LIBRARY_SIZE - 1), 1);
    assert_int_equal(fchmod(fd, 0444), 0);
    close(fd);
}

static void change_length(const char *tree)
{
    assert_int_equal(truncate(at(tree, "bin/container"), 3), 0);
}

static void change_mode(const char *tree)
{
    assert_int_equal(chmod(at(tree, "bin/container"), 04755), 0);
}

static void change_folder_mode(const char *tree)
{
    assert_int_equal(chmod(at(tree, "bin"), 0777), 0);
}

static void change_link(const char *tree)
{
    assert_int_equal(chmod(at(tree, "lib"), 0755), 0);
    assert_int_equal(unlink(at(tree, "lib/latest")), 0);
    assert_int_equal(symlink("../bin/containes", at(tree, "lib/latest")), 0);
    assert_int_equal(chmod(at(tree, "lib"), 0555), 0);
}

static void link_to_file(const char *tree)
{
    assert_int_equal(chmod(at(tree, "lib"), 0755), 0);
    assert_int_equal(unlink(at(tree, "lib/latest")), 0);
    put(at(tree, "lib/latest"), program, sizeof program - 1, 0755);
    assert_int_equal(chmod(at(tree, "lib"), 0555), 0);
}

static void file_to_link(const char *tree)
{
    char other[TEXT_SIZE];

    snprintf(other, sizeof other, "%s", at(tree, "../other"));
    put(other, program, sizeof program - 1, 0755);
    assert_int_equal(unlink(at(tree, "bin/container")), 0);
    assert_int_equal(symlink(other, at(tree, "bin/container")), 0);
}

static void file_to_fifo(const char *tree)
{
    assert_int_equal(unlink(at(tree, "bin/container")), 0);
    assert_int_equal(mkfifo(at(tree, "bin/container"), 0755), 0);
}

static void folder_to_link(const char *tree)
{
    char other[TEXT_SIZE];

    snprintf(other, sizeof other, "%s", at(tree, "../bin"));
    assert_int_equal(rename(at(tree, "bin"), other), 0);
    assert_int_equal(symlink("../bin", at(tree, "bin")), 0);
}

static void add_extra(const char *tree)
{
    put(at(tree, "bin/extra"), "", 0, 0644);
}

static void add_folder(const char *tree)
{
    make_folder(at(tree, "libexec"), 0755);
}

static void add_link(const char *tree)
{
    assert_int_equal(symlink("bin", at(tree, "sbin")), 0);
}

static void remove_file(const char *tree)
{
    assert_int_equal(unlink(at(tree, "bin/read me")), 0);
}

static void change_owner(const char *tree)
{
    if (geteuid() == 0)
        assert_int_equal(chown(at(tree, "bin/read me"), 12345, 0), 0);
    else
        assert_int_equal(chmod(at(tree, "bin/read me"), 0600), 0); /* only root gives away */
}

static const struct {
    void (*change)(const char *tree);
    const char *sentence;
} changes[] = {
    {change_byte, "/lib/big has other bytes"},
    {change_length, "/bin/container has other bytes"},
    {change_mode, "/bin/container has another mode"},
    {change_folder_mode, "/bin has another mode"},
    {change_link, "/lib/latest leads elsewhere"},
    {link_to_file, "/lib/latest is of another kind"},
    {file_to_link, "/bin/container is of another kind"},
    {file_to_fifo, "/bin/container is of another kind"},
    {folder_to_link, "/bin is of another kind"},
    {add_extra, "/bin/extra does not belong there"},
    {add_folder, "/libexec does not belong there"},
    {add_link, "/sbin does not belong there"},
    {remove_file, "/bin/read me is missing"},
    {change_owner, "/bin/read me "},
};

TEST(sidecar_does_not_copy_a_changed_tree)
{
    for (size_t i = 0; i < countof(changes); i++) {
        struct world w = {0};
        struct sidecar *s;

        world_init(&w);
        changes[i].change(w.tree);
        s = open_sidecar(&w);
        expect_fault(s, RC_DENIED, changes[i].sentence);
        assert_int_equal(copies(&w), 0);
        sidecar_free(s);
        world_release(&w);
    }
}

TEST(sidecar_does_not_trust_a_changed_copy)
{
    for (size_t i = 0; i < countof(changes); i++) {
        struct world w = {0};
        struct sidecar *s;

        world_init(&w);
        s = open_sidecar(&w);
        expect_ready(s);
        changes[i].change(sidecar_folder(s));
        sidecar_free(s);
        s = open_sidecar(&w);
        expect_fault(s, RC_DENIED, changes[i].sentence);
        expect_fault(s, RC_DENIED, changes[i].sentence);     /* remembered */
        assert_true(is_there(at(sidecar_folder(s), "lib"))); /* neither repaired nor removed */
        sidecar_free(s);
        world_release(&w);
    }
}

TEST(sidecar_tree_work_is_cancelled)
{
    struct sidecar_list list;
    struct cancel *stop = cancel_new();
    struct buf bytes;
    struct world w = {0};
    char path[PATH_SIZE + 8];

    world_init(&w);
    snprintf(path, sizeof path, "%s.sha256", w.tree);
    buf_init(&bytes, SIDECAR_LIST_MAX);
    assert_int_equal(file_read(path, &bytes, NULL), RC_OK);
    assert_int_equal(sidecar_list_parse(bytes.data, bytes.len, &list, NULL), RC_OK);
    cancel_trigger(stop);
    assert_int_equal(sidecar_tree_verify(&list, w.tree, stop, NULL), RC_CANCELLED);
    assert_int_equal(sidecar_tree_copy(&list, w.tree, w.data, stop, NULL), RC_CANCELLED);
    assert_false(is_there(w.data));
    assert_int_equal(sidecar_tree_signed(&list, w.tree, stop, NULL), RC_CANCELLED);
    assert_int_equal(sidecar_tree_signed(&list, w.tree, NULL, NULL), RC_OK);
    sidecar_list_release(&list);
    buf_release(&bytes);
    cancel_free(stop);
    world_release(&w);
}

SUITE(sidecar_tree, T(sidecar_does_not_copy_a_changed_tree),
      T(sidecar_does_not_trust_a_changed_copy), T(sidecar_tree_work_is_cancelled))
