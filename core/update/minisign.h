/* minisign.h - was this signed by a key of ours? Signatures of the program minisign, and the
 * base64 that Tauri wraps around their text.
 *
 * Three steps, and a type for each that only the step before can make:
 *   text --minisign_trust()--> struct minisign_trusted: the comment is ours, the file unknown
 *        --minisign_bytes()--> struct signed_bytes: these bytes are ours
 *        --minisign_file()---> struct signed_file: what this descriptor reads is ours
 * Whoever parses or unpacks takes the last two, so nothing unverified gets there by mistake. A
 * comment that was signed can be compared with what is wanted before the file is fetched.
 *
 * Only prehashed signatures (algorithm ED: over the BLAKE2b-512 of the file) are taken. The two
 * bytes that say so are signed by nothing, so a legacy one (Ed: over the file itself) could be made
 * from any of ours; it passes with MINISIGN_LEGACY_TOO alone, which is for tests and foreign files.
 * The untrusted comment is never kept. Never compare signatures as text: one file has many.
 *
 * Rules: updates.md 1.4. Threads: any; a value belongs to one at a time.
 * Memory: trusted and signed things are the caller's, ended by their _free(). */
#ifndef CORE_UPDATE_MINISIGN_H
#define CORE_UPDATE_MINISIGN_H
#include "core/update/ed25519.h"
#include "core/update/refusal.h"

#define MINISIGN_SIG_MAX 16384   /* text of a signature */
#define MINISIGN_TAURI_MAX 32768 /* the same in Tauri's base64 */
#define MINISIGN_KEY_MAX 4096    /* text of a public key */
#define MINISIGN_ID 8
#define MINISIGN_HASH 64 /* BLAKE2b-512 */

/* Made by minisign_key() alone. */
struct minisign_key {
    unsigned char id[MINISIGN_ID];
    unsigned char point[ED25519_KEY];
};

enum minisign_mode { MINISIGN_PREHASHED, MINISIGN_LEGACY_TOO };

/* How a text from outside is wrapped. */
enum minisign_form {
    MINISIGN_PLAIN, /* as minisign writes it */
    MINISIGN_TAURI  /* base64 of that, padded, without any white space */
};

struct minisign_trusted;
struct signed_bytes;
struct signed_file;

/* A public key: both lines or the bare one, or Tauri's base64 of either. REFUSAL_KEY also for a
 * point that is no key, such as a placeholder; REFUSAL_BASE64. */
NODISCARD enum rc minisign_key(const char *bytes, size_t len, enum minisign_form form,
                               struct minisign_key *out, struct refusal *why);
/* The same in whichever form it is: what a configured key may look like. */
NODISCARD enum rc minisign_key_any(const char *bytes, size_t len, struct minisign_key *out,
                                   struct refusal *why);

/* Reads a signature and proves that one of keys[count] signed its comment. RC_OK and *out is the
 * caller's; otherwise *out is NULL. */
NODISCARD enum rc minisign_trust(const struct minisign_key *keys, size_t count, const char *bytes,
                                 size_t len, enum minisign_form form, enum minisign_mode mode,
                                 struct minisign_trusted **out, struct refusal *why);
/* The trusted comment: UTF-8 without control characters but the tab, *len bytes, a NUL behind. */
const char *minisign_comment(const struct minisign_trusted *t, size_t *len);
/* Accepts NULL. */
void minisign_trusted_free(struct minisign_trusted *t);

/* Proves that the key signed bytes[len] and keeps a copy: nobody can change it between check and
 * use. The caller has capped `len`. REFUSAL_SIGNATURE. */
NODISCARD enum rc minisign_bytes(const struct minisign_trusted *t, const void *bytes, size_t len,
                                 struct signed_bytes **out, struct refusal *why);
/* Valid as long as b. */
const char *signed_bytes_text(const struct signed_bytes *b, size_t *len);
/* Accepts NULL. */
void signed_bytes_free(struct signed_bytes *b);

/* Proves that the key signed what `fd`, a regular file of at most `max` bytes, holds from its start
 * to its end; takes fd if, and only if, it returns RC_OK. Read in pieces of 64 KiB, but for a
 * legacy signature, which needs the file in memory. Use the proof's descriptor, never the path
 * again: what lies at a path can be replaced. The file itself is the caller's secret (mode 0600 in
 * a folder of mode 0700). REFUSAL_READ, REFUSAL_SIZE, REFUSAL_SIGNATURE. */
NODISCARD enum rc minisign_file(const struct minisign_trusted *t, int fd, uint64_t max,
                                struct signed_file **out, struct refusal *why);
/* The same for `fd` that the caller has just written `size` bytes to, of which `hash` is the
 * BLAKE2b-512: what was hashed on its way into a file need not be read again. REFUSAL_ALGORITHM for
 * a legacy signature, REFUSAL_READ, REFUSAL_SIZE, REFUSAL_SIGNATURE. */
NODISCARD enum rc minisign_hashed(const struct minisign_trusted *t,
                                  const unsigned char hash[MINISIGN_HASH], int fd, uint64_t size,
                                  struct signed_file **out, struct refusal *why);
/* The descriptor, at the file's start; it stays the proof's. */
int signed_file_fd(const struct signed_file *f);
/* How many bytes were signed. */
uint64_t signed_file_size(const struct signed_file *f);
/* Their BLAKE2b of MINISIGN_HASH bytes: whoever reads them a second time can tell that they are
 * still the same. Valid as long as f. */
const unsigned char *signed_file_hash(const struct signed_file *f);
/* Closes the descriptor. Accepts NULL. */
void signed_file_free(struct signed_file *f);

#endif
