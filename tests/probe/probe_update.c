/* probe_update.c - the updater's decisions on files: `probe sig`, `tsig`, `ed25519`, `semver`; the
 * words about manifests are in probe_manifest.c, the one about archives in probe_archive.c.
 *
 *     sig | tsig  --pubkey F --sig F --file F [--legacy]    tsig: Tauri's base64
 *     ed25519     --pk HEX --msg HEX --sig HEX
 *     semver      A B                                       prints lt, eq or gt
 *
 * What was refused is said in a word on standard output and in a sentence on standard error. A
 * status that is neither 0, 1 nor 2 is wrong usage or a file that cannot be read. */
#include "tests/probe/probe_update.h"
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

#define READ_MAX ((size_t)64 << 20) /* above the caps of the core, which are to refuse */
#define FILE_MAX ((uint64_t)256 << 20)

enum { STATUS_ACCEPTED, STATUS_REFUSED, STATUS_NOTHING, STATUS_USAGE };

int probe_usage(const char *text)
{
    (void)fprintf(stderr, "probe: %s\n", text);
    return STATUS_USAGE;
}

int probe_refused(const struct refusal *why)
{
    char text[FAULT_TEXT_MAX];

    if (why->class == REFUSAL_READ)
        return probe_usage(fault_text(&why->fault, text));
    (void)fprintf(stderr, "probe: %s\n", fault_text(&why->fault, text));
    printf("reject %s\n", refusal_word(why->class));
    return STATUS_REFUSED;
}

int probe_accepted(void)
{
    printf("accept\n");
    return STATUS_ACCEPTED;
}

int probe_nothing(const char *reason)
{
    printf("none %s\n", reason);
    return STATUS_NOTHING;
}

static bool read_words(int argc, char **argv, struct update_words *w)
{
    const struct {
        const char *name;
        const char **value;
    } options[] = {
        {"--pubkey", &w->pubkey},
        {"--sig", &w->sig},
        {"--file", &w->file},
        {"--pk", &w->pk},
        {"--msg", &w->msg},
        {"--target", &w->target},
        {"--current", &w->current},
        {"--now", &w->now},
        {"--os", &w->os},
        {"--hosts", &w->hosts},
        {"--profile", &w->profile},
        {"--app-id", &w->app_id},
        {"--bucket", &w->bucket},
        {"--last-ts", &w->last_ts},
        {"--minisig", &w->minisig},
        {"--max-seen", &w->max_seen},
        {"--payload", &w->payload},
        {"--version", &w->version},
        {"--unpacked-size", &w->unpacked_size},
    };

    for (int i = 2; i < argc; i++) {
        size_t o = 0;

        w->legacy = w->legacy || strcmp(argv[i], "--legacy") == 0;
        w->manual = w->manual || strcmp(argv[i], "--manual") == 0;
        if (strcmp(argv[i], "--legacy") == 0 || strcmp(argv[i], "--manual") == 0)
            continue;
        while (o < countof(options) && strcmp(options[o].name, argv[i]) != 0)
            o++;
        if (o == countof(options) || i + 1 == argc)
            return false;
        *options[o].value = argv[++i];
    }
    return true;
}

/* --- signatures of files --- */

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
        return probe_usage("sig and tsig want --pubkey, --sig and --file");
    buf_init(&pubkey, READ_MAX);
    buf_init(&sig, READ_MAX);
    if (file_read(w->pubkey, &pubkey, &fault) != RC_OK || file_read(w->sig, &sig, &fault) != RC_OK)
        status = probe_usage(fault_text(&fault, text));
    else if (check_sig(w, form, &pubkey, &sig, &why) == RC_OK)
        status = probe_accepted();
    else
        status = probe_refused(&why);
    buf_release(&pubkey);
    buf_release(&sig);
    return status;
}

/* --- the rest --- */

/* Pairs of hexadecimal digits alone. */
static bool read_hex(const char *text, unsigned char *out, size_t max, size_t *len)
{
    const char *end = NULL;

    return sodium_hex2bin(out, max, text, strlen(text), NULL, len, &end) == 0 && *end == '\0';
}

static int run_ed25519(const struct update_words *w)
{
    unsigned char pk[ED25519_KEY], sig[1024], msg[65536];
    size_t pk_len = 0, sig_len = 0, msg_len = 0;
    struct refusal why = {0};

    if (w->pk == NULL || w->msg == NULL || w->sig == NULL ||
        !read_hex(w->pk, pk, sizeof pk, &pk_len) || pk_len != sizeof pk ||
        !read_hex(w->msg, msg, sizeof msg, &msg_len) ||
        !read_hex(w->sig, sig, sizeof sig, &sig_len))
        return probe_usage("ed25519 wants --pk, --msg and --sig in hexadecimal digits");
    if (ed25519_signed(pk, msg, msg_len, sig, sig_len))
        return probe_accepted();
    (void)refuse(&why, REFUSAL_SIGNATURE, "not signed by that key");
    return probe_refused(&why);
}

static int run_semver(const char *first, const char *second)
{
    struct semver a, b;
    struct refusal why = {0};
    int order = 0;

    if (semver_read(first, strlen(first), &a, &why) != RC_OK ||
        semver_read(second, strlen(second), &b, &why) != RC_OK)
        return probe_refused(&why);
    order = semver_compare(&a, &b);
    printf("%s\n", order < 0 ? "lt" : order > 0 ? "gt" : "eq");
    return STATUS_ACCEPTED;
}

static int run_plain_sig(const struct update_words *w)
{
    return run_sig(w, MINISIGN_PLAIN);
}

static int run_tauri_sig(const struct update_words *w)
{
    return run_sig(w, MINISIGN_TAURI);
}

bool probe_update(int argc, char **argv, int *status)
{
    static const struct {
        const char *name;
        int (*run)(const struct update_words *w); /* NULL: takes no options */
    } words[] = {
        {"sig", run_plain_sig},   {"tsig", run_tauri_sig},      {"ed25519", run_ed25519},
        {"semver", NULL},         {"manifest", probe_manifest}, {"signed-manifest", probe_manifest},
        {"bind", probe_manifest}, {"archive", probe_archive},
    };
    struct update_words w = {.word = argc > 1 ? argv[1] : ""};
    size_t i = 0;

    while (i < countof(words) && strcmp(words[i].name, w.word) != 0)
        i++;
    if (i == countof(words))
        return false;
    if (words[i].run == NULL)
        *status =
            argc == 4 ? run_semver(argv[2], argv[3]) : probe_usage("semver wants two versions");
    else if (!read_words(argc, argv, &w))
        *status = probe_usage("no such option, or one without its value");
    else
        *status = words[i].run(&w);
    if (fflush(stdout) != 0)
        *status = STATUS_USAGE;
    return true;
}
