/* registry_book.c - a line of jobs, a worker that takes them from it, and a door through which
 * their results come home.
 *
 * The door is as the kit's: a parcel that arrives after registry_book_free() finds it shut and
 * frees what it carries.
 * Threads: `lock` guards what stands below it; it is not held while an engine, the store or the
 * keychain is asked. The rest never changes, or is the home thread's. */
#include "core/action/registry_book.h"
#include "core/action/login.h"
#include "core/base/log.h"
#include "core/base/mem.h"
#include "core/base/worker.h"
#include "core/store/keychain.h"
#include <pthread.h>
#include <stdatomic.h>

struct job {
    enum registry_what what;
    struct store_registry at;
    struct secret *password; /* owned; NULL: the kept one */
    bool keep;
    struct cancel *stop;
    struct job *next;
};

struct door {
    atomic_uint refs;           /* the book's and one of each parcel */
    struct registry_book *book; /* NULL once shut; home thread */
};

struct registry_book {
    struct registry_book_config config;
    struct door *door;
    struct registry_rows rows; /* home thread, as is: */
    bool has_rows;

    pthread_mutex_t lock;
    struct worker *worker; /* NULL until the first job */
    struct job *first, *last;
    struct job *running;
    size_t waiting;
};

struct parcel {
    struct door *door;
    bool has_rows; /* else it carries an end */
    struct registry_rows rows;
    struct registry_end end;
};

static void lock(struct registry_book *b)
{
    MUST(pthread_mutex_lock(&b->lock) == 0);
}

static void unlock(struct registry_book *b)
{
    MUST(pthread_mutex_unlock(&b->lock) == 0);
}

static void leave_door(struct door *door)
{
    if (atomic_fetch_sub(&door->refs, 1) == 1)
        mem_free(door);
}

static struct job *job_new(enum registry_what what, const struct store_registry *at)
{
    struct job *j = mem_new(sizeof *j);

    j->what = what;
    if (at != NULL)
        j->at = *at;
    j->stop = cancel_new();
    return j;
}

static void job_free(struct job *j)
{
    secret_free(j->password);
    cancel_free(j->stop);
    mem_free(j);
}

/* ---- the way home ---- */

static void take_rows(struct registry_book *b, struct parcel *p)
{
    registry_rows_release(&b->rows);
    b->rows = p->rows;
    p->rows = (struct registry_rows){0};
    b->has_rows = true;
    b->config.changed(b->config.ctx);
}

/* Home thread. */
static void deliver(void *arg)
{
    struct parcel *p = arg;
    struct registry_book *b = p->door->book;

    if (b != NULL && p->has_rows)
        take_rows(b, p);
    else if (b != NULL)
        b->config.ended(b->config.ctx, &p->end);
    registry_rows_release(&p->rows);
    leave_door(p->door);
    mem_free(p);
}

/* The worker's thread. */
static void post(struct registry_book *b, const struct parcel *content)
{
    struct parcel *p = mem_new(sizeof *p);

    *p = *content;
    p->door = b->door;
    atomic_fetch_add(&b->door->refs, 1);
    b->config.post(b->config.post_ctx, deliver, p);
}

/* ---- jobs, on the worker's thread ---- */

static enum rc fetch_kept(const struct registry_book *b, struct job *j, struct fault *why)
{
    struct keychain_account account;
    enum rc rc;

    if (!b->config.keychain)
        return fault_set(why, RC_DENIED, "The password is empty.");
    keychain_account_init(&account, &j->at.user, &j->at.host);
    rc = keychain_get(&account, j->stop, &j->password, why);
    if (rc == RC_MISSING)
        fault_set(why, rc, "No password of %s is kept for %s: type it.", j->at.user.text,
                  j->at.host.text);
    return rc;
}

