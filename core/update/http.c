/* http.c - one request is one handle of libcurl, driven so that a stop wakes it; redirects are a
 * loop around requests.
 *
 * libcurl is told everything: what it would take from the environment or follow by itself is
 * switched off by name. An option that it does not know fails the request, for each of them is a
 * protection. */
#include "core/update/http.h"
#include "core/base/clock.h"
#include <curl/curl.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>

#define SCHEME_LEN (sizeof "https://" - 1)
#define IGNORED_MAX ((uint64_t)64 * 1024) /* bytes of a body that says where to go instead */
#define WAIT_MS 1000                      /* libcurl itself wakes earlier for its limits */

struct transfer {
    const struct http *http;
    const struct http_limits *limits;
    const struct http_body *body;
    const struct address *address;
    int64_t end_ms;
    CURL *easy;
    CURLU *url;
    struct curl_slist *headers;
    size_t header_bytes;
    uint64_t at, ignored; /* bytes that the body has; bytes that were thrown away */
    bool started;
    struct refusal refused; /* by one of the functions that libcurl calls */
};

/* --- what libcurl calls ----------------------------------------------------------------------- */

static long status_of(const struct transfer *t)
{
    long status = 0;

    MUST(curl_easy_getinfo(t->easy, CURLINFO_RESPONSE_CODE, &status) == CURLE_OK);
    return status;
}

static bool is_redirect(long status)
{
    return (status >= 301 && status <= 303) || status == 307 || status == 308;
}

/* The header of the last answer, NULL if it is not there just once. */
static const char *header(const struct transfer *t, const char *name)
{
    struct curl_header *h = NULL;

    if (curl_easy_header(t->easy, name, 0, CURLH_HEADER, -1, &h) != CURLHE_OK || h->amount != 1)
        return NULL;
    return h->value;
}

static enum rc start(struct transfer *t)
{
    char validator[HTTP_VALIDATOR_MAX];
    bool rest = status_of(t) == 206;

    if (rest && (t->body->from == 0 ||
                 !http_range_is(header(t, "Content-Range"), t->body->from, t->limits->bytes_max)))
        return refuse(&t->refused, REFUSAL_STATUS, "the server sent another part than asked for");
    t->started = true;
    t->at = rest ? t->body->from : 0;
    (void)http_validator(header(t, "ETag"), header(t, "Last-Modified"), validator);
    return t->body->start(t->body->ctx, t->at, validator, &t->refused);
}

static enum rc take(struct transfer *t, const char *bytes, size_t len)
{
    enum rc rc = t->started ? RC_OK : start(t);

    if (rc == RC_OK && len > t->limits->bytes_max - t->at)
        rc = refuse(&t->refused, REFUSAL_SIZE, "the server sends more than %llu bytes",
                    (unsigned long long)t->limits->bytes_max);
    if (rc == RC_OK)
        rc = t->body->add(t->body->ctx, bytes, len, &t->refused);
    if (rc == RC_OK)
        t->at += len;
    return rc;
}

static enum rc refuse_status(struct transfer *t)
{
    return refuse(&t->refused, REFUSAL_STATUS, "the server answers with status %ld", status_of(t));
}

static bool is_wanted(long status)
{
    return status == 200 || status == 206;
}

/* CURLOPT_WRITEFUNCTION: anything but `count` ends the transfer. */
static size_t on_body(char *bytes, size_t one, size_t count, void *ctx)
{
    struct transfer *t = ctx;
    enum rc rc = RC_OK;

    MUST(one == 1);
    if (is_wanted(status_of(t))) {
        rc = take(t, bytes, count);
    } else if (is_redirect(status_of(t))) {
        t->ignored += count;
        if (t->ignored > IGNORED_MAX)
            rc = refuse(&t->refused, REFUSAL_SIZE, "a redirect with too much behind it");
    } else {
        rc = refuse_status(t);
    }
    return rc == RC_OK ? count : 0;
}

/* CURLOPT_HEADERFUNCTION, for the proxy's answer too; libcurl wants that type.
 * NOLINTNEXTLINE(readability-non-const-parameter) */
static size_t on_header(char *bytes, size_t one, size_t count, void *ctx)
{
    struct transfer *t = ctx;

    (void)bytes;
    MUST(one == 1);
    t->header_bytes += count;
    if (t->header_bytes <= HTTP_HEADERS_MAX)
        return count;
    (void)refuse(&t->refused, REFUSAL_SIZE, "the server sends headers without end");
    return 0;
}

