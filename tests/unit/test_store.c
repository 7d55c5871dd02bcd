/* test_store.c - store.h against real files: new, old, newer, damaged, foreign, held by another.
 *
 * Files that no version of ours would write are made by the sqlite library itself. */
#include "core/base/file.h"
#include "core/store/store.h"
#include "tests/unit/fake.h"
#include <sqlite3.h>

struct world {
    char folder[64];
    char path[128];
    struct store *store;
    struct arena a;
};

static void world_open(struct world *w)
{
    memset(w, 0, sizeof *w);
    snprintf(w->folder, sizeof w->folder, "/tmp/ck-store.XXXXXX");
    assert_non_null(mkdtemp(w->folder));
    snprintf(w->path, sizeof w->path, "%s/" STORE_FILE, w->folder);
    w->store = store_new(w->folder);
}

static void world_close(struct world *w)
{
    DIR *dir = opendir(w->folder);
    struct dirent *e;

    store_free(w->store);
    arena_release(&w->a);
    assert_non_null(dir);
    while ((e = readdir(dir)) != NULL)
        (void)unlinkat(dirfd(dir), e->d_name, 0);
    closedir(dir);
    assert_int_equal(rmdir(w->folder), 0);
}

/* As another program would, with any text. */
static void run_sql(const char *path, const char *sql)
{
    sqlite3 *db = NULL;
    char *text = NULL;

    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    if (sqlite3_exec(db, sql, NULL, NULL, &text) != SQLITE_OK)
        fail_msg("%s: %s", sql, text);
    sqlite3_close(db);
}

static const char *setting(struct world *w, const char *name)
{
    struct store_pairs pairs;

    assert_int_equal(store_settings(w->store, &w->a, &pairs, NULL), RC_OK);
    for (size_t i = 0; i < pairs.count; i++)
        if (strcmp(pairs.list[i].name, name) == 0)
            return pairs.list[i].value;
    return NULL;
}

static enum store_state state_now(struct world *w)
{
    char sentence[FAULT_TEXT_MAX];

    return store_state(w->store, sentence);
}

static mode_t mode_of(const char *path)
{
    struct stat st;

    assert_int_equal(stat(path, &st), 0);
    return st.st_mode & 07777;
}

/* Files in the folder whose name begins like that. */
static size_t count_files(struct world *w, const char *begin)
{
    DIR *dir = opendir(w->folder);
    struct dirent *e;
    size_t count = 0;

    while ((e = readdir(dir)) != NULL)
        count += strncmp(e->d_name, begin, strlen(begin)) == 0;
    closedir(dir);
    return count;
}

TEST(store_keeps_settings_and_forgets_them)
{
    struct world w;
    char huge[STORE_TEXT_MAX + 2];

    world_open(&w);
    assert_int_equal(state_now(&w), STORE_UNTRIED);
    assert_null(setting(&w, "a"));
    assert_int_equal(store_setting_put(w.store, "a", "1", NULL), RC_OK);
    assert_int_equal(
        store_setting_put(w.store, "b'; DROP TABLE setting; --", "\xf0\x9f\x90\xb3", NULL), RC_OK);
    assert_int_equal(store_setting_put(w.store, "a", "2", NULL), RC_OK);
    assert_string_equal(setting(&w, "a"), "2");
    assert_string_equal(setting(&w, "b'; DROP TABLE setting; --"), "\xf0\x9f\x90\xb3");
    assert_int_equal(store_setting_put(w.store, "a", NULL, NULL), RC_OK);
    assert_null(setting(&w, "a"));
    memset(huge, 'x', sizeof huge - 1);
    huge[sizeof huge - 1] = '\0';
    assert_int_equal(store_setting_put(w.store, "a", huge, NULL), RC_TOO_BIG);
    assert_int_equal(state_now(&w), STORE_GOOD);
    world_close(&w);
}

