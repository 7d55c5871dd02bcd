/* store.c - see store.h: one function per question, each a connection, a statement, an end. */
#include "core/store/store.h"
#include "core/store/store_file.h"
#include <string.h>

/* An engine that this version does not know is left out. */
static bool read_engine(struct db_query *q, int column, enum engine_kind *out)
{
    return engine_from_word(db_text(q, column), out);
}

/* Room for one more; doubles what the arena gives. */
static void *room(struct arena *a, void *list, size_t count, size_t size)
{
    void *more;

    if (count != 0 && (count < 16 || (count & (count - 1)) != 0))
        return list;
    more = arena_new_array(a, count == 0 ? 16 : count * 2, size);
    if (count > 0)
        memcpy(more, list, count * size);
    return more;
}

static enum rc too_long(const char *text, struct fault *why)
{
    if (strlen(text) <= STORE_TEXT_MAX)
        return RC_OK;
    return fault_set(why, RC_TOO_BIG, "a text of more than %d bytes is not kept", STORE_TEXT_MAX);
}

/* A list under way. */
struct rows {
    void *list; /* the arena's */
    size_t count, size;
    struct arena *a;
};

/* Reads the row that the query stands on into *row; false: it is left out. */
typedef bool take_row(struct db_query *q, struct arena *a, void *row);

/* All rows of a statement with at most one number to bind, `max`, or -1 for none. */
static enum rc read_rows(struct store *s, enum sql what, int64_t max, take_row *take,
                         struct rows *rows, struct fault *why)
{
    struct db_query q;
    struct db *db = NULL;
    enum rc rc = store_open(s, STORE_READ, &db, why);

    if (rc != RC_OK)
        return rc;
    db_query(&q, db, what);
    if (max >= 0)
        db_bind_int(&q, max);
    while (rows->count < STORE_ROWS_MAX && db_next(&q)) {
        rows->list = room(rows->a, rows->list, rows->count, rows->size);
        if (take(&q, rows->a, (char *)rows->list + rows->count * rows->size))
            rows->count++;
    }
    return store_close(s, db, db_end(&q, why));
}

static bool take_pair(struct db_query *q, struct arena *a, void *row)
{
    struct store_pair *pair = row;

    pair->name = arena_str(a, db_text(q, 0));
    pair->value = arena_str(a, db_text(q, 1));
    return true;
}

static enum rc read_pairs(struct store *s, enum sql what, struct arena *a, struct store_pairs *out,
                          struct fault *why)
{
    struct rows rows = {.size = sizeof *out->list, .a = a};
    enum rc rc = read_rows(s, what, -1, take_pair, &rows, why);

    *out = (struct store_pairs){rows.list, rows.count};
    return rc;
}

/* Binds up to three texts, those that are not NULL. */
static enum rc write_texts(struct store *s, enum sql what, const char *a, const char *b,
                           const char *c, struct fault *why)
{
    const char *const texts[] = {a, b, c};
    struct db_query q;
    struct db *db = NULL;
    enum rc rc = RC_OK;

    for (size_t i = 0; i < countof(texts) && rc == RC_OK; i++)
        if (texts[i] != NULL)
            rc = too_long(texts[i], why);
    if (rc == RC_OK)
        rc = store_open(s, STORE_WRITE, &db, why);
    if (rc != RC_OK)
        return rc;
    db_query(&q, db, what);
    for (size_t i = 0; i < countof(texts); i++)
        if (texts[i] != NULL)
            db_bind_text(&q, texts[i]);
    return store_close(s, db, db_end(&q, why));
}

enum rc store_settings(struct store *s, struct arena *a, struct store_pairs *out, struct fault *why)
{
    return read_pairs(s, SQL_SETTINGS, a, out, why);
}

enum rc store_setting_put(struct store *s, const char *name, const char *value, struct fault *why)
{
    if (value == NULL)
        return write_texts(s, SQL_SETTING_DROP, name, NULL, NULL, why);
    return write_texts(s, SQL_SETTING_PUT, name, value, NULL, why);
}