/* --- a request -------------------------------------------------------------------------------- */

/* What is between the slashes and the path or port; address_read() has seen to it that it is. */
static size_t host_len(const struct address *a)
{
    return strcspn(a->text + SCHEME_LEN, ":/?");
}

/* libcurl's own reading of the address must agree with ours. */
static bool is_read_alike(CURLU *url, const struct address *a)
{
    char *scheme = NULL, *host = NULL, *port = NULL;
    const char *ours = a->text + SCHEME_LEN;
    size_t len = host_len(a);
    bool alike = curl_url_get(url, CURLUPART_SCHEME, &scheme, 0) == CURLUE_OK &&
                 curl_url_get(url, CURLUPART_HOST, &host, 0) == CURLUE_OK &&
                 curl_url_get(url, CURLUPART_PORT, &port, CURLU_DEFAULT_PORT) == CURLUE_OK &&
                 strcmp(scheme, "https") == 0 && strcmp(port, "443") == 0 && strlen(host) == len &&
                 memcmp(host, ours, len) == 0;

    curl_free(scheme);
    curl_free(host);
    curl_free(port);
    return alike;
}

static bool set_numbers(CURL *easy, const struct transfer *t)
{
    int64_t left = t->end_ms - clock_ms();
    const struct {
        CURLoption option;
        long value;
    } rows[] = {
        {CURLOPT_SSL_VERIFYPEER, 1},
        {CURLOPT_SSL_VERIFYHOST, 2},
        {CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2}, /* or later */
        {CURLOPT_PROXY_SSL_VERIFYPEER, 1},
        {CURLOPT_PROXY_SSL_VERIFYHOST, 2},
        {CURLOPT_PROXY_SSLVERSION, CURL_SSLVERSION_TLSv1_2},
        {CURLOPT_FOLLOWLOCATION, 0},                   /* each hop is judged first */
        {CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1}, /* nothing here needs more */
        {CURLOPT_HTTP09_ALLOWED, 0},
        {CURLOPT_HTTP_CONTENT_DECODING, 0}, /* sizes would lie */
        {CURLOPT_NETRC, CURL_NETRC_IGNORED},
        {CURLOPT_DISALLOW_USERNAME_IN_URL, 1},
        {CURLOPT_NOSIGNAL, 1},
        {CURLOPT_QUICK_EXIT, 1}, /* a stop does not wait for a name server */
        {CURLOPT_CONNECTTIMEOUT_MS, (long)t->limits->connect_ms},
        {CURLOPT_TIMEOUT_MS, left > 0 ? (long)left : 1}, /* 0 would be no limit */
        {CURLOPT_LOW_SPEED_LIMIT, t->limits->slow_bytes},
        {CURLOPT_LOW_SPEED_TIME, t->limits->slow_s},
        {CURLOPT_BUFFERSIZE, 64L * 1024},
    };

    for (size_t i = 0; i < countof(rows); i++) {
        if (curl_easy_setopt(easy, rows[i].option, rows[i].value) != CURLE_OK)
            return false;
    }
    return true;
}

static bool set_texts(CURL *easy, const struct http *h)
{
    const struct {
        CURLoption option;
        const char *value;
    } rows[] = {
        {CURLOPT_PROTOCOLS_STR, "https"}, {CURLOPT_REDIR_PROTOCOLS_STR, "https"},
        {CURLOPT_PROXY, h->proxy},     /* also "", or the environment's would be taken */
        {CURLOPT_NOPROXY, h->noproxy}, /* as well */
        {CURLOPT_USERAGENT, h->agent},
    };

    for (size_t i = 0; i < countof(rows); i++) {
        if (curl_easy_setopt(easy, rows[i].option, rows[i].value) != CURLE_OK)
            return false;
    }
    return true;
}

static bool add_header(struct transfer *t, const char *text)
{
    struct curl_slist *more = curl_slist_append(t->headers, text);

    if (more != NULL)
        t->headers = more;
    return more != NULL;
}

