/* test_sidecar.c - the bundled engine on real files: verified, copied, trusted once; what was
 * changed is found. */
#include "core/base/file.h"
#include "core/base/sys.h"
#include "core/engine/sidecar.h"
#include "core/engine/sidecar_tree.h"
#include "tests/unit/unit.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#define PATH_SIZE 256
#define TEXT_SIZE 512       /* of a path in the world with a name behind it */
#define LIBRARY_SIZE 300000 /* more than is read at once */

/* A bundle's Resources with a small distribution, and a data folder. */
struct world {
    char root[32], tree[64], data[64];
    char *library;
};

static const char *at(const char *folder, const char *name)
{
    static _Thread_local char path[TEXT_SIZE];

    assert_true(snprintf(path, sizeof path, "%s/%s", folder, name) < (int)sizeof path);
    return path;
}

static void put(const char *path, const char *bytes, size_t len, mode_t mode)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);

    assert_true(fd >= 0);
    assert_int_equal(write(fd, bytes, len), len);
    assert_int_equal(fchmod(fd, mode), 0);
    close(fd);
}

static void make_folder(const char *path, mode_t mode)
{
    assert_int_equal(mkdir(path, 0700), 0);
    assert_int_equal(chmod(path, mode), 0);
}

static void add_file(struct buf *list, const char *path, const char *bytes, size_t len,
                     const char *mode)
{
    unsigned char hash[SIDECAR_HASH_SIZE];
    char hex[2 * SIDECAR_HASH_SIZE + 1];

    crypto_hash_sha256(hash, (const unsigned char *)bytes, len);
    sodium_bin2hex(hex, sizeof hex, hash, sizeof hash);
    assert_int_equal(buf_print(list, "%s\tf\t%s\t%s\n", mode, hex, path), RC_OK);
}

static const char program[] = "#!/bin/sh\necho one\n";

/* The list of the tree as world_init() makes it, of a version. */
static void put_list(struct world *w, const char *version)
{
    char path[PATH_SIZE + 8];
    struct buf b;

    buf_init(&b, SIDECAR_LIST_MAX);
    assert_int_equal(buf_print(&b,
                               "container-sidecar 1\nversion %s\nteam ABCDE12345\n"
                               "0755\td\t-\t.\n0755\td\t-\tbin\n",
                               version),
                     RC_OK);
    add_file(&b, "bin/container", program, sizeof program - 1, "0755");
    add_file(&b, "bin/read me", "", 0, "0644");
    assert_int_equal(buf_text_add(&b, "0555\td\t-\tlib\n"), RC_OK);
    add_file(&b, "lib/big", w->library, LIBRARY_SIZE, "0444");
    assert_int_equal(buf_text_add(&b, "-\tl\t../bin/container\tlib/latest\n"), RC_OK);
    snprintf(path, sizeof path, "%s.sha256", w->tree);
    put(path, b.data, b.len, 0644);
    buf_release(&b);
}

static void world_init(struct world *w)
{
    snprintf(w->root, sizeof w->root, "/tmp/ck-side.XXXXXX");
    assert_non_null(mkdtemp(w->root));
    snprintf(w->tree, sizeof w->tree, "%s/container", w->root);
    snprintf(w->data, sizeof w->data, "%s/data", w->root);
    w->library = malloc(LIBRARY_SIZE);
    assert_non_null(w->library);
    for (int i = 0; i < LIBRARY_SIZE; i++)
        w->library[i] = (char)(i * 31 + i / 251);
    make_folder(w->tree, 0755);
    make_folder(at(w->tree, "bin"), 0755);
    make_folder(at(w->tree, "lib"), 0755);
    put(at(w->tree, "bin/container"), program, sizeof program - 1, 0755);
    put(at(w->tree, "bin/read me"), "", 0, 0644);
    put(at(w->tree, "lib/big"), w->library, LIBRARY_SIZE, 0444);
    assert_int_equal(symlink("../bin/container", at(w->tree, "lib/latest")), 0);
    assert_int_equal(chmod(at(w->tree, "lib"), 0555), 0);
    put_list(w, "1.2.2");
}

static void world_release(struct world *w)
{
    assert_int_equal(sidecar_tree_remove(AT_FDCWD, w->root, NULL), RC_OK);
    free(w->library);
}

static struct sidecar *open_sidecar(const struct world *w)
{
    return sidecar_new(w->tree, w->data);
}

static void expect_ready(struct sidecar *s)
{
    struct fault why = {0};

    if (sidecar_ready(s, &why) != RC_OK)
        fail_msg("%s", why.text);
}

