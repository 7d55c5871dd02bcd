/* ed25519.c - libsodium, asked. */
#include "core/update/ed25519.h"
#include <sodium.h>

_Static_assert(ED25519_KEY == crypto_sign_PUBLICKEYBYTES, "a key's length");
_Static_assert(ED25519_SIGNATURE == crypto_sign_BYTES, "a signature's length");

bool ed25519_signed(const unsigned char key[ED25519_KEY], const void *bytes, size_t len,
                    const unsigned char *signature, size_t signature_len)
{
    MUST(sodium_init() >= 0); /* once for all; picks the code for this processor */
    return signature_len == ED25519_SIGNATURE &&
           crypto_sign_verify_detached(signature, bytes, len, key) == 0;
}

bool ed25519_is_key(const unsigned char key[ED25519_KEY])
{
    MUST(sodium_init() >= 0);
    return crypto_core_ed25519_is_valid_point(key) == 1;
}
