/* minisign.c - the signed layers, outside in: key id, comment, file.
 *
 * A signature is 2 bytes of algorithm, 8 of key id and 64 that sign the file. The global signature
 * is over those 64 and the comment, without algorithm and key id. */
#include "core/update/minisign.h"
#include "core/base/buf.h"
#include "core/base/mem.h"
#include "core/update/minisign_text.h"
#include <errno.h>
#include <sodium.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define ALGORITHM 2
#define PIECE ((size_t)64 * 1024)

_Static_assert(MINISIGN_KEY_BYTES == ALGORITHM + MINISIGN_ID + ED25519_KEY, "bytes of a key");
_Static_assert(MINISIGN_SIG_BYTES == ALGORITHM + MINISIGN_ID + ED25519_SIGNATURE, "of a signature");

struct minisign_trusted {
    unsigned char signature[ED25519_SIGNATURE];
    unsigned char point[ED25519_KEY]; /* of the key that signed the comment */
    bool hashed;
    char *comment;
    size_t comment_len;
};

struct signed_bytes {
    char *bytes;
    size_t len;
};

struct signed_file {
    int fd;
    uint64_t size;
    unsigned char hash[MINISIGN_HASH];
};

/* Takes Tauri's base64 off: *out is for mem_free(), on RC_OK alone. */
static enum rc unwrap(const char *bytes, size_t len, char **out, size_t *out_len,
                      struct refusal *why)
{
    char *text = NULL;

    *out = NULL;
    if (len == 0 || len > MINISIGN_TAURI_MAX)
        return refuse(why, REFUSAL_BASE64, "a signature or key is 1 to %d characters of base64",
                      MINISIGN_TAURI_MAX);
    text = mem_new(len);
    if (!minisign_base64(bytes, len, text, len, out_len)) {
        mem_free(text);
        return refuse(why, REFUSAL_BASE64, "a signature or key is not base64");
    }
    *out = text;
    return RC_OK;
}

/* --- keys ------------------------------------------------------------------------------------- */

static enum rc key_of_text(const char *bytes, size_t len, struct minisign_key *out,
                           struct refusal *why)
{
    unsigned char key[MINISIGN_KEY_BYTES];
    enum rc rc = minisign_text_key(bytes, len, key, why);

    if (rc != RC_OK)
        return rc;
    if (memcmp(key, "Ed", ALGORITHM) != 0) /* also for keys that make prehashed signatures */
        return refuse(why, REFUSAL_KEY, "the public key is of an unknown kind");
    if (!ed25519_is_key(key + ALGORITHM + MINISIGN_ID))
        return refuse(why, REFUSAL_KEY, "the public key is not a point that can be a key");
    memcpy(out->id, key + ALGORITHM, sizeof out->id);
    memcpy(out->point, key + ALGORITHM + MINISIGN_ID, sizeof out->point);
    return RC_OK;
}

enum rc minisign_key(const char *bytes, size_t len, enum minisign_form form,
                     struct minisign_key *out, struct refusal *why)
{
    char *text = NULL;
    size_t text_len = 0;
    enum rc rc = RC_OK;

    *out = (struct minisign_key){0};
    if (form == MINISIGN_PLAIN)
        return key_of_text(bytes, len, out, why);
    rc = unwrap(bytes, len, &text, &text_len, why);
    if (rc == RC_OK)
        rc = key_of_text(text, text_len, out, why);
    mem_free(text);
    return rc;
}

enum rc minisign_key_any(const char *bytes, size_t len, struct minisign_key *out,
                         struct refusal *why)
{
    /* Tauri's form is longer than the bare line, and base64 has neither a blank nor a line's end */
    bool plain = len == 0 || memchr(bytes, ' ', len) != NULL || memchr(bytes, '\n', len) != NULL ||
                 len == sodium_base64_ENCODED_LEN(MINISIGN_KEY_BYTES, 1) - 1;

    return minisign_key(bytes, len, plain ? MINISIGN_PLAIN : MINISIGN_TAURI, out, why);
}

/* --- comments --------------------------------------------------------------------------------- */

static bool comment_is_signed(const struct minisign_key *key, const struct minisign_text *t)
{
    unsigned char both[ED25519_SIGNATURE + MINISIGN_COMMENT_MAX];

    MUST(t->comment != NULL && t->comment_len <= MINISIGN_COMMENT_MAX);
    memcpy(both, t->sig + ALGORITHM + MINISIGN_ID, ED25519_SIGNATURE);
    memcpy(both + ED25519_SIGNATURE, t->comment, t->comment_len);
    return ed25519_signed(key->point, both, ED25519_SIGNATURE + t->comment_len, t->global,
                          sizeof t->global);
}

/* The key that signed the comment. An id is a label anybody can copy, so each key that has it is
 * tried. */
static enum rc find_key(const struct minisign_key *keys, size_t count,
                        const struct minisign_text *t, const struct minisign_key **out,
                        struct refusal *why)
{
    bool ours = false;