TEST(store_files_are_private_whatever_the_umask)
{
    struct world w;
    char deep[96];
    struct store *s;
    mode_t before = umask(0);

    world_open(&w);
    assert_int_equal(store_setting_put(w.store, "a", "1", NULL), RC_OK);
    assert_int_equal(mode_of(w.path), 0600);
    snprintf(deep, sizeof deep, "%s/x", w.folder);
    s = store_new(deep);
    assert_int_equal(store_setting_put(s, "a", "1", NULL), RC_OK);
    store_free(s);
    assert_int_equal(mode_of(deep), 0700);
    umask(before);
    snprintf(deep, sizeof deep, "%s/x/" STORE_FILE, w.folder);
    assert_int_equal(mode_of(deep), 0600);
    assert_int_equal(unlink(deep), 0);
    snprintf(deep, sizeof deep, "%s/x", w.folder);
    assert_int_equal(rmdir(deep), 0); /* nothing else was left in it */
    world_close(&w);
}

/* While a connection is open SQLite keeps two more files; they get the mode of the first. */
TEST(store_helper_files_are_private_too)
{
    struct world w;
    char path[160];
    mode_t before = umask(0);
    struct db *db = NULL;

    world_open(&w);
    assert_int_equal(store_setting_put(w.store, "a", "1", NULL), RC_OK);
    assert_int_equal(db_open(w.path, DB_WRITE, &db, NULL), RC_OK);
    assert_int_equal(db_run(db, SQL_SETUP_WRITING, NULL), RC_OK);
    assert_int_equal(store_setting_put(w.store, "a", "2", NULL), RC_OK);
    umask(before);
    snprintf(path, sizeof path, "%s-wal", w.path);
    assert_int_equal(mode_of(path), 0600);
    snprintf(path, sizeof path, "%s-shm", w.path);
    assert_int_equal(mode_of(path), 0600);
    db_close(db);
    world_close(&w);
}

TEST(store_follows_no_link)
{
    struct world w;
    char target[128];

    world_open(&w);
    snprintf(target, sizeof target, "%s/elsewhere", w.folder);
    assert_int_equal(symlink(target, w.path), 0);
    assert_int_equal(store_setting_put(w.store, "a", "1", NULL), RC_DENIED);
    assert_int_equal(state_now(&w), STORE_OFF);
    assert_int_equal(access(target, F_OK), -1);
    world_close(&w);
}

TEST(store_keeps_sets_of_names)
{
    struct world w;
    struct store_names names;

    world_open(&w);
    assert_int_equal(store_name_put(w.store, STORE_PINNED, ENGINE_PODMAN, "web", true, NULL),
                     RC_OK);
    assert_int_equal(store_name_put(w.store, STORE_PINNED, ENGINE_PODMAN, "web", true, NULL),
                     RC_OK);
    assert_int_equal(store_name_put(w.store, STORE_PINNED, ENGINE_DOCKER, "web", true, NULL),
                     RC_OK);
    assert_int_equal(store_name_put(w.store, STORE_HIDDEN, ENGINE_DOCKER, "db", true, NULL), RC_OK);
    assert_int_equal(store_names(w.store, STORE_PINNED, &w.a, &names, NULL), RC_OK);
    assert_int_equal(names.count, 2);
    assert_int_equal(names.list[0].engine, ENGINE_PODMAN); /* as they were put */
    assert_string_equal(names.list[1].name, "web");
    assert_int_equal(store_name_put(w.store, STORE_PINNED, ENGINE_PODMAN, "web", false, NULL),
                     RC_OK);
    assert_int_equal(store_names(w.store, STORE_PINNED, &w.a, &names, NULL), RC_OK);
    assert_int_equal(names.count, 1);
    assert_int_equal(store_names(w.store, STORE_HIDDEN, &w.a, &names, NULL), RC_OK);
    assert_int_equal(names.count, 1);
    world_close(&w);
}