static void expect_fault(struct sidecar *s, enum rc rc, const char *sentence)
{
    struct fault why = {0};

    assert_int_equal(sidecar_ready(s, &why), rc);
    assert_int_equal(why.rc, rc);
    if (strstr(why.text, sentence) == NULL)
        fail_msg("\"%s\" instead of \"%s\"", why.text, sentence);
}

static bool is_there(const char *path)
{
    struct stat st;

    return lstat(path, &st) == 0;
}

/* Names in <data>/engine but the lock. */
static size_t copies(const struct world *w)
{
    DIR *dir = opendir(at(w->data, "engine"));
    struct dirent *e;
    size_t count = 0;

    while (dir != NULL && (e = readdir(dir)) != NULL)
        count += e->d_name[0] != '.' && strcmp(e->d_name, "lock") != 0;
    if (dir != NULL)
        closedir(dir);
    return count;
}

static mode_t mode_of(const char *path)
{
    struct stat st;

    assert_int_equal(lstat(path, &st), 0);
    return st.st_mode & 07777;
}

TEST(sidecar_copies_the_whole_tree_and_runs_the_copy)
{
    struct world w;
    struct buf bytes;
    struct sidecar *s;
    char target[64] = "";
    mode_t before = umask(077);

    world_init(&w);
    s = open_sidecar(&w);
    assert_false(is_there(w.data)); /* nothing is made before it is needed */
    assert_memory_equal(sidecar_folder(s), w.data, strlen(w.data));
    assert_non_null(strstr(sidecar_folder(s), "/engine/1.2.2-"));
    expect_ready(s);
    umask(before);
    assert_int_equal(copies(&w), 1);
    assert_int_equal(mode_of(at(w.data, "engine")), 0700);
    assert_int_equal(mode_of(sidecar_folder(s)), 0755);
    assert_int_equal(mode_of(at(sidecar_folder(s), "bin/container")), 0755);
    assert_int_equal(mode_of(at(sidecar_folder(s), "lib")), 0555);
    assert_int_equal(mode_of(at(sidecar_folder(s), "lib/big")), 0444);
    assert_int_equal(readlink(at(sidecar_folder(s), "lib/latest"), target, sizeof target), 16);
    assert_memory_equal(target, "../bin/container", 16);
    buf_init(&bytes, LIBRARY_SIZE);
    assert_int_equal(file_read(at(sidecar_folder(s), "lib/big"), &bytes, NULL), RC_OK);
    assert_int_equal(bytes.len, LIBRARY_SIZE);
    assert_memory_equal(bytes.data, w.library, LIBRARY_SIZE);
    buf_release(&bytes);
    expect_ready(s);
    sidecar_free(s);
    s = open_sidecar(&w); /* the next process finds it */
    expect_ready(s);
    assert_int_equal(copies(&w), 1);
    sidecar_free(s);
    world_release(&w);
}

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
        struct world w;
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
        struct world w;
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

TEST(sidecar_sees_that_the_executable_was_changed_behind_its_back)
{
    struct world w;
    struct sidecar *s;

    world_init(&w);
    s = open_sidecar(&w);
    expect_ready(s);
    put(at(sidecar_folder(s), "bin/container"), "#!/bin/sh\necho two\n", sizeof program - 1, 0755);
    expect_fault(s, RC_DENIED, "/bin/container has other bytes");
    sidecar_free(s);
    world_release(&w);
}

TEST(sidecar_makes_a_copy_anew_that_was_removed)
{
    struct world w;
    struct sidecar *s;

    world_init(&w);
    s = open_sidecar(&w);
    expect_ready(s);
    assert_int_equal(sidecar_tree_remove(AT_FDCWD, sidecar_folder(s), NULL), RC_OK);
    expect_ready(s);
    assert_int_equal(copies(&w), 1);
    sidecar_free(s);
    world_release(&w);
}

TEST(sidecar_without_a_good_list_is_not_trusted)
{
    struct world w;
    struct sidecar *s;
    char list[PATH_SIZE + 8];

    world_init(&w);
    snprintf(list, sizeof list, "%s.sha256", w.tree);
    put(list, "container-sidecar 1\n", 20, 0644);
    s = open_sidecar(&w);
    expect_fault(s, RC_DENIED, "the bundled engine is not trusted: line 1");
    assert_string_equal(sidecar_folder(s), w.tree);
    sidecar_free(s);
    assert_int_equal(unlink(list), 0);
    s = open_sidecar(&w);
    expect_fault(s, RC_DENIED, "is not there");
    sidecar_free(s);
    world_release(&w);
}