/* What goes wrong from here on does not undo the login: a remark. */
static void remember(const struct registry_book *b, const struct job *j, struct fault *remark)
{
    struct keychain_account account;
    struct store *store = b->config.store;

    if (store != NULL && store_registry_put(store, &j->at, remark) != RC_OK)
        fault_context(remark, "Logged in, but not remembered");
    if (!j->keep || !b->config.keychain)
        return;
    keychain_account_init(&account, &j->at.user, &j->at.host);
    if (keychain_put(&account, j->password, j->stop, remark) != RC_OK)
        fault_context(remark, "Logged in, but the password was not kept");
}

static enum rc do_login(const struct registry_book *b, struct job *j, struct fault *why)
{
    enum rc rc = j->password == NULL ? fetch_kept(b, j, why) : RC_OK;

    if (rc == RC_OK)
        rc = login_run(b->config.spawner, b->config.where, &j->at, j->password, j->stop, why);
    if (rc == RC_OK)
        remember(b, j, why);
    return rc;
}

static enum rc do_logout(const struct registry_book *b, const struct job *j, struct fault *why)
{
    return login_end(b->config.spawner, b->config.where, &j->at, j->stop, why);
}

/* An account without a kept password, and a system without a keychain, are as good as removed. */
static void drop_kept(const struct registry_book *b, const struct job *j, struct fault *remark)
{
    struct keychain_account account;
    struct fault why = {0};
    enum rc rc;

    if (!b->config.keychain || j->at.user.text[0] == '\0')
        return;
    keychain_account_init(&account, &j->at.user, &j->at.host);
    rc = keychain_delete(&account, j->stop, &why);
    if (rc == RC_OK || rc == RC_MISSING || rc == RC_DOWN)
        return;
    *remark = why;
    fault_context(remark, "Removed, but a kept password may still be there");
}

/* An engine that is gone cannot be logged out of, which must not keep its row for ever. */
static enum rc do_remove(const struct registry_book *b, const struct job *j, struct fault *why)
{
    enum rc rc = do_logout(b, j, why);

    if (rc == RC_MISSING) {
        *why = (struct fault){0};
        rc = RC_OK;
    }
    if (rc == RC_OK && b->config.store != NULL)
        rc = store_registry_drop(b->config.store, j->at.engine, &j->at.host, why);
    if (rc == RC_OK)
        drop_kept(b, j, why);
    return rc;
}

static enum rc do_job(const struct registry_book *b, struct job *j, struct fault *why)
{
    switch (j->what) {
    case REGISTRY_LOGIN:
        return do_login(b, j, why);
    case REGISTRY_LOGOUT:
        return do_logout(b, j, why);
    case REGISTRY_REMOVE:
        return do_remove(b, j, why);
    case REGISTRY_LOOK:
        break;
    }
    return RC_OK;
}

static void look(struct registry_book *b, const struct job *j)
{
    struct parcel p = {.has_rows = true};

    registry_rows_take(b->config.spawner, b->config.where, b->config.store, NULL, j->stop, &p.rows);
    post(b, &p);
}

static const char *const what_words[] = {
    [REGISTRY_LOOK] = "look",
    [REGISTRY_LOGIN] = "login",
    [REGISTRY_LOGOUT] = "logout",
    [REGISTRY_REMOVE] = "remove",
};

static void do_and_tell(struct registry_book *b, struct job *j)
{
    struct parcel p = {.end = {.what = j->what, .at = j->at}};

    p.end.rc = do_job(b, j, &p.end.why);
    secret_free(j->password);
    j->password = NULL;
    log_info("registries: %s %s: %s" LOG_PRIVATE ": %s%s%s", engine_word(j->at.engine),
             what_words[j->what], rc_name(p.end.rc), j->at.host.text,
             p.end.why.text[0] != '\0' ? ": " : "", p.end.why.text);
    post(b, &p);
}

/* NULL if none waits; else it is the one under way. */
static struct job *take_first(struct registry_book *b)
{
    struct job *j;

    lock(b);
    j = b->first;
    if (j != NULL) {
        b->first = j->next;
        if (b->first == NULL)
            b->last = NULL;
        b->waiting--;
    }
    b->running = j;
    unlock(b);
    return j;
}

