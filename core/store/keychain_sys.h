/* keychain_sys.h - what keychain.c asks the system: keychain_linux.c, keychain_macos.c.
 *
 * Each call blocks for as long as the system likes, on a thread that may be left behind; the
 * sentences and codes are those of keychain.h. Only keychain.c and tests include this. */
#ifndef CORE_STORE_KEYCHAIN_SYS_H
#define CORE_STORE_KEYCHAIN_SYS_H
#include "core/store/keychain.h"

/* What ends a question early, where the system lets it: NULL where it does not (macOS). */
struct keychain_stop;

/* Nobody waits for an answer until keychain_stop_free(). */
struct keychain_stop *keychain_stop_new(void);
/* Any thread. Accepts NULL. */
void keychain_stop_trigger(struct keychain_stop *s);
/* Accepts NULL. */
void keychain_stop_free(struct keychain_stop *s);

/* As those of keychain.h; `s` is what keychain_stop_new() gave. */
NODISCARD enum rc keychain_sys_get(const struct keychain_account *a, struct keychain_stop *s,
                                   struct secret **out, struct fault *why);
NODISCARD enum rc keychain_sys_put(const struct keychain_account *a, const struct secret *secret,
                                   struct keychain_stop *s, struct fault *why);
NODISCARD enum rc keychain_sys_delete(const struct keychain_account *a, struct keychain_stop *s,
                                      struct fault *why);
NODISCARD enum rc keychain_sys_status(struct keychain_stop *s, bool *locked, struct fault *why);

#endif
