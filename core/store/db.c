/* db.c - see db.h. */
#include "core/store/db.h"
#include "core/base/mem.h"
#include <errno.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

#define URI_MAX 4096

struct db {
    sqlite3 *handle;
};

/* What SQLite's number means for us, and the sentence. */
static enum rc db_fault(struct db *db, int code, struct fault *why)
{
    /* others have no number of the system's to tell */
    errno = (code & 0xff) == SQLITE_FULL ? ENOSPC : 0;
    switch (code & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return fault_set(why, RC_TIMEOUT, "another program keeps the database busy");
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return fault_set(why, RC_PARSE, "the database is damaged");
    case SQLITE_FULL:
        return fault_set(why, RC_IO, "the database cannot grow");
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
        return fault_set(why, RC_DENIED, "the database cannot be written");
    case SQLITE_CANTOPEN:
        return fault_set(why, RC_DENIED, "the database cannot be opened");
    case SQLITE_IOERR:
        return fault_set(why, RC_IO, "the database cannot be read or written");
    default:
        return fault_set(why, RC_FAILED, "the database refused: %s",
                         db->handle != NULL ? sqlite3_errmsg(db->handle) : sqlite3_errstr(code));
    }
}

/* file:PATH?immutable=1, with what a URI gives a meaning written as %XX. */
static bool make_uri(const char *path, char out[URI_MAX])
{
    size_t len = (size_t)snprintf(out, URI_MAX, "file:");

    for (; *path != '\0'; path++) {
        bool plain = strchr("%?#", *path) == NULL;

        if (len + 16 > URI_MAX)
            return false;
        len += (size_t)snprintf(out + len, URI_MAX - len, plain ? "%c" : "%%%02X",
                                (unsigned char)*path);
    }
    return (size_t)snprintf(out + len, URI_MAX - len, "?immutable=1") < URI_MAX - len;
}

static int open_handle(const char *path, enum db_mode mode, sqlite3 **out)
{
    const int common = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE | SQLITE_OPEN_NOFOLLOW;
    char uri[URI_MAX];

    if (mode == DB_WRITE)
        return sqlite3_open_v2(path, out, SQLITE_OPEN_READWRITE | common, NULL);
    if (!make_uri(path, uri))
        return SQLITE_CANTOPEN;
    return sqlite3_open_v2(uri, out, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | common, NULL);
}

enum rc db_open(const char *path, enum db_mode mode, struct db **out, struct fault *why)
{
    struct db *db = mem_new(sizeof *db);
    int code = open_handle(path, mode, &db->handle);
    enum rc rc = RC_OK;

    *out = NULL;
    if (code != SQLITE_OK) {
        rc = db_fault(db, code, why);
        goto out;
    }
    sqlite3_extended_result_codes(db->handle, 1);
    sqlite3_busy_timeout(db->handle, DB_BUSY_MS);
    /* no statement can change the schema's text or the file's pages behind SQLite's back */
    sqlite3_db_config(db->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    rc = db_run(db, SQL_SETUP, why);
    if (rc == RC_OK && mode == DB_WRITE)
        rc = db_run(db, SQL_SETUP_WRITING, why);
out:
    if (rc == RC_OK)
        *out = db;
    else
        db_close(db);
    return rc;
}

void db_close(struct db *db)
{
    if (db == NULL)
        return;
    MUST(sqlite3_close(db->handle) == SQLITE_OK); /* busy: a statement was not ended */
    mem_free(db);
}

void db_query(struct db_query *q, struct db *db, enum sql what)
{
    sqlite3_stmt *stmt = NULL;
    const char *rest = NULL;

    *q = (struct db_query){.db = db};
    q->code = sqlite3_prepare_v2(db->handle, sql_text(what), -1, &stmt, &rest);
    MUST(q->code != SQLITE_OK || rest[0] == '\0');
    q->stmt = stmt;
}

/* The index of the next parameter, or 0 after an error. */
static int next_parameter(struct db_query *q)
{
    return q->code == SQLITE_OK ? ++q->bound : 0;
}

void db_bind_text(struct db_query *q, const char *text)
{
    int at = next_parameter(q);

    if (at > 0)
        q->code = sqlite3_bind_text(q->stmt, at, text, -1, SQLITE_STATIC);
}

void db_bind_bytes(struct db_query *q, const void *bytes, size_t len)
{
    int at = next_parameter(q);

    if (at > 0)
        q->code = sqlite3_bind_blob64(q->stmt, at, bytes, len, SQLITE_STATIC);
}

void db_bind_int(struct db_query *q, int64_t number)
{
    int at = next_parameter(q);

    if (at > 0)
        q->code = sqlite3_bind_int64(q->stmt, at, number);
}

void db_bind_int_or_null(struct db_query *q, bool known, int64_t number)
{
    if (known)
        db_bind_int(q, number);
    else
        db_bind_text(q, NULL);
}

bool db_next(struct db_query *q)
{
    if (q->code == SQLITE_OK || q->code == SQLITE_ROW)
        q->code = sqlite3_step(q->stmt);
    return q->code == SQLITE_ROW;
}

const char *db_text(struct db_query *q, int column)
{
    const unsigned char *text = sqlite3_column_text(q->stmt, column);

    return text != NULL ? (const char *)text : "";
}

const void *db_bytes(struct db_query *q, int column, size_t *len)
{
    const void *bytes = sqlite3_column_blob(q->stmt, column);

    *len = bytes != NULL ? (size_t)sqlite3_column_bytes(q->stmt, column) : 0;
    return bytes;
}

int64_t db_int(struct db_query *q, int column, int64_t absent)
{
    if (sqlite3_column_type(q->stmt, column) == SQLITE_NULL)
        return absent;
    return sqlite3_column_int64(q->stmt, column);
}

enum rc db_end(struct db_query *q, struct fault *why)
{
    enum rc rc = RC_OK;

    if (q->code == SQLITE_OK)
        (void)db_next(q);
    if (q->code != SQLITE_OK && q->code != SQLITE_ROW && q->code != SQLITE_DONE)
        rc = db_fault(q->db, q->code, why);
    sqlite3_finalize(q->stmt);
    *q = (struct db_query){0};
    return rc;
}

enum rc db_run(struct db *db, enum sql what, struct fault *why)
{
    const char *text = sql_text(what);
    int code = SQLITE_OK;

    while (code == SQLITE_OK && text[0] != '\0') {
        sqlite3_stmt *stmt = NULL;

        code = sqlite3_prepare_v2(db->handle, text, -1, &stmt, &text);
        while (code == SQLITE_OK && (code = sqlite3_step(stmt)) == SQLITE_ROW)
            code = SQLITE_OK;
        if (code == SQLITE_DONE)
            code = SQLITE_OK;
        sqlite3_finalize(stmt);
    }
    return code == SQLITE_OK ? RC_OK : db_fault(db, code, why);
}
