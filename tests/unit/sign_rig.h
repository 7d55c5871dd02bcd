/* sign_rig.h - signatures as the program minisign makes them, by a key that is made and forgotten
 * here. */
#ifndef TESTS_UNIT_SIGN_RIG_H
#define TESTS_UNIT_SIGN_RIG_H
#include "core/update/minisign.h"
#include <sodium.h>
#include <stdio.h>
#include <string.h>

#define PROOF_COMMENT_MAX 256
#define PROOF_SIG_MAX 1024

static void proof_base64(const void *bytes, size_t len, char *out, size_t max)
{
    MUST(sodium_bin2base64(out, max, bytes, len, sodium_base64_VARIANT_ORIGINAL) != NULL);
}

/* The bare line of a new key, and the four lines that sign the hash with it. */
static void proof_texts(const unsigned char hash[MINISIGN_HASH], const char *comment, char key[64],
                        char sig[PROOF_SIG_MAX])
{
    unsigned char public[crypto_sign_PUBLICKEYBYTES], secret[crypto_sign_SECRETKEYBYTES];
    unsigned char bytes[74] = "Ed01234567", both[64 + PROOF_COMMENT_MAX], global[64];
    size_t len = strlen(comment);
    char lines[2][128];

    MUST(len <= PROOF_COMMENT_MAX);
    MUST(crypto_sign_keypair(public, secret) == 0);
    memcpy(bytes + 10, public, sizeof public);
    proof_base64(bytes, 42, key, 64);
    bytes[1] = 'D';
    MUST(crypto_sign_detached(bytes + 10, NULL, hash, MINISIGN_HASH, secret) == 0);
    memcpy(both, bytes + 10, 64);
    memcpy(both + 64, comment, len);
    MUST(crypto_sign_detached(global, NULL, both, 64 + len, secret) == 0);
    proof_base64(bytes, sizeof bytes, lines[0], sizeof lines[0]);
    proof_base64(global, sizeof global, lines[1], sizeof lines[1]);
    (void)snprintf(sig, PROOF_SIG_MAX, "untrusted comment: u\n%s\ntrusted comment: %s\n%s\n",
                   lines[0], comment, lines[1]);
}

#endif
