/* store_file.c - see store_file.h.
 *
 * Two processes may come here at once (the menu bar and a word of the command line). Bringing a
 * file up to date is one transaction that looks at the version again once it holds the file.
 * Moving a damaged one aside is done under a lock of its own, after a second look, so that nobody
 * moves the fresh file that another has just made. */
#include "core/store/store_file.h"
#include "core/base/clock.h"
#include "core/base/file.h"
#include "core/base/log.h"
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define PATH_SIZE (FILE_PATH_MAX + 64)
#define STAMP_SIZE 32

struct store {
    char folder[FILE_PATH_MAX];
    char path[PATH_SIZE];
    pthread_mutex_t lock;
    /* guarded by lock */
    bool checked; /* in this process: whole, and of our version */
    enum store_state state;
    char sentence[FAULT_TEXT_MAX];
};

struct store *store_new(const char *folder)
{
    struct store *s = mem_new(sizeof *s);

    snprintf(s->folder, sizeof s->folder, "%s", folder);
    snprintf(s->path, sizeof s->path, "%s/" STORE_FILE, s->folder);
    MUST(pthread_mutex_init(&s->lock, NULL) == 0);
    return s;
}

void store_free(struct store *s)
{
    if (s == NULL)
        return;
    MUST(pthread_mutex_destroy(&s->lock) == 0);
    mem_free(s);
}

enum store_state store_state(struct store *s, char sentence[FAULT_TEXT_MAX])
{
    enum store_state state;

    MUST(pthread_mutex_lock(&s->lock) == 0);
    state = s->state;
    memcpy(sentence, s->sentence, FAULT_TEXT_MAX);
    MUST(pthread_mutex_unlock(&s->lock) == 0);
    return state;
}

/* That it was moved aside is told until the program ends. */
static void set_state(struct store *s, enum store_state state, const char *sentence)
{
    MUST(pthread_mutex_lock(&s->lock) == 0);
    if (s->state != STORE_MOVED_ASIDE || state != STORE_GOOD) {
        if (s->state != state)
            log_info("store:" LOG_PRIVATE " %s", sentence[0] != '\0' ? sentence : "in use");
        s->state = state;
        snprintf(s->sentence, sizeof s->sentence, "%s", sentence);
    }
    MUST(pthread_mutex_unlock(&s->lock) == 0);
}

static bool is_checked(struct store *s)
{
    bool checked;

    MUST(pthread_mutex_lock(&s->lock) == 0);
    checked = s->checked;
    MUST(pthread_mutex_unlock(&s->lock) == 0);
    return checked;
}

static void set_checked(struct store *s, bool checked)
{
    MUST(pthread_mutex_lock(&s->lock) == 0);
    s->checked = checked;
    MUST(pthread_mutex_unlock(&s->lock) == 0);
}

/* SQLite would make the file with the umask's mode; its helpers get the mode of the file. */
static enum rc make_private(const char *path, struct fault *why)
{
    int fd = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK, 0600);
    struct stat st;
    enum rc rc = RC_OK;

    if (fd < 0 && errno == ELOOP)
        return fault_set(why, RC_DENIED, "%s is a symbolic link", path);
    if (fd < 0)
        return fault_set(why, RC_IO, "cannot open %s", path);
    if (fstat(fd, &st) < 0)
        rc = fault_set(why, RC_IO, "cannot look at %s", path);
    else if (!S_ISREG(st.st_mode))
        rc = fault_set(why, RC_DENIED, "%s is not a file", path);
    else if ((st.st_mode & 077) != 0 && fchmod(fd, 0600) < 0) /* the older Container Kit's */
        rc = fault_set(why, RC_IO, "cannot make %s private", path);
    close(fd);
    return rc;
}

enum rc store_file_version(struct db *db, int64_t *version, struct fault *why)
{
    struct db_query q;

    *version = 0;
    db_query(&q, db, SQL_VERSION);
    if (db_next(&q))
        *version = db_int(&q, 0, 0);
    return db_end(&q, why);
}

/* RC_PARSE when SQLite finds something wrong in the file. */
static enum rc check_whole(struct db *db, struct fault *why)
{
    struct db_query q;
    bool whole = false;
    enum rc rc;

    db_query(&q, db, SQL_CHECK);
    if (db_next(&q))
        whole = strcmp(db_text(&q, 0), "ok") == 0;
    rc = db_end(&q, why);
    if (rc == RC_OK && !whole)
        rc = fault_set(why, RC_PARSE, "the database is damaged");
    return rc;
}

static enum rc has_table(struct db *db, const char *name, bool *has, struct fault *why)
{
    struct db_query q;

    db_query(&q, db, SQL_HAS_TABLE);
    db_bind_text(&q, name);
    *has = db_next(&q);
    return db_end(&q, why);
}

