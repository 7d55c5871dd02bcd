/* watchdog.c - see watchdog.h. What it does to the app is done under the locks of site.h, which it
 * does not hold while the new version runs: that takes them to note that it does. */
#include "core/update/watchdog.h"
#include "core/base/cancel.h"
#include "core/base/clock.h"
#include "core/base/log.h"
#include "core/update/exchange.h"
#include "core/update/facts.h"
#include "core/update/health.h"
#include "core/update/hooks.h"
#include "core/update/install.h"
#include "core/update/site.h"
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

#define HEALTH_MS 30000
#define END_MS 5000
#define KILLED_MS 2000
#define QUIET_MS 60000 /* for the program in the menu bar to end */
#define LOCK_MS 10000
#define TICK_MS 20
#define LOCK_FILE "watchdog.lock"

struct watchdog {
    const struct watchdog_config *config;
    struct journal j; /* as it was when it began: the note itself may be gone meanwhile */
    int app_lock;     /* keeps the program from being opened while it is exchanged */
    char token[LAUNCH_TOKEN + 1];
    struct launched app;
};

static void nap(void)
{
    (void)cancel_wait_ms(NULL, TICK_MS);
}

static enum rc fail(const char *what, enum rc rc, const struct fault *why)
{
    char text[FAULT_TEXT_MAX];

    log_warn("update: %s: %s" LOG_PRIVATE ": %s", what, rc_name(rc), fault_text(why, text));
    return rc;
}

/* --- waiting for our turn --------------------------------------------------------------------- */

/* Nothing is ever written there: it ends when whoever has started us does. */
void watchdog_wait(void)
{
    char byte;
    ssize_t n = 0;

    MUST(signal(SIGHUP, SIG_IGN) != SIG_ERR); /* the end of a terminal is not ours */
    do
        n = read(STDIN_FILENO, &byte, 1);
    while (n > 0 || (n < 0 && errno == EINTR));
}

/* One watchdog is enough: a second one would be in the way of what the first one starts. Held until
 * this process ends. */
static bool is_first(const struct watchdog_config *config)
{
    char path[FILE_PATH_MAX];
    int lock = -1;

    return journal_path(config->data, LOCK_FILE, path, NULL) == RC_OK &&
           file_lock(path, &lock, NULL) == RC_OK;
}

/* RC_OK once no other program of this user is in the menu bar, and none can come. */
static enum rc take_app_lock(struct watchdog *w, int64_t ms)
{
    int64_t end = clock_ms() + ms;
    char path[FILE_PATH_MAX];
    struct fault why = {0};
    enum rc rc = RC_OK;

    if (snprintf(path, sizeof path, "%s/" INSTALL_APP_LOCK, w->config->data) >= FILE_PATH_MAX)
        return RC_TOO_BIG;
    while ((rc = file_lock(path, &w->app_lock, &why)) == RC_DENIED && clock_ms() < end)
        nap();
    return rc == RC_OK ? RC_OK : fail("the program still runs", rc, &why);
}

static void drop_app_lock(struct watchdog *w)
{
    if (w->app_lock >= 0)
        close(w->app_lock);
    w->app_lock = -1;
}

static enum rc take_site(const struct watchdog *w, struct site *site)
{
    int64_t end = clock_ms() + LOCK_MS;
    struct refusal why = {0};
    enum rc rc = RC_OK;

    while ((rc = site_lock(site, w->j.app, w->config->data, &why)) != RC_OK &&
           why.class == REFUSAL_BUSY && clock_ms() < end) {
        site_release(site);
        nap();
    }
    return rc == RC_OK ? RC_OK : fail("no lock", rc, &why.fault);
}

/* --- there and back --------------------------------------------------------------------------- */

/* The journal as it is now, and what that means. */
static enum recover_act look(const struct watchdog *w, struct journal *now)
{
    struct recover_facts facts;

    journal_read(w->config->data, now);
    facts_find(w->j.app, w->config->app_id, now, &facts);
    return recover_decide(&facts);
}

static enum rc go_forward(struct watchdog *w)
{
    struct fault why = {0};
    struct site site = {-1, -1};
    struct journal now;
    enum rc rc = take_site(w, &site);

    if (rc == RC_OK && look(w, &now) != RECOVER_KEEP) {
        log_warn("update: nothing is ready any more");
        rc = RC_MISSING;
    } else if (rc == RC_OK) {
        rc = exchange_forward(w->config->data, &now, &why);
        if (rc != RC_OK)
            (void)fail("the exchange", rc, &why);
    }
    site_release(&site);
    return rc;
}

