/* test_registry_book.c - logging in and out through a stand-in for docker, with a real store: what
 * the engine is given, what is told, what is remembered. The keychain is the one that
 * test_keychain.c makes up. */
#include "core/action/login.h"
#include "core/action/registry_book.h"
#include "tests/unit/fake_engine.h"
#include <pthread.h>

#define LOGGED_IN "{\"auths\":{\"ghcr.io\":{\"auth\":\"eA==\"}}}"

/* Calls that wait for the home thread, which is the test's; guarded by lock. */
struct home {
    pthread_mutex_t lock;
    struct {
        void (*call)(void *arg);
        void *arg;
    } calls[64];
    size_t count, done;
};

struct rig {
    struct fake f;
    struct home home;
    struct store *store;
    struct registry_book *b;
    int changed, ended;
    struct registry_end end;
};

static void post(void *ctx, void (*call)(void *arg), void *arg)
{
    struct home *h = ctx;

    pthread_mutex_lock(&h->lock);
    assert_true(h->count < countof(h->calls));
    h->calls[h->count].call = call;
    h->calls[h->count++].arg = arg;
    pthread_mutex_unlock(&h->lock);
}

static void run_posted(struct home *h)
{
    for (;;) {
        void (*call)(void *arg) = NULL;
        void *arg = NULL;

        pthread_mutex_lock(&h->lock);
        if (h->done < h->count) {
            call = h->calls[h->done].call;
            arg = h->calls[h->done++].arg;
        }
        pthread_mutex_unlock(&h->lock);
        if (call == NULL)
            return;
        call(arg);
    }
}

#define UNTIL(r, cond)                                                                             \
    do {                                                                                           \
        int64_t until_end = clock_ms() + FAKE_PATIENCE_MS;                                         \
        while (run_posted(&(r)->home), !(cond) && clock_ms() < until_end)                          \
            cancel_wait_ms(NULL, 2);                                                               \
        assert_true(cond);                                                                         \
    } while (0)

static void on_changed(void *ctx)
{
    ((struct rig *)ctx)->changed++;
}

static void on_ended(void *ctx, const struct registry_end *end)
{
    struct rig *r = ctx;

    r->end = *end;
    r->ended++;
}

static void rig_open(struct rig *r, bool keychain)
{
    char config[SYS_PATH_MAX + 16];
    const char *vars[] = {"HOME=/nowhere", config, NULL};
    struct registry_book_config c;

    memset(r, 0, sizeof *r);
    fake_open(&r->f, ENGINE_DOCKER);
    spawner_free(r->f.spawner);
    env_free(r->f.env);
    snprintf(config, sizeof config, "DOCKER_CONFIG=%s", r->f.folder);
    r->f.env = env_new(vars);
    r->f.spawner = spawner_new(NULL, r->f.env);
    pthread_mutex_init(&r->home.lock, NULL);
    r->store = store_new(r->f.folder);
    c = (struct registry_book_config){.spawner = r->f.spawner,
                                      .where = &r->f.where,
                                      .store = r->store,
                                      .keychain = keychain,
                                      .post = post,
                                      .post_ctx = &r->home,
                                      .changed = on_changed,
                                      .ended = on_ended,
                                      .ctx = r};
    r->b = registry_book_new(&c);
}

static void rig_close(struct rig *r)
{
    registry_book_free(r->b);
    run_posted(&r->home); /* what came too late frees what it carries */
    store_free(r->store);
    pthread_mutex_destroy(&r->home.lock);
    fake_close(&r->f);
}

static struct store_registry at(const char *host, const char *user)
{
    struct store_registry r = {.engine = ENGINE_DOCKER};

    assert_int_equal(valid_host(host, strlen(host), &r.host, NULL), RC_OK);
    assert_int_equal(valid_user(user, strlen(user), &r.user, NULL), RC_OK);
    return r;
}

static struct secret *secret_of(const char *text)
{
    struct secret *s = NULL;

    assert_int_equal(secret_new(text, strlen(text), &s, NULL), RC_OK);
    return s;
}