TEST(sidecar_without_a_data_folder_is_not_run)
{
    struct world w;
    struct sidecar *s;

    world_init(&w);
    s = sidecar_new(w.tree, "");
    expect_fault(s, RC_MISSING, "no data folder");
    sidecar_free(s);
    put(w.data, "", 0, 0600); /* not a folder */
    s = open_sidecar(&w);
    expect_fault(s, RC_DENIED, "is not a folder");
    sidecar_free(s);
    world_release(&w);
}

TEST(sidecar_removes_what_a_copy_that_was_cut_short_left)
{
    struct world w;
    struct sidecar *s;
    char fresh[PATH_SIZE];

    world_init(&w);
    s = open_sidecar(&w);
    snprintf(fresh, sizeof fresh, "%s.new", sidecar_folder(s));
    assert_int_equal(file_make_folder(at(fresh, "bin/deep"), NULL), RC_OK);
    put(at(fresh, "bin/container"), "half", 4, 0400);
    assert_int_equal(chmod(at(fresh, "bin"), 0500), 0);
    expect_ready(s);
    assert_int_equal(copies(&w), 1);
    sidecar_free(s);
    world_release(&w);
}

/* A file may not grow further, as on a full disk. */
TEST(sidecar_leaves_nothing_behind_on_a_full_disk)
{
    struct rlimit before, small = {LIBRARY_SIZE / 2, 0};
    struct world w;
    struct sidecar *s;

    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    small.rlim_max = before.rlim_max;
    world_init(&w);
    s = open_sidecar(&w);
    assert_true(signal(SIGXFSZ, SIG_IGN) != SIG_ERR);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    expect_fault(s, RC_IO, "cannot copy the bundled engine's lib/big");
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
    assert_true(signal(SIGXFSZ, SIG_DFL) != SIG_ERR);
    assert_int_equal(copies(&w), 0);
    sidecar_free(s);
    s = open_sidecar(&w);
    expect_ready(s);
    sidecar_free(s);
    world_release(&w);
}

static void *become_ready(void *arg)
{
    return sidecar_ready(arg, NULL) == RC_OK ? arg : NULL;
}

static void race(struct sidecar *const *each, size_t count)
{
    pthread_t threads[8];
    void *result = NULL;

    assert_true(count <= countof(threads));
    for (size_t i = 0; i < count; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, become_ready, each[i]), 0);
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(pthread_join(threads[i], &result), 0);
        assert_ptr_equal(result, each[i]);
    }
}

/* A lock of a file belongs to who opened it, so two of them are as two processes. */
TEST(sidecar_is_copied_once_for_two_processes)
{
    struct sidecar *each[6];
    struct world w;

    world_init(&w);
    for (size_t i = 0; i < countof(each); i++)
        each[i] = open_sidecar(&w);
    race(each, countof(each));
    assert_int_equal(copies(&w), 1);
    for (size_t i = 0; i < countof(each); i++)
        sidecar_free(each[i]);
    world_release(&w);
}

TEST(sidecar_is_verified_once_for_all_threads)
{
    struct sidecar *same[6];
    struct world w;

    world_init(&w);
    same[0] = open_sidecar(&w);
    for (size_t i = 1; i < countof(same); i++)
        same[i] = same[0];
    race(same, countof(same));
    assert_int_equal(copies(&w), 1);
    sidecar_free(same[0]);
    world_release(&w);
}

static void *stop_soon(void *arg)
{
    (void)usleep(20000);
    sidecar_stop(arg);
    return NULL;
}

TEST(sidecar_stops_when_the_program_ends)
{
    struct world w;
    struct sidecar *s;
    char path[TEXT_SIZE];
    pthread_t thread;
    int lock_fd = -1;

    world_init(&w);
    s = open_sidecar(&w);
    snprintf(path, sizeof path, "%s", at(w.data, "engine"));
    assert_int_equal(file_make_folder(path, NULL), RC_OK);
    assert_int_equal(file_lock(at(path, "lock"), &lock_fd, NULL), RC_OK); /* another process */
    assert_int_equal(pthread_create(&thread, NULL, stop_soon, s), 0);
    expect_fault(s, RC_CANCELLED, "stopped");
    assert_int_equal(pthread_join(thread, NULL), 0);
    close(lock_fd);
    expect_fault(s, RC_CANCELLED, "stopped");
    assert_int_equal(copies(&w), 0);
    sidecar_free(s);
    sidecar_stop(NULL);
    sidecar_free(NULL);
    world_release(&w);
}

