/* proof_rig.h - a proof that a file was signed, for tests of what takes nothing else.
 *
 * The key is made and forgotten here; the signature goes through the program's own reader, so there
 * is no other door to what unpacks. Also for the probe and the fuzzers. */
#ifndef TESTS_UNIT_PROOF_RIG_H
#define TESTS_UNIT_PROOF_RIG_H
#include "tests/unit/sign_rig.h"
#include <errno.h>
#include <unistd.h>

#define PROOF_MAX ((uint64_t)256 << 20)

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

/* Takes fd if, and only if, it gives a proof; NULL and *why for a file that cannot be read. */
static struct signed_file *proof_of(int fd, struct refusal *why)
{
    unsigned char hash[MINISIGN_HASH];
    char key_text[64], sig[PROOF_SIG_MAX];
    struct minisign_key key;
    struct minisign_trusted *trusted = NULL;
    struct signed_file *proof = NULL;

    MUST(sodium_init() >= 0);
    if (!proof_hash(fd, hash)) {
        (void)refuse(why, REFUSAL_READ, "cannot read the file");
        return NULL;
    }
    proof_texts(hash, "c", key_text, sig);
    MUST(minisign_key(key_text, strlen(key_text), MINISIGN_PLAIN, &key, NULL) == RC_OK);
    MUST(minisign_trust(&key, 1, sig, strlen(sig), MINISIGN_PLAIN, MINISIGN_PREHASHED, &trusted,
                        NULL) == RC_OK);
    (void)!minisign_file(trusted, fd, PROOF_MAX, &proof, why);
    minisign_trusted_free(trusted);
    return proof;
}

#endif