TEST(store_keeps_events_up_to_a_count_and_an_age)
{
    struct store_event list[40];
    struct store_events events;
    struct world w;

    world_open(&w);
    for (int i = 0; i < 40; i++)
        list[i] = (struct store_event){.at_s = 1000 + i,
                                       .engine = ENGINE_PODMAN,
                                       .container = "c",
                                       .name = "web",
                                       .what = "died",
                                       .has_exit_code = i == 39,
                                       .exit_code = 137,
                                       .ran_s = i == 39 ? -1 : i};
    assert_int_equal(store_events_add(w.store, list, 40, 0, 30, NULL), RC_OK);
    assert_int_equal(store_events(w.store, STORE_ROWS_MAX, &w.a, &events, NULL), RC_OK);
    assert_int_equal(events.count, 30);
    assert_int_equal(events.list[0].at_s, 1039);
    assert_true(events.list[0].has_exit_code && events.list[0].exit_code == 137);
    assert_int_equal(events.list[0].ran_s, -1);
    assert_false(events.list[1].has_exit_code);
    assert_int_equal(events.list[1].ran_s, 38);
    assert_string_equal(events.list[29].name, "web");
    assert_int_equal(store_events_add(w.store, NULL, 0, 1030, 30, NULL), RC_OK);
    assert_int_equal(store_events(w.store, 5, &w.a, &events, NULL), RC_OK);
    assert_int_equal(events.count, 5);
    assert_int_equal(store_events(w.store, 100, &w.a, &events, NULL), RC_OK);
    assert_int_equal(events.count, 10);
    world_close(&w);
}

/* A table refuses an engine that there is not: nothing of the batch stays. */
TEST(store_takes_all_events_of_a_batch_or_none)
{
    struct store_event good = {.at_s = 1, .container = "c", .name = "n", .what = "died"}, bad[2];
    struct store_events events;
    struct world w;

    world_open(&w);
    assert_int_equal(store_events_add(w.store, &good, 1, 0, 10, NULL), RC_OK);
    bad[0] = bad[1] = good;
    bad[1].name = NULL; /* NOT NULL */
    assert_int_equal(store_events_add(w.store, bad, 2, 0, 10, NULL), RC_FAILED);
    assert_int_equal(store_events(w.store, 10, &w.a, &events, NULL), RC_OK);
    assert_int_equal(events.count, 1);
    world_close(&w);
}

TEST(store_keeps_registries_and_believes_none_that_is_not_valid)
{
    struct store_registry r = {.engine = ENGINE_DOCKER};
    struct store_registries all;
    struct world w;

    world_open(&w);
    assert_int_equal(valid_host("ghcr.io", 7, &r.host, NULL), RC_OK);
    assert_int_equal(store_registry_put(w.store, &r, NULL), RC_OK);
    assert_int_equal(valid_user("alice", 5, &r.user, NULL), RC_OK);
    assert_int_equal(store_registry_put(w.store, &r, NULL), RC_OK);
    run_sql(w.path, "INSERT INTO engine_registry VALUES ('docker', '-x', 'bob'),"
                    " ('podman', 'quay.io', 'a' || char(10))");
    assert_int_equal(store_registries(w.store, &w.a, &all, NULL), RC_OK);
    assert_int_equal(all.count, 1);
    assert_string_equal(all.list[0].host.text, "ghcr.io");
    assert_string_equal(all.list[0].user.text, "alice");
    assert_int_equal(store_registry_drop(w.store, ENGINE_DOCKER, &r.host, NULL), RC_OK);
    assert_int_equal(store_registries(w.store, &w.a, &all, NULL), RC_OK);
    assert_int_equal(all.count, 0);
    world_close(&w);
}

