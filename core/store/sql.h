/* sql.h - every SQL text of the program, by number.
 *
 * A statement is prepared from a number alone (db.h), so no text can be put together at run time:
 * what comes from outside is bound. The texts are in sql.c. */
#ifndef CORE_STORE_SQL_H
#define CORE_STORE_SQL_H

enum sql {
    /* a connection, and the file as a whole */
    SQL_SETUP,
    SQL_SETUP_WRITING,
    SQL_VERSION,
    SQL_CHECK,
    SQL_COPY_INTO, /* path */
    SQL_BEGIN,
    SQL_COMMIT,
    SQL_ROLLBACK,
    SQL_HAS_TABLE, /* name */

    /* migrations: number n makes version n from version n - 1 */
    SQL_MIGRATION_1,
    SQL_MIGRATION_2, /* pins have an order */
    SQL_MIGRATION_3, /* what is muted */
    SQL_OLD_REGISTRIES,

    SQL_SETTINGS,
    SQL_SETTING_PUT,  /* name, value */
    SQL_SETTING_DROP, /* name */

    SQL_PINS,
    SQL_PIN_PUT,  /* engine, name */
    SQL_PIN_DROP, /* engine, name */
    SQL_HIDDENS,
    SQL_HIDDEN_PUT,
    SQL_HIDDEN_DROP,
    SQL_MUTEDS,
    SQL_MUTED_PUT,
    SQL_MUTED_DROP,

    SQL_EVENT_ADD,  /* at, engine, container, name, what, exit code, seconds it ran */
    SQL_EVENTS,     /* how many */
    SQL_EVENTS_CUT, /* oldest time that stays, how many stay */

    SQL_REGISTRIES,
    SQL_REGISTRY_PUT,  /* engine, host, user */
    SQL_REGISTRY_DROP, /* engine, host */

    SQL_LIST,     /* engine */
    SQL_LIST_PUT, /* engine, when, the list */

    SQL_UPDATE_STATE,
    SQL_UPDATE_STATE_PUT, /* name, value */
    SQL_COUNT
};

/* Static; may hold several statements only where db_run() runs it. */
const char *sql_text(enum sql what);

#endif
