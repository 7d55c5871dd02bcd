/* update_rig.h - manifests that are signed, and a world without a network, for tests of what the
 * updater remembers and does. The world's answers are fields: a test says what comes next. */
#ifndef TESTS_UNIT_UPDATE_RIG_H
#define TESTS_UNIT_UPDATE_RIG_H
#include "core/update/steps.h"
#include "tests/unit/sign_rig.h"
#include "tests/unit/unit.h"
#include <stdlib.h>
#include <unistd.h>

#define RIG_T0 ((int64_t)1800000000) /* 2027-01-15 */
#define RIG_TARGET "linux-x86_64"

/* What a manifest says. */
struct rig_says {
    const char *version;
    int64_t timestamp;
    bool critical, expired;
    int percent; /* of a rollout; 0: none is told */
};

struct rig {
    char folder[32];
    struct semver current;
    struct address_hosts hosts;
    struct updater_acts acts;
    struct updater_config config;

    /* what comes next */
    _Atomic int64_t now_s;
    struct rig_says says;
    enum refusal_class refuses_open, refuses_manifest, refuses_payload, refuses_stage,
        refuses_hand_over; /* REFUSAL_NONE: it does not */

    /* what was done */
    int manifests, payloads, opens, closes, stages, hand_overs;
};

static void rig_text(const struct rig_says *says, char out[1024])
{
    char rollout[64] = "";

    if (says->percent > 0)
        (void)snprintf(rollout, sizeof rollout, "\"rollout\":{\"percent\":%d},", says->percent);
    (void)snprintf(out, 1024,
                   "{\"version\":\"%s\",\"notes\":\"Better.\",\"critical\":%s,%s"
                   "\"expires\":\"%s-01-01T00:00:00Z\",\"platforms\":{\"" RIG_TARGET "\":"
                   "{\"url\":\"https://good.test/a.tar.gz\",\"signature\":\"x\",\"size\":1000}}}",
                   says->version, says->critical ? "true" : "false", rollout,
                   says->expired ? "2020" : "2040");
}

/* Opens what `says` becomes, with the marks: as fetch_manifest() does after its two transfers. */
static enum rc rig_open(const struct rig_says *says, const struct manifest_marks *marks,
                        struct manifest **out, struct refusal *why)
{
    char text[1024], comment[PROOF_COMMENT_MAX], key_text[64], sig[PROOF_SIG_MAX];
    unsigned char hash[MINISIGN_HASH];
    struct minisign_key key;

    MUST(sodium_init() >= 0);
    rig_text(says, text);
    (void)snprintf(comment, sizeof comment, "timestamp:%lld\tfile:latest.json\tversion:%s",
                   (long long)says->timestamp, says->version);
    MUST(crypto_generichash(hash, sizeof hash, (const unsigned char *)text, strlen(text), NULL,
                            0) == 0);
    proof_texts(hash, comment, key_text, sig);
    MUST(minisign_key(key_text, strlen(key_text), MINISIGN_PLAIN, &key, NULL) == RC_OK);
    return manifest_open(&key, 1, sig, strlen(sig), text, strlen(text), MANIFEST_STRICT, NULL,
                         marks, out, why);
}

static enum rc rig_refuse(enum refusal_class class, struct refusal *why)
{
    return class == REFUSAL_NONE ? RC_OK : refuse(why, class, "as the test wants it");
}

static int64_t rig_now(void *ctx)
{
    const struct rig *r = ctx;

    return r->now_s;
}

static enum rc rig_place(void *ctx, struct refusal *why)
{
    struct rig *r = ctx;

    r->opens++;
    return rig_refuse(r->refuses_open, why);
}

static enum rc rig_manifest(void *ctx, const struct manifest_marks *marks,
                            const struct cancel *stop, struct manifest **out, struct refusal *why)
{
    struct rig *r = ctx;

    r->manifests++;
    if (cancel_is_set(stop))
        return refuse(why, REFUSAL_CANCELLED, "stopped");
    if (r->refuses_manifest != REFUSAL_NONE)
        return rig_refuse(r->refuses_manifest, why);
    return rig_open(&r->says, marks, out, why);
}

static enum rc rig_payload(void *ctx, const struct offer *o, const struct cancel *stop,
                           fetch_progress_fn *progress, void *progress_ctx,
                           struct signed_file **out, struct refusal *why)
{
    struct rig *r = ctx;

    r->payloads++;
    assert_non_null(stop);
    progress(progress_ctx, o->size / 2, o->size);
    *out = NULL;
    return rig_refuse(cancel_is_set(stop) ? REFUSAL_CANCELLED : r->refuses_payload, why);
}

static enum rc rig_stage(void *ctx, const struct signed_file *proof, const struct offer *o,
                         const struct cancel *stop, struct refusal *why)
{
    struct rig *r = ctx;

    (void)proof;
    (void)o;
    r->stages++;
    return rig_refuse(cancel_is_set(stop) ? REFUSAL_STOPPED : r->refuses_stage, why);
}

static enum rc rig_hand_over(void *ctx, struct refusal *why)
{
    struct rig *r = ctx;

    r->hand_overs++;
    return rig_refuse(r->refuses_hand_over, why);
}

static void rig_close(void *ctx)
{
    struct rig *r = ctx;

    r->closes++;
}

/* Version 1.1.0 runs, was built at RIG_T0 - 1000, and 1.2.0 is out. */
static void rig_init(struct rig *r)
{
    *r = (struct rig){.folder = "/tmp/ck-update-XXXXXX",
                      .now_s = RIG_T0,
                      .hosts = {{"good.test"}, 1},
                      .says = {"1.2.0", RIG_T0 - 500, false, false, 0}};
    assert_non_null(mkdtemp(r->folder));
    assert_int_equal(semver_read("1.1.0", 5, &r->current, NULL), RC_OK);
    r->acts = (struct updater_acts){.now_s = rig_now,
                                    .open = rig_place,
                                    .manifest = rig_manifest,
                                    .payload = rig_payload,
                                    .stage = rig_stage,
                                    .hand_over = rig_hand_over,
                                    .close = rig_close,
                                    .ctx = r};
    r->config = (struct updater_config){
        .acts = &r->acts,
        .folder = r->folder,
        .floor = {&r->current, RIG_T0 - 1000},
        .host = {
            .current = &r->current, .target = RIG_TARGET, .system = "26.0", .hosts = &r->hosts}};
}

static void rig_release(struct rig *r)
{
    char path[64];

    (void)snprintf(path, sizeof path, "%s/state.json", r->folder);
    (void)unlink(path);
    assert_int_equal(rmdir(r->folder), 0);
}

#endif