TEST(store_keeps_the_last_list_of_each_engine)
{
    struct world w;
    const char *json = NULL;
    size_t len = 0;
    int64_t taken = 0;

    world_open(&w);
    assert_int_equal(store_list(w.store, ENGINE_APPLE, &w.a, &taken, &json, &len, NULL),
                     RC_MISSING);
    assert_int_equal(store_list_put(w.store, ENGINE_APPLE, 5, "[1]", 3, NULL), RC_OK);
    assert_int_equal(store_list_put(w.store, ENGINE_APPLE, 7, "[1,2]", 5, NULL), RC_OK);
    assert_int_equal(store_list(w.store, ENGINE_APPLE, &w.a, &taken, &json, &len, NULL), RC_OK);
    assert_int_equal(taken, 7);
    assert_int_equal(len, 5);
    assert_string_equal(json, "[1,2]");
    assert_int_equal(store_list_put(w.store, ENGINE_APPLE, 8, "", STORE_LIST_MAX + 1, NULL),
                     RC_TOO_BIG);
    world_close(&w);
}

TEST(store_of_a_newer_version_is_left_alone)
{
    struct world w;
    struct fault why;
    struct store_pairs pairs;
    char sentence[FAULT_TEXT_MAX];

    world_open(&w);
    run_sql(w.path, "CREATE TABLE setting (name, value, more);"
                    "INSERT INTO setting VALUES ('a', 'b', 'c');"
                    "PRAGMA user_version = 99");
    assert_int_equal(store_settings(w.store, &w.a, &pairs, &why), RC_DENIED);
    assert_int_equal(pairs.count, 0);
    assert_int_equal(store_setting_put(w.store, "a", "x", &why), RC_DENIED);
    assert_int_equal(store_state(w.store, sentence), STORE_NEWER);
    assert_non_null(strstr(sentence, "newer"));
    assert_int_equal(count_files(&w, STORE_FILE "."), 0);
    run_sql(w.path, "CREATE TABLE proof AS SELECT * FROM setting WHERE more = 'c'");
    world_close(&w);
}

static void damage(const char *path, long at)
{
    FILE *f = fopen(path, "r+b");

    assert_non_null(f);
    assert_int_equal(fseek(f, at, SEEK_SET), 0);
    for (int i = 0; i < 3000; i++)
        fputc(0xa5, f);
    assert_int_equal(fclose(f), 0);
}

TEST(store_moves_a_damaged_file_aside_and_says_so)
{
    static const long places[] = {0, 100, 4096 * 2};
    char sentence[FAULT_TEXT_MAX];
    struct world w;

    for (size_t i = 0; i < countof(places); i++) {
        world_open(&w);
        assert_int_equal(store_setting_put(w.store, "a", "1", NULL), RC_OK);
        damage(w.path, places[i]);
        store_free(w.store);
        w.store = store_new(w.folder); /* the next start of the program */
        assert_null(setting(&w, "a"));
        assert_int_equal(store_setting_put(w.store, "b", "2", NULL), RC_OK);
        assert_string_equal(setting(&w, "b"), "2");
        assert_int_equal(store_state(w.store, sentence), STORE_MOVED_ASIDE);
        assert_non_null(strstr(sentence, STORE_FILE ".damaged-"));
        assert_int_equal(count_files(&w, STORE_FILE ".damaged-"), 1);
        world_close(&w);
    }
}

/* In the head of the file the next call finds it; in a table the one that reads there, and the call
 * after that starts over. */
TEST(store_damaged_while_it_runs_starts_over)
{
    struct world w;
    struct store_pairs pairs;

    world_open(&w);
    assert_int_equal(store_setting_put(w.store, "a", "1", NULL), RC_OK);
    damage(w.path, 0);
    assert_int_equal(store_settings(w.store, &w.a, &pairs, NULL), RC_OK);
    assert_int_equal(pairs.count, 0);
    assert_int_equal(state_now(&w), STORE_MOVED_ASIDE);
    assert_int_equal(store_setting_put(w.store, "a", "1", NULL), RC_OK);
    for (long page = 1; page < 12; page++)
        damage(w.path, page * 4096);
    assert_int_equal(store_settings(w.store, &w.a, &pairs, NULL), RC_PARSE);
    assert_int_equal(store_setting_put(w.store, "b", "2", NULL), RC_OK);
    assert_string_equal(setting(&w, "b"), "2");
    assert_true(count_files(&w, STORE_FILE ".damaged-") >= 2); /* none took another's place */
    world_close(&w);
}

