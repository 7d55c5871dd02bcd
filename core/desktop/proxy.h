/* proxy.h - what the system says about proxies -> what the network library is to be told.
 *
 * libcurl knows the environment's variables but not a Mac's settings (mac-behaviour 30), so both
 * systems' facts are read by us (app/service/proxies.h) and judged here, for https alone: nothing
 * else is fetched. Facts from outside are checked; what cannot be told is refused, never guessed.
 * Pure; any thread. Memory: the caller's. */
#ifndef CORE_DESKTOP_PROXY_H
#define CORE_DESKTOP_PROXY_H
#include "core/base/fault.h"

#define PROXY_URL_MAX 1024
#define PROXY_EXCEPTIONS_MAX 4096 /* bytes; more of them are RC_TOO_BIG */
#define PROXY_LIST_MAX 128        /* exceptions that are looked at */

/* A Mac's settings. What is not set is zero; texts are borrowed. */
struct proxy_facts {
    bool automatic; /* a PAC file, or discovery of one */
    bool https;     /* the "secure web proxy" is on */
    const char *https_host;
    int64_t https_port;
    const char *const *exceptions;
    size_t exception_count;
};

struct proxy {
    /* "" for none. May hold a password: for the library alone, never shown or logged. */
    char url[PROXY_URL_MAX];
    char shown[PROXY_URL_MAX];          /* the same without user and password */
    char noproxy[PROXY_EXCEPTIONS_MAX]; /* hosts to reach directly, with commas between them */
};

/* RC_DENIED with a sentence for an automatic configuration, or for a host or port that is none. On
 * failure *out is as without a proxy. */
NODISCARD enum rc proxy_from_facts(const struct proxy_facts *f, struct proxy *out,
                                   struct fault *why);
/* The same from the values of https_proxy and no_proxy; NULL or "" for what is not set. */
NODISCARD enum rc proxy_from_words(const char *https_proxy, const char *no_proxy, struct proxy *out,
                                   struct fault *why);

#endif
