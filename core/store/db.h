/* db.h - one short-lived connection to the SQLite file, and statements on it.
 *
 * db.c is the only file that speaks to SQLite. A statement comes from a number of sql.h, values
 * are bound. Errors stick: binding and stepping may go on after one, db_end() tells the first.
 * What went wrong is RC_TIMEOUT (another process holds it for longer than DB_BUSY_MS), RC_PARSE
 * (damaged, or no database), RC_DENIED (may not be written or opened), RC_IO (disk full, other
 * trouble of the system's), RC_FAILED (a rule of the schema).
 * Threads: a connection belongs to one. Blocks: never on the main thread. */
#ifndef CORE_STORE_DB_H
#define CORE_STORE_DB_H
#include "core/base/fault.h"
#include "core/store/sql.h"

#define DB_BUSY_MS 1000

struct db;

enum db_mode {
    DB_WRITE, /* the file is there, and a regular one of ours */
    /* The file and its folder cannot be written by us, and so by nobody as us: read as it is, its
     * write-ahead log left alone. */
    DB_READ
};

/* On failure *out is NULL. DB_READ never makes a file. */
NODISCARD enum rc db_open(const char *path, enum db_mode mode, struct db **out, struct fault *why);
/* Rolls back what was not committed. Accepts NULL. */
void db_close(struct db *db);

/* A statement under way; embedded by the caller, between db_query() and db_end(). */
struct db_query {
    struct db *db;
    void *stmt; /* sqlite3_stmt */
    int bound, code;
};

/* Begins one; a text that SQLite does not take is told by db_end(). */
void db_query(struct db_query *q, struct db *db, enum sql what);
/* Each binds the next parameter. Borrowed until db_end(). NULL binds NULL. */
void db_bind_text(struct db_query *q, const char *text);
void db_bind_bytes(struct db_query *q, const void *bytes, size_t len);
void db_bind_int(struct db_query *q, int64_t number);
/* `number` or, if it is not known, NULL. */
void db_bind_int_or_null(struct db_query *q, bool known, int64_t number);
/* True: there is a row, whose columns can be read until the next call. */
bool db_next(struct db_query *q);
/* "" for NULL. A NUL in the text ends it. */
const char *db_text(struct db_query *q, int column);
const void *db_bytes(struct db_query *q, int column, size_t *len);
/* `absent` for NULL. */
int64_t db_int(struct db_query *q, int column, int64_t absent);
/* Ends it; a statement that has not run to its end yet is run there if it has no rows to give. */
NODISCARD enum rc db_end(struct db_query *q, struct fault *why);

/* Runs a text of one or more statements without parameters, ignoring rows. */
NODISCARD enum rc db_run(struct db *db, enum sql what, struct fault *why);

#endif