/* A manifest and its signature are fetched again when they do not fit: not from a cache. */
static bool set_headers(struct transfer *t)
{
    char range[32], condition[HTTP_VALIDATOR_MAX + 16];

    if (!add_header(t, "Cache-Control: no-cache"))
        return false;
    if (t->body->from > 0) {
        snprintf(range, sizeof range, "%llu-", (unsigned long long)t->body->from);
        snprintf(condition, sizeof condition, "If-Range: %s", t->body->validator);
        if (!add_header(t, condition) ||
            curl_easy_setopt(t->easy, CURLOPT_RANGE, range) != CURLE_OK)
            return false;
    }
    return curl_easy_setopt(t->easy, CURLOPT_HTTPHEADER, t->headers) == CURLE_OK;
}

static bool set_functions(struct transfer *t)
{
    curl_off_t max =
        t->limits->bytes_max < INT64_MAX ? (curl_off_t)t->limits->bytes_max : INT64_MAX;

    return curl_easy_setopt(t->easy, CURLOPT_WRITEFUNCTION, on_body) == CURLE_OK &&
           curl_easy_setopt(t->easy, CURLOPT_WRITEDATA, t) == CURLE_OK &&
           curl_easy_setopt(t->easy, CURLOPT_HEADERFUNCTION, on_header) == CURLE_OK &&
           curl_easy_setopt(t->easy, CURLOPT_HEADERDATA, t) == CURLE_OK &&
           curl_easy_setopt(t->easy, CURLOPT_MAXFILESIZE_LARGE, max) == CURLE_OK;
}

static enum rc prepare(struct transfer *t, struct refusal *why)
{
    t->url = curl_url();
    t->easy = curl_easy_init();
    if (t->url == NULL || t->easy == NULL)
        return refuse(why, REFUSAL_NETWORK, "the network library does not work");
    if (curl_url_set(t->url, CURLUPART_URL, t->address->text, CURLU_DISALLOW_USER) != CURLUE_OK ||
        !is_read_alike(t->url, t->address))
        return refuse(why, REFUSAL_URL, "an address that can be read in two ways");
    if (curl_easy_setopt(t->easy, CURLOPT_CURLU, t->url) != CURLE_OK || !set_numbers(t->easy, t) ||
        !set_texts(t->easy, t->http) || !set_headers(t) || !set_functions(t))
        return refuse(why, REFUSAL_NETWORK, "the network library lacks a protection");
    return RC_OK;
}

/* Until the transfer's end, or a stop: then CURLE_ABORTED_BY_CALLBACK. */
static CURLcode drive(CURLM *multi, const struct cancel *stop)
{
    struct curl_waitfd sign = {.fd = cancel_fd(stop), .events = CURL_WAIT_POLLIN};
    const CURLMsg *m = NULL;
    int running = 1, left = 0;

    while (!cancel_is_set(stop)) {
        if (curl_multi_perform(multi, &running) != CURLM_OK)
            return CURLE_FAILED_INIT;
        if (running == 0) {
            m = curl_multi_info_read(multi, &left);
            return m != NULL && m->msg == CURLMSG_DONE ? m->data.result : CURLE_FAILED_INIT;
        }
        if (curl_multi_poll(multi, &sign, stop != NULL ? 1 : 0, WAIT_MS, NULL) != CURLM_OK)
            return CURLE_FAILED_INIT;
    }
    return CURLE_ABORTED_BY_CALLBACK;
}

static CURLcode perform(struct transfer *t)
{
    CURLM *multi = curl_multi_init();
    CURLcode code = CURLE_FAILED_INIT;

    if (multi == NULL)
        return code;
    if (curl_multi_add_handle(multi, t->easy) == CURLM_OK) {
        code = drive(multi, t->http->stop);
        MUST(curl_multi_remove_handle(multi, t->easy) == CURLM_OK);
    }
    MUST(curl_multi_cleanup(multi) == CURLM_OK);
    return code;
}

/* --- what came of it -------------------------------------------------------------------------- */

/* A sentence of ours for what libcurl says; names of hosts are at most 255 bytes. */
static enum rc refuse_code(const struct transfer *t, CURLcode code, struct refusal *why)
{
    const char *host = t->address->text + SCHEME_LEN;
    int len = (int)(host_len(t->address) < 255 ? host_len(t->address) : 255);

