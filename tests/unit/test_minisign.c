/* test_minisign.c - minisign.h with keys made here: what is signed, by whom, in which text. */
#include "core/base/mem.h"
#include "core/update/minisign.h"
#include "tests/unit/unit.h"
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define TEXT_MAX 16384

/* One who signs. */
struct signer {
    unsigned char public[crypto_sign_PUBLICKEYBYTES], secret[crypto_sign_SECRETKEYBYTES];
    struct minisign_key key;
};

static void base64(const void *bytes, size_t len, char *out, size_t max)
{
    assert_non_null(sodium_bin2base64(out, max, bytes, len, sodium_base64_VARIANT_ORIGINAL));
}

/* The bare line of the key; its id is eight times the letter `id`. */
static void key_line(const struct signer *s, char id, char out[TEXT_MAX])
{
    unsigned char bytes[42] = "Ed";

    memset(bytes + 2, id, 8);
    memcpy(bytes + 10, s->public, 32);
    base64(bytes, sizeof bytes, out, TEXT_MAX);
}

static void signer_init(struct signer *s, char id)
{
    unsigned char seed[crypto_sign_SEEDBYTES];
    char line[TEXT_MAX];

    assert_true(sodium_init() >= 0);
    memset(seed, id, sizeof seed);
    assert_int_equal(crypto_sign_seed_keypair(s->public, s->secret, seed), 0);
    key_line(s, id, line);
    assert_int_equal(minisign_key(line, strlen(line), MINISIGN_PLAIN, &s->key, NULL), RC_OK);
}

/* The four lines that sign data[len]; `how` is the algorithm. */
static void sign(const struct signer *s, const char *how, const void *data, size_t len,
                 const char *comment, char out[TEXT_MAX])
{
    unsigned char sig[74], global[64], hash[64];
    char both[64 + TEXT_MAX / 2], lines[2][128];
    bool hashed = strcmp(how, "ED") == 0;

    memcpy(sig, how, 2);
    memcpy(sig + 2, s->key.id, 8);
    crypto_generichash(hash, sizeof hash, data, len, NULL, 0);
    crypto_sign_detached(sig + 10, NULL, hashed ? hash : data, hashed ? sizeof hash : len,
                         s->secret);
    memcpy(both, sig + 10, 64);
    memcpy(both + 64, comment, strlen(comment));
    crypto_sign_detached(global, NULL, (unsigned char *)both, 64 + strlen(comment), s->secret);
    base64(sig, sizeof sig, lines[0], sizeof lines[0]);
    base64(global, sizeof global, lines[1], sizeof lines[1]);
    snprintf(out, TEXT_MAX, "untrusted comment: any\n%s\ntrusted comment: %s\n%s\n", lines[0],
             comment, lines[1]);
}

/* The class that a signature's bytes lead to with the keys of one signer. */
static enum refusal_class judged(const struct signer *s, const char *bytes, size_t len)
{
    struct minisign_trusted *t = NULL;
    struct refusal why = {0};
    char *exact = mem_new(len); /* so that the sanitizer sees one byte too far */
    enum rc rc = RC_OK;

    memcpy(exact, bytes, len);
    rc = minisign_trust(&s->key, 1, exact, len, MINISIGN_PLAIN, MINISIGN_PREHASHED, &t, &why);
    assert_true((rc == RC_OK) == (t != NULL));
    assert_true((rc == RC_OK) == (why.class == REFUSAL_NONE));
    minisign_trusted_free(t);
    mem_free(exact);
    return why.class;
}

static enum refusal_class text_judged(const struct signer *s, const char *text)
{
    return judged(s, text, strlen(text));
}

static struct minisign_trusted *trusted(const struct signer *s, const char *text)
{
    struct minisign_trusted *t = NULL;
    struct refusal why = {0};

    if (minisign_trust(&s->key, 1, text, strlen(text), MINISIGN_PLAIN, MINISIGN_LEGACY_TOO, &t,
                       &why) != RC_OK)
        fail_msg("%s", why.fault.text);
    return t;
}

TEST(minisign_comment_can_be_read_once_it_is_trusted)
{
    struct signer s;
    struct minisign_trusted *t = NULL;
    char text[TEXT_MAX];
    size_t len = 0;

    signer_init(&s, 'a');
    sign(&s, "ED", "data", 4, "timestamp:1\tversion:1.2.0 ", text);
    t = trusted(&s, text);
    assert_string_equal(minisign_comment(t, &len), "timestamp:1\tversion:1.2.0 ");
    assert_int_equal(len, 26);
    minisign_trusted_free(t);
    minisign_trusted_free(NULL);
}

