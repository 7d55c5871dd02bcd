/* proof_rig.h - a proof that a file was signed, for tests of what takes nothing else.
 *
 * The key is made and forgotten here; the signature goes through the program's own reader, so there
 * is no other door to what unpacks. Also for the probe and the fuzzers. */
#ifndef TESTS_UNIT_PROOF_RIG_H
#define TESTS_UNIT_PROOF_RIG_H
#include "core/update/minisign.h"
#include <errno.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define PROOF_MAX ((uint64_t)256 << 20)

static void proof_base64(const void *bytes, size_t len, char *out, size_t max)
{
    MUST(sodium_bin2base64(out, max, bytes, len, sodium_base64_VARIANT_ORIGINAL) != NULL);
}

static bool proof_hash(int fd, unsigned char hash[MINISIGN_HASH])
{
    crypto_generichash_state state;
    unsigned char piece[65536];
    ssize_t n = 0;
    off_t at = 0;

    MUST(crypto_generichash_init(&state, NULL, 0, MINISIGN_HASH) == 0);
    while ((n = pread(fd, piece, sizeof piece, at)) > 0) {
        MUST(crypto_generichash_update(&state, piece, (size_t)n) == 0);
        at += n;
    }
    MUST(crypto_generichash_final(&state, hash, MINISIGN_HASH) == 0);
    return n == 0;
}

/* The bare line of a new key, and the four lines that sign the hash with it. */
static void proof_texts(const unsigned char hash[MINISIGN_HASH], char key[64], char sig[512])
{
    unsigned char public[crypto_sign_PUBLICKEYBYTES], secret[crypto_sign_SECRETKEYBYTES];
    unsigned char bytes[74] = "Ed01234567", both[65], global[64];
    char lines[2][128];

    MUST(crypto_sign_keypair(public, secret) == 0);
    memcpy(bytes + 10, public, sizeof public);
    proof_base64(bytes, 42, key, 64);
    bytes[1] = 'D';
    MUST(crypto_sign_detached(bytes + 10, NULL, hash, MINISIGN_HASH, secret) == 0);
    memcpy(both, bytes + 10, 64);
    both[64] = 'c';
    MUST(crypto_sign_detached(global, NULL, both, sizeof both, secret) == 0);
    proof_base64(bytes, sizeof bytes, lines[0], sizeof lines[0]);
    proof_base64(global, sizeof global, lines[1], sizeof lines[1]);
    (void)snprintf(sig, 512, "untrusted comment: u\n%s\ntrusted comment: c\n%s\n", lines[0],
                   lines[1]);
}

/* Takes fd if, and only if, it gives a proof; NULL and *why for a file that cannot be read. */
static struct signed_file *proof_of(int fd, struct refusal *why)
{
    unsigned char hash[MINISIGN_HASH];
    char key_text[64], sig[512];
    struct minisign_key key;
    struct minisign_trusted *trusted = NULL;
    struct signed_file *proof = NULL;

    MUST(sodium_init() >= 0);
    if (!proof_hash(fd, hash)) {
        (void)refuse(why, REFUSAL_READ, "cannot read the file");
        return NULL;
    }
    proof_texts(hash, key_text, sig);
    MUST(minisign_key(key_text, strlen(key_text), MINISIGN_PLAIN, &key, NULL) == RC_OK);
    MUST(minisign_trust(&key, 1, sig, strlen(sig), MINISIGN_PLAIN, MINISIGN_PREHASHED, &trusted,
                        NULL) == RC_OK);
    (void)!minisign_file(trusted, fd, PROOF_MAX, &proof, why);
    minisign_trusted_free(trusted);
    return proof;
}

#endif