    switch (code) {
    case CURLE_ABORTED_BY_CALLBACK:
        return refuse(why, REFUSAL_CANCELLED, "stopped");
    case CURLE_OPERATION_TIMEDOUT:
        return refuse(why, REFUSAL_SLOW, "%.*s takes too long", len, host);
    case CURLE_FILESIZE_EXCEEDED:
        return refuse(why, REFUSAL_SIZE, "%.*s announces more than %llu bytes", len, host,
                      (unsigned long long)t->limits->bytes_max);
    case CURLE_PEER_FAILED_VERIFICATION:
        return refuse(why, REFUSAL_TLS,
                      "the certificate of %.*s is not valid (is the date of this computer right?)",
                      len, host);
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_SSL_CIPHER:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_ENGINE_INITFAILED:
        return refuse(why, REFUSAL_TLS, "no safe connection to %.*s: %s", len, host,
                      curl_easy_strerror(code));
    default:
        return refuse(why, REFUSAL_NETWORK, "%.*s: %s", len, host, curl_easy_strerror(code));
    }
}

/* Where the answer points to: *next, judged. */
static enum rc follow(const struct transfer *t, struct address *next, struct refusal *why)
{
    char *to = NULL;

    if (curl_easy_getinfo(t->easy, CURLINFO_REDIRECT_URL, &to) != CURLE_OK || to == NULL)
        return refuse(why, REFUSAL_STATUS, "a redirect to nowhere");
    return address_read(to, t->http->hosts, next, why);
}

static enum rc judge(struct transfer *t, CURLcode code, struct address *next, bool *moved,
                     struct refusal *why)
{
    if (t->refused.class == REFUSAL_NONE && code != CURLE_OK)
        return refuse_code(t, code, why);
    if (t->refused.class == REFUSAL_NONE && is_redirect(status_of(t))) {
        *moved = true;
        return follow(t, next, why);
    }
    if (t->refused.class == REFUSAL_NONE && !is_wanted(status_of(t)))
        (void)refuse_status(t);
    else if (t->refused.class == REFUSAL_NONE && !t->started)
        (void)start(t); /* an empty body */
    if (t->refused.class != REFUSAL_NONE && why != NULL)
        *why = t->refused;
    return t->refused.class == REFUSAL_NONE ? RC_OK : t->refused.fault.rc;
}

static enum rc request(struct transfer *t, struct address *next, bool *moved, struct refusal *why)
{
    enum rc rc = prepare(t, why);

    if (rc == RC_OK)
        rc = judge(t, perform(t), next, moved, why);
    curl_easy_cleanup(t->easy);
    curl_slist_free_all(t->headers);
    curl_url_cleanup(t->url);
    return rc;
}

static void library_init(void)
{
    MUST(curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK);
}

enum rc http_download(const struct http *h, const struct http_limits *limits,
                      const struct address *from, const struct http_body *body, struct refusal *why)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    int64_t end_ms = clock_ms() + limits->total_ms;
    struct address at = *from, next = {0};

    MUST(body->from == 0 || (body->validator[0] != '\0' && body->from < limits->bytes_max));
    MUST(pthread_once(&once, library_init) == 0);
    for (int hop = 0; hop <= HTTP_REDIRECTS_MAX; hop++) {
        struct transfer t = {
            .http = h, .limits = limits, .body = body, .address = &at, .end_ms = end_ms};
        bool moved = false;
        enum rc rc = request(&t, &next, &moved, why);

        if (rc != RC_OK || !moved)
            return rc;
        at = next;
    }
    return refuse(why, REFUSAL_URL, "more than %d redirects", HTTP_REDIRECTS_MAX);
}

/* --- into memory ------------------------------------------------------------------------------ */

static enum rc buf_start(void *ctx, uint64_t at, const char *validator, struct refusal *why)
{
    (void)why;
    (void)validator;
    MUST(at == 0);
    buf_clear(ctx);
    return RC_OK;
}

static enum rc buf_more(void *ctx, const void *bytes, size_t len, struct refusal *why)
{
    if (buf_add(ctx, bytes, len) == RC_OK)
        return RC_OK;
    return refuse(why, REFUSAL_SIZE, "the answer is larger than there is room for it");
}

enum rc http_get(const struct http *h, const struct http_limits *limits, const struct address *from,
                 struct buf *out, struct refusal *why)
{
    struct http_body body = {.validator = "", .start = buf_start, .add = buf_more, .ctx = out};

    return http_download(h, limits, from, &body, why);
}
