/* test_keeper.c - the store's thread: what it hands over at the start, what it writes, and that
 * nothing given is lost at the end or while the file cannot be written. */
#include "core/base/cancel.h"
#include "core/base/clock.h"
#include "core/store/history.h"
#include "core/store/keeper.h"
#include "tests/unit/fake.h"
#include <pthread.h>
#include <sqlite3.h>

#define PATIENCE_MS 20000

struct rig {
    char folder[64];
    struct keeper *keeper;
    pthread_mutex_t lock; /* guards the next three */
    struct kept *kept;
    char trouble[FAULT_TEXT_MAX];
    int troubles;
};

static void on_kept(void *ctx, struct kept *kept)
{
    struct rig *r = ctx;

    pthread_mutex_lock(&r->lock);
    assert_null(r->kept);
    r->kept = kept;
    pthread_mutex_unlock(&r->lock);
}

static void on_trouble(void *ctx, const char *sentence)
{
    struct rig *r = ctx;

    pthread_mutex_lock(&r->lock);
    snprintf(r->trouble, sizeof r->trouble, "%s", sentence);
    r->troubles++;
    pthread_mutex_unlock(&r->lock);
}

static void rig_open(struct rig *r)
{
    memset(r, 0, sizeof *r);
    snprintf(r->folder, sizeof r->folder, "/tmp/ck-keeper.XXXXXX");
    assert_non_null(mkdtemp(r->folder));
    pthread_mutex_init(&r->lock, NULL);
    r->keeper = keeper_new(r->folder);
}

static bool has_kept(struct rig *r)
{
    bool has;

    pthread_mutex_lock(&r->lock);
    has = r->kept != NULL;
    pthread_mutex_unlock(&r->lock);
    return has;
}

static bool has_trouble(struct rig *r, const char *words)
{
    bool has;

    pthread_mutex_lock(&r->lock);
    has = strstr(r->trouble, words) != NULL;
    pthread_mutex_unlock(&r->lock);
    return has;
}

#define WAIT_UNTIL(condition)                                                                      \
    for (int64_t end_ = clock_ms() + PATIENCE_MS; !(condition); cancel_wait_ms(NULL, 2))           \
        if (clock_ms() > end_)                                                                     \
    fail_msg("never came: %s", #condition)

/* What was kept is there. */
static void start(struct rig *r)
{
    const struct keeper_sink sink = {on_kept, on_trouble, r};

    keeper_start(r->keeper, &sink);
    WAIT_UNTIL(has_kept(r));
}

static void stop(struct rig *r)
{
    keeper_free(r->keeper);
    kept_free(r->kept);
    r->keeper = NULL;
    r->kept = NULL;
}

/* The next run of the program. */
static void again(struct rig *r)
{
    stop(r);
    r->keeper = keeper_new(r->folder);
    start(r);
}

static void rig_close(struct rig *r)
{
    DIR *dir = opendir(r->folder);
    struct dirent *e;

    stop(r);
    assert_non_null(dir);
    while ((e = readdir(dir)) != NULL)
        (void)unlinkat(dirfd(dir), e->d_name, 0);
    closedir(dir);
    assert_int_equal(rmdir(r->folder), 0);
    pthread_mutex_destroy(&r->lock);
}

static struct store_event event(const char *name, int64_t at_s)
{
    return (struct store_event){.at_s = at_s,
                                .engine = ENGINE_PODMAN,
                                .container = "0123",
                                .name = name,
                                .what = life_event_word(LIFE_DIED),
                                .has_exit_code = true,
                                .exit_code = 3,
                                .ran_s = 5};
}

static void give_event(struct rig *r, const char *name, int64_t at_s)
{
    const struct store_event e = event(name, at_s);

    keeper_events(r->keeper, &e, 1);
}

static void give_list(struct rig *r, const char *name, int64_t taken_s)
{
    struct snapshot *s = snapshot_new(ENGINE_PODMAN);
    struct container *c = snapshot_add(s);

    s->state = ENGINE_RUNNING;
    s->taken_s = taken_s;
    c->id = c->name = name;
    c->state = STATE_RUNNING;
    c = snapshot_add(s);
    c->id = c->name = "helper";
    c->infra = true;
    snapshot_seal(s);
    keeper_list(r->keeper, s);
    snapshot_free(s);
}

/* As another program reads it. */
static int rows(const struct rig *r, const char *sql)
{
    char path[128];
    sqlite3 *db = NULL;
    sqlite3_stmt *st = NULL;
    int n = -1;

    snprintf(path, sizeof path, "%s/" STORE_FILE, r->folder);
    if (sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL) == SQLITE_OK) {
        sqlite3_busy_timeout(db, PATIENCE_MS);
        if (sqlite3_prepare_v2(db, sql, -1, &st, NULL) == SQLITE_OK &&
            sqlite3_step(st) == SQLITE_ROW)
            n = sqlite3_column_int(st, 0);
        sqlite3_finalize(st);
    }
    sqlite3_close(db);
    return n;
}

TEST(keeper_hands_over_defaults_where_there_is_nothing)
{
    struct rig r;

    rig_open(&r);
    start(&r);
    assert_int_equal(r.kept->settings.number[SETTING_GRACE_S], 10);
    assert_int_equal(r.kept->events.count, 0);
    assert_null(r.kept->lists[ENGINE_PODMAN]);
    assert_string_equal(r.kept->bad, "");
    assert_int_equal(r.troubles, 0);
    rig_close(&r);
}