TEST(minisign_text_is_four_lines_and_nothing_else)
{
    struct signer s;
    char text[TEXT_MAX], other[TEXT_MAX + 8];
    size_t len = 0;

    signer_init(&s, 'a');
    sign(&s, "ED", "data", 4, "x:1", text);
    len = strlen(text);
    assert_int_equal(judged(&s, text, len), REFUSAL_NONE);
    assert_int_equal(judged(&s, text, len - 1), REFUSAL_NONE); /* the last end may be missing */
    assert_int_equal(judged(&s, text, len + 1), REFUSAL_TEXT); /* NUL */
    assert_int_equal(judged(&s, text, len - 2), REFUSAL_TEXT);
    assert_int_equal(judged(&s, text, 0), REFUSAL_TEXT);
    snprintf(other, sizeof other, "%s\n", text);
    assert_int_equal(text_judged(&s, other), REFUSAL_TEXT);
    snprintf(other, sizeof other, "\xef\xbb\xbf%s", text);
    assert_int_equal(text_judged(&s, other), REFUSAL_TEXT);
    snprintf(other, sizeof other, "%s", text + 1);
    assert_int_equal(text_judged(&s, other), REFUSAL_TEXT);
    memcpy(other, text, len + 1);
    other[20] = '\xff';
    assert_int_equal(text_judged(&s, other), REFUSAL_TEXT);
    other[20] = '\r';
    assert_int_equal(text_judged(&s, other), REFUSAL_TEXT);
}

/* `text` with each \n as \r\n. */
static void with_returns(const char *text, char out[TEXT_MAX])
{
    size_t n = 0;

    for (; *text != '\0'; text++) {
        if (*text == '\n')
            out[n++] = '\r';
        out[n++] = *text;
    }
    out[n] = '\0';
}

TEST(minisign_lines_may_end_in_both_ways)
{
    struct signer s;
    char text[TEXT_MAX], other[TEXT_MAX];

    signer_init(&s, 'a');
    sign(&s, "ED", "data", 4, "x:1", text);
    with_returns(text, other);
    assert_int_equal(text_judged(&s, other), REFUSAL_NONE);
    other[strlen(other) - 1] = '\0'; /* the return alone is no end */
    assert_int_equal(text_judged(&s, other), REFUSAL_TEXT);
}

TEST(minisign_limits_of_the_text)
{
    struct signer s;
    char comment[8200], text[TEXT_MAX], other[2 * TEXT_MAX];

    signer_init(&s, 'a');
    memset(comment, 'c', sizeof comment);
    comment[8173] = '\0';
    sign(&s, "ED", "data", 4, comment, text);
    assert_int_equal(text_judged(&s, text), REFUSAL_NONE);
    comment[8173] = 'c';
    comment[8174] = '\0';
    sign(&s, "ED", "data", 4, comment, text);
    assert_int_equal(text_judged(&s, text), REFUSAL_TEXT);
    sign(&s, "ED", "data", 4, "x:1", text);
    memset(comment, 'c', sizeof comment);
    snprintf(other, sizeof other, "untrusted comment: %.1003s%s", comment, strchr(text, '\n'));
    assert_int_equal(text_judged(&s, other), REFUSAL_NONE);
    snprintf(other, sizeof other, "untrusted comment: %.1004s%s", comment, strchr(text, '\n'));
    assert_int_equal(text_judged(&s, other), REFUSAL_TEXT);
    memset(other, 'x', sizeof other);
    assert_int_equal(judged(&s, other, MINISIGN_SIG_MAX), REFUSAL_TEXT);
    assert_int_equal(judged(&s, other, MINISIGN_SIG_MAX + 1), REFUSAL_SIZE);
}

TEST(minisign_base64_has_one_spelling)
{
    struct signer s;
    char text[TEXT_MAX], other[TEXT_MAX];
    char *end = NULL;

    signer_init(&s, 'a');
    sign(&s, "ED", "data", 4, "x:1", text);
    memcpy(other, text, strlen(text) + 1);
    end = strchr(strchr(other, '\n') + 1, '\n'); /* of the second line: "...=" */
    assert_int_equal(end[-1], '=');
    end[-2]++; /* bits that no byte has */
    assert_int_equal(text_judged(&s, other), REFUSAL_TEXT);
    end[-2]--;
    end[-1] = ' ';
    assert_int_equal(text_judged(&s, other), REFUSAL_TEXT);
    end[-1] = '\n'; /* no padding, and a line more */
    assert_int_equal(text_judged(&s, other), REFUSAL_TEXT);
}

