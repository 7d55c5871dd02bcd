/* proxy.c - see proxy.h. The texts it makes are those of libcurl's CURLOPT_PROXY and
 * CURLOPT_NOPROXY: a URL, and names that also stand for all below them, or networks as
 * address/bits. */
#include "core/desktop/proxy.h"
#include "core/base/validate.h"
#include <stdio.h>
#include <string.h>

static const struct proxy none;

static enum rc fail(struct proxy *out, enum rc rc)
{
    *out = none;
    return rc;
}

/* Characters of a host, a network, a list of them; nothing that could end a word or hide. */
static bool is_harmless(const char *text, size_t len)
{
    static const char good[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                               "-_.:/[]";

    return len > 0 && strspn(text, good) >= len;
}

/* False if there is no room. */
static bool list_add(struct proxy *out, const char *text, size_t len, const char *more)
{
    size_t at = strlen(out->noproxy), room = sizeof out->noproxy - at;
    int n = snprintf(out->noproxy + at, room, "%s%.*s%s", at > 0 ? "," : "", (int)len, text, more);

    return n >= 0 && (size_t)n < room;
}

/* "169.254/16", as a Mac has it by default, lacks the rest of its address. */
static const char *missing_octets(const char *text, size_t len)
{
    static const char *const rest[] = {".0.0.0", ".0.0", ".0", ""};
    size_t dots = 0;

    for (size_t i = 0; i < len; i++) {
        if (text[i] == '.')
            dots++;
        else if (text[i] < '0' || text[i] > '9')
            return "";
    }
    return dots < countof(rest) ? rest[dots] : "";
}

/* One exception of a Mac's list. "*.example.com" becomes example.com, which stands for all below it
 * too. What has another asterisk cannot be told and goes through the proxy. */
static bool exception_add(struct proxy *out, const char *text)
{
    size_t slash;
    char more[64];

    if (strcmp(text, "*") == 0)
        return list_add(out, "*", 1, "");
    if (text[0] == '*' && text[1] == '.')
        text += 2;
    if (!is_harmless(text, strlen(text)))
        return true;
    slash = strcspn(text, "/");
    if (text[slash] == '\0')
        return list_add(out, text, slash, "");
    if (snprintf(more, sizeof more, "%s%s", missing_octets(text, slash), text + slash) >=
        (int)sizeof more)
        return true;
    return list_add(out, text, slash, more);
}

enum rc proxy_from_facts(const struct proxy_facts *f, struct proxy *out, struct fault *why)
{
    char text[VALID_HOST_MAX + 32];
    struct valid_host host;
    int len;

    *out = none;
    if (f->automatic)
        return fault_set(why, RC_DENIED, "automatic proxy configuration is not supported");
    if (!f->https)
        return RC_OK;
    len = snprintf(text, sizeof text,
                   f->https_host != NULL && strchr(f->https_host, ':') != NULL ? "[%s]:%lld"
                                                                               : "%s:%lld",
                   f->https_host != NULL ? f->https_host : "", (long long)f->https_port);
    if (len < 0 || (size_t)len >= sizeof text ||
        valid_host(text, (size_t)len, &host, NULL) != RC_OK)
        return fault_set(why, RC_DENIED,
                         "the proxy of the network settings is not a host and port");
    snprintf(out->url, sizeof out->url, "http://%s", host.text);
    memcpy(out->shown, out->url, sizeof out->shown);
    for (size_t i = 0; i < f->exception_count && i < PROXY_LIST_MAX; i++) {
        if (!exception_add(out, f->exceptions[i]))
            return fail(out,
                        fault_set(why, RC_TOO_BIG, "the list of proxy exceptions is too long"));
    }
    return RC_OK;
}

/* Where the host begins in "scheme://user:password@host:port/", NULL for a scheme that no proxy
 * has. Without a scheme it is http, as everywhere. */
static const char *skip_scheme(const char *text)
{
    static const char *const schemes[] = {"http",    "https",  "socks4",
                                          "socks4a", "socks5", "socks5h"};
    const char *end = strstr(text, "://");

    if (end == NULL)
        return text;
    for (size_t i = 0; i < countof(schemes); i++) {
        if (strlen(schemes[i]) == (size_t)(end - text) &&
            strncmp(schemes[i], text, strlen(schemes[i])) == 0)
            return end + 3;
    }
    return NULL;
}

/* Words of the environment are the user's own, but a line break in one has no meaning to trust. */
static bool is_printable(const char *text)
{
    for (; *text != '\0'; text++) {
        if ((unsigned char)*text <= ' ' || *text == 0x7f)
            return false;
    }
    return true;
}

static enum rc set_url(const char *text, struct proxy *out, struct fault *why)
{
    const char *rest = skip_scheme(text);
    const char *at = rest != NULL ? strrchr(rest, '@') : NULL;
    const char *host = at != NULL ? at + 1 : rest;
    struct valid_host checked;
    size_t len = host != NULL ? strcspn(host, "/") : 0;

    if (host == NULL || strlen(text) >= sizeof out->url || !is_printable(text) ||
        (host[len] != '\0' && host[len + 1] != '\0') ||
        valid_host(host, len, &checked, NULL) != RC_OK)
        return fault_set(why, RC_DENIED, "https_proxy is not the address of a proxy");
    memcpy(out->url, text, strlen(text) + 1);
    snprintf(out->shown, sizeof out->shown, "%.*s%s", (int)(rest - text), text, checked.text);
    return RC_OK;
}

enum rc proxy_from_words(const char *https_proxy, const char *no_proxy, struct proxy *out,
                         struct fault *why)
{
    enum rc rc;

    *out = none;
    if (https_proxy == NULL || https_proxy[0] == '\0')
        return RC_OK;
    rc = set_url(https_proxy, out, why);
    if (rc != RC_OK)
        return fail(out, rc);
    if (no_proxy == NULL)
        return RC_OK;
    if (strlen(no_proxy) >= sizeof out->noproxy)
        return fail(out, fault_set(why, RC_TOO_BIG, "no_proxy is too long"));
    memcpy(out->noproxy, no_proxy, strlen(no_proxy) + 1);
    return RC_OK;
}