TEST(keeper_hands_over_what_the_last_run_gave_it)
{
    int64_t now = clock_wall_s();
    const struct snapshot *s;
    struct rig r;

    rig_open(&r);
    start(&r);
    give_event(&r, "web", now - 1);
    give_event(&r, "db", now);
    keeper_setting(r.keeper, SETTING_GRACE_S, "30");
    keeper_setting(r.keeper, SETTING_GRACE_S, "31");
    keeper_name(r.keeper, STORE_PINNED, ENGINE_PODMAN, "web", true);
    give_list(&r, "old", now - 60);
    give_list(&r, "web", now);
    again(&r);
    assert_int_equal(r.kept->settings.number[SETTING_GRACE_S], 31);
    assert_int_equal(r.kept->events.count, 2);
    assert_string_equal(r.kept->events.list[0].name, "db");
    assert_int_equal(r.kept->pins.count, 1);
    s = r.kept->lists[ENGINE_PODMAN];
    assert_non_null(s);
    assert_int_equal(s->state, ENGINE_UNSEEN);
    assert_true(s->stale);
    assert_int_equal(s->taken_s, now);
    assert_int_equal(s->count, 1); /* the helper is not kept */
    assert_string_equal(s->list[0].name, "web");
    keeper_setting(r.keeper, SETTING_GRACE_S, NULL);
    again(&r);
    assert_int_equal(r.kept->settings.number[SETTING_GRACE_S], 10);
    rig_close(&r);
}

TEST(keeper_writes_without_being_stopped)
{
    struct rig r;

    rig_open(&r);
    give_event(&r, "early", clock_wall_s()); /* waits for the start */
    start(&r);
    WAIT_UNTIL(rows(&r, "SELECT count(*) FROM container_event") == 1);
    give_list(&r, "web", 1);
    WAIT_UNTIL(rows(&r, "SELECT count(*) FROM last_list") == 1);
    rig_close(&r);
}

TEST(keeper_keeps_history_within_its_settings)
{
    int64_t now = clock_wall_s();
    struct rig r;

    rig_open(&r);
    start(&r);
    keeper_setting(r.keeper, SETTING_HISTORY_DAYS, "2");
    keeper_setting(r.keeper, SETTING_HISTORY_ROWS, "10");
    again(&r);
    give_event(&r, "too-old", now - 3 * 86400);
    for (int i = 0; i < 20; i++)
        give_event(&r, "web", now - i);
    again(&r);
    assert_int_equal(r.kept->events.count, 10);
    assert_int_equal(r.kept->events.list[0].at_s, now);
    rig_close(&r);
}

/* Another process holds the file: what was given waits, and nobody is told. */
TEST(keeper_waits_for_another_process)
{
    char path[128];
    sqlite3 *db = NULL;
    struct rig r;

    rig_open(&r);
    start(&r);
    snprintf(path, sizeof path, "%s/" STORE_FILE, r.folder);
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, "BEGIN IMMEDIATE", NULL, NULL, NULL), SQLITE_OK);
    give_event(&r, "web", clock_wall_s());
    cancel_wait_ms(NULL, KEEPER_CALM_MS + DB_BUSY_MS); /* it has most likely tried by now */
    assert_int_equal(sqlite3_exec(db, "ROLLBACK", NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(db);
    again(&r);
    assert_int_equal(r.kept->events.count, 1);
    assert_int_equal(r.troubles, 0);
    rig_close(&r);
}

TEST(keeper_tells_of_a_damaged_file_and_goes_on)
{
    char path[128];
    int fd;
    struct rig r;

    rig_open(&r);
    snprintf(path, sizeof path, "%s/" STORE_FILE, r.folder);
    fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    assert_int_equal(write(fd, "no database at all, but long enough to be looked at", 51), 51);
    close(fd);
    start(&r);
    assert_true(has_trouble(&r, "was damaged"));
    give_event(&r, "web", clock_wall_s());
    again(&r);
    assert_int_equal(r.kept->events.count, 1);
    rig_close(&r);
}

TEST(keeper_leaves_the_file_of_a_newer_version_alone)
{
    char path[128];
    sqlite3 *db = NULL;
    struct rig r;

    rig_open(&r);
    snprintf(path, sizeof path, "%s/" STORE_FILE, r.folder);
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(
        sqlite3_exec(db, "CREATE TABLE setting (x); PRAGMA user_version = 99", NULL, NULL, NULL),
        SQLITE_OK);
    sqlite3_close(db);
    start(&r);
    assert_true(has_trouble(&r, "newer Container Kit"));
    give_event(&r, "web", clock_wall_s());
    again(&r);
    assert_int_equal(rows(&r, "PRAGMA user_version"), 99);
    assert_int_equal(rows(&r, "SELECT count(*) FROM sqlite_schema"), 1);
    rig_close(&r);
}

/* The file cannot be made: its folder is a file. */
TEST(keeper_does_without_a_store)
{
    char path[128];
    struct rig r;
    int fd;

    rig_open(&r);
    snprintf(path, sizeof path, "%s/file", r.folder);
    fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    close(fd);
    keeper_free(r.keeper);
    r.keeper = keeper_new(path);
    start(&r);
    assert_int_equal(r.kept->settings.number[SETTING_GRACE_S], 10);
    assert_true(has_trouble(&r, "cannot be kept"));
    for (int i = 0; i < KEEPER_EVENTS_MAX + 10; i++)
        give_event(&r, "web", i);
    rig_close(&r);
}

SUITE(keeper, T(keeper_hands_over_defaults_where_there_is_nothing),
      T(keeper_hands_over_what_the_last_run_gave_it), T(keeper_writes_without_being_stopped),
      T(keeper_keeps_history_within_its_settings), T(keeper_waits_for_another_process),
      T(keeper_tells_of_a_damaged_file_and_goes_on),
      T(keeper_leaves_the_file_of_a_newer_version_alone), T(keeper_does_without_a_store))
