/* install.c - see install.h: from the proof of an archive to an update that is ready. */
#include "core/update/install.h"
#include "core/base/clock.h"
#include "core/base/log.h"
#include "core/base/mem.h"
#include "core/base/sys.h"
#include "core/update/archive.h"
#include "core/update/bundle.h"
#include "core/update/exchange.h"
#include "core/update/facts.h"
#include "core/update/hooks.h"
#include "core/update/launch.h"
#include "core/update/site.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

struct install {
    struct install_config config;
    struct site site;
};

/* Passes on what a layer below has said, with the system's reason. */
static enum rc refuse_as(struct refusal *why, enum refusal_class class, const struct fault *fault)
{
    errno = fault->sys;
    return refuse(why, class, "%s", fault->text);
}

/* --- opening ---------------------------------------------------------------------------------- */

/* Asked twice: cheaply before the locks, and under them, for the app may have changed meanwhile. */
static enum rc enter(const struct install_config *config, struct site *site, struct refusal *why)
{
    enum rc rc = site_check(config->app, config->why_not, why);

    *site = (struct site){-1, -1};
    if (rc == RC_OK)
        rc = site_lock(site, config->app, config->data, why);
    if (rc == RC_OK)
        rc = site_check(config->app, config->why_not, why);
    if (rc != RC_OK)
        site_release(site);
    return rc;
}

/* What the last update has left, which another one must not walk over. */
static enum rc settle(const struct install_config *config, struct journal *j, struct refusal *why)
{
    journal_read(config->data, j);
    errno = 0;
    switch (j->state) {
    case JOURNAL_MOVING:
    case JOURNAL_RETURNING:
        return refuse(why, REFUSAL_BUSY,
                      "the last update was cut short: quit Container Kit and open it again");
    case JOURNAL_SWAPPED:
        return refuse(why, REFUSAL_BUSY,
                      "the last update has yet to prove that it runs: try again in a minute");
    case JOURNAL_CONFIRMED:
        exchange_tidy(config->data, j);
        *j = (struct journal){0};
        break;
    default:
        break;
    }
    return RC_OK;
}

enum rc install_open(const struct install_config *config, struct install **out, struct refusal *why)
{
    struct install *i = mem_new(sizeof *i);
    struct journal j;
    enum rc rc = enter(config, &i->site, why);

    *out = NULL;
    i->config = *config;
    if (rc == RC_OK)
        rc = settle(config, &j, why);
    if (rc != RC_OK) {
        install_close(i);
        return rc;
    }
    hook_reach(HOOK_AT_LOCK);
    site_sweep(config->app, j.state == JOURNAL_READY ? j.id : NULL, clock_wall_s());
    *out = i;
    return RC_OK;
}

void install_close(struct install *i)
{
    if (i == NULL)
        return;
    site_release(&i->site);
    mem_free(i);
}

/* --- staging ---------------------------------------------------------------------------------- */

static enum rc check_signed(const struct install *i, const char *staged, struct refusal *why)
{
    errno = 0;
    if (hook_number(HOOK_UNSIGNED, 0) != 0)
        return refuse(why, REFUSAL_CODE, "the update is not signed by its makers");
    return bundle_signed(staged, i->config.team, i->config.app_id, why);
}

/* Is what lies in the open folder what was offered? Fills in its hash. */
static enum rc check(const struct install *i, int folder, const struct offer *o, struct journal *j,
                     const struct cancel *stop, struct refusal *why)
{
    const struct bundle_wanted want = {i->config.app_id, &o->version, i->config.current,
                                       i->config.target};
    struct fault fault = {0};
    struct swap s;
    enum rc rc = bundle_check(folder, j->name, &want, why);

    if (rc == RC_OK && site_swap(j, &s, &fault) != RC_OK)
        rc = refuse_as(why, REFUSAL_PLACE, &fault);
    if (rc == RC_OK)
        rc = check_signed(i, s.staged, why);
    if (rc != RC_OK)
        return rc;
    sys_forget_download(s.staged); /* of what carries our makers' signature */
    rc = tree_hash(folder, j->name, stop, j->hash, &fault);
    if (rc != RC_OK)
        return refuse_as(why, rc == RC_CANCELLED ? REFUSAL_STOPPED : REFUSAL_READ, &fault);
    hook_reach(HOOK_AT_CHECK);
    return RC_OK;
}

