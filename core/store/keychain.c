/* keychain.c - see keychain.h: a question in a parcel that two hold, the caller and the thread that
 * asks the system. Who lets go last throws it away, and with it the secret in it.
 *
 * The parcel's fields belong to the asking thread until `done` is triggered, then to the caller, if
 * it still waits. */
#include "core/store/keychain.h"
#include "core/base/clock.h"
#include "core/base/mem.h"
#include "core/base/worker.h"
#include "core/store/keychain_sys.h"
#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

#define NO_LIMIT (-1)

struct question {
    enum keychain_what what; /* these three never change */
    struct keychain_account account;
    struct cancel *done;

    atomic_int holders;
    struct secret *secret; /* to be kept, or what came */
    bool locked;
    enum rc rc;
    struct fault why;
};

void keychain_account_init(struct keychain_account *a, const struct valid_user *user,
                           const struct valid_host *host)
{
    int len = snprintf(a->text, sizeof a->text, "%s@%s", user->text, host->text);

    MUST(len > 0 && len < (int)sizeof a->text);
}

bool keychain_offered(const char *bundle_id, bool mac)
{
    static const char development[] = ".dev";
    size_t len = strlen(bundle_id), end = sizeof development - 1;

    return !mac || len < end || strcmp(bundle_id + len - end, development) != 0;
}

static struct question *question_new(enum keychain_what what,
                                     const struct keychain_account *account,
                                     const struct secret *secret)
{
    struct question *q = mem_new(sizeof *q);

    q->what = what;
    if (account != NULL)
        q->account = *account;
    if (secret != NULL)
        q->secret = secret_copy(secret);
    q->done = cancel_new();
    atomic_init(&q->holders, 2);
    return q;
}

static void let_go(struct question *q)
{
    if (atomic_fetch_sub(&q->holders, 1) > 1)
        return;
    secret_free(q->secret);
    cancel_free(q->done);
    mem_free(q);
}

static enum rc ask_system(struct question *q)
{
    switch (q->what) {
    case KEYCHAIN_GET:
        return keychain_sys_get(&q->account, &q->secret, &q->why);
    case KEYCHAIN_PUT:
        return keychain_sys_put(&q->account, q->secret, &q->why);
    case KEYCHAIN_DELETE:
        return keychain_sys_delete(&q->account, &q->why);
    case KEYCHAIN_STATUS:
        break;
    }
    return keychain_sys_status(&q->locked, &q->why);
}

/* On the thread that may be left behind. */
static void run(void *ctx)
{
    struct question *q = ctx;

    q->rc = ask_system(q);
    cancel_trigger(q->done);
    let_go(q);
}

/* Until one of the two is triggered, or the time is over. */
static void wait_for(const struct cancel *done, const struct cancel *stop, int64_t limit_ms)
{
    struct pollfd p[] = {{.fd = cancel_fd(done), .events = POLLIN},
                         {.fd = cancel_fd(stop), .events = POLLIN}};
    int64_t end_ms = clock_ms() + limit_ms;

    while (!cancel_is_set(done) && !cancel_is_set(stop)) {
        int64_t left_ms = limit_ms == NO_LIMIT ? INT_MAX : end_ms - clock_ms();

        if (left_ms <= 0)
            return;
        MUST(poll(p, countof(p), left_ms > INT_MAX ? INT_MAX : (int)left_ms) >= 0 ||
             errno == EINTR);
    }
}

/* The answer, or why there is none; the caller holds *q as before. */
static enum rc answer(struct question *q, const struct cancel *stop, int64_t limit_ms,
                      struct fault *why)
{
    if (cancel_is_set(stop)) {
        let_go(q); /* the thread's share; there will be none */
        return fault_set(why, RC_CANCELLED, "The keychain was not asked.");
    }
    worker_leave("keychain-system", run, q);
    wait_for(q->done, stop, limit_ms);
    if (!cancel_is_set(q->done)) {
        if (cancel_is_set(stop))
            return fault_set(why, RC_CANCELLED, "The keychain's answer was not waited for.");
        return fault_set(why, RC_TIMEOUT, "The keychain does not answer.");
    }
    if (q->rc != RC_OK && why != NULL)
        *why = q->why;
    return q->rc;
}

enum rc keychain_get(const struct keychain_account *a, const struct cancel *stop,
                     struct secret **out, struct fault *why)
{
    struct question *q = question_new(KEYCHAIN_GET, a, NULL);
    enum rc rc = answer(q, stop, NO_LIMIT, why);

    *out = NULL;
    if (rc == RC_OK) {
        *out = q->secret;
        q->secret = NULL;
    }
    let_go(q);
    return rc;
}

enum rc keychain_put(const struct keychain_account *a, const struct secret *secret,
                     const struct cancel *stop, struct fault *why)
{
    struct question *q = question_new(KEYCHAIN_PUT, a, secret);
    enum rc rc = answer(q, stop, NO_LIMIT, why);

    let_go(q);
    return rc;
}

enum rc keychain_delete(const struct keychain_account *a, const struct cancel *stop,
                        struct fault *why)
{
    struct question *q = question_new(KEYCHAIN_DELETE, a, NULL);
    enum rc rc = answer(q, stop, NO_LIMIT, why);

    let_go(q);
    return rc;
}

enum rc keychain_status(const struct cancel *stop, bool *locked, struct fault *why)
{
    struct question *q = question_new(KEYCHAIN_STATUS, NULL, NULL);
    enum rc rc = answer(q, stop, KEYCHAIN_STATUS_MS, why);

    *locked = rc == RC_OK && q->locked;
    let_go(q);
    return rc;
}