enum rc store_update_state(struct store *s, struct arena *a, struct store_pairs *out,
                           struct fault *why)
{
    return read_pairs(s, SQL_UPDATE_STATE, a, out, why);
}

enum rc store_update_state_put(struct store *s, const char *name, const char *value,
                               struct fault *why)
{
    return write_texts(s, SQL_UPDATE_STATE_PUT, name, value, NULL, why);
}

bool store_set_excludes(enum store_set set, enum store_set *other)
{
    *other = set == STORE_PINNED ? STORE_HIDDEN : STORE_PINNED;
    return set != STORE_MUTED;
}

static bool take_name(struct db_query *q, struct arena *a, void *row)
{
    struct store_name *name = row;

    name->name = arena_str(a, db_text(q, 1));
    return read_engine(q, 0, &name->engine);
}

enum rc store_names(struct store *s, enum store_set set, struct arena *a, struct store_names *out,
                    struct fault *why)
{
    struct rows rows = {.size = sizeof *out->list, .a = a};
    static const enum sql what[STORE_SET_COUNT] = {
        [STORE_PINNED] = SQL_PINS, [STORE_HIDDEN] = SQL_HIDDENS, [STORE_MUTED] = SQL_MUTEDS};
    enum rc rc = read_rows(s, what[set], -1, take_name, &rows, why);

    *out = (struct store_names){rows.list, rows.count};
    return rc;
}

enum rc store_name_put(struct store *s, enum store_set set, enum engine_kind engine,
                       const char *name, bool on, struct fault *why)
{
    static const enum sql what[STORE_SET_COUNT][2] = {
        [STORE_PINNED] = {SQL_PIN_DROP, SQL_PIN_PUT},
        [STORE_HIDDEN] = {SQL_HIDDEN_DROP, SQL_HIDDEN_PUT},
        [STORE_MUTED] = {SQL_MUTED_DROP, SQL_MUTED_PUT},
    };

    return write_texts(s, what[set][on], engine_word(engine), name, NULL, why);
}

static enum rc add_event(struct db *db, const struct store_event *e, struct fault *why)
{
    struct db_query q;

    db_query(&q, db, SQL_EVENT_ADD);
    db_bind_int(&q, e->at_s);
    db_bind_text(&q, engine_word(e->engine));
    db_bind_text(&q, e->container);
    db_bind_text(&q, e->name);
    db_bind_text(&q, e->what);
    db_bind_int_or_null(&q, e->has_exit_code, e->exit_code);
    db_bind_int_or_null(&q, e->ran_s >= 0, e->ran_s);
    return db_end(&q, why);
}

static enum rc cut_events(struct db *db, int64_t oldest_s, int64_t rows, struct fault *why)
{
    struct db_query q;

    db_query(&q, db, SQL_EVENTS_CUT);
    db_bind_int(&q, oldest_s);
    db_bind_int(&q, rows);
    return db_end(&q, why);
}

enum rc store_events_add(struct store *s, const struct store_event *list, size_t count,
                         int64_t oldest_s, int64_t rows, struct fault *why)
{
    struct db *db = NULL;
    enum rc rc = store_open(s, STORE_WRITE, &db, why);

    if (rc == RC_OK)
        rc = db_run(db, SQL_BEGIN, why);
    for (size_t i = 0; i < count && rc == RC_OK; i++)
        rc = add_event(db, &list[i], why);
    if (rc == RC_OK)
        rc = cut_events(db, oldest_s, rows, why);
    if (rc == RC_OK)
        rc = db_run(db, SQL_COMMIT, why);
    return store_close(s, db, rc); /* which takes back what was not committed */
}