    for (size_t i = 0; i < count; i++) {
        if (memcmp(keys[i].id, t->sig + ALGORITHM, MINISIGN_ID) != 0)
            continue;
        ours = true;
        if (comment_is_signed(&keys[i], t)) {
            *out = &keys[i];
            return RC_OK;
        }
    }
    if (!ours)
        return refuse(why, REFUSAL_KEY_ID, "signed with a key that is not ours");
    return refuse(why, REFUSAL_COMMENT_SIGNATURE, "the comment of the signature is forged");
}

static enum rc trust_text(const struct minisign_key *keys, size_t count, const char *bytes,
                          size_t len, enum minisign_mode mode, struct minisign_trusted **out,
                          struct refusal *why)
{
    struct minisign_text t = {0};
    const struct minisign_key *key = NULL;
    struct minisign_trusted *trusted = NULL;
    enum rc rc = minisign_text_read(bytes, len, &t, why);
    bool hashed = rc == RC_OK && memcmp(t.sig, "ED", ALGORITHM) == 0;

    if (rc != RC_OK)
        return rc;
    if (!hashed && memcmp(t.sig, "Ed", ALGORITHM) != 0)
        return refuse(why, REFUSAL_ALGORITHM, "a signature of an unknown kind");
    if (!hashed && mode != MINISIGN_LEGACY_TOO)
        return refuse(why, REFUSAL_ALGORITHM, "a signature of the old kind, which is not safe");
    rc = find_key(keys, count, &t, &key, why);
    if (rc != RC_OK)
        return rc;
    MUST(key != NULL);
    trusted = mem_new(sizeof *trusted);
    memcpy(trusted->signature, t.sig + ALGORITHM + MINISIGN_ID, sizeof trusted->signature);
    memcpy(trusted->point, key->point, sizeof trusted->point);
    trusted->hashed = hashed;
    trusted->comment = mem_dup(t.comment, t.comment_len);
    trusted->comment_len = t.comment_len;
    *out = trusted;
    return RC_OK;
}

enum rc minisign_trust(const struct minisign_key *keys, size_t count, const char *bytes, size_t len,
                       enum minisign_form form, enum minisign_mode mode,
                       struct minisign_trusted **out, struct refusal *why)
{
    char *text = NULL;
    size_t text_len = 0;
    enum rc rc = RC_OK;

    *out = NULL;
    if (form == MINISIGN_PLAIN)
        return trust_text(keys, count, bytes, len, mode, out, why);
    rc = unwrap(bytes, len, &text, &text_len, why);
    if (rc == RC_OK)
        rc = trust_text(keys, count, text, text_len, mode, out, why);
    mem_free(text);
    return rc;
}

const char *minisign_comment(const struct minisign_trusted *t, size_t *len)
{
    *len = t->comment_len;
    return t->comment;
}

void minisign_trusted_free(struct minisign_trusted *t)
{
    if (t == NULL)
        return;
    mem_free(t->comment);
    mem_free(t);
}

/* --- bytes in memory -------------------------------------------------------------------------- */

/* What the signature is over: the hash of the file, or for a legacy one the file. */
static enum rc check(const struct minisign_trusted *t, const void *over, size_t len,
                     struct refusal *why)
{
    if (ed25519_signed(t->point, over, len, t->signature, sizeof t->signature))
        return RC_OK;
    return refuse(why, REFUSAL_SIGNATURE, "the signature does not fit: the file was changed");
}

static void hash_start(crypto_generichash_state *h)
{
    MUST(sodium_init() >= 0);
    MUST(crypto_generichash_init(h, NULL, 0, MINISIGN_HASH) == 0);
}

static void hash_add(crypto_generichash_state *h, const void *bytes, size_t len)
{
    MUST(crypto_generichash_update(h, bytes, len) == 0);
}

static void hash_end(crypto_generichash_state *h, unsigned char hash[MINISIGN_HASH])
{
    MUST(crypto_generichash_final(h, hash, MINISIGN_HASH) == 0);
}

enum rc minisign_bytes(const struct minisign_trusted *t, const void *bytes, size_t len,
                       struct signed_bytes **out, struct refusal *why)
{
    struct signed_bytes *b = mem_new(sizeof *b);
    unsigned char hash[MINISIGN_HASH];
    crypto_generichash_state h;
    enum rc rc = RC_OK;

    b->bytes = mem_dup(bytes, len); /* first, so that what is checked is what is kept */
    b->len = len;
    *out = NULL;
    if (t->hashed) {
        hash_start(&h);
        hash_add(&h, b->bytes, len);
        hash_end(&h, hash);
        rc = check(t, hash, sizeof hash, why);
    } else {
        rc = check(t, b->bytes, len, why);
    }
    if (rc == RC_OK)
        *out = b;
    else
        signed_bytes_free(b);
    return rc;
}

const char *signed_bytes_text(const struct signed_bytes *b, size_t *len)
{
    *len = b->len;
    return b->bytes;
}