TEST(sidecar_tree_work_is_cancelled)
{
    struct sidecar_list list;
    struct cancel *stop = cancel_new();
    struct buf bytes;
    struct world w;
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

TEST(sidecar_tree_removes_links_and_not_what_they_name)
{
    struct world w;

    world_init(&w);
    make_folder(w.data, 0700);
    assert_int_equal(symlink(w.tree, at(w.data, "link")), 0);
    assert_int_equal(sidecar_tree_remove(AT_FDCWD, w.data, NULL), RC_OK);
    assert_false(is_there(w.data));
    assert_true(is_there(at(w.tree, "bin/container")));
    assert_int_equal(sidecar_tree_remove(AT_FDCWD, w.data, NULL), RC_OK); /* nothing there */
    world_release(&w);
}

/* The names that copies of versions 1.0.0 and 1.1.0 have, after those were made. */
static void make_old_copies(struct world *w, char old[2][PATH_SIZE])
{
    static const char *const versions[] = {"1.0.0", "1.1.0"};

    for (size_t i = 0; i < countof(versions); i++) {
        struct sidecar *s;

        put_list(w, versions[i]);
        s = open_sidecar(w);
        expect_ready(s);
        snprintf(old[i], PATH_SIZE, "%s", sidecar_folder(s));
        sidecar_free(s);
    }
    put_list(w, "1.2.2");
}

TEST(sidecar_sweep_spares_what_a_service_runs_from)
{
    char old[2][PATH_SIZE], root[PATH_SIZE + 4], engine[TEXT_SIZE];
    struct world w;
    struct sidecar *s;

    world_init(&w);
    make_old_copies(&w, old);
    snprintf(engine, sizeof engine, "%s", at(w.data, "engine"));
    make_folder(at(engine, "mine-0123"), 0700); /* not a name of ours */
    make_folder(at(engine, "1.0.0-0123456789ab.new"), 0700);
    put(at(engine, "1.0.0-0123456789ac"), "", 0, 0600);
    s = open_sidecar(&w);
    sidecar_sweep(s, "/usr/local/"); /* ours is not there yet */
    assert_true(is_there(old[0]) && is_there(old[1]));
    expect_ready(s);
    sidecar_sweep(s, ""); /* not known */
    assert_true(is_there(old[0]) && is_there(old[1]));
    sidecar_free(s);
    s = open_sidecar(&w);
    expect_ready(s);
    snprintf(root, sizeof root, "%s/", old[0]);
    sidecar_sweep(s, root);
    assert_true(is_there(old[0]));
    assert_false(is_there(old[1]));
    assert_true(is_there(at(engine, "mine-0123")));
    assert_true(is_there(at(engine, "1.0.0-0123456789ac")));
    assert_false(is_there(at(engine, "1.0.0-0123456789ab.new")));
    assert_true(is_there(at(sidecar_folder(s), "bin/container")));
    sidecar_free(s);
    world_release(&w);
}

TEST(sidecar_sweep_leaves_a_copy_in_the_making)
{
    char old[2][PATH_SIZE];
    struct world w;
    struct sidecar *s;
    int lock_fd = -1;

    world_init(&w);
    make_old_copies(&w, old);
    s = open_sidecar(&w);
    expect_ready(s);
    assert_int_equal(file_lock(at(w.data, "engine/lock"), &lock_fd, NULL), RC_OK);
    sidecar_sweep(s, "/usr/local/");
    assert_true(is_there(old[0]) && is_there(old[1]));
    close(lock_fd);
    sidecar_free(s);
    world_release(&w);
}

SUITE(sidecar, T(sidecar_copies_the_whole_tree_and_runs_the_copy),
      T(sidecar_does_not_copy_a_changed_tree), T(sidecar_does_not_trust_a_changed_copy),
      T(sidecar_sees_that_the_executable_was_changed_behind_its_back),
      T(sidecar_makes_a_copy_anew_that_was_removed), T(sidecar_without_a_good_list_is_not_trusted),
      T(sidecar_without_a_data_folder_is_not_run),
      T(sidecar_removes_what_a_copy_that_was_cut_short_left),
      T(sidecar_leaves_nothing_behind_on_a_full_disk), T(sidecar_is_copied_once_for_two_processes),
      T(sidecar_is_verified_once_for_all_threads), T(sidecar_stops_when_the_program_ends),
      T(sidecar_tree_work_is_cancelled), T(sidecar_tree_removes_links_and_not_what_they_name),
      T(sidecar_sweep_spares_what_a_service_runs_from),
      T(sidecar_sweep_leaves_a_copy_in_the_making))