static bool take_event(struct db_query *q, struct arena *a, void *row)
{
    struct store_event *e = row;

    e->at_s = db_int(q, 0, 0);
    e->container = arena_str(a, db_text(q, 2));
    e->name = arena_str(a, db_text(q, 3));
    e->what = arena_str(a, db_text(q, 4));
    e->exit_code = db_int(q, 5, INT64_MIN);
    e->has_exit_code = e->exit_code != INT64_MIN;
    e->ran_s = db_int(q, 6, -1);
    return read_engine(q, 1, &e->engine);
}

enum rc store_events(struct store *s, size_t max, struct arena *a, struct store_events *out,
                     struct fault *why)
{
    struct rows rows = {.size = sizeof *out->list, .a = a};
    enum rc rc;

    MUST(max <= STORE_ROWS_MAX);
    rc = read_rows(s, SQL_EVENTS, (int64_t)max, take_event, &rows, why);
    *out = (struct store_events){rows.list, rows.count};
    return rc;
}

/* What is read back is validated as if somebody else had written it. */
static bool take_registry(struct db_query *q, struct arena *a, void *row)
{
    const char *host = db_text(q, 1), *user = db_text(q, 2);
    struct store_registry *r = row;

    (void)a;
    *r = (struct store_registry){0};
    if (valid_host(host, strlen(host), &r->host, NULL) != RC_OK)
        return false;
    if (user[0] != '\0' && valid_user(user, strlen(user), &r->user, NULL) != RC_OK)
        return false;
    return read_engine(q, 0, &r->engine);
}

enum rc store_registries(struct store *s, struct arena *a, struct store_registries *out,
                         struct fault *why)
{
    struct rows rows = {.size = sizeof *out->list, .a = a};
    enum rc rc = read_rows(s, SQL_REGISTRIES, -1, take_registry, &rows, why);

    *out = (struct store_registries){rows.list, rows.count};
    return rc;
}

enum rc store_registry_put(struct store *s, const struct store_registry *r, struct fault *why)
{
    return write_texts(s, SQL_REGISTRY_PUT, engine_word(r->engine), r->host.text, r->user.text,
                       why);
}

enum rc store_registry_drop(struct store *s, enum engine_kind engine, const struct valid_host *host,
                            struct fault *why)
{
    return write_texts(s, SQL_REGISTRY_DROP, engine_word(engine), host->text, NULL, why);
}

enum rc store_list(struct store *s, enum engine_kind engine, struct arena *a, int64_t *taken_s,
                   const char **json, size_t *len, struct fault *why)
{
    struct db_query q;
    struct db *db = NULL;
    enum rc rc = store_open(s, STORE_READ, &db, why);

    *json = NULL;
    *len = 0;
    if (rc != RC_OK)
        return rc;
    db_query(&q, db, SQL_LIST);
    db_bind_text(&q, engine_word(engine));
    if (db_next(&q)) {
        const void *bytes = db_bytes(&q, 1, len);

        *taken_s = db_int(&q, 0, 0);
        *len = *len <= STORE_LIST_MAX ? *len : 0;
        *json = arena_dup(a, *len > 0 ? bytes : "", *len);
    }
    rc = store_close(s, db, db_end(&q, why));
    if (rc == RC_OK && *json == NULL)
        rc = fault_set(why, RC_MISSING, "no list of %s is kept", engine_title(engine));
    return rc;
}

enum rc store_list_put(struct store *s, enum engine_kind engine, int64_t taken_s, const char *json,
                       size_t len, struct fault *why)
{
    struct db_query q;
    struct db *db = NULL;
    enum rc rc = RC_OK;

    if (len > STORE_LIST_MAX)
        return fault_set(why, RC_TOO_BIG, "the list of %s is too long to keep",
                         engine_title(engine));
    rc = store_open(s, STORE_WRITE, &db, why);
    if (rc != RC_OK)
        return rc;
    db_query(&q, db, SQL_LIST_PUT);
    db_bind_text(&q, engine_word(engine));
    db_bind_int(&q, taken_s);
    db_bind_bytes(&q, json, len);
    return store_close(s, db, db_end(&q, why));
}