TEST(minisign_comment_has_no_control_characters)
{
    static const char *const bad[] = {"a\x1b[2J", "a\x7f", "a\x01", "a\xc2\x85", "a\x0b"};
    struct signer s;
    char text[TEXT_MAX];

    signer_init(&s, 'a');
    for (size_t i = 0; i < countof(bad); i++) {
        sign(&s, "ED", "data", 4, bad[i], text);
        assert_int_equal(text_judged(&s, text), REFUSAL_TEXT);
    }
    sign(&s, "ED", "data", 4, "a\tb \xc2\xa0\xf0\x9f\x91\xab", text);
    assert_int_equal(text_judged(&s, text), REFUSAL_NONE);
}

TEST(minisign_takes_keys_of_ours_alone)
{
    struct signer a, b, same_id;
    struct minisign_key keys[3];
    struct minisign_trusted *t = NULL;
    char text[TEXT_MAX];

    signer_init(&a, 'a');
    signer_init(&b, 'b');
    signer_init(&same_id, 'c');
    memcpy(same_id.key.id, a.key.id, sizeof a.key.id);
    sign(&a, "ED", "data", 4, "x:1", text);
    assert_int_equal(text_judged(&b, text), REFUSAL_KEY_ID);
    assert_int_equal(text_judged(&same_id, text), REFUSAL_COMMENT_SIGNATURE);
    keys[0] = b.key;
    keys[1] = same_id.key; /* an id is only a label: the next key is tried */
    keys[2] = a.key;
    assert_int_equal(
        minisign_trust(keys, 3, text, strlen(text), MINISIGN_PLAIN, MINISIGN_PREHASHED, &t, NULL),
        RC_OK);
    minisign_trusted_free(t);
    assert_int_equal(
        minisign_trust(keys, 0, text, strlen(text), MINISIGN_PLAIN, MINISIGN_PREHASHED, &t, NULL),
        RC_DENIED);
    assert_null(t);
}

TEST(minisign_legacy_passes_only_when_asked_for)
{
    struct signer s;
    struct minisign_trusted *t = NULL;
    struct signed_bytes *proof = NULL;
    char text[TEXT_MAX];

    signer_init(&s, 'a');
    sign(&s, "Ed", "data", 4, "x:1", text);
    assert_int_equal(text_judged(&s, text), REFUSAL_ALGORITHM);
    t = trusted(&s, text);
    assert_int_equal(minisign_bytes(t, "data", 4, &proof, NULL), RC_OK);
    signed_bytes_free(proof);
    assert_int_equal(minisign_bytes(t, "Data", 4, &proof, NULL), RC_DENIED);
    minisign_trusted_free(t);
    sign(&s, "eD", "data", 4, "x:1", text);
    assert_int_equal(text_judged(&s, text), REFUSAL_ALGORITHM);
}

TEST(minisign_bytes_are_kept_as_they_were_checked)
{
    struct signer s;
    struct minisign_trusted *t = NULL;
    struct signed_bytes *proof = NULL;
    struct refusal why = {0};
    char text[TEXT_MAX], data[] = "data";
    size_t len = 0;

    signer_init(&s, 'a');
    sign(&s, "ED", data, 4, "x:1", text);
    t = trusted(&s, text);
    assert_int_equal(minisign_bytes(t, data, 3, &proof, &why), RC_DENIED);
    assert_int_equal(why.class, REFUSAL_SIGNATURE);
    assert_null(proof);
    assert_int_equal(minisign_bytes(t, data, 4, &proof, &why), RC_OK);
    data[0] = 'D';
    assert_string_equal(signed_bytes_text(proof, &len), "data");
    assert_int_equal(len, 4);
    signed_bytes_free(proof);
    signed_bytes_free(NULL);
    minisign_trusted_free(t);
}

/* A new file without a name, open for reading and writing. */
static int new_file(const char *data, size_t len)
{
    char path[] = "/tmp/ck-minisign-XXXXXX";
    int fd = mkstemp(path);

    assert_true(fd >= 0);
    assert_int_equal(unlink(path), 0);
    assert_int_equal(write(fd, data, len), len);
    return fd;
}

