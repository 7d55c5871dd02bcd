/* test_store_backup.c - store_backup.h: the copy comes back only for a program that could not read
 * what is there. Files of a later version are made by the sqlite library itself. */
#include "core/base/tree.h"
#include "core/store/store.h"
#include "core/store/store_backup.h"
#include "tests/unit/unit.h"
#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct world {
    char data[64], backup[96], db[128];
    struct store *store;
    struct arena a;
};

static void world_init(struct world *w)
{
    *w = (struct world){0};
    snprintf(w->data, sizeof w->data, "/tmp/ck-backup.XXXXXX");
    assert_non_null(mkdtemp(w->data));
    snprintf(w->backup, sizeof w->backup, "%s/backup-1.0.0", w->data);
    snprintf(w->db, sizeof w->db, "%s/" STORE_FILE, w->data);
    w->store = store_new(w->data);
}

static void world_release(struct world *w)
{
    store_free(w->store);
    arena_release(&w->a);
    assert_int_equal(tree_remove(AT_FDCWD, w->data, NULL), RC_OK);
}

static void put(struct world *w, const char *value)
{
    assert_int_equal(store_setting_put(w->store, "color", value, NULL), RC_OK);
}

static const char *color(struct world *w)
{
    struct store_pairs pairs;

    assert_int_equal(store_settings(w->store, &w->a, &pairs, NULL), RC_OK);
    assert_int_equal(pairs.count, 1);
    return pairs.list[0].value;
}

static bool is_there(const char *path)
{
    struct stat st;

    return lstat(path, &st) == 0;
}

/* As a later program does to a file of ours. */
static void migrate(struct world *w)
{
    sqlite3 *db = NULL;

    assert_int_equal(sqlite3_open(w->db, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, "UPDATE setting SET value = 'blue'; PRAGMA user_version = 99",
                                  NULL, NULL, NULL),
                     SQLITE_OK);
    sqlite3_close(db);
}

TEST(store_backup_is_private_and_whole)
{
    struct world w;
    struct stat st;
    char copy[160];

    world_init(&w);
    put(&w, "red");
    assert_int_equal(store_backup(w.data, w.backup, NULL), RC_OK);
    assert_int_equal(store_backup(w.data, w.backup, NULL), RC_OK); /* in place of the first one */
    snprintf(copy, sizeof copy, "%s/" STORE_FILE, w.backup);
    assert_int_equal(stat(copy, &st), 0);
    assert_int_equal(st.st_mode & 07777, 0600);
    assert_int_equal(stat(w.backup, &st), 0);
    assert_int_equal(st.st_mode & 07777, 0700);
    world_release(&w);
}

TEST(store_restore_undoes_what_an_older_program_cannot_read)
{
    struct world w;

    world_init(&w);
    put(&w, "red");
    assert_int_equal(store_backup(w.data, w.backup, NULL), RC_OK);
    migrate(&w);
    assert_int_equal(store_restore(w.data, w.backup, NULL), RC_OK);
    assert_string_equal(color(&w), "red");
    put(&w, "green");
    assert_int_equal(store_restore(w.data, w.backup, NULL), RC_OK); /* once is enough */
    assert_string_equal(color(&w), "green");
    world_release(&w);
}

TEST(store_restore_leaves_what_the_older_program_can_read)
{
    struct world w;

    world_init(&w);
    put(&w, "red");
    assert_int_equal(store_backup(w.data, w.backup, NULL), RC_OK);
    put(&w, "green");
    assert_int_equal(store_restore(w.data, w.backup, NULL), RC_OK);
    assert_string_equal(color(&w), "green");
    world_release(&w);
}

TEST(store_restore_brings_back_a_file_that_is_gone)
{
    struct world w;

    world_init(&w);
    put(&w, "red");
    assert_int_equal(store_backup(w.data, w.backup, NULL), RC_OK);
    assert_int_equal(unlink(w.db), 0);
    assert_int_equal(store_restore(w.data, w.backup, NULL), RC_OK);
    assert_string_equal(color(&w), "red");
    world_release(&w);
}

TEST(store_backup_of_nothing_is_nothing)
{
    struct world w;

    world_init(&w);
    assert_int_equal(store_backup(w.data, w.backup, NULL), RC_OK);
    assert_false(is_there(w.backup));
    assert_int_equal(store_restore(w.data, w.backup, NULL), RC_OK);
    assert_false(is_there(w.db));
    world_release(&w);
}

SUITE(store_backup, T(store_backup_is_private_and_whole),
      T(store_restore_undoes_what_an_older_program_cannot_read),
      T(store_restore_leaves_what_the_older_program_can_read),
      T(store_restore_brings_back_a_file_that_is_gone), T(store_backup_of_nothing_is_nothing))
