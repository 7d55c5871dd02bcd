/* install_start.c - see install.h: what a start of the program makes of an update, and how a new
 * version proves that it runs. */
#include "core/base/cancel.h"
#include "core/base/clock.h"
#include "core/base/log.h"
#include "core/update/exchange.h"
#include "core/update/facts.h"
#include "core/update/health.h"
#include "core/update/hooks.h"
#include "core/update/install.h"
#include "core/update/site.h"
#include <string.h>

#define STEPS_MAX 4 /* filling an empty place, and what follows from it; twice that much */
#define ALIVE_MS 10000
#define LOCK_TRIES 50
#define LOCK_NAP_MS 100

static const char *const news_words[] = {
    [INSTALL_QUIET] = "nothing",
    [INSTALL_READY] = "ready",
    [INSTALL_NEW] = "new",
    [INSTALL_FAILED] = "failed",
    [INSTALL_GIVE_WAY] = "taken back just now",
};

const char *install_news_word(enum install_news news)
{
    MUST((unsigned)news < countof(news_words));
    return news_words[news];
}

/* A start at work on what it has found. */
struct recovering {
    const struct install_config *config;
    const char *token;
    struct journal j;
    struct install_found *out;
};

static bool log_failure(enum rc rc, const char *what, const struct fault *why)
{
    char text[FAULT_TEXT_MAX];

    if (rc != RC_OK)
        log_warn("update: %s: %s" LOG_PRIVATE ": %s", what, rc_name(rc), fault_text(why, text));
    return rc == RC_OK;
}

static void tell(struct recovering *r, enum install_news news)
{
    r->out->news = news;
    r->out->version = r->j.after;
}

static void keep(struct recovering *r)
{
    struct fault why = {0};

    if (r->j.state != JOURNAL_READY) {
        r->j.state = JOURNAL_READY;
        (void)log_failure(journal_write(r->config->data, &r->j, &why), "a note", &why);
    }
    tell(r, INSTALL_READY);
}

/* The count comes before anything that could end this start. */
static void count_start(struct recovering *r)
{
    struct fault why = {0};

    r->j.state = JOURNAL_SWAPPED;
    r->j.attempts++;
    (void)log_failure(journal_write(r->config->data, &r->j, &why), "a note", &why);
    if (launch_is_token(r->token))
        (void)log_failure(health_write(r->config->data, r->token, HEALTH_STARTED, &why), "a note",
                          &why);
    (void)log_failure(exchange_mend(&r->j, false, &why), "tidying up", &why);
    tell(r, INSTALL_NEW);
}

/* If it cannot be taken back it runs as well as it can. */
static void take_back(struct recovering *r)
{
    struct fault why = {0};

    if (log_failure(exchange_back(r->config->data, &r->j, &why), "taking it back", &why))
        tell(r, INSTALL_GIVE_WAY);
    else
        tell(r, INSTALL_NEW);
}

static void note_back(struct recovering *r)
{
    struct fault why = {0};

    (void)log_failure(exchange_mend(&r->j, false, &why), "tidying up", &why);
    (void)log_failure(exchange_note_back(r->config->data, &r->j, &why), "a note", &why);
    tell(r, INSTALL_FAILED);
}

/* False when all is done. */
static bool act(struct recovering *r, enum recover_act what)
{
    struct fault why = {0};

    switch (what) {
    case RECOVER_FROM_ASIDE:
    case RECOVER_FROM_STAGED:
        return log_failure(exchange_mend(&r->j, what == RECOVER_FROM_ASIDE, &why), "repairing",
                           &why);
    case RECOVER_KEEP:
        keep(r);
        return false;
    case RECOVER_DROP:
        exchange_drop(r->config->data, &r->j);
        return false;
    case RECOVER_TRY:
        count_start(r);
        return false;
    case RECOVER_TAKE_BACK:
        take_back(r);
        return false;
    case RECOVER_NOTE_BACK:
        note_back(r);
        return false;
    case RECOVER_TIDY:
        exchange_tidy(r->config->data, &r->j);
        return false;
    case RECOVER_BLOCK:
        tell(r, INSTALL_FAILED);
        return false;
    case RECOVER_NOTHING:
        return false;
    }
    return false;
}

