/* http.h - fetching over https: the one place that speaks to the network (updates.md 6).
 *
 * What comes is not to be trusted, however well the connection is protected: signatures decide
 * (minisign.h). So this keeps what a server can do small: it is one of the hosts of the list and
 * proves it with TLS 1.2 or later; each redirect is judged as the first address was, at most five
 * of them, before anything is sent to it; bytes are counted as they come, headers too; and no limit
 * of time can be stretched by a trickle. Nothing is unpacked on the way, no cookie, password or
 * .netrc is used, and the environment is not asked: which proxy, says the caller.
 *
 * Threads: any, but never the main one: a call blocks until its end, its limit or a stop, which is
 * seen at once. The process ignores SIGPIPE. Memory: everything is borrowed until the return. */
#ifndef CORE_UPDATE_HTTP_H
#define CORE_UPDATE_HTTP_H
#include "core/base/buf.h"
#include "core/base/cancel.h"
#include "core/update/address.h"
#include "core/update/http_text.h"

#define HTTP_REDIRECTS_MAX 5
#define HTTP_HEADERS_MAX ((size_t)64 * 1024) /* bytes of all headers of one answer */

/* Who asks, and by which way. */
struct http {
    const struct address_hosts *hosts;
    const char *proxy;         /* URL, "" for none: core/desktop/proxy.h */
    const char *noproxy;       /* hosts to reach directly, with commas between them */
    const char *agent;         /* http_agent() */
    const struct cancel *stop; /* may be NULL */
};

/* What it may cost. */
struct http_limits {
    uint64_t bytes_max;
    int64_t connect_ms; /* to a connection that is protected */
    int64_t total_ms;   /* all redirects together */
    long slow_bytes;    /* fewer in a second ... */
    long slow_s;        /* ... for so long */
};

/* Where a body goes that is too large for memory, and what is there of it already. */
struct http_body {
    uint64_t from;         /* so many bytes are there; 0 for none */
    const char *validator; /* what they are a part of, as start() was told then */
    /* Comes once, before the first byte, also if there will be none: `at` is `from`, or 0 if it
     * starts anew; `validator` is "" if it cannot be continued later. */
    enum rc (*start)(void *ctx, uint64_t at, const char *validator, struct refusal *why);
    /* Other results than RC_OK end the transfer and are its result. */
    enum rc (*add)(void *ctx, const void *bytes, size_t len, struct refusal *why);
    void *ctx;
};

/* Fetches into *out, whose cap is limits->bytes_max or more. Its refusals:
 *   REFUSAL_URL        a redirect to where we do not fetch from, or one too many
 *   REFUSAL_NETWORK    no connection, or a body that ended too soon
 *   REFUSAL_TLS        nobody we trust vouches for the server, or it has nothing but old protocols
 *   REFUSAL_STATUS     an answer other than 200, or than the part that was asked for
 *   REFUSAL_SIZE       a body or headers over their cap, announced or not
 *   REFUSAL_SLOW       over a limit of time
 *   REFUSAL_CANCELLED  stopped */
NODISCARD enum rc http_get(const struct http *h, const struct http_limits *limits,
                           const struct address *from, struct buf *out, struct refusal *why);
/* The same into `body`, continuing it where the server can. */
NODISCARD enum rc http_download(const struct http *h, const struct http_limits *limits,
                                const struct address *from, const struct http_body *body,
                                struct refusal *why);

#endif