static void check_a_file(const struct signer *s, const char *how, size_t len)
{
    char text[TEXT_MAX], *data = mem_new(len + 1);
    unsigned char hash[MINISIGN_HASH];
    struct minisign_trusted *t = NULL;
    struct signed_file *proof = NULL;
    struct refusal why = {0};
    int fd = -1;

    for (size_t i = 0; i < len; i++)
        data[i] = (char)(i % 251);
    sign(s, how, data, len, "x:1", text);
    t = trusted(s, text);
    fd = new_file(data, len);
    assert_int_equal(minisign_file(t, fd, len, &proof, &why), RC_OK);
    assert_int_equal(signed_file_size(proof), len);
    assert_int_equal(crypto_generichash(hash, sizeof hash, (unsigned char *)data, len, NULL, 0), 0);
    assert_memory_equal(signed_file_hash(proof), hash, sizeof hash);
    assert_int_equal(signed_file_fd(proof), fd);
    assert_int_equal(lseek(fd, 0, SEEK_CUR), 0);
    signed_file_free(proof);
    assert_int_equal(lseek(fd, 0, SEEK_CUR), -1); /* it took the descriptor and closed it */
    fd = new_file(data, len + 1);                 /* a byte more */
    assert_int_equal(minisign_file(t, fd, len, &proof, &why), RC_TOO_BIG);
    assert_int_equal(why.class, REFUSAL_SIZE);
    assert_int_equal(minisign_file(t, fd, len + 1, &proof, &why), RC_DENIED);
    assert_int_equal(why.class, REFUSAL_SIGNATURE);
    assert_null(proof);
    assert_int_equal(lseek(fd, 0, SEEK_SET), 0); /* and left this one open */
    close(fd);
    minisign_trusted_free(t);
    mem_free(data);
}

TEST(minisign_file_is_read_to_its_end_in_pieces)
{
    static const size_t sizes[] = {0, 1, 65535, 65536, 65537, 300000};
    struct signer s;

    signer_init(&s, 'a');
    for (size_t i = 0; i < countof(sizes); i++) {
        check_a_file(&s, "ED", sizes[i]);
        check_a_file(&s, "Ed", sizes[i]);
    }
}

TEST(minisign_file_must_be_a_regular_one)
{
    struct signer s;
    struct minisign_trusted *t = NULL;
    struct signed_file *proof = NULL;
    struct refusal why = {0};
    char text[TEXT_MAX];
    int ends[2], fd = open("/", O_RDONLY);

    signer_init(&s, 'a');
    sign(&s, "ED", "", 0, "x:1", text);
    t = trusted(&s, text);
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(minisign_file(t, ends[0], 10, &proof, &why), RC_IO);
    assert_int_equal(why.class, REFUSAL_READ);
    assert_int_equal(minisign_file(t, fd, 10, &proof, &why), RC_IO);
    assert_int_equal(minisign_file(t, -1, 10, &proof, &why), RC_IO);
    close(ends[0]);
    close(ends[1]);
    close(fd);
    minisign_trusted_free(t);
}

/* A file of `text`, without a name. */
static int file_of(const char *text)
{
    char path[] = "/tmp/ck-hashed-XXXXXX";
    int fd = mkstemp(path);

    assert_true(fd >= 0);
    unlink(path);
    assert_int_equal(write(fd, text, strlen(text)), strlen(text));
    return fd;
}

static enum refusal_class hashed_judged(const struct minisign_trusted *t, const char *hashed,
                                        const char *written, size_t size)
{
    unsigned char hash[MINISIGN_HASH];
    struct signed_file *proof = NULL;
    struct refusal why = {0};
    int fd = file_of(written);

    crypto_generichash(hash, sizeof hash, (const unsigned char *)hashed, strlen(hashed), NULL, 0);
    if (minisign_hashed(t, hash, fd, size, &proof, &why) == RC_OK) {
        assert_int_equal(signed_file_fd(proof), fd);
        assert_int_equal(signed_file_size(proof), size);
        assert_int_equal(lseek(fd, 0, SEEK_CUR), 0);
        signed_file_free(proof);
    } else {
        assert_null(proof);
        close(fd);
    }
    return why.class;
}

TEST(minisign_hashed_needs_the_hash_and_the_size_of_what_was_signed)
{
    struct signer s;
    struct minisign_trusted *t = NULL;
    char text[TEXT_MAX];

    signer_init(&s, 'a');
    sign(&s, "ED", "data", 4, "x:1", text);
    t = trusted(&s, text);
    assert_int_equal(hashed_judged(t, "data", "data", 4), REFUSAL_NONE);
    assert_int_equal(hashed_judged(t, "Data", "Data", 4), REFUSAL_SIGNATURE);
    assert_int_equal(hashed_judged(t, "data", "data and more", 4), REFUSAL_SIZE);
    assert_int_equal(hashed_judged(t, "data", "dat", 4), REFUSAL_SIZE);
    minisign_trusted_free(t);
    sign(&s, "Ed", "data", 4, "x:1", text);
    t = trusted(&s, text);
    assert_int_equal(hashed_judged(t, "data", "data", 4), REFUSAL_ALGORITHM);
    minisign_trusted_free(t);
}

