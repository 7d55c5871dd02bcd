/* fetch.c - fetches as the updater does, for tests/update/fetch.py; not shipped.
 *
 *     fetch get URL --hosts a,b [LIMIT...]       the body on standard output
 *     fetch manifest URL --hosts a,b --pubkey F --app-id ID [LIMIT...]
 *     fetch payload URL ... --target KEY --now RFC3339 --folder D [LIMIT...]
 *                     the most memory at its start and end in KiB; what the archive alone took,
 *                     and what this process worked for it, in milliseconds
 *     fetch raw URL --hosts a,b --folder D [LIMIT...]
 *                     the same figures for a transfer into a file that nobody looks at
 *
 * Limits: --max N, --connect-ms N, --total-ms N, --slow-s N, --again-ms N; --proxy URL, --noproxy
 * LIST; --stop-ms N stops the transfer after so long. Nothing else is of a test's own making: which
 * server a name leads to and who is trusted is the system's matter, as it is for the program.
 * The last line on standard error is "accept WHAT" or "reject CLASS: SENTENCE"; status 0, 1, or 3
 * for wrong words. */
#include "core/update/fetch.h"
#include "core/base/clock.h"
#include "core/base/file.h"
#include "core/base/mem.h"
#include "core/base/sys.h"
#include "core/base/worker.h"
#include "core/update/moment.h"
#include <fcntl.h>
#include <signal.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define HOSTS_TEXT_MAX 1024

enum { STATUS_ACCEPTED, STATUS_REFUSED, STATUS_USAGE = 3 };

struct words {
    const char *word, *url, *hosts, *pubkey, *app_id, *target, *now, *folder, *proxy, *noproxy;
    const char *max, *connect_ms, *total_ms, *slow_s, *again_ms, *stop_ms;
};

/* What the words became. */
struct job {
    struct fetch fetch;
    struct address_hosts hosts;
    char host_names[HOSTS_TEXT_MAX], agent[HTTP_AGENT_MAX];
    struct minisign_key key;
    struct cancel *stop;
    int64_t stop_ms;
    uint64_t told; /* the most that progress spoke of */
    int64_t took_ms, worked_us;
};

static bool read_words(int argc, char **argv, struct words *w)
{
    const struct {
        const char *name;
        const char **value;
    } options[] = {
        {"--hosts", &w->hosts},
        {"--pubkey", &w->pubkey},
        {"--app-id", &w->app_id},
        {"--target", &w->target},
        {"--now", &w->now},
        {"--folder", &w->folder},
        {"--proxy", &w->proxy},
        {"--noproxy", &w->noproxy},
        {"--max", &w->max},
        {"--slow-s", &w->slow_s},
        {"--connect-ms", &w->connect_ms},
        {"--stop-ms", &w->stop_ms},
        {"--total-ms", &w->total_ms},
        {"--again-ms", &w->again_ms},
    };

    if (argc < 3)
        return false;
    w->word = argv[1];
    w->url = argv[2];
    for (int i = 3; i < argc; i += 2) {
        size_t o = 0;

        while (o < countof(options) && strcmp(options[o].name, argv[i]) != 0)
            o++;
        if (o == countof(options) || i + 1 == argc)
            return false;
        *options[o].value = argv[i + 1];
    }
    return w->hosts != NULL && strlen(w->hosts) < HOSTS_TEXT_MAX;
}

static int64_t number(const char *text, int64_t otherwise)
{
    return text != NULL ? strtoll(text, NULL, 10) : otherwise;
}

static void on_progress(void *ctx, uint64_t have, uint64_t whole)
{
    struct job *j = ctx;

    MUST(have > j->told && (whole == 0 || have <= whole));
    j->told = have;
}

static void read_hosts(const char *text, struct job *j)
{
    snprintf(j->host_names, sizeof j->host_names, "%s", text);
    for (char *at = j->host_names; at != NULL && j->hosts.count < ADDRESS_HOSTS_MAX;) {
        char *comma = strchr(at, ',');

        j->hosts.list[j->hosts.count++] = at;
        if (comma != NULL)
            *comma++ = '\0';
        at = comma;
    }
}