TEST(store_takes_over_the_older_container_kits_database)
{
    struct store_registries all;
    struct world w;

    world_open(&w);
    run_sql(w.path,
            "CREATE TABLE registry (id TEXT PRIMARY KEY, name TEXT, url TEXT UNIQUE,"
            "  logged_in INTEGER);"
            "CREATE TABLE seeds (id INTEGER PRIMARY KEY, name TEXT UNIQUE, applied INTEGER);"
            "CREATE TABLE _sqlx_migrations (version INTEGER PRIMARY KEY);"
            "INSERT INTO registry VALUES ('1', 'Docker Hub', 'docker.io', 1),"
            "  ('2', 'GitHub', 'https://ghcr.io/', 0), ('3', 'Bad', 'https://a b', 0),"
            "  ('4', 'Local', 'http://localhost:5000', 0);"
            "INSERT INTO seeds VALUES (1, 'registries', 1)");
    assert_int_equal(store_registries(w.store, &w.a, &all, NULL), RC_OK);
    assert_int_equal(all.count, 3);
    assert_string_equal(all.list[0].host.text, "docker.io");
    assert_int_equal(all.list[0].engine, ENGINE_APPLE);
    assert_string_equal(all.list[1].host.text, "ghcr.io");
    assert_string_equal(all.list[2].host.text, "localhost:5000");
    /* once: one that the user then drops stays dropped */
    assert_int_equal(store_registry_drop(w.store, ENGINE_APPLE, &all.list[0].host, NULL), RC_OK);
    store_free(w.store);
    w.store = store_new(w.folder);
    assert_int_equal(store_registries(w.store, &w.a, &all, NULL), RC_OK);
    assert_int_equal(all.count, 2);
    /* as it was, and a copy beside it */
    run_sql(w.path, "CREATE TABLE proof (n INTEGER CHECK (n = 4));"
                    "INSERT INTO proof SELECT count(*) FROM registry WHERE url IS NOT NULL");
    assert_int_equal(count_files(&w, STORE_FILE ".before-1"), 1);
    assert_int_equal(mode_of(w.path), 0600);
    world_close(&w);
}

/* Version 1 had no order of pins: those of then stand first, by name. */
TEST(store_takes_over_pins_that_had_no_order)
{
    struct store_names names;
    struct world w;

    world_open(&w);
    assert_int_equal(store_name_put(w.store, STORE_PINNED, ENGINE_PODMAN, "web", true, NULL),
                     RC_OK);
    assert_int_equal(store_name_put(w.store, STORE_PINNED, ENGINE_PODMAN, "db", true, NULL), RC_OK);
    store_free(w.store);
    run_sql(w.path, "ALTER TABLE pin DROP COLUMN place; DROP TABLE muted; PRAGMA user_version = 1");
    w.store = store_new(w.folder);
    assert_int_equal(store_name_put(w.store, STORE_PINNED, ENGINE_PODMAN, "api", true, NULL),
                     RC_OK);
    assert_int_equal(store_names(w.store, STORE_PINNED, &w.a, &names, NULL), RC_OK);
    assert_int_equal(names.count, 3);
    assert_string_equal(names.list[0].name, "db");
    assert_string_equal(names.list[1].name, "web");
    assert_string_equal(names.list[2].name, "api");
    assert_int_equal(count_files(&w, STORE_FILE ".before-2"), 1);
    world_close(&w);
}

