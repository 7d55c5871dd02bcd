/* The keychain's calls over a system that is made up here: it answers, or hangs until it is told
 * to. Being in front of the library, these functions take the place of this system's own. */
#include "core/base/clock.h"
#include "core/store/keychain_ask.h"
#include "core/store/keychain_sys.h"
#include "tests/unit/unit.h"
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <string.h>

#define PATIENCE_MS 20000

static struct {
    atomic_bool hangs;
    atomic_int entered, left;
    char held[32]; /* only while nothing hangs */
    char account[64];
} chain;

static void nap(void)
{
    (void)poll(NULL, 0, 2);
}

#define WAIT(cond)                                                                                 \
    do {                                                                                           \
        int64_t wait_end = clock_ms() + PATIENCE_MS;                                               \
        while (!(cond) && clock_ms() < wait_end)                                                   \
            nap();                                                                                 \
        assert_true(cond);                                                                         \
    } while (0)

static void enter(void)
{
    atomic_fetch_add(&chain.entered, 1);
    while (atomic_load(&chain.hangs))
        nap();
}

static void leave(void)
{
    atomic_fetch_add(&chain.left, 1);
}

enum rc keychain_sys_get(const struct keychain_account *a, struct secret **out, struct fault *why)
{
    enum rc rc;

    enter();
    if (strcmp(a->text, chain.account) != 0)
        rc = fault_set(why, RC_MISSING, "nothing for %s", a->text);
    else
        rc = secret_new(chain.held, strlen(chain.held), out, why);
    leave();
    return rc;
}

enum rc keychain_sys_put(const struct keychain_account *a, const struct secret *secret,
                         struct fault *why)
{
    (void)why;
    enter();
    memset(chain.held, 0, sizeof chain.held);
    memcpy(chain.held, secret_bytes(secret), secret_len(secret));
    memcpy(chain.account, a->text, strlen(a->text) + 1);
    leave();
    return RC_OK;
}

enum rc keychain_sys_delete(const struct keychain_account *a, struct fault *why)
{
    (void)a;
    enter();
    leave();
    return fault_set(why, RC_DENIED, "you may not");
}

enum rc keychain_sys_status(bool *locked, struct fault *why)
{
    (void)why;
    enter();
    *locked = true;
    leave();
    return RC_OK;
}

static struct keychain_account account(const char *user, const char *host)
{
    struct keychain_account a;
    struct valid_user u;
    struct valid_host h;

    assert_int_equal(valid_user(user, strlen(user), &u, NULL), RC_OK);
    assert_int_equal(valid_host(host, strlen(host), &h, NULL), RC_OK);
    keychain_account_init(&a, &u, &h);
    return a;
}

static struct secret *secret_of(const char *text)
{
    struct secret *s = NULL;

    assert_int_equal(secret_new(text, strlen(text), &s, NULL), RC_OK);
    return s;
}

static void begin(void)
{
    atomic_store(&chain.hangs, false);
    atomic_store(&chain.entered, 0);
    atomic_store(&chain.left, 0);
    memset(chain.account, 0, sizeof chain.account);
}

/* No thread of an earlier question runs any more. */
static void end(void)
{
    atomic_store(&chain.hangs, false);
    WAIT(atomic_load(&chain.entered) == atomic_load(&chain.left));
}

TEST(keychain_account_is_user_at_host)
{
    assert_string_equal(account("anna", "ghcr.io").text, "anna@ghcr.io");
    assert_string_equal(account("anna@work", "[::1]:5000").text, "anna@work@[::1]:5000");
}

TEST(keychain_is_not_offered_by_a_macs_development_build)
{
    assert_true(keychain_offered("com.example.kit", true));
    assert_false(keychain_offered("com.example.kit.dev", true));
    assert_true(keychain_offered("com.example.kit.dev", false));
    assert_true(keychain_offered("dev", true));
}

TEST(keychain_passes_on_what_the_system_says)
{
    struct keychain_account a = account("anna", "ghcr.io"), b = account("bert", "ghcr.io");
    struct secret *s = secret_of("hush"), *got = NULL;
    struct fault why = {0};
    bool locked = false;

    begin();
    assert_int_equal(keychain_put(&a, s, NULL, &why), RC_OK);
    secret_free(s);
    assert_int_equal(keychain_get(&a, NULL, &got, &why), RC_OK);
    assert_int_equal(secret_len(got), 4);
    assert_memory_equal(secret_bytes(got), "hush", 4);
    secret_free(got);
    assert_int_equal(keychain_get(&b, NULL, &got, &why), RC_MISSING);
    assert_null(got);
    assert_string_equal(why.text, "nothing for bert@ghcr.io");
    assert_int_equal(keychain_get(&b, NULL, &got, NULL), RC_MISSING);
    assert_int_equal(keychain_delete(&a, NULL, &why), RC_DENIED);
    assert_string_equal(why.text, "you may not");
    assert_int_equal(keychain_status(NULL, &locked, NULL), RC_OK);
    assert_true(locked);
    end();
}

static void *trigger_once_entered(void *stop)
{
    int64_t end_ms = clock_ms() + PATIENCE_MS;

    while (atomic_load(&chain.entered) == 0 && clock_ms() < end_ms)
        nap();
    cancel_trigger(stop);
    return NULL;
}