static void job_init(struct job *j, const struct words *w)
{
    struct http http = {.hosts = &j->hosts,
                        .proxy = w->proxy != NULL ? w->proxy : "",
                        .noproxy = w->noproxy != NULL ? w->noproxy : "",
                        .agent = j->agent};

    *j = (struct job){.stop_ms = number(w->stop_ms, 0)};
    read_hosts(w->hosts, j);
    http_agent(j->agent, "1.1.0", "Test 26.0, x");
    j->stop = cancel_new();
    http.stop = j->stop;
    fetch_init(&j->fetch, &http);
    j->fetch.small.bytes_max = (uint64_t)number(w->max, (int64_t)j->fetch.small.bytes_max);
    j->fetch.small.connect_ms = number(w->connect_ms, j->fetch.small.connect_ms);
    j->fetch.small.total_ms = number(w->total_ms, j->fetch.small.total_ms);
    j->fetch.small.slow_s = (long)number(w->slow_s, j->fetch.small.slow_s);
    j->fetch.payload.bytes_max = (uint64_t)number(w->max, (int64_t)j->fetch.payload.bytes_max);
    j->fetch.payload.total_ms = number(w->total_ms, j->fetch.payload.total_ms);
    j->fetch.payload.slow_s = (long)number(w->slow_s, j->fetch.payload.slow_s);
    j->fetch.again_ms = number(w->again_ms, j->fetch.again_ms);
    j->fetch.progress = on_progress;
    j->fetch.progress_ctx = j;
}

static void measure_begin(struct job *j)
{
    j->took_ms = clock_ms();
    j->worked_us = sys_cpu_us();
}

static void measure_end(struct job *j)
{
    j->took_ms = clock_ms() - j->took_ms;
    j->worked_us = sys_cpu_us() - j->worked_us;
}

/* --- the words -------------------------------------------------------------------------------- */

static enum rc run_get(struct job *j, const struct words *w, struct refusal *why)
{
    struct address at;
    struct buf body;
    enum rc rc = address_read(w->url, &j->hosts, &at, why);

    if (rc != RC_OK)
        return rc;
    buf_init(&body, (size_t)j->fetch.small.bytes_max);
    rc = http_get(&j->fetch.http, &j->fetch.small, &at, &body, why);
    if (rc == RC_OK) {
        (void)fwrite(buf_text(&body), 1, body.len, stdout);
        (void)fprintf(stderr, "accept %zu\n", body.len);
    }
    buf_release(&body);
    return rc;
}

static enum rc open_manifest(struct job *j, const struct words *w, struct manifest **out,
                             struct refusal *why)
{
    const struct manifest_marks nothing_seen = {0};
    const struct fetch_trust trust = {
        .keys = &j->key, .count = 1, .app_id = w->app_id, .marks = &nothing_seen};
    struct buf text;
    struct fault fault = {0};
    enum rc rc = RC_OK;

    buf_init(&text, MINISIGN_KEY_MAX);
    rc = file_read(w->pubkey, &text, &fault);
    MUST(rc == RC_OK);
    rc = minisign_key_any(buf_text(&text), text.len, &j->key, why);
    buf_release(&text);
    return rc == RC_OK ? fetch_manifest(&j->fetch, w->url, &trust, out, why) : rc;
}

/* The most memory so far, KiB; 0 where the system does not say so in a file. */
static long peak_memory(void)
{
    struct buf text;
    const char *at = NULL;
    long kib = 0;

    buf_init(&text, 65536);
    if (file_read("/proc/self/status", &text, NULL) == RC_OK)
        at = strstr(buf_text(&text), "VmHWM:");
    if (at != NULL)
        kib = strtol(at + strlen("VmHWM:"), NULL, 10);
    buf_release(&text);
    return kib;
}

static void print_file(const struct signed_file *f, const struct job *j)
{
    crypto_hash_sha256_state h;
    unsigned char piece[65536], hash[crypto_hash_sha256_BYTES];
    char hex[2 * sizeof hash + 1];
    ssize_t n = 0;

    (void)crypto_hash_sha256_init(&h);
    while ((n = read(signed_file_fd(f), piece, sizeof piece)) > 0)
        (void)crypto_hash_sha256_update(&h, piece, (size_t)n);
    (void)crypto_hash_sha256_final(&h, hash);
    MUST(j->told == 0 || j->told == signed_file_size(f));
    (void)fprintf(stderr, "accept %s\n", sodium_bin2hex(hex, sizeof hex, hash, sizeof hash));
}

static enum rc fetch_offer(struct job *j, const struct words *w, const struct manifest *m,
                           struct refusal *why)
{
    static const char running[] = "1.1.0";
    struct semver current;
    struct manifest_host host = {.current = &current, .target = w->target, .hosts = &j->hosts};
    struct offer offer;
    struct minisign_trusted *t = NULL;
    struct signed_file *file = NULL;
    enum rc rc = semver_read(running, strlen(running), &current, why);