static void recover(struct recovering *r)
{
    const struct install_config *config = r->config;
    struct recover_facts facts;
    bool more = true;

    journal_read(config->data, &r->j); /* again, under the locks */
    if (config->app[0] != '\0')
        site_sweep(config->app, r->j.state != JOURNAL_NONE ? r->j.id : NULL, clock_wall_s());
    for (int i = 0; i < STEPS_MAX && more; i++) {
        facts_find(config->app, config->app_id, &r->j, &facts);
        more = act(r, recover_decide(&facts));
    }
}

void install_recover(const struct install_config *config, const char *token,
                     struct install_found *out)
{
    struct recovering r = {.config = config, .token = token, .out = out};
    struct refusal why = {0};
    struct site site;
    const char *app = r.j.app;

    *out = (struct install_found){.news = INSTALL_QUIET};
    if (config->data[0] == '\0')
        return;
    journal_read(config->data, &r.j);
    if (r.j.state == JOURNAL_NONE)
        app = config->app;
    if (app[0] == '\0')
        return; /* no update was begun, and none could be: we are no app */
    if (site_lock(&site, app, config->data, &why) == RC_OK)
        recover(&r);
    else
        log_info("update: what is left of one is not looked at: %s", refusal_word(why.class));
    site_release(&site);
}

void install_give_way(const struct install_config *config, struct spawner *spawner,
                      const struct install_found *found)
{
    struct launched old = {0};
    struct fault why = {0};

    MUST(found->news == INSTALL_GIVE_WAY);
    if (log_failure(launch_app(spawner, config->mac, config->app, INSTALL_FAILED_WORD,
                               found->version.text, &old, &why),
                    "starting the old version", &why))
        launched_leave(spawner, &old);
}

/* --- proving that we run ---------------------------------------------------------------------- */

int64_t install_alive_ms(void)
{
    return hook_number(HOOK_ALIVE_MS, ALIVE_MS);
}

/* The watchdog holds the locks for moments only, a second updater perhaps for longer. */
static bool lock_patiently(const struct install_config *config, struct site *site,
                           const struct cancel *stop)
{
    for (int i = 0; i < LOCK_TRIES && !cancel_is_set(stop); i++) {
        if (site_lock(site, config->app, config->data, NULL) == RC_OK)
            return true;
        site_release(site);
        (void)cancel_wait_ms(stop, LOCK_NAP_MS);
    }
    return false;
}

/* A process of the old version may still run while the new one lies in its place: that it runs
 * proves nothing. */
static void confirm(const struct install_config *config, const char *token)
{
    struct recover_facts facts;
    struct fault why = {0};
    struct journal j;

    journal_read(config->data, &j);
    facts_find(config->app, config->app_id, &j, &facts);
    if (!facts.ours || facts.app != RECOVER_APP_NEW || j.state != JOURNAL_SWAPPED ||
        !semver_same(config->current, &j.after))
        return;
    hook_reach(HOOK_AT_CONFIRM);
    if (launch_is_token(token))
        (void)log_failure(health_write(config->data, token, HEALTH_GOOD, &why), "a note", &why);
    j.state = JOURNAL_CONFIRMED;
    if (log_failure(journal_write(config->data, &j, &why), "a note", &why))
        exchange_tidy(config->data, &j);
}

void install_healthy(const struct install_config *config, const char *token,
                     const struct cancel *stop)
{
    struct site site = {-1, -1};

    if (lock_patiently(config, &site, stop))
        confirm(config, token);
    else
        log_warn("update: somebody else is at it; that this version runs is not noted");
    site_release(&site);
}