static enum refusal_class key_judged(const char *text, size_t len)
{
    struct minisign_key key;
    struct refusal why = {0};

    memset(&key, 'x', sizeof key);
    if (minisign_key(text, len, MINISIGN_PLAIN, &key, &why) != RC_OK)
        assert_true(sodium_is_zero((unsigned char *)&key, sizeof key));
    return why.class;
}

TEST(minisign_key_has_three_forms)
{
    struct signer s;
    struct minisign_key key;
    char line[TEXT_MAX], both[TEXT_MAX], tauri[2 * TEXT_MAX];

    signer_init(&s, 'a');
    key_line(&s, 'a', line);
    snprintf(both, sizeof both, "untrusted comment: minisign public key\n%.100s\n", line);
    base64(both, strlen(both), tauri, sizeof tauri);
    assert_int_equal(key_judged(line, strlen(line)), REFUSAL_NONE);
    assert_int_equal(key_judged(both, strlen(both)), REFUSAL_NONE);
    assert_int_equal(key_judged(both, strlen(both) - 1), REFUSAL_NONE);
    assert_int_equal(key_judged(tauri, strlen(tauri)), REFUSAL_KEY);
    assert_int_equal(minisign_key(tauri, strlen(tauri), MINISIGN_TAURI, &key, NULL), RC_OK);
    assert_memory_equal(&key, &s.key, sizeof key);
    assert_int_equal(minisign_key_any(tauri, strlen(tauri), &key, NULL), RC_OK);
    assert_int_equal(minisign_key_any(both, strlen(both), &key, NULL), RC_OK);
    assert_int_equal(minisign_key_any(line, strlen(line), &key, NULL), RC_OK);
    assert_int_equal(minisign_key_any("", 0, &key, NULL), RC_DENIED);
}

TEST(minisign_key_refuses_what_is_none)
{
    struct signer s, bad;
    char line[TEXT_MAX], text[TEXT_MAX];

    signer_init(&s, 'a');
    key_line(&s, 'a', line);
    snprintf(text, sizeof text, "comment: x\n%.100s\n", line);
    assert_int_equal(key_judged(text, strlen(text)), REFUSAL_KEY);
    snprintf(text, sizeof text, "untrusted comment: x\n%.100s\n\n", line);
    assert_int_equal(key_judged(text, strlen(text)), REFUSAL_KEY);
    snprintf(text, sizeof text, "untrusted comment: x\n%.100s\n", line);
    assert_int_equal(key_judged(text, strlen(text) + 1), REFUSAL_KEY); /* NUL */
    assert_int_equal(key_judged(line, strlen(line) - 1), REFUSAL_KEY);
    line[1] = 'U'; /* the ED of a prehashed signature, which no key has */
    assert_int_equal(key_judged(line, strlen(line)), REFUSAL_KEY);
    bad = s;
    memset(bad.public, 0, sizeof bad.public); /* a placeholder */
    key_line(&bad, 'a', line);
    assert_int_equal(key_judged(line, strlen(line)), REFUSAL_KEY);
    bad.public[0] = 1; /* the point that signs everything */
    key_line(&bad, 'a', line);
    assert_int_equal(key_judged(line, strlen(line)), REFUSAL_KEY);
    memset(text, 'A', sizeof text);
    assert_int_equal(key_judged(text, MINISIGN_KEY_MAX + 1), REFUSAL_KEY);
}

SUITE(minisign, T(minisign_comment_can_be_read_once_it_is_trusted),
      T(minisign_text_is_four_lines_and_nothing_else), T(minisign_lines_may_end_in_both_ways),
      T(minisign_limits_of_the_text), T(minisign_base64_has_one_spelling),
      T(minisign_comment_has_no_control_characters), T(minisign_takes_keys_of_ours_alone),
      T(minisign_legacy_passes_only_when_asked_for),
      T(minisign_bytes_are_kept_as_they_were_checked),
      T(minisign_file_is_read_to_its_end_in_pieces), T(minisign_file_must_be_a_regular_one),
      T(minisign_hashed_needs_the_hash_and_the_size_of_what_was_signed),
      T(minisign_key_has_three_forms), T(minisign_key_refuses_what_is_none))