    host.system = "26.0";
    MUST(moment_read(w->now, &host.now_s));
    if (rc == RC_OK)
        rc = manifest_decide(m, &host, &offer, why);
    MUST(rc != RC_OK || offer.kind == OFFER_UPDATE);
    if (rc == RC_OK)
        rc = offer_trust(&offer, MANIFEST_STRICT, w->target, &j->key, 1, &t, why);
    measure_begin(j);
    if (rc == RC_OK)
        rc = fetch_payload(&j->fetch, &offer, t, w->folder, &file, why);
    measure_end(j);
    if (rc == RC_OK)
        print_file(file, j);
    signed_file_free(file);
    minisign_trusted_free(t);
    return rc;
}

static enum rc run_manifest(struct job *j, const struct words *w, struct refusal *why)
{
    struct manifest *m = NULL;
    enum rc rc = open_manifest(j, w, &m, why);

    if (rc == RC_OK && w->folder != NULL)
        rc = fetch_offer(j, w, m, why);
    else if (rc == RC_OK)
        (void)fprintf(stderr, "accept %s\n", manifest_version(m)->text);
    manifest_free(m);
    return rc;
}

static enum rc raw_start(void *ctx, uint64_t at, const char *validator, struct refusal *why)
{
    (void)ctx;
    (void)at;
    (void)validator;
    (void)why;
    return RC_OK;
}

static enum rc raw_add(void *ctx, const void *bytes, size_t len, struct refusal *why)
{
    const int *fd = ctx;

    return write(*fd, bytes, len) == (ssize_t)len ? RC_OK : refuse(why, REFUSAL_WRITE, "raw");
}

static enum rc run_raw(struct job *j, const struct words *w, struct refusal *why)
{
    struct address at;
    char path[FILE_PATH_MAX];
    int fd = -1;
    struct http_body body = {.validator = "", .start = raw_start, .add = raw_add, .ctx = &fd};
    enum rc rc = address_read(w->url, &j->hosts, &at, why);

    if (rc != RC_OK)
        return rc;
    MUST(snprintf(path, sizeof path, "%s/raw", w->folder) < (int)sizeof path);
    fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    MUST(fd >= 0);
    measure_begin(j);
    rc = http_download(&j->fetch.http, &j->fetch.payload, &at, &body, why);
    measure_end(j);
    close(fd);
    if (rc == RC_OK)
        (void)fprintf(stderr, "accept raw\n");
    return rc;
}

static enum rc run_word(struct job *j, const struct words *w, struct refusal *why)
{
    if (strcmp(w->word, "get") == 0)
        return run_get(j, w, why);
    return strcmp(w->word, "raw") == 0 ? run_raw(j, w, why) : run_manifest(j, w, why);
}

static int64_t stop_later(void *ctx, struct cancel *stop)
{
    struct job *j = ctx;

    if (!cancel_wait_ms(stop, j->stop_ms))
        cancel_trigger(j->stop);
    return WORKER_SLEEP;
}

int main(int argc, char **argv)
{
    struct words w = {0};
    struct job *j = mem_new(sizeof *j);
    struct worker *stopper = NULL;
    struct refusal why = {0};
    char text[FAULT_TEXT_MAX];
    long memory = peak_memory();
    enum rc rc = RC_OK;

    if (!read_words(argc, argv, &w)) {
        (void)fprintf(stderr, "fetch: wrong words\n");
        mem_free(j);
        return STATUS_USAGE;
    }
    (void)signal(SIGPIPE, SIG_IGN);
    job_init(j, &w);
    if (j->stop_ms > 0)
        stopper = worker_new("stopper", stop_later, j);
    rc = run_word(j, &w, &why);
    worker_free(stopper);
    if (strcmp(w.word, "payload") == 0 || strcmp(w.word, "raw") == 0)
        printf("%ld %ld %lld %lld\n", memory, peak_memory(), (long long)j->took_ms,
               (long long)j->worked_us / 1000);
    if (rc != RC_OK)
        (void)fprintf(stderr, "reject %s: %s\n", refusal_word(why.class),
                      fault_text(&why.fault, text));
    cancel_free(j->stop);
    mem_free(j);
    return rc == RC_OK ? STATUS_ACCEPTED : STATUS_REFUSED;
}
