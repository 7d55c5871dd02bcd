/* test_sidecar.c - the bundled engine's copy: made once and whole, trusted once, swept. */
#include "tests/unit/sidecar_world.h"

TEST(sidecar_copies_the_whole_tree_and_runs_the_copy)
{
    struct world w = {0};
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

TEST(sidecar_sees_that_the_executable_was_changed_behind_its_back)
{
    struct world w = {0};
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
    struct world w = {0};
    struct sidecar *s;

    world_init(&w);
    s = open_sidecar(&w);
    expect_ready(s);
    assert_int_equal(tree_remove(AT_FDCWD, sidecar_folder(s), NULL), RC_OK);
    expect_ready(s);
    assert_int_equal(copies(&w), 1);
    sidecar_free(s);
    world_release(&w);
}

TEST(sidecar_without_a_good_list_is_not_trusted)
{
    struct world w = {0};
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
    struct world w = {0};
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
    struct world w = {0};
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
    struct world w = {0};
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
    struct world w = {0};

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
    struct world w = {0};

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
    struct world w = {0};
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
    struct world w = {0};
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
    struct world w = {0};
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
      T(sidecar_sees_that_the_executable_was_changed_behind_its_back),
      T(sidecar_makes_a_copy_anew_that_was_removed), T(sidecar_without_a_good_list_is_not_trusted),
      T(sidecar_without_a_data_folder_is_not_run),
      T(sidecar_removes_what_a_copy_that_was_cut_short_left),
      T(sidecar_leaves_nothing_behind_on_a_full_disk), T(sidecar_is_copied_once_for_two_processes),
      T(sidecar_is_verified_once_for_all_threads), T(sidecar_stops_when_the_program_ends),
      T(sidecar_sweep_spares_what_a_service_runs_from),
      T(sidecar_sweep_leaves_a_copy_in_the_making))