/* The secret that comes too late is freed by the thread left behind: LeakSanitizer would tell. */
TEST(keychain_leaves_a_system_that_hangs_when_it_is_stopped)
{
    struct keychain_account a = account("anna", "ghcr.io");
    struct secret *s = secret_of("late"), *got = NULL;
    struct cancel *stop = cancel_new();
    struct fault why = {0};
    pthread_t thread;

    begin();
    assert_int_equal(keychain_put(&a, s, NULL, NULL), RC_OK);
    begin();
    memcpy(chain.account, a.text, strlen(a.text) + 1);
    atomic_store(&chain.hangs, true);
    assert_int_equal(pthread_create(&thread, NULL, trigger_once_entered, stop), 0);
    assert_int_equal(keychain_get(&a, stop, &got, &why), RC_CANCELLED);
    assert_int_equal(pthread_join(thread, NULL), 0);
    assert_null(got);
    assert_int_equal(atomic_load(&chain.left), 0); /* it still hangs */
    assert_int_equal(keychain_put(&a, s, stop, NULL), RC_CANCELLED);
    assert_int_equal(atomic_load(&chain.entered), 1); /* not even asked */
    cancel_free(stop);
    secret_free(s);
    end();
}

/* --- the desk --------------------------------------------------------------------------------- */

struct heard {
    pthread_mutex_t lock;
    int count;
    struct keychain_answer last[8];
};

static void hear(void *ctx, const struct keychain_answer *answer)
{
    struct heard *h = ctx;

    assert_int_equal(pthread_mutex_lock(&h->lock), 0);
    if (h->count < (int)countof(h->last))
        h->last[h->count] = *answer;
    h->count++;
    assert_int_equal(pthread_mutex_unlock(&h->lock), 0);
}

static int heard_count(struct heard *h)
{
    int count;

    assert_int_equal(pthread_mutex_lock(&h->lock), 0);
    count = h->count;
    assert_int_equal(pthread_mutex_unlock(&h->lock), 0);
    return count;
}

TEST(keychain_desk_answers_in_order_with_the_askers_tag)
{
    struct heard h = {.lock = PTHREAD_MUTEX_INITIALIZER};
    struct keychain_desk *d = keychain_desk_new(hear, &h);
    struct keychain_question put = {.what = KEYCHAIN_PUT, .tag = 7}, get = {.tag = 8},
                             status = {.what = KEYCHAIN_STATUS, .tag = 9};

    begin();
    put.account = get.account = account("anna", "ghcr.io");
    put.secret = secret_of("hush");
    assert_int_equal(keychain_ask(d, &put, NULL), RC_OK);
    assert_int_equal(keychain_ask(d, &get, NULL), RC_OK);
    assert_int_equal(keychain_ask(d, &status, NULL), RC_OK);
    WAIT(heard_count(&h) == 3);
    keychain_desk_free(d);
    for (int i = 0; i < 3; i++) {
        assert_int_equal(h.last[i].rc, RC_OK);
        assert_int_equal(h.last[i].tag, 7 + i);
    }
    assert_null(h.last[0].secret);
    assert_string_equal(h.last[1].account.text, "anna@ghcr.io");
    assert_memory_equal(secret_bytes(h.last[1].secret), "hush", 4);
    secret_free(h.last[1].secret);
    assert_true(h.last[2].locked);
    end();
}

TEST(keychain_desk_never_blocks_the_asker_and_ends_at_once)
{
    struct heard h = {.lock = PTHREAD_MUTEX_INITIALIZER};
    struct keychain_desk *d = keychain_desk_new(hear, &h);
    struct keychain_question put = {.what = KEYCHAIN_PUT};
    struct fault why = {0};

    begin();
    atomic_store(&chain.hangs, true);
    put.account = account("anna", "ghcr.io");
    put.secret = secret_of("hush");
    assert_int_equal(keychain_ask(d, &put, NULL), RC_OK);
    WAIT(atomic_load(&chain.entered) == 1);
    for (int i = 0; i < KEYCHAIN_ASK_MAX; i++) {
        put.secret = secret_of("hush");
        assert_int_equal(keychain_ask(d, &put, NULL), RC_OK);
    }
    put.secret = secret_of("hush");
    assert_int_equal(keychain_ask(d, &put, &why), RC_DENIED);
    assert_int_equal(heard_count(&h), 0);
    keychain_desk_free(d);
    assert_int_equal(heard_count(&h), 1); /* the one under way; those behind it were dropped */
    assert_int_equal(h.last[0].rc, RC_CANCELLED);
    assert_int_equal(atomic_load(&chain.left), 0);
    keychain_desk_free(NULL);
    end();
}

SUITE(keychain, T(keychain_account_is_user_at_host),
      T(keychain_is_not_offered_by_a_macs_development_build),
      T(keychain_passes_on_what_the_system_says),
      T(keychain_leaves_a_system_that_hangs_when_it_is_stopped),
      T(keychain_desk_answers_in_order_with_the_askers_tag),
      T(keychain_desk_never_blocks_the_asker_and_ends_at_once))