static int64_t work(void *ctx, struct cancel *stop)
{
    struct registry_book *b = ctx;
    struct job *j = take_first(b);

    (void)stop; /* each job has a sign of its own */
    if (j == NULL)
        return WORKER_SLEEP;
    if (j->what == REGISTRY_LOOK)
        look(b, j);
    else
        do_and_tell(b, j);
    lock(b);
    b->running = NULL;
    unlock(b);
    job_free(j);
    return 0; /* for the next one */
}

/* ---- the home thread ---- */

struct registry_book *registry_book_new(const struct registry_book_config *config)
{
    struct registry_book *b = mem_new(sizeof *b);

    b->config = *config;
    b->door = mem_new(sizeof *b->door);
    b->door->book = b;
    atomic_init(&b->door->refs, 1);
    MUST(pthread_mutex_init(&b->lock, NULL) == 0);
    return b;
}

const struct registry_rows *registry_book_rows(const struct registry_book *b)
{
    return b->has_rows ? &b->rows : NULL;
}

/* With the lock held. */
static void put_last(struct registry_book *b, struct job *j)
{
    if (b->last != NULL)
        b->last->next = j;
    else
        b->first = j;
    b->last = j;
    b->waiting++;
}

/* Puts the job into the line, and behind it a look; takes it. */
static enum rc submit(struct registry_book *b, struct job *j, struct fault *why)
{
    bool full;

    lock(b);
    full = b->waiting >= REGISTRY_JOBS_MAX;
    if (!full) {
        put_last(b, j);
        if (j->what != REGISTRY_LOOK)
            put_last(b, job_new(REGISTRY_LOOK, NULL));
        if (b->worker == NULL)
            b->worker = worker_new("registries", work, b);
        else
            worker_poke(b->worker);
    }
    unlock(b);
    if (!full)
        return RC_OK;
    job_free(j);
    return fault_set(why, RC_DENIED, "Too many registries are waiting already.");
}

void registry_book_look(struct registry_book *b)
{
    bool asked;

    lock(b);
    asked = b->last != NULL; /* the last one is always a look */
    unlock(b);
    if (!asked && submit(b, job_new(REGISTRY_LOOK, NULL), NULL) != RC_OK)
        MUST(false); /* the line was empty, and only this thread adds to it */
}

enum rc registry_book_login(struct registry_book *b, const struct store_registry *at,
                            struct secret *password, bool keep, struct fault *why)
{
    struct job *j = job_new(REGISTRY_LOGIN, at);

    MUST(at->user.text[0] != '\0');
    j->password = password;
    j->keep = keep;
    return submit(b, j, why);
}

enum rc registry_book_logout(struct registry_book *b, const struct store_registry *at,
                             struct fault *why)
{
    return submit(b, job_new(REGISTRY_LOGOUT, at), why);
}

enum rc registry_book_remove(struct registry_book *b, const struct store_registry *at,
                             struct fault *why)
{
    return submit(b, job_new(REGISTRY_REMOVE, at), why);
}

void registry_book_cancel(struct registry_book *b)
{
    lock(b);
    for (struct job *j = b->first; j != NULL; j = j->next)
        if (j->what == REGISTRY_LOGIN)
            cancel_trigger(j->stop);
    if (b->running != NULL && b->running->what == REGISTRY_LOGIN)
        cancel_trigger(b->running->stop);
    unlock(b);
}

void registry_book_free(struct registry_book *b)
{
    struct job *j;

    if (b == NULL)
        return;
    b->door->book = NULL;
    lock(b);
    for (j = b->first; j != NULL; j = j->next)
        cancel_trigger(j->stop); /* one of them may be taken before the worker hears of the end */
    if (b->running != NULL)
        cancel_trigger(b->running->stop);
    unlock(b);
    worker_free(b->worker);
    while ((j = take_first(b)) != NULL)
        job_free(j);
    registry_rows_release(&b->rows);
    leave_door(b->door);
    MUST(pthread_mutex_destroy(&b->lock) == 0);
    mem_free(b);
}
