/* validate.c - what may become a word of a command, matched from the first byte to the last.
 *
 * Each grammar is a predicate over a span of bytes; the exported functions add the cap and the
 * copy. Nothing is repaired: no trimming, no lower-casing, no default. The sentences never repeat
 * the bytes, which may be anything. */
#include "core/base/validate.h"
#include "core/base/utf8.h"
#include <arpa/inet.h>
#include <string.h>

struct span {
    const char *at;
    size_t len;
};

static bool is_lower(char c)
{
    return c >= 'a' && c <= 'z';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_alnum(char c)
{
    return is_lower(c) || (c >= 'A' && c <= 'Z') || is_digit(c);
}

static bool is_hex(char c)
{
    return is_digit(c) || (c >= 'a' && c <= 'f');
}

/* Never true for NUL, which strchr() would find. */
static bool is_one_of(char c, const char *set)
{
    return c != '\0' && strchr(set, c) != NULL;
}

/* Only alphanumeric characters and those of `more`. */
static bool made_of(struct span s, const char *more)
{
    for (size_t i = 0; i < s.len; i++)
        if (!is_alnum(s.at[i]) && !is_one_of(s.at[i], more))
            return false;
    return true;
}

/* Index of the first c, or len. */
static size_t find(struct span s, char c)
{
    const char *p = s.len > 0 ? memchr(s.at, c, s.len) : NULL;

    return p != NULL ? (size_t)(p - s.at) : s.len;
}

static struct span first(struct span s, size_t n)
{
    return (struct span){s.at, n};
}

static struct span after(struct span s, size_t n)
{
    return (struct span){s.at + n, s.len - n};
}

static bool begins(struct span s, const char *word)
{
    size_t n = strlen(word);

    return s.len >= n && memcmp(s.at, word, n) == 0;
}

static bool id_ok(struct span s)
{
    return s.len >= 1 && is_alnum(s.at[0]) && made_of(s, "_.-");
}

/* Labels of 1..63 with dots between them, 1..253 in all; inside a label also `more`. */
static bool dns_ok(struct span s, const char *more)
{
    if (s.len < 1 || s.len > VALID_DOMAIN_MAX)
        return false;
    for (;;) {
        size_t n = find(s, '.');
        struct span label = first(s, n);

        if (n < 1 || n > 63 || !made_of(label, more))
            return false;
        if (!is_alnum(label.at[0]) || !is_alnum(label.at[n - 1]))
            return false;
        if (n == s.len)
            return true;
        s = after(s, n + 1);
    }
}

static bool domain_ok(struct span s)
{
    return dns_ok(s, "_-");
}

/* The inside of the brackets; a zone ("%eth0") belongs to one machine and is refused. */
static bool ipv6_ok(struct span s)
{
    char text[INET6_ADDRSTRLEN];
    struct in6_addr address;

    if (s.len == 0 || s.len >= sizeof text)
        return false;
    memcpy(text, s.at, s.len);
    text[s.len] = '\0';
    return strlen(text) == s.len && inet_pton(AF_INET6, text, &address) == 1;
}

/* 1..65535, no leading zero. */
static bool port_ok(struct span s)
{
    long n = 0;

    if (s.len < 1 || s.len > 5 || s.at[0] == '0')
        return false;
    for (size_t i = 0; i < s.len; i++) {
        if (!is_digit(s.at[i]))
            return false;
        n = n * 10 + (s.at[i] - '0');
    }
    return n <= 65535;
}

static bool host_ok(struct span s)
{
    struct span name = first(s, find(s, ':'));
    size_t n = name.len;

    if (s.len > 0 && s.at[0] == '[') {
        n = find(s, ']');
        if (n == s.len || !ipv6_ok(first(after(s, 1), n - 1)))
            return false;
        n++;
    } else if (!dns_ok(name, "-")) {
        return false;
    }
    return n == s.len || (s.at[n] == ':' && port_ok(after(s, n + 1)));
}

/* Path component of an image: runs of [a-z0-9], joined by ".", "_", "__" or dashes. */
static bool component_ok(struct span s)
{
    size_t i = 0;

    while (i < s.len && (is_lower(s.at[i]) || is_digit(s.at[i]))) {
        size_t joint = 0;

        while (i < s.len && (is_lower(s.at[i]) || is_digit(s.at[i])))
            i++;
        if (i == s.len)
            return true;
        while (i + joint < s.len && s.at[i + joint] == s.at[i])
            joint++;
        if (!(s.at[i] == '-' || (s.at[i] == '_' && joint <= 2) || (s.at[i] == '.' && joint == 1)))
            return false;
        i += joint;
    }
    return false;
}

static bool path_ok(struct span s)
{
    for (;;) {
        size_t n = find(s, '/');

        if (!component_ok(first(s, n)))
            return false;
        if (n == s.len)
            return true;
        s = after(s, n + 1);
    }
}

/* The part before the first slash is a registry if it cannot be a path component. */
static bool names_registry(struct span s)
{
    return find(s, '.') < s.len || find(s, ':') < s.len || (s.len == 9 && begins(s, "localhost"));
}

/* [registry/]path */
static bool name_ok(struct span s)
{
    size_t n = find(s, '/');

    if (s.len > 255) /* the limit of registries and engines for name and registry together */
        return false;
    if (n < s.len && names_registry(first(s, n)) && host_ok(first(s, n)))
        s = after(s, n + 1);
    return path_ok(s);
}

static bool tag_ok(struct span s)
{
    return s.len >= 1 && s.len <= 128 && (is_alnum(s.at[0]) || s.at[0] == '_') && made_of(s, "_.-");
}

/* algorithm:hex, the known algorithms with their exact length. */
static bool digest_ok(struct span s)
{
    size_t n = find(s, ':');
    struct span algorithm = first(s, n), hex;

    if (n == 0 || n == s.len || !is_lower(s.at[0]) || !made_of(algorithm, "+._-"))
        return false;
    if (!is_alnum(s.at[n - 1]))
        return false;
    hex = after(s, n + 1);
    for (size_t i = 0; i < hex.len; i++)
        if (!is_hex(hex.at[i]))
            return false;
    if (n == 6 && begins(s, "sha256"))
        return hex.len == 64;
    if (n == 6 && begins(s, "sha512"))
        return hex.len == 128;
    return hex.len >= 32;
}

static bool image_ok(struct span s)
{
    size_t at = find(s, '@'), colon = 0;
    struct span name = first(s, at);

    if (at < s.len && !digest_ok(after(s, at + 1)))
        return false;
    for (size_t i = name.len; i > 0 && name.at[i - 1] != '/' && colon == 0; i--)
        if (name.at[i - 1] == ':')
            colon = i;
    if (colon > 0) {
        if (!tag_ok(after(name, colon)))
            return false;
        name = first(name, colon - 1);
    }
    return name_ok(name);
}

/* What may stand behind the host: the characters of RFC 3986, "%" with its two digits. */
static bool url_rest_ok(struct span s)
{
    for (size_t i = 0; i < s.len; i++) {
        if (s.at[i] == '%') {
            if (s.len - i < 3 || !made_of(first(after(s, i + 1), 2), ""))
                return false;
            for (size_t k = i + 1; k <= i + 2; k++)
                if (!is_hex(s.at[k]) && !is_one_of(s.at[k], "ABCDEF"))
                    return false;
        } else if (!is_alnum(s.at[i]) && !is_one_of(s.at[i], "-._~:/?#@!$&'()*+,;=")) {
            return false;
        }
    }
    return true;
}

/* With user information the host would hold an "@", which no host does. */
static bool url_ok(struct span s)
{
    size_t n = 0;

    if (begins(s, "https://"))
        s = after(s, 8);
    else if (begins(s, "http://"))
        s = after(s, 7);
    else
        return false;
    while (n < s.len && !is_one_of(s.at[n], "/?#"))
        n++;
    return host_ok(first(s, n)) && url_rest_ok(after(s, n));
}

static bool is_wide_space(uint32_t cp)
{
    return cp == ' ' || cp == 0xa0 || cp == 0x1680 || (cp >= 0x2000 && cp <= 0x200a) ||
           cp == 0x202f || cp == 0x205f || cp == 0x3000;
}

static bool user_ok(struct span s)
{
    uint32_t cp = 0;

    for (size_t i = 0, n = 0; i < s.len; i += n) {
        n = utf8_next(s.at + i, s.len - i, &cp);
        if (n == 0 || utf8_is_hidden(cp))
            return false;
        if ((i == 0 || i + n == s.len) && is_wide_space(cp))
            return false;
    }
    return s.len > 0;
}

/* Copies bytes[len] that passed `ok` to out[max + 1]. */
static enum rc check(bool (*ok)(struct span), const char *what, const char *bytes, size_t len,
                     size_t max, char *out, struct fault *why)
{
    out[0] = '\0';
    if (len == 0)
        return fault_set(why, RC_DENIED, "an empty text is not %s", what);
    if (len > max)
        return fault_set(why, RC_DENIED, "too long for %s: %zu bytes, at most %zu", what, len, max);
    if (!ok((struct span){bytes, len}))
        return fault_set(why, RC_DENIED, "not %s", what);
    memcpy(out, bytes, len);
    out[len] = '\0';
    return RC_OK;
}

enum rc valid_id(const char *bytes, size_t len, struct valid_id *out, struct fault *why)
{
    return check(id_ok, "a container id or name", bytes, len, VALID_ID_MAX, out->text, why);
}

enum rc valid_image(const char *bytes, size_t len, struct valid_image *out, struct fault *why)
{
    return check(image_ok, "an image reference", bytes, len, VALID_IMAGE_MAX, out->text, why);
}

enum rc valid_host(const char *bytes, size_t len, struct valid_host *out, struct fault *why)
{
    return check(host_ok, "a registry host", bytes, len, VALID_HOST_MAX, out->text, why);
}

enum rc valid_domain(const char *bytes, size_t len, struct valid_domain *out, struct fault *why)
{
    return check(domain_ok, "a domain name", bytes, len, VALID_DOMAIN_MAX, out->text, why);
}

enum rc valid_url(const char *bytes, size_t len, struct valid_url *out, struct fault *why)
{
    return check(url_ok, "an https or http address", bytes, len, VALID_URL_MAX, out->text, why);
}

enum rc valid_user(const char *bytes, size_t len, struct valid_user *out, struct fault *why)
{
    return check(user_ok, "a user name", bytes, len, VALID_USER_MAX, out->text, why);
}
