/* probe_update.c - the updater's decisions on files: `probe sig`, `tsig`, `ed25519`, `semver`.
 *
 *     sig | tsig  --pubkey F --sig F --file F [--legacy]    tsig: Tauri's base64
 *     ed25519     --pk HEX --msg HEX --sig HEX
 *     semver      A B                                       prints lt, eq or gt
 *
 * What was refused is said in a word on standard output and in a sentence on standard error. A
 * status that is neither 0, 1 nor 2 is wrong usage or a file that cannot be read. */
#include "core/base/file.h"
#include "core/update/ed25519.h"
#include "core/update/minisign.h"
#include "core/update/semver.h"
#include "tests/probe/probe.h"
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define READ_MAX ((size_t)1 << 20) /* above all caps of the core, so that they are what refuses */
#define FILE_MAX ((uint64_t)256 << 20)

enum { STATUS_ACCEPTED, STATUS_REFUSED, STATUS_NOTHING, STATUS_USAGE };

struct update_words {
    const char *pubkey, *sig, *file, *pk, *msg;
    bool legacy;
};

static int usage(const char *text)
{
    (void)fprintf(stderr, "probe: %s\n", text);
    return STATUS_USAGE;
}

static int refused(const struct refusal *why)
{
    char text[FAULT_TEXT_MAX];

    (void)fprintf(stderr, "probe: %s\n", fault_text(&why->fault, text));
    printf("reject %s\n", refusal_word(why->class));
    return STATUS_REFUSED;
}

static int accepted(void)
{
    printf("accept\n");
    return STATUS_ACCEPTED;
}

static bool read_words(int argc, char **argv, struct update_words *w)
{
    const struct {
        const char *name;
        const char **value;
    } options[] = {
        {"--pubkey", &w->pubkey}, {"--sig", &w->sig}, {"--file", &w->file},
        {"--pk", &w->pk},         {"--msg", &w->msg},
    };

    for (int i = 2; i < argc; i++) {
        size_t o = 0;

        if (strcmp(argv[i], "--legacy") == 0) {
            w->legacy = true;
            continue;
        }
        while (o < countof(options) && strcmp(options[o].name, argv[i]) != 0)
            o++;
        if (o == countof(options) || i + 1 == argc)
            return false;
        *options[o].value = argv[++i];
    }
    return true;
}

/* --- signatures of files ------------------------------------------------------------------------
 */

static enum rc check_file(const struct minisign_trusted *t, const char *path, struct refusal *why)
{
    struct signed_file *proof = NULL;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    enum rc rc = RC_OK;

    if (fd < 0)
        return refuse(why, REFUSAL_READ, "cannot open the file");
    rc = minisign_file(t, fd, FILE_MAX, &proof, why);
    if (rc != RC_OK)
        close(fd);
    signed_file_free(proof);
    return rc;
}

static enum rc check_sig(const struct update_words *w, enum minisign_form form,
                         const struct buf *pubkey, const struct buf *sig, struct refusal *why)
{
    struct minisign_key key;
    struct minisign_trusted *trusted = NULL;
    enum minisign_mode mode = w->legacy ? MINISIGN_LEGACY_TOO : MINISIGN_PREHASHED;
    enum rc rc = minisign_key(buf_text(pubkey), pubkey->len, form, &key, why);

    if (rc == RC_OK)
        rc = minisign_trust(&key, 1, buf_text(sig), sig->len, form, mode, &trusted, why);
    if (rc == RC_OK)
        rc = check_file(trusted, w->file, why);
    minisign_trusted_free(trusted);
    return rc;
}

static int run_sig(const struct update_words *w, enum minisign_form form)
{
    struct buf pubkey, sig;
    struct fault fault = {0};
    struct refusal why = {0};
    char text[FAULT_TEXT_MAX];
    int status = STATUS_USAGE;

    if (w->pubkey == NULL || w->sig == NULL || w->file == NULL)
        return usage("sig and tsig want --pubkey, --sig and --file");
    buf_init(&pubkey, READ_MAX);
    buf_init(&sig, READ_MAX);
    if (file_read(w->pubkey, &pubkey, &fault) != RC_OK || file_read(w->sig, &sig, &fault) != RC_OK)
        status = usage(fault_text(&fault, text));
    else if (check_sig(w, form, &pubkey, &sig, &why) == RC_OK)
        status = accepted();
    else
        status = why.class == REFUSAL_READ ? usage(fault_text(&why.fault, text)) : refused(&why);
    buf_release(&pubkey);
    buf_release(&sig);
    return status;
}

/* --- the rest -----------------------------------------------------------------------------------
 */

/* Pairs of hexadecimal digits alone. */
static bool read_hex(const char *text, unsigned char *out, size_t max, size_t *len)
{
    const char *end = NULL;

    return sodium_hex2bin(out, max, text, strlen(text), NULL, len, &end) == 0 && *end == '\0';
}

static int run_ed25519(const struct update_words *w)
{
    unsigned char pk[ED25519_KEY], sig[1024], msg[4096];
    size_t pk_len = 0, sig_len = 0, msg_len = 0;
    struct refusal why = {0};

    if (w->pk == NULL || w->msg == NULL || w->sig == NULL ||
        !read_hex(w->pk, pk, sizeof pk, &pk_len) || pk_len != sizeof pk ||
        !read_hex(w->msg, msg, sizeof msg, &msg_len) ||
        !read_hex(w->sig, sig, sizeof sig, &sig_len))
        return usage("ed25519 wants --pk, --msg and --sig in hexadecimal digits");
    if (ed25519_signed(pk, msg, msg_len, sig, sig_len))
        return accepted();
    (void)refuse(&why, REFUSAL_SIGNATURE, "not signed by that key");
    return refused(&why);
}

static int run_semver(const char *first, const char *second)
{
    struct semver a, b;
    struct refusal why = {0};
    int order = 0;

    if (semver_read(first, strlen(first), &a, &why) != RC_OK ||
        semver_read(second, strlen(second), &b, &why) != RC_OK)
        return refused(&why);
    order = semver_compare(&a, &b);
    printf("%s\n", order < 0 ? "lt" : order > 0 ? "gt" : "eq");
    return STATUS_ACCEPTED;
}

bool probe_update(int argc, char **argv, int *status)
{
    static const char *const words[] = {"sig", "tsig", "ed25519", "semver"};
    struct update_words w = {0};
    size_t i = 0;

    while (i < countof(words) && (argc < 2 || strcmp(words[i], argv[1]) != 0))
        i++;
    if (i == countof(words))
        return false;
    if (strcmp(argv[1], "semver") == 0)
        *status = argc == 4 ? run_semver(argv[2], argv[3]) : usage("semver wants two versions");
    else if (!read_words(argc, argv, &w))
        *status = usage("no such option, or one without its value");
    else if (strcmp(argv[1], "ed25519") == 0)
        *status = run_ed25519(&w);
    else
        *status = run_sig(&w, strcmp(argv[1], "sig") == 0 ? MINISIGN_PLAIN : MINISIGN_TAURI);
    if (fflush(stdout) != 0)
        *status = STATUS_USAGE;
    return true;
}
