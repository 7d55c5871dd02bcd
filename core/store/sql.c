/* sql.c - see sql.h. Times are seconds since 1970, engines their words of cmd.h.
 *
 * Names of tables: `engine_registry` is not `registry`, for a database of the older Container Kit
 * has one of that name, which stays as it is (docs/decisions/027-store.md). */
#include "core/store/sql.h"
#include "core/base/base.h"

static const char *const texts[SQL_COUNT] = {
    [SQL_SETUP] = "PRAGMA trusted_schema = OFF;"
                  "PRAGMA foreign_keys = ON;"
                  "PRAGMA temp_store = MEMORY",
    [SQL_SETUP_WRITING] = "PRAGMA journal_mode = WAL;"
                          "PRAGMA synchronous = NORMAL",
    [SQL_VERSION] = "PRAGMA user_version",
    [SQL_CHECK] = "PRAGMA quick_check(1)",
    [SQL_COPY_INTO] = "VACUUM INTO ?1",
    [SQL_BEGIN] = "BEGIN IMMEDIATE",
    [SQL_COMMIT] = "COMMIT",
    [SQL_ROLLBACK] = "ROLLBACK",
    [SQL_HAS_TABLE] = "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?1",

    [SQL_MIGRATION_1] =
        "CREATE TABLE engine (word TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;"
        "INSERT INTO engine (word) VALUES ('apple'), ('docker'), ('podman');"
        "CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;"
        "CREATE TABLE pin ("
        "  engine TEXT NOT NULL REFERENCES engine (word), name TEXT NOT NULL,"
        "  PRIMARY KEY (engine, name)) STRICT, WITHOUT ROWID;"
        "CREATE TABLE hidden ("
        "  engine TEXT NOT NULL REFERENCES engine (word), name TEXT NOT NULL,"
        "  PRIMARY KEY (engine, name)) STRICT, WITHOUT ROWID;"
        "CREATE TABLE container_event ("
        "  id INTEGER PRIMARY KEY, at INTEGER NOT NULL,"
        "  engine TEXT NOT NULL REFERENCES engine (word),"
        "  container TEXT NOT NULL, name TEXT NOT NULL, what TEXT NOT NULL,"
        "  exit_code INTEGER, ran_s INTEGER) STRICT;"
        "CREATE INDEX container_event_at ON container_event (at);"
        "CREATE TABLE engine_registry ("
        "  engine TEXT NOT NULL REFERENCES engine (word), host TEXT NOT NULL,"
        "  user TEXT NOT NULL, PRIMARY KEY (engine, host)) STRICT, WITHOUT ROWID;"
        "CREATE TABLE last_list ("
        "  engine TEXT PRIMARY KEY REFERENCES engine (word), taken INTEGER NOT NULL,"
        "  list BLOB NOT NULL) STRICT, WITHOUT ROWID;"
        "CREATE TABLE update_state (name TEXT PRIMARY KEY, value TEXT NOT NULL)"
        "  STRICT, WITHOUT ROWID;"
        "PRAGMA user_version = 1",
    [SQL_MIGRATION_2] = "ALTER TABLE pin ADD COLUMN place INTEGER NOT NULL DEFAULT 0;"
                        "PRAGMA user_version = 2",
    [SQL_MIGRATION_3] = "CREATE TABLE muted ("
                        "  engine TEXT NOT NULL REFERENCES engine (word), name TEXT NOT NULL,"
                        "  PRIMARY KEY (engine, name)) STRICT, WITHOUT ROWID;"
                        "PRAGMA user_version = 3",
    [SQL_OLD_REGISTRIES] = "SELECT url FROM registry ORDER BY name",

    [SQL_SETTINGS] = "SELECT name, value FROM setting ORDER BY name",
    [SQL_SETTING_PUT] = "INSERT INTO setting (name, value) VALUES (?1, ?2)"
                        " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
    [SQL_SETTING_DROP] = "DELETE FROM setting WHERE name = ?1",

    [SQL_PINS] = "SELECT engine, name FROM pin ORDER BY place, engine, name",
    [SQL_PIN_PUT] = "INSERT OR IGNORE INTO pin (engine, name, place)"
                    " VALUES (?1, ?2, (SELECT coalesce(max(place), 0) + 1 FROM pin))",
    [SQL_PIN_DROP] = "DELETE FROM pin WHERE engine = ?1 AND name = ?2",
    [SQL_HIDDENS] = "SELECT engine, name FROM hidden ORDER BY engine, name",
    [SQL_HIDDEN_PUT] = "INSERT OR IGNORE INTO hidden (engine, name) VALUES (?1, ?2)",
    [SQL_MUTEDS] = "SELECT engine, name FROM muted ORDER BY engine, name",
    [SQL_MUTED_PUT] = "INSERT OR IGNORE INTO muted (engine, name) VALUES (?1, ?2)",
    [SQL_MUTED_DROP] = "DELETE FROM muted WHERE engine = ?1 AND name = ?2",
    [SQL_HIDDEN_DROP] = "DELETE FROM hidden WHERE engine = ?1 AND name = ?2",

    [SQL_EVENT_ADD] = "INSERT INTO container_event"
                      " (at, engine, container, name, what, exit_code, ran_s)"
                      " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    [SQL_EVENTS] = "SELECT at, engine, container, name, what, exit_code, ran_s"
                   " FROM container_event ORDER BY at DESC, id DESC LIMIT ?1",
    [SQL_EVENTS_CUT] = "DELETE FROM container_event WHERE at < ?1 OR id NOT IN"
                       " (SELECT id FROM container_event ORDER BY at DESC, id DESC LIMIT ?2)",

    [SQL_REGISTRIES] = "SELECT engine, host, user FROM engine_registry ORDER BY host, engine",
    [SQL_REGISTRY_PUT] = "INSERT INTO engine_registry (engine, host, user) VALUES (?1, ?2, ?3)"
                         " ON CONFLICT (engine, host) DO UPDATE SET user = excluded.user",
    [SQL_REGISTRY_DROP] = "DELETE FROM engine_registry WHERE engine = ?1 AND host = ?2",

    [SQL_LIST] = "SELECT taken, list FROM last_list WHERE engine = ?1",
    [SQL_LIST_PUT] = "INSERT INTO last_list (engine, taken, list) VALUES (?1, ?2, ?3)"
                     " ON CONFLICT (engine) DO UPDATE"
                     " SET taken = excluded.taken, list = excluded.list",

    [SQL_UPDATE_STATE] = "SELECT name, value FROM update_state ORDER BY name",
    [SQL_UPDATE_STATE_PUT] = "INSERT INTO update_state (name, value) VALUES (?1, ?2)"
                             " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
};

const char *sql_text(enum sql what)
{
    MUST((unsigned)what < SQL_COUNT && texts[what] != NULL);
    return texts[what];
}