void signed_bytes_free(struct signed_bytes *b)
{
    if (b == NULL)
        return;
    mem_free(b->bytes);
    mem_free(b);
}

/* --- a file ----------------------------------------------------------------------------------- */

/* A whole piece, but for the end of the file: 0 there, below 0 if it cannot be read. */
static ssize_t read_piece(int fd, char piece[PIECE], uint64_t at)
{
    size_t got = 0;

    while (got < PIECE) {
        ssize_t n = pread(fd, piece + got, PIECE - got, (off_t)(at + got));

        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return -1;
        if (n == 0)
            break;
        got += (size_t)n;
    }
    return (ssize_t)got;
}

/* Hands the file on piece by piece: to the hash, and to `whole` where that is not NULL. */
static enum rc read_through(int fd, uint64_t max, crypto_generichash_state *h, struct buf *whole,
                            uint64_t *size, struct refusal *why)
{
    char *piece = mem_new(PIECE);
    ssize_t n = 0;
    enum rc rc = RC_OK;

    *size = 0;
    while (rc == RC_OK && (n = read_piece(fd, piece, *size)) > 0) {
        *size += (uint64_t)n;
        if (*size > max || (whole != NULL && buf_add(whole, piece, (size_t)n) != RC_OK))
            rc = refuse(why, REFUSAL_SIZE, "the file is larger than %llu bytes",
                        (unsigned long long)max);
        else
            hash_add(h, piece, (size_t)n);
    }
    if (n < 0)
        rc = refuse(why, REFUSAL_READ, "cannot read the file");
    mem_free(piece);
    return rc;
}

static enum rc check_file(const struct minisign_trusted *t, uint64_t max, struct signed_file *f,
                          struct refusal *why)
{
    crypto_generichash_state h;
    struct buf whole;
    enum rc rc = RC_OK;

    hash_start(&h);
    buf_init(&whole, max < SIZE_MAX / 4 ? (size_t)max + 1 : SIZE_MAX / 4);
    rc = read_through(f->fd, max, &h, t->hashed ? NULL : &whole, &f->size, why);
    hash_end(&h, f->hash);
    if (rc == RC_OK)
        rc = t->hashed ? check(t, f->hash, sizeof f->hash, why)
                       : check(t, buf_text(&whole), whole.len, why);
    buf_release(&whole);
    return rc;
}

static enum rc look_at_file(int fd, struct stat *st, struct refusal *why)
{
    if (fstat(fd, st) < 0)
        return refuse(why, REFUSAL_READ, "cannot look at the file");
    errno = 0; /* what follows is not the system's refusal */
    if (!S_ISREG(st->st_mode))
        return refuse(why, REFUSAL_READ, "what was signed is not a regular file");
    return RC_OK;
}

/* To be read from its start by whoever gets the proof. */
static enum rc prove_file(const struct signed_file *f, struct signed_file **out,
                          struct refusal *why)
{
    if (lseek(f->fd, 0, SEEK_SET) != 0)
        return refuse(why, REFUSAL_READ, "cannot go back to the start of the file");
    *out = mem_new(sizeof **out);
    **out = *f;
    return RC_OK;
}

enum rc minisign_file(const struct minisign_trusted *t, int fd, uint64_t max,
                      struct signed_file **out, struct refusal *why)
{
    struct signed_file f = {.fd = fd};
    struct stat st;
    enum rc rc = look_at_file(fd, &st, why);

    *out = NULL;
    if (rc == RC_OK)
        rc = check_file(t, max, &f, why);
    if (rc == RC_OK)
        rc = prove_file(&f, out, why);
    return rc;
}

enum rc minisign_hashed(const struct minisign_trusted *t, const unsigned char hash[MINISIGN_HASH],
                        int fd, uint64_t size, struct signed_file **out, struct refusal *why)
{
    struct signed_file f = {.fd = fd, .size = size};
    struct stat st;
    enum rc rc = look_at_file(fd, &st, why);

    *out = NULL;
    memcpy(f.hash, hash, sizeof f.hash);
    if (rc == RC_OK && !t->hashed)
        rc = refuse(why, REFUSAL_ALGORITHM, "a signature of the old kind, which is not safe");
    if (rc == RC_OK && (st.st_size < 0 || (uint64_t)st.st_size != size))
        rc = refuse(why, REFUSAL_SIZE, "the file is not what was written");
    if (rc == RC_OK)
        rc = check(t, hash, MINISIGN_HASH, why);
    if (rc == RC_OK)
        rc = prove_file(&f, out, why);
    return rc;
}

int signed_file_fd(const struct signed_file *f)
{
    return f->fd;
}

uint64_t signed_file_size(const struct signed_file *f)
{
    return f->size;
}

const unsigned char *signed_file_hash(const struct signed_file *f)
{
    return f->hash;
}

void signed_file_free(struct signed_file *f)
{
    if (f == NULL)
        return;
    close(f->fd);
    mem_free(f);
}