/* The note first, so that at each moment what it names is whole; what it named before goes then. */
static enum rc note_ready(const struct install *i, const struct journal *j, struct refusal *why)
{
    struct fault fault = {0};
    struct journal last;

    journal_read(i->config.data, &last);
    if (journal_write(i->config.data, j, &fault) != RC_OK)
        return refuse_as(why, REFUSAL_WRITE, &fault);
    if (last.state != JOURNAL_NONE && site_remove_staging(last.app, last.id, &fault) != RC_OK)
        log_warn("update: what was ready before cannot be removed");
    hook_reach(HOOK_AT_READY);
    return RC_OK;
}

enum rc install_stage(struct install *i, const struct signed_file *proof, const struct offer *o,
                      const struct cancel *stop, struct refusal *why)
{
    struct journal j = {.state = JOURNAL_READY, .before = *i->config.current, .after = o->version};
    int folder = site_make_staging(i->config.app, j.id, why);
    enum rc rc = RC_OK;

    if (folder < 0)
        return RC_IO;
    snprintf(j.app, sizeof j.app, "%s", i->config.app);
    rc = archive_unpack(proof, folder, o->unpacked_size, stop, j.name, why);
    if (rc == RC_OK) {
        hook_reach(HOOK_AT_UNPACK);
        rc = check(i, folder, o, &j, stop, why);
    }
    if (rc == RC_OK)
        rc = note_ready(i, &j, why);
    close(folder);
    if (rc != RC_OK)
        (void)!site_remove_staging(j.app, j.id, NULL); /* what failed first is told */
    return rc;
}

/* --- what is ready ---------------------------------------------------------------------------- */

bool install_waiting(const char *data, struct semver *version)
{
    struct journal j;

    journal_read(data, &j);
    if (j.state == JOURNAL_READY)
        *version = j.after;
    return j.state == JOURNAL_READY;
}

static enum rc nothing_is_ready(struct refusal *why)
{
    errno = 0;
    return refuse(why, REFUSAL_BUNDLE, "no update is ready");
}

enum rc install_hand_over(const struct install_config *config, struct spawner *spawner,
                          struct refusal *why)
{
    char self[FILE_PATH_MAX];
    struct semver version;
    struct fault fault = {0};
    enum rc rc = site_check(config->app, config->why_not, why);

    if (rc != RC_OK)
        return rc;
    if (!install_waiting(config->data, &version) || !bundle_program(config->app, self))
        return nothing_is_ready(why);
    if (launch_watchdog(spawner, config->mac, self, &fault) != RC_OK)
        return refuse_as(why, REFUSAL_WRITE, &fault);
    hook_reach(HOOK_AT_HANDOVER);
    return RC_OK;
}

enum rc install_at_quit(const struct install_config *config, struct refusal *why)
{
    struct recover_facts facts;
    enum recover_act act = RECOVER_NOTHING;
    struct fault fault = {0};
    struct journal j;
    struct site site;
    enum rc rc = RC_OK;

    journal_read(config->data, &j);
    if (j.state != JOURNAL_READY)
        return RC_OK;
    rc = enter(config, &site, why);
    if (rc != RC_OK)
        return rc;
    journal_read(config->data, &j);
    facts_find(config->app, config->app_id, &j, &facts);
    act = recover_decide(&facts);
    if (act == RECOVER_DROP)
        exchange_drop(config->data, &j);
    if (act != RECOVER_KEEP)
        rc = nothing_is_ready(why);
    else if (exchange_forward(config->data, &j, &fault) != RC_OK)
        rc = refuse_as(why, REFUSAL_WRITE, &fault);
    site_release(&site);
    return rc;
}

bool install_app_runs(const char *data)
{
    char path[FILE_PATH_MAX];
    int lock = -1;
    enum rc rc = RC_OK;

    if (snprintf(path, sizeof path, "%s/" INSTALL_APP_LOCK, data) >= FILE_PATH_MAX)
        return false;
    rc = file_lock(path, &lock, NULL);
    if (lock >= 0)
        close(lock);
    return rc == RC_DENIED;
}
