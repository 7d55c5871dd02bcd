/* ed25519.h - the one place where a signature is compared with what it should have signed.
 *
 * libsodium decides: it refuses S >= L, points of small order and other spellings of a point.
 * Nothing else in the program checks signatures, and nothing looser may. Pure; any thread. */
#ifndef CORE_UPDATE_ED25519_H
#define CORE_UPDATE_ED25519_H
#include "core/base/base.h"

#define ED25519_KEY 32
#define ED25519_SIGNATURE 64

/* True if the owner of `key` signed bytes[len]. A signature of another length is none. */
NODISCARD bool ed25519_signed(const unsigned char key[ED25519_KEY], const void *bytes, size_t len,
                              const unsigned char *signature, size_t signature_len);
/* True if a key can be one: a point of the large group, in its only spelling. */
NODISCARD bool ed25519_is_key(const unsigned char key[ED25519_KEY]);

#endif
