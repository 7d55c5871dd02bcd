/* keychain_sys.h - what keychain.c asks the system: keychain_linux.c, keychain_macos.c.
 *
 * Each call blocks for as long as the system likes, on a thread that may be left behind; the
 * sentences and codes are those of keychain.h. Only keychain.c and tests include this. */
#ifndef CORE_STORE_KEYCHAIN_SYS_H
#define CORE_STORE_KEYCHAIN_SYS_H
#include "core/store/keychain.h"

/* As those of keychain.h, for as long as it takes. */
NODISCARD enum rc keychain_sys_get(const struct keychain_account *a, struct secret **out,
                                   struct fault *why);
NODISCARD enum rc keychain_sys_put(const struct keychain_account *a, const struct secret *secret,
                                   struct fault *why);
NODISCARD enum rc keychain_sys_delete(const struct keychain_account *a, struct fault *why);
NODISCARD enum rc keychain_sys_status(bool *locked, struct fault *why);

#endif
