/* updater_world.c - see updater_world.h. */
#include "core/update/updater_world.h"
#include "core/base/clock.h"
#include "core/update/hooks.h"
#include "core/update/moment.h"
#include "core/update/ours.h"
#include "core/words/words.h"
#include <stdio.h>
#include <string.h>

/* ---- what is compiled in ---- */

static enum rc read_keys(enum ours_role role, struct ours_keys *out, struct refusal *why)
{
    const char *hook = hook_text(HOOK_KEY, NULL);

    if (hook == NULL)
        return ours_keys(role, out, why);
    *out = (struct ours_keys){.count = 1};
    return minisign_key_any(hook, strlen(hook), &out->list[0], why);
}

static bool is_development(void)
{
    return ours_is_development() && hook_text(HOOK_KEY, NULL) == NULL;
}

/* The hook's names, with commas between them, or the compiled-in ones. */
static void read_hosts(struct updater_world *w)
{
    const char *hook = hook_text(HOOK_HOSTS, NULL);

    ours_hosts(&w->hosts);
    if (hook == NULL)
        return;
    snprintf(w->host_names, sizeof w->host_names, "%s", hook);
    w->hosts.count = 0;
    for (char *at = w->host_names; at != NULL && w->hosts.count < ADDRESS_HOSTS_MAX;) {
        char *comma = strchr(at, ',');

        w->hosts.list[w->hosts.count++] = at;
        if (comma != NULL)
            *comma++ = '\0';
        at = comma;
    }
}

/* "macOS 26.1, arm64" -> "26.1". */
static void read_system(struct updater_world *w)
{
    char name[SYS_NAME_MAX];
    const char *at = NULL;

    sys_name(name);
    at = strchr(name, ' ');
    at = at != NULL ? at + 1 : name;
    snprintf(w->system, sizeof w->system, "%.*s", (int)strspn(at, "0123456789."), at);
    http_agent(w->agent, CK_VERSION, name);
}

/* ---- the acts ---- */

static int64_t now_s(void *ctx)
{
    const char *hook = hook_text(HOOK_NOW, NULL);
    int64_t told = 0;

    (void)ctx;
    return hook != NULL && moment_read(hook, &told) ? told : clock_wall_s();
}

static enum rc refuse_by(struct refusal *why, enum refusal_class class, const struct fault *fault)
{
    char text[FAULT_TEXT_MAX];

    return refuse(why, class, "%s", fault_text(fault, text));
}

/* Networks come and go, so the proxy is asked for each time. */
static enum rc ready_fetch(const struct updater_world *w, struct proxy *proxy,
                           const struct cancel *stop, struct fetch *out, struct refusal *why)
{
    struct http http = {.hosts = &w->hosts, .agent = w->agent, .stop = stop};
    struct fault fault = {0};

    if (w->proxy(proxy, &fault) != RC_OK)
        return refuse_by(why, REFUSAL_NETWORK, &fault);
    http.proxy = proxy->url;
    http.noproxy = proxy->noproxy;
    fetch_init(out, &http);
    out->again_ms = hook_number(HOOK_AGAIN_MS, out->again_ms);
    return RC_OK;
}

static enum rc get_manifest(void *ctx, const struct manifest_marks *marks,
                            const struct cancel *stop, struct manifest **out, struct refusal *why)
{
    const struct updater_world *w = ctx;
    struct ours_keys keys;
    struct fetch_trust trust = {
        .profile = MANIFEST_STRICT, .app_id = w->install->app_id, .marks = marks};
    struct proxy proxy;
    struct fetch fetch;
    enum rc rc = read_keys(OURS_MANIFEST, &keys, why);

    if (rc == RC_OK)
        rc = ready_fetch(w, &proxy, stop, &fetch, why);
    if (rc != RC_OK)
        return rc;
    trust.keys = keys.list;
    trust.count = keys.count;
    rc = fetch_manifest(&fetch, hook_text(HOOK_ENDPOINT, ours_endpoint()), &trust, out, why);
    hook_reach(HOOK_AT_MANIFEST);
    return rc;
}