/* Submits a login and waits for its end and the list that follows. */
static void log_in(struct rig *r, const char *user, const char *password, bool keep)
{
    struct store_registry where = at("ghcr.io", user);
    int ended = r->ended, changed = r->changed;

    assert_int_equal(registry_book_login(r->b, &where,
                                         password == NULL ? NULL : secret_of(password), keep, NULL),
                     RC_OK);
    UNTIL(r, r->ended > ended && r->changed > changed);
    assert_int_equal(r->end.what, REGISTRY_LOGIN);
}

/* What the stand-in got on its stdin. */
static void given_is(struct rig *r, const char *want)
{
    char path[SYS_PATH_MAX + 16];
    struct buf bytes;

    snprintf(path, sizeof path, "%s/login.in", r->f.folder);
    buf_init(&bytes, 1000);
    assert_int_equal(file_read(path, &bytes, NULL), RC_OK);
    assert_string_equal(buf_text(&bytes), want);
    buf_release(&bytes);
}

static size_t remembered(struct rig *r)
{
    struct store_registries list;
    struct arena a = {0};

    assert_int_equal(store_registries(r->store, &a, &list, NULL), RC_OK);
    arena_release(&a);
    return list.count;
}

TEST(registry_book_logs_in_remembers_and_tells)
{
    struct rig r;
    const struct registry_rows *rows;

    rig_open(&r, false);
    assert_null(registry_book_rows(r.b));
    fake_put(&r.f, "config.json", LOGGED_IN);
    log_in(&r, "anna", "pass word", false);
    assert_int_equal(r.end.rc, RC_OK);
    assert_string_equal(r.end.why.text, "");
    given_is(&r, "pass word");
    assert_int_equal(fake_calls(&r.f, "+", " login --username=anna --password-stdin ghcr.io"), 1);
    assert_int_equal(fake_calls(&r.f, "+", "pass word"), 0);
    rows = registry_book_rows(r.b);
    assert_int_equal(rows->count, 1);
    assert_int_equal(rows->list[0].state, REGISTRY_IN);
    assert_string_equal(rows->list[0].at.user.text, "anna");
    assert_true(rows->here[ENGINE_DOCKER]);
    assert_false(rows->here[ENGINE_PODMAN]);
    assert_string_equal(rows->problem.text, "");
    assert_int_equal(remembered(&r), 1);
    rig_close(&r);
}

TEST(registry_book_tells_why_a_login_failed_and_forgets_it)
{
    struct rig r;

    rig_open(&r, false);
    fake_put(&r.f, "login.exit", "1");
    fake_put(&r.f, "login.err",
             "Error response from daemon: Get \"https://ghcr.io/v2/\": "
             "unauthorized: incorrect username or password\n");
    log_in(&r, "anna", "wrong", false);
    assert_int_equal(r.end.rc, RC_DENIED);
    assert_string_equal(r.end.why.text, "ghcr.io did not accept this user name and password.");
    assert_int_equal(registry_book_rows(r.b)->count, 0);
    assert_int_equal(remembered(&r), 0);
    rig_close(&r);
}

TEST(registry_book_keeps_a_password_and_uses_it)
{
    struct rig r;

    rig_open(&r, true);
    log_in(&r, "nobody", NULL, false);
    assert_int_equal(r.end.rc, RC_MISSING);
    assert_string_equal(r.end.why.text, "No password of nobody is kept for ghcr.io: type it.");
    log_in(&r, "anna", "to be kept", true);
    assert_int_equal(r.end.rc, RC_OK);
    fake_drop(&r.f, "login.in");
    log_in(&r, "anna", NULL, false);
    assert_int_equal(r.end.rc, RC_OK);
    given_is(&r, "to be kept");
    rig_close(&r);

    rig_open(&r, false); /* where there is no keychain, none is asked */
    log_in(&r, "anna", NULL, false);
    assert_int_equal(r.end.rc, RC_DENIED);
    rig_close(&r);
}

