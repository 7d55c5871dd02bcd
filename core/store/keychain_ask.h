/* keychain_ask.h - the keychain's questions for a user interface: asked one after the other on a
 * worker, answered through a sink.
 *
 * Asking never blocks, whatever the system's keychain does. A question that hangs holds up those
 * behind it, and nothing else. Questions still waiting at the end are dropped unanswered.
 * Threads: keychain_ask() by any; new/free by the owner; the sink is called on the worker, which
 * is named "keychain" and starts with the first question. */
#ifndef CORE_STORE_KEYCHAIN_ASK_H
#define CORE_STORE_KEYCHAIN_ASK_H
#include "core/store/keychain.h"

/* Waiting ones, the one under way not counted. */
#define KEYCHAIN_ASK_MAX 64

struct keychain_question {
    enum keychain_what what;
    struct keychain_account account; /* not for a status */
    struct secret *secret;           /* owned; of a put, else NULL */
    uint64_t tag;                    /* the asker's own, comes back with the answer */
};

struct keychain_answer {
    enum keychain_what what;
    struct keychain_account account;
    uint64_t tag;
    enum rc rc;
    struct fault why;      /* unless rc is RC_OK */
    struct secret *secret; /* of a get that is RC_OK: now the sink's, which may hand it on */
    bool locked;           /* of a status that is RC_OK */
};

/* *answer is borrowed during the call, the secret in it taken. */
typedef void keychain_sink_fn(void *ctx, const struct keychain_answer *answer);

struct keychain_desk;

/* Starts no thread yet; ctx outlives the desk. */
struct keychain_desk *keychain_desk_new(keychain_sink_fn *sink, void *ctx);
/* Takes the question's secret, also when it fails: RC_DENIED if too many wait. */
NODISCARD enum rc keychain_ask(struct keychain_desk *d, const struct keychain_question *question,
                               struct fault *why);
/* Leaves a question under way to itself and joins the worker, within moments. No sink call comes
 * after it has returned. Accepts NULL. */
void keychain_desk_free(struct keychain_desk *d);

#endif