static enum rc get_payload(void *ctx, const struct offer *o, const struct cancel *stop,
                           fetch_progress_fn *progress, void *progress_ctx,
                           struct signed_file **out, struct refusal *why)
{
    const struct updater_world *w = ctx;
    struct minisign_trusted *trusted = NULL;
    struct ours_keys keys;
    struct fault fault = {0};
    struct proxy proxy;
    struct fetch fetch;
    enum rc rc = read_keys(OURS_PAYLOAD, &keys, why);

    if (rc == RC_OK)
        rc = offer_trust(o, MANIFEST_STRICT, w->install->target, keys.list, keys.count, &trusted,
                         why);
    if (rc == RC_OK && file_make_folder(w->downloads, &fault) != RC_OK)
        rc = refuse_by(why, REFUSAL_WRITE, &fault);
    if (rc == RC_OK)
        rc = ready_fetch(w, &proxy, stop, &fetch, why);
    if (rc == RC_OK) {
        fetch.progress = progress;
        fetch.progress_ctx = progress_ctx;
        rc = fetch_payload(&fetch, o, trusted, w->downloads, out, why);
        hook_reach(HOOK_AT_VERIFY);
    }
    minisign_trusted_free(trusted);
    return rc;
}

static enum rc open_place(void *ctx, struct refusal *why)
{
    struct updater_world *w = ctx;

    return install_open(w->install, &w->open, why);
}

static enum rc stage(void *ctx, const struct signed_file *proof, const struct offer *o,
                     const struct cancel *stop, struct refusal *why)
{
    struct updater_world *w = ctx;

    return install_stage(w->open, proof, o, stop, why);
}

static void close_place(void *ctx)
{
    struct updater_world *w = ctx;

    install_close(w->open);
    w->open = NULL;
}

static enum rc hand_over(void *ctx, struct refusal *why)
{
    const struct updater_world *w = ctx;

    MUST(w->spawner != NULL);
    return install_hand_over(w->install, w->spawner, why);
}

/* ---- its life ---- */

enum rc updater_world_init(struct updater_world *w, const struct install_config *install,
                           struct spawner *spawner,
                           enum rc (*proxy)(struct proxy *out, struct fault *why),
                           struct fault *why)
{
    char cache[FILE_PATH_MAX];
    enum rc rc = file_cache_folder(cache, why);

    *w = (struct updater_world){.install = install, .spawner = spawner, .proxy = proxy};
    w->acts = (struct updater_acts){now_s, open_place, get_manifest, get_payload,
                                    stage, hand_over,  close_place,  w};
    read_hosts(w);
    read_system(w);
    if (rc != RC_OK)
        return rc;
    if (snprintf(w->folder, sizeof w->folder, "%s/update", install->data) >= FILE_PATH_MAX ||
        snprintf(w->downloads, sizeof w->downloads, "%s/updates", cache) >= FILE_PATH_MAX)
        return fault_set(why, RC_TOO_BIG, "path too long: %s", install->data);
    return RC_OK;
}

const char *updater_world_off(const struct updater_world *w)
{
    struct ours_keys keys;

    if (w->install->why_not[0] != '\0')
        return w->install->why_not;
    if (is_development())
        return word(WORD_UPDATE_OFF_BUILD);
    if (read_keys(OURS_MANIFEST, &keys, NULL) != RC_OK ||
        read_keys(OURS_PAYLOAD, &keys, NULL) != RC_OK)
        return word(WORD_UPDATE_OFF_KEY);
    return NULL;
}

void updater_world_config(const struct updater_world *w, struct updater_config *out)
{
    *out = (struct updater_config){
        .acts = &w->acts,
        .folder = w->folder,
        .off = updater_world_off(w),
        .floor = {w->install->current, ours_build_time()},
        .host = {.current = w->install->current,
                 .target = w->install->target,
                 .system = w->system,
                 .hosts = &w->hosts},
    };
}