TEST(registry_book_logs_out_and_removes)
{
    struct rig r;
    struct store_registry where = at("ghcr.io", "anna");

    rig_open(&r, true);
    log_in(&r, "anna", "x", false);
    assert_int_equal(registry_book_logout(r.b, &where, NULL), RC_OK);
    UNTIL(&r, r.ended == 2 && r.changed == 2);
    assert_int_equal(r.end.rc, RC_OK);
    assert_int_equal(fake_calls(&r.f, "+", " logout ghcr.io"), 1);
    assert_int_equal(registry_book_rows(r.b)->list[0].state, REGISTRY_OUT);
    assert_int_equal(registry_book_remove(r.b, &where, NULL), RC_OK);
    UNTIL(&r, r.ended == 3 && r.changed == 3);
    assert_int_equal(r.end.rc, RC_OK);
    assert_string_equal(r.end.why.text,
                        "Removed, but a kept password may still be there: you may not");
    assert_int_equal(registry_book_rows(r.b)->count, 0);
    assert_int_equal(remembered(&r), 0);
    rig_close(&r);
}

TEST(registry_book_removes_what_belongs_to_an_engine_that_is_gone)
{
    struct rig r;
    struct store_registry where = at("quay.io", "anna");

    rig_open(&r, false);
    where.engine = ENGINE_PODMAN;
    assert_int_equal(store_registry_put(r.store, &where, NULL), RC_OK);
    registry_book_look(r.b);
    UNTIL(&r, r.changed == 1);
    assert_int_equal(registry_book_rows(r.b)->list[0].state, REGISTRY_UNKNOWN);
    assert_int_equal(registry_book_remove(r.b, &where, NULL), RC_OK);
    UNTIL(&r, r.ended == 1 && r.changed == 2);
    assert_int_equal(r.end.rc, RC_OK);
    assert_string_equal(r.end.why.text, "");
    assert_int_equal(registry_book_rows(r.b)->count, 0);
    rig_close(&r);
}

TEST(registry_book_cancels_a_slow_login)
{
    struct rig r;
    struct store_registry where = at("ghcr.io", "anna");

    rig_open(&r, false);
    fake_put(&r.f, "login.mode", "hang");
    assert_int_equal(registry_book_login(r.b, &where, secret_of("x"), false, NULL), RC_OK);
    fake_wait_calls(&r.f, "+", " login ", 1);
    registry_book_cancel(r.b);
    UNTIL(&r, r.ended == 1 && r.changed == 1);
    assert_int_equal(r.end.rc, RC_CANCELLED);
    assert_false(fake_any_alive(&r.f));
    rig_close(&r);
}

/* The line is short, and the end does not wait for any of it. */
TEST(registry_book_is_bounded_and_ends_at_once)
{
    struct rig r;
    struct store_registry where = at("ghcr.io", "anna");
    struct fault why = {0};
    int taken = 0;

    rig_open(&r, false);
    fake_put(&r.f, "login.mode", "hang");
    while (taken < 100 && registry_book_login(r.b, &where, secret_of("x"), false, &why) == RC_OK)
        taken++;
    assert_true(taken > 1 && taken < 100);
    assert_string_not_equal(why.text, "");
    fake_wait_calls(&r.f, "+", " login ", 1);
    registry_book_free(r.b);
    r.b = NULL;
    assert_int_equal(fake_calls(&r.f, "+", " login "), 1);
    assert_false(fake_any_alive(&r.f));
    run_posted(&r.home);
    assert_int_equal(r.ended, 0); /* nothing is told after the end */
    rig_close(&r);
}

static void verdict_is(enum engine_kind engine, int exit_code, const char *err,
                       const char *password, enum rc rc, const char *sentence)
{
    struct store_registry where = at("127.0.0.1:4015", "anna");
    struct secret *secret = password == NULL ? NULL : secret_of(password);
    struct child_result res = {.exit_code = exit_code};
    struct fault why = {0};

    where.engine = engine;
    buf_init(&res.err, 4096);
    assert_int_equal(buf_text_add(&res.err, err), RC_OK);
    assert_int_equal(login_verdict(&where, &res, secret, &why), rc);
    assert_string_equal(why.text, sentence);
    secret_free(secret);
    child_result_release(&res);
}

