/* cli_update.c - `update`: looks for one, installs it, or tells what is remembered.
 *
 * The same updater as in the menu bar, on a loop of its own: the main thread waits for its pages.
 * Nothing is started: a menu bar that runs takes over what is ready when it ends, and without one
 * the exchange is made here. */
#include "app/cli/loop.h"
#include "app/cli/words.h"
#include "app/service/here.h"
#include "app/service/proxies.h"
#include "app/update_here.h"
#include "core/base/clock.h"
#include "core/update/updater_world.h"
#include <inttypes.h>
#include <stdio.h>
#include <unistd.h>

struct update {
    const struct cli *cli;
    struct place place;
    struct update_here here;
    struct updater_world world;
    struct updater_config config;
    struct semver ready;
    struct loop *loop;
    struct updater *updater;
    bool asked;             /* the installation was begun */
    enum update_phase told; /* the last one that was said */
    bool line;              /* a line of progress is not ended yet */
};

/* ---- telling ---- */

static const char *text_or_null(const char *text, char out[SEMVER_MAX + 3])
{
    if (text[0] == '\0')
        return "null";
    snprintf(out, SEMVER_MAX + 3, "\"%s\"", text); /* versions need no escape */
    return out;
}

static void print_page(const struct update *u, const struct update_page *p)
{
    char text[SEMVER_MAX + 3];

    if (u->cli->json)
        printf("{\"version\": \"%s\", \"state\": \"%s\", \"offered\": %s, \"critical\": %s}\n",
               CK_VERSION, update_phase_word(p->phase), text_or_null(p->version, text),
               p->critical ? "true" : "false");
    else if (p->phase == UPDATE_OFFERED)
        printf("%s is available; this is %s\n", p->version, CK_VERSION);
    else if (p->phase == UPDATE_READY)
        printf("%s is ready to be installed; this is %s\n", p->version, CK_VERSION);
    else if (p->none == OFFER_SYSTEM)
        printf("there is a newer version, but it needs a newer system\n");
    else
        printf("%s is the newest version\n", CK_VERSION);
}

static void tell_progress(struct update *u, const struct update_page *p)
{
    if (p->whole == 0 || !isatty(STDERR_FILENO))
        return;
    fprintf(stderr, "\rcontainer-kit: %3d %%", (int)(100 * p->have / p->whole));
    u->line = true;
}

/* What is under way, for a person who waits. */
static void tell_phase(struct update *u, const struct update_page *p)
{
    if (p->phase == UPDATE_DOWNLOADING)
        tell_progress(u, p);
    if (p->phase == u->told)
        return;
    u->told = p->phase;
    if (u->line && p->phase != UPDATE_DOWNLOADING) {
        fputc('\n', stderr);
        u->line = false;
    }
    if (p->phase == UPDATE_DOWNLOADING)
        cli_say("downloading %s", p->version);
    else if (p->phase == UPDATE_STAGING)
        cli_say("preparing %s", p->version);
}

/* ---- the loop ---- */

static bool is_busy(enum update_phase phase)
{
    return phase == UPDATE_CHECKING || phase == UPDATE_DOWNLOADING || phase == UPDATE_STAGING;
}

static void on_changed(void *ctx)
{
    struct update *u = ctx;
    const struct update_page *p = updater_page(u->updater);

    tell_phase(u, p);
    if (is_busy(p->phase))
        return;
    if (p->phase != UPDATE_OFFERED || u->cli->update != CLI_UPDATE_INSTALL || u->asked) {
        loop_quit(u->loop);
        return;
    }
    u->asked = true;
    updater_install(u->updater);
    updater_later(u->updater); /* nothing is started from here */
}

static enum cli_status status_of(const struct update_page *p, bool asked)
{
    switch (p->phase) {
    case UPDATE_NOTHING:
    case UPDATE_READY:
        return CLI_DONE;
    case UPDATE_OFFERED:
        return asked ? CLI_FAILED : CLI_DONE; /* it was stopped */
    case UPDATE_OFF:
        return CLI_UNAVAILABLE;
    default:
        break;
    }
    if (p->class == REFUSAL_SLOW)
        return CLI_TIMEOUT;
    return p->class == REFUSAL_NETWORK ? CLI_UNAVAILABLE : CLI_FAILED;
}

/* Until it is over, or a signal comes. */
static enum cli_status run(struct update *u)
{
    const struct update_page *p = updater_page(u->updater);
    enum cli_status ended;

    if (p->phase != UPDATE_OFF && p->phase != UPDATE_READY) {
        updater_check(u->updater);
        loop_run(u->loop);
    }
    ended = status_of(p, u->asked);
    if (ended != CLI_DONE)
        cli_say("%s", p->sentence[0] != '\0' ? p->sentence : "stopped");
    return ended;
}

