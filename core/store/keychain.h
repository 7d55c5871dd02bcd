/* keychain.h - passwords that the user wants kept, in the system's own place for them.
 *
 * macOS: the login keychain, a generic password with our bundle identifier as service. Linux: the
 * Secret Service (GNOME Keyring, KWallet ...), an item with the same two attributes. One item for
 * each account; other programs may change or remove it at any time, so nothing is remembered here.
 *
 * Any call but keychain_status() may show the system's own dialog and so last as long as the user
 * thinks; a system that hangs makes it last for ever. Therefore: only from a worker, never from
 * the main thread, never at the start of the program (mac-behaviour 24). keychain_ask.h does that
 * for a user interface.
 *
 * Threads: any; calls may overlap. The system is asked on a thread of its own, because its answer
 * cannot be hurried. When `stop` is triggered the call returns at once and leaves that thread
 * behind: it owns all that it touches, throws the answer away, and ends when the system answers;
 * the end of the program does not wait for it. A dialog that is up stays for the user to answer.
 * Memory: a secret that is given back is the caller's. `stop` may be NULL.
 * Errors, each with one sentence that never holds a secret:
 *   RC_MISSING    there is no such item, or no more
 *   RC_DENIED     the user cancelled the dialog, or the system refused
 *   RC_DOWN       there is no keychain here (no service, no session bus, none set up)
 *   RC_TIMEOUT    it did not answer
 *   RC_CANCELLED  `stop` was triggered
 *   RC_TOO_BIG, RC_FAILED  another program's item is too long; anything else it says */
#ifndef CORE_STORE_KEYCHAIN_H
#define CORE_STORE_KEYCHAIN_H
#include "core/base/cancel.h"
#include "core/base/secret.h"
#include "core/base/validate.h"

#define KEYCHAIN_ACCOUNT_MAX (VALID_USER_MAX + 1 + VALID_HOST_MAX)

enum keychain_what { KEYCHAIN_GET, KEYCHAIN_PUT, KEYCHAIN_DELETE, KEYCHAIN_STATUS };

/* "user@host". A host has no "@", so two accounts never share a text. */
struct keychain_account {
    char text[KEYCHAIN_ACCOUNT_MAX + 1];
};

/* Pure. */
void keychain_account_init(struct keychain_account *a, const struct valid_user *user,
                           const struct valid_host *host);

/* May keeping be offered in a program with this bundle identifier? Not in a Mac's development
 * build: each rebuild is a stranger to the keychain, which would ask again (mac-behaviour 24).
 * Pure. */
bool keychain_offered(const char *bundle_id, bool mac);

/* The password of this account. */
NODISCARD enum rc keychain_get(const struct keychain_account *a, const struct cancel *stop,
                               struct secret **out, struct fault *why);
/* Makes the item, or replaces what it holds. `secret` is borrowed. */
NODISCARD enum rc keychain_put(const struct keychain_account *a, const struct secret *secret,
                               const struct cancel *stop, struct fault *why);
/* Removes the item; RC_MISSING if there was none. */
NODISCARD enum rc keychain_delete(const struct keychain_account *a, const struct cancel *stop,
                                  struct fault *why);

#define KEYCHAIN_STATUS_MS 5000

/* Is there one, and would it ask the user to unlock it? Never shows a dialog; RC_TIMEOUT after
 * KEYCHAIN_STATUS_MS. */
NODISCARD enum rc keychain_status(const struct cancel *stop, bool *locked, struct fault *why);

#endif