TEST(store_that_another_process_holds_is_told_as_busy)
{
    struct world w;
    sqlite3 *other = NULL;
    struct fault why;

    world_open(&w);
    assert_int_equal(store_setting_put(w.store, "a", "1", NULL), RC_OK);
    assert_int_equal(sqlite3_open(w.path, &other), SQLITE_OK);
    assert_int_equal(sqlite3_exec(other, "BEGIN EXCLUSIVE", NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(store_setting_put(w.store, "a", "2", &why), RC_TIMEOUT);
    assert_non_null(strstr(why.text, "busy"));
    assert_string_equal(setting(&w, "a"), "1"); /* reading goes on beside a writer */
    assert_int_equal(state_now(&w), STORE_GOOD);
    sqlite3_close(other);
    assert_int_equal(store_setting_put(w.store, "a", "2", NULL), RC_OK);
    world_close(&w);
}

#define WRITERS 4
#define WRITES 40

/* All start on a file that is not there yet. */
TEST(store_is_used_by_processes_at_once)
{
    struct store_events events;
    struct world w;
    pid_t pids[WRITERS];

    world_open(&w);
    for (int p = 0; p < WRITERS; p++) {
        pids[p] = fork();
        assert_true(pids[p] >= 0);
        if (pids[p] == 0) {
            struct store_event e = {
                .at_s = p, .container = "c", .name = "n", .what = "died", .ran_s = -1};
            int bad = 0;

            for (int i = 0; i < WRITES; i++) {
                enum rc rc;

                do /* busy for longer than anybody waits is told, and nothing is lost */
                    rc = store_events_add(w.store, &e, 1, 0, 1000, NULL);
                while (rc == RC_TIMEOUT);
                bad += rc != RC_OK;
            }
            _exit(bad);
        }
    }
    for (int p = 0; p < WRITERS; p++) {
        int status = -1;

        assert_int_equal(waitpid(pids[p], &status, 0), pids[p]);
        assert_int_equal(status, 0);
    }
    assert_int_equal(store_events(w.store, 1000, &w.a, &events, NULL), RC_OK);
    assert_int_equal(events.count, WRITERS * WRITES);
    world_close(&w);
}

/* Ended at any moment of its first use, a process leaves the old file or the new one. */
TEST(store_killed_while_it_brings_a_file_up_to_date)
{
    for (int us = 0; us < 6000; us += 200) {
        struct store_registries all;
        struct world w;
        pid_t pid;

        world_open(&w);
        run_sql(w.path, "CREATE TABLE registry (id TEXT, name TEXT, url TEXT, logged_in INTEGER);"
                        "CREATE TABLE _sqlx_migrations (version INTEGER PRIMARY KEY);"
                        "INSERT INTO registry VALUES ('1', 'a', 'ghcr.io', 0)");
        pid = fork();
        assert_true(pid >= 0);
        if (pid == 0)
            _exit(store_registries(w.store, &w.a, &all, NULL) != RC_OK);
        usleep((useconds_t)us);
        kill(pid, SIGKILL);
        assert_int_equal(waitpid(pid, NULL, 0), pid);
        assert_int_equal(store_registries(w.store, &w.a, &all, NULL), RC_OK);
        assert_int_equal(all.count, 1);
        assert_int_equal(state_now(&w), STORE_GOOD);
        world_close(&w);
    }
}

SUITE(store, T(store_keeps_settings_and_forgets_them),
      T(store_files_are_private_whatever_the_umask), T(store_helper_files_are_private_too),
      T(store_follows_no_link), T(store_keeps_sets_of_names),
      T(store_keeps_events_up_to_a_count_and_an_age), T(store_takes_all_events_of_a_batch_or_none),
      T(store_keeps_registries_and_believes_none_that_is_not_valid),
      T(store_keeps_the_last_list_of_each_engine), T(store_of_a_newer_version_is_left_alone),
      T(store_moves_a_damaged_file_aside_and_says_so), T(store_damaged_while_it_runs_starts_over),
      T(store_takes_over_the_older_container_kits_database),
      T(store_takes_over_pins_that_had_no_order),
      T(store_that_another_process_holds_is_told_as_busy), T(store_is_used_by_processes_at_once),
      T(store_killed_while_it_brings_a_file_up_to_date))