/* ---- installing ---- */

/* The menu bar that runs is not exchanged under its feet. */
static enum cli_status put_in_place(struct update *u, const char *version)
{
    struct refusal why = {0};
    char text[FAULT_TEXT_MAX];

    if (install_app_runs(u->here.data)) {
        printf("%s is ready; it is installed when the menu bar ends\n", version);
        return CLI_DONE;
    }
    if (install_at_quit(&u->here.config, &why) != RC_OK) {
        cli_say("%s", fault_text(&why.fault, text));
        return CLI_FAILED;
    }
    printf("%s is installed\n", version);
    return CLI_DONE;
}

/* ---- status ---- */

static const char *when(int64_t at_s, int64_t now_s, char out[64])
{
    if (at_s == 0)
        snprintf(out, 64, "never");
    else
        snprintf(out, 64, "%" PRId64 " minutes ago", (now_s - at_s) / DUE_MINUTE_S);
    return out;
}

static void print_status(const struct update *u, const struct update_state *s)
{
    int64_t now_s = clock_wall_s();
    char check_text[64], ok_text[64];

    printf("version   %s\n", CK_VERSION);
    printf("checked   %s\n", when(s->last_check, now_s, check_text));
    if (s->failures > 0)
        printf("failures  %" PRId64 " in a row; the last good one %s\n", s->failures,
               when(s->last_ok, now_s, ok_text));
    if (u->config.ready != NULL)
        printf("ready     %s\n", u->config.ready);
    if (s->skipped[0] != '\0')
        printf("skipped   %s\n", s->skipped);
    if (s->blocked[0] != '\0')
        printf("blocked   %s, which did not run here\n", s->blocked);
    if (u->config.off != NULL)
        printf("off       %s\n", u->config.off);
}

static void print_status_json(const struct update *u, const struct update_state *s)
{
    char ready[SEMVER_MAX + 3], skipped[SEMVER_MAX + 3], blocked[SEMVER_MAX + 3];

    printf("{\"version\": \"%s\", \"last_check\": %" PRId64 ", \"last_ok\": %" PRId64
           ", \"failures\": %" PRId64 ", \"ready\": %s, \"skipped\": %s, \"blocked\": %s, "
           "\"off\": %s}\n",
           CK_VERSION, s->last_check, s->last_ok, s->failures,
           text_or_null(u->config.ready != NULL ? u->config.ready : "", ready),
           text_or_null(s->skipped, skipped), text_or_null(s->blocked, blocked),
           u->config.off != NULL ? "true" : "false");
}

static enum cli_status status(struct update *u)
{
    struct update_state s;

    (void)update_state_read(u->config.folder, &u->config.floor, clock_wall_s(), &s);
    if (u->cli->json)
        print_status_json(u, &s);
    else
        print_status(u, &s);
    return CLI_DONE;
}

/* ---- the word ---- */

static enum rc begin(struct update *u, struct fault *why)
{
    char data[FILE_PATH_MAX];
    enum rc rc = file_data_folder(data, why);

    if (rc != RC_OK)
        return rc;
    update_here_init(&u->here, u->cli->setup, data);
    here_place(u->cli->setup, &u->place);
    u->here.config.why_not = u->place.updates ? "" : u->place.why;
    rc = updater_world_init(&u->world, &u->here.config, NULL, proxies_read, why);
    if (rc != RC_OK)
        return rc;
    updater_world_config(&u->world, &u->config);
    if (install_waiting(u->here.data, &u->ready))
        u->config.ready = u->ready.text;
    return RC_OK;
}

static enum cli_status run_updater(struct update *u, struct fault *why)
{
    const struct update_page *page;
    enum cli_status ended;

    if (loop_new(&u->loop, why) != RC_OK) {
        cli_say("%s", why->text);
        return CLI_FAILED;
    }
    u->config.post = loop_post;
    u->config.post_ctx = u->loop;
    u->config.changed = on_changed;
    u->config.ctx = u;
    u->updater = updater_new(&u->config);
    ended = run(u);
    page = updater_page(u->updater);
    if (ended == CLI_DONE && u->cli->update == CLI_UPDATE_INSTALL && page->phase == UPDATE_READY)
        ended = put_in_place(u, page->version);
    else if (ended == CLI_DONE)
        print_page(u, page);
    updater_free(u->updater);
    loop_free(u->loop);
    return ended;
}

int cli_update(const struct cli *c)
{
    struct update u = {.cli = c};
    struct fault why = {0};
    char text[FAULT_TEXT_MAX];

    if (begin(&u, &why) != RC_OK) {
        cli_say("%s", fault_text(&why, text));
        return CLI_FAILED;
    }
    if (c->update == CLI_UPDATE_STATUS)
        return (int)status(&u);
    return (int)run_updater(&u, &why);
}