/* The host of an address of the older Container Kit: with or without scheme, nothing behind it. */
static bool old_host(const char *url, struct valid_host *out)
{
    static const char *const schemes[] = {"https://", "http://"};
    size_t len;

    for (size_t i = 0; i < countof(schemes); i++)
        if (strncmp(url, schemes[i], strlen(schemes[i])) == 0)
            url += strlen(schemes[i]);
    len = strcspn(url, "/");
    return valid_host(url, len, out, NULL) == RC_OK;
}

static enum rc put_registry(struct db *db, const struct valid_host *host, struct fault *why)
{
    struct db_query q;

    db_query(&q, db, SQL_REGISTRY_PUT);
    db_bind_text(&q, engine_word(ENGINE_APPLE)); /* the only engine it knew */
    db_bind_text(&q, host->text);
    db_bind_text(&q, "");
    return db_end(&q, why);
}

/* Once, in the transaction that makes version 1. Its tables stay as they are. */
static enum rc import_old(struct db *db, struct fault *why)
{
    struct valid_host host;
    struct db_query q;
    bool old = false, registries = false;
    enum rc rc = has_table(db, "_sqlx_migrations", &old, why), ended;

    if (rc == RC_OK)
        rc = has_table(db, "registry", &registries, why);
    if (rc != RC_OK || !old || !registries)
        return rc;
    db_query(&q, db, SQL_OLD_REGISTRIES);
    while (rc == RC_OK && db_next(&q))
        if (old_host(db_text(&q, 0), &host))
            rc = put_registry(db, &host, why);
    ended = db_end(&q, rc == RC_OK ? why : NULL);
    return rc == RC_OK ? ended : rc;
}

enum rc store_file_copy(struct db *db, const char *path, struct fault *why)
{
    struct db_query q;
    int fd;

    unlink(path); /* of an attempt that was not finished: the file still is what it was */
    fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (fd < 0)
        return fault_set(why, RC_IO, "cannot create %s", path);
    close(fd);
    db_query(&q, db, SQL_COPY_INTO);
    db_bind_text(&q, path);
    return db_end(&q, why);
}

/* One copy per version that is left behind, e.g. container-kit.db.before-2. */
static enum rc keep_copy(struct store *s, struct db *db, int64_t next, struct fault *why)
{
    char path[PATH_SIZE + 32];

    snprintf(path, sizeof path, "%s.before-%d", s->path, (int)next);
    return store_file_copy(db, path, why);
}

static enum rc step_up(struct db *db, int64_t version, struct fault *why)
{
    enum rc rc = db_run(db, (enum sql)(SQL_MIGRATION_1 + version), why);

    if (rc == RC_OK && version == 0)
        rc = import_old(db, why);
    return rc;
}

/* To STORE_VERSION, all in one transaction. */
static enum rc bring_up(struct db *db, struct fault *why)
{
    int64_t version = 0;
    enum rc rc = db_run(db, SQL_BEGIN, why), undone;

    if (rc != RC_OK)
        return rc;
    rc = store_file_version(db, &version, why); /* another process may have been here meanwhile */
    for (; rc == RC_OK && version < STORE_VERSION; version++)
        rc = step_up(db, version, why);
    if (rc == RC_OK)
        rc = db_run(db, SQL_COMMIT, why);
    if (rc == RC_OK)
        return RC_OK;
    undone = db_run(db, SQL_ROLLBACK, NULL);
    (void)undone; /* closing does it again */
    return rc;
}

static enum rc is_empty(struct db *db, bool *empty, struct fault *why)
{
    bool has = false;
    enum rc rc = has_table(db, "setting", &has, why);

    *empty = !has;
    if (rc == RC_OK && !has) {
        rc = has_table(db, "_sqlx_migrations", &has, why);
        *empty = !has;
    }
    return rc;
}

/* Of our version when it ends with RC_OK. */
static enum rc check_version(struct store *s, struct db *db, enum db_mode mode, struct fault *why)
{
    int64_t version = 0;
    bool empty = false;
    enum rc rc = store_file_version(db, &version, why);

    if (rc != RC_OK || version == STORE_VERSION)
        return rc;
    if (version > STORE_VERSION) {
        set_state(s, STORE_NEWER,
                  "The settings were made by a newer Container Kit and are left alone.");
        return fault_set(why, RC_DENIED, "the database was made by a newer Container Kit");
    }
    if (mode == DB_READ)
        return fault_set(why, RC_DENIED, "the database is of an older version and read-only");
    rc = is_empty(db, &empty, why);
    if (rc == RC_OK && !empty)
        rc = keep_copy(s, db, version + 1, why);
    return rc == RC_OK ? bring_up(db, why) : rc;
}

static enum rc open_and_check(struct store *s, enum db_mode mode, struct db **out,
                              struct fault *why)
{
    bool first = !is_checked(s);
    enum rc rc = db_open(s->path, mode, out, why);