/* True if the old one is in its place again; not if the new one has confirmed itself in the last
 * moment, or cannot be taken back. */
static bool go_back(const struct watchdog *w)
{
    struct fault why = {0};
    struct site site = {-1, -1};
    struct journal now;
    enum recover_act what = RECOVER_NOTHING;
    bool back = false;

    if (take_site(w, &site) == RC_OK)
        what = look(w, &now);
    if (what == RECOVER_TRY || what == RECOVER_TAKE_BACK) {
        enum rc rc = exchange_back(w->config->data, &now, &why);

        back = rc == RC_OK;
        if (rc != RC_OK)
            (void)fail("taking it back", rc, &why);
    }
    site_release(&site);
    return back;
}

static enum rc start(struct watchdog *w, const char *word, const char *value)
{
    struct fault why = {0};
    enum rc rc =
        launch_app(w->config->spawner, w->config->mac, w->j.app, word, value, &w->app, &why);

    return rc == RC_OK ? RC_OK : fail("a start", rc, &why);
}

/* --- the new version -------------------------------------------------------------------------- */

/* Its process: what it has told itself, or what we started. 0 if neither is known. */
static pid_t app_pid(const struct watchdog *w, const struct health *h)
{
    if (h->state != HEALTH_UNKNOWN)
        return h->pid;
    return w->app.is_app ? w->app.child.pid : 0;
}

static bool has_ended(const struct watchdog *w, const struct health *h)
{
    pid_t pid = app_pid(w, h);

    if (launched_ended(&w->app))
        return true;
    return h->state != HEALTH_UNKNOWN && kill(pid, 0) != 0 && errno == ESRCH;
}

static bool proves_itself(struct watchdog *w)
{
    int64_t end = clock_ms() + hook_number(HOOK_HEALTH_MS, HEALTH_MS);
    struct health h;

    do {
        health_read(w->config->data, w->token, &h);
        if (h.state == HEALTH_GOOD)
            return true;
        if (has_ended(w, &h)) {
            log_warn("update: %s has ended", w->j.after.text);
            return false;
        }
        nap();
    } while (clock_ms() < end);
    log_warn("update: %s gives no sign of life", w->j.after.text);
    return false;
}

static void signal_and_wait(const struct watchdog *w, const struct health *h, int sig, int64_t ms)
{
    int64_t end = clock_ms() + ms;
    pid_t pid = app_pid(w, h);

    if (pid == 0 || has_ended(w, h))
        return;
    MUST(pid > 1); /* this one process, never a group */
    (void)kill(pid, sig);
    while (!has_ended(w, h) && clock_ms() < end)
        nap();
}

static void end_it(const struct watchdog *w)
{
    struct health h;

    health_read(w->config->data, w->token, &h);
    signal_and_wait(w, &h, SIGTERM, hook_number(HOOK_END_MS, END_MS));
    signal_and_wait(w, &h, SIGKILL, KILLED_MS);
}

static bool try_new(struct watchdog *w)
{
    hook_reach(HOOK_AT_LAUNCH);
    launch_token(w->token);
    drop_app_lock(w);
    if (start(w, INSTALL_LAUNCH_WORD, w->token) != RC_OK)
        return false;
    if (proves_itself(w)) {
        launched_leave(w->config->spawner, &w->app);
        return true;
    }
    end_it(w);
    launched_leave(w->config->spawner, &w->app);
    return false;
}

/* Somebody has to be in the menu bar in the end, for the user did not ask us to quit: the old one,
 * or else the new one, which nobody watches this time but the count of starts. */
static void start_again(struct watchdog *w, bool old)
{
    drop_app_lock(w);
    if (start(w, old ? INSTALL_FAILED_WORD : INSTALL_LAUNCH_WORD,
              old ? w->j.after.text : w->token) == RC_OK)
        launched_leave(w->config->spawner, &w->app);
}

int watchdog_run(const struct watchdog_config *config)
{
    struct watchdog w = {.config = config, .app_lock = -1};
    bool back = false;

    if (!is_first(config))
        return 1;
    journal_read(config->data, &w.j);
    if (w.j.state != JOURNAL_READY || take_app_lock(&w, QUIET_MS) != RC_OK)
        return 1;
    if (go_forward(&w) != RC_OK) {
        start_again(&w, true);
        return 1;
    }
    if (try_new(&w))
        return 0;
    if (take_app_lock(&w, LOCK_MS) != RC_OK)
        return 1; /* somebody is there */
    back = go_back(&w);
    start_again(&w, back);
    return back ? 1 : 0;
}