TEST(login_verdict_is_a_sentence_for_a_person)
{
    verdict_is(ENGINE_PODMAN, 0, "WARNING! ...", "hush", RC_OK, "");
    verdict_is(ENGINE_PODMAN, 125,
               "Error: error logging into \"127.0.0.1:4015\": invalid username/password\n", "hush",
               RC_DENIED, "127.0.0.1:4015 did not accept this user name and password.");
    verdict_is(ENGINE_PODMAN, 125,
               "time=\"x\" level=warning msg=\"y\"\nError: authenticating creds for "
               "\"127.0.0.1:4015\": pinging container registry 127.0.0.1:4015: Get \"https://"
               "127.0.0.1:4015/v2/\": x509: certificate signed by unknown authority\n",
               "hush", RC_FAILED,
               "127.0.0.1:4015 shows a certificate that is not trusted here (x509: certificate "
               "signed by unknown authority).");
    verdict_is(ENGINE_APPLE, 1, "Error: dial tcp 127.0.0.1:4015: connect: connection refused\n",
               "hush", RC_FAILED, "127.0.0.1:4015 cannot be reached (connection refused).");
    verdict_is(ENGINE_DOCKER, 1, "Cannot connect to the Docker daemon at unix:///x.\n", "hush",
               RC_DOWN, "Docker is not running");
    verdict_is(ENGINE_APPLE, 1, "Error: something else\n", "hush", RC_FAILED,
               "Error: something else");
    verdict_is(ENGINE_PODMAN, 125, "Error: not logged into 127.0.0.1:4015\n", NULL, RC_OK, "");
    verdict_is(ENGINE_PODMAN, 125, "Error: not logged into 127.0.0.1:4015\n", "hush", RC_FAILED,
               "Error: not logged into 127.0.0.1:4015");
}

TEST(login_verdict_never_holds_the_password)
{
    verdict_is(ENGINE_APPLE, 1, "Error: cannot use hush-hush here\n", "hush-hush", RC_FAILED,
               "Apple container failed, and its words hold the password.");
    verdict_is(ENGINE_APPLE, 1, "Error: x509: hush-hush\n", "hush-hush", RC_FAILED,
               "Apple container failed, and its words hold the password.");
}

TEST(login_list_of_apple_is_what_the_engine_prints)
{
    struct registry_logins l = {0};
    struct fault why = {0};
    struct fake f;

    fake_open(&f, ENGINE_APPLE);
    fake_put(&f, "logins.out", "[{\"name\":\"ghcr.io\",\"username\":\"anna\"}]");
    assert_int_equal(login_list(f.spawner, &f.where, ENGINE_APPLE, NULL, &l, &why), RC_OK);
    assert_int_equal(l.count, 1);
    assert_int_equal(fake_calls(&f, "+", " registry list --format json"), 1);
    registry_logins_release(&l);
    fake_put(&f, "logins.exit", "64");
    fake_put(&f, "logins.err", "Error: Unknown option 'list'\nUsage: container registry\n");
    assert_int_equal(login_list(f.spawner, &f.where, ENGINE_APPLE, NULL, &l, &why), RC_FAILED);
    assert_int_equal(login_list(f.spawner, &f.where, ENGINE_DOCKER, NULL, &l, &why), RC_MISSING);
    fake_close(&f);
}

SUITE(registry_book, T(registry_book_logs_in_remembers_and_tells),
      T(registry_book_tells_why_a_login_failed_and_forgets_it),
      T(registry_book_keeps_a_password_and_uses_it), T(registry_book_logs_out_and_removes),
      T(registry_book_removes_what_belongs_to_an_engine_that_is_gone),
      T(registry_book_cancels_a_slow_login), T(registry_book_is_bounded_and_ends_at_once),
      T(login_verdict_is_a_sentence_for_a_person), T(login_verdict_never_holds_the_password),
      T(login_list_of_apple_is_what_the_engine_prints))