    if (rc == RC_OK && first)
        rc = check_whole(*out, why);
    if (rc == RC_OK)
        rc = check_version(s, *out, mode, why);
    if (rc == RC_OK && mode == DB_WRITE)
        rc = db_run(*out, SQL_SETUP_WRITING, why); /* a newer version's file was not touched */
    if (rc != RC_OK) {
        db_close(*out);
        *out = NULL;
    }
    return rc;
}

static void rename_aside(const char *path, const char *end, const char *stamp)
{
    char from[PATH_SIZE + 8], to[PATH_SIZE + 64];

    snprintf(from, sizeof from, "%s%s", path, end);
    snprintf(to, sizeof to, "%s.damaged-%s%s", path, stamp, end);
    if (rename(from, to) < 0 && errno != ENOENT)
        log_warn("store: cannot move the damaged database aside");
}

/* "20261126-110559", with "-2" and so on behind it while there is a file of that name. */
static void free_stamp(struct store *s, char out[STAMP_SIZE])
{
    char path[PATH_SIZE + 64];
    time_t now = (time_t)clock_wall_s();
    struct tm tm = {0};
    struct stat st;
    size_t len;

    gmtime_r(&now, &tm);
    len = strftime(out, STAMP_SIZE, "%Y%m%d-%H%M%S", &tm);
    for (unsigned n = 2; n < 1000; n++) {
        snprintf(path, sizeof path, "%s.damaged-%s", s->path, out);
        if (lstat(path, &st) < 0)
            return;
        snprintf(out + len, STAMP_SIZE - len, "-%u", n);
    }
}

/* The file, and what SQLite keeps beside it, get another name; nothing is deleted. */
static void move_aside(struct store *s)
{
    char stamp[STAMP_SIZE], sentence[FAULT_TEXT_MAX];

    free_stamp(s, stamp);
    rename_aside(s->path, "-wal", stamp);
    rename_aside(s->path, "-shm", stamp);
    rename_aside(s->path, "", stamp);
    snprintf(sentence, sizeof sentence,
             "The settings file was damaged; it is kept as " STORE_FILE ".damaged-%s.", stamp);
    set_state(s, STORE_MOVED_ASIDE, sentence);
}

/* After RC_PARSE. */
static enum rc start_over(struct store *s, struct db **out, struct fault *why)
{
    char path[PATH_SIZE + 8];
    int lock = -1;
    enum rc rc;

    snprintf(path, sizeof path, "%s.lock", s->path);
    rc = file_lock(path, &lock, why);
    if (rc != RC_OK)
        return rc;
    rc = open_and_check(s, DB_WRITE, out, why);
    if (rc == RC_PARSE) {
        move_aside(s);
        rc = make_private(s->path, why);
        if (rc == RC_OK)
            rc = open_and_check(s, DB_WRITE, out, why);
    }
    close(lock);
    return rc;
}

/* What cannot be written, `because`, may still be read. */
static enum rc open_to_read(struct store *s, const struct fault *because, struct db **out)
{
    char text[FAULT_TEXT_MAX], sentence[FAULT_TEXT_MAX];
    enum rc rc = open_and_check(s, DB_READ, out, NULL);

    if (rc != RC_OK)
        return rc;
    snprintf(sentence, sizeof sentence, "Settings cannot be saved: %.400s",
             fault_text(because, text));
    set_state(s, STORE_READ_ONLY, sentence);
    return RC_OK;
}

static enum rc open_to_write(struct store *s, struct db **out, struct fault *why)
{
    enum rc rc = file_make_folder(s->folder, why);

    if (rc == RC_OK)
        rc = make_private(s->path, why);
    if (rc == RC_OK)
        rc = open_and_check(s, DB_WRITE, out, why);
    if (rc == RC_PARSE) {
        set_checked(s, false);
        rc = start_over(s, out, why);
    }
    if (rc == RC_OK) {
        set_checked(s, true);
        set_state(s, STORE_GOOD, "");
    }
    return rc;
}

enum rc store_open(struct store *s, enum store_use use, struct db **out, struct fault *why)
{
    struct fault own = {0};
    char text[FAULT_TEXT_MAX];
    enum rc rc;

    *out = NULL;
    rc = open_to_write(s, out, &own);
    if (rc == RC_OK)
        return RC_OK;
    if (why != NULL)
        *why = own;
    if (rc == RC_TIMEOUT || store_state(s, text) == STORE_NEWER)
        return rc;
    if (open_to_read(s, &own, out) != RC_OK) {
        set_state(s, STORE_OFF, fault_text(&own, text));
        return rc;
    }
    if (use == STORE_READ)
        return RC_OK;
    db_close(*out);
    *out = NULL;
    return rc;
}

enum rc store_close(struct store *s, struct db *db, enum rc rc)
{
    db_close(db);
    if (rc == RC_PARSE)
        set_checked(s, false);
    return rc;
}
